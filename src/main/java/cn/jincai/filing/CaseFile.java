package cn.jincai.filing;

import cn.jincai.assessment.Assessment;
import cn.jincai.document.Evidence;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.sight.EmployersPart;
import cn.jincai.filing.sight.Shown;
import cn.jincai.filing.sight.Sights;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reading cases: each reader sees what concerns him, and each look of an officer or an employer's clerk is recorded. */
@Service
public class CaseFile {
    private final CaseTable cases;
    private final Access access;
    private final Sights sights;
    private final Ties ties;
    private final CaseFacts facts;
    private final CaseAssessments assessments;
    private final CaseClock clock;
    private final Evidence evidence;
    private final IssuedDocuments issued;
    private final Timeline timeline;
    private final EmployersPart part;
    private final JdbcClient db;
    private final Vault vault;
    private final ApplicationEventPublisher events;

    CaseFile(
            CaseTable cases,
            Access access,
            Sights sights,
            Ties ties,
            CaseFacts facts,
            CaseAssessments assessments,
            CaseClock clock,
            Evidence evidence,
            IssuedDocuments issued,
            Timeline timeline,
            EmployersPart part,
            JdbcClient db,
            Vault vault,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.access = access;
        this.sights = sights;
        this.ties = ties;
        this.facts = facts;
        this.assessments = assessments;
        this.clock = clock;
        this.evidence = evidence;
        this.issued = issued;
        this.timeline = timeline;
        this.part = part;
        this.db = db;
        this.vault = vault;
        this.events = events;
    }

    /** For the rooms: the case as it lies there, whoever asks. */
    public Case get(CaseNumber number) {
        return cases.get(number);
    }

    public Optional<Case> find(CaseNumber number) {
        return cases.find(number);
    }

    /** Whether there is any case yet, drafts included. */
    public boolean isEmpty() {
        return cases.count("true", List.of()) == 0;
    }

    /** Problem NOT_FOUND where the case does not concern the reader, as if it did not exist. */
    @Transactional
    public CaseView show(Actor who, CaseNumber number) {
        return show(who, number, Set.of());
    }

    /** @param opened what the reader has just opened with a purpose ({@link Looks#open}), of that which is masked for him */
    @Transactional
    public CaseView show(Actor who, CaseNumber number, Set<FieldClass> opened) {
        Case file = cases.get(number);
        Access.Reading reading = read(who, file);
        Map<FieldClass, Shown> shown = shown(who, file, reading);
        opened.forEach(c -> shown.replace(c, Shown.MASKED, Shown.OPEN));
        return view(
                file,
                reading.reader(),
                shown,
                reading.reader() == Timeline.Reader.APPLICANT
                        || who.isSystem()
                        || who.isAny(Role.SUPERVISOR, Role.AUDITOR));
    }

    /** How much the reader sees of each class of fields; a class that is not named is closed to him. NOT_FOUND for whom the case does not concern. */
    @Transactional
    public Map<FieldClass, Shown> shown(Actor who, CaseNumber number) {
        Case file = cases.get(number);
        return shown(who, file, access.reading(who, file));
    }

    private Map<FieldClass, Shown> shown(Actor who, Case file, Access.Reading reading) {
        return new EnumMap<>(
                who.isSystem() || reading.reader() != Timeline.Reader.OFFICER
                        ? Sights.EVERYTHING
                        : sights.of(reading.as(), file));
    }

    /** Who the reader is to this case; the look of an officer or a clerk is recorded. Problem NOT_FOUND for whom it does not concern. */
    public Timeline.Reader look(Actor who, Case file) {
        return read(who, file).reader();
    }

    private Access.Reading read(Actor who, Case file) {
        Access.Reading reading = access.reading(who, file);
        if (file.isClosed() && cases.isErased(file.number())) throw Problem.conflict("filing.ERASED");
        looked(who, file, reading);
        return reading;
    }

    /** Of these cases, those with which the officer has nothing to do, whatever his roles. */
    public Set<CaseNumber> shut(Actor who, Collection<CaseNumber> numbers) {
        return ties.shut(who.account(), numbers);
    }

    /** Whether the reader is the applicant, the employer or an officer; Problem NOT_FOUND for everybody else. */
    @Transactional
    public Timeline.Reader admit(Actor who, CaseNumber number) {
        return access.reading(who, cases.get(number)).reader();
    }

    /** Whether the person reads the case as one of its officers; NOT_FOUND for whom it does not concern. */
    @Transactional
    public boolean admitsAsOfficer(Actor who, CaseNumber number) {
        return admit(who, number) == Timeline.Reader.OFFICER;
    }

    CaseView view(Case file, Timeline.Reader reader) {
        return view(file, reader, Sights.EVERYTHING, true);
    }

    /** @param complaint with what the person wrote to the rating, which is for whoever follows it up */
    private CaseView view(Case file, Timeline.Reader reader, Map<FieldClass, Shown> shown, boolean complaint) {
        if (reader == Timeline.Reader.EMPLOYER) return employersPart(file);
        Assessment assessment = assessments.of(file);
        return new CaseView(
                file.number(),
                file.scheme(),
                assessment.ruleset(),
                file.stage().code(),
                file.stageEnds(),
                file.stageProvisional(),
                file.outcome(),
                file.submittedAt(),
                file.acceptedAt(),
                file.promisedBy(),
                clock.promise(file),
                sights.answers(file, shown),
                sights.facts(file, facts.sheet(file), shown),
                masked(shown),
                assessment.withoutLines(),
                documents(file, shown.get(FieldClass.PAPERS) == Shown.OPEN),
                file.promises(),
                file.asked(),
                file.accountAsked() != null,
                file.employerWord(),
                file.withdrawalReason(),
                file.checkedAt() == null,
                timeline.of(file.number(), reader),
                rating(file.number(), complaint),
                file.version(),
                file.stage().step());
    }

    /** The employer confirms the employment: who it is, since when and for how long; neither pay nor documents nor the assessment (least data). */
    private CaseView employersPart(Case file) {
        return new CaseView(
                file.number(),
                file.scheme(),
                null,
                file.stage().code(),
                file.stageEnds(),
                file.stageProvisional(),
                null,
                file.submittedAt(),
                null,
                null,
                null,
                part.answers(file),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                false,
                file.employerWord(),
                null,
                file.checkedAt() == null,
                timeline.of(file.number(), Timeline.Reader.EMPLOYER),
                null,
                file.version(),
                file.stage().step());
    }

    private static List<FieldClass> masked(Map<FieldClass, Shown> shown) {
        return shown.keySet().stream().filter(c -> shown.get(c) == Shown.MASKED).toList();
    }

    private List<CaseView.Document> documents(Case file, boolean papers) {
        Stream<CaseView.Document> handedIn = (papers ? evidence.of(file.number()) : List.<StoredFile>of())
                .stream()
                        .map(d -> new CaseView.Document(
                                d.id(), d.need(), null, d.type(), d.bytes(), d.sha256(), d.fileName(), d.at()));
        Stream<CaseView.Document> ours = issued.of(file.number()).stream()
                .map(d ->
                        new CaseView.Document(d.id(), null, d.kind(), "application/pdf", 0, null, d.number(), d.at()));
        return Stream.concat(handedIn, ours).toList();
    }

    private CaseView.@Nullable Rating rating(CaseNumber number, boolean words) {
        return db.sql("select stars, sealed_words from case_ratings where case_number = ?")
                .param(number.value())
                .query((row, n) -> new CaseView.Rating(
                        row.getInt("stars"),
                        words ? vault.open(CaseSeals.RATING, Sealed.in(row, "sealed_words"), number) : null))
                .optional()
                .orElse(null);
    }

    /** Newest first; null means any. */
    @Transactional(readOnly = true)
    public Page<CaseSummary> list(
            Actor who, @Nullable String stage, @Nullable String scheme, @Nullable String outcome, int page, int size) {
        Clause mine = access.listable(who);
        StringBuilder sql = new StringBuilder(mine.sql());
        List<Object> values = new ArrayList<>(mine.values());
        filter(sql, values, "stage", stage);
        filter(sql, values, "scheme", scheme);
        filter(sql, values, "outcome", outcome);
        List<CaseSummary> items = cases.list(sql.toString(), values, Page.size(size), Page.offset(page, size)).stream()
                .map(this::summary)
                .toList();
        return new Page<>(items, Math.max(0, page), Page.size(size), cases.count(sql.toString(), values));
    }

    /** Of these, those that the reader may open and that are not closed, what was promised first, first. */
    @Transactional(readOnly = true)
    public List<CaseSummary> unfinished(Actor who, Collection<CaseNumber> numbers) {
        if (numbers.isEmpty()) return List.of();
        Clause mine = access.listable(who);
        List<Object> values = new ArrayList<>(mine.values());
        numbers.forEach(n -> values.add(n.value()));
        String clauses = mine.sql() + " and closed_at is null and case_number in ("
                + String.join(", ", numbers.stream().map(n -> "?").toList()) + ")";
        return cases.list(clauses, values, numbers.size(), 0).stream()
                .map(this::summary)
                .sorted(Comparator.comparing(
                                CaseSummary::promisedBy, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                        .thenComparing(file -> file.number().value()))
                .toList();
    }

    /** A condition on the table of cases, whose columns it names, with its values. */
    public record Clause(String sql, List<Object> values) {}

    /** Cases that are neither the officer's own nor shut to him, whatever parts he has. */
    public Clause ofOthers(Actor who) {
        return access.ofOthers(who);
    }

    /** Which of these the reader may open. A leader's list of what is late has cases in it that have not come to him yet. */
    @Transactional(readOnly = true)
    public Set<CaseNumber> open(Actor who, List<CaseNumber> numbers) {
        if (numbers.isEmpty()) return Set.of();
        Clause mine = access.listable(who);
        List<Object> values = new ArrayList<>(mine.values());
        numbers.forEach(n -> values.add(n.value()));
        return Set.copyOf(db.sql("select case_number from cases where " + mine.sql() + " and case_number in ("
                        + String.join(", ", numbers.stream().map(n -> "?").toList()) + ")")
                .params(values)
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
    }

    /** Whether he speaks for whoever applies. */
    @Transactional(readOnly = true)
    public boolean isOwn(Actor who, CaseNumber number) {
        return access.isOwn(who, cases.get(number));
    }

    /** Numbers of the cases of which the account is the applicant or which it filed for him, one of these is the person, or this is the employer under any of its codes. */
    @Transactional(readOnly = true)
    public Set<CaseNumber> concerning(String account, Set<String> personKeys, Set<String> employerCodes) {
        return Set.copyOf(db.sql(
                        "select case_number from cases where applicant = :account or person_key in (:keys) or employer_code in (:employer) or case_number in (select case_number from case_mandates where agent = :account)")
                .param("account", account)
                .param("keys", personKeys.isEmpty() ? Set.of("") : personKeys)
                .param("employer", employerCodes.isEmpty() ? Set.of("") : employerCodes)
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
    }

    /** The person's cases under this one document that the officer may open. */
    @Transactional(readOnly = true)
    public List<CaseNumber> ofPerson(Actor who, String key) {
        Clause mine = access.listable(who);
        List<Object> values = new ArrayList<>(mine.values());
        values.add(key);
        return cases.list(mine.sql() + " and person_key = ?", values, 50, 0).stream()
                .map(row -> row.file().number())
                .toList();
    }

    private CaseSummary summary(CaseTable.Listed row) {
        return CaseSummary.of(row.file(), row.asked(), clock.standing(row.file()));
    }

    private static void filter(StringBuilder sql, List<Object> values, String column, @Nullable String value) {
        if (value == null || value.isBlank()) return;
        sql.append(" and ").append(column).append(" = ?");
        values.add(value);
    }

    private void looked(Actor who, Case file, Access.Reading reading) {
        if (reading.reader() == Timeline.Reader.APPLICANT || who.isSystem()) return;
        Role as = reading.reader() == Timeline.Reader.EMPLOYER
                ? Role.EMPLOYER
                : reading.as().stream().findFirst().orElse(null);
        events.publishEvent(file.event("looked-at", who, as, Audience.AUDITORS, Map.of()));
    }
}
