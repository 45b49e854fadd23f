package cn.jincai.staffing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is away and who stands in for him (rulebook 7.5: whoever is away is replaced by one who may act). A deputy acts under his own name and by his own roles, so that four eyes
 * and recusals are asked of himself; he is given no right that he has not.
 */
@Service
@Transactional
public class Absences {
    /** In days; who is away for longer has his roles taken. */
    static final int LONGEST = 366;

    private static final String STANDS = "ended_at is null";

    private final JdbcClient db;
    private final Accounts accounts;
    private final Staff staff;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Absences(JdbcClient db, Accounts accounts, Staff staff, CityClock clock, ApplicationEventPublisher events) {
        this.db = db;
        this.accounts = accounts;
        this.staff = staff;
        this.clock = clock;
        this.events = events;
    }

    /** Those that are not over: one's own and those in which one stands in, all of them for leaders and administrators; by their first day. */
    @Transactional(readOnly = true)
    public List<Absence> of(Actor who) {
        List<Absence> all = query(STANDS + " and last_day >= ? order by first_day, account", clock.today());
        return entersForOthers(who)
                ? all
                : all.stream()
                        .filter(a -> a.account().equals(who.account())
                                || who.account().equals(a.deputy()))
                        .toList();
    }

    public static boolean entersForOthers(Actor who) {
        return who.isAny(Role.LEADER, Role.ADMIN);
    }

    /** Accounts of those who are away today. */
    @Transactional(readOnly = true)
    public Set<String> away() {
        LocalDate today = clock.today();
        return Set.copyOf(db.sql("select distinct account from absences where " + STANDS
                        + " and first_day <= ? and last_day >= ?")
                .params(today, today)
                .query(String.class)
                .list());
    }

    /** Who acts for this account today: he himself where he is there; where he is away, his deputy, where he has one who is there and may sign in. A deputy's deputy is nobody's. */
    @Transactional(readOnly = true)
    public Optional<String> acting(String account) {
        Optional<Absence> absence = today(account);
        if (absence.isEmpty()) return Optional.of(account);
        return absence.map(Absence::deputy).filter(this::isThere);
    }

    /** Whether somebody may sign in and is not away today. */
    @Transactional(readOnly = true)
    public boolean isThere(String account) {
        return accounts.look(account).filter(a -> !a.locked()).isPresent()
                && today(account).isEmpty();
    }

    private Optional<Absence> today(String account) {
        return overlapping(account, clock.today(), clock.today()).stream().findFirst();
    }

    /** The accounts for which this one stands in today. */
    @Transactional(readOnly = true)
    public Set<String> standsInFor(String deputy) {
        LocalDate today = clock.today();
        return Set.copyOf(db.sql("select distinct account from absences where " + STANDS
                        + " and deputy = ? and first_day <= ? and last_day >= ?")
                .params(deputy, today, today)
                .query(String.class)
                .list());
    }

    /**
     * From the first day on his tasks are his deputy's or his group's.
     *
     * @param by     himself, or for anybody of the staff a leader or an administrator
     * @param deputy an account, blank where there is none
     * @throws Problem INVALID with every mistake; FORBIDDEN for somebody else's
     */
    public void enter(Actor by, String account, @Nullable LocalDate first, @Nullable LocalDate last, String deputy) {
        if (!by.account().equals(account) && !entersForOthers(by))
            throw Problem.forbidden("staffing.absence.NOT_YOURS");
        Lock.ABSENCES.hold(db); // two who would each stand in for the other at the same second
        if (!staff.isStaff(account)) throw Problem.invalid("account", "staffing.absence.NO_STAFF");
        if (first == null) throw Problem.invalid("first", "staffing.absence.NO_DAY");
        if (last == null) throw Problem.invalid("last", "staffing.absence.NO_DAY");
        if (last.isBefore(first)) throw Problem.invalid("last", "staffing.absence.ENDS_BEFORE");
        if (last.isBefore(clock.today())) throw Problem.invalid("last", "staffing.absence.OVER");
        if (first.plusDays(LONGEST).isBefore(last) || last.isAfter(clock.today().plusDays(2L * LONGEST)))
            throw Problem.invalid("last", "staffing.absence.TOO_LONG", LONGEST);
        if (!overlapping(account, first, last).isEmpty())
            throw Problem.invalid("first", "staffing.absence.AWAY_ALREADY");
        String standIn = deputy.isBlank() ? null : deputy.strip();
        if (standIn != null) mayStandIn(accounts.find(account), standIn, first, last);
        db.sql(
                        "insert into absences (account, first_day, last_day, deputy, entered_by, entered_at) values (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(account, first, last, standIn, by.account(), clock.timestamp()))
                .update();
        tell("staffing.event.absence-entered", by, account, first, last, standIn);
    }

    private void mayStandIn(Account away, String deputy, LocalDate first, LocalDate last) {
        Account found = accounts.look(deputy)
                .filter(a -> !a.locked() && staff.isStaff(deputy))
                .orElseThrow(() -> Problem.invalid("deputy", "staffing.deputy.NOBODY"));
        if (deputy.equals(away.name())) throw Problem.invalid("deputy", "staffing.deputy.SELF");
        List<Absence> his = overlapping(deputy, first, last);
        if (his.stream().anyMatch(a -> away.name().equals(a.deputy())))
            throw Problem.invalid("deputy", "staffing.deputy.CIRCLE");
        if (!his.isEmpty()) throw Problem.invalid("deputy", "staffing.deputy.AWAY");
        if (Collections.disjoint(found.roles(), away.roles()))
            throw Problem.invalid("deputy", "staffing.deputy.OTHER_ROLES");
    }

    /** He is back, or goes not at all: from now on he is there. @throws Problem NOT_FOUND for one that is over or none of one's own */
    public void end(Actor by, long id) {
        Absence absence = query(STANDS + " and id = ? and last_day >= ?", id, clock.today()).stream()
                .filter(a -> a.account().equals(by.account()) || entersForOthers(by))
                .findFirst()
                .orElseThrow(Problem::notFound);
        db.sql("update absences set ended_at = ? where id = ? and ended_at is null")
                .params(clock.timestamp(), id)
                .update();
        tell("staffing.event.absence-ended", by, absence.account(), absence.first(), absence.last(), absence.deputy());
    }

    /** When there is next somebody whose tasks are to be passed on. */
    @Transactional(readOnly = true)
    public Optional<Instant> nextBegins() {
        return db.sql("select min(first_day) from absences where " + STANDS + " and begun_at is null and last_day >= ?")
                .param(clock.today())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single()
                .map(day -> day.atStartOfDay(CityClock.ZONE).toInstant());
    }

    /** Those that have begun and of which nothing was passed on yet, or not all. */
    @Transactional(readOnly = true)
    public List<Absence> beginning() {
        LocalDate today = clock.today();
        return query(STANDS + " and begun_at is null and first_day <= ? and last_day >= ? order by id", today, today);
    }

    /** What he held has been passed on. */
    public void begun(Absence absence) {
        db.sql("update absences set begun_at = ? where id = ?")
                .params(clock.timestamp(), absence.id())
                .update();
    }

    private List<Absence> overlapping(String account, LocalDate first, LocalDate last) {
        return query(STANDS + " and account = ? and first_day <= ? and last_day >= ?", account, last, first);
    }

    private List<Absence> query(String which, Object... params) {
        return db.sql("select * from absences where " + which)
                .params(params)
                .query(Absences::read)
                .list();
    }

    private static Absence read(ResultSet row, int n) throws SQLException {
        return new Absence(
                row.getLong("id"),
                row.getString("account"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getString("deputy"),
                row.getString("entered_by"),
                row.getObject("begun_at") != null);
    }

    private void tell(String key, Actor by, String account, LocalDate first, LocalDate last, @Nullable String deputy) {
        Map<String, String> details =
                new HashMap<>(Map.of("account", account, "first", first.toString(), "last", last.toString()));
        if (deputy != null) details.put("deputy", deputy);
        events.publishEvent(CaseEvent.forAuditors(
                key, by, by.roles().stream().sorted().findFirst().orElse(null), details));
    }
}
