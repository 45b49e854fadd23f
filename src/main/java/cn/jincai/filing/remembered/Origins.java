package cn.jincai.filing.remembered;

import cn.jincai.kernel.CaseNumber;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which answers of a case its person has not typed, and where they come from. An answer that is changed is his own from then on. */
@Component
public class Origins {
    private final JdbcClient db;

    Origins(JdbcClient db) {
        this.db = db;
    }

    public Map<String, Origin> of(CaseNumber number) {
        Map<String, Origin> origins = new HashMap<>();
        db.sql("select field, origin, from_case, source, as_of from case_origins where case_number = ?")
                .param(number.value())
                .query(row -> {
                    String earlier = row.getString("from_case");
                    origins.put(
                            row.getString("field"),
                            new Origin(
                                    Origin.Kind.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                                    earlier == null ? row.getString("source") : earlier,
                                    row.getObject("as_of", LocalDate.class)));
                });
        return origins;
    }

    public void keep(CaseNumber number, Map<String, Origin> origins) {
        forget(number, origins.keySet());
        origins.forEach((field, origin) -> db.sql(
                        "insert into case_origins (case_number, field, origin, from_case, source, as_of) values (?, ?, ?, ?, ?, ?)")
                .param(1, number.value())
                .param(2, field)
                .param(3, origin.kind().code())
                .param(4, origin.kind() == Origin.Kind.CASE ? origin.name() : null)
                .param(5, origin.kind() == Origin.Kind.CASE ? null : origin.name())
                .param(6, origin.day())
                .update());
    }

    /** These are their author's own now, or gone. */
    public void forget(CaseNumber number, Collection<String> fields) {
        if (fields.isEmpty()) return;
        db.sql("delete from case_origins where case_number = :number and field in (:fields)")
                .param("number", number.value())
                .param("fields", List.copyOf(fields))
                .update();
    }
}
