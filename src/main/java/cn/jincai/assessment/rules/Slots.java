package cn.jincai.assessment.rules;

import cn.jincai.calendar.WorkingCalendar;

/**
 * What one case knows: a number for each fact and derived value, told apart from "not known" and from "known to be none". Days are epoch days,
 * texts and flags the index of their code, lists a set of bits. What is not known holds 0, which is how a sum counts it (rulebook 2.11).
 */
public final class Slots {
    public final long[] value;
    public long known;
    public long none;
    /** Last days that may still move, by up to {@link WorkingCalendar#PROVISIONAL_DAYS} (rulebook 2.14). */
    public long provisional;

    public Slots(int size) {
        this(new long[size]);
    }

    private Slots(long[] value) {
        this.value = value;
    }

    public Slots copy() {
        Slots copy = new Slots(value.clone());
        copy.known = known;
        copy.none = none;
        copy.provisional = provisional;
        return copy;
    }

    /** As those others, which have the same size. */
    public void become(Slots other) {
        System.arraycopy(other.value, 0, value, 0, value.length);
        known = other.known;
        none = other.none;
        provisional = other.provisional;
    }

    /** Nothing is known, so that another case can be laid in. */
    public void clear() {
        java.util.Arrays.fill(value, 0);
        known = none = provisional = 0;
    }

    public void set(int slot, long number) {
        value[slot] = number;
        known |= 1L << slot;
    }

    public void setNone(int slot) {
        none |= 1L << slot;
    }

    public boolean isKnown(int slot) {
        return (known >>> slot & 1) != 0;
    }

    public boolean isNone(int slot) {
        return (none >>> slot & 1) != 0;
    }

    public boolean isUnknown(int slot) {
        return ((known | none) >>> slot & 1) == 0;
    }

    /** 1 where it is known to be none, else 0. */
    int noneBit(int slot) {
        return (int) (none >>> slot) & 1;
    }

    boolean areKnown(long mask) {
        return (mask & ~known) == 0;
    }

    /** The slots of this mask about which nothing is known. */
    long unknown(long mask) {
        return mask & ~known & ~none;
    }

    /** The last value that a slot may still take: later than its value only for a provisional day. */
    long latest(int slot) {
        return (provisional >>> slot & 1) != 0 ? value[slot] + WorkingCalendar.PROVISIONAL_DAYS : value[slot];
    }
}
