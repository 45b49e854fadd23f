package cn.jincai.filing.remembered;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer comes from that its person has not typed.
 *
 * @param name the number of the case or the code of the source; null where the kind says it all
 * @param day  from which it is: of handing in, of the source's answer, or of taking it over
 */
public record Origin(Kind kind, @Nullable String name, LocalDate day) {
    public enum Kind {
        ACCOUNT,
        CASE,
        SOURCE,
        /** An identity number tells the birth date, a card its bank. */
        NUMBER;

        /** As it is kept, and as the key of its words ends. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
