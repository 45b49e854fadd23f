package cn.jincai.filing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Employer;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.applicant.Employers;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Registration;
import cn.jincai.document.Evidence;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.planning.GrantRecords;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Elsewhere than in the demo the person of a case is the account's, as registered. What is wrong there is corrected in a case whose supplement asks for it, with
 * the document; the account follows when an officer has confirmed it (decision 81).
 */
@Component
public class Identity {
    /** Asked beside the new name or number, whatever documents the scheme lists. */
    public static final Scheme.Document PAPER = new Scheme.Document(
            "IDENTITY_DOCUMENT", Text.of("filing.identity.document"), true, null, null, false, List.of());

    public static final Text WHY = Text.of("filing.identity.uploadToo");
    private static final Set<String> WHO = Set.of("name", "documentType", "documentNumber");

    private static final Set<String> EMPLOYERS =
            Set.of("name", "documentType", "documentNumber", "employerCode", "employerName");

    private final Accounts accounts;
    private final Employers employers;
    private final EmployerChanges changes;
    private final Persons persons;
    private final Evidence evidence;
    private final Packages packages;
    private final Completeness completeness;
    private final CaseTable cases;
    private final List<GrantRecords> grants;
    private final JdbcClient db;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final boolean fromAccount;

    Identity(
            Accounts accounts,
            Employers employers,
            EmployerChanges changes,
            Persons persons,
            Evidence evidence,
            Packages packages,
            Completeness completeness,
            CaseTable cases,
            List<GrantRecords> grants,
            JdbcClient db,
            CityClock clock,
            ApplicationEventPublisher events,
            @Value("${jincai.person-from-account:true}") boolean fromAccount) {
        this.accounts = accounts;
        this.employers = employers;
        this.changes = changes;
        this.persons = persons;
        this.evidence = evidence;
        this.packages = packages;
        this.completeness = completeness;
        this.cases = cases;
        this.grants = grants;
        this.db = db;
        this.clock = clock;
        this.events = events;
        this.fromAccount = fromAccount;
    }

    /** Writes the account's person over what somebody typed. */
    void fill(String account, ObjectNode answers) {
        if (!fromAccount) return;
        Person person = persons.of(accounts.find(account));
        answers.put("name", person.name())
                .put("documentType", person.documentType())
                .put("documentNumber", person.documentNumber());
    }

    /** @throws Problem FORBIDDEN for whom is no clerk of an employer */
    void mustBeClerk(Actor who) {
        if (!who.is(Role.EMPLOYER) || accounts.find(who.account()).employerCode() == null)
            throw Problem.forbidden("filing.NOT_A_CLERK");
    }

    /** The employer for which a clerk acts, as it is registered and called today. */
    public Employer employerOf(Actor clerk) {
        return employer(String.valueOf(accounts.find(clerk.account()).employerCode()));
    }

    private Employer employer(String code) {
        String now = String.valueOf(changes.today(code));
        return employers
                .look(now)
                .or(() -> employers.look(code).map(before -> new Employer(now, before.name())))
                .orElseThrow(Problem::notFound);
    }

    /** Whoever applies, as he or it stands on record today. */
    void fill(Case file, ObjectNode answers) {
        if (file.ofEmployer()) fillEmployer(employer(String.valueOf(file.employerCode())), answers);
        else fill(file.applicant(), answers);
    }

    /** An employer is on record with its registered name; its clerk can't write another. */
    void fillEmployer(Employer employer, ObjectNode answers) {
        answers.put("name", employer.name())
                .put("documentType", Persons.CREDIT_CODE)
                .put("documentNumber", employer.code())
                .put("employerCode", employer.code())
                .put("employerName", employer.name());
    }

    /** Told by the account, so never to be changed in a draft. */
    public boolean isTheAccounts(Case file, String item) {
        if (file.ofEmployer() && EMPLOYERS.contains(item)) return true;
        return fromAccount && WHO.contains(item) || item.equals(PAPER.code());
    }

    /** What is open beside what was asked: a number that is corrected takes along the birth date in it, and what the account tells takes its document. */
    public Set<String> goesWith(Case file) {
        Set<String> items = new LinkedHashSet<>();
        if (file.ofEmployer()) return items; // its name is the register's
        if (!file.stage().is(Kind.ASKS_APPLICANT)) return items;
        List<String> asked = file.asked().stream().map(Case.Asked::item).toList();
        completeness.form(packages.byHash(file.packageHash())).fields().stream()
                .filter(f -> asked.contains(f.key()))
                .map(f -> f.properties().get("birthDate"))
                .forEach(birthDate -> Optional.ofNullable(birthDate).ifPresent(items::add));
        if (asked.contains("name")) items.add("accountHolder");
        if (fromAccount && asked.stream().anyMatch(WHO::contains)) items.add(PAPER.code());
        return items;
    }

    /** What keeps the corrected identity from being handed in. */
    List<Mistake> mistakes(Case file, Instant asked) {
        if (!goesWith(file).contains(PAPER.code())) return List.of();
        Person before = persons.of(accounts.find(file.applicant()));
        List<String> changed = changed(before, file.answers());
        List<Mistake> mistakes = new ArrayList<>();
        if (!changed.isEmpty()
                && evidence.of(file.number()).stream()
                        .noneMatch(d -> d.need().equals(PAPER.code()) && !d.at().isBefore(asked)))
            mistakes.add(Mistake.of(PAPER.code(), "filing.identity.DOCUMENT_MISSING"));
        if (changed.contains("documentNumber")) {
            Registration.documentMistake(file.answer("documentType"), file.answer("documentNumber"), clock.today())
                    .ifPresent(mistakes::add);
            otherNumber(file, before).ifPresent(mistakes::add);
        }
        return mistakes;
    }

    /** Why the account can't go over to this document: another account has it, or what the person has under the old one would be lost from sight. */
    private Optional<Mistake> otherNumber(Case file, Person before) {
        if (accounts.isAnothers(file.applicant(), key(file.answers()), file.answer("documentNumber")))
            return Optional.of(Mistake.of("documentNumber", "filing.identity.REGISTERED_ALREADY"));
        if (persons.isSame(before.key(), key(file.answers())))
            return Optional
                    .empty(); // another document with the number that he has for life, or one that was joined as his
        boolean open = db.sql(
                        "select count(*) > 0 from cases where person_key = ? and case_number <> ? and stage not in ('draft', 'closed')")
                .params(before.key(), file.number().value())
                .query(Boolean.class)
                .single();
        if (open || grants.stream().anyMatch(book -> !book.of(before.key()).isEmpty()))
            return Optional.of(Mistake.of("documentNumber", "filing.identity.OLD_NUMBER_IN_USE"));
        return Optional.empty();
    }

    /** The name by which the person is written down until an officer has confirmed another. */
    String onRecord(Case file, String told) {
        if (!fromAccount || file.ofEmployer()) return told;
        Person person = persons.of(accounts.find(file.applicant()));
        return person.key().equals(key(file.answers())) ? person.name() : told;
    }

    /** The supplement was handed in. */
    void given(Actor who, Case file) {
        if (!fromAccount
                || file.ofEmployer()
                || file.asked().stream().map(Case.Asked::item).noneMatch(WHO::contains)) return;
        List<String> changed = changed(persons.of(accounts.find(file.applicant())), file.answers());
        if (changed.isEmpty()) return;
        db.sql("insert into identity_corrections (case_number, given_at) values (?, ?)")
                .params(file.number().value(), clock.timestamp())
                .update();
        String paper = evidence.of(file.number()).stream()
                .filter(d -> d.need().equals(PAPER.code()))
                .reduce((one, later) -> later)
                .map(d -> String.valueOf(d.id()))
                .orElse("");
        events.publishEvent(file.event(
                "identity-given",
                who,
                Role.APPLICANT,
                Audience.OFFICERS,
                Map.of("changed", String.join(",", changed), "paper", paper)));
    }

    /** One thing that the account has otherwise than the case, by the form's key. */
    public record Mended(String key, String account, String given) {}

    /**
     * What an officer has to compare with the document before he accepts or approves: both words side by side; nothing where none waits.
     *
     * @param open for whoever compares the numbers; else they are masked
     */
    public List<Mended> waiting(CaseNumber number, boolean open) {
        if (db.sql("select count(*) = 0 from identity_corrections where case_number = ? and confirmed_at is null")
                .param(number.value())
                .query(Boolean.class)
                .single()) return List.of();
        Case file = cases.get(number);
        Person before = persons.of(accounts.find(file.applicant()));
        return Stream.of(
                        new Mended("name", before.name(), file.answer("name").strip()),
                        new Mended("documentNumber", before.documentNumber(), file.answer("documentNumber")))
                .filter(m -> !m.account().equals(m.given()))
                .map(m -> open || !m.key().equals("documentNumber")
                        ? m
                        : new Mended(m.key(), Persons.maskNumber(m.account()), Persons.maskNumber(m.given())))
                .toList();
    }

    /** What was typed into a supplement that was not handed in counts for nothing, and what was handed in before and then asked for again is not proven. */
    void putBack(Case file) {
        if (!goesWith(file).contains(PAPER.code())) return;
        db.sql("delete from identity_corrections where case_number = ? and confirmed_at is null")
                .param(file.number().value())
                .update();
        ObjectNode answers = file.answers().deepCopy();
        fill(file.applicant(), answers);
        cases.change(file.number(), c -> c.identified(key(answers), answers));
    }

    /**
     * The officer who accepts or approves has compared it with the document: the account carries it from now on; other cases keep what they said.
     *
     * @throws Problem CONFLICT where the account can't go over to the document any more
     */
    void confirm(Actor officer, Role as, CaseNumber number) {
        if (db.sql(
                                "update identity_corrections set confirmed_at = ?, confirmed_by = ? where case_number = ? and confirmed_at is null")
                        .params(clock.timestamp(), officer.account(), number.value())
                        .update()
                == 0) return;
        Case file = cases.hold(number);
        Account account = accounts.find(file.applicant());
        Person before = persons.of(account), given = persons.find(file.person());
        List<String> changed = changed(before, file.answers());
        if (changed.contains("documentNumber"))
            otherNumber(file, before).ifPresent(m -> {
                throw new Problem(Problem.Kind.CONFLICT, m.code(), m.message(), List.of());
            });
        String name = file.answer("name").strip();
        String key = persons.keep(
                file.answer("documentType"),
                file.answer("documentNumber"),
                name,
                given.birthDate(),
                given.phone(),
                given.email());
        persons.renewed(key, file.answer("documentType"), file.answer("documentNumber"));
        accounts.correct(
                account.name(),
                account.displayName().equals(before.name()) ? name : account.displayName(),
                key,
                file.answer("documentNumber"));
        events.publishEvent(file.event(
                "identity-confirmed", officer, as, Audience.APPLICANT, Map.of("changed", String.join(",", changed))));
    }

    private List<String> changed(Person before, ObjectNode answers) {
        List<String> changed = new ArrayList<>();
        if (!before.name().equals(answers.path("name").asText().strip())) changed.add("name");
        boolean same = before.documentType().equals(answers.path("documentType").asText())
                && before.documentNumber()
                        .equals(Spelling.ofCode(answers.path("documentNumber").asText()));
        if (!same) changed.add("documentNumber");
        return changed;
    }

    private String key(ObjectNode answers) {
        return persons.key(
                answers.path("documentType").asText(),
                answers.path("documentNumber").asText());
    }
}
