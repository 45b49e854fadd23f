package cn.jincai.filing.archive;

import cn.jincai.assessment.ArchivedAssessment;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Timeline;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The assessments that steps of a case rested on: read, explained and computed again. Same access as the case; looks of officers are recorded. */
@Service
public class Archive {
    private final CaseFile cases;
    private final Replays replays;
    private final Explanations explanations;

    Archive(CaseFile cases, Replays replays, Explanations explanations) {
        this.cases = cases;
        this.replays = replays;
        this.explanations = explanations;
    }

    /**
     * @param n           from 1, in order of time
     * @param step        the step that rested on it
     * @param packageHash the package that the case keeps to
     * @param calendar    years whose notices were loaded
     */
    public record Kept(
            int n,
            String step,
            Instant at,
            String packageHash,
            LocalDate applicationDate,
            String calendar,
            JsonNode assessment) {}

    /** @param answer as it was kept, and comes out again where there are no differences */
    public record Replay(JsonNode answer, List<ArchivedAssessment.Difference> differences) {}

    /** @throws Problem NOT_FOUND for whom the case does not concern, and for its employer, who has no part in the assessment */
    @Transactional
    public List<Kept> of(Actor who, CaseNumber number) {
        admit(who, number);
        List<Replays.Kept> all = replays.of(number);
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Replays.Kept k = all.get(i);
            kept.add(new Kept(
                    i + 1,
                    k.step(),
                    k.at(),
                    k.packageHash(),
                    k.applicationDate(),
                    k.calendar(),
                    k.kept().assessment()));
        }
        return kept;
    }

    /** Explained with the facts, the package and the calendar of then. */
    @Transactional
    public Explained explain(Actor who, CaseNumber number, int n) {
        admit(who, number);
        Replays.Kept kept = kept(number, n);
        Replays.Frozen then = replays.frozen(kept);
        Explained whole = explanations.explain(
                then.policy(), then.applicationDate(), then.facts(), then.adjustments(), then.calendar());
        if (then.lines().isEmpty()) return whole;
        return whole.without(
                then.policy().catalogue().rules().benefits().stream()
                        .filter(Scheme.BenefitRules::perLine)
                        .map(Scheme.BenefitRules::benefit)
                        .collect(Collectors.toUnmodifiableSet()),
                Verdict.valueOf(kept.kept().assessment().get("verdict").asText()));
    }

    /** For officers of the case and auditors. */
    @Transactional
    public Replay replay(Actor who, CaseNumber number, int n) {
        if (admit(who, number) != Timeline.Reader.OFFICER) throw Problem.forbidden("filing.OFFICERS_ONLY");
        Replays.Kept then = kept(number, n);
        return new Replay(then.kept().assessment(), replays.replay(then));
    }

    private Replays.Kept kept(CaseNumber number, int n) {
        List<Replays.Kept> all = replays.of(number);
        if (n < 1 || n > all.size()) throw Problem.notFound();
        return all.get(n - 1);
    }

    private Timeline.Reader admit(Actor who, CaseNumber number) {
        Timeline.Reader reader = cases.look(who, cases.get(number));
        if (reader == Timeline.Reader.EMPLOYER) throw Problem.notFound();
        return reader;
    }
}
