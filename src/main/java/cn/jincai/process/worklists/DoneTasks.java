package cn.jincai.process.worklists;

import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How long each task took that a person has done: a row of its own, written once, so that nothing waits for a common figure. */
@Repository
public class DoneTasks {
    /** So many of the last ones are looked at for those that are open to the reader: in a quiet district they may lie far apart. */
    public static final int LOOKED_AT = 2000;

    private final JdbcClient db;
    private final OpenTaskTable open;
    private final Calendars calendars;
    private final CityClock clock;

    DoneTasks(JdbcClient db, OpenTaskTable open, Calendars calendars, CityClock clock) {
        this.db = db;
        this.open = open;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** The task is done now; its row among the open ones is still there. */
    void keep(String id) {
        open.find(id).ifPresent(this::keep);
    }

    private void keep(OpenTask task) {
        LocalDate since = day(task.since());
        db.sql("""
            insert into done_tasks (task, step, scheme, case_number, run_number, account, group_code, done_at, working_days, limit_days)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(
                        task.id(),
                        task.step(),
                        task.scheme(),
                        task.number() == null ? null : task.number().value(),
                        task.run(),
                        task.assignee(),
                        task.role(),
                        Instants.utc(clock.instant()),
                        workingDays(since, clock.today()),
                        task.due() == null
                                ? null
                                : workingDays(since, day(task.due().minusMillis(1)))))
                .update();
    }

    /**
     * A task that was done.
     *
     * @param workingDays after the day on which it came; 0 on that day
     * @param limitDays   working days of its limit; null where it had none
     */
    public record Done(
            String step,
            @Nullable CaseNumber number,
            @Nullable String run,
            @Nullable String scheme,
            @Nullable String account,
            Instant at,
            int workingDays,
            @Nullable Integer limitDays) {}

    /** The last ones of a step, or of a person, the latest first; of one scheme alone where it is told. Nothing is looked for beyond the last {@link #LOOKED_AT}. */
    public List<Done> last(TaskReader reader, OpenTaskFigures.Part part, int most) {
        Condition found =
                new Condition(part.by() == OpenTaskFigures.By.STEP ? "t.step = ?" : "t.account = ?", part.key());
        if (part.scheme() != null) found.and("t.scheme = ?", part.scheme());
        List<Object> values = new ArrayList<>(found.values());
        Condition open = reader.open();
        values.addAll(open.values());
        values.add(most);
        return db.sql("select t.* from (select t.* from done_tasks t where " + found.sql()
                        + " order by t.done_at desc limit " + LOOKED_AT + ") t where " + open.sql()
                        + " order by t.done_at desc limit ?")
                .params(values)
                .query(DoneTasks::read)
                .list();
    }

    private static Done read(ResultSet row, int n) throws SQLException {
        String number = row.getString("case_number");
        return new Done(
                row.getString("step"),
                number == null ? null : new CaseNumber(number),
                row.getString("run_number"),
                row.getString("scheme"),
                row.getString("account"),
                Instants.always(row, "done_at"),
                row.getInt("working_days"),
                row.getObject("limit_days", Integer.class));
    }

    /** How many working days lie after the first day, up to the last. */
    private int workingDays(LocalDate first, LocalDate last) {
        WorkingCalendar calendar = calendars.current();
        int days = 0;
        for (LocalDate day = calendar.plusWorkingDays(first, 1).date();
                !day.isAfter(last);
                day = calendar.plusWorkingDays(day, 1).date()) days++;
        return days;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(CityClock.ZONE).toLocalDate();
    }
}
