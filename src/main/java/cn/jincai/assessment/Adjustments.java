package cn.jincai.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.Set;

/**
 * What people decided beside the rules.
 *
 * @param waived          reason codes whose conditions are not tested (rulebook 7.3)
 * @param refusedBenefits benefits that people refuse: for the others they count as not granted (rulebook 7.1)
 * @param refusedLevels   levels that a panel refused: the best other one for certain is given (rulebook 7.6)
 * @param refusedLines    ids of a roster's lines that people refuse (decision 181)
 * @param clearedLines    ids of a roster's lines of which people have judged what only they can (MANUAL); what is not known of a line they can't clear
 */
public record Adjustments(
        @JsonProperty("waived") Set<String> waived,
        @JsonProperty("refusedBenefits") Set<String> refusedBenefits,
        @JsonProperty("refusedLevels") Set<Integer> refusedLevels,

        @JsonProperty("refusedLines") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Set<String> refusedLines,

        @JsonProperty("clearedLines") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Set<String> clearedLines) {
    public static final Adjustments NONE = new Adjustments(Set.of(), Set.of(), Set.of());

    public Adjustments {
        waived = Set.copyOf(waived);
        refusedBenefits = Set.copyOf(refusedBenefits);
        refusedLevels = Set.copyOf(refusedLevels);
        refusedLines = refusedLines == null ? Set.of() : Set.copyOf(refusedLines); // kept before lines were refused
        clearedLines = clearedLines == null ? Set.of() : Set.copyOf(clearedLines);
    }

    /** Of a claim without a roster, or of all its lines alike. */
    public Adjustments(Set<String> waived, Set<String> refusedBenefits, Set<Integer> refusedLevels) {
        this(waived, refusedBenefits, refusedLevels, Set.of(), Set.of());
    }

    /** As they are for one line. @param perLine codes of the benefits that are decided for each */
    Adjustments ofLine(String id, Set<String> perLine) {
        if (refusedLines.isEmpty() && clearedLines.isEmpty()) return this;
        Set<String> refused = new HashSet<>(refusedBenefits);
        if (refusedLines.contains(id)) refused.addAll(perLine);
        return new Adjustments(
                waived, refused, refusedLevels, Set.of(), clearedLines.contains(id) ? Set.of(id) : Set.of());
    }
}
