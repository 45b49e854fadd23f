package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hundred facts and lists of five hundred occupations are ordinary: they are judged as a small scheme is, and searched as far as that can be told. */
@Tag("issue-16.3")
class WideSchemeTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    /** Rules that name a handful of codes say the same of everybody, however many others a list has and wherever the facts lie. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatTheRulesDoNotNameChangesNothing(long seed) {
        PolicyPackage small = TinyScheme.wide(seed, 0, 1), wide = TinyScheme.wide(seed, 180, 500);
        Random random = new Random(seed);
        for (int n = 0; n < 300; n++) {
            Map<String, Object> facts = new HashMap<>();
            for (Scheme.Fact fact : small.catalogue().facts()) {
                List<Object> values = TinyScheme.values(fact);
                Object value = random.nextInt(5) == 0 ? null : values.get(random.nextInt(values.size()));
                if (value != null) facts.put(fact.name(), value);
            }
            Assessment one = assess(small, facts);
            assertThat(told(assess(wide, facts))).as(facts.toString()).isEqualTo(told(one));
            Map<String, Object> elsewhere = new HashMap<>(facts);
            if ("M0".equals(facts.get("trade"))) elsewhere.put("trade", "M321"); // as little named as the first
            if (facts.get("badges") instanceof List<?> badges && badges.contains("M0"))
                elsewhere.put(
                        "badges",
                        badges.stream().map(b -> b.equals("M0") ? "M499" : b).toList());
            assertThat(told(assess(wide, elsewhere))).isEqualTo(told(one));
        }
    }

    private Assessment assess(PolicyPackage policy, Map<String, Object> facts) {
        return assessments.assess(policy, TinyScheme.APPLIED, facts, Adjustments.NONE);
    }

    private static List<Object> told(Assessment a) {
        return a.benefits().stream()
                .map(b -> (Object) List.of(
                        b.verdict(),
                        b.amountFen(),
                        b.reasons().stream().map(Reason::code).toList()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theChecksFindTheSameAsInTheSmallScheme(long seed) {
        assertThat(found(TinyScheme.wide(seed, 180, 500))).isEqualTo(found(TinyScheme.wide(seed, 0, 1)));
    }

    private static List<String> found(PolicyPackage policy) {
        Findings findings = new Findings();
        new Verifier(CityCalendar::calendar, () -> TinyScheme.APPLIED).check(policy, findings);
        return Stream.concat(findings.all().stream(), findings.warnings().stream())
                .filter(m -> !m.code().equals("UNUSED_FACT"))
                .map(m -> m.code() + " " + m.field())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsWorthAskingIsTheSame(long seed) {
        PolicyPackage small = TinyScheme.wide(seed, 0, 1), wide = TinyScheme.wide(seed, 100, 500);
        NextQuestion questions = new NextQuestion(assessments);
        assertThat(questions.after(wide, TinyScheme.APPLIED, Map.of()).questions().stream()
                        .map(NextQuestion.Question::fact)
                        .toList())
                .isEqualTo(questions.after(small, TinyScheme.APPLIED, Map.of()).questions().stream()
                        .map(NextQuestion.Question::fact)
                        .toList());
    }

    /** Rows about hundreds of occupations, of which the search tells 63 groups apart: it says of which lists that holds, and not that it had no time. */
    @Test
    void aSearchThatCannotTellAllCodesApartSaysOfWhichLists() {
        PolicyPackage policy = new WideScheme(200, 500, 400).make();
        Findings findings = new Findings();
        long before = System.nanoTime();
        new Verifier(CityCalendar::calendar, () -> TinyScheme.APPLIED).check(policy, findings);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(3));
        assertThat(findings.warnings())
                .filteredOn(m -> m.code().equals("NOT_SEARCHED"))
                .extracting(Mistake::field)
                .containsExactlyInAnyOrder("scheme.yaml, facts.trade", "scheme.yaml, facts.skills");
        assertThat(findings.warnings())
                .filteredOn(m -> m.code().equals("NOT_SEARCHED"))
                .allSatisfy(m -> assertThat(m.message().zh()).contains("签字"));
    }

    /** A real package, written as people write it: the list of crafts has 500 more, and the form asks for 100 things more. */
    @Test
    void aPackageWithALongListIsReadJudgedAndExplained() {
        var files = MadeUpPackage.files();
        files.computeIfPresent(
                "scheme.yaml",
                (path, content) ->
                        widened(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        PolicyPackage wide = MadeUpPackage.of(files), small = MadeUpPackage.of(MadeUpPackage.files());
        Map<String, Object> facts = new HashMap<>(SharesTest.luthier(90_000_00));
        assertThat(told(assessments.assess(wide, LocalDate.of(2025, 9, 15), facts, Adjustments.NONE)))
                .isEqualTo(told(assessments.assess(small, LocalDate.of(2025, 9, 15), facts, Adjustments.NONE)));
        facts.put("craft", "OTHER_499");
        assertThat(told(assessments.assess(wide, LocalDate.of(2025, 9, 15), facts, Adjustments.NONE)))
                .isEqualTo(told(assessments.assess(
                        small, LocalDate.of(2025, 9, 15), SharesTest.luthier(90_000_00), Adjustments.NONE)));
        Explained explained =
                new Explanations(assessments).explain(wide, LocalDate.of(2025, 9, 15), facts, Adjustments.NONE);
        assertThat(explained.toString()).contains("其他499");
    }

    private static String widened(String scheme) {
        String crafts = IntStream.range(0, 500)
                .mapToObj(n -> "{code: OTHER_" + n + ", name: {zh: 其他" + n + ", en: Other " + n + "}}, ")
                .collect(Collectors.joining());
        int values = scheme.indexOf("values:", scheme.indexOf("name: craft")), list = scheme.indexOf('[', values) + 1;
        String more = IntStream.range(0, 100)
                .mapToObj(n -> "  - {name: more" + n + ", type: boolean, source: applicant, label: {zh: 另" + n
                        + ", en: More " + n + "}}\n")
                .collect(Collectors.joining());
        String wide = scheme.substring(0, list) + crafts + scheme.substring(list);
        return wide.replace("\nfacts:\n", "\nfacts:\n" + more);
    }

    /** As sets of numbers are, for any size. */
    @Test
    void setsOfNumbersAreWhatTheyAreBelowAndAboveSixtyFour() {
        Random random = new Random(64);
        for (int n = 0; n < 20_000; n++) {
            int most = random.nextInt(4) == 0 ? 60 : 200;
            BitSet a = new BitSet(), b = new BitSet();
            Bits x = Bits.NONE, y = Bits.NONE;
            for (int i = random.nextInt(12); i > 0; i--) {
                int one = random.nextInt(most), other = random.nextInt(most);
                a.set(one);
                x = x.with(one);
                b.set(other);
                y = y.with(other);
            }
            BitSet or = (BitSet) a.clone(), and = (BitSet) a.clone(), without = (BitSet) a.clone();
            or.or(b);
            and.and(b);
            without.andNot(b);
            same(or, x.or(y));
            same(and, x.and(y));
            same(without, x.without(y));
            assertThat(x.equals(y)).isEqualTo(a.equals(b));
            int below = random.nextInt(300);
            assertThat(Bits.below(below).count()).isEqualTo(below);
        }
    }

    private static void same(BitSet set, Bits bits) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = bits.first(); i >= 0; i = bits.next(i + 1)) numbers.add(i);
        assertThat(numbers).isEqualTo(set.stream().boxed().toList());
        assertThat(bits.count()).isEqualTo(set.cardinality());
        assertThat(bits.isEmpty()).isEqualTo(set.isEmpty());
        assertThat(bits.has(191)).isEqualTo(set.get(191));
    }

    @Test
    void theSchemesOfTheCityStillFitIntoOneWord() {
        for (String scheme : List.of("talent-recognition", "recruitment-subsidy", "skills-award"))
            assertThat(new SchemeRules(cn.jincai.policy.CityPackages.of(scheme)).vocabulary.size())
                    .isLessThanOrEqualTo(64);
    }
}
