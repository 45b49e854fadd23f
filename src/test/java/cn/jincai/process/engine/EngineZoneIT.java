package cn.jincai.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.TestDatabase;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.h2.util.DateTimeUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever zone the machine shows, days are kept in the city's. */
@Tag("issue-13.23")
class EngineZoneIT {
    private static int databases;

    private final TimeZone before = TimeZone.getDefault();
    private final DataSource tables = TestDatabase.fresh("zone" + ++databases);
    private final JdbcClient jdbc = JdbcClient.create(tables);

    @AfterEach
    void theMachineAsItWas() {
        TimeZone.setDefault(before);
        DateTimeUtils.resetCalendar();
    }

    private String takenOn(String machine) {
        TimeZone.setDefault(TimeZone.getTimeZone(machine));
        DateTimeUtils.resetCalendar();
        EngineZone.take(tables);
        return TimeZone.getDefault().getID();
    }

    @Test
    void theProcessTakesTheCitys() {
        assertThat(takenOn("America/Los_Angeles")).isEqualTo("Asia/Shanghai");
        assertThat(takenOn("UTC")).isEqualTo("Asia/Shanghai");
        assertThat(takenOn("Asia/Shanghai")).isEqualTo("Asia/Shanghai");
    }

    @Test
    void aDayThatWasWrittenUnderOneZoneIsTheSameUnderAnother() {
        Date due = Date.from(Instant.parse("2026-03-09T16:00:00Z"));
        jdbc.sql("create table due_days (due timestamp)").update();
        takenOn("America/Los_Angeles");
        jdbc.sql("insert into due_days values (?)")
                .param(new Timestamp(due.getTime()))
                .update();
        takenOn("UTC");
        assertThat(jdbc.sql("select due from due_days")
                        .query((row, n) -> row.getTimestamp(1))
                        .single()
                        .toInstant())
                .isEqualTo(due.toInstant());
    }
}
