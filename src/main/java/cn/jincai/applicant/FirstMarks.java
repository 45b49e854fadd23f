package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import java.util.Map;
import java.util.function.IntSupplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Marks for rows from before there were marks. Each table gets them once, at one start, from one node; afterwards a row without a mark is a
 * row that somebody changed. The auditors are told, so that a second time, which only a changed database can bring about, is seen.
 */
@Component
public class FirstMarks {
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    FirstMarks(JdbcClient jdbc, CityClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** @param marks makes them and answers how many */
    @Transactional
    public void once(String table, IntSupplier marks) {
        boolean made = jdbc.sql("select made_at from first_marks where table_name = ? for update")
                .param(table)
                .query((row, n) -> row.getObject(1) != null)
                .single();
        if (made) return;
        int rows = marks.getAsInt();
        jdbc.sql("update first_marks set made_at = ? where table_name = ?")
                .params(clock.timestamp(), table)
                .update();
        if (rows > 0)
            events.publishEvent(CaseEvent.forAuditors(
                    "applicant.event.marks-made",
                    Actor.SYSTEM,
                    null,
                    Map.of("table", table, "rows", Integer.toString(rows)),
                    table,
                    rows));
    }
}
