package cn.jincai.planning;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One question after the other, over all schemes of the city and one that nobody ever wrote a page for. */
@Tag("issue-18.2")
class ScreeningTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 16);
    private static final int PEOPLE = LongRun.of(80);

    private final Assessments assessments = Assessments.with(CityCalendar.calendar());
    private final FormCheck check = new FormCheck(new CityClock(), List.of());
    private final Screening screening =
            new Screening(assessments, new NextQuestion(assessments), new AllSchemes(assessments), check);

    private static List<PolicyPackage> schemes() {
        List<PolicyPackage> schemes = new ArrayList<>(
                CityPackages.FOLDERS.schemes().stream().map(CityPackages::of).toList());
        schemes.add(MadeUpPackage.read());
        return schemes;
    }

    private static List<PolicyPackage> some(List<PolicyPackage> schemes, int person) {
        return person % 2 == 0 ? schemes : List.of(schemes.get(person / 2 % schemes.size()));
    }

    private Form.Field field(List<PolicyPackage> schemes, String key) {
        return schemes.stream()
                .flatMap(p -> screening.of(p).form().field(key).stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thereAreFewerQuestionsWithEachAnswerAndNoneTwiceAndNoneOfWhatOnlyARecordKnows() {
        List<PolicyPackage> schemes = schemes();
        int asked = 0;
        for (int person = 0; person < PEOPLE; person++) {
            Random random = new Random(person);
            var answers = new RandomAnswers(random, DAY);
            List<PolicyPackage> these = some(schemes, person);
            Told told = Told.NOTHING;
            List<String> left = screening.left(these, told, DAY);
            assertThat(left).isNotEmpty();
            while (!left.isEmpty()) {
                String next = left.get(0);
                assertThat(told.has(next)).as(next).isFalse();
                assertThat(these)
                        .anySatisfy(p -> assertThat(screening.of(p).asks(next)).isTrue());
                for (PolicyPackage p : these)
                    p.catalogue()
                            .fact(next)
                            .ifPresent(fact ->
                                    assertThat(fact.isOwnRecords()).as(next).isFalse());
                told = random.nextInt(8) == 0
                        ? told.withUnknown(next)
                        : told.with(next, answers.to(field(these, next)));
                List<String> then = screening.left(these, told, DAY);
                assertThat(left).as("after %s of %s", next, told).containsAll(then);
                assertThat(then).hasSizeLessThan(left.size());
                left = then;
                asked++;
            }
        }
        System.out.println("ScreeningTest: " + asked + " questions to " + PEOPLE + " people");
    }

    @Test
    void whatIsNotAskedAnyMoreChangesNothing() {
        List<PolicyPackage> schemes = schemes();
        for (int person = 0; person < PEOPLE; person++) {
            Random random = new Random(1_000 + person);
            var answers = new RandomAnswers(random, DAY);
            List<PolicyPackage> these = some(schemes, person);
            Told told = answered(these, answers);
            for (int other = 0; other < 20; other++) {
                Told more = told;
                for (PolicyPackage p : these)
                    for (Form.Field field : screening.of(p).form().fields())
                        if (screening.of(p).asks(field.key()) && !more.has(field.key()))
                            more = more.with(field.key(), answers.to(field));
                for (PolicyPackage p : these)
                    assertThat(said(assess(p, more)))
                            .as("%s: %s, and %s", p.scheme(), told, more)
                            .isEqualTo(said(assess(p, told)));
            }
        }
    }

    private Told answered(List<PolicyPackage> these, RandomAnswers answers) {
        Told told = Told.NOTHING;
        for (List<String> left = screening.left(these, told, DAY);
                !left.isEmpty();
                left = screening.left(these, told, DAY))
            told = told.with(left.get(0), answers.to(field(these, left.get(0))));
        return told;
    }

    private Assessment assess(PolicyPackage policy, Told told) {
        return assessments.assess(policy, DAY, screening.facts(policy, told, DAY), Adjustments.NONE);
    }

    private static Map<String, String> said(Assessment a) {
        Map<String, String> said = new HashMap<>();
        a.benefits().forEach(b -> said.put(b.code(), b.verdict() + " " + b.amountFen()));
        return said;
    }
}
