package cn.jincai.filing.archive;

import cn.jincai.filing.CaseSeals;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The last assessment of each case, opened for what-if runs: facts only, nobody's name or number is among them. The rules may not ask it. */
@Component
public class ArchivedFacts {
    /** Claims with a roster are left out: what was judged of each line is not a fact of the claim (decision 181). */
    private static final String ALL = """
         from case_assessments a join cases c on c.case_number = a.case_number
        where c.scheme = ? and c.sample = ? and a.application_date between ? and ?
          and a.id = (select max(b.id) from case_assessments b where b.case_number = a.case_number)""", LAST = ALL + " and a.sealed_lines is null";

    private static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1), EVER = LocalDate.of(2200, 1, 1);

    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;

    /**
     * @param id    of the assessment; names nobody
     * @param facts by name, as they were frozen
     */
    public record Archived(long id, LocalDate applicationDate, JsonNode facts) {}

    /** How many cases there are, and the days of their first and last application, null where there are none. */
    public record Extent(
            long cases, @Nullable LocalDate first, @Nullable LocalDate last) {}

    ArchivedFacts(JdbcClient db, Vault vault, JsonColumns json) {
        this.db = db;
        this.vault = vault;
        this.json = json;
    }

    /** @param samples the demo's made-up cases, or the others */
    public Extent extent(String scheme, @Nullable LocalDate from, @Nullable LocalDate to, boolean samples) {
        return db.sql("select count(*), min(a.application_date), max(a.application_date)" + LAST)
                .params(scheme, samples, from == null ? ALWAYS : from, to == null ? EVER : to)
                .query((row, n) -> new Extent(
                        row.getLong(1), row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class)))
                .single();
    }

    /** How many claims with a roster there are beside them. */
    public long rosters(String scheme, LocalDate from, LocalDate to, boolean samples) {
        return db.sql("select count(*)" + ALL + " and a.sealed_lines is not null")
                .params(scheme, samples, from, to)
                .query(Long.class)
                .single();
    }

    /** Some of them, in order, after the one with this id. */
    public List<Archived> after(long id, int many, String scheme, LocalDate from, LocalDate to, boolean samples) {
        return db.sql("select a.id, a.case_number, a.row_key, a.application_date, a.sealed_facts" + LAST
                        + " and a.id > ? order by a.id fetch first " + many + " rows only")
                .params(scheme, samples, from, to, id)
                .query(this::read)
                .list();
    }

    public Optional<Archived> find(long id) {
        return db.sql(
                        "select id, case_number, row_key, application_date, sealed_facts from case_assessments where id = ?")
                .param(id)
                .query(this::read)
                .optional();
    }

    private Archived read(ResultSet row, int n) throws SQLException {
        String facts = vault.open(
                CaseSeals.ASSESSED_FACTS,
                Sealed.always(row, "sealed_facts"),
                row.getString("case_number"),
                row.getString("row_key"));
        return new Archived(
                row.getLong("id"),
                row.getObject("application_date", LocalDate.class),
                json.read(facts, JsonNode.class));
    }
}
