package cn.jincai.assessment;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Every worked case still comes out as it was promised. Made only where the tables themselves are sound. */
@Component
@Order(2)
class ExamplesCheck implements PackageCheck {
    private final Assessments assessments;

    ExamplesCheck(Assessments assessments) {
        this.assessments = assessments;
    }

    @Override public void check(PolicyPackage candidate, Findings findings) {
        Findings tables = new Findings();
        new RulesCheck().check(candidate, tables);
        if (!tables.isEmpty()) return;   // RulesCheck tells them
        List<Ruleset> rulesets = candidate.rulesets();
        for (Ruleset ruleset : rulesets) {
            List<WorkedCase> cases = WorkedCase.of(candidate, ruleset, findings);
            for (WorkedCase worked : cases) check(candidate, ruleset, worked, findings);
        }
    }

    private void check(PolicyPackage candidate, Ruleset ruleset, WorkedCase worked, Findings findings) {
        Assessment found = assessments.assess(candidate, worked.applicationDate(), worked.facts(), Adjustments.NONE);
        Map<String, String> differences = new TreeMap<>();
        if (worked.verdict() != null) compare("case", worked.verdict(), found.verdict().name(), differences);
        worked.expect().forEach((code, expect) -> found.benefit(code).ifPresent(benefit ->
            expect.forEach((word, wanted) -> compare(code + " " + word, wanted, said(benefit, word), differences))));
        differences.forEach((what, words) -> findings.add(ruleset.folder() + "examples.yaml", worked.place(), "EXAMPLE", "“" + worked.name().zh() + "”" + what + "：" + words,
            "'" + worked.name().en() + "' " + what + ": " + words));
    }

    private static void compare(String what, Object wanted, Object found, Map<String, String> differences) {
        Object sorted = wanted instanceof List<?> list && what.endsWith("reasons") ? list.stream().map(String::valueOf).sorted().toList() : wanted;
        if (!String.valueOf(sorted).equals(String.valueOf(found))) differences.put(what, sorted + " ≠ " + found);
    }

    private static Object said(Benefit benefit, String word) {
        return switch (word) {
            case "verdict" -> benefit.verdict();
            case "amountFen" -> benefit.amountFen();
            case "level" -> benefit.level();
            case "monthlyFen" -> benefit.monthlyFen();
            case "months" -> benefit.months();
            case "reasons" -> benefit.reasons().stream().map(Reason::code).sorted().toList();
            case "instalments" -> benefit.instalments().stream().map(Instalment::amountFen).toList();
            default -> throw new IllegalArgumentException(word);
        };
    }
}
