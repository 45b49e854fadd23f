package cn.jincai.assessment.verification;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.WorkedCase;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Place;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which finding of the rules is why a worked case comes out otherwise: the case expects just what a row would give that can never hold, a sum a hundred times as large as
 * one that was written in yuan, what two rows say at once. Told only where it fits, since whoever is sent to the wrong row looks longer than without.
 */
final class Cause {
    private final Ruleset ruleset;
    private final WorkedCase worked;
    private final Assessment found;

    private Cause(Ruleset ruleset, WorkedCase worked, Assessment found) {
        this.ruleset = ruleset;
        this.worked = worked;
        this.found = found;
    }

    static Optional<Mistake> of(Ruleset ruleset, WorkedCase worked, Assessment found, Findings findings) {
        Cause cause = new Cause(ruleset, worked, found);
        return Stream.concat(findings.all().stream(), findings.warnings().stream())
                .filter(cause::fits)
                .findFirst();
    }

    private boolean fits(Mistake finding) {
        Place place = Place.of(finding);
        if (finding.code().equals("EXAMPLES_CONTRADICT"))
            return place.file().equals(ruleset.folder() + "examples.yaml")
                    && place.in().equals(worked.place());
        if (finding.code().equals("UNUSED_FACT"))
            return worked.facts().containsKey(place.in().substring("facts.".length()));
        return found.benefits().stream()
                .anyMatch(benefit ->
                        fits(finding.code(), place, benefit, worked.expect().getOrDefault(benefit.code(), Map.of())));
    }

    private boolean fits(String code, Place place, Benefit benefit, Map<String, Object> expected) {
        return switch (code) {
            case "NEVER_HOLDS", "CONTAINED" ->
                row(place).filter(row -> isExpected(row, benefit, expected)).isPresent();
            case "CONTRADICTION" ->
                differs(benefit, expected)
                        && row(place)
                                .filter(row -> benefit.matchedRules().contains(row.rule()))
                                .isPresent();
            case "GAP", "NEVER_GRANTED" ->
                place.in().equals("rules.benefits." + benefit.code())
                        && differs(benefit, expected)
                        && benefit.matchedRules().isEmpty()
                        && (code.equals("NEVER_GRANTED") || benefit.reasons().isEmpty());
            case "YUAN_FOR_FEN" ->
                parameter(place)
                        .filter(p -> expected.get("amountFen") instanceof Long sum
                                && Parameter.isHundredfold(sum, benefit.amountFen())
                                && p.values().stream().anyMatch(v -> Objects.equals(v.is(), benefit.amountFen())))
                        .isPresent();
            case "UNUSED_PARAMETER" ->
                parameter(place)
                        .map(p -> p.heldOn(day()))
                        .filter(value -> differs(benefit, expected) && expected.containsValue(value))
                        .isPresent();
            default -> false;
        };
    }

    private static boolean differs(Benefit benefit, Map<String, Object> expected) {
        return isOther(expected.get("amountFen"), benefit.amountFen())
                || isOther(expected.get("level"), benefit.level())
                || isOther(expected.get("verdict"), benefit.verdict().name());
    }

    private static boolean isOther(@Nullable Object expected, @Nullable Object found) {
        return expected != null && !String.valueOf(expected).equals(String.valueOf(found));
    }

    /** Whether the case waits for what this row would say. */
    private boolean isExpected(Table.Row row, Benefit benefit, Map<String, Object> expected) {
        String reason = row.outputs().getOrDefault("reason", "").replace("\"", "");
        if (!reason.isEmpty())
            return expected.get("reasons") instanceof List<?> reasons
                    && reasons.contains(reason)
                    && benefit.reasons().stream().map(Reason::code).noneMatch(reason::equals);
        return Stream.of("level", "amountFen", "monthlyFen")
                .anyMatch(word -> expected.containsKey(word)
                        && differs(benefit, expected)
                        && String.valueOf(expected.get(word))
                                .equals(value(row.outputs().get(word))));
    }

    /** A number as it is written, or a parameter's on the day of the case. */
    private String value(@Nullable String output) {
        if (output == null) return "";
        Parameter parameter = ruleset.parameters().get(output.strip());
        return parameter == null ? output.strip() : String.valueOf(parameter.heldOn(day()));
    }

    private LocalDate day() {
        return found.governingDate() == null ? worked.applicationDate() : found.governingDate();
    }

    private Optional<Table.Row> row(Place place) {
        return Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                .filter(table -> table.file().equals(place.file()))
                .flatMap(table ->
                        table.rows().stream().filter(row -> table.place(row).equals(place.in())))
                .findFirst();
    }

    private Optional<Parameter> parameter(Place place) {
        if (!place.file().equals(ruleset.folder() + "parameters.yaml")) return Optional.empty();
        return ruleset.parameters().values().stream()
                .filter(p -> place.in().split(", ")[0].equals("parameters." + p.name()))
                .findFirst();
    }
}
