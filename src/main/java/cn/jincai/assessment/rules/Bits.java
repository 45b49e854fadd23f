package cn.jincai.assessment.rules;

import java.util.Arrays;

/**
 * A set of small numbers: slots of a scheme, codes of a fact, columns of a search. What fits into one word, which is nearly every set of nearly every scheme,
 * is asked with one operation; what does not has further words. It never changes, and as a record it is trusted by the JVM as a constant.
 *
 * @param word the numbers from 0 to 63
 * @param more those above, 64 a word; without empty words at the end
 */
public record Bits(long word, long[] more) {
    private static final long[] NO_MORE = {};
    public static final Bits NONE = new Bits(0, NO_MORE);

    static Bits ofWord(long word) {
        return word == 0 ? NONE : new Bits(word, NO_MORE);
    }

    /** Nothing for a negative number, which stands for "there is none". */
    public static Bits of(int number) {
        if (number < 0) return NONE;
        if (number < 64) return ofWord(1L << number);
        long[] more = new long[number >>> 6];
        more[more.length - 1] = 1L << number;
        return new Bits(0, more);
    }

    /** All numbers below this one. */
    public static Bits below(int count) {
        if (count < 64) return ofWord((1L << count) - 1);
        long[] more = new long[(count >>> 6) - 1 + ((count & 63) == 0 ? 0 : 1)];
        Arrays.fill(more, -1);
        if ((count & 63) != 0) more[more.length - 1] = (1L << count) - 1;
        return new Bits(-1, more);
    }

    public boolean isEmpty() {
        return word == 0 && more.length == 0;
    }

    public boolean has(int number) {
        return number < 64
                ? (word >>> number & 1) != 0
                : number >>> 6 <= more.length && (more[(number >>> 6) - 1] >>> number & 1) != 0;
    }

    public Bits with(int number) {
        return has(number) ? this : or(of(number));
    }

    public Bits or(Bits other) {
        if (more.length == 0 && other.more.length == 0) {
            long both = word | other.word;
            return both == word ? this : both == other.word ? other : new Bits(both, NO_MORE);
        }
        long[] longer = more.length >= other.more.length ? more.clone() : other.more.clone(),
                shorter = more.length >= other.more.length ? other.more : more;
        for (int i = 0; i < shorter.length; i++) longer[i] |= shorter[i];
        return new Bits(word | other.word, longer);
    }

    public Bits and(Bits other) {
        if (more.length == 0 || other.more.length == 0) {
            long both = word & other.word;
            return both == word && more.length == 0 ? this : ofWord(both);
        }
        long[] both = Arrays.copyOf(more, Math.min(more.length, other.more.length));
        for (int i = 0; i < both.length; i++) both[i] &= other.more[i];
        return trimmed(word & other.word, both);
    }

    public Bits without(Bits other) {
        if (more.length == 0) return ofWord(word & ~other.word);
        long[] left = more.clone();
        for (int i = 0; i < Math.min(left.length, other.more.length); i++) left[i] &= ~other.more[i];
        return trimmed(word & ~other.word, left);
    }

    static Bits trimmed(long word, long[] more) {
        int length = more.length;
        while (length > 0 && more[length - 1] == 0) length--;
        return length == 0 ? ofWord(word) : new Bits(word, length == more.length ? more : Arrays.copyOf(more, length));
    }

    public int count() {
        int count = Long.bitCount(word);
        for (long one : more) count += Long.bitCount(one);
        return count;
    }

    /** The lowest; -1 where there is none. */
    public int first() {
        return next(0);
    }

    /** The lowest that is at least this; -1 where there is none. */
    public int next(int from) {
        if (from < 64) {
            long rest = word >>> from;
            if (rest != 0) return from + Long.numberOfTrailingZeros(rest);
        }
        for (int i = Math.max(0, (from >>> 6) - 1); i < more.length; i++) {
            int first = (i + 1) << 6;
            long rest = from > first ? more[i] & -1L << from : more[i];
            if (rest != 0) return first + Long.numberOfTrailingZeros(rest);
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits b && word == b.word && Arrays.equals(more, b.more);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(word) + Arrays.hashCode(more);
    }

    @Override
    public String toString() {
        StringBuilder numbers = new StringBuilder();
        for (int n = first(); n >= 0; n = next(n + 1)) numbers.append(n).append(' ');
        return numbers.toString().trim();
    }
}
