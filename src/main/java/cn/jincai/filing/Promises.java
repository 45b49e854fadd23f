package cn.jincai.filing;

import cn.jincai.kernel.CityClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Which cases are past the day that was promised for their decision (rulebook 7.8); one whose clock stands still is not. */
@Service
public class Promises {
    private static final String RUNNING =
            "select %s from cases c where signed_at is null and closed_at is null and not exists (select 1 from case_stops s where s.case_number = c.case_number and s.to_day is null) and promised_by ";

    private final JdbcClient db;
    private final CityClock clock;

    Promises(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Numbers of the cases whose promised day is over. */
    public List<String> broken() {
        return db.sql(RUNNING.formatted("case_number") + "< :today order by promised_by, case_number")
                .param("today", clock.today())
                .query(String.class)
                .list();
    }

    /** The moment at which the next promised day is over. */
    public Optional<Instant> next() {
        return db
                .sql(RUNNING.formatted("min(promised_by)") + ">= :today")
                .param("today", clock.today())
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .list()
                .stream()
                .flatMap(Stream::ofNullable)
                .map(day -> day.plusDays(1).atStartOfDay(CityClock.ZONE).toInstant())
                .findFirst();
    }
}
