package cn.jincai.assessment.verification;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.CityCalendar;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private static final Verifier VERIFIER = new Verifier(CityCalendar::calendar, () -> LocalDate.of(2026, 11, 25));
    private static final String FOLDER = "rulesets/2026-01/";

    private static Findings findings(PolicyPackage policy) {
        Findings findings = new Findings();
        VERIFIER.check(policy, findings);
        return findings;
    }

    private static List<String> codes(List<Mistake> mistakes) {
        return mistakes.stream().map(m -> m.code() + " " + m.field()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", "made-up"})
    void whatIsShippedHasNoErrors(String scheme) {
        Findings findings = findings(policy(scheme));
        assertThat(findings.all()).isEmpty();
    }

    /** Two rows wait for a parameter that says no: docs/policy-packages.md tells why they stay. */
    @Test
    void whatIsShippedHasTwoRowsThatWait() {
        assertThat(codes(findings(CityPackages.of("recruitment-subsidy")).warnings()))
                .containsExactlyInAnyOrder(
                        "NEVER_HOLDS " + FOLDER + "benefits.dmn, table totals, row 3 (B1-03)",
                        "NEVER_HOLDS " + FOLDER + "conditions.dmn, table otherBenefits, row 3 (B2-16)");
        for (PolicyPackage other :
                List.of(CityPackages.of("talent-recognition"), CityPackages.of("skills-award"), MadeUpPackage.read()))
            assertThat(codes(findings(other).warnings())).isEmpty();
    }

    @Test
    void aFactThatOnlyAnIdentityNumberIsComparedWithIsUsed() {
        PolicyPackage policy = CityPackages.with(
                "skills-award",
                "forms/common/parts/person.form",
                form -> form.replace("\"birthDate\": \"birthDate\"", "\"other\": \"phone\""));
        assertThat(codes(findings(policy).warnings())).containsExactly("UNUSED_FACT scheme.yaml, facts.birthDate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "skills-award|benefits.dmn|\"FOUR\"</text>|\"FIVE\"</text>|CONTRADICTION",
            })
    void contradictionsStopIt(String scheme, String file, String from, String to, String code) {
        assertThat(codes(findings(CityPackages.with(scheme, FOLDER + file, t -> t.replaceFirst(from, to)))
                        .all()))
                .anyMatch(c -> c.startsWith(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "skills-award|benefits.dmn|\"CHIEF\"</text>|\"SPECIAL\", \"ONE\"</text>|GAP",
                "skills-award|parameters.yaml|2017-01-01: \\{is: 100000, status: SOURCED, source: skills-subsidy-2017, comparedOn: 2026-11-20}|2017-01-01: {is: 100000, status: SOURCED, source: skills-subsidy-2017, comparedOn: 2026-11-20}\\n      2026-06-01: {is: 1000, status: SOURCED, source: skills-subsidy-2017, comparedOn: 2026-11-20}|YUAN_FOR_FEN",
                "recruitment-subsidy|conditions.dmn|<text>true</text>|<text></text>|NEVER_GRANTED",
                "recruitment-subsidy|parameters.yaml|parameters:|parameters:\\n  leftOver:\\n    unit: fen\\n    label: {zh: 多, en: more}\\n    values:\\n      always: {is: 1, status: ILLUSTRATIVE, source: quanzhou-new-eight-2024}|UNUSED_PARAMETER",
            })
    void oddThingsWarn(String scheme, String file, String from, String to, String code) {
        assertThat(codes(findings(CityPackages.with(
                                scheme, FOLDER + file, t -> t.replaceFirst(from, to.replace("\\n", "\n"))))
                        .warnings()))
                .anyMatch(c -> c.startsWith(code));
    }

    @Test
    void aRowThatSaysWhatAnotherSays() {
        PolicyPackage policy = CityPackages.with(
                "recruitment-subsidy",
                FOLDER + "conditions.dmn",
                t -> t.replaceFirst("(id=\"common-5-instalment\"><text>)2", "$11"));
        assertThat(codes(findings(policy).warnings())).anyMatch(c -> c.startsWith("CONTAINED"));
    }

    @Test
    void examplesThatPromiseTwoThings() {
        PolicyPackage policy = CityPackages.with("skills-award", FOLDER + "examples.yaml", t -> {
            String first = t.substring(t.indexOf("\n- ") + 1, t.indexOf("\n- ", t.indexOf("\n- ") + 1) + 1);
            return t + (t.endsWith("\n") ? "" : "\n") + first.replaceFirst("amountFen: (\\d+)", "amountFen: 7");
        });
        assertThat(codes(findings(policy).all())).anyMatch(c -> c.startsWith("EXAMPLES_CONTRADICT"));
    }

    /** Those of the city, and one that nobody ever wrote rules for. */
    private static PolicyPackage policy(String scheme) {
        return scheme.equals("made-up") ? MadeUpPackage.read() : CityPackages.of(scheme);
    }
}
