package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.reading.PackageReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken package is refused as a whole, with every mistake and its place. */
class FindingsTest {
    private static final String PARAMETERS = "rulesets/2026-01/parameters.yaml",
            CONDITIONS = "rulesets/2026-01/conditions.dmn",
            SOURCES = "rulesets/2026-01/sources.yaml";

    private static List<Problem.Mistake> mistakes(String file, UnaryOperator<String> change) {
        Problem problem = catchThrowableOfType(Problem.class, () -> CityPackages.with("skills-award", file, change));
        assertThat(problem).as("a finding is expected").isNotNull();
        assertThat(problem.code()).isEqualTo("PACKAGE");
        assertThat(problem.mistakes()).allSatisfy(m -> {
            assertThat(m.message().zh()).isNotBlank();
            assertThat(m.message().en()).isNotBlank();
        });
        return problem.mistakes();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scheme.yaml | governingDate: | governingDay: | UNKNOWN_KEY",
                "scheme.yaml | fund: TALENT_FUND | fund: PETTY_CASH | UNKNOWN_WORD",
                "scheme.yaml | type: integer | type: number | UNKNOWN_WORD",
                "common/common.yaml | from: governingDate | from: certificateIssued | UNKNOWN_NAME",
                "common/common.yaml | as: endOfPeriod | as: endOfTime | UNKNOWN_WORD",
                "scheme.yaml | waivable: [LATE | waivable: [TARDY | UNKNOWN_NAME",
                "scheme.yaml | sameFacts: [occupationCode] | sameFacts: [trade] | UNKNOWN_NAME",
                "scheme.yaml | mine: certificateLevel | mine: skill | UNKNOWN_NAME",
                "scheme.yaml | theirs: evidence | their: evidence | UNKNOWN_KEY",
                "scheme.yaml | benefit: UPGRADE_SUBSIDY | benefit: UPGRADE | UNKNOWN_NAME",
                "scheme.yaml | code: skills-award | code: skills-prize | CODE",
                "rulesets/2026-01/parameters.yaml | status: UNVERIFIED, |   | MISSING",
                "rulesets/2026-01/parameters.yaml | , source: city-skills-award-2022 |   | MISSING",
                "rulesets/2026-01/parameters.yaml | source: city-skills-award-2022 | source: hearsay | UNKNOWN_NAME",
                "rulesets/2026-01/parameters.yaml | 2027-01-01: | 2019-01-01: | TWICE",
                "rulesets/2026-01/parameters.yaml | 2027-01-01: | 2027-02-30: | DATE",
                "rulesets/2026-01/parameters.yaml | is: 36 | is: 36.0 | NUMBER",
                "rulesets/2026-01/parameters.yaml | chosenBy: applicationDate | chosenBy: paidOn | UNKNOWN_NAME",
                "rulesets/2026-01/sources.yaml | C1-08 | C9-99 | UNKNOWN_RULE",
                "rulesets/2026-01/conditions.dmn | hitPolicy=\"COLLECT\" | hitPolicy=\"UNIQUE\" | HIT_POLICY",
                "rulesets/2026-01/conditions.dmn | name=\"reason\" | name=\"reasons\" | UNKNOWN_OUTPUT"
            })
    void isToldByItsCode(String file, String before, String after, String code) {
        assertThat(mistakes(
                        file,
                        text -> text.replaceFirst(
                                java.util.regex.Pattern.quote(before),
                                java.util.regex.Matcher.quoteReplacement(after == null ? "" : after))))
                .anySatisfy(m -> {
                    assertThat(m.code()).isEqualTo(code);
                    assertThat(m.field()).startsWith(file);
                });
    }

    @Test
    void anUnknownKeyIsToldWithItsLineAndTheKnownOnes() {
        Problem.Mistake mistake = mistakes(
                        "scheme.yaml", text -> text.replace("employerCheck: false", "employerChek: false"))
                .get(0);
        assertThat(mistake.field()).matches("scheme.yaml, line \\d+, employerChek");
        assertThat(mistake.message().en()).contains("employerCheck, ");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(mistakes(
                        PARAMETERS,
                        text -> text.replace("unit: fen", "unit: yuan").replace("is: 12", "is: twelve")))
                .hasSizeGreaterThan(9);
    }

    @Test
    void aDocumentTypeIsRefusedBeforeAnybodyReadsIt() {
        List<Problem.Mistake> mistakes = mistakes(
                CONDITIONS,
                text -> text.replaceFirst(
                        "<definitions", "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><definitions"));
        assertThat(mistakes)
                .anyMatch(
                        m -> m.code().equals("DOCTYPE_NOT_ALLOWED") && m.field().startsWith(CONDITIONS));
    }

    @Test
    void anArticleWithoutItsDocumentLeavesItsRulesWithoutBasis() {
        assertThat(mistakes(SOURCES, text -> text.replace("C1-08", "C1-07")))
                .anyMatch(m -> m.code().equals("NO_ARTICLE") && m.field().contains("C1-08"));
    }

    @Test
    void aYamlThatHoldsItselfEnds() {
        assertThat(mistakes("scheme.yaml", text -> text.replace("panelLevels: []", "panelLevels: &p [*p]")))
                .isNotEmpty();
        assertThat(mistakes("scheme.yaml", text -> text + "\nmore: {"))
                .anyMatch(m -> m.code().equals("NOT_YAML"));
    }

    @Test
    void aMissingFileIsToldByItsName() {
        SortedMap<String, byte[]> files = CityPackages.FOLDERS.files("skills-award");
        files.remove(PARAMETERS);
        files.put(CONDITIONS, "no table".getBytes(StandardCharsets.UTF_8));
        Problem problem = catchThrowableOfType(Problem.class, () -> PackageReader.read("skills-award", files));
        assertThat(problem.mistakes()).extracting(Problem.Mistake::code).contains("MISSING_FILE", "NO_XML");
    }
}
