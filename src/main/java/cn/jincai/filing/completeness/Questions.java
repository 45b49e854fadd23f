package cn.jincai.filing.completeness;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was asked of the applicant, by whom, and whether it was answered or has lapsed. Each thing is asked once (一次性告知). */
@Component
public class Questions {
    private final JdbcClient db;
    private final CityClock clock;

    Questions(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    public void ask(CaseNumber number, String step, List<String> items) {
        for (String item : items) {
            db.sql("insert into case_questions (case_number, step, item, asked_at) values (?, ?, ?, ?)")
                    .params(number.value(), step, item, clock.timestamp())
                    .update();
        }
    }

    public void answered(CaseNumber number) {
        db.sql("update case_questions set answered_at = ? where case_number = ? and answered_at is null and not lapsed")
                .params(clock.timestamp(), number.value())
                .update();
    }

    public void lapsed(CaseNumber number) {
        db.sql("update case_questions set lapsed = true where case_number = ? and answered_at is null")
                .param(number.value())
                .update();
    }

    public Set<String> everAsked(CaseNumber number) {
        return new HashSet<>(db.sql("select item from case_questions where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list());
    }

    /** What was asked at other steps than these. */
    public Set<String> askedElsewhere(CaseNumber number, List<String> steps) {
        return new HashSet<>(
                db.sql("select item from case_questions where case_number = :number and step not in (:steps)")
                        .param("number", number.value())
                        .param("steps", steps)
                        .query(String.class)
                        .list());
    }

    public Set<String> lapsedItems(CaseNumber number) {
        return new HashSet<>(db.sql("select item from case_questions where case_number = ? and lapsed")
                .param(number.value())
                .query(String.class)
                .list());
    }

    /** When what is open now was asked; documents must be newer than this. */
    public Instant askedAt(CaseNumber number) {
        return db.sql("select max(asked_at) as asked_at from case_questions where case_number = ?")
                .param(number.value())
                .query((row, n) -> Instants.in(row, "asked_at"))
                .optional()
                .orElse(Instant.EPOCH);
    }
}
