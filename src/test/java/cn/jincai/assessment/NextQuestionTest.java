package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextQuestionTest {
    private static final Assessments ASSESSMENTS = Assessments.with(CityCalendar.calendar());
    private static final NextQuestion NEXT = new NextQuestion(ASSESSMENTS);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 16);
    private static final int PEOPLE = 12;

    /** Somebody answers one question after the other and stops when nothing matters any more: the answer is that of all facts. */
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", "made-up"})
    void whatIsSettledIsWhatAllFactsGive(String scheme) {
        PolicyPackage policy = policy(scheme);
        Random random = new Random(11);
        int asked = 0;
        for (int person = 0; person < PEOPLE; person++) {
            Map<String, Object> all = RandomCase.facts(policy.catalogue(), DAY, random, 0), told = new HashMap<>();
            all.replaceAll((name, value) -> value instanceof LocalDate day && day.isAfter(DAY) ? DAY : value);
            NextQuestion.Next next = NEXT.after(policy, DAY, told);
            while (!next.questions().isEmpty()) {
                String fact = next.questions().get(0).fact();
                assertThat(told).doesNotContainKey(fact);
                told.put(fact, all.get(fact));
                asked++;
                next = NEXT.after(policy, DAY, told);
            }
            assertThat(next.settled())
                    .as(told.toString())
                    .isEqualTo(said(ASSESSMENTS.assess(policy, DAY, all, Adjustments.NONE)));
        }
        System.out.println("NextQuestionTest " + scheme + ": " + asked / (double) PEOPLE + " of "
                + policy.catalogue().facts().size() + " asked");
        assertThat(asked / (double) PEOPLE)
                .isLessThan(policy.catalogue().facts().size());
    }

    /** What it does not ask about makes no difference: however such facts are filled in, nothing changes while the others stay. */
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", "made-up"})
    void whatIsNotAskedMakesNoDifference(String scheme) {
        PolicyPackage policy = policy(scheme);
        Random random = new Random(12);
        for (int person = 0; person < 15; person++) {
            Map<String, Object> told = RandomCase.facts(policy.catalogue(), DAY, random, 0.4);
            List<String> asks = NEXT.after(policy, DAY, told).questions().stream()
                    .map(NextQuestion.Question::fact)
                    .toList();
            for (int i = 0; i < 60; i++) {
                Map<String, Object> one = full(policy.catalogue(), told, random),
                        other = full(policy.catalogue(), told, random),
                        mixed = new HashMap<>(one);
                policy.catalogue().facts().stream()
                        .map(Scheme.Fact::name)
                        .filter(f -> !asks.contains(f))
                        .forEach(f -> mixed.put(f, other.get(f)));
                assertThat(said(ASSESSMENTS.assess(policy, DAY, mixed, Adjustments.NONE)))
                        .as("%s %s %s", told, one, mixed)
                        .isEqualTo(said(ASSESSMENTS.assess(policy, DAY, one, Adjustments.NONE)));
            }
        }
    }

    private static Map<String, Object> full(Scheme scheme, Map<String, Object> told, Random random) {
        Map<String, Object> full = RandomCase.facts(scheme, DAY, random, 0);
        full.replaceAll((name, value) -> value instanceof LocalDate day && day.isAfter(DAY) ? DAY : value);
        told.forEach((name, value) -> {
            if (!(value instanceof LocalDate day && day.isAfter(DAY))) full.put(name, value);
        });
        return full;
    }

    private static List<NextQuestion.Settled> said(Assessment a) {
        return a.benefits().stream()
                .map(b -> new NextQuestion.Settled(b.code(), b.verdict(), b.amountFen()))
                .toList();
    }

    /** Those of the city, and one that nobody ever wrote rules for. */
    private static PolicyPackage policy(String scheme) {
        return scheme.equals("made-up") ? MadeUpPackage.read() : CityPackages.of(scheme);
    }
}
