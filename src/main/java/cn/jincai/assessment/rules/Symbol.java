package cn.jincai.assessment.rules;

import java.util.List;
import java.util.Locale;

/**
 * A name that tables may use and where its value lies.
 *
 * @param codes       of a text, flag or list, in the order of their bits; empty for a text that may be anything, which no cell can read
 * @param provisional a last day that may still move
 * @param more        of a list with more than 64 codes the place of the next 64, -1 where one word is enough
 */
public record Symbol(String name, int slot, Kind kind, List<String> codes, boolean provisional, int more) {
    public enum Kind {
        NUMBER,
        /** In the parts of {@link cn.jincai.policy.Percent}. */
        PERCENT,
        DATE,
        FLAG,
        TEXT,
        LIST,
        /** A value for each month; only what is made of it is read. */
        SERIES,
        /** Counted as {@link cn.jincai.kernel.Period} does; only its days and months are read. */
        PERIOD;

        /** One is more than another. */
        boolean isOrdered() {
            return this == NUMBER || this == PERCENT || this == DATE;
        }

        String told() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final List<String> FLAGS = List.of("false", "true");

    int moreWords() {
        return more < 0 ? 0 : codes.size() - 1 >>> 6;
    }
}
