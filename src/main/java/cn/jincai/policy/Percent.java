package cn.jincai.policy;

import java.math.BigDecimal;
import java.util.Optional;

/** A percentage as facts and derived values have it, exact: kept as whole ten-thousandths of a per cent, so 5.5 % is 55 000. */
public final class Percent {
    /** Of these there are a million in the whole. */
    public static final long ONE = 10_000, WHOLE = 100 * ONE;
    /** A million per cent; what would be more stays there. */
    public static final long MOST = 1_000_000 * ONE;

    private static final int DECIMALS = 4;

    private Percent() {}

    /** Ten-thousandths; empty below 0, above {@link #MOST} or with more than four decimals, however it is written: 5.50 is 5.5. */
    public static Optional<Long> of(BigDecimal percent) {
        BigDecimal plain = percent.stripTrailingZeros();
        return plain.scale() > DECIMALS || plain.signum() < 0 || plain.compareTo(value(MOST)) > 0
                ? Optional.empty()
                : Optional.of(plain.movePointRight(DECIMALS).longValueExact());
    }

    /** The same of any number of JSON; a double says no more decimals than it was written with. */
    public static Optional<Long> of(Number percent) {
        if (percent instanceof Double d && !Double.isFinite(d)) return Optional.empty();
        return of(percent instanceof BigDecimal exact ? exact : new BigDecimal(percent.toString()));
    }

    /** Whether it has more than four decimals. */
    public static boolean isTooFine(Number percent) {
        return percent instanceof BigDecimal exact && exact.stripTrailingZeros().scale() > DECIMALS
                || percent instanceof Double d
                        && Double.isFinite(d)
                        && BigDecimal.valueOf(d).stripTrailingZeros().scale() > DECIMALS;
    }

    /** As JSON has it: two that are equal are written the same. */
    public static BigDecimal value(long parts) {
        BigDecimal value = BigDecimal.valueOf(parts, DECIMALS).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    /** As people write it: {@code 5.5%}. */
    public static String said(long parts) {
        return value(parts).toPlainString() + "%";
    }
}
