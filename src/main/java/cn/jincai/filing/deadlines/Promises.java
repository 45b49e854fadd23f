package cn.jincai.filing.deadlines;

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
    private final JdbcClient db;
    private final CityClock clock;

    Promises(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Numbers of the cases whose promised day is over. */
    public List<String> broken() {
        return db.sql(
                        "select case_number from case_deadlines where stands = false and promised_by < ? order by promised_by, case_number")
                .param(clock.today())
                .query(String.class)
                .list();
    }

    /** The moment at which the next promised day is over. */
    public Optional<Instant> next() {
        return db
                .sql("select min(promised_by) from case_deadlines where stands = false and promised_by >= ?")
                .param(clock.today())
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .list()
                .stream()
                .flatMap(Stream::ofNullable)
                .map(day -> day.plusDays(1).atStartOfDay(CityClock.ZONE).toInstant())
                .findFirst();
    }
}
