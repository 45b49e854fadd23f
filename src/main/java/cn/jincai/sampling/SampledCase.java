package cn.jincai.sampling;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case that was drawn.
 *
 * @param drawnFrom {@value #ALL} for the whole month, else the code of a risk pattern; several where it was drawn more than once
 * @param inspector who looks at it, null while nobody has taken it
 * @param words     of the inspector; empty where it was in order and nothing is to be said
 * @param done      how a measure was carried out, null until then
 */
public record SampledCase(
        YearMonth month,
        CaseNumber number,
        List<String> drawnFrom,
        @Nullable String inspector,
        @Nullable Finding finding,
        @Nullable Measure measure,
        @Nullable String words,
        @Nullable Instant foundAt,
        @Nullable String carriedOutBy,
        @Nullable String done,
        @Nullable Instant carriedOutAt) {
    public static final String ALL = "all";

    public enum Finding {
        IN_ORDER("in-order"),
        DEFICIENT("deficient");

        private final String code;

        Finding(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public Text text() {
            return Text.of("sampling.finding." + code);
        }

        static @Nullable Finding of(@Nullable String code) {
            return Arrays.stream(values())
                    .filter(f -> f.code.equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** What is to become of a deficient decision; the leader says when it was carried out. */
    public enum Measure {
        CORRECT("correct"),
        REOPEN("reopen"),
        INSTRUCT("instruct");

        private final String code;

        Measure(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public Text text() {
            return Text.of("sampling.measure." + code);
        }

        static @Nullable Measure of(@Nullable String code) {
            return Arrays.stream(values())
                    .filter(m -> m.code.equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    public boolean isOpen() {
        return finding == null;
    }

    /** A measure waits to be carried out. */
    public boolean isDue() {
        return measure != null && carriedOutAt == null;
    }
}
