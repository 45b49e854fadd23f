package cn.jincai.assessment;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Why a benefit is not simply granted: one failing condition, or one fact that is not known.
 *
 * @param rule     id of the rule; null where people refused
 * @param effect   what it makes of the benefit: REJECT, SUPPLEMENT or MANUAL
 * @param fact     what it is about
 * @param actual   the fact's value; null where it is unknown
 * @param required the value that would do, or the threshold; null where none can be named
 * @param basis    document, article and day of effect
 * @param status   the worst status of the rule and of the values it compares with
 * @param deadline last day to supplement it, null where no day runs
 * @param message  null where what was found is not shown
 */
public record Reason(
        String code,
        @Nullable String rule,
        Verdict effect,
        String fact,
        @Nullable Object actual,
        @Nullable Object required,
        String basis,
        Status status,
        Text mend,
        @Nullable LocalDate deadline,
        Text appeal,
        @Nullable Text message) {
    /** A fact neither holds nor fails because nobody knows it (rulebook 2.10). */
    public static final String DATA_UNAVAILABLE = "DATA_UNAVAILABLE";
    /** People refused what the rules may grant (rulebook 7.3). */
    public static final String REVIEW_REFUSED = "REVIEW_REFUSED";
}
