package cn.jincai.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value by brackets: either so much for each one that falls into a bracket (marginal), or one value by the bracket into which the number falls (flat).
 *
 * @param gives    {@code fen}, {@code percent} (in the parts of {@link Percent}, never for each), {@code months} or {@code count}
 * @param each     it is marginal
 * @param brackets rising and without a hole, from 1 on where it is marginal, else from 0 on; the last one has no end
 * @param atMost   no more than this in all, only where it is marginal; or null
 */
public record Scale(
        String gives,
        boolean each,
        List<Bracket> brackets,
        @Nullable Long atMost) {
    /** Beyond every sum of money; what would be more stays there. */
    private static final long MOST = 1L << 60;

    /** @param to the last number in it, null: none */
    public record Bracket(long from, @Nullable Long to, long gives) {
        public long last() {
            return to == null ? Long.MAX_VALUE : to;
        }

        /** How many of so many fall into it. */
        public long count(long number) {
            return Math.max(0, Math.min(number, last()) - from + 1);
        }

        /** What it gives where each one counts. */
        public long inAll(long number) {
            long count = count(number);
            return gives > 0 && count > MOST / gives ? MOST : count * gives;
        }
    }

    public boolean isSum() {
        return gives.equals("fen");
    }

    public long of(long number) {
        if (!each) return bracket(number).gives();
        long all = 0;
        for (Bracket bracket : brackets) all = Math.min(MOST, all + bracket.inAll(number));
        return atMost == null ? all : Math.min(atMost, all);
    }

    /** The one into which a number falls; what is below all is in the first. */
    public Bracket bracket(long number) {
        for (Bracket bracket : brackets) if (number <= bracket.last()) return bracket;
        return brackets.get(brackets.size() - 1);
    }

    /** The smallest or largest that it gives for numbers from one to another. */
    public long end(long from, long to, boolean lowest) {
        if (each) return of(lowest ? from : to); // no less for more
        long end = bracket(from).gives();
        for (Bracket bracket : brackets)
            if (bracket.from() > from && bracket.from() <= to)
                end = lowest ? Math.min(end, bracket.gives()) : Math.max(end, bracket.gives());
        return end;
    }

    /** As JSON has it, in the words of the file. */
    @JsonValue
    public Map<String, Object> told() {
        List<Map<String, Object>> told = new ArrayList<>();
        for (Bracket bracket : brackets) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("from", bracket.from());
            if (bracket.to() != null) one.put("to", bracket.to());
            one.put(
                    each ? "each" : "flat",
                    gives.equals(Parameter.PERCENT) ? Percent.value(bracket.gives()) : (Object) bracket.gives());
            told.add(one);
        }
        Map<String, Object> scale = new LinkedHashMap<>();
        scale.put("gives", gives);
        scale.put("brackets", told);
        if (atMost != null) scale.put("atMost", atMost);
        return scale;
    }
}
