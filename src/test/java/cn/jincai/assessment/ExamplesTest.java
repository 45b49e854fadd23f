package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.calendar.CalendarNotice;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void everyWorkedCaseComesOutAsPromised(String scheme) {
        PolicyPackage policy = CityPackages.of(scheme);
        Findings findings = new Findings();
        new RulesCheck().check(policy, findings);
        assertThat(findings.all()).isEmpty();
        new ExamplesCheck(assessments).check(policy, findings);
        assertThat(findings.all()).isEmpty();
        assertThat(WorkedCase.of(policy, policy.rulesets().get(0), findings)).hasSizeGreaterThanOrEqualTo(25);
    }

    /** An example that calls a year's notice unknown says so, and takes it as unknown also when it is out. */
    @Tag("issue-13.16")
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void theNoticesOfLaterYearsStopNoPackage(String scheme) {
        List<CalendarNotice> notices =
                new ArrayList<>(CityCalendar.calendar().notices().values());
        for (int year = 2027; year <= 2032; year++)
            notices.add(CalendarNotice.read(
                    "{year: %d, source: {zh: 测试, en: for a test}, rest: [01-01..01-31, 02-01..02-28, 03-01..03-31, 04-01..04-05], worked: []}"
                            .formatted(year)));
        Findings findings = new Findings();
        new ExamplesCheck(Assessments.with(new WorkingCalendar(notices))).check(CityPackages.of(scheme), findings);
        assertThat(findings.all()).isEmpty();
    }

    @Tag("issue-13.16")
    @Test
    void anExampleWithoutItsYearIsToldWhichOneItTakesAsTheLast() {
        List<CalendarNotice> notices =
                new ArrayList<>(CityCalendar.calendar().notices().values());
        notices.add(CalendarNotice.read(
                "{year: 2027, source: {zh: 测试, en: for a test}, rest: [01-01..01-03], worked: []}"));
        PolicyPackage policy = CityPackages.with(
                "skills-award",
                "rulesets/2026-01/examples.yaml",
                text -> text.replaceAll("  noticesUntil: 2026\n", ""));
        Findings findings = new Findings();
        new ExamplesCheck(Assessments.with(new WorkingCalendar(notices))).check(policy, findings);
        assertThat(findings.all())
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.message().en()).endsWith("write noticesUntil: 2026"));
    }

    @Tag("issue-13.16")
    @Test
    void anExampleThatLeansOnANoticeThatNobodyHasLoadedSaysSo() {
        PolicyPackage policy = CityPackages.with(
                "skills-award",
                "rulesets/2026-01/examples.yaml",
                text -> text.replaceFirst("noticesUntil: 2026", "noticesUntil: 2027"));
        Findings findings = new Findings();
        new ExamplesCheck(assessments).check(policy, findings);
        assertThat(findings.all())
                .singleElement()
                .satisfies(m -> assertThat(m.code()).isEqualTo("NOTICE_UNKNOWN"));
    }

    /** Nobody who was a chief technician is granted anything: the gap is told first, and each case that fails for it names it. */
    @Tag("issue-16.17")
    @Test
    void theVerifierSpeaksFirstOfWhatMakesExamplesFail() {
        PolicyPackage policy = CityPackages.with(
                "skills-award",
                "rulesets/2026-01/benefits.dmn",
                text -> text.replaceFirst("\"CHIEF\"</text>", "\"SPECIAL\", \"ONE\"</text>"));
        List<Findings.Found> found = found(policy);
        assertThat(found.get(0).mistake().code()).isEqualTo("GAP");
        assertThat(found.get(0).explains()).isEqualTo(2);
        assertThat(found.stream().filter(f -> f.mistake().code().equals("EXAMPLE")))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.mistake().message().en())
                        .endsWith("(because of scheme.yaml, rules.benefits.CITY_AWARD: GAP)"));
    }

    /** A case that is promised otherwise than the rules say it is no row's fault. */
    @Tag("issue-16.17")
    @Test
    void noRowIsBlamedForAnExampleThatIsWrongItself() {
        List<Findings.Found> found = found(CityPackages.with(
                "recruitment-subsidy",
                "rulesets/2026-01/examples.yaml",
                text -> text.replaceFirst("amountFen: 5000000", "amountFen: 4000000")));
        assertThat(found).extracting(f -> f.mistake().code()).contains("EXAMPLE", "NEVER_HOLDS");
        assertThat(found).allSatisfy(f -> assertThat(f.explains()).isZero());
    }

    /** Everything is known of the person, so nobody is asked for the day of a certificate that he has told. */
    @Tag("issue-16.17")
    @Test
    void inAYearWithoutNoticeTheReasonNamesTheNotice() {
        PolicyPackage policy = CityPackages.of("skills-award");
        WorkedCase waiting = WorkedCase.of(policy, policy.rulesets().get(0), new Findings()).stream()
                .filter(w -> w.name().en().startsWith("Up to 31 days after"))
                .findFirst()
                .orElseThrow();
        Assessment assessment = assessments.assess(
                policy,
                waiting.applicationDate(),
                waiting.facts(),
                Adjustments.NONE,
                CityCalendar.calendar().until(2026));
        assertThat(assessment.benefits())
                .hasSize(2)
                .allSatisfy(benefit -> assertThat(benefit.reasons())
                        .singleElement()
                        .satisfies(reason -> {
                            assertThat(reason.code()).isEqualTo(Reason.DATA_UNAVAILABLE);
                            assertThat(reason.fact())
                                    .as("the date from which the period runs")
                                    .isEqualTo("certificateIssuedOn");
                            assertThat(reason.message().en())
                                    .startsWith("The State Council's notice on holidays in 2027 is not out");
                            assertThat(reason.message().zh()).contains("2027年放假安排");
                            assertThat(reason.mend().en()).startsWith("There is nothing to hand in");
                            assertThat(reason.rule()).isNotNull();
                        }));
    }

    private List<Findings.Found> found(PolicyPackage policy) {
        Findings findings = new Findings();
        new Verifier(CityCalendar::calendar, () -> LocalDate.of(2026, 11, 25)).check(policy, findings);
        new ExamplesCheck(assessments).check(policy, findings);
        return findings.inOrder();
    }
}
