package cn.jincai.calendar;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The calendar in force, made from the notices in the table; those that come with the product are put there at the start. */
@Service
public class Calendars {
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private volatile WorkingCalendar current;

    Calendars(JdbcClient jdbc, CityClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
        for (String yaml : shipped()) keep(CalendarNotice.read(yaml), yaml, Actor.SYSTEM);
        current = read();
    }

    public WorkingCalendar current() {
        return current;
    }

    /**
     * The calendar as it stood when it had this {@link WorkingCalendar#version()}: a loaded notice is never changed, so its years are enough.
     *
     * @throws Problem NOT_FOUND where one of its years is not loaded here
     */
    public WorkingCalendar byVersion(String version) {
        WorkingCalendar now = current;
        if (now.version().equals(version)) return now;
        Set<String> years = version.isEmpty() ? Set.of() : Set.of(version.split(","));
        List<CalendarNotice> then = now.notices().values().stream().filter(n -> years.contains(String.valueOf(n.year()))).toList();
        if (then.size() != years.size()) throw Problem.notFound();
        return new WorkingCalendar(then);
    }

    /** The limit of a step: {@code n} working days, not counting the day of {@code from}; never fails (rulebook 2.7). */
    public Deadline workingDays(Instant from, int n) {
        return current.workingDays(from, n);
    }

    /**
     * Loads a year's notice, as text in the form of {@code calendar/2026.yaml}. The same days a second time change nothing.
     *
     * @throws Problem INVALID where it contradicts itself, CONFLICT {@code NOTICE_DIFFERS} where that year is loaded with other days
     */
    @Transactional
    public CalendarNotice load(String yaml, Actor by) {
        CalendarNotice notice = CalendarNotice.read(yaml);
        if (!keep(notice, yaml, by)) return notice;
        events.publishEvent(new CaseEvent(null, "notice-loaded", null, new Text("录入" + notice.year() + "年节假日安排", "Holiday notice of " + notice.year() + " loaded"),
            by, by.is(Role.POLICY_ADMIN) ? Role.POLICY_ADMIN : null, CaseEvent.Audience.AUDITORS, Map.of("year", String.valueOf(notice.year()))));
        current = read();
        forgetOnRollback();
        events.publishEvent(new NoticeLoaded(notice.year()));
        return notice;
    }

    /** The years that are loaded, the latest first. */
    public List<CalendarNotice> notices() {
        return jdbc.sql("select content from calendar_notice order by calendar_year desc").query(String.class).list().stream().map(CalendarNotice::read).toList();
    }

    /** @return false where the same days were there already */
    private boolean keep(CalendarNotice notice, String yaml, Actor by) {
        Optional<CalendarNotice> there = find(notice.year());
        if (there.isEmpty()) {
            try {
                jdbc.sql("insert into calendar_notice (calendar_year, content, loaded_at, loaded_by) values (?, ?, ?, ?)")
                    .params(notice.year(), yaml, clock.instant().atOffset(ZoneOffset.UTC), by.account()).update();
                return true;
            } catch (DuplicateKeyException e) {
                throw differs(notice.year());   // somebody else loaded that year in this moment
            }
        }
        if (!there.get().sameDays(notice)) throw differs(notice.year());
        return false;
    }

    private static Problem differs(int year) {
        return Problem.conflict("NOTICE_DIFFERS", year + "年的节假日安排已录入，且日期不同；已录入的通知不能更改。",
            "The notice of " + year + " is loaded already with other days; a loaded notice is never changed.");
    }

    private Optional<CalendarNotice> find(int year) {
        return jdbc.sql("select content from calendar_notice where calendar_year = ?").param(year).query(String.class).optional().map(CalendarNotice::read);
    }

    private WorkingCalendar read() {
        return new WorkingCalendar(jdbc.sql("select content from calendar_notice").query(String.class).list().stream().map(CalendarNotice::read).toList());
    }

    private void forgetOnRollback() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) return;
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) current = read();
            }
        });
    }

    private static List<String> shipped() {
        try {
            return List.of(new PathMatchingResourcePatternResolver().getResources("classpath*:calendar/*.yaml")).stream().map(Calendars::text).toList();
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
