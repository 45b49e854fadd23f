package cn.jincai.process.board;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.process.worklists.Condition;
import cn.jincai.process.worklists.DoneTasks;
import cn.jincai.process.worklists.OpenTaskQueries;
import cn.jincai.process.worklists.TaskReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Cases between acceptance and signature as an office counts them, and how long the last signed ones took. Nothing is counted beyond {@link OpenTaskQueries#MOST}. */
@Repository
public class CaseClocks {
    private final JdbcClient db;
    private final CityClock clock;

    CaseClocks(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Which of the cases whose clock has not ended. */
    public enum Which {
        RUNNING("true", false),
        /** The promised day is over. */
        PROMISE("t.stands = false and t.promised_by < ?", true),
        /** Two thirds of the lawful days are over. */
        REMINDED("t.stands = false and t.reminded_at is not null", false),
        /** The last lawful day has come, and the leader was told. */
        REACHED("t.stands = false and t.escalated_at is not null", false),
        /** The last lawful day is over. */
        LAW("t.stands = false and t.lawful_by < ?", true);

        private final String sql;
        private final boolean byToday;

        Which(String sql, boolean byToday) {
            this.sql = sql;
            this.byToday = byToday;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Which> of(String code) {
            return Stream.of(values())
                    .filter(which -> which.code().equals(code))
                    .findFirst();
        }
    }

    /** @param stage key of the step at which the case stands, by the package with this hash */
    record Row(
            CaseNumber number,
            String scheme,
            String stage,
            String hash,
            LocalDate promisedBy,
            LocalDate lawfulBy,
            boolean stands,
            boolean extended) {}

    /** As far as one beyond {@link OpenTaskQueries#MOST}. */
    long count(TaskReader reader, Which which, @Nullable String scheme) {
        Condition found = condition(reader, which, scheme);
        return db.sql("select count(*) from (select 1 from case_deadlines t where " + found.sql() + " limit "
                        + (OpenTaskQueries.MOST + 1) + ") u")
                .params(found.values())
                .query(Long.class)
                .single();
    }

    /** What was promised first, first. */
    List<Row> page(TaskReader reader, Which which, @Nullable String scheme, long offset, int size) {
        Condition found = condition(reader, which, scheme);
        List<Object> values = new ArrayList<>(found.values());
        values.add(size);
        values.add(offset);
        return db.sql(
                        "select t.*, c.stage, c.package_hash from (select t.* from case_deadlines t where "
                                + found.sql()
                                + " order by t.promised_by, t.case_number limit ? offset ?) t join cases c on c.case_number = t.case_number order by t.promised_by, t.case_number")
                .params(values)
                .query((row, n) -> new Row(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("scheme"),
                        row.getString("stage"),
                        row.getString("package_hash"),
                        row.getObject("promised_by", LocalDate.class),
                        row.getObject("lawful_by", LocalDate.class),
                        row.getBoolean("stands"),
                        row.getInt("extended_days") > 0))
                .list();
    }

    /** A scheme in which a clock runs. @param hash of the package by which one of its cases goes */
    record Running(String scheme, String hash) {}

    /** In their order, found by leaping along an index from one to the next. */
    List<Running> schemes() {
        List<Running> found = new ArrayList<>();
        for (String last = ""; ; last = found.get(found.size() - 1).scheme()) {
            Optional<Running> next = db.sql("""
                select d.scheme, c.package_hash from (select scheme, case_number from case_deadlines where scheme > ? order by scheme, promised_by, case_number limit 1) d
                join cases c on c.case_number = d.case_number""")
                    .param(last)
                    .query((row, n) -> new Running(row.getString("scheme"), row.getString("package_hash")))
                    .optional();
            if (next.isEmpty()) return found;
            found.add(next.get());
        }
    }

    /**
     * A signed case.
     *
     * @param workingDays from acceptance, without those on which the clock stood
     */
    public record Signed(
            CaseNumber number, String scheme, Instant at, int workingDays, int promisedDays, int lawfulDays) {}

    /** The last ones, the latest first; nothing is looked for beyond the last {@link DoneTasks#LOOKED_AT}. */
    List<Signed> signed(TaskReader reader, @Nullable String scheme, int most) {
        List<Object> values = new ArrayList<>();
        if (scheme != null) values.add(scheme);
        Condition open = reader.open();
        values.addAll(open.values());
        values.add(most);
        return db.sql("select t.* from (select * from signed_cases" + (scheme == null ? "" : " where scheme = ?")
                        + " order by signed_at desc limit " + DoneTasks.LOOKED_AT + ") t where " + open.sql()
                        + " order by t.signed_at desc limit ?")
                .params(values)
                .query((row, n) -> new Signed(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("scheme"),
                        Instants.always(row, "signed_at"),
                        row.getInt("working_days"),
                        row.getInt("promised_days"),
                        row.getInt("lawful_days")))
                .list();
    }

    private Condition condition(TaskReader reader, Which which, @Nullable String scheme) {
        Condition found = which.byToday ? new Condition(which.sql, clock.today()) : new Condition(which.sql);
        if (scheme != null) found.and("t.scheme = ?", scheme);
        return found.and(reader.open());
    }
}
