package cn.jincai.filing;

import cn.jincai.applicant.Sealed;
import cn.jincai.applicant.SealedColumn;
import cn.jincai.applicant.Vault;
import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Facts;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Assessments that cases used, computed again with what was frozen then: facts, package, calendar, what people decided beside the rules. */
@Component
public class Replays {
    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;
    private final Packages packages;
    private final Calendars calendars;
    private final Assessments assessments;

    Replays(
            JdbcClient db,
            Vault vault,
            JsonColumns json,
            Packages packages,
            Calendars calendars,
            Assessments assessments) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.packages = packages;
        this.calendars = calendars;
        this.assessments = assessments;
    }

    /** One kept assessment; {@code answer} is the very text that was kept. */
    record Kept(
            CaseNumber number,
            String step,
            Instant at,
            String packageHash,
            LocalDate applicationDate,
            String calendar,
            String facts,
            String adjustments,
            String answer) {}

    /** All that it takes to assess again. */
    record Frozen(
            PolicyPackage policy,
            LocalDate applicationDate,
            Map<String, Object> facts,
            Adjustments adjustments,
            WorkingCalendar calendar) {}

    /** What is not the same: a place in the JSON, as {@code /benefits/0/amountFen}, with what stood there and what would now. */
    public record Difference(String path, JsonNode then, JsonNode now) {}

    /** @param answer what it comes to now; the kept text where nothing differs */
    record Replayed(String answer, List<Difference> differences) {}

    /** Of one case, the oldest first. */
    List<Kept> of(CaseNumber number) {
        return db.sql("select * from case_assessments where number = ? order by id")
                .param(number.value())
                .query((row, n) -> kept(row))
                .list();
    }

    private Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new CaseNumber(row.getString("number")),
                row.getString("at_step"),
                Instants.in(row, "made_at"),
                row.getString("package_hash"),
                row.getObject("application_date", LocalDate.class),
                row.getString("calendar_version"),
                opened(CaseSeals.ASSESSED_FACTS, row),
                row.getString("adjustments"),
                opened(CaseSeals.ASSESSMENT, row));
    }

    private String opened(SealedColumn column, ResultSet row) throws SQLException {
        return vault.open(column, Sealed.in(row, column.column()), row.getString("number"), row.getString("row_key"));
    }

    Frozen frozen(Kept kept) {
        PolicyPackage policy = packages.byHash(kept.packageHash);
        Map<String, Object> facts = new HashMap<>();
        read(kept.facts)
                .properties()
                .forEach(e -> facts.put(
                        e.getKey(),
                        Facts.readOne(policy.catalogue(), e.getKey(), e.getValue())
                                .orElseThrow(
                                        () -> new IllegalStateException("a kept fact does not read: " + e.getKey()))));
        return new Frozen(
                policy,
                kept.applicationDate,
                facts,
                json.read(kept.adjustments, Adjustments.class),
                calendars.byVersion(kept.calendar));
    }

    Replayed replay(Kept kept) {
        Frozen frozen = frozen(kept);
        String now = json.write(assessments.assess(
                frozen.policy, frozen.applicationDate, frozen.facts, frozen.adjustments, frozen.calendar));
        if (now.equals(kept.answer)) return new Replayed(now, List.of());
        List<Difference> differences = new ArrayList<>();
        compare("", read(kept.answer), read(now), differences);
        if (differences.isEmpty())
            differences.add(new Difference(
                    "", TextNode.valueOf("the same values, written differently"), TextNode.valueOf(now)));
        return new Replayed(now, differences);
    }

    /** What a whole run came to. */
    public record Result(long replayed, long different, long failed) {
        public boolean isClean() {
            return different == 0 && failed == 0;
        }
    }

    /**
     * The whole archive, one by one.
     *
     * @param progress told after each with the number done and of how many
     * @param told     one line for each that differs or fails: case and step, never what is in it
     */
    public Result all(BiConsumer<Long, Long> progress, java.util.function.Consumer<String> told) {
        long[] done = new long[3];
        List<Long> ids = db.sql("select id from case_assessments order by id")
                .query(Long.class)
                .list();
        for (long id : ids) {
            String which = "assessment " + id;
            try {
                Kept kept = db.sql("select * from case_assessments where id = ?")
                        .param(id)
                        .query((row, n) -> kept(row))
                        .single();
                which = kept.number + " " + kept.step + " " + kept.at;
                List<Difference> differences = replay(kept).differences;
                if (!differences.isEmpty()) {
                    done[1]++;
                    told.accept(which + ": "
                            + String.join(
                                    ", ",
                                    differences.stream().map(Difference::path).toList()));
                }
            } catch (Problem
                    | IllegalStateException
                            failed) { // a package or a notice that is gone, a fact that does not read, an exchanged
                // value
                done[2]++;
                told.accept(which + ": can't be replayed, " + failed.getMessage());
            }
            progress.accept(++done[0], (long) ids.size());
        }
        return new Result(done[0], done[1], done[2]);
    }

    private static void compare(String path, JsonNode then, JsonNode now, List<Difference> into) {
        if (then.equals(now)) return;
        if (then.isObject() && now.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            then.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) compare(path + "/" + name, then.path(name), now.path(name), into);
        } else if (then.isArray() && now.isArray() && then.size() == now.size()) {
            for (int i = 0; i < then.size(); i++) compare(path + "/" + i, then.get(i), now.get(i), into);
        } else {
            into.add(new Difference(path, then.isMissingNode() ? null : then, now.isMissingNode() ? null : now));
        }
    }

    JsonNode read(String kept) {
        return json.read(kept, JsonNode.class);
    }
}
