package cn.jincai.process.failures;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.UnopenedRuns;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Steps;
import cn.jincai.process.Completions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Cases on their way that nothing carries on although no job has failed, runs that could not be opened, and versions whose cases stand still as they were changed. */
@Service
public class CasesStandingStill {
    private static final String LOST = """
            from cases c where c.stage not in ('draft', 'closed')
            and not exists (select 1 from ACT_RU_EXECUTION e where e.BUSINESS_KEY_ = c.case_number)""";

    private final JdbcClient db;
    private final Packages packages;
    private final UnopenedRuns runs;
    private final Completions rooms;

    CasesStandingStill(JdbcClient db, Packages packages, UnopenedRuns runs, Completions rooms) {
        this.db = db;
        this.packages = packages;
        this.runs = runs;
        this.rooms = rooms;
    }

    /**
     * A case that is open and of which the engine knows nothing.
     *
     * @param number null where whoever looks has nothing to do with the case
     */
    public record Lost(@Nullable CaseNumber number, String scheme, Text step) {}

    /** What stands still as a whole. @param run null where it is a version, or not even the run's day can be told */
    public record Whole(String scheme, @Nullable String run, Text why) {}

    public Page<Lost> lost(Actor who, int page, int size) {
        who.mustBe(Role.ADMIN);
        long total = db.sql("select count(*) " + LOST).query(Long.class).single();
        List<Row> rows = db.sql("select c.case_number, c.scheme, c.package_hash, c.stage " + LOST
                        + " order by c.case_number limit :size offset :from")
                .param("size", Page.size(size))
                .param("from", Page.offset(page, size))
                .query((row, n) ->
                        new Row(new CaseNumber(row.getString(1)), row.getString(2), row.getString(3), row.getString(4)))
                .list();
        Set<CaseNumber> shut =
                rooms.concerned(who, rows.stream().map(Row::number).collect(Collectors.toSet()));
        return new Page<>(
                rows.stream()
                        .map(row -> new Lost(shut.contains(row.number) ? null : row.number, row.scheme, step(row)))
                        .toList(),
                Math.max(0, page),
                Page.size(size),
                total);
    }

    private record Row(CaseNumber number, String scheme, String hash, String stage) {}

    private Text step(Row row) {
        Steps steps = packages.steps(row.hash);
        return steps.find(row.stage).map(step -> step.name()).orElse(Text.same(row.stage));
    }

    public List<Whole> whole() {
        List<Whole> whole = new ArrayList<>();
        Map<String, String> damaged = new TreeMap<>(packages.damaged());
        damaged.forEach((hash, scheme) -> whole.add(
                new Whole(scheme, null, Text.of("policy.package.PACKAGE_DAMAGED", scheme, hash.substring(0, 12)))));
        runs.list().forEach(run -> whole.add(new Whole(run.scheme(), run.run(), run.why())));
        return whole;
    }
}
