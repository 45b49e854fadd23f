package cn.jincai.process.reminders;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the applicant's.
 *
 * @param subject what it is about where a case may have several of a kind: benefit and number of an instalment; otherwise empty
 * @param begins  the day on which it was asked for, or may first be applied for
 * @param last    the last day, null while that has not been looked up
 */
record Limit(
        Kind kind,
        String subject,
        LocalDate begins,
        @Nullable LocalDate last) {
    enum Kind {
        SUPPLEMENT("supplement"),
        HEARING("hearing"),
        ACCOUNT("account"),
        INSTALMENT("instalment");

        final String code;

        Kind(String code) {
            this.code = code;
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
