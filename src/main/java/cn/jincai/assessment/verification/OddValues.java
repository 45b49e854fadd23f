package cn.jincai.assessment.verification;

import cn.jincai.assessment.WorkedCase;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scale;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values that don't fit each other: yuan where fen are meant, examples that promise two things for the same facts. */
final class OddValues {
    private OddValues() {}

    static void check(PolicyPackage policy, Findings findings) {
        Map<String, @Nullable Object> before = new HashMap<>();
        for (Ruleset ruleset : policy.rulesets()) {
            for (Parameter parameter : ruleset.parameters().values())
                if (parameter.isSum()) fen(ruleset, parameter, before, findings);
            contradictions(WorkedCase.of(policy, ruleset, new Findings()), ruleset, findings);
        }
    }

    private static void fen(
            Ruleset ruleset, Parameter parameter, Map<String, @Nullable Object> before, Findings findings) {
        for (Parameter.Dated dated : parameter.values()) {
            Object was = before.get(parameter.name()), is = dated.is();
            Parameter.hundredfold(was, is).ifPresent(sums -> odd(ruleset, parameter, dated, sums, findings));
            if (is instanceof Scale scale) besideEachOther(ruleset, parameter, dated, scale, findings);
            before.put(parameter.name(), is);
        }
    }

    private static void besideEachOther(
            Ruleset ruleset, Parameter parameter, Parameter.Dated dated, Scale scale, Findings findings) {
        for (int i = 1; i < scale.brackets().size(); i++) {
            Parameter.Sums sums = new Parameter.Sums(
                    scale.brackets().get(i - 1).gives(), scale.brackets().get(i).gives());
            if (sums.areHundredfold()) odd(ruleset, parameter, dated, sums, findings);
        }
    }

    private static void odd(
            Ruleset ruleset, Parameter parameter, Parameter.Dated dated, Parameter.Sums sums, Findings findings) {
        findings.warn(
                ruleset.folder() + "parameters.yaml",
                "parameters." + parameter.name() + (dated.from().equals(LocalDate.MIN) ? "" : ", " + dated.from()),
                "assessment.check.YUAN_FOR_FEN",
                sums.was(),
                sums.is());
    }

    /** The same facts on the same day, and two things are promised. */
    private static void contradictions(List<WorkedCase> cases, Ruleset ruleset, Findings findings) {
        for (int i = 0; i < cases.size(); i++)
            for (int j = 0; j < i; j++) {
                WorkedCase a = cases.get(j), b = cases.get(i);
                if (!a.applicationDate().equals(b.applicationDate())
                        || !Objects.equals(a.noticesUntil(), b.noticesUntil())
                        || !a.facts().equals(b.facts())
                        || !a.lines().equals(b.lines())
                        || !contradict(a, b)) continue;
                findings.add(
                        ruleset.folder() + "examples.yaml",
                        b.place(),
                        "assessment.check.EXAMPLES_CONTRADICT",
                        a.name());
            }
    }

    private static boolean contradict(WorkedCase a, WorkedCase b) {
        if (a.verdict() != null && b.verdict() != null && !a.verdict().equals(b.verdict())) return true;
        return contradict(a.expect(), b.expect()) || contradict(a.expectOfLines(), b.expectOfLines());
    }

    private static boolean contradict(Map<String, Map<String, Object>> a, Map<String, Map<String, Object>> b) {
        return a.entrySet().stream()
                .anyMatch(one -> b.getOrDefault(one.getKey(), Map.of()).entrySet().stream()
                        .anyMatch(said -> one.getValue().containsKey(said.getKey())
                                && !said.getValue().equals(one.getValue().get(said.getKey()))));
    }
}
