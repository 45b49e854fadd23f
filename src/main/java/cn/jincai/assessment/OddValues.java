package cn.jincai.assessment;

import cn.jincai.policy.Findings;
import cn.jincai.policy.Form;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Values that don't fit each other: yuan where fen are meant, a form that can't take what a rule asks about, examples that promise two things for the same facts. */
final class OddValues {
    private OddValues() {}

    static void check(PolicyPackage policy, Findings findings) {
        Map<String, Object> before = new HashMap<>();
        for (Ruleset ruleset : policy.rulesets()) {
            for (Parameter parameter : ruleset.parameters().values()) if (parameter.unit().equals("fen")) fen(ruleset, parameter, before, findings);
            contradictions(WorkedCase.of(policy, ruleset, new Findings()), ruleset, findings);
        }
        limits(policy, findings);
    }

    private static void fen(Ruleset ruleset, Parameter parameter, Map<String, Object> before, Findings findings) {
        for (Parameter.Dated dated : parameter.values()) {
            Object was = before.get(parameter.name());
            if (Parameter.isHundredfold(was, dated.is()))
                findings.warn(ruleset.folder() + "parameters.yaml", "parameters." + parameter.name() + (dated.from().equals(LocalDate.MIN) ? "" : ", " + dated.from()), "YUAN_FOR_FEN",
                    "金额与前一个相差100倍以上（" + was + " → " + dated.is() + "分）。单位是分：按元填写的请乘以100；确实如此变动的，请签字说明。",
                    "A hundredfold difference or more to the sum before it (" + was + " to " + dated.is() + " fen). Sums are in fen: multiply by 100 what was meant in yuan; if it is meant, sign and say why.");
            before.put(parameter.name(), dated.is());
        }
    }

    /** The same facts on the same day, and two things are promised. */
    private static void contradictions(List<WorkedCase> cases, Ruleset ruleset, Findings findings) {
        for (int i = 0; i < cases.size(); i++)
            for (int j = 0; j < i; j++) {
                WorkedCase a = cases.get(j), b = cases.get(i);
                if (!a.applicationDate().equals(b.applicationDate()) || !a.facts().equals(b.facts()) || !contradict(a, b)) continue;
                findings.add(ruleset.folder() + "examples.yaml", b.place(), "EXAMPLES_CONTRADICT", "与“" + a.name().zh() + "”事实相同而预期不同。", "The same facts as '" + a.name().en() + "', and something else is expected.");
            }
    }

    private static boolean contradict(WorkedCase a, WorkedCase b) {
        if (a.verdict() != null && b.verdict() != null && !a.verdict().equals(b.verdict())) return true;
        return a.expect().entrySet().stream().anyMatch(benefit -> b.expect().getOrDefault(benefit.getKey(), Map.of()).entrySet().stream()
            .anyMatch(said -> benefit.getValue().containsKey(said.getKey()) && !said.getValue().equals(benefit.getValue().get(said.getKey()))));
    }

    /** A rule tells values apart of which the form lets through only some. */
    private static void limits(PolicyPackage policy, Findings findings) {
        SchemeRules rules = new SchemeRules(policy);
        Slots none = new Slots(rules.vocabulary.size());
        none.set(rules.vocabulary.applicationDate, LocalDate.of(2026, 1, 1).toEpochDay());
        CompiledRules compiled = rules.on(none, java.util.Set.of());
        for (var form : policy.forms().entrySet())
            for (Form.Field field : form.getValue().fields()) {
                Symbol symbol = rules.vocabulary.get(field.key());
                Scheme.Fact fact = symbol == null ? null : rules.vocabulary.fact(symbol.slot());
                if (fact == null || symbol.kind() != Symbol.Kind.NUMBER) continue;
                long min = field.limits().min() == null ? 0 : field.limits().min(), max = field.limits().max() == null ? Scheme.LARGEST : field.limits().max();
                for (Rule rule : compiled.rules)
                    for (Cell cell : rule.cells()) {
                        TreeSet<Long> cuts = new TreeSet<>();
                        Cutting.cuts(cell.test(), symbol.slot(), cuts);
                        for (long cut : cuts)
                            if (cut > fact.min() && (cut <= min || cut > max))
                                findings.warn(form.getKey(), "#" + field.id(), "FORM_LIMIT", "表单只接受" + min + "到" + max + "，而规则 " + rule.id() + " 以" + cut + "为界：界的一侧填不出来。",
                                    "The form takes " + min + " to " + max + ", but rule " + rule.id() + " tells values apart at " + cut + ": one side can't be entered.");
                    }
            }
    }
}
