package cn.jincai.process.reminders;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Limits under way, each with the day on which it is looked at next. */
@Repository
class ReminderTable {
    private final JdbcClient db;
    private final CityClock clock;

    ReminderTable(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** @param told the last day on which somebody was reminded, null for never */
    record Row(CaseNumber number, Limit limit, @Nullable LocalDate told, LocalDate next) {}

    /** A limit begins anew; it is looked at today, when its last day is known. */
    void begins(CaseNumber number, Limit.Kind kind, String subject, LocalDate begins, LocalDate next) {
        end(number, kind, subject);
        db.sql("insert into case_reminders (case_number, kind, subject, begins_on, next_on) values (?, ?, ?, ?, ?)")
                .params(number.value(), kind.code, subject, begins, next)
                .update();
    }

    void end(CaseNumber number, Limit.Kind kind, String subject) {
        db.sql("delete from case_reminders where case_number = ? and kind = ? and subject = ?")
                .params(number.value(), kind.code, subject)
                .update();
    }

    void looked(Row row, LocalDate last, @Nullable LocalDate told, LocalDate next) {
        db.sql(
                        "update case_reminders set last_on = ?, told_on = ?, next_on = ? where case_number = ? and kind = ? and subject = ?")
                .params(
                        last,
                        told,
                        next,
                        row.number().value(),
                        row.limit().kind().code,
                        row.limit().subject())
                .update();
    }

    void lookAgain(Row row, LocalDate day) {
        db.sql("update case_reminders set next_on = ? where case_number = ? and kind = ? and subject = ?")
                .params(
                        day,
                        row.number().value(),
                        row.limit().kind().code,
                        row.limit().subject())
                .update();
    }

    Optional<LocalDate> next() {
        return db.sql("select next_on from case_reminders order by next_on limit 1")
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .optional();
    }

    List<Row> due(int most) {
        return db.sql(
                        "select * from case_reminders where next_on <= ? order by next_on, case_number, kind, subject limit "
                                + most)
                .param(clock.today())
                .query(ReminderTable::read)
                .list();
    }

    /** Whether it is as it was when it was found due: another node may have told it. */
    boolean isStill(Row row) {
        return db.sql("select * from case_reminders where case_number = ? and kind = ? and subject = ?")
                .params(
                        row.number().value(),
                        row.limit().kind().code,
                        row.limit().subject())
                .query(ReminderTable::read)
                .optional()
                .filter(row::equals)
                .isPresent();
    }

    private static Row read(ResultSet row, int n) throws SQLException {
        return new Row(
                new CaseNumber(row.getString("case_number")),
                new Limit(
                        Limit.Kind.of(row.getString("kind")),
                        row.getString("subject"),
                        row.getObject("begins_on", LocalDate.class),
                        row.getObject("last_on", LocalDate.class)),
                row.getObject("told_on", LocalDate.class),
                row.getObject("next_on", LocalDate.class));
    }
}
