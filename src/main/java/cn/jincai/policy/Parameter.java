package cn.jincai.policy;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value of the rules that changes with time, from {@code parameters.yaml}.
 *
 * @param unit     {@code fen}, {@code months}, {@code years}, {@code count}, {@code date}, {@code flag}, {@value #PERCENT}, {@value #RATIO} or {@value #SCALE}
 * @param chosenBy the date fact that picks the value, or {@code governingDate}
 * @param values   the oldest first
 */
public record Parameter(String name, String unit, String chosenBy, Text label, List<Dated> values) {
    /** The scheme's own governing date picks the value. */
    public static final String BY_GOVERNING_DATE = "governingDate";

    /** Units of a {@link Rate}. */
    public static final String PERCENT = "percent", RATIO = "ratio";

    /** The unit of a {@link Scale}. */
    public static final String SCALE = "scale";

    /** The month for which something is made picks the value: the one that holds on its first day. */
    public static final String BY_MONTH = "month";

    private static final int FEN_IN_A_YUAN = 100;

    /**
     * @param from       the first day on which it holds; {@link LocalDate#MIN} for {@code always}
     * @param is         a whole number, a day, a flag, a {@link Rate} or a {@link Scale}; null for {@code none}: nothing is asked in that time
     * @param source     code of a document in {@code sources.yaml}
     * @param comparedOn the day on which a person last compared it with the text, or null
     */
    public record Dated(
            LocalDate from,
            @Nullable Object is,
            Status status,
            String source,
            @Nullable LocalDate comparedOn,
            @Nullable Text note) {}

    public boolean isByMonth() {
        return chosenBy.equals(BY_MONTH);
    }

    public boolean isRate() {
        return unit.equals(PERCENT) || unit.equals(RATIO);
    }

    public boolean isScale() {
        return unit.equals(SCALE);
    }

    /** The unit of what a scale gives, of any other parameter its own. */
    public String gives() {
        return isScale()
                ? values.stream()
                        .flatMap(d -> d.is() instanceof Scale s ? Stream.of(s.gives()) : Stream.empty())
                        .findFirst()
                        .orElse("fen")
                : unit;
    }

    /** In fen, for all or by brackets. */
    public boolean isSum() {
        return gives().equals("fen");
    }

    /** The value that holds on a day, or {@link LocalDate#MIN} for the first; null before there is one, and where that value is {@code none}. */
    public @Nullable Object heldOn(LocalDate day) {
        Dated dated = on(day);
        return dated == null ? null : dated.is();
    }

    /** The same with what is said about it; null before the first. */
    public @Nullable Dated on(LocalDate day) {
        Dated held = null;
        for (Dated dated : values) if (!dated.from().isAfter(day)) held = dated;
        return held;
    }

    /** Two sums that stand for each other. */
    public record Sums(long was, long is) {
        /** One is a hundred times the other, or more: perhaps one of them is in yuan. */
        public boolean areHundredfold() {
            return isHundredfold(was, is);
        }
    }

    /** The first two sums of two values, of scales bracket by bracket, of which one is a hundred times the other or more. */
    public static Optional<Sums> hundredfold(@Nullable Object was, @Nullable Object is) {
        if (was instanceof Long a && is instanceof Long b)
            return Optional.of(new Sums(a, b)).filter(Sums::areHundredfold);
        if (!(was instanceof Scale a && is instanceof Scale b)) return Optional.empty();
        Stream<Sums> brackets = IntStream.range(
                        0, Math.min(a.brackets().size(), b.brackets().size()))
                .mapToObj(i -> new Sums(
                        a.brackets().get(i).gives(), b.brackets().get(i).gives()));
        Stream<Sums> most =
                a.atMost() == null || b.atMost() == null ? Stream.empty() : Stream.of(new Sums(a.atMost(), b.atMost()));
        return Stream.concat(brackets, most).filter(Sums::areHundredfold).findFirst();
    }

    public static boolean isHundredfold(long a, long b) {
        return a > 0 && b > 0 && Math.max(a, b) / FEN_IN_A_YUAN >= Math.min(a, b);
    }
}
