package cn.jincai.assessment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;

/**
 * What people decided beside the rules.
 *
 * @param waived          reason codes whose conditions are not tested (rulebook 7.3)
 * @param refusedBenefits benefits that people refuse: for the others they count as not granted (rulebook 7.1)
 * @param refusedLevels   levels that a panel refused: the best other one for certain is given (rulebook 7.6)
 */
public record Adjustments(
        @JsonProperty("waived") Set<String> waived,
        @JsonProperty("refusedBenefits") Set<String> refusedBenefits,
        @JsonProperty("refusedLevels") Set<Integer> refusedLevels) {
    public static final Adjustments NONE = new Adjustments(Set.of(), Set.of(), Set.of());

    public Adjustments {
        waived = Set.copyOf(waived);
        refusedBenefits = Set.copyOf(refusedBenefits);
        refusedLevels = Set.copyOf(refusedLevels);
    }
}
