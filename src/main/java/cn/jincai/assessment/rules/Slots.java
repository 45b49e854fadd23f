package cn.jincai.assessment.rules;

import cn.jincai.calendar.WorkingCalendar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one case knows: a number for each fact and derived value, told apart from "not known" and from "known to be none". Days are epoch days,
 * texts and flags the index of their code, lists a set of bits, of long ones the first 64 (see {@link Symbol#more}). What is not known holds 0, which is how a
 * sum counts it (rulebook 2.11).
 */
public final class Slots {
    private static final long[] NO_MORE = {};

    public final long[] value;
    /** Of the first 64 slots, which is all of nearly every scheme. */
    long known;

    long none;
    /** Last days that may still move, by up to {@link WorkingCalendar#PROVISIONAL_DAYS} (rulebook 2.14). */
    long provisional;

    /** The same of the further slots, 64 after 64: known, none and provisional, one after the other. */
    private final long[] more;

    /** By slot, those that are told; null where there are none at all. */
    private @Nullable Series @Nullable [] series;

    /** Places for the further slots of a vocabulary: {@link Vocabulary#places()}. */
    public Slots(int places) {
        this(new long[places], places <= 64 ? NO_MORE : new long[(places - 1 >>> 6) * 3]);
    }

    private Slots(long[] value, long[] more) {
        this.value = value;
        this.more = more;
    }

    public Slots copy() {
        Slots copy = new Slots(value.clone(), more.length == 0 ? more : more.clone());
        copy.known = known;
        copy.none = none;
        copy.provisional = provisional;
        copy.series = series; // never changed once it is laid in
        return copy;
    }

    /** As those others, which have the same size. */
    public void become(Slots other) {
        System.arraycopy(other.value, 0, value, 0, value.length);
        System.arraycopy(other.more, 0, more, 0, more.length);
        known = other.known;
        none = other.none;
        provisional = other.provisional;
        series = other.series;
    }

    /** Nothing is known, so that another case can be laid in. */
    public void clear() {
        Arrays.fill(value, 0);
        Arrays.fill(more, 0);
        known = none = provisional = 0;
        series = null;
    }

    public void set(int slot, long number) {
        value[slot] = number;
        if (slot < 64) known |= 1L << slot;
        else more[word(slot)] |= 1L << slot;
    }

    /** What was told of each month. */
    public void set(int slot, Series told) {
        set(slot, 0);
        @Nullable Series[] all = series == null ? new @Nullable Series[value.length] : series.clone();
        all[slot] = told;
        series = all;
    }

    /** Null where nothing was told. */
    public @Nullable Series series(int slot) {
        return series == null ? null : series[slot];
    }

    /** A list, whose further codes have places of their own. */
    public void set(Symbol symbol, Bits codes) {
        set(symbol.slot(), codes.word());
        for (int i = 0; i < codes.more().length; i++) value[symbol.more() + i] = codes.more()[i];
        for (int i = codes.more().length; i < symbol.moreWords(); i++) value[symbol.more() + i] = 0;
    }

    /** The codes of a list. */
    public Bits list(Symbol symbol) {
        return symbol.more() < 0
                ? Bits.ofWord(value[symbol.slot()])
                : Bits.trimmed(
                        value[symbol.slot()],
                        Arrays.copyOfRange(value, symbol.more(), symbol.more() + symbol.moreWords()));
    }

    /** Whether a list has one of these codes. @param further where the rest of its codes lies */
    boolean hasOneOf(int slot, int further, Bits codes) {
        if ((value[slot] & codes.word()) != 0) return true;
        for (int i = 0; i < codes.more().length; i++) if ((value[further + i] & codes.more()[i]) != 0) return true;
        return false;
    }

    public void setNone(int slot) {
        if (slot < 64) none |= 1L << slot;
        else more[word(slot) + 1] |= 1L << slot;
    }

    void setProvisional(int slot) {
        if (slot < 64) provisional |= 1L << slot;
        else more[word(slot) + 2] |= 1L << slot;
    }

    /** Neither known nor known to be none. */
    public void forget(int slot) {
        value[slot] = 0;
        if (slot < 64) {
            known &= ~(1L << slot);
            none &= ~(1L << slot);
        } else {
            more[word(slot)] &= ~(1L << slot);
            more[word(slot) + 1] &= ~(1L << slot);
        }
    }

    /** Takes the first slots over, without the rest of long lists; of the others nothing is known. */
    public void begin(Slots other, Bits first) {
        clear();
        System.arraycopy(other.value, 0, value, 0, first.count());
        known = other.known & first.word();
        none = other.none & first.word();
        for (int i = 0; i < 3 * first.more().length; i++) more[i] = other.more[i] & first.more()[i / 3];
        series = other.series;
    }

    private static int word(int slot) {
        return ((slot >>> 6) - 1) * 3;
    }

    public boolean isKnown(int slot) {
        return ((slot < 64 ? known : more[word(slot)]) >>> slot & 1) != 0;
    }

    public boolean isNone(int slot) {
        return ((slot < 64 ? none : more[word(slot) + 1]) >>> slot & 1) != 0;
    }

    public boolean isProvisional(int slot) {
        return ((slot < 64 ? provisional : more[word(slot) + 2]) >>> slot & 1) != 0;
    }

    public boolean isUnknown(int slot) {
        return !isKnown(slot) && !isNone(slot);
    }

    /** 1 where it is known to be none, else 0. */
    int noneBit(int slot) {
        return (int) ((slot < 64 ? none : more[word(slot) + 1]) >>> slot) & 1;
    }

    /** All of these slots. */
    public boolean areKnown(Bits slots) {
        return (slots.word() & ~known) == 0 && (slots.more().length == 0 || (unmet(slots, 0)) == 0);
    }

    /** Known, or known to be none. */
    boolean areSettled(Bits slots) {
        return (slots.word() & ~known & ~none) == 0
                && (slots.more().length == 0 || unknown(slots).isEmpty());
    }

    public boolean isAnyNone(Bits slots) {
        return (slots.word() & none) != 0 || slots.more().length != 0 && met(slots, 1);
    }

    boolean isAnyProvisional(Bits slots) {
        return (slots.word() & provisional) != 0 || slots.more().length != 0 && met(slots, 2);
    }

    private long unmet(Bits slots, int what) {
        long unmet = 0;
        for (int i = 0; i < slots.more().length; i++) unmet |= slots.more()[i] & ~more[3 * i + what];
        return unmet;
    }

    private boolean met(Bits slots, int what) {
        for (int i = 0; i < slots.more().length; i++) if ((slots.more()[i] & more[3 * i + what]) != 0) return true;
        return false;
    }

    /** Those of these slots about which nothing is known. */
    Bits unknown(Bits slots) {
        long first = slots.word() & ~known & ~none;
        if (slots.more().length == 0) return Bits.ofWord(first);
        long[] rest = slots.more().clone();
        for (int i = 0; i < rest.length; i++) rest[i] &= ~more[3 * i] & ~more[3 * i + 1];
        return Bits.trimmed(first, rest);
    }

    Bits provisional(Bits slots) {
        if (slots.more().length == 0) return Bits.ofWord(slots.word() & provisional);
        long[] rest = slots.more().clone();
        for (int i = 0; i < rest.length; i++) rest[i] &= more[3 * i + 2];
        return Bits.trimmed(slots.word() & provisional, rest);
    }

    /** The last value that a slot may still take: later than its value only for a provisional day. */
    long latest(int slot) {
        return isProvisional(slot) ? value[slot] + WorkingCalendar.PROVISIONAL_DAYS : value[slot];
    }
}
