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
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** @throws Problem NOT_FOUND for whoever does not speak for the applicant; CONFLICT where the case is not at the office, or too much waits for an answer; INVALID for no words, and for too many */
    public void ask(Actor who, CaseNumber number, String words) {
        if (cases.find(number).isEmpty() || !cases.isOwn(who, number)) throw Problem.notFound();
        holds.hold(number); // so that two pages together ask no more than one may
        if (!isOpen(number)) throw Problem.conflict("filing.enquiry.CLOSED");
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

    /** All of a case, in their order; for whoever may see its file. */
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

    /** Cases in which this officer has a part and whose applicants wait for an answer, whoever has waited longest first. */
    @Transactional(readOnly = true)
    public List<Waiting> waiting(Actor who) {
        List<String> parts = parts(who);
        if (parts.isEmpty()) return List.of();
        List<Waiting> found = db.sql("""
            select q.case_number, c.scheme, min(q.asked_at) as since, count(*) as questions from case_enquiries q join cases c on c.case_number = q.case_number
            where q.answered_at is null and exists (select 1 from case_parts p where p.case_number = q.case_number and p.part in (:parts) and (p.ends_at is null or p.ends_at > :now))
            group by q.case_number, c.scheme order by since, q.case_number limit :most""")
                .param("parts", parts)
                .param("now", clock.timestamp())
                .param("most", LISTED)
                .query((row, n) -> new Waiting(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("scheme"),
                        Instants.always(row, "since"),
                        row.getLong("questions")))
                .list();
        Set<CaseNumber> shut =
                cases.shut(who, found.stream().map(Waiting::number).toList());
        return found.stream()
                .filter(w -> !shut.contains(w.number()) && !cases.isOwn(who, w.number()))
                .toList();
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
        List<String> parts = parts(who);
        return !parts.isEmpty()
                && !cases.isOwn(who, number)
                && cases.shut(who, List.of(number)).isEmpty()
                && db.sql(
                                        "select count(*) from case_parts where case_number = :number and part in (:parts) and (ends_at is null or ends_at > :now)")
                                .param("number", number.value())
                                .param("parts", parts)
                                .param("now", clock.timestamp())
                                .query(Long.class)
                                .single()
                        > 0;
    }

    /** @throws Problem NOT_FOUND for whoever has no part in the case as an officer, and for a question of another case; CONFLICT where it has been answered; INVALID for no words, and for too many */
    public void answer(Actor who, CaseNumber number, long id, String words) {
        if (cases.find(number).isEmpty() || !mayAnswer(who, number)) throw Problem.notFound();
        String key = db.sql("select row_key from case_enquiries where id = ? and case_number = ?")
                .params(id, number.value())
                .query(String.class)
                .optional()
                .orElseThrow(Problem::notFound);
        String said = words(words);
        Role as = answering(who).findFirst().orElseThrow();
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
