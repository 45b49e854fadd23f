package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.calendar.EpochDays;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Period;
import cn.jincai.policy.Computation;
import java.time.LocalDate;
import java.util.List;

/** What the derived values of a scheme may be for the cases of a box, each from the slots, rows or benefits of which it is made. */
final class DerivedRanges {
    /** Longer than any row of rest days. */
    private static final int LONGEST_REST = 20;

    private final BoxState state;
    private final SlotRanges slots;

    DerivedRanges(BoxState state, SlotRanges slots) {
        this.state = state;
        this.slots = slots;
    }

    void of(int slot, SearchModel.Made m) {
        if (!m.asks()) {
            slots.status[slot] = SlotRanges.NONE;
            return;
        }
        switch (m.declared().as()) {
            case completedYears, completedMonths ->
                completed(slot, m, m.declared().as() == Computation.completedYears);
            case endOfPeriod, monthsLater -> later(slot, m, m.declared().as() == Computation.endOfPeriod);
            case number -> number(slot, m);
            case firstDayOf, lastDayOf -> dayOfPeriod(slot, m, m.declared().as() == Computation.firstDayOf);
            case forEachMonth, sumOfMonths, countMonths, longestRun, gaps, leastOfMonths, mostOfMonths ->
                throw new IllegalStateException("it is searched as a fact");
            case calculation, percent -> calculation(slot, m.number());
            case bestForCertain -> best(slot, m.rows(), TruthSet.TRUE);
            case bestPossible -> best(slot, m.rows(), TruthSet.TRUE | TruthSet.UNKNOWN);
            case limitMissed -> limitMissed(slot, m);
            case outputOf -> outputOf(slot, m);
            case sumOf ->
                slots.known(slot, state.benefits.leastPaid(m.benefit()), state.benefits.mostPaid(m.benefit()));
            case verdictOf -> verdictOf(slot, m.benefit());
        }
    }

    private void completed(int slot, SearchModel.Made m, boolean years) {
        if (!plain(slot, Bits.of(m.from()).with(m.on()))) return;
        slots.known(
                slot,
                counted(years, slots.hi[m.from()], slots.lo[m.on()]),
                counted(years, slots.lo[m.from()], slots.hi[m.on()]));
        if (state.model.following[slot] >= 0) allow(slot, state.model.following[slot]);
    }

    private void later(int slot, SearchModel.Made m, boolean ends) {
        if (!plain(slot, Bits.of(m.from()).or(m.number().reads()))) return;
        period(
                slot,
                ends,
                later(slots.lo[m.from()], slots.least(m.number())),
                later(slots.hi[m.from()], slots.most(m.number())));
    }

    private void dayOfPeriod(int slot, SearchModel.Made m, boolean first) {
        if (!plain(slot, Bits.of(m.of()))) return;
        Period.Kind kind = state.rules.vocabulary.knownFact(m.of()).periodKind();
        slots.known(slot, day(kind, slots.lo[m.of()], first), day(kind, slots.hi[m.of()], first));
    }

    private void calculation(int slot, NumericExpression number) {
        boolean known = plain(slot, number.reads());
        if (known && slots.isDividedByZero(number, false)) slots.status[slot] |= SlotRanges.NONE;
        if (known && !slots.isDividedByZero(number, true)) slots.known(slot, slots.least(number), slots.most(number));
        slots.countsLo[slot] = slots.leastCounted(number);
        slots.countsHi[slot] = slots.mostCounted(number);
    }

    private void verdictOf(int slot, int benefit) {
        int asked = state.benefits.asked(benefit);
        slots.status[slot] = ((asked & TruthSet.FALSE) != 0 ? SlotRanges.NONE : 0)
                | (asked == TruthSet.FALSE ? 0 : SlotRanges.KNOWN);
        slots.lo[slot] = state.benefits.verdicts(benefit) & ~BenefitRanges.NOT_ASKED;
    }

    /** None where an input is none, unknown where one is unknown. @return whether it may be known */
    private boolean plain(int slot, Bits inputs) {
        boolean known = true;
        for (int input = inputs.first(); input >= 0; input = inputs.next(input + 1)) {
            int may = slots.status(input);
            slots.status[slot] |= may & (SlotRanges.NONE | SlotRanges.OPEN);
            if ((may & SlotRanges.KNOWN) == 0) known = false;
        }
        if (!known && mustBeNone(inputs)) slots.status[slot] = SlotRanges.NONE;
        return known;
    }

    private boolean mustBeNone(Bits inputs) {
        for (int input = inputs.first(); input >= 0; input = inputs.next(input + 1))
            if (slots.status[input] == SlotRanges.NONE) return true;
        return false;
    }

    /** Only what the box allows at this column. */
    private void allow(int slot, int column) {
        slots.lo[slot] = Math.max(slots.lo[slot], state.box.lo[column]);
        slots.hi[slot] = Math.min(slots.hi[slot], state.box.hi[column]);
        if (slots.lo[slot] <= slots.hi[slot]) return;
        slots.status[slot] &= ~SlotRanges.KNOWN;
        if (slots.status[slot] != 0) return;
        state.impossible = state.impossible.or(state.model.behind.slot(slot));
        slots.status[slot] = SlotRanges.OPEN;
    }

    private static long counted(boolean years, long from, long on) {
        return years ? EpochDays.completedYears(from, on) : EpochDays.completedMonths(from, on);
    }

    private static long day(Period.Kind kind, long number, boolean first) {
        Period period = new Period(kind, (int) number);
        return (first ? period.firstDay() : period.lastDay()).toEpochDay();
    }

    private static long later(long day, long months) {
        return EpochDays.plusMonths(day, (int) Math.min(12_000, months));
    }

    private void period(int slot, boolean ends, long first, long last) {
        if (!ends) {
            slots.known(slot, first, last);
            return;
        }
        long from = state.model.calendar.nextWorkingDay(first), to = state.model.calendar.nextWorkingDay(last);
        boolean fromMoves = from == WorkingCalendar.NONE, toMoves = to == WorkingCalendar.NONE;
        if (first == last) {
            slots.known(slot, fromMoves ? first : from, fromMoves ? first : from);
            slots.moves[slot] = fromMoves ? SlotRanges.MOVES : SlotRanges.FINAL;
            return;
        }
        slots.known(slot, first, Math.max(last + LONGEST_REST, toMoves ? last : to));
        boolean oneYear = LocalDate.ofEpochDay(first).getYear()
                == LocalDate.ofEpochDay(last).getYear();
        slots.moves[slot] = oneYear && fromMoves == toMoves
                ? fromMoves ? SlotRanges.MOVES : SlotRanges.FINAL
                : SlotRanges.FINAL | SlotRanges.MOVES;
        if (slots.moves[slot] == SlotRanges.FINAL) slots.lo[slot] = from;
        if (slots.moves[slot] == SlotRanges.FINAL) slots.hi[slot] = to;
        if (slots.moves[slot] == SlotRanges.MOVES) slots.hi[slot] = last;
    }

    private void number(int slot, SearchModel.Made m) {
        if (!plain(slot, Bits.of(m.of()))) return;
        long[] numbers = m.numbers();
        if (state.rules.vocabulary.at(m.of()).kind() != Symbol.Kind.LIST) {
            for (long bits = slots.lo[m.of()]; bits != 0; bits &= bits - 1)
                slots.known(slot, numbers[Long.numberOfTrailingZeros(bits)], numbers[Long.numberOfTrailingZeros(bits)]);
            return;
        }
        long least = 0, most = 0;
        for (long bits = slots.lo[m.of()]; bits != 0; bits &= bits - 1)
            least = Math.max(least, numbers[Long.numberOfTrailingZeros(bits)]);
        for (long bits = slots.hi[m.of()]; bits != 0; bits &= bits - 1)
            most = Math.max(most, numbers[Long.numberOfTrailingZeros(bits)]);
        slots.known(slot, least, most);
    }

    /** The best level among rows with one of these truths. */
    private void best(int slot, List<Rule> rows, int truths) {
        int most = 0, least = 0, certain = 0;
        for (Rule rule : rows) {
            int truth = state.truth(rule.number()), level = rule.level();
            if (level == 0 || (truth & truths) == 0) continue;
            if (least == 0 || level < least) least = level;
            if (level > most) most = level;
            if ((truth & ~truths) == 0 && (certain == 0 || level < certain)) certain = level;
        }
        if (least > 0) slots.known(slot, least, certain > 0 ? certain : most);
        if (certain == 0) slots.status[slot] |= SlotRanges.NONE;
    }

    private void limitMissed(int slot, SearchModel.Made m) {
        boolean mayBeNone = true, mayBeKnown = true;
        for (Rule rule : m.rows())
            if (rule.level() > 0 && (state.truth(rule.number()) & TruthSet.FALSE) == 0) mayBeKnown = false;
        boolean settled = true;
        Rule certain = null; // of one level the first row counts
        for (Rule rule : m.rows()) {
            settled &= TruthSet.isSettled(state.truth(rule.number()));
            if (missesOnly(rule, m.declared().column(), true) && (certain == null || rule.level() < certain.level()))
                certain = rule;
        }
        if (settled && mayBeKnown && certain != null) mayBeNone = false;
        if (mayBeKnown)
            for (Rule rule : m.rows())
                if (missesOnly(rule, m.declared().column(), false)
                        && (certain == null
                                || rule == certain
                                || rule.level() < certain.level()
                                || rule.level() == certain.level() && rule.number() < certain.number())) {
                    boolean limit = false;
                    for (Cell cell : rule.cells())
                        if (cell.column().equals(m.declared().column()) && cell.test() instanceof CellTest.Compare c) {
                            slots.known(slot, slots.leastCounted(c.right()), slots.mostCounted(c.right()));
                            limit = true;
                        }
                    mayBeNone |= !limit;
                }
        if (mayBeNone || slots.status[slot] == 0) slots.status[slot] |= SlotRanges.NONE;
    }

    /** Whether nothing but this column keeps the row from holding, for all cases or for some. */
    private boolean missesOnly(Rule rule, String column, boolean always) {
        boolean missed = false;
        for (Cell cell : rule.cells()) {
            int truth = state.truth(cell),
                    allowed = cell.column().equals(column) ? TruthSet.FALSE | TruthSet.TRUE : TruthSet.TRUE;
            if (cell.column().equals(column) && (always ? truth == TruthSet.FALSE : (truth & TruthSet.FALSE) != 0))
                missed = true;
            if (always ? (truth & ~allowed) != 0 : (truth & allowed) == 0) return false;
        }
        return missed;
    }

    private void outputOf(int slot, SearchModel.Made m) {
        boolean mayBeOpen = false,
                mayBeNone = true,
                governed = slots.status(state.rules.vocabulary.governingDate) == SlotRanges.KNOWN,
                maybeGoverned = (slots.status(state.rules.vocabulary.governingDate) & SlotRanges.KNOWN) != 0;
        for (Rule rule : m.rows()) {
            int truth = state.truth(rule.number());
            if (truth == TruthSet.UNKNOWN) mayBeNone = false;
            if ((truth & TruthSet.UNKNOWN) != 0) mayBeOpen = true;
            if ((truth & TruthSet.TRUE) == 0) continue;
            String output = m.declared().column();
            NumericExpression number = output.equals("amountFen")
                    ? rule.amount()
                    : output.equals("monthlyFen") ? rule.monthly() : rule.months();
            if (number == null || !NumericExpression.asks(number)) {
                slots.status[slot] |= SlotRanges.NONE;
            } else {
                int reads = SlotRanges.KNOWN;
                Bits inputs = number.reads();
                for (int input = inputs.first(); input >= 0; input = inputs.next(input + 1)) {
                    int may = slots.status(input);
                    if (may != SlotRanges.KNOWN) reads |= SlotRanges.OPEN;
                    if ((may & SlotRanges.KNOWN) == 0) reads = SlotRanges.OPEN;
                }
                if ((reads & SlotRanges.KNOWN) != 0 && maybeGoverned)
                    slots.known(slot, slots.leastCounted(number), slots.mostCounted(number));
                if ((reads & SlotRanges.OPEN) != 0 || !governed) slots.status[slot] |= SlotRanges.OPEN;
            }
            if (truth == TruthSet.TRUE) return;
        }
        if (mayBeOpen) slots.status[slot] |= SlotRanges.OPEN;
        if (mayBeNone) slots.status[slot] |= SlotRanges.NONE;
    }
}
