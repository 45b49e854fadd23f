package cn.jincai.assessment;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param deadline last day to correct it, null where no day runs
 * @param message  null where what was found is not shown
 * @param comeBackOn the first day on which the benefit would be granted, where a date that lies ahead stands in its way and all else stays as it is; otherwise
 *                   null, and absent from JSON
 */
public record Reason(
        @JsonProperty("code") String code,
        @JsonProperty("rule") @Nullable String rule,
        @JsonProperty("effect") Verdict effect,
        @JsonProperty("fact") @Nullable String fact,
        @JsonProperty("actual") @Nullable Object actual,
        @JsonProperty("required") @Nullable Object required,
        @JsonProperty("basis") @Nullable String basis,
        @JsonProperty("status") Status status,
        @JsonProperty("mend") @Nullable Text mend,
        @JsonProperty("deadline") @Nullable LocalDate deadline,
        @JsonProperty("appeal") Text appeal,
        @JsonProperty("message") @Nullable Text message,

        @JsonProperty("comeBackOn") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        LocalDate comeBackOn) {
    /** One that no day clears. */
    public Reason(
            String code,
            @Nullable String rule,
            Verdict effect,
            @Nullable String fact,
            @Nullable Object actual,
            @Nullable Object required,
            @Nullable String basis,
            Status status,
            @Nullable Text mend,
            @Nullable LocalDate deadline,
            Text appeal,
            @Nullable Text message) {
        this(code, rule, effect, fact, actual, required, basis, status, mend, deadline, appeal, message, null);
    }

    /** The same for somebody who may not read what was found of a fact. */
    Reason withoutWhatWasFound() {
        return new Reason(
                code, rule, effect, fact, null, required, basis, status, mend, deadline, appeal, null, comeBackOn);
    }

    /** A fact neither holds nor fails because nobody knows it (rulebook 2.10). */
    public static final String DATA_UNAVAILABLE = "DATA_UNAVAILABLE";
    /** People refused what the rules may grant (rulebook 7.3). */
    public static final String REVIEW_REFUSED = "REVIEW_REFUSED";
}
