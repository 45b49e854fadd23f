package cn.jincai.review;

import cn.jincai.applicant.Persons;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the document of a decision says, from which it is rendered once. */
final class DecisionDocument {
    private DecisionDocument() {}

    /** @return {@code granted} where any benefit is, else {@code refused} */
    static String outcome(List<DecidedBenefit> benefits) {
        return benefits.stream().anyMatch(DecidedBenefit::isGranted) ? "granted" : "refused";
    }

    /** @param roster the lines that the decision names, or none */
    static Map<String, Object> of(
            PolicyPackage policy,
            Case file,
            List<DecidedBenefit> benefits,
            Assessment assessment,
            List<Map<String, Object>> roster) {
        Scheme scheme = policy.catalogue();
        Map<String, Object> data = towards(scheme, file);
        data.put("employerName", file.answers().path("employerName").asText(null));
        data.put("outcome", outcome(benefits));
        data.put(
                "benefits",
                benefits.stream().map(b -> row(scheme, b, assessment)).toList());
        data.put("articles", articles(policy, benefits, assessment));
        if (!roster.isEmpty()) data.put("lines", roster);
        return data;
    }

    /** What the certificate of its service says. */
    static Map<String, Object> served(
            Scheme scheme, Case file, Decision decision, LocalDate on, Text how, boolean electronic) {
        Map<String, Object> data = towards(scheme, file);
        data.put("decisionNumber", decision.number());
        data.put("decidedOn", decision.date());
        data.put("servedOn", on);
        data.put("how", how);
        data.put("electronic", electronic);
        return data;
    }

    private static Map<String, Object> towards(Scheme scheme, Case file) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", file.answer("name"));
        data.put("documentNumber", Persons.maskNumber(file.answer("documentNumber")));
        data.put("scheme", scheme.name());
        data.put("submittedOn", file.applicationDate());
        return data;
    }

    /** What the grants rest on, each article once; a refusal names its own with each reason. */
    private static List<String> articles(PolicyPackage policy, List<DecidedBenefit> benefits, Assessment assessment) {
        Ruleset rules = policy.rulesets().stream()
                .filter(r -> r.name().equals(assessment.ruleset()))
                .findFirst()
                .orElseThrow();
        return assessment.benefits().stream()
                .filter(b -> benefits.stream()
                        .anyMatch(d -> d.isGranted() && d.code().equals(b.code())))
                .flatMap(b -> b.matchedRules().stream())
                .flatMap(rule -> rules.basis(rule).stream())
                .distinct()
                .toList();
    }

    /** What the rules say of a benefit before anybody said anything. */
    static List<Reason> reasons(Assessment assessment, String benefit) {
        return assessment.benefits().stream()
                .filter(b -> b.code().equals(benefit))
                .flatMap(b -> b.reasons().stream())
                .toList();
    }

    /** What was waived, each once, with the article that it rests on: the person is to know that the grant is one by waiver. */
    private static List<Map<String, Object>> waived(DecidedBenefit b, Assessment assessment) {
        return reasons(assessment, b.code()).stream()
                .filter(r -> r.effect() == Verdict.REJECT && b.waived().contains(r.code()))
                .map(DecisionDocument::row)
                .distinct()
                .toList();
    }

    private static Map<String, Object> row(Scheme scheme, DecidedBenefit b, Assessment assessment) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("code", b.code());
        row.put("name", scheme.benefit(b.code()).name());
        row.put("outcome", b.outcome());
        row.put("amountFen", b.amount());
        row.put("level", b.level());
        row.put("monthlyFen", b.monthly());
        row.put("months", b.months());
        row.put("instalments", b.instalments());
        row.put("grounds", b.grounds());
        row.put("waived", waived(b, assessment));
        row.put("reasons", b.reasons().stream().map(DecisionDocument::row).toList());
        return row;
    }

    private static Map<String, Object> row(Reason reason) {
        Text basis = Text.same(Objects.toString(reason.basis(), ""));
        return Map.of("code", reason.code(), "message", reason.message(), "basis", basis);
    }
}
