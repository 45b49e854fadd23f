package cn.jincai.staffing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Staff;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
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
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * An officer asks a colleague about a case; question and answer stand in its file and on record. To answer is no step: it decides nothing and gives no part in the case, so that the
 * colleague reads of the file what his own roles let him.
 */
@Service
@Transactional
public class ColleagueQuestions implements CaseContents {
    private static final int MOST = 200;

    private final JdbcClient db;
    private final CaseFile cases;
    private final Ties ties;
    private final Accounts accounts;
    private final Staff staff;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    ColleagueQuestions(
            JdbcClient db,
            CaseFile cases,
            Ties ties,
            Accounts accounts,
            Staff staff,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.ties = ties;
        this.accounts = accounts;
        this.staff = staff;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** Whom one may ask: officers who may sign in, with whom the case has nothing to do. @throws Problem NOT_FOUND for whoever has no part in the case as an officer */
    @Transactional(readOnly = true)
    public List<Account> askable(Actor who, CaseNumber number) {
        mustRead(who, number);
        return staff.all().stream()
                .filter(account -> mayBeAsked(who, account, number))
                .toList();
    }

    private boolean mayBeAsked(Actor who, Account account, CaseNumber number) {
        Set<Role> work = new TreeSet<>(account.roles());
        work.removeAll(Set.of(Role.AUDITOR, Role.ADMIN, Role.POLICY_ADMIN, Role.POLICY_APPROVER));
        return !account.locked()
                && !work.isEmpty()
                && !account.name().equals(who.account())
                && !account.name().equals(cases.get(number).applicant())
                && ties.shut(account.name(), Set.of(number)).isEmpty();
    }

    private void mustRead(Actor who, CaseNumber number) {
        if (who.is(Role.AUDITOR) || !cases.admitsAsOfficer(who, number)) throw Problem.notFound();
    }

    /** @throws Problem INVALID with the mistakes; NOT_FOUND for whoever has no part in the case as an officer */
    public void ask(Actor who, CaseNumber number, String colleague, String words) {
        mustRead(who, number);
        String said = Handovers.words(words);
        Account asked = accounts.look(colleague)
                .filter(account -> staff.isStaff(account.name()) && mayBeAsked(who, account, number))
                .orElseThrow(() -> Problem.invalid("colleague", "staffing.question.TO_WHOM"));
        String key = UUID.randomUUID().toString();
        db.sql(
                        "insert into colleague_questions (row_key, case_number, asked_by, asked_of, asked_at, sealed_question) values (?, ?, ?, ?, ?, ?)")
                .params(
                        key,
                        number.value(),
                        who.account(),
                        asked.name(),
                        clock.timestamp(),
                        vault.seal(StaffingSeals.QUESTION, said, key))
                .update();
        tell(who, number, "colleague-asked", asked.name());
    }

    /** What waits for this officer's answer, the oldest first; nothing of a case that has been shut to him since. */
    @Transactional(readOnly = true)
    public List<ColleagueQuestion> toAnswer(Actor who) {
        return withoutShut(who, read("answered_at is null and asked_of = ? order by id limit " + MOST, who.account()));
    }

    /** How many wait for this officer's answer; none of a case that has been shut to him since. */
    @Transactional(readOnly = true)
    public long countToAnswer(Actor who) {
        List<CaseNumber> waiting = db.sql(
                        "select case_number from colleague_questions where answered_at is null and asked_of = ? order by id limit "
                                + MOST)
                .param(who.account())
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list();
        Set<CaseNumber> shut = ties.shut(who.account(), Set.copyOf(waiting));
        return waiting.stream().filter(number -> !shut.contains(number)).count();
    }

    /** What he has asked, the newest first. */
    @Transactional(readOnly = true)
    public List<ColleagueQuestion> asked(Actor who) {
        return withoutShut(who, read("asked_by = ? order by id desc limit " + MOST, who.account()));
    }

    /** All of a case, in their order; for whoever may see its file. */
    @Transactional(readOnly = true)
    public List<ColleagueQuestion> of(CaseNumber number) {
        return read("case_number = ? order by id", number.value());
    }

    /** @throws Problem NOT_FOUND where nobody asked him; CONFLICT where he has answered; INVALID for no words, and for too many */
    public void answer(Actor who, long id, String words) {
        List<ColleagueQuestion> found = withoutShut(who, read("id = ? and asked_of = ?", id, who.account()));
        if (found.isEmpty()) throw Problem.notFound();
        String said = Handovers.words(words);
        ColleagueQuestion question = found.get(0);
        String key = db.sql("select row_key from colleague_questions where id = ?")
                .param(id)
                .query(String.class)
                .single();
        int rows = db.sql(
                        "update colleague_questions set sealed_answer = ?, answered_at = ? where id = ? and answered_at is null")
                .params(vault.seal(StaffingSeals.ANSWER, said, key), clock.timestamp(), id)
                .update();
        if (rows == 0) throw Problem.conflict("staffing.question.ANSWERED");
        tell(who, question.number(), "colleague-answered", question.askedBy());
    }

    private List<ColleagueQuestion> withoutShut(Actor who, List<ColleagueQuestion> found) {
        Set<CaseNumber> shut = ties.shut(
                who.account(), found.stream().map(ColleagueQuestion::number).collect(Collectors.toSet()));
        return found.stream().filter(q -> !shut.contains(q.number())).toList();
    }

    private record Row(
            long id,
            String key,
            CaseNumber number,
            String by,
            String of,
            Instant at,
            @Nullable Sealed question,
            @Nullable Instant answeredAt,
            @Nullable Sealed answer) {}

    /** What is sealed is opened once the rows are read: a question within them would take a second connection. */
    private List<ColleagueQuestion> read(String which, Object... values) {
        return db
                .sql("select * from colleague_questions where " + which)
                .params(values)
                .query(ColleagueQuestions::row)
                .list()
                .stream()
                .map(row -> new ColleagueQuestion(
                        row.id(),
                        row.number(),
                        row.by(),
                        row.of(),
                        row.at(),
                        Objects.toString(vault.open(StaffingSeals.QUESTION, row.question(), row.key()), ""),
                        row.answeredAt(),
                        vault.open(StaffingSeals.ANSWER, row.answer(), row.key())))
                .toList();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("row_key"),
                new CaseNumber(row.getString("case_number")),
                row.getString("asked_by"),
                row.getString("asked_of"),
                Instants.always(row, "asked_at"),
                Sealed.in(row, "sealed_question"),
                Instants.in(row, "answered_at"),
                Sealed.in(row, "sealed_answer"));
    }

    private void tell(Actor who, CaseNumber number, String kind, String colleague) {
        events.publishEvent(new CaseEvent(
                number,
                kind,
                cases.get(number).stage().code(),
                Text.of("staffing.event." + kind),
                who,
                who.roles().stream().sorted().findFirst().orElse(null),
                Audience.OFFICERS,
                Map.of("colleague", colleague)));
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("update colleague_questions set sealed_question = null, sealed_answer = null where case_number = ?")
                .param(number.value())
                .update();
    }
}
