package cn.jincai.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which changes come about for the same reasons, how often, and the first person of each: a table of numbers, so that counting allocates nothing. Beyond
 * its size further patterns are only counted together.
 */
final class ChangePatterns {
    private static final int SIZE = 1 << 13, MOST = SIZE / 2;

    private final long[] keys = new long[SIZE];
    private final long[] count = new long[SIZE];
    private final long[] first = new long[SIZE];
    private final int[] kind = new int[SIZE];
    private int held;

    /** @param kind benefit and change as one number; {@code key} stands for kind and reasons; {@code person} for one of whom it is true */
    void add(int kind, long key, long person) {
        add(kind, key, person, 1);
    }

    private void add(int kind, long key, long person, long times) {
        if (key == 0) key = 1; // 0 is an empty place
        int at = (int) (key ^ key >>> 32) & SIZE - 1;
        while (keys[at] != 0 && keys[at] != key) at = at + 1 & SIZE - 1;
        if (keys[at] == 0) {
            if (held == MOST) return;
            held++;
            keys[at] = key;
            this.kind[at] = kind;
            first[at] = person;
        }
        count[at] += times;
        if (person < first[at]) first[at] = person;
    }

    void add(ChangePatterns other) {
        for (int at = 0; at < SIZE; at++)
            if (other.keys[at] != 0) add(other.kind[at], other.keys[at], other.first[at], other.count[at]);
    }

    record Pattern(int kind, long people, long person) {}

    /** The most frequent ones of a kind, of equally frequent ones the one with the earlier person. */
    List<Pattern> most(int kind, int many) {
        List<Pattern> all = new ArrayList<>();
        for (int at = 0; at < SIZE; at++)
            if (keys[at] != 0 && this.kind[at] == kind) all.add(new Pattern(kind, count[at], first[at]));
        all.sort(Comparator.comparingLong(Pattern::people).reversed().thenComparingLong(Pattern::person));
        return all.subList(0, Math.min(many, all.size()));
    }
}
