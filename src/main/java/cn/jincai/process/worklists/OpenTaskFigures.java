package cn.jincai.process.worklists;

import cn.jincai.kernel.CityClock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Open tasks as an office counts them: by step, or by who has them. Steps and people are found by leaping along an index from one to the next, and nothing is counted beyond
 * {@link OpenTaskQueries#MOST}, so that it costs the same however many tasks wait.
 */
@Component
public class OpenTaskFigures {
    private final OpenTaskTable table;
    private final JdbcClient db;
    private final CityClock clock;

    OpenTaskFigures(OpenTaskTable table, JdbcClient db, CityClock clock) {
        this.table = table;
        this.db = db;
        this.clock = clock;
    }

    /** By what open tasks are told apart. */
    public enum By {
        STEP("step"),
        HOLDER("assignee");

        private final String column;

        By(String column) {
            this.column = column;
        }
    }

    public enum Which {
        OPEN,
        /** The last day is today. */
        TODAY,
        /** The last day is over. */
        LATE;

        public static Optional<Which> of(String code) {
            for (Which which : values()) if (which.code().equals(code)) return Optional.of(which);
            return Optional.empty();
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Some of the open tasks.
     *
     * @param key    a step's key, or an account
     * @param scheme of one scheme alone, or null
     */
    public record Part(By by, String key, @Nullable String scheme) {}

    /**
     * Each counted as far as one beyond {@link OpenTaskQueries#MOST}.
     *
     * @param first what is due first, or null where nothing has a day
     */
    public record Figures(
            long open, long today, long late, @Nullable OpenTask first) {}

    /** Keys of the steps at which something waits, or accounts of those who have something, in their order, after this one. */
    public List<String> keys(By by, @Nullable String scheme, String after, int most) {
        String next = "select min(" + by.column + ") from open_tasks where " + by.column + " > ?"
                + (scheme == null ? "" : " and scheme = ?");
        List<String> keys = new ArrayList<>();
        for (String last = after; keys.size() < most; ) {
            List<Object> values = new ArrayList<>(List.of(last));
            if (scheme != null) values.add(scheme);
            String key = db.sql(next)
                    .params(values)
                    .query((row, n) -> Optional.ofNullable(row.getString(1)))
                    .single()
                    .orElse(null);
            if (key == null) return keys;
            keys.add(key);
            last = key;
        }
        return keys;
    }

    public Figures of(TaskReader reader, Part part) {
        List<Object> values = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (Which which : Which.values()) {
            Condition found = condition(reader, part, which);
            values.addAll(found.values());
            columns.add("(select count(*) from (select 1 from open_tasks t where " + found.sql() + " limit "
                    + (OpenTaskQueries.MOST + 1) + ") u)");
        }
        List<Long> counts = table.numbers("select " + String.join(", ", columns), values);
        return new Figures(
                counts.get(0),
                counts.get(1),
                counts.get(2),
                page(reader, part, Which.OPEN, 0, 1).stream().findFirst().orElse(null));
    }

    /** What is due first, first. */
    public List<OpenTask> page(TaskReader reader, Part part, Which which, long offset, int size) {
        Condition found = condition(reader, part, which);
        List<Object> values = new ArrayList<>(found.values());
        values.add(size);
        values.add(offset);
        return table.query(
                "select t.* from open_tasks t where " + found.sql()
                        + " order by t.due asc nulls last, t.task asc limit ? offset ?",
                values);
    }

    /** As far as one beyond {@link OpenTaskQueries#MOST}. */
    public long count(TaskReader reader, Part part, Which which) {
        Condition found = condition(reader, part, which);
        return table.number(
                "select count(*) from (select 1 from open_tasks t where " + found.sql() + " limit "
                        + (OpenTaskQueries.MOST + 1) + ") u",
                found.values());
    }

    private Condition condition(TaskReader reader, Part part, Which which) {
        Condition found = new Condition("t." + part.by.column + " = ?", part.key);
        if (part.scheme != null) found.and("t.scheme = ?", part.scheme);
        OffsetDateTime today = start(clock.today()),
                tomorrow = start(clock.today().plusDays(1));
        if (which == Which.TODAY) found.and("t.due > ? and t.due <= ?", today, tomorrow);
        if (which == Which.LATE) found.and("t.due <= ?", today);
        return found.and(reader.open());
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toOffsetDateTime();
    }
}
