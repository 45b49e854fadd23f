package cn.jincai.assessment.rules;

import cn.jincai.kernel.Period;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What there is for each month: told by a fact, or made of what is told. Months go by their numbers, see {@link Period}. */
sealed interface Monthly {
    /** Nobody knows it; there is nothing for this month. */
    long UNKNOWN = Long.MIN_VALUE, NOTHING = UNKNOWN + 1;

    long at(int month, Slots s);

    /** The facts, and ordinary derived values, that stand behind it. */
    Bits inputs();

    /** The series that nobody told for this month, where that is why it is unknown. */
    Bits unknown(int month, Slots s);

    /** The first and last month; null where that is not known. */
    int @Nullable [] range(Slots s);

    /** A fact: its months are those that are told. */
    record Told(int slot) implements Monthly {
        private static final int[] NO_MONTHS = {0, -1};

        @Override
        public long at(int month, Slots s) {
            Series series = s.series(slot);
            Long value = series == null ? null : series.told().get(month);
            return value == null ? UNKNOWN : value;
        }

        @Override
        public Bits inputs() {
            return Bits.of(slot);
        }

        @Override
        public Bits unknown(int month, Slots s) {
            return at(month, s) == UNKNOWN ? inputs() : Bits.NONE;
        }

        @Override
        public int @Nullable [] range(Slots s) {
            Series series = s.series(slot);
            if (series == null) return null;
            return series.told().isEmpty()
                    ? NO_MONTHS
                    : new int[] {series.told().firstKey(), series.told().lastKey()};
        }
    }

    /**
     * Calculated for each month.
     *
     * @param only   a series of yes and no, or null
     * @param is     by the first month for which parameters hold as it says: what is calculated; a series in it stands in its own slot
     * @param series those that it reads, by their slots
     * @param plain  the other slots that it reads
     */
    record Made(
            int slot,
            Range range,
            @Nullable Monthly only,
            NavigableMap<Integer, NumericExpression> is,
            Map<Integer, Monthly> series,
            Bits plain)
            implements Monthly {
        @Override
        public long at(int month, Slots s) {
            if (only != null) {
                long held = only.at(month, s);
                if (held == UNKNOWN) return UNKNOWN;
                if (held <= 0) return NOTHING;
            }
            NumericExpression number = on(month);
            if (!NumericExpression.asks(number)) return NOTHING;
            Bits reads = number.reads();
            if (!s.unknown(reads.without(slots())).isEmpty()) return UNKNOWN;
            Slots here = s.copy();
            for (Map.Entry<Integer, Monthly> one : series.entrySet()) {
                if (!reads.has(one.getKey())) continue;
                long value = one.getValue().at(month, s);
                if (value == UNKNOWN) return UNKNOWN;
                here.set(one.getKey(), value == NOTHING ? 0 : value);
            }
            return Math.max(0, Math.min(Scheme.LARGEST, number.at(here)));
        }

        /** What is calculated for a month. */
        NumericExpression on(int month) {
            return Objects.requireNonNull(is.floorEntry(month)).getValue();
        }

        private Bits slots() {
            Bits slots = Bits.NONE;
            for (int slot : series.keySet()) slots = slots.with(slot);
            return slots;
        }

        @Override
        public Bits inputs() {
            Bits inputs = plain.or(range.reads());
            if (only != null) inputs = inputs.or(only.inputs());
            for (Monthly one : series.values()) inputs = inputs.or(one.inputs());
            return inputs;
        }

        @Override
        public Bits unknown(int month, Slots s) {
            if (at(month, s) != UNKNOWN) return Bits.NONE;
            Bits unknown = only == null ? Bits.NONE : only.unknown(month, s);
            for (Monthly one : series.values()) unknown = unknown.or(one.unknown(month, s));
            return unknown;
        }

        @Override
        public int @Nullable [] range(Slots s) {
            return range.of(s);
        }
    }

    /**
     * Over which months.
     *
     * @param period the slot of a period, -1 where two days say it
     * @param kind   of the period
     */
    record Range(int period, Period.@Nullable Kind kind, int from, int to) {
        Bits reads() {
            return kind != null ? Bits.of(period) : Bits.of(from).with(to);
        }

        int @Nullable [] of(Slots s) {
            if (!s.areKnown(reads())) return null;
            if (kind == null) return new int[] {month(s.value[from]), month(s.value[to])};
            Period held = new Period(kind, (int) s.value[period]);
            return new int[] {number(held.firstMonth()), number(held.lastMonth())};
        }

        private static int month(long day) {
            return number(YearMonth.from(LocalDate.ofEpochDay(day)));
        }
    }

    static int number(YearMonth month) {
        return month.getYear() * 12 + month.getMonthValue() - 1;
    }
}
