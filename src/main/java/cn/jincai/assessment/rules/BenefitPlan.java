package cn.jincai.assessment.rules;

import cn.jincai.policy.Instalments;
import cn.jincai.policy.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * How one benefit is decided, with everything looked up.
 *
 * @param follows     index of the benefit whose reasons and level it carries, -1 for none
 * @param conditions  bits of its conditions
 * @param entitlement bits of its entitlements
 * @param atMost      slot to whose number the sum is cut, -1 for none
 * @param appliedFor  slot of the instalment applied for, -1 for none
 * @param deduct      slot of the sum already received, -1 for none
 * @param pools       slots of what is left of each pool from which it takes
 * @param highest     of several entitlements that hold the one that gives most is taken
 * @param perLine     of a roster it is decided for each line
 * @param asked       only where it holds is the benefit judged; null: always
 * @param windows     slots of first and last day by instalment, -1 for none
 */
public record BenefitPlan(
        Scheme.Benefit benefit,
        int follows,
        long[] conditions,
        long[] entitlement,
        int atMost,
        Instalments instalments,
        int appliedFor,
        int deduct,
        int[] pools,
        boolean highest,
        boolean perLine,
        @Nullable CellTest asked,
        int[][] windows) {
    /** Slots that say whether it is asked for. */
    public Bits askedReads() {
        return asked == null ? Bits.NONE : asked.reads();
    }
}
