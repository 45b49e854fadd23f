package cn.jincai.process.failures;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Why a job of the engine failed the last time, in words; written in the transaction in which the engine counts the failure. */
@Repository
public class JobFailureTable {
    private final JdbcClient db;
    private final CityClock clock;

    JobFailureTable(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    record Row(FailureKind kind, Text why, Instant at) {}

    public void keep(String job, Throwable failed) {
        FailureKind.Told told = FailureKind.tell(failed);
        Object[] values = {told.kind().code(), told.why().zh(), told.why().en(), clock.timestamp(), job};
        if (db.sql("update job_failures set kind = ?, zh = ?, en = ?, failed_at = ? where job = ?")
                        .params(values)
                        .update()
                == 0)
            db.sql("insert into job_failures (kind, zh, en, failed_at, job) values (?, ?, ?, ?, ?)")
                    .params(values)
                    .update();
    }

    Map<String, Row> of(Collection<String> jobs) {
        Map<String, Row> rows = new LinkedHashMap<>();
        if (!jobs.isEmpty())
            db.sql("select * from job_failures where job in (:jobs)")
                    .param("jobs", jobs)
                    .query(row -> {
                        rows.put(
                                row.getString("job"),
                                new Row(
                                        FailureKind.of(row.getString("kind")),
                                        new Text(row.getString("zh"), row.getString("en")),
                                        Instants.always(row, "failed_at")));
                    });
        return rows;
    }

    /** Of jobs that have worked since, or are gone with their case. */
    void forgetSettled() {
        db.sql("delete from job_failures where not exists (select 1 from ACT_RU_JOB j where j.ID_ = job_failures.job)")
                .update();
    }
}
