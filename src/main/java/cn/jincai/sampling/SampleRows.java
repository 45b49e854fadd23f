package cn.jincai.sampling;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Lock;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of the monthly samples. */
@Repository
class SampleRows implements CaseContents {
    private static final String COUNTS = """
            select m.*, (select count(*) from sample_members p where p.sample_month = m.sample_month) as population,
              (select count(*) from sampled_cases s where s.sample_month = m.sample_month) as drawn,
              (select count(*) from sampled_cases s where s.sample_month = m.sample_month and finding is null) as open,
              (select count(*) from sampled_cases s where s.sample_month = m.sample_month and finding = 'deficient') as deficient,
              (select count(*) from sampled_cases s where s.sample_month = m.sample_month and measure is not null and carried_out_at is null) as due
            from monthly_samples m""";

    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;

    SampleRows(JdbcClient db, Vault vault, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.clock = clock;
    }

    /** Newest first. */
    List<MonthlySample> samples() {
        return db.sql(COUNTS + " order by m.sample_month desc")
                .query((row, n) -> sample(row))
                .list();
    }

    Optional<MonthlySample> sample(YearMonth month) {
        return db.sql(COUNTS + " where m.sample_month = ?")
                .param(month.toString())
                .query((row, n) -> sample(row))
                .optional();
    }

    private static MonthlySample sample(ResultSet row) throws SQLException {
        return new MonthlySample(
                YearMonth.parse(row.getString("sample_month")),
                row.getString("seed"),
                row.getLong("seed_entry"),
                row.getString("population_hash"),
                row.getInt("percent"),
                Instants.always(row, "drawn_at"),
                row.getInt("population"),
                row.getInt("drawn"),
                row.getInt("open"),
                row.getInt("deficient"),
                row.getInt("due"));
    }

    /** Nodes draw one after the other. */
    void lock() {
        Lock.MONTHLY_SAMPLES.hold(db);
    }

    void begin(YearMonth month, String seed, long entry, String populationHash, int percent) {
        db.sql(
                        "insert into monthly_samples (sample_month, seed, seed_entry, population_hash, percent, drawn_at) values (?, ?, ?, ?, ?, ?)")
                .params(month.toString(), seed, entry, populationHash, percent, clock.timestamp())
                .update();
    }

    void keep(YearMonth month, SortedMap<String, List<String>> population, SortedMap<String, List<String>> drawn) {
        population.forEach((number, patterns) -> db.sql(
                        "insert into sample_members (sample_month, case_number, patterns) values (?, ?, ?)")
                .params(month.toString(), number, String.join(",", patterns))
                .update());
        drawn.forEach((number, from) -> db.sql(
                        "insert into sampled_cases (sample_month, case_number, drawn_from) values (?, ?, ?)")
                .params(month.toString(), number, String.join(",", from))
                .update());
    }

    /** Codes of patterns by the number of the case. */
    SortedMap<String, List<String>> population(YearMonth month) {
        return codes(month, "select case_number, patterns from sample_members where sample_month = ?");
    }

    SortedMap<String, List<String>> drawn(YearMonth month) {
        return codes(month, "select case_number, drawn_from from sampled_cases where sample_month = ?");
    }

    private SortedMap<String, List<String>> codes(YearMonth month, String sql) {
        SortedMap<String, List<String>> codes = new TreeMap<>();
        db.sql(sql).param(month.toString()).query(row -> {
            codes.put(row.getString(1), split(row.getString(2)));
        });
        return codes;
    }

    private static List<String> split(String codes) {
        return codes.isEmpty() ? List.of() : List.of(codes.split(","));
    }

    List<SampledCase> cases(YearMonth month) {
        return db.sql("select * from sampled_cases where sample_month = ? order by case_number")
                .param(month.toString())
                .query((row, n) -> read(row))
                .list();
    }

    /** Locked until the transaction ends. */
    Optional<SampledCase> locked(YearMonth month, CaseNumber number) {
        return db.sql("select * from sampled_cases where sample_month = ? and case_number = ? for update")
                .params(month.toString(), number.value())
                .query((row, n) -> read(row))
                .optional();
    }

    private SampledCase read(ResultSet row) throws SQLException {
        String month = row.getString("sample_month"), number = row.getString("case_number");
        return new SampledCase(
                YearMonth.parse(month),
                new CaseNumber(number),
                split(row.getString("drawn_from")),
                row.getString("inspector"),
                SampledCase.Finding.of(row.getString("finding")),
                SampledCase.Measure.of(row.getString("measure")),
                vault.open(SamplingSeals.WORDS, Sealed.in(row, "sealed_words"), month, number),
                Instants.in(row, "found_at"),
                row.getString("carried_out_by"),
                vault.open(SamplingSeals.DONE, Sealed.in(row, "sealed_done"), month, number),
                Instants.in(row, "carried_out_at"));
    }

    void take(SampledCase one, String inspector) {
        update(one, "inspector = :by, taken_at = :at", Map.of("by", inspector));
    }

    void judge(SampledCase one, SampledCase.Finding finding, SampledCase.Measure measure, String words) {
        update(
                one,
                "finding = :finding, measure = :measure, sealed_words = :words, found_at = :at",
                Map.of(
                        "finding",
                        finding.code(),
                        "measure",
                        measure.code(),
                        "words",
                        seal(SamplingSeals.WORDS, one, words)));
    }

    void inOrder(SampledCase one, String words) {
        update(
                one,
                "finding = :finding, sealed_words = :words, found_at = :at",
                Map.of("finding", SampledCase.Finding.IN_ORDER.code(), "words", seal(SamplingSeals.WORDS, one, words)));
    }

    void carriedOut(SampledCase one, String by, String words) {
        update(
                one,
                "carried_out_by = :by, sealed_done = :words, carried_out_at = :at",
                Map.of("by", by, "words", seal(SamplingSeals.DONE, one, words)));
    }

    private Sealed seal(SealedColumn column, SampledCase one, String words) {
        return vault.seal(column, words, one.month().toString(), one.number().value());
    }

    private void update(SampledCase one, String set, Map<String, ?> values) {
        db.sql("update sampled_cases set " + set + " where sample_month = :month and case_number = :number")
                .params(values)
                .param("at", clock.timestamp())
                .param("month", one.month().toString())
                .param("number", one.number().value())
                .update();
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("update sampled_cases set sealed_words = null, sealed_done = null where case_number = ?")
                .param(number.value())
                .update();
    }
}
