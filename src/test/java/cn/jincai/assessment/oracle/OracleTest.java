package cn.jincai.assessment.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.oracle.RandomFacts.Person;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The product's rules against the rules written by hand from the same rulebook, on facts drawn near every limit. {@code -Doracle.seed=} repeats a run or
 * tries other people, {@code -Doracle.people=} more of them.
 */
class OracleTest {
    private static final long SEED = Long.getLong("oracle.seed", 20_260_101);
    private static final int PEOPLE = Integer.getInteger("oracle.people", 20_000);

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void rulesAndHandSayTheSame(String scheme) {
        System.out.println("OracleTest " + scheme + ": " + PEOPLE + " people, seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, String> found = new TreeMap<>();
        int differing = 0;
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of(scheme, random);
            if (differences(scheme, person, person.facts()).isEmpty()) continue;
            differing++;
            if (differing <= 200 && found.size() < 12) tell(scheme, person, found);
        }
        assertThat(found)
                .as(
                        "%d of %d differ with -Doracle.seed=%d:\n%s",
                        differing, PEOPLE, SEED, String.join("\n", found.values()))
                .isEmpty();
    }

    private static void tell(String scheme, Person person, Map<String, String> found) {
        Predicate<Map<String, Object>> differs =
                facts -> !differences(scheme, person, facts).isEmpty();
        Map<String, Object> smallest =
                Difference.smallest(person.facts(), Difference.good(scheme, person.applied()), differs);
        List<String> differences = differences(scheme, person, smallest);
        found.putIfAbsent(
                differences.toString().replaceAll("\\d{4}-\\d\\d-\\d\\d|\\d+", "#"),
                person.applied() + " " + new TreeMap<>(smallest) + "\n  " + String.join("\n  ", differences));
    }

    private static List<String> differences(String scheme, Person person, Map<String, Object> facts) {
        Assessment rules;
        try {
            rules = Product.assess(scheme, person.applied(), facts, Adjustments.NONE);
        } catch (RuntimeException e) {
            return List.of("the rules fail: " + e);
        }
        return Difference.between(HandAnswer.assess(scheme, person.applied(), facts), rules);
    }
}
