package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lease from next month: the package says that the day may lie ahead, the rules say that it has to have come, and the answer says when to come back. */
@Tag("issue-16.8")
class DatesAheadTest {
    private static final String CONDITIONS = "rulesets/2025-03/conditions.dmn",
            SOURCES = "rulesets/2025-03/sources.yaml";
    private static final LocalDate APPLIED = LocalDate.of(2025, 9, 15);
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    /** Who has not moved in yet is told so (K-13), where the day may lie ahead. */
    private static PolicyPackage craft(boolean ahead) {
        SortedMap<String, byte[]> files = MadeUpPackage.files();
        change(
                files,
                "scheme.yaml",
                s -> ahead
                        ? s.replace("{name: movedInOn, type: date,", "{name: movedInOn, type: date, mayLieAhead: true,")
                        : s);
        change(files, CONDITIONS, DatesAheadTest::withRow);
        change(files, SOURCES, s -> s.replace("K-12,", "K-12, K-13,"));
        return MadeUpPackage.of(files);
    }

    private static String withRow(String dmn) {
        Matcher row = Pattern.compile("<rule id=\"[^\"]*\">(?:(?!</rule>).)*K-04.*?</rule>", Pattern.DOTALL)
                .matcher(dmn);
        assertThat(row.find()).isTrue();
        String copy = row.group()
                .replaceAll("id=\"", "id=\"ahead-")
                .replace("&lt; moveFrom", "&gt; applicationDate")
                .replace("K-04", "K-13")
                .replace("MOVED_TOO_SOON", "BEFORE_TIME");
        return dmn.substring(0, row.end()) + copy + dmn.substring(row.end());
    }

    private static void change(
            SortedMap<String, byte[]> files, String file, java.util.function.UnaryOperator<String> change) {
        files.computeIfPresent(
                file,
                (path, content) -> change.apply(new String(content, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Benefit houseMoney(PolicyPackage policy, LocalDate movedIn, Map<String, Object> also) {
        Map<String, Object> facts = SharesTest.luthier(90_000_00);
        facts.put("movedInOn", movedIn);
        facts.putAll(also);
        return assessments
                .assess(policy, APPLIED, facts, Adjustments.NONE)
                .benefits()
                .get(1);
    }

    private static Reason reason(Benefit benefit, String rule) {
        return benefit.reasons().stream()
                .filter(r -> rule.equals(r.rule()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLeaseFromNextMonthIsToldTheDayOnWhichToComeBack() {
        Benefit money = houseMoney(craft(true), LocalDate.of(2025, 10, 1), Map.of());
        assertThat(money.verdict()).isEqualTo(Verdict.REJECT);
        Reason reason = reason(money, "K-13");
        assertThat(reason.comeBackOn()).isEqualTo(LocalDate.of(2025, 10, 1));
        assertThat(reason.mend().zh()).contains("2025年10月1日").contains("请从该日起再来申请");
        assertThat(reason.mend().en()).contains("2025-10-01").contains("come back on that day");
    }

    /** On the day that was told it is granted, on the day before it is not. */
    @Test
    void theDayIsExactlyTheFirst() {
        PolicyPackage policy = craft(true);
        Map<String, Object> facts = SharesTest.luthier(90_000_00);
        facts.put("movedInOn", LocalDate.of(2026, 2, 11));
        LocalDate told = reason(houseMoney(policy, LocalDate.of(2026, 2, 11), Map.of()), "K-13")
                .comeBackOn();
        assertThat(assessments
                        .assess(policy, told, facts, Adjustments.NONE)
                        .benefits()
                        .get(1)
                        .verdict())
                .isEqualTo(Verdict.APPROVE);
        assertThat(assessments
                        .assess(policy, told.minusDays(1), facts, Adjustments.NONE)
                        .benefits()
                        .get(1)
                        .verdict())
                .isEqualTo(Verdict.REJECT);
    }

    /** The second share opens a year after one has moved in: both reasons name the later day, as only then is it granted. */
    @Test
    void whereTwoConditionsWaitTheLaterDayIsTold() {
        Benefit money =
                houseMoney(craft(true), LocalDate.of(2025, 10, 1), Map.of("share", 2L, "sharesPaid", List.of(1L)));
        assertThat(reason(money, "K-13").comeBackOn()).isEqualTo(LocalDate.of(2026, 10, 1));
        assertThat(reason(money, "K-06").comeBackOn()).isEqualTo(LocalDate.of(2026, 10, 1));
    }

    @Test
    void noDayIsToldWhereNoneHelps() {
        PolicyPackage policy = craft(true);
        Benefit barred = houseMoney(policy, LocalDate.of(2025, 10, 1), Map.of("barred", true));
        assertThat(barred.reasons()).allMatch(r -> r.comeBackOn() == null);
        Benefit dormitory = houseMoney(policy, LocalDate.of(2025, 6, 1), Map.of("roof", "DORMITORY"));
        assertThat(dormitory.reasons()).as("nothing lies ahead").allMatch(r -> r.comeBackOn() == null);
        assertThat(dormitory.reasons().get(0).mend().en()).doesNotContain("come back");
    }

    /** Anywhere else a day after the application is a slip, and nobody knows what was meant. */
    @Test
    void whereNothingIsSaidSuchADayIsUnknownAsEver() {
        Benefit money = houseMoney(craft(false), LocalDate.of(2025, 10, 1), Map.of());
        assertThat(money.reasons()).extracting(Reason::code).contains(Reason.DATA_UNAVAILABLE);
        assertThat(houseMoney(craft(true), LocalDate.of(2025, 6, 1), Map.of("bornOn", LocalDate.of(2025, 12, 1)))
                        .reasons())
                .extracting(Reason::code)
                .contains(Reason.DATA_UNAVAILABLE);
    }

    /** The search looks at days after the application too, where they may lie ahead. */
    @Test
    void theVerifierTakesNoRowAboutADayAheadForDead() {
        assertThat(never(craft(true))).noneMatch(f -> f.contains("housing") && f.contains("row 2"));
    }

    private static List<String> never(PolicyPackage policy) {
        Findings findings = new Findings();
        new RulesCheck().check(policy, findings);
        new Verifier(CityCalendar::calendar, () -> LocalDate.of(2026, 11, 30)).check(policy, findings);
        return findings.warnings().stream()
                .filter(m -> m.code().equals("NEVER_HOLDS"))
                .map(Problem.Mistake::field)
                .toList();
    }

    @Test
    void onlyADateMayLieAhead() {
        Problem refused = org.junit.jupiter.api.Assertions.assertThrows(
                Problem.class,
                () -> MadeUpPackage.with(
                        "scheme.yaml",
                        s -> s.replace(
                                "{name: nightsAway, type: integer,",
                                "{name: nightsAway, type: integer, mayLieAhead: true,")));
        assertThat(refused.mistakes()).anyMatch(m -> m.code().equals("MAY_LIE_AHEAD"));
    }
}
