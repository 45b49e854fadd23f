package cn.jincai.assessment.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.explanation.Rulebook.Change;
import cn.jincai.assessment.explanation.Rulebook.History;
import cn.jincai.assessment.explanation.Rulebook.Period;
import cn.jincai.assessment.explanation.Rulebook.Unproven;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulebooksTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private final Rulebooks rulebooks = new Rulebooks(new Explanations(Assessments.with(CityCalendar.calendar())));

    @Test
    void aSchemeThatNobodyKnowsIsReadOut() {
        PolicyPackage policy = MadeUpPackage.read();
        Rulebook book = rulebooks.read(policy, policy.rulesets().get(0), TODAY);
        assertThat(book.sheets())
                .flatExtracting(Rulebook.Sheet::lines)
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> {
                    assertThat(line.sentence().zh()).endsWith("。").doesNotContainPattern("[a-z][A-Z]|null|[A-Z]{3}");
                    assertThat(line.sentence().en())
                            .endsWith(".")
                            .doesNotContainPattern("[a-z][A-Z]|null|[A-Z]{3}|[\\u4e00-\\u9fff]");
                    assertThat(line.basis()).isNotNull();
                });
        History nights = book.values().stream()
                .filter(h -> h.name().equals("nightsAtMost"))
                .findFirst()
                .orElseThrow();
        assertThat(nights.periods())
                .extracting(Period::from, Period::until, Period::is, Period::now)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(null, LocalDate.of(2025, 8, 31), null, false),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.of(2025, 9, 1), null, 36L, true));
    }

    @Test
    void whatIsNotConfirmedIsToldInWordsAndYuan() {
        for (String scheme : List.of("skills-award", "talent-recognition", "recruitment-subsidy")) {
            PolicyPackage policy = CityPackages.of(scheme);
            assertThat(rulebooks.unproven(policy, TODAY))
                    .as(scheme)
                    .isNotEmpty()
                    .allSatisfy(open -> {
                        assertThat(open.status()).isNotEqualTo(Status.SOURCED);
                        assertThat(open.what().zh()).doesNotContainPattern("[a-z][A-Z]|null|[A-Z]{3}_");
                        assertThat(open.what().en()).doesNotContainPattern("[\\u4e00-\\u9fff]|null");
                    });
        }
        List<Unproven> award = rulebooks.unproven(CityPackages.of("skills-award"), TODAY);
        assertThat(award)
                .filteredOn(open -> open.code().equals("awardOneFen"))
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.what()).isEqualTo(new Text("晋江技能人才奖励：一级（高级技师）", "City award, level 1"));
                    assertThat(open.value()).isEqualTo(new Text("5,000元", "5,000 yuan"));
                    assertThat(open.from()).as("always").isNull();
                });
        assertThat(award)
                .filteredOn(open -> open.value() == null)
                .isNotEmpty()
                .allSatisfy(open -> assertThat(open.file()).endsWith(".dmn"));
    }

    @Test
    void whatIsNoDifferenceIsNone() {
        PolicyPackage policy = CityPackages.of("skills-award"),
                reworded =
                        CityPackages.with(
                                "skills-award", "scheme.yaml", s -> s.replace("zh: 技能人才奖励,", "zh: 技能人才奖励办法,"));
        assertThat(rulebooks.differences(policy, policy, TODAY)).isEmpty();
        assertThat(rulebooks.differences(policy, reworded, TODAY)).isEmpty();
    }

    @Test
    void aSumThatIsRaisedIsToldBySoMuch() {
        PolicyPackage before = CityPackages.of("skills-award"),
                after =
                        CityPackages.with(
                                "skills-award",
                                "rulesets/2026-01/parameters.yaml",
                                s -> s.replace("is: 500000,", "is: 650000,"));
        List<Change> changes = rulebooks.differences(before, after, TODAY);
        assertThat(changes)
                .filteredOn(c -> c.place().equals("awardOneFen"))
                .singleElement()
                .extracting(Change::before, Change::after, Change::by)
                .containsExactly(
                        new Text("5,000元（ILLUSTRATIVE）", "5,000 yuan (ILLUSTRATIVE)"),
                        new Text("6,500元（ILLUSTRATIVE）", "6,500 yuan (ILLUSTRATIVE)"),
                        new Text("+1,500元", "+1,500 yuan"));
    }

    @Test
    void aRowThatChangedIsReadOutBeforeAndAfter() {
        PolicyPackage before = CityPackages.of("skills-award"),
                after =
                        CityPackages.with(
                                "skills-award",
                                "rulesets/2026-01/conditions.dmn",
                                s -> s.replace("&lt; contractMonthsAtLeast", "&lt;= contractMonthsAtLeast"));
        assertThat(rulebooks.differences(before, after, TODAY)).singleElement().satisfies(change -> {
            assertThat(change.place()).isEqualTo("award C2-08");
            assertThat(change.before().zh()).contains("少于12个月");
            assertThat(change.after().zh()).contains("不超过12个月");
        });
    }
}
