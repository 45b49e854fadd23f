package cn.jincai.filing.archive;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.ArchivedAssessment;
import cn.jincai.assessment.ArchivedAssessment.Difference;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessments;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.CaseLines;
import cn.jincai.filing.CaseSeals;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Assessments that cases used, computed again with what was frozen then: facts, package, calendar, what people decided beside the rules. */
@Component
public class Replays {
    private static final JsonColumns JSON = new JsonColumns(new ObjectMapper());

    private final JdbcClient db;
    private final Vault vault;
    private final Packages packages;
    private final Calendars calendars;
    private final Assessments assessments;

    Replays(JdbcClient db, Vault vault, Packages packages, Calendars calendars, Assessments assessments) {
        this.db = db;
        this.vault = vault;
        this.packages = packages;
        this.calendars = calendars;
        this.assessments = assessments;
    }

    /** One kept assessment, and when and why it was made. */
    record Kept(
            CaseNumber number,
            String step,
            Instant at,
            String packageHash,
            LocalDate applicationDate,
            String calendar,
            ArchivedAssessment kept,
            @Nullable String lines) {}

    /** All that it takes to assess again. */
    record Frozen(
            PolicyPackage policy,
            LocalDate applicationDate,
            Map<String, Object> facts,
            List<AssessedLine.Told> lines,
            Adjustments adjustments,
            WorkingCalendar calendar) {}

    /** Of one case, the oldest first. */
    List<Kept> of(CaseNumber number) {
        return db.sql("select * from case_assessments where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> kept(row))
                .list();
    }

    private Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new CaseNumber(row.getString("case_number")),
                row.getString("at_step"),
                Instants.always(row, "made_at"),
                row.getString("package_hash"),
                row.getObject("application_date", LocalDate.class),
                row.getString("calendar_version"),
                new ArchivedAssessment(
                        opened(CaseSeals.ASSESSED_FACTS, row),
                        row.getString("adjustments"),
                        opened(CaseSeals.ASSESSMENT, row)),
                vault.open(
                        CaseSeals.ASSESSED_LINES,
                        Sealed.in(row, CaseSeals.ASSESSED_LINES.column()),
                        row.getString("case_number"),
                        row.getString("row_key")));
    }

    private String opened(SealedColumn column, ResultSet row) throws SQLException {
        return vault.open(
                column, Sealed.always(row, column.column()), row.getString("case_number"), row.getString("row_key"));
    }

    Frozen frozen(Kept kept) {
        PolicyPackage policy = packages.byHash(kept.packageHash);
        return new Frozen(
                policy,
                kept.applicationDate,
                kept.kept.readFacts(policy.catalogue()),
                CaseLines.read(JSON, policy.catalogue(), kept.lines),
                kept.kept.readAdjustments(),
                calendars.byVersion(kept.calendar));
    }

    List<Difference> replay(Kept kept) {
        Frozen frozen = frozen(kept);
        return kept.kept.differences(assessments.assess(
                frozen.policy,
                frozen.applicationDate,
                frozen.facts,
                frozen.lines,
                frozen.adjustments,
                frozen.calendar));
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
                List<Difference> differences = replay(kept);
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
}
