package cn.jincai.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a whole, exact and never more than it: so many of so many.
 *
 * @param said        as people write it: {@code 5.5%} or {@code 2/3}
 * @param numerator   from 0 to the denominator
 * @param denominator from 1 to a million
 */
public record Rate(@JsonValue String said, long numerator, long denominator) {
    private static final long FINEST = 1_000_000;
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)%?"),
            RATIO = Pattern.compile("(\\d{1,7})/(\\d{1,7})");

    /** A number of hundredths with at most four decimals, such as {@code 5.5}; empty where it is none, or more than a hundred. */
    public static Optional<Rate> percent(String text) {
        Matcher percent = PERCENT.matcher(text.strip());
        if (!percent.matches()) return Optional.empty();
        BigDecimal number = new BigDecimal(percent.group(1));
        return of(number.toPlainString() + "%", number.movePointRight(4).longValueExact(), FINEST);
    }

    /** Two whole numbers, such as {@code 2/3}; empty where it is none, or more than the whole. */
    public static Optional<Rate> ratio(String text) {
        Matcher ratio = RATIO.matcher(text.strip());
        return ratio.matches()
                ? of(ratio.group(), Long.parseLong(ratio.group(1)), Long.parseLong(ratio.group(2)))
                : Optional.empty();
    }

    private static Optional<Rate> of(String said, long numerator, long denominator) {
        return denominator < 1 || denominator > FINEST || numerator > denominator
                ? Optional.empty()
                : Optional.of(new Rate(said, numerator, denominator));
    }

    @Override
    public String toString() {
        return said;
    }
}
