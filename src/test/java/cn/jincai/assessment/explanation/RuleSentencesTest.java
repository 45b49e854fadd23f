package cn.jincai.assessment.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Text;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSentencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recruitment-subsidy|B2-05|申请期次为1，且首次参保时年龄超过40周岁（首次参保时年龄不超过）的，不予支持。|If Instalment applied for is 1, and Age when first insured is above 40 years (Age when first insured at most): refused.",
                "recruitment-subsidy|B0-02|申请期次为2，且单位所在地不是晋江、泉州其他县市区中的任何一种的，不予支持。|If Instalment applied for is 2, and Place of the employer is none of Jinjiang, Elsewhere in Quanzhou: refused.",
                "recruitment-subsidy|B2-04|在泉州首次参保日期早于2024年2月6日（首次参保不早于）的，不予支持。|If First insured in Quanzhou on is before 2024-02-06 (First insured not before): refused.",
                "recruitment-subsidy|B2-15|（“学历学位”尚不知道，或学历学位为博士，或学历学位为硕士），且没有“人才津贴终身总额”，且有“现有人才层次”的，由工作人员核实。|If (Degree is not known, or Degree is Doctor, or Degree is Master), and there is none: Lifetime total of the recognition allowance, and there is: Level held: for an officer to check.",
                "recruitment-subsidy|B1-03|学历学位为双一流高校本科，且“本市是否包括双一流本科”为“是”（此时为“否”）的，金额为20,000元（双一流本科补贴总额）。|If Degree is Bachelor of a double-first-class university, and Whether such bachelors are included here is yes (at this time: no): pays 20,000 yuan (Total for a bachelor of a double-first-class university).",
                "skills-award|G-01|“身份核验”为“否”，或“身份核验”尚不知道的，须补正。|If Identity verified is no, or Identity verified is not known: to be supplemented.",
                "skills-award|C2-08|单位性质不是自主创业，且劳动合同期限（月）少于12个月（劳动合同期限至少）的，不予支持。|If Type of employer is not Self-employed, and Length of the labour contract in months is below 12 months (Length of the labour contract at least): refused.",
                "talent-recognition|A2-03|可能达到的层次不高于现有人才层次的，不予支持。|If Level that may be reached is not better than Level held: refused.",
                "talent-recognition|A3-01|认定层次为第1层次的，每月8,000元（一层次每月津贴），共36个月（津贴终身最多）减已发放津贴月数（不低于0）。|If Level recognised is level 1: pays 8,000 yuan (Allowance a month, level 1) a month, for 36 months (Most months of allowance in a life) minus Months of allowance paid (not below 0)."
            })
    void rowsReadAsSentences(String scheme, String rule, String zh, String en) {
        assertThat(sentences(scheme).get(rule)).containsExactly(new Text(zh, en));
    }

    @Test
    void whatIsDemandedIsTheLastCellTheOtherWayRound() {
        RuleSentences sentences = of("skills-award");
        Ruleset rules = sentences.reading.ruleset;
        Map<String, Text> demands = new HashMap<>();
        rules.conditions()
                .forEach(t -> t.rows().forEach(row -> demands.put(row.rule(), sentences.demand(t, row, now(rules)))));
        assertThat(demands.get("C2-09").zh()).isEqualTo("在晋江最近连续参保月数不少于6个月");
        assertThat(demands.get("G-01").zh()).isEqualTo("“身份核验”为“是”");
        assertThat(demands.get("C2-08").zh()).isEqualTo("单位性质不是自主创业时，劳动合同期限（月）不少于12个月");
        assertThat(demands.get("C0-03").en()).isEqualTo("day of application is not after Last day to apply");
    }

    /** Nothing of the tables' own language is left, whatever a scheme says. */
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void noNameOfAFactAndNoCodeIsLeft(String scheme) {
        List<Text> all =
                sentences(scheme).values().stream().flatMap(List::stream).toList();
        assertThat(all).hasSizeGreaterThan(15).allSatisfy(text -> {
            assertThat(text.zh()).doesNotContainPattern("[a-z][A-Z]|null|[A-Z]{2}|_|\\?|[<>=]");
            assertThat(text.en()).doesNotContainPattern("[a-z][A-Z]|null|[A-Z]{2}|_|\\?|[<>=]|[\\u4e00-\\u9fff]");
        });
    }

    private static RuleSentences of(String scheme) {
        PolicyPackage policy = CityPackages.of(scheme);
        return new RuleSentences(new ReadableRules(
                new Vocabulary(policy.catalogue()), policy.rulesets().get(0)));
    }

    private static Map<String, Parameter.Dated> now(Ruleset ruleset) {
        Map<String, Parameter.Dated> held = new HashMap<>();
        ruleset.parameters()
                .values()
                .forEach(p -> held.put(p.name(), p.values().get(p.values().size() - 1)));
        return held;
    }

    private static Map<String, List<Text>> sentences(String scheme) {
        RuleSentences sentences = of(scheme);
        Ruleset rules = sentences.reading.ruleset;
        Map<String, List<Text>> byRule = new HashMap<>();
        for (Table table : Stream.concat(rules.conditions().stream(), rules.entitlements().stream())
                .toList())
            for (Table.Row row : table.rows())
                byRule.computeIfAbsent(row.rule(), r -> new ArrayList<>()).add(sentences.row(table, row, now(rules)));
        return byRule;
    }
}
