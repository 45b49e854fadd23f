package cn.jincai.simulation;

import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Facts of one version of a scheme laid into another: where both know a fact by the same name and kind its value is carried over, code by code. */
final class FactCarryOver {
    private final boolean alike;
    private final long factMask;
    private final int facts;
    private final int applicationFrom, applicationTo;
    private final Carried[] carried;

    /** @param codes new number by old one, -1 for a code that is gone; null where the codes are the same */
    private record Carried(int from, int to, boolean list, int @Nullable [] codes) {}

    FactCarryOver(Vocabulary from, Vocabulary to) {
        applicationFrom = from.applicationDate;
        applicationTo = to.applicationDate;
        facts = from.applicationDate;
        factMask = from.factMask | 1L << from.applicationDate;
        List<Symbol> symbols = IntStream.range(0, facts).mapToObj(from::at).toList();
        carried = symbols.stream()
                .filter(s -> {
                    Symbol there = to.get(s.name());
                    return there != null && there.slot() < to.applicationDate && there.kind() == s.kind();
                })
                .map(s -> carried(s, to.known(s.name())))
                .toArray(Carried[]::new);
        alike = facts == to.applicationDate
                && carried.length == facts
                && Arrays.stream(carried).allMatch(c -> c.from() == c.to() && c.codes() == null);
    }

    private static Carried carried(Symbol from, Symbol to) {
        int @Nullable [] codes = from.codes().equals(to.codes())
                        || from.codes().isEmpty()
                        || to.codes().isEmpty()
                ? null
                : from.codes().stream().mapToInt(to.codes()::indexOf).toArray();
        return new Carried(from.slot(), to.slot(), from.kind() == Symbol.Kind.LIST, codes);
    }

    /** Lays the facts and the day into the other slots; whatever stood there is gone. */
    void carry(Slots from, Slots to) {
        to.clear();
        if (alike) {
            System.arraycopy(from.value, 0, to.value, 0, facts + 1);
            to.known = from.known & factMask;
            to.none = from.none & factMask;
            return;
        }
        to.set(applicationTo, from.value[applicationFrom]);
        for (Carried c : carried) {
            if (from.isNone(c.from())) to.setNone(c.to());
            else if (from.isKnown(c.from())) carry(c, from.value[c.from()], to);
        }
    }

    private static void carry(Carried c, long value, Slots to) {
        int[] codes = c.codes();
        if (codes == null) {
            to.set(c.to(), value);
        } else if (!c.list()) {
            if (codes[(int) value] >= 0) to.set(c.to(), codes[(int) value]);
        } else {
            long bits = 0;
            for (long rest = value; rest != 0; rest &= rest - 1) {
                int code = codes[Long.numberOfTrailingZeros(rest)];
                if (code >= 0) bits |= 1L << code;
            }
            to.set(c.to(), bits);
        }
    }
}
