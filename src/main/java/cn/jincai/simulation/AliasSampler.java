package cn.jincai.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Portions of a population by weight, drawn in constant time from one random number (Walker's alias method): its upper half picks the portion, its
 * lower half the value within.
 */
final class AliasSampler {
    /**
     * @param told false where nobody tells the fact
     * @param from first value; {@code count} values from there on are equally likely
     */
    record Portion(long weight, boolean told, long from, long count) {
        static Portion of(long weight, long from, long to) {
            return new Portion(weight, true, from, to - from + 1);
        }

        static Portion one(long weight, long value) {
            return of(weight, value, value);
        }

        static Portion unknown(long weight) {
            return new Portion(weight, false, 0, 1);
        }
    }

    private final long[] threshold;
    private final int[] other;
    private final long[] from;
    private final long[] count;
    private final boolean[] told;

    /** @param portions at least one with a weight */
    AliasSampler(List<Portion> portions) {
        List<Portion> weighed = portions.stream().filter(p -> p.weight() > 0).toList();
        int n = weighed.size();
        double total = weighed.stream().mapToDouble(Portion::weight).sum();
        threshold = new long[n];
        other = new int[n];
        from = weighed.stream().mapToLong(Portion::from).toArray();
        count = weighed.stream().mapToLong(Portion::count).toArray();
        told = new boolean[n];
        for (int i = 0; i < n; i++) told[i] = weighed.get(i).told();
        double[] share =
                weighed.stream().mapToDouble(p -> p.weight() * n / total).toArray();
        Deque<Integer> small = new ArrayDeque<>(), large = new ArrayDeque<>();
        for (int i = 0; i < n; i++) (share[i] < 1 ? small : large).add(i);
        while (!small.isEmpty() && !large.isEmpty()) {
            int less = small.poll(), more = large.poll();
            threshold[less] = (long) (share[less] * (1L << 32));
            other[less] = more;
            share[more] -= 1 - share[less];
            (share[more] < 1 ? small : large).add(more);
        }
        for (int rest : small) threshold[rest] = 1L << 32;
        for (int rest : large) threshold[rest] = 1L << 32;
    }

    /** Which portion this random number falls into. */
    int portion(long random) {
        long wide = (random >>> 32) * threshold.length;
        int at = (int) (wide >>> 32);
        return (wide & 0xffffffffL) < threshold[at] ? at : other[at];
    }

    boolean isTold(int portion) {
        return told[portion];
    }

    long value(int portion, long random) {
        long many = count[portion];
        if (many == 1) return from[portion];
        long low = random & 0xffffffffL;
        return from[portion]
                + (many < 1L << 31 ? low * many >>> 32 : Math.floorMod(random * 0x9e3779b97f4a7c15L, many));
    }
}
