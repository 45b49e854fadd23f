package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.RulesCompiler;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slips that people make in tables, parameters and examples: each is told with its place, and nothing is loaded. */
class BadPackageTest {
    private static final String FOLDER = "rulesets/2025-03/";

    private static List<Mistake> refused(String file, UnaryOperator<String> change) {
        return catchThrowableOfType(Problem.class, () -> MadeUpPackage.with(FOLDER + file, change))
                .mistakes();
    }

    @ParameterizedTest
    @CsvSource({"UNIQUE", "FIRST", "ANY", "PRIORITY", "OUTPUT ORDER"})
    void onlyTwoHitPoliciesAreAllowed(String policy) {
        List<Mistake> mistakes = refused(
                "conditions.dmn", dmn -> dmn.replaceFirst("hitPolicy=\"COLLECT\"", "hitPolicy=\"" + policy + "\""));
        assertThat(mistakes).anySatisfy(m -> {
            assertThat(m.code()).isEqualTo("HIT_POLICY");
            assertThat(m.field()).isEqualTo(FOLDER + "conditions.dmn, table gate");
            assertThat(m.message().en()).contains("COLLECT or RULE ORDER");
        });
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "is: 600000, | is: -600000, | rentedFen.values.always",
                "is: 2025-03-01, | is: 2025-02-30, | moveFrom",
                "2025-06-01: | always: | rentedFen",
                "2025-06-01: | 2025-06-31: | rentedFen",
                "unit: fen | unit: yuan | rentedFen",
                "is: 36, | is: many, | nightsAtMost"
            })
    void aParameterThatCantBeIsToldWithItsPlace(String before, String after, String place) {
        List<Mistake> mistakes = refused("parameters.yaml", yaml -> {
            int at =
                    before.equals("unit: fen") ? yaml.indexOf(before, yaml.indexOf("rentedFen")) : yaml.indexOf(before);
            return yaml.substring(0, at) + after + yaml.substring(at + before.length());
        });
        assertThat(mistakes).isNotEmpty();
        assertThat(mistakes.get(0).field()).startsWith(FOLDER + "parameters.yaml");
        assertThat(mistakes.get(0).message().zh()).isNotBlank();
        assertThat(mistakes).as(place).allMatch(m -> m.field().contains("line "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "> nightsAtMost / 0",
                "> 7 / 0",
                "> movedInOn",
                "> nightsAtMst",
                "> abs(3)",
                "> 3 // nights",
                "[9..3]",
                "> 9007199254740992",
                "> 99999999999999999999",
                "> date(\"2025-01-01\")",
                "> 3 ；",
                "> “3”",
                "> -",
                "> 3.5",
                "since 3"
            })
    void aCellOutsideTheLanguageIsOneFinding(String cell) {
        PolicyPackage changed = MadeUpPackage.with(
                FOLDER + "conditions.dmn", dmn -> dmn.replace("&gt; nightsAtMost", cell.replace(">", "&gt;")));
        Findings findings = new Findings();
        new RulesCheck().check(changed, findings);
        assertThat(findings.all()).hasSize(1);
        assertThat(findings.all().get(0).field())
                .isEqualTo(
                        FOLDER + "conditions.dmn, table housing, row 6 (K-09), column nightsAway, cell `" + cell + "`");
    }

    @Test
    void examplesThatContradictEachOtherCantBothCome() {
        PolicyPackage changed = MadeUpPackage.with(FOLDER + "examples.yaml", yaml -> yaml + """
            - case: {zh: 同样的人, en: The same person}
              applicationDate: 2025-09-15
              facts: {<<: *luthier}
              expect:
                HOUSE_MONEY: {verdict: APPROVE, amountFen: 400001}
            """);
        Findings findings = new Findings();
        new ExamplesCheck(Assessments.with(CityCalendar.calendar())).check(changed, findings);
        assertThat(findings.all()).hasSize(1);
        assertThat(findings.all().get(0).code()).isEqualTo("EXAMPLE");
        assertThat(findings.all().get(0).message().en())
                .isEqualTo("'The same person' HOUSE_MONEY amountFen: 400001 ≠ 400000");
    }

    @Test
    void tenThousandRowsAreCompiledAndAnswerLikeTheirText() {
        PolicyPackage policy = MadeUpPackage.read();
        Ruleset own = policy.rulesets().get(0);
        Table housing = own.table("housing").orElseThrow();
        Map<String, String> outputs = housing.rows().get(5).outputs();
        List<Table.Row> rows = IntStream.range(0, 10_000)
                .mapToObj(i -> new Table.Row(
                        i + 1, "K-09", List.of("> " + i % 400, i % 3 == 0 ? "\"RENTED\"" : "not(\"OWNED\")"), outputs))
                .toList();
        Table large = new Table(
                housing.file(),
                housing.id(),
                housing.name(),
                List.of(new Table.Column("a", "nightsAway"), new Table.Column("b", "roof")),
                rows);
        Ruleset ruleset = new Ruleset(
                own.name(),
                own.inForceFrom(),
                own.parameters(),
                own.conditions().stream().map(t -> t == housing ? large : t).toList(),
                own.entitlements(),
                own.sources());
        Map<String, Object> values = new HashMap<>();
        for (Parameter p : own.parameters().values())
            RulesCompiler.hold(values, p, p.values().get(0));
        Findings findings = new Findings();
        Vocabulary vocabulary = new Vocabulary(policy.catalogue());
        CompiledRules compiled = new RulesCompiler(vocabulary, ruleset, values, Set.of(), findings).compile();
        assertThat(findings.all()).isEmpty();
        Evaluation done = Evaluation.of(
                compiled,
                vocabulary.slots(
                        LocalDate.of(2025, 9, 15),
                        Map.of("nightsAway", 200L, "roof", "RENTED", "movedInOn", LocalDate.of(2025, 6, 1))),
                CityCalendar.calendar(),
                Adjustments.NONE);
        long fired = IntStream.range(0, 10_000).filter(i -> i % 400 < 200).count();
        assertThat(java.util.Arrays.stream(compiled.rules)
                        .filter(r -> r.table() == large && done.isFired(r.number()))
                        .count())
                .isEqualTo(fired);
    }
}
