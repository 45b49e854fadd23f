package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a case; as JSON it is the answer of {@code POST /api/assessments}.
 *
 * @param ruleset       name of the ruleset in force on the governing date
 * @param governingDate null where the fact that gives it is unknown
 * @param benefits      every benefit of the scheme that is asked for, granted or not, in the scheme's order
 * @param lines         of a roster, in its order; mostly none
 * @param notAsked      codes of the others, which are neither granted nor refused; mostly none
 */
public record Assessment(
        @JsonProperty("scheme") String scheme,
        @JsonProperty("ruleset") String ruleset,
        @JsonProperty("governingDate") @Nullable LocalDate governingDate,
        @JsonProperty("applicationDate") @Nullable LocalDate applicationDate,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("benefits") List<Benefit> benefits,

        @JsonProperty("notAsked") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> notAsked,

        @JsonProperty("lines") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<AssessedLine> lines) {
    /** Without a roster. */
    public Assessment(
            String scheme,
            String ruleset,
            @Nullable LocalDate governingDate,
            @Nullable LocalDate applicationDate,
            Verdict verdict,
            List<Benefit> benefits,
            List<String> notAsked) {
        this(scheme, ruleset, governingDate, applicationDate, verdict, benefits, notAsked, List.of());
    }

    /** For a page that shows the lines elsewhere, some at a time. */
    public Assessment withoutLines() {
        return lines.isEmpty()
                ? this
                : new Assessment(scheme, ruleset, governingDate, applicationDate, verdict, benefits, notAsked);
    }

    /** @param of codes of the benefits that it concerns, none where it is all of them */
    public record Told(Reason reason, List<String> of) {}

    /** Each reason once, with the first benefit that has it, however many it concerns. */
    public List<Told> reasons() {
        Map<Reason, List<String>> once = new LinkedHashMap<>();
        for (Benefit benefit : benefits)
            for (Reason reason : benefit.reasons())
                once.computeIfAbsent(same(once.keySet(), reason), r -> new ArrayList<>())
                        .add(benefit.code());
        return once.entrySet().stream()
                .map(e -> new Told(e.getKey(), e.getValue().size() == benefits.size() ? List.of() : e.getValue()))
                .toList();
    }

    /** Benefits have rules of their own for the same condition: what is said to the person is the same. */
    private static Reason same(Set<Reason> told, Reason reason) {
        return told.stream()
                .filter(r -> r.effect() == reason.effect()
                        && Objects.equals(r.message(), reason.message())
                        && (r.message() != null || r.code().equals(reason.code())))
                .findFirst()
                .orElse(reason);
    }

    public Optional<Benefit> benefit(String code) {
        return benefits.stream().filter(b -> b.code().equals(code)).findFirst();
    }
}
