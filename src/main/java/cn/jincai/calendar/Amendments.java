package cn.jincai.calendar;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notices that take the place of a loaded one, as in January 2020: one proposes, another confirms. What was decided before is replayed on the calendar of then; open
 * deadlines are counted again, and a day that was told to somebody is never moved forward.
 */
@Service
public class Amendments {
    private static final int LONGEST = 2000;

    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final Calendars calendars;

    Amendments(JdbcClient jdbc, CityClock clock, ApplicationEventPublisher events, Calendars calendars) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
        this.calendars = calendars;
    }

    /**
     * @param state  {@code open}, {@code confirmed} or {@code declined}
     * @param decidedBy the account, null while open
     * @param decidedAt null while open
     * @param reason for declining, null otherwise
     */
    public record Amendment(
            long id,
            CalendarNotice notice,
            String note,
            String proposedBy,
            Instant proposedAt,
            String state,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason) {
        public boolean isOpen() {
            return state.equals("open");
        }
    }

    /** Newest first. */
    public List<Amendment> all() {
        return jdbc.sql("select * from calendar_amendments order by id desc")
                .query(Amendments::read)
                .list();
    }

    /** Whether this is a notice of a loaded year with other days than those in force. @throws Problem INVALID where it contradicts itself */
    public boolean amends(String text) {
        CalendarNotice notice = CalendarNotice.read(NoticeReader.yaml(text));
        return calendars
                .find(notice.year())
                .filter(there -> !there.sameDays(notice))
                .isPresent();
    }

    /** Notices that come with the product for a year that is loaded with other days, until one of these days was proposed. */
    public List<Calendars.Shipped> offered() {
        List<Amendment> proposed = all();
        return calendars.unlike().stream()
                .filter(one -> proposed.stream().noneMatch(a -> a.notice.sameDays(one.notice())))
                .toList();
    }

    /**
     * Proposes a notice in place of the one in force.
     *
     * @param note which notice it is and what it changes
     * @throws Problem INVALID as {@link Calendars#load} and without a note, CONFLICT where it changes nothing or another one of that year waits
     */
    @Transactional
    public Amendment propose(String text, String note, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        String yaml = NoticeReader.yaml(text);
        if (!amends(yaml)) throw Problem.conflict("calendar.amendment.NOTHING_AMENDED");
        CalendarNotice notice = CalendarNotice.read(yaml);
        notice.mustBePlausible(true);
        if (note.isBlank() || note.length() > LONGEST)
            throw Problem.invalid("note", "calendar.amendment.note.REQUIRED");
        jdbc.sql("select calendar_year from calendar_notices where calendar_year = ? for update")
                .param(notice.year())
                .query(Integer.class)
                .single();
        if (all().stream().anyMatch(a -> a.isOpen() && a.notice.year() == notice.year()))
            throw Problem.conflict("calendar.amendment.PROPOSED_ALREADY", notice.year());
        jdbc.sql(
                        "insert into calendar_amendments (calendar_year, content, note, proposed_by, proposed_at, state) values (?, ?, ?, ?, ?, 'open')")
                .params(notice.year(), yaml, note.strip(), by.account(), clock.timestamp())
                .update();
        tell("calendar.event.notice-amendment-proposed", notice.year(), by, Role.POLICY_ADMIN);
        return all().get(0);
    }

    /** @throws Problem FORBIDDEN for whoever proposed it, CONFLICT where it is decided already */
    @Transactional
    public void confirm(long id, Actor by) {
        Amendment amendment = open(id, by);
        int year = amendment.notice.year();
        int revision = calendars.find(year).orElseThrow().revision() + 1;
        jdbc.sql(
                        "update calendar_amendments set state = 'confirmed', decided_by = ?, decided_at = ?, revision = ? where id = ?")
                .params(by.account(), clock.timestamp(), revision, id)
                .update();
        tell("calendar.event.notice-amended", year, by, Role.POLICY_APPROVER);
        calendars.changed(year);
    }

    /** @throws Problem INVALID without a reason; else as {@link #confirm} */
    @Transactional
    public void decline(long id, String reason, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        if (reason.isBlank() || reason.length() > LONGEST)
            throw Problem.invalid("reason", "calendar.amendment.reason.REQUIRED");
        Amendment amendment = open(id, by);
        jdbc.sql(
                        "update calendar_amendments set state = 'declined', decided_by = ?, decided_at = ?, reason = ? where id = ?")
                .params(by.account(), clock.timestamp(), reason.strip(), id)
                .update();
        tell("calendar.event.notice-amendment-declined", amendment.notice.year(), by, Role.POLICY_APPROVER);
    }

    /** Held until the transaction ends, so that two people decide one after the other. */
    private Amendment open(long id, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        Amendment amendment = jdbc.sql("select * from calendar_amendments where id = ? for update")
                .param(id)
                .query(Amendments::read)
                .optional()
                .orElseThrow(Problem::notFound);
        if (!amendment.isOpen()) throw Problem.conflict("calendar.amendment.DECIDED_ALREADY");
        if (amendment.proposedBy.equals(by.account())) throw Problem.forbidden("calendar.amendment.SAME_PERSON");
        return amendment;
    }

    private void tell(String key, int year, Actor by, Role as) {
        events.publishEvent(CaseEvent.forAuditors(key, by, as, Map.of("year", String.valueOf(year)), year));
    }

    private static Amendment read(ResultSet row, int index) throws SQLException {
        return new Amendment(
                row.getLong("id"),
                CalendarNotice.read(row.getString("content")),
                row.getString("note"),
                row.getString("proposed_by"),
                Instants.always(row, "proposed_at"),
                row.getString("state"),
                row.getString("decided_by"),
                Instants.in(row, "decided_at"),
                row.getString("reason"));
    }
}
