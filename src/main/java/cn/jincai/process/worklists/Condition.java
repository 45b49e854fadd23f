package cn.jincai.process.worklists;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A clause over a table that is called {@code t}, such as that of open tasks, with its values in their order. */
public final class Condition {
    private final StringBuilder sql;
    private final List<Object> values;

    public Condition(String sql, Object... values) {
        this.sql = new StringBuilder(sql);
        this.values = new ArrayList<>(List.of(values));
    }

    public Condition and(String more, Object... bound) {
        sql.append(" and ").append(more);
        Collections.addAll(values, bound);
        return this;
    }

    /** @param column of which null is none of these */
    public Condition andNotIn(String column, Collection<String> these) {
        if (these.isEmpty()) return this;
        sql.append(" and (")
                .append(column)
                .append(" is null or ")
                .append(column)
                .append(" not in (");
        sql.append(String.join(", ", Collections.nCopies(these.size(), "?"))).append("))");
        values.addAll(these);
        return this;
    }

    public Condition and(Condition other) {
        sql.append(" and ").append(other.sql);
        values.addAll(other.values);
        return this;
    }

    public String sql() {
        return sql.toString();
    }

    public List<Object> values() {
        return values;
    }
}
