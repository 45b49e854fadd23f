package cn.jincai.assessment;

import static cn.jincai.assessment.CraftHouse.DAY;
import static cn.jincai.assessment.CraftHouse.luthier;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rank among rates is no talent's level; the highest amount wins where the text says so; of alternatives only what was asked for is judged. */
@Tag("issue-16.6")
class ChoiceTest {
    private static final String WISH = "{name: wish, type: list, source: applicant, label: {zh: 申请项目, en: Asked for}, "
            + "values: [{code: NAME, name: {zh: 称号, en: Name}}, {code: MONEY, name: {zh: 补助, en: Money}}]}";
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    /** One who rents may also hold for the other row: both hold where the roof is rented. */
    private static CraftHouse bothHold() {
        return new CraftHouse()
                .with(
                        CraftHouse.BENEFITS,
                        "<inputEntry id=\"shelter-2-roof\"><text>\"OWNED\"",
                        "<inputEntry id=\"shelter-2-roof\"><text>\"OWNED\", \"RENTED\"")
                .with(CraftHouse.SCHEME, "      atMost: twoRents\n", "")
                .with(CraftHouse.SCHEME, "    - {fact: twoRents, as: calculation, is: \"rentAYear * 2\"}\n", "");
    }

    private static CraftHouse ordered(int first, int second) {
        CraftHouse house = bothHold()
                .with(
                        CraftHouse.BENEFITS,
                        "<output id=\"shelter-amountFen\" name=\"amountFen\" />",
                        "<output id=\"shelter-amountFen\" name=\"amountFen\" /><output id=\"shelter-order\" name=\"order\" />");
        for (int row = 1; row <= 2; row++)
            house.with(
                    CraftHouse.BENEFITS,
                    "<outputEntry id=\"shelter-" + row + "-amountFen\"><text>" + (row == 1 ? "rentedFen" : "ownedFen")
                            + "</text></outputEntry>",
                    "<outputEntry id=\"shelter-" + row + "-amountFen\"><text>" + (row == 1 ? "rentedFen" : "ownedFen")
                            + "</text></outputEntry><outputEntry id=\"shelter-" + row + "-order\"><text>"
                            + (row == 1 ? first : second) + "</text></outputEntry>");
        return house;
    }

    private static CraftHouse highest() {
        return bothHold()
                .with(
                        CraftHouse.SCHEME,
                        "tables: [gate, shelter, housing]",
                        "tables: [gate, shelter, housing]\n      choice: highestAmount");
    }

    private static CraftHouse alternatives() {
        return new CraftHouse()
                .withFact(WISH)
                .with(
                        CraftHouse.SCHEME,
                        "tables: [gate, grades, naming]",
                        "tables: [gate, grades, naming]\n      askedFor: {fact: wish, is: NAME}")
                .with(
                        CraftHouse.SCHEME,
                        "tables: [gate, shelter, housing]",
                        "tables: [gate, shelter, housing]\n      askedFor: {fact: wish, is: MONEY}");
    }

    private Assessment assess(PolicyPackage policy, Map<String, Object> facts) {
        return assessments.assess(policy, DAY, facts, Adjustments.NONE);
    }

    private static long whole(Benefit benefit) {
        return benefit.instalments().stream().mapToLong(Instalment::amountFen).sum();
    }

    private static Map<String, Object> wishing(String... codes) {
        Map<String, Object> facts = luthier();
        facts.put("wish", List.of(codes));
        return facts;
    }

    @Test
    void theOrderAmongRatesChoosesAndIsNeverALevel() {
        for (int[] order : new int[][] {{1, 2}, {2, 1}}) {
            PolicyPackage policy = ordered(order[0], order[1]).read();
            Benefit benefit = assess(policy, luthier()).benefits().get(1);
            assertThat(whole(benefit)).isEqualTo(order[0] == 1 ? 800_001 : 1_500_000);
            assertThat(benefit.level()).isNull();
            Explained explained = new Explanations(assessments).explain(policy, DAY, luthier(), Adjustments.NONE);
            assertThat(explained.benefits().get(1).conditions().stream()
                            .map(c -> c.official().zh() + c.demand().zh()))
                    .noneMatch(said -> said.contains("层次"));
        }
    }

    /** A better rate that nobody can tell about yet is asked for, a worse one is not. */
    @Test
    void whatIsNotKnownMattersOnlyForABetterPlace() {
        Map<String, Object> facts = luthier();
        facts.remove("craft");
        for (int[] order : new int[][] {{1, 2}, {2, 1}}) {
            PolicyPackage policy = ordered(order[0], order[1])
                    .with(
                            CraftHouse.BENEFITS,
                            "<input id=\"shelter-roof\" label=\"住处\"><inputExpression id=\"shelter-roof-x\"><text>roof</text></inputExpression></input>",
                            "<input id=\"shelter-roof\" label=\"住处\"><inputExpression id=\"shelter-roof-x\"><text>roof</text></inputExpression></input><input id=\"shelter-craft\" label=\"手艺\"><inputExpression id=\"shelter-craft-x\"><text>craft</text></inputExpression></input>")
                    .with(
                            CraftHouse.BENEFITS,
                            "<text>\"RENTED\"</text></inputEntry>",
                            "<text>\"RENTED\"</text></inputEntry><inputEntry id=\"shelter-1-craft\"><text></text></inputEntry>")
                    .with(
                            CraftHouse.BENEFITS,
                            "<text>\"OWNED\", \"RENTED\"</text></inputEntry>",
                            "<text>\"OWNED\", \"RENTED\"</text></inputEntry><inputEntry id=\"shelter-2-craft\"><text>\"LUTHIER\"</text></inputEntry>")
                    .read();
            assertThat(assess(policy, facts).benefits().get(1).verdict())
                    .isEqualTo(order[1] == 1 ? Verdict.MANUAL : Verdict.APPROVE);
        }
    }

    @Test
    void theHighestAmountWinsAndTheLinesShowTheOthers() {
        PolicyPackage policy = highest().read();
        assertThat(whole(assess(bothHold().read(), luthier()).benefits().get(1)))
                .as("without it the first row")
                .isEqualTo(800_001);
        assertThat(whole(assess(policy, luthier()).benefits().get(1))).isEqualTo(1_500_000);
        List<Explained.Line> lines = new Explanations(assessments)
                .explain(policy, DAY, luthier(), Adjustments.NONE)
                .benefits()
                .get(1)
                .sum();
        assertThat(lines.stream().map(l -> l.what().en() + " " + l.value()))
                .contains("Rule L-04 gives 800001", "Rule L-05 gives 1500000");
        assertThat(lines.get(0).arithmetic().zh()).contains("就高");
    }

    @Test
    void twoRowsThatHoldContradictEachOtherUnlessTheHighestIsTaken() {
        assertThat(findings(bothHold().read())).contains("CONTRADICTION");
        assertThat(findings(highest().read())).doesNotContain("CONTRADICTION");
        assertThat(findings(ordered(1, 2).read())).doesNotContain("CONTRADICTION");
    }

    private static List<String> findings(PolicyPackage policy) {
        Findings findings = new Findings();
        new Verifier(CityCalendar::calendar, () -> DAY).check(policy, findings);
        return findings.all().stream().map(m -> m.code()).toList();
    }

    @Test
    void onlyWhatWasAskedForIsJudged() throws Exception {
        PolicyPackage policy = alternatives().read();
        Assessment name = assess(policy, wishing("NAME"));
        assertThat(name.benefits())
                .singleElement()
                .satisfies(b -> assertThat(b.code()).isEqualTo("MASTER_NAME"));
        assertThat(name.notAsked()).containsExactly("HOUSE_MONEY");
        assertThat(name.verdict()).isEqualTo(Verdict.APPROVE);
        Assessment both = assess(policy, wishing("NAME", "MONEY"));
        assertThat(both.benefits()).hasSize(2);
        assertThat(both.notAsked()).isEmpty();
        JsonMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        assertThat(json.writeValueAsString(name))
                .contains("\"notAsked\":[\"HOUSE_MONEY\"]")
                .doesNotContain("REJECT");
        assertThat(json.writeValueAsString(both))
                .as("an answer that was kept before reads the same")
                .doesNotContain("notAsked");
    }

    /** What was not asked for brings no reason into the case, however badly it would come out. */
    @Test
    void whatWasNotAskedForIsNeitherRefusedNorAReason() {
        PolicyPackage policy = alternatives().read();
        Map<String, Object> facts = wishing("NAME");
        facts.put("roof", "DORMITORY");
        facts.remove("rentAYear");
        Assessment assessment = assess(policy, facts);
        assertThat(assessment.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(assessment.benefits())
                .allSatisfy(b -> assertThat(b.reasons()).isEmpty());
        Explained explained = new Explanations(assessments).explain(policy, DAY, facts, Adjustments.NONE);
        assertThat(explained.benefits()).hasSize(1);
        facts.put("seals", List.of());
        assertThat(assess(policy, facts).verdict())
                .as("what was asked for is refused")
                .isEqualTo(Verdict.REJECT);
    }

    @Test
    void whetherItIsAskedForMayBeAQuestionItself() {
        PolicyPackage policy = alternatives().read();
        Assessment unknown = assess(policy, luthier());
        assertThat(unknown.benefits()).hasSize(2).allSatisfy(b -> {
            assertThat(b.verdict()).isEqualTo(Verdict.MANUAL);
            assertThat(b.reasons()).singleElement().satisfies(r -> {
                assertThat(r.code()).isEqualTo(Reason.DATA_UNAVAILABLE);
                assertThat(r.fact()).isEqualTo("wish");
            });
        });
        assertThat(assess(policy, wishing()).verdict())
                .as("nothing is asked for: nobody is refused, a person looks")
                .isEqualTo(Verdict.MANUAL);
        assertThat(new NextQuestion(assessments).after(policy, DAY, luthier()).questions())
                .extracting(NextQuestion.Question::fact)
                .contains("wish");
    }

    @Test
    void aWorkedCaseSaysWhatIsNotAskedFor() {
        String example = "rulesets/2025-03/examples.yaml";
        PolicyPackage policy = alternatives()
                .with(example, "share: 1, advance: 0}", "share: 1, advance: 0, wish: [MONEY, NAME]}")
                .with(
                        example,
                        "- case: {zh: 没有印章、住宿舍、证件未核实",
                        "- case: {zh: 只申请称号, en: Only the name is asked for}\n  applicationDate: 2025-09-15\n"
                                + "  facts: {<<: *luthier, wish: [NAME], roof: DORMITORY}\n"
                                + "  expect:\n    case: APPROVE\n    HOUSE_MONEY: {asked: false}\n"
                                + "- case: {zh: 没有印章、住宿舍、证件未核实")
                .read();
        Findings findings = new Findings();
        new ExamplesCheck(assessments).check(policy, findings);
        assertThat(findings.all()).isEmpty();
        Findings wrong = new Findings();
        new ExamplesCheck(assessments)
                .check(
                        alternatives()
                                .with(example, "share: 1, advance: 0}", "share: 1, advance: 0, wish: [NAME]}")
                                .read(),
                        wrong);
        assertThat(wrong.all()).isNotEmpty();
    }

    @Test
    void whatCannotBeChosenOrAskedForIsToldWithItsPlace() {
        assertThat(alternatives()
                        .with(CraftHouse.SCHEME, "is: MONEY", "is: HOUSE")
                        .findings())
                .singleElement()
                .satisfies(m -> assertThat(m.field()).contains("askedFor"));
        assertThat(alternatives()
                        .with(CraftHouse.SCHEME, "{fact: wish, is: MONEY}", "{fact: nightsAway, is: MONEY}")
                        .findings())
                .singleElement()
                .satisfies(m -> assertThat(m.code()).isEqualTo("ASKED_FOR"));
        assertThat(highest()
                        .with(CraftHouse.SCHEME, "choice: highestAmount", "choice: most")
                        .findings())
                .singleElement()
                .satisfies(m -> assertThat(m.message().en()).contains("highestAmount"));
        assertThat(ordered(0, 2).findings())
                .singleElement()
                .satisfies(m -> assertThat(m.code()).isEqualTo("LEVEL"));
    }
}
