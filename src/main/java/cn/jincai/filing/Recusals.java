package cn.jincai.filing;

import cn.jincai.applicant.Relatives;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A declared tie that was a mistake, or has ended, taken back: the officer asks with a reason and a supervisor grants it (decision 179). What the officer did before he declared
 * it still counts for four eyes.
 */
@Service
public class Recusals {
    private final JdbcClient db;
    private final CaseTable cases;
    private final Ties ties;
    private final Relatives relatives;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Recusals(
            JdbcClient db,
            CaseTable cases,
            Ties ties,
            Relatives relatives,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.ties = ties;
        this.relatives = relatives;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /**
     * One that is in force.
     *
     * @param why     the officer is tied to the case
     * @param asked   when he asked to take it back, null where he has not
     * @param whyBack he is not tied any more
     */
    public record Declared(
            CaseNumber number,
            String account,
            Instant at,
            String why,
            @Nullable Instant asked,
            @Nullable String whyBack) {}

    /** The officer's own in cases that are not closed, the latest first. */
    public List<Declared> of(Actor officer) {
        return read("r.account = ?", officer.account());
    }

    /** All that an officer asks to take back and this supervisor may answer: neither his own nor in a case that is shut to himself. */
    public List<Declared> asked(Actor supervisor) {
        if (!supervisor.is(Role.SUPERVISOR)) return List.of();
        List<Declared> asked = read("r.back_asked_at is not null and r.account <> ?", supervisor.account());
        Set<CaseNumber> shut = ties.shut(
                supervisor.account(), asked.stream().map(Declared::number).collect(Collectors.toSet()));
        return asked.stream().filter(d -> !shut.contains(d.number())).toList();
    }

    private record Row(
            CaseNumber number,
            String account,
            Instant at,
            Sealed why,
            @Nullable Instant asked,
            @Nullable Sealed whyBack) {}

    /** What is sealed is opened once the rows are read: a question within them would take a second connection. */
    private List<Declared> read(String which, Object... params) {
        return db
                .sql(
                        "select r.* from case_recusals r join cases c on c.case_number = r.case_number where r.taken_back_at is null and c.stage <> 'closed' and "
                                + which + " order by r.declared_at desc, r.case_number desc, r.account")
                .params(params)
                .query(Recusals::row)
                .list()
                .stream()
                .map(row -> new Declared(
                        row.number(),
                        row.account(),
                        row.at(),
                        Objects.requireNonNull(vault.open(CaseSeals.RECUSAL, row.why(), row.number(), row.account())),
                        row.asked(),
                        vault.open(CaseSeals.RECUSAL_BACK, row.whyBack(), row.number(), row.account())))
                .toList();
    }

    private static Row row(ResultSet row, int index) throws SQLException {
        return new Row(
                new CaseNumber(row.getString("case_number")),
                row.getString("account"),
                Instants.always(row, "declared_at"),
                Sealed.always(row, "sealed_reason"),
                Instants.in(row, "back_asked_at"),
                Sealed.in(row, "sealed_back_reason"));
    }

    /**
     * Nothing changes before a supervisor grants it.
     *
     * @throws Problem INVALID without a reason; NOT_FOUND where he has declared nothing; CONFLICT where his place in a panel was given to others, or he would be kept out by a relative all the same
     */
    @Transactional
    public void ask(Actor officer, CaseNumber number, String reason) {
        if (reason.isBlank()) throw Problem.invalid("reason", "filing.recusal.back.REQUIRED");
        if (reason.length() > Ties.LONGEST) throw Problem.invalid("reason", "filing.hearing.TOO_LONG");
        if (of(officer).stream().noneMatch(d -> d.number().equals(number))) throw Problem.notFound();
        Case file = cases.get(number);
        if (file.personKey() != null && relatives.concerns(officer.account(), file.personKey()))
            throw Problem.conflict("filing.recusal.back.RELATIVE");
        if (sits(officer.account(), number)) throw Problem.conflict("filing.recusal.back.PANEL");
        db.sql(
                        "update case_recusals set back_asked_at = ?, sealed_back_reason = ? where case_number = ? and account = ?")
                .params(
                        clock.timestamp(),
                        vault.seal(CaseSeals.RECUSAL_BACK, reason.strip(), number, officer.account()),
                        number.value(),
                        officer.account())
                .update();
        events.publishEvent(file.event("recusal-back-asked", officer, first(officer), Audience.OFFICERS, Map.of()));
    }

    /** Whether he was drawn for the case's panel, which has gone on without him. */
    private boolean sits(String account, CaseNumber number) {
        return db.sql("select count(*) > 0 from case_parts where case_number = ? and part = ?")
                .params(number.value(), Access.account(account))
                .query(Boolean.class)
                .single();
    }

    /**
     * Granted, the officer may read and act as his roles let him; declined, he may ask again.
     *
     * @throws Problem NOT_FOUND where the supervisor has nothing of this to answer
     */
    @Transactional
    public void answer(Actor supervisor, CaseNumber number, String account, boolean granted) {
        supervisor.mustBe(Role.SUPERVISOR);
        cases.hold(number);
        if (asked(supervisor).stream()
                .noneMatch(d -> d.number().equals(number) && d.account().equals(account))) throw Problem.notFound();
        if (granted)
            db.sql(
                            "update case_recusals set taken_back_at = ?, taken_back_by = ? where case_number = ? and account = ?")
                    .params(clock.timestamp(), supervisor.account(), number.value(), account)
                    .update();
        else
            db.sql(
                            "update case_recusals set back_asked_at = null, sealed_back_reason = null where case_number = ? and account = ?")
                    .params(number.value(), account)
                    .update();
        events.publishEvent(cases.get(number)
                .event(
                        granted ? "recusal-taken-back" : "recusal-kept",
                        supervisor,
                        Role.SUPERVISOR,
                        Audience.OFFICERS,
                        Map.of("account", account)));
    }

    private static @Nullable Role first(Actor officer) {
        return officer.roles().stream().findFirst().orElse(null);
    }
}
