package cn.jincai.assessment.rules;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stock engine would swallow and never fire is refused with its place, before a package is published. */
class CellCompilerTest {
    private static final String CONDITIONS = "rulesets/2026-01/conditions.dmn";

    private static List<Problem.Mistake> findings(String column, String cell) {
        String escaped = cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        PolicyPackage changed = CityPackages.with("skills-award", CONDITIONS, dmn -> switch (column) {
            case "claimsThisYear" -> dmn.replace("&gt;= claimsAYear", escaped);
            case "certificateIssuedOn" -> dmn.replace("&lt; issuedFrom", escaped);
            case "employerRegion" -> dmn.replace("not(\"JINJIANG\")", escaped);
            case "banned" -> dmn.replaceFirst("<text>true</text>", "<text>" + escaped + "</text>");
            default -> throw new IllegalArgumentException(column);
        });
        Findings findings = new Findings();
        new RulesCheck().check(changed, findings);
        return findings.all();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "claimsThisYear | >= claimsAYeer",
                "claimsThisYear | < \"5\"",
                "claimsThisYear | \"5\"",
                "claimsThisYear | true",
                "claimsThisYear | < 5.5",
                "claimsThisYear | > claimsAYear / 2",
                "claimsThisYear | [10..5]",
                "claimsThisYear | < 99999999999999999999",
                "claimsThisYear | < 5 // note",
                "claimsThisYear | < 5 /* note */",
                "claimsThisYear | < 5 or > 9",
                "claimsThisYear | in [1..5]",
                "claimsThisYear | 1..5",
                "claimsThisYear | ≥ 3",
                "claimsThisYear | if true then 1 else 2",
                "claimsThisYear | > occupationCode",
                "claimsThisYear | > certificateIssuedOn",
                "claimsThisYear | count([1,2])",
                "claimsThisYear | < @\"2024-01-01\"",
                "claimsThisYear | 三",
                "certificateIssuedOn | < 5",
                "certificateIssuedOn | < date(\"2024-02-30\")",
                "certificateIssuedOn | < \"2024-01-01\"",
                "certificateIssuedOn | < issuedFrom + 1",
                "certificateIssuedOn | 20240101",
                "employerRegion | \"jinjiang\"",
                "employerRegion | JINJIANG",
                "employerRegion | < \"JINJIANG\"",
                "employerRegion | list contains(?, \"JINJIANG\")",
                "employerRegion | \"JINJIANG",
                "employerRegion | some x in ? satisfies x in (\"JINJIANG\")",
                "banned | not(true)",
                "banned | \"true\"",
                "banned | 1",
                "banned | claimsAYear > 2",
                "banned | not(not(true))",
                "banned | true, null",
                "banned | false, true"
            })
    void whatIsOutsideTheLanguageIsOneFinding(String column, String cell) {
        List<Problem.Mistake> findings = findings(column, cell);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).field())
                .startsWith(CONDITIONS + ", table ")
                .contains("row ")
                .contains("column " + column)
                .contains(cell);
        assertThat(findings.get(0).message().zh()).isNotBlank();
        assertThat(findings.get(0).message().en()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "claimsThisYear | ＞＝ 3",
                "claimsThisYear | > 3，3",
                "claimsThisYear | ［3..9］",
                "employerRegion | not(“JINJIANG”)",
                "employerRegion | “QUANZHOU”、“OTHER”",
                "claimsThisYear | ? >= claimsAYear and ? < 100",
                "claimsThisYear | >= max(1, claimsAYear - 1 * 0)",
                "certificateIssuedOn | < date(\"2017-01-01\")",
                "banned | false, null"
            })
    void whatAChineseKeyboardWritesIsUnderstood(String column, String cell) {
        assertThat(findings(column, cell)).isEmpty();
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        Problem.Mistake finding = findings("claimsThisYear", ">= claimsAYeer").get(0);
        assertThat(finding.field())
                .isEqualTo(CONDITIONS + ", table upgrade, row 5 (C1-08), column claimsThisYear, cell `>= claimsAYeer`");
        assertThat(finding.message().en())
                .contains("'claimsAYeer'")
                .contains("claimsAYear")
                .contains("subsidyPaidUpTo");
    }

    @Test
    void aWordOutsideItsListIsToldWithTheList() {
        assertThat(findings("employerRegion", "\"jinjiang\"").get(0).message().en())
                .contains("JINJIANG, QUANZHOU, OTHER");
    }
}
