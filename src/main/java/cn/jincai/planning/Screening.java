package cn.jincai.planning;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.FormCheck;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * Somebody asks what he can get and is asked one question after the other, always the one that settles most of what is still open in any scheme, until no further
 * answer can change a verdict or a sum. Stores nothing.
 */
@Service
public class Screening {
    private static final int YEARS_AHEAD = 3;

    private final Assessments assessments;
    private final NextQuestion next;
    private final AllSchemes all;
    private final FormCheck check;

    public Screening(Assessments assessments, NextQuestion next, AllSchemes all, FormCheck check) {
        this.assessments = assessments;
        this.next = next;
        this.all = all;
        this.check = check;
    }

    public SchemeQuestions of(PolicyPackage policy) {
        return new SchemeQuestions(policy, assessments.factsRead(policy), check);
    }

    /**
     * Keys of the questions that can still change a verdict or a sum of one of these schemes, the next one first: each is answered once, and with each answer
     * there are fewer of them. A question may be there that another answer makes needless.
     */
    public List<String> left(List<PolicyPackage> schemes, Told told, LocalDate today) {
        Map<String, Double> weight = new LinkedHashMap<>();
        Map<String, Set<String>> before = new HashMap<>();
        for (PolicyPackage policy : schemes) {
            SchemeQuestions questions = of(policy);
            int rank = 1;
            for (String fact : matter(questions, told, today)) {
                List<String> leading = questions.leadingTo(fact, told);
                for (String key : leading) {
                    weight.merge(key, 1.0 / rank, Double::sum);
                    before.computeIfAbsent(key, k -> new LinkedHashSet<>())
                            .addAll(leading.subList(0, leading.indexOf(key)));
                }
                if (!leading.isEmpty()) rank++;
            }
        }
        List<String> heaviest = new ArrayList<>(weight.keySet());
        heaviest.sort(Comparator.comparingDouble((String key) -> -weight.getOrDefault(key, 0.0)));
        Set<String> inOrder = new LinkedHashSet<>();
        for (String key : heaviest) {
            inOrder.addAll(before.getOrDefault(key, Set.of()));
            inOrder.add(key);
        }
        return List.copyOf(inOrder);
    }

    private List<String> matter(SchemeQuestions questions, Told told, LocalDate today) {
        PolicyPackage policy = questions.policy();
        Map<String, Object> facts = facts(policy, told, today);
        return next.after(policy, today, facts, questions.none(facts)).questions().stream()
                .map(NextQuestion.Question::fact)
                .toList();
    }

    /** What is known for one scheme: what was told, what is assumed, and of the city's own records that nothing is held. */
    public Map<String, Object> facts(PolicyPackage policy, Told told, LocalDate today) {
        Map<String, Object> facts = of(policy).facts(told);
        return new BestOrder(assessments, List.of(policy), Map.of(policy.scheme(), facts), today, today)
                .facts(policy, List.of(), today, null, null);
    }

    /** All schemes with what was told: each by itself, and which applications bring the most in the next {@value #YEARS_AHEAD} years. */
    public AllSchemes.Answer answer(List<PolicyPackage> schemes, Told told, LocalDate today) {
        Map<String, Map<String, Object>> facts = new HashMap<>();
        for (PolicyPackage policy : schemes)
            facts.put(policy.scheme(), of(policy).facts(told));
        return all.of(new AllSchemes.Person(today, today.plusYears(YEARS_AHEAD), schemes, facts));
    }
}
