package cn.jincai.review;

import cn.jincai.applicant.Sealed;
import cn.jincai.applicant.SealedColumn;
import cn.jincai.applicant.Vault;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.TaskRef;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Objections 异议 to a notice: anyone, by name; each is answered. One that is upheld is never a refusal by itself (rulebook 7.7). */
@Service
@Transactional
public class Objections {
    private static final int LONGEST = 5000;

    private final JdbcClient db;
    private final Notices notices;
    private final Opinions opinions;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Lock turn = new ReentrantLock(true);

    Objections(
            JdbcClient db,
            Notices notices,
            Opinions opinions,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.db = db;
        this.notices = notices;
        this.opinions = opinions;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
        this.transaction = transaction;
    }

    /** @param objector and {@code contact}: null for officers who do not answer objections */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Objection(
            @JsonIgnore long id,
            String number,
            @Nullable String objector,
            @Nullable String contact,
            @Nullable String text,
            Instant at,
            @Nullable String outcome,
            @Nullable String answer) {}

    /** The number that the objector is told. */
    public static String number(long id) {
        return "YY" + id;
    }

    /**
     * One after the other, since each moves the same case: many in one second all get through, and take one connection between them.
     *
     * @param who the account of a person who is signed in, or null
     * @return the objection's number
     * @throws Problem CONFLICT after the period, INVALID where name, contact or text are missing
     */
    @Transactional(propagation = Propagation.NEVER) // who waits his turn here holds nothing
    public String raise(@Nullable Actor who, long notice, String name, String contact, String text) {
        turn.lock();
        try {
            return transaction.execute(step -> raised(who, notice, name, contact, text));
        } finally {
            turn.unlock();
        }
    }

    private String raised(@Nullable Actor who, long notice, String name, String contact, String text) {
        notices.hold(notice);
        var about = notices.look(notice).orElseThrow(Problem::notFound);
        if (!about.running()) throw Problem.conflict("review.objection.NOTICE_OVER");
        List<Problem.Mistake> mistakes = new ArrayList<>();
        require(mistakes, "name", name, 100);
        require(mistakes, "contact", contact, 200);
        require(mistakes, "text", text, LONGEST);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        var key = new GeneratedKeyHolder();
        String rowKey = UUID.randomUUID().toString();
        db.sql(
                        "insert into objections (notice_id, case_number, row_key, sealed_objector, sealed_contact, sealed_words, account, at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        notice,
                        about.number().value(),
                        rowKey,
                        vault.seal(ReviewSeals.OBJECTOR, name.strip(), about.number(), rowKey),
                        vault.seal(ReviewSeals.CONTACT, contact.strip(), about.number(), rowKey),
                        vault.seal(ReviewSeals.OBJECTION, text.strip(), about.number(), rowKey),
                        who == null ? null : who.account(),
                        clock.timestamp())
                .update(key, "id");
        long id = key.getKeyAs(Number.class).longValue();
        events.publishEvent(new CaseEvent(
                about.number(),
                "objection-raised",
                "public-notice",
                Text.of("review.event.objection-raised"),
                who == null ? new Actor("anonymous", java.util.Set.of()) : who,
                null,
                Audience.OFFICERS,
                Map.of("objection", String.valueOf(id))));
        events.publishEvent(new ObjectionRaised(about.number(), id));
        return number(id);
    }

    private static void require(List<Problem.Mistake> mistakes, String field, String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest)
            mistakes.add(Problem.Mistake.of(field, "review.objection." + field + ".REQUIRED"));
    }

    void answer(Actor who, TaskRef task, String outcome, TaskFields fields) {
        String words = fields.opinionRequired();
        String rowKey = held(Long.parseLong(task.subject()));
        int rows = db.sql(
                        "update objections set outcome = ?, sealed_answer = ?, answered_at = ? where id = ? and outcome is null")
                .params(
                        outcome,
                        vault.seal(ReviewSeals.OBJECTION_ANSWER, words, task.ofCase(), rowKey),
                        clock.timestamp(),
                        Long.valueOf(task.subject()))
                .update();
        if (rows == 0) throw Problem.conflict("review.objection.DONE_ALREADY");
        opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
        boolean upheld = outcome.equals("uphold");
        events.publishEvent(new CaseEvent(
                task.ofCase(),
                "objection-answered",
                "public-notice",
                Text.of(upheld ? "review.event.objection-upheld" : "review.event.objection-dismissed"),
                who,
                Role.SUPERVISOR,
                upheld ? Audience.APPLICANT : Audience.OFFICERS,
                Map.of("objection", task.subject())));
    }

    /** Holds the notice to which it was made; answers the objection's own row key. */
    private String held(long objection) {
        record Row(long noticeId, String rowKey) {}
        Row row = db.sql("select notice_id, row_key from objections where id = ?")
                .param(objection)
                .query(Row.class)
                .optional()
                .orElseThrow(Problem::notFound);
        notices.hold(row.noticeId);
        return row.rowKey;
    }

    /** For an officer of the case: who objected is for those alone who answer it, and for auditors. */
    public List<Objection> of(Actor officer, CaseNumber number) {
        if (officer.isAny(Role.SUPERVISOR, Role.AUDITOR)) return of(number);
        return of(number).stream()
                .map(o -> new Objection(o.id, o.number, null, null, o.text, o.at, o.outcome, o.answer))
                .toList();
    }

    private List<Objection> of(CaseNumber number) {
        return db.sql("select * from objections where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> new Objection(
                        row.getLong("id"),
                        number(row.getLong("id")),
                        opened(ReviewSeals.OBJECTOR, row, number),
                        opened(ReviewSeals.CONTACT, row, number),
                        opened(ReviewSeals.OBJECTION, row, number),
                        Instants.always(row, "at"),
                        row.getString("outcome"),
                        opened(ReviewSeals.OBJECTION_ANSWER, row, number)))
                .list();
    }

    private @Nullable String opened(SealedColumn column, ResultSet row, CaseNumber number) throws SQLException {
        return vault.open(column, Sealed.in(row, column.column()), number, row.getString("row_key"));
    }

    /** The findings on which the applicant is heard; they name no objector. */
    public List<String> findings(CaseNumber number) {
        return of(number).stream()
                .filter(o -> "uphold".equals(o.outcome()))
                .map(Objection::answer)
                .toList();
    }
}
