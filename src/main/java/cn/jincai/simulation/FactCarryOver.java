package cn.jincai.simulation;

import cn.jincai.assessment.rules.Bits;
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
    private final Bits facts;
    private final int applicationFrom, applicationTo;
    private final Carried[] carried;

    /** @param codes new number by old one, -1 for a code that is gone; null where the codes are the same */
    private record Carried(
            int from,
            int to,
            @Nullable Symbol list,
            @Nullable Symbol listTo,
            int @Nullable [] codes) {
        boolean isLong() {
            return list != null
                    && listTo != null
                    && (list.codes().size() > 64 || listTo.codes().size() > 64);
        }
    }

    FactCarryOver(Vocabulary from, Vocabulary to) {
        applicationFrom = from.applicationDate;
        applicationTo = to.applicationDate;
        facts = Bits.below(from.applicationDate + 1);
        List<Symbol> symbols =
                IntStream.range(0, from.applicationDate).mapToObj(from::at).toList();
        carried = symbols.stream()
                .filter(s -> {
                    Symbol there = to.get(s.name());
                    return there != null && there.slot() < to.applicationDate && there.kind() == s.kind();
                })
                .map(s -> carried(s, to.known(s.name())))
                .toArray(Carried[]::new);
        alike = from.applicationDate == to.applicationDate
                && carried.length == from.applicationDate
                && Arrays.stream(carried).allMatch(c -> c.from() == c.to() && c.codes() == null && !c.isLong());
    }

    private static Carried carried(Symbol from, Symbol to) {
        int @Nullable [] codes = from.codes().equals(to.codes())
                        || from.codes().isEmpty()
                        || to.codes().isEmpty()
                ? null
                : from.codes().stream().mapToInt(to.codes()::indexOf).toArray();
        boolean list = from.kind() == Symbol.Kind.LIST;
        return new Carried(from.slot(), to.slot(), list ? from : null, list ? to : null, codes);
    }

    /** Lays the facts and the day into the other slots; whatever stood there is gone. */
    void carry(Slots from, Slots to) {
        if (alike) {
            to.begin(from, facts);
            return;
        }
        to.clear();
        to.set(applicationTo, from.value[applicationFrom]);
        for (Carried c : carried) {
            if (from.isNone(c.from())) to.setNone(c.to());
            else if (from.isKnown(c.from())) carry(c, from, to);
        }
    }

    private static void carry(Carried c, Slots from, Slots to) {
        int[] codes = c.codes();
        long value = from.value[c.from()];
        if (c.list() != null && c.listTo() != null) {
            Bits has = from.list(c.list()), there = codes == null ? has : Bits.NONE;
            if (codes != null)
                for (int code = has.first(); code >= 0; code = has.next(code + 1)) there = there.with(codes[code]);
            to.set(c.listTo(), there);
        } else if (from.series(c.from()) != null) {
            to.set(c.to(), java.util.Objects.requireNonNull(from.series(c.from())));
        } else if (codes == null) {
            to.set(c.to(), value);
        } else if (codes[(int) value] >= 0) {
            to.set(c.to(), codes[(int) value]);
        }
    }
}
