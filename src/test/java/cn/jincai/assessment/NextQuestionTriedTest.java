package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The next question against nothing but trying: every way to fill in what is open of many tiny schemes is assessed, and shows which facts matter. */
class NextQuestionTriedTest {
    private static final Assessments ASSESSMENTS = Assessments.with(CityCalendar.calendar());
    private static final NextQuestion NEXT = new NextQuestion(ASSESSMENTS),
            PATIENT = new NextQuestion(ASSESSMENTS, 1_000_000);
    private static final int SCHEMES = LongRun.of(250), MOST_CASES = 4_000;

    /** All ways to fill in what is open: one number for each fact in the order of the scheme, the last counts fastest. */
    private record Tried(PolicyPackage policy, Map<String, Object> told, List<List<Object>> values, String[] answers) {
        static Tried all(PolicyPackage policy, Map<String, Object> told) {
            List<List<Object>> values = policy.catalogue().facts().stream()
                    .map(f -> told.containsKey(f.name()) ? List.of(told.get(f.name())) : TinyScheme.values(f))
                    .toList();
            Tried tried = new Tried(
                    policy,
                    told,
                    values,
                    new String[values.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b)]);
            for (int i = 0; i < tried.answers.length; i++)
                tried.answers[i] =
                        said(ASSESSMENTS.assess(policy, TinyScheme.APPLIED, tried.facts(i), Adjustments.NONE));
            return tried;
        }

        Map<String, Object> facts(int number) {
            Map<String, Object> facts = new HashMap<>();
            for (int f = values.size() - 1; f >= 0; f--) {
                Object value = values.get(f).get(number % values.get(f).size());
                if (value != null) facts.put(policy.catalogue().facts().get(f).name(), value);
                number /= values.get(f).size();
            }
            return facts;
        }

        /** Two cases that differ in nothing but this fact come out differently. */
        Set<String> thatMatter() {
            Set<String> matter = new LinkedHashSet<>();
            int step = answers.length;
            for (int f = 0; f < values.size(); f++) {
                int count = values.get(f).size(), before = step;
                step /= count;
                for (int i = 0; i < answers.length; i++)
                    if (!answers[i].equals(answers[i - i % before + i % step]))
                        matter.add(policy.catalogue().facts().get(f).name());
            }
            return matter;
        }
    }

    /** Given time it is exact; in the time that it takes for people it may ask once too often, but never leaves out what matters. */
    @Test
    void asksForWhatMattersAndForNothingElse() {
        int asked = 0, silent = 0, settled = 0, tooMany = 0;
        for (long seed = 0; seed < SCHEMES; seed++) {
            PolicyPackage policy = TinyScheme.of(seed);
            Tried tried = Tried.all(policy, someTold(policy.catalogue(), new Random(seed)));
            Set<String> matter = tried.thatMatter();
            assertThat(asks(PATIENT.after(policy, TinyScheme.APPLIED, tried.told)))
                    .as("%s knowing %s", policy.scheme(), tried.told)
                    .containsExactlyInAnyOrderElementsOf(matter);
            NextQuestion.Next next = NEXT.after(policy, TinyScheme.APPLIED, tried.told);
            assertThat(asks(next))
                    .as("%s knowing %s", policy.scheme(), tried.told)
                    .containsAll(matter)
                    .doesNotContainAnyElementsOf(tried.told.keySet());
            if (next.questions().isEmpty()) {
                settled++;
                assertThat(Arrays.stream(tried.answers).distinct())
                        .as("%s knowing %s", policy.scheme(), tried.told)
                        .hasSize(1);
                assertThat(next.settled())
                        .isEqualTo(settled(
                                ASSESSMENTS.assess(policy, TinyScheme.APPLIED, tried.facts(0), Adjustments.NONE)));
            }
            asked += matter.size();
            tooMany += next.questions().size() - matter.size();
            silent += policy.catalogue().facts().size() - tried.told.size() - matter.size();
        }
        System.out.println("NextQuestionTriedTest: " + asked + " matter, " + silent + " do not, " + tooMany
                + " of these asked all the same, " + settled + " of " + SCHEMES + " settled");
        assertThat(List.of(asked, silent, settled)).as("all of it was tried").allMatch(count -> count > SCHEMES / 20);
        assertThat(tooMany).isLessThan(silent / 20);
    }

    /** Whoever is asked one question after the other is never asked for more than is there, ends with the answer of all facts, and is asked less than one who goes through the facts in any order. */
    @Test
    void stopsWithTheAnswerOfAllFactsAndSoonerThanInAnyOrder() {
        int best = 0, listed = 0;
        for (long seed = 0; seed < SCHEMES / 4; seed++) {
            PolicyPackage policy = TinyScheme.of(seed);
            Random random = new Random(seed);
            Map<String, Object> all = new HashMap<>(), told = someTold(policy.catalogue(), random);
            for (Scheme.Fact fact : policy.catalogue().facts())
                all.put(fact.name(), told.containsKey(fact.name()) ? told.get(fact.name()) : any(fact, random));
            best += questions(policy, all, told, false);
            listed += questions(policy, all, told, true);
        }
        System.out.println("NextQuestionTriedTest: " + best + " questions in its order, " + listed + " in any order");
        assertThat(best).isLessThan(listed);
    }

    private static int questions(
            PolicyPackage policy, Map<String, Object> all, Map<String, Object> known, boolean asListed) {
        Map<String, Object> told = new HashMap<>(known);
        int asked = 0;
        NextQuestion.Next next = NEXT.after(policy, TinyScheme.APPLIED, told);
        for (; !next.questions().isEmpty(); next = NEXT.after(policy, TinyScheme.APPLIED, told)) {
            List<String> asks = asks(next);
            String fact = asListed
                    ? inAnyOrder(policy).stream()
                            .filter(asks::contains)
                            .findFirst()
                            .orElseThrow()
                    : asks.get(0);
            assertThat(told.put(fact, all.get(fact))).isNull();
            asked++;
        }
        assertThat(next.settled())
                .as("%s knowing %s of %s", policy.scheme(), told, all)
                .isEqualTo(settled(ASSESSMENTS.assess(policy, TinyScheme.APPLIED, all, Adjustments.NONE)));
        return asked;
    }

    /** The same for a scheme: the order in which it lists its facts may happen to be a good one. */
    private static List<String> inAnyOrder(PolicyPackage policy) {
        List<String> names = new ArrayList<>(
                policy.catalogue().facts().stream().map(Scheme.Fact::name).toList());
        Collections.shuffle(names, new Random(policy.scheme().hashCode()));
        return names;
    }

    private static List<String> asks(NextQuestion.Next next) {
        return next.questions().stream().map(NextQuestion.Question::fact).toList();
    }

    private static Object any(Scheme.Fact fact, Random random) {
        List<Object> values =
                TinyScheme.values(fact).stream().filter(v -> v != null).toList();
        return values.get(random.nextInt(values.size()));
    }

    /** So many facts that what is open can be tried in all ways. */
    private static Map<String, Object> someTold(Scheme scheme, Random random) {
        Map<String, Object> told = new HashMap<>();
        List<Scheme.Fact> open = new ArrayList<>(scheme.facts());
        while (open.stream().mapToLong(f -> TinyScheme.values(f).size()).reduce(1, (a, b) -> a * b) > MOST_CASES
                || told.isEmpty()
                || random.nextInt(3) > 0 && !open.isEmpty()) {
            Scheme.Fact fact = open.remove(random.nextInt(open.size()));
            told.put(fact.name(), any(fact, random));
        }
        return told;
    }

    private static String said(Assessment a) {
        StringBuilder said = new StringBuilder();
        for (Benefit b : a.benefits())
            said.append(b.verdict())
                    .append(' ')
                    .append(b.level())
                    .append(' ')
                    .append(b.amountFen())
                    .append(' ')
                    .append(b.instalments().stream().map(Instalment::amountFen).toList())
                    .append('\n');
        return said.toString();
    }

    private static List<NextQuestion.Settled> settled(Assessment a) {
        return a.benefits().stream()
                .map(b -> new NextQuestion.Settled(b.code(), b.verdict(), b.amountFen()))
                .toList();
    }
}
