package cn.jincai.filing;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the same person, and the same employer, applied for before: what was handed in and what came of it, without anybody's words. */
@Service
@Transactional(readOnly = true)
public class EarlierCases {
    private static final int SHOWN = 10;

    private final JdbcClient db;
    private final CaseTable cases;

    EarlierCases(JdbcClient db, CaseTable cases) {
        this.db = db;
        this.cases = cases;
    }

    /** @param outcome null while it runs */
    public record Earlier(
            CaseNumber number,
            String scheme,
            Instant submittedAt,
            String stage,
            @Nullable String outcome) {}

    /** @param total all of them, of which only the newest {@value #SHOWN} are in the list */
    public record Found(List<Earlier> newest, long total) {}

    /** Under the same document. */
    public Found ofPerson(CaseNumber number) {
        return found(number, "person_key = ?", cases.get(number).personKey(), List.of());
    }

    /** Under the same code, in the same scheme. */
    public Found ofEmployer(CaseNumber number) {
        Case file = cases.get(number);
        return found(number, "employer_code = ? and scheme = ?", file.employerCode(), List.of(file.scheme()));
    }

    private Found found(CaseNumber number, String same, @Nullable String key, List<String> more) {
        if (key == null) return new Found(List.of(), 0);
        List<Object> values = new ArrayList<>(List.of(key));
        values.addAll(more);
        values.add(number.value());
        String where = " from cases where " + same + " and case_number <> ? and submitted_at is not null";
        List<Earlier> newest = db.sql("select case_number, scheme, submitted_at, stage, outcome" + where
                        + " order by submitted_at desc, case_number desc limit " + SHOWN)
                .params(values)
                .query((row, n) -> new Earlier(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("scheme"),
                        Instants.always(row, "submitted_at"),
                        row.getString("stage"),
                        row.getString("outcome")))
                .list();
        long total = newest.size() < SHOWN
                ? newest.size()
                : db.sql("select count(*)" + where)
                        .params(values)
                        .query(Long.class)
                        .single();
        return new Found(newest, total);
    }
}
