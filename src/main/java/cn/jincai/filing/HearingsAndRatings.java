package cn.jincai.filing;

import cn.jincai.filing.events.HearingAnswered;
import cn.jincai.filing.events.RatedPoorly;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Step.Kind;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the applicant still has to say: at a hearing, and about the service (好差评) once the case is closed. */
@Service
@Transactional
public class HearingsAndRatings {
    private static final Duration RATING_OPEN = Duration.ofDays(30);
    private static final int LONGEST = 5000;
    private static final Set<Role> WEIGH_FINDINGS =
            Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER, Role.EXPERT, Role.SUPERVISOR, Role.AUDITOR);
    private static final Set<Role> WEIGH_PAYMENTS =
            Set.of(Role.LEADER, Role.FINANCE, Role.FINANCE_APPROVER, Role.AUDITOR);

    private final Filing filing;
    private final CaseTable cases;
    private final Access access;
    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    HearingsAndRatings(
            Filing filing,
            CaseTable cases,
            Access access,
            JdbcClient db,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.filing = filing;
        this.cases = cases;
        this.access = access;
        this.db = db;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** The person's answer at a hearing. */
    public void hear(Actor who, CaseNumber number, @Nullable String text) {
        Case file = filing.own(who, number);
        if (!mayAnswer(file)) throw Problem.conflict("filing.hearing.NO_HEARING");
        if (text == null || text.isBlank()) throw Problem.invalid("text", "filing.hearing.REQUIRED");
        if (text.length() > LONGEST) throw Problem.invalid("text", "filing.hearing.TOO_LONG");
        String rowKey = UUID.randomUUID().toString();
        db.sql("insert into case_hearings (case_number, row_key, at, sealed_answer) values (?, ?, ?, ?)")
                .params(
                        number.value(),
                        rowKey,
                        clock.timestamp(),
                        vault.seal(CaseSeals.HEARING, text.strip(), number, rowKey))
                .update();
        filing.tell(file, "heard", who, Audience.APPLICANT);
        events.publishEvent(new HearingAnswered(number));
    }

    /** Whether something is being heard now on which the applicant may say something. */
    @Transactional(readOnly = true)
    public boolean mayAnswer(CaseNumber number) {
        return mayAnswer(cases.get(number));
    }

    /** A run's give-up hears the person while the case itself stays closed, so the room that asks tells. */
    private boolean mayAnswer(Case file) {
        return file.stage().is(Kind.HEARING)
                || db.sql("select heard from cases where case_number = ?")
                        .param(file.number().value())
                        .query(Boolean.class)
                        .single();
    }

    /** @param ofPayment on payments that finance proposed to give up, for which the decision must be signed; else on the findings about an objection */
    public record Heard(Instant at, String text, boolean ofPayment) {}

    public List<Heard> heard(CaseNumber number) {
        return db.sql("""
            select h.at, h.sealed_answer, h.row_key, (c.signed_at is not null and h.at > c.signed_at) as of_payment from case_hearings h join cases c on c.case_number = h.case_number
            where h.case_number = ? order by h.id""")
                .param(number.value())
                .query((row, n) -> new Heard(
                        Instants.always(row, "at"),
                        vault.open(
                                CaseSeals.HEARING,
                                Sealed.always(row, "sealed_answer"),
                                number,
                                row.getString("row_key")),
                        row.getBoolean("of_payment")))
                .list();
    }

    /** What the person answered, as far as this officer has to do with what it was about. */
    public List<Heard> heard(Actor officer, CaseNumber number) {
        return heard(number).stream()
                .filter(h -> officer.roles().stream()
                        .map(Role::rights)
                        .anyMatch((h.ofPayment ? WEIGH_PAYMENTS : WEIGH_FINDINGS)::contains))
                .toList();
    }

    /** @param stars 1 to 5; one or two open a follow-up. Once, within 30 days of closing. */
    public void rate(Actor who, CaseNumber number, int stars, @Nullable String text) {
        Case file = filing.own(who, number);
        if (stars < 1 || stars > 5) throw Problem.invalid("stars", "filing.rating.OUT_OF_RANGE");
        Instant closed = file.closedAt();
        if (closed == null) throw Problem.conflict("filing.rating.NOT_CLOSED");
        if (clock.instant().isAfter(closed.plus(RATING_OPEN))) throw Problem.conflict("filing.rating.RATING_OVER");
        boolean before = db.sql("select count(*) > 0 from case_ratings where case_number = ?")
                .param(number.value())
                .query(Boolean.class)
                .single();
        if (before) throw Problem.conflict("filing.rating.RATED");
        if (text != null && text.length() > LONGEST) throw Problem.invalid("text", "filing.hearing.TOO_LONG");
        db.sql("insert into case_ratings (case_number, stars, sealed_words, at) values (?, ?, ?, ?)")
                .params(
                        number.value(),
                        stars,
                        vault.seal(CaseSeals.RATING, text == null || text.isBlank() ? null : text.strip(), number),
                        clock.timestamp())
                .update();
        filing.tell(file, "rated", who, Audience.APPLICANT, stars);
        if (stars > 2) return;
        access.give(
                number,
                Role.SUPERVISOR); // who follows it up needs the case, also where no notice has brought it to him
        events.publishEvent(new RatedPoorly(number));
    }

    public void followedUp(CaseNumber number) {
        db.sql("update case_ratings set followed_up = true where case_number = ?")
                .param(number.value())
                .update();
    }

    /** A hearing of a payment that is to be given up, within a case that may be closed already. */
    public void opensHearing(CaseNumber number, boolean open) {
        cases.heard(number, open);
    }
}
