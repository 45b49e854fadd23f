package cn.jincai.calendar;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The calendar in force, made from the notices in the tables; those that come with the product are put there at the start. */
@Service
public class Calendars {
    private static final Logger LOG = LoggerFactory.getLogger(Calendars.class);

    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final List<Shipped> shipped;
    private volatile Known known;

    /**
     * @param asked  the second of the clock in which the tables were last looked at: another node's notice holds here a second later
     * @param all    every notice that ever held, oldest first
     * @param latest the calendar of the last one of each year
     */
    private record Known(long asked, List<CalendarNotice> all, WorkingCalendar latest) {}

    /** A notice that comes with the product, and as which text. */
    public record Shipped(CalendarNotice notice, String yaml) {}

    Calendars(JdbcClient jdbc, CityClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
        shipped = shipped();
        for (Shipped one : shipped) if (find(one.notice.year()).isEmpty()) insert(one.notice, one.yaml, Actor.SYSTEM);
        for (Shipped one : unlike())
            LOG.warn(
                    "The holidays of {} that come with this version are others than those loaded, which stay in force: see the calendar's page",
                    one.notice.year());
        known = read();
    }

    /** Made from the notices that come with the product, where there is no database. */
    public static WorkingCalendar ofTheProduct() {
        return new WorkingCalendar(shipped().stream().map(Shipped::notice).toList());
    }

    public WorkingCalendar current() {
        return known().latest;
    }

    private Known known() {
        if (TransactionSynchronizationManager.getResource(this) instanceof Known ownTransactions)
            return ownTransactions;
        Known then = known;
        if (then.asked == clock.instant().getEpochSecond()) return then;
        try {
            long notices = jdbc.sql(
                            "select (select count(*) from calendar_notices) + (select count(*) from calendar_amendments where revision is not null)")
                    .query(Long.class)
                    .single();
            known = notices == then.all.size()
                    ? new Known(clock.instant().getEpochSecond(), then.all, then.latest)
                    : read();
            return known;
        } catch (DataAccessException unreachable) {
            return then; // days are counted also while the database is away
        }
    }

    /**
     * The calendar as it stood when it had this {@link WorkingCalendar#version()}: a notice that held once is never changed.
     *
     * @throws Problem NOT_FOUND where one of its notices is not here
     */
    public WorkingCalendar byVersion(String version) {
        Known now = known();
        if (now.latest.version().equals(version)) return now.latest;
        List<String> versions = version.isEmpty() ? List.of() : List.of(version.split(","));
        List<CalendarNotice> then =
                now.all.stream().filter(n -> versions.contains(n.version())).toList();
        if (then.size() != versions.size()) throw Problem.notFound();
        return new WorkingCalendar(then);
    }

    /** The limit of a step: {@code n} working days, not counting the day of {@code from}; never fails (rulebook 2.7). */
    public Deadline workingDays(Instant from, int n) {
        return current().workingDays(from, n);
    }

    /**
     * Loads a year's notice, as text in the form of {@code calendar/2026.yaml}, in the State Council's own sentences, or as data ({@link NoticeReader}). The same days a second time change nothing.
     *
     * @throws Problem INVALID where it contradicts itself, CONFLICT {@code NOTICE_DIFFERS} where that year is loaded with other days
     */
    @Transactional
    public CalendarNotice load(String text, Actor by) {
        String yaml = NoticeReader.yaml(text);
        CalendarNotice notice = CalendarNotice.read(yaml);
        if (!keep(notice, yaml, by)) return notice;
        events.publishEvent(CaseEvent.forAuditors(
                "calendar.event.notice-loaded",
                by,
                by.is(Role.POLICY_ADMIN) ? Role.POLICY_ADMIN : null,
                Map.of("year", String.valueOf(notice.year())),
                notice.year()));
        changed(notice.year());
        return notice;
    }

    /** Whoever has told days of that year counts them again, by what the tables hold now. To be called in the transaction that wrote there; others see it once it is committed. */
    void changed(int year) {
        Known before = (Known) TransactionSynchronizationManager.unbindResourceIfPossible(this);
        if (before == null) {
            before = known; // as it was: the tables would show what this transaction wrote
            TransactionSynchronizationManager.registerSynchronization(new Seen());
        }
        TransactionSynchronizationManager.bindResource(this, read());
        events.publishEvent(new NoticeLoaded(year, before.latest));
    }

    private class Seen implements TransactionSynchronization {
        @Override
        public void afterCompletion(int status) {
            Known now = (Known) TransactionSynchronizationManager.unbindResource(Calendars.this);
            if (status == STATUS_COMMITTED) known = now;
        }
    }

    /** The notices in force, the latest year first. */
    public List<CalendarNotice> notices() {
        return current().notices().values().stream()
                .sorted(Comparator.comparing(CalendarNotice::year).reversed())
                .toList();
    }

    /** @return false where the same days are in force already */
    private boolean keep(CalendarNotice notice, String yaml, Actor by) {
        Optional<CalendarNotice> there = find(notice.year());
        if (there.isPresent() && !there.get().sameDays(notice)) throw differs(notice.year());
        if (there.isPresent()) return false;
        notice.mustBePlausible(false);
        if (!insert(notice, yaml, by)) throw differs(notice.year());
        return true;
    }

    /** @return false where somebody else loaded that year in this moment */
    private boolean insert(CalendarNotice notice, String yaml, Actor by) {
        try {
            jdbc.sql("insert into calendar_notices (calendar_year, content, loaded_at, loaded_by) values (?, ?, ?, ?)")
                    .params(notice.year(), yaml, clock.timestamp(), by.account())
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** What comes with the product for a year that has never been loaded with these days: people decide whether it takes the place of the one in force. */
    List<Shipped> unlike() {
        List<CalendarNotice> all = all();
        return shipped.stream()
                .filter(one -> all.stream().noneMatch(one.notice::sameDays))
                .toList();
    }

    private static Problem differs(int year) {
        return Problem.conflict("calendar.notice.NOTICE_DIFFERS", year);
    }

    /** The one in force. */
    Optional<CalendarNotice> find(int year) {
        return all().stream().filter(n -> n.year() == year).reduce((earlier, later) -> later);
    }

    private List<CalendarNotice> all() {
        List<CalendarNotice> all = new ArrayList<>(
                jdbc
                        .sql("select content from calendar_notices order by calendar_year")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(CalendarNotice::read)
                        .toList());
        all.addAll(jdbc.sql(
                        "select content, revision from calendar_amendments where revision is not null order by revision")
                .query((row, i) -> CalendarNotice.read(row.getString("content")).revision(row.getInt("revision")))
                .list());
        return all;
    }

    private Known read() {
        List<CalendarNotice> all = all();
        return new Known(clock.instant().getEpochSecond(), all, new WorkingCalendar(all));
    }

    private static List<Shipped> shipped() {
        try {
            return List.of(new PathMatchingResourcePatternResolver().getResources("classpath*:calendar/*.yaml"))
                    .stream()
                    .map(Calendars::text)
                    .map(yaml -> new Shipped(CalendarNotice.read(yaml), yaml))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Resource resource) {
        try {
            return resource.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
