package cn.jincai.filing.completeness;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.KnownFact;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * In which order a notice lists what is asked of the applicant: what settles most of the result first. What can't change the result any more is told as such,
 * last, and need not be answered; it is never left out, and a document that the scheme requires stays required (decision 86).
 */
@Component
public class QuestionOrder {

    private static final int FORMAL = 1_000, OPTIONAL = 2_000;

    private final CaseFacts facts;
    private final NextQuestion next;
    private final CaseAssessments assessments;
    private final Completeness completeness;
    private final CityClock clock;

    QuestionOrder(
            CaseFacts facts,
            NextQuestion next,
            CaseAssessments assessments,
            Completeness completeness,
            CityClock clock) {
        this.facts = facts;
        this.next = next;
        this.assessments = assessments;
        this.completeness = completeness;
        this.clock = clock;
    }

    /** @param whys what is said about each item */
    public List<Case.Asked> of(Case file, PolicyPackage pack, Map<String, Text> whys) {
        List<String> items = List.copyOf(whys.keySet());
        Map<String, Object> settled = settled(file, pack, items);
        List<String> matter = next.after(pack, file.assessedOn(clock.today()), settled).questions().stream()
                .map(NextQuestion.Question::fact)
                .toList();
        boolean certain = assessments.of(file, settled, Adjustments.NONE).benefits().stream()
                .allMatch(b -> b.verdict() != Verdict.REJECT || isFinal(pack, b));
        return whys.entrySet().stream()
                .map(w -> new Ranked(w.getKey(), w.getValue(), rank(file, pack, w.getKey(), matter, certain)))
                .sorted(Comparator.comparingInt(Ranked::rank))
                .map(r -> asked(r.item, r.why, r.rank == OPTIONAL))
                .toList();
    }

    private record Ranked(String item, Text why, int rank) {}

    private static Case.Asked asked(String item, Text why, boolean optional) {
        return new Case.Asked(item, optional ? Text.of("filing.needNot", why) : why, optional);
    }

    private int rank(Case file, PolicyPackage pack, String item, List<String> matter, boolean certain) {
        Set<String> about = about(pack, item);
        int first = about.stream()
                .mapToInt(matter::indexOf)
                .filter(i -> i >= 0)
                .min()
                .orElse(FORMAL);
        boolean required = pack.catalogue().documents().stream()
                .anyMatch(d -> d.code().equals(item) && d.isNeeded(completeness.values(file.answers())));
        return first == FORMAL && certain && !about.isEmpty() && !required ? OPTIONAL : first;
    }

    /** The facts behind an item, and those that the city's own records count by them. */
    private Set<String> about(PolicyPackage pack, String item) {
        Set<String> about = new LinkedHashSet<>(completeness.factsOf(pack, item));
        for (Scheme.Fact fact : pack.catalogue().facts()) {
            Scheme.Count count = fact.count();
            if (count != null
                    && (about.contains(count.fact())
                            || count.sameFacts().stream().anyMatch(about::contains)
                            || count.matching() != null
                                    && about.contains(count.matching().mine()))) about.add(fact.name());
        }
        return about;
    }

    /** A refusal that stands whatever is asked, and that nobody may waive. */
    private static boolean isFinal(PolicyPackage pack, Benefit refused) {
        return refused.reasons().stream()
                .anyMatch(r -> r.effect() == Verdict.REJECT
                        && !pack.catalogue().waivable().contains(r.code()));
    }

    /** What will not turn out otherwise: neither what is asked, nor what a source has yet to say, nor what somebody may still supplement or decide. */
    private Map<String, Object> settled(Case file, PolicyPackage pack, List<String> items) {
        Set<String> open = new LinkedHashSet<>();
        for (String item : items) open.addAll(about(pack, item));
        Assessment now = assessments.of(file);
        for (Benefit benefit : now.benefits())
            benefit.reasons().stream()
                    .filter(r -> r.effect() != Verdict.REJECT && r.fact() != null)
                    .forEach(r -> open.add(r.fact()));
        Map<String, Object> settled = new HashMap<>();
        for (KnownFact fact : facts.sheet(file)) {
            boolean onlyTold = CaseFacts.APPLICANT.equals(fact.source())
                    && !pack.catalogue()
                            .fact(fact.name())
                            .map(Scheme.Fact::source)
                            .orElse("")
                            .equals(CaseFacts.APPLICANT);
            if (fact.value() != null && !onlyTold && !open.contains(fact.name()))
                settled.put(fact.name(), fact.value());
        }
        return settled;
    }
}
