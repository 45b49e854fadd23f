package cn.jincai.filing;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which version of its scheme a case goes by. It keeps that of its submission unless two people have decided otherwise for a whole version (decision 205). */
@Service
@Transactional
public class CaseVersions {
    private final CaseTable cases;
    private final CaseAssessments assessments;
    private final JdbcClient db;
    private final ApplicationEventPublisher events;

    CaseVersions(CaseTable cases, CaseAssessments assessments, JdbcClient db, ApplicationEventPublisher events) {
        this.cases = cases;
        this.assessments = assessments;
        this.db = db;
        this.events = events;
    }

    /**
     * A case on its way.
     *
     * @param stage the key of the step at which it stands
     */
    public record Going(CaseNumber number, String stage, boolean signed) {
        public static Going of(Case file) {
            return new Going(file.number(), file.stage().code(), file.signedAt() != null);
        }
    }

    /** Cases on their way with this version, without drafts, which move on by themselves, and closed ones. In order of their numbers. */
    public List<Going> goingBy(String hash) {
        return db.sql(
                        "select case_number, stage, signed_at is not null from cases where package_hash = ? and stage not in ('draft', 'closed') order by case_number")
                .param(hash)
                .query((row, n) -> new Going(new CaseNumber(row.getString(1)), row.getString(2), row.getBoolean(3)))
                .list();
    }

    /** The case, held until the transaction ends, so that nobody carries it on meanwhile. */
    public Case hold(CaseNumber number) {
        return cases.hold(number);
    }

    /**
     * Whether the other version would grant the same, each benefit with its verdict, level, sum, months, instalments and reasons: by the rules alone, and with each of these words of people.
     *
     * @param said what people have decided beside the rules so far
     */
    public boolean resultIsTheSame(Case file, String other, Collection<Adjustments> said) {
        Case moved = file.renewed(other);
        return Stream.concat(Stream.of(Adjustments.NONE), said.stream())
                .distinct()
                .allMatch(a -> {
                    Assessment now = assessments.of(file, a), then = assessments.of(moved, a);
                    return now.verdict() == then.verdict() && results(now).equals(results(then));
                });
    }

    private static List<List<@Nullable Object>> results(Assessment assessment) {
        return assessment.benefits().stream().map(CaseVersions::result).toList();
    }

    private static List<@Nullable Object> result(Benefit b) {
        return Arrays.asList(
                b.code(),
                b.verdict(),
                b.amountFen(),
                b.level(),
                b.monthlyFen(),
                b.months(),
                b.instalments(),
                b.reasons().stream().map(reason -> reason.code()).sorted().toList());
    }

    /**
     * From now on the case goes by the other version.
     *
     * @param told whether the applicant is told, or those inside alone
     * @return how it stands now
     * @throws Problem CONFLICT where it does not go by {@code from} any more
     */
    public Case move(CaseNumber number, String from, String to, boolean told) {
        if (!cases.hold(number).packageHash().equals(from)) throw Problem.conflict("filing.OTHER_VERSION");
        Case moved = cases.change(number, file -> file.renewed(to));
        events.publishEvent(moved.event(
                "version-changed",
                Actor.SYSTEM, // as two people decided, who are named by the record of their decision
                null,
                told ? Audience.APPLICANT : Audience.OFFICERS,
                Map.of("from", from, "to", to),
                from.substring(0, 12),
                to.substring(0, 12)));
        return moved;
    }
}
