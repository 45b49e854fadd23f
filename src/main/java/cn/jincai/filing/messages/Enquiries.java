package cn.jincai.filing.messages;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseClock;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 咨询: an applicant asks the office about his case, and whoever of it has a part in the case answers. It is no step and no statement at a hearing: nothing is decided by it and no day
 * moves. Nothing is asked of a case that is closed; what was asked before is answered as long as an officer has a part in it.
 */
@Service
@Transactional
public class Enquiries implements CaseContents {
    /** Characters, as people count them. */
    public static final int LONGEST = 1000;
    /** Of one case, without an answer. */
    public static final int OPEN_AT_ONCE = 3;
    /** Of one case, in all. */
    public static final int MOST = 50;

    private static final int LISTED = 200;
    /** An expert has an opinion to give and no word for the office; an auditor reads. */
    private static final Set<Role> ANSWER =
            Set.of(Role.INTAKE, Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER, Role.FINANCE, Role.FINANCE_APPROVER);

    private final JdbcClient db;
    private final CaseFile cases;
    private final CaseClock holds;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Enquiries(
            JdbcClient db,
            CaseFile cases,
            CaseClock holds,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.holds = holds;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** Whether the case is at the office, where somebody may be asked about it. */
    @Transactional(readOnly = true)
    public boolean isOpen(CaseNumber number) {
        Case file = cases.get(number);
        return !file.isDraft() && !file.isClosed();
    }

    /** Whether an officer has a part in it now who may answer: none has while an employer is asked or a source is, and none whose step has long been over. */
    @Transactional(readOnly = true)
    public boolean isAnswered(CaseNumber number) {
        return inForce(number).stream().anyMatch(Enquiries::mayAnswer);
    }

    /** A further role has the rights of one that works on cases; a seat of a panel is an expert's. */
    private static boolean mayAnswer(String part) {
        return Role.find(part).map(ANSWER::contains).orElse(!part.startsWith("@"));
    }

    /** @throws Problem NOT_FOUND for whoever does not speak for the applicant; CONFLICT where the case is not at the office, nobody there may answer now, or too much waits for an answer; INVALID for no words, and for too many */
    public void ask(Actor who, CaseNumber number, String words) {
        if (cases.find(number).isEmpty() || !cases.isOwn(who, number)) throw Problem.notFound();
        holds.hold(number); // so that two pages together ask no more than one may
        if (!isOpen(number)) throw Problem.conflict("filing.enquiry.CLOSED");
        if (!isAnswered(number)) throw Problem.conflict("filing.enquiry.NOBODY");
        String said = words(words);
        if (count(number, "answered_at is null") >= OPEN_AT_ONCE)
            throw Problem.conflict("filing.enquiry.WAITING", OPEN_AT_ONCE);
        if (count(number, "true") >= MOST) throw Problem.conflict("filing.enquiry.MANY", MOST);
        String key = UUID.randomUUID().toString();
        db.sql(
                        "insert into case_enquiries (row_key, case_number, asked_by, asked_at, sealed_question) values (?, ?, ?, ?, ?)")
                .params(
                        key,
                        number.value(),
                        who.account(),
                        clock.timestamp(),
                        vault.seal(EnquirySeals.QUESTION, said, key))
                .update();
        tell(number, "enquired", who, who.is(Role.EMPLOYER) ? Role.EMPLOYER : Role.APPLICANT, Audience.OFFICERS);
    }

    private long count(CaseNumber number, String which) {
        return db.sql("select count(*) from case_enquiries where case_number = ? and " + which)
                .param(number.value())
                .query(Long.class)
                .single();
    }

    private static String words(String typed) {
        String said = typed.strip();
        if (said.isEmpty()) throw Problem.invalid("words", "filing.enquiry.REQUIRED");
        if (said.codePointCount(0, said.length()) > LONGEST)
            throw Problem.invalid("words", "filing.enquiry.TOO_LONG", LONGEST);
        return said;
    }

    /** How many questions of a case there are, and how many of them wait for an answer. */
    public record Asked(long all, long open) {}

    @Transactional(readOnly = true)
    public Asked asked(CaseNumber number) {
        return new Asked(count(number, "true"), count(number, "answered_at is null"));
    }

    /** Whether the words of applicants are for this officer: for whoever answers them, follows them up or audits, and not for an expert, from whom the file keeps who applies. */
    public boolean mayRead(Actor officer) {
        return officer.roles().stream()
                .map(Role::rights)
                .anyMatch(role -> ANSWER.contains(role) || role.equals(Role.SUPERVISOR) || role.equals(Role.AUDITOR));
    }

    /** All of a case, in their order, for an officer with a part in it. @throws Problem NOT_FOUND for whom the words are not */
    @Transactional(readOnly = true)
    public List<Enquiry> of(Actor officer, CaseNumber number) {
        if (!mayRead(officer)) throw Problem.notFound();
        return of(number);
    }

    /** All of a case, in their order, for its applicant. */
    @Transactional(readOnly = true)
    public List<Enquiry> of(CaseNumber number) {
        return db
                .sql("select * from case_enquiries where case_number = ? order by id")
                .param(number.value())
                .query(Enquiries::row)
                .list()
                .stream()
                .map(this::open)
                .toList();
    }

    /** A case with questions without an answer: so many, the oldest of this moment. */
    public record Waiting(CaseNumber number, String scheme, Instant since, long questions) {}

    /** Cases in which this officer has a part and whose applicants wait for an answer, whoever has waited longest first; {@value #LISTED} at most. */
    @Transactional(readOnly = true)
    public List<Waiting> waiting(Actor who) {
        if (parts(who).isEmpty()) return List.of();
        CaseFile.Clause which = toAnswer(who);
        return db.sql("select q.case_number, cases.scheme, min(q.asked_at) as since, count(*) as questions"
                        + which.sql()
                        + " group by q.case_number, cases.scheme order by since, q.case_number limit " + LISTED)
                .params(which.values())
                .query((row, n) -> new Waiting(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("scheme"),
                        Instants.always(row, "since"),
                        row.getLong("questions")))
                .list();
    }

    /** How many questions wait for an answer that this officer may give, in however many cases. */
    @Transactional(readOnly = true)
    public long countWaiting(Actor who) {
        if (parts(who).isEmpty()) return 0;
        CaseFile.Clause which = toAnswer(who);
        return db.sql("select count(*)" + which.sql())
                .params(which.values())
                .query(Long.class)
                .single();
    }

    /** Questions without an answer in cases in which he has a part, which are not his own and to which nothing ties him. */
    private CaseFile.Clause toAnswer(Actor who) {
        List<String> parts = parts(who);
        CaseFile.Clause others = cases.ofOthers(who);
        List<Object> values = new ArrayList<>(parts);
        values.add(clock.timestamp());
        values.addAll(others.values());
        return new CaseFile.Clause(
                " from case_enquiries q join cases on cases.case_number = q.case_number where q.answered_at is null and exists (select 1 from case_parts p where p.case_number = q.case_number and p.part in ("
                        + String.join(", ", Collections.nCopies(parts.size(), "?"))
                        + ") and (p.ends_at is null or p.ends_at > ?)) and " + others.sql(),
                values);
    }

    private static List<String> parts(Actor who) {
        return answering(who).map(Role::code).toList();
    }

    private static Stream<Role> answering(Actor who) {
        return who.roles().stream()
                .filter(role -> ANSWER.contains(role.rights()))
                .sorted();
    }

    /** Whether he has a part in the case, and with it a word for its applicant. */
    @Transactional(readOnly = true)
    public boolean mayAnswer(Actor who, CaseNumber number) {
        return answersAs(who, number).isPresent();
    }

    /** The first of his roles that has a part in the case now: his others have nothing to do with it. */
    private Optional<Role> answersAs(Actor who, CaseNumber number) {
        if (parts(who).isEmpty()
                || cases.isOwn(who, number)
                || !cases.shut(who, List.of(number)).isEmpty()) return Optional.empty();
        List<String> inForce = inForce(number);
        return answering(who).filter(role -> inForce.contains(role.code())).findFirst();
    }

    private List<String> inForce(CaseNumber number) {
        return db.sql("select part from case_parts where case_number = ? and (ends_at is null or ends_at > ?)")
                .params(number.value(), clock.timestamp())
                .query(String.class)
                .list();
    }

    /** @throws Problem NOT_FOUND for whoever has no part in the case as an officer, and for a question of another case; CONFLICT where it has been answered; INVALID for no words, and for too many */
    public void answer(Actor who, CaseNumber number, long id, String words) {
        if (cases.find(number).isEmpty()) throw Problem.notFound();
        Role as = answersAs(who, number).orElseThrow(Problem::notFound);
        String key = db.sql("select row_key from case_enquiries where id = ? and case_number = ?")
                .params(id, number.value())
                .query(String.class)
                .optional()
                .orElseThrow(Problem::notFound);
        String said = words(words);
        int rows = db.sql(
                        "update case_enquiries set sealed_answer = ?, answered_at = ?, answered_by = ?, answered_as = ? where id = ? and answered_at is null")
                .params(vault.seal(EnquirySeals.ANSWER, said, key), clock.timestamp(), who.account(), as.code(), id)
                .update();
        if (rows == 0) throw Problem.conflict("filing.enquiry.ANSWERED");
        tell(number, "enquiry-answered", who, as, Audience.APPLICANT);
    }

    private record Row(
            Enquiry without,
            String key,
            Sealed question,
            @Nullable Sealed answer) {}

    /** What is sealed is opened once the rows are read: a question within them would take a second connection. */
    private Enquiry open(Row row) {
        Enquiry e = row.without();
        return new Enquiry(
                e.id(),
                e.number(),
                e.askedAt(),
                Objects.toString(vault.open(EnquirySeals.QUESTION, row.question(), row.key()), ""),
                e.answeredBy(),
                e.answeredAs(),
                e.answeredAt(),
                vault.open(EnquirySeals.ANSWER, row.answer(), row.key()));
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                new Enquiry(
                        row.getLong("id"),
                        new CaseNumber(row.getString("case_number")),
                        Instants.always(row, "asked_at"),
                        "",
                        row.getString("answered_by"),
                        row.getString("answered_as"),
                        Instants.in(row, "answered_at"),
                        null),
                row.getString("row_key"),
                Sealed.always(row, "sealed_question"),
                Sealed.in(row, "sealed_answer"));
    }

    private void tell(CaseNumber number, String kind, Actor who, Role as, Audience seenBy) {
        events.publishEvent(new CaseEvent(
                number,
                kind,
                cases.get(number).stage().code(),
                Text.of("filing.event." + kind),
                who,
                as,
                seenBy,
                Map.of()));
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("delete from case_enquiries where case_number = ?")
                .param(number.value())
                .update();
    }
}
