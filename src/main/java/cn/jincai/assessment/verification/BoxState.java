package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.CompiledTable;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.calendar.EpochDays;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import java.util.Arrays;

/**
 * What the rules may say of all the cases in a box at once: the truths that each row may have, the values that each slot may have, the verdicts and sums
 * of each benefit. Never less than what occurs for one of the cases; exactly that for a box of one case.
 */
final class BoxState {
    /** Sets of truths. */
    static final int FALSE = 1 << Truth.FALSE, UNKNOWN = 1 << Truth.UNKNOWN, TRUE = 1 << Truth.TRUE;
    /** Sets of what a slot may be, beside {@link #OPEN}: nobody knows it. */
    static final int OPEN = 1, NONE = 2, KNOWN = 4;
    /** Sets for a day: it is final, or it may still move. */
    private static final int FINAL = 1, MOVES = 2;
    /** Longer than any row of rest days. */
    private static final int LONGEST_REST = 20;

    final SearchModel world;
    private final CompiledRules rules;
    private final int[] status, moves;
    /** The ends of a number that is known, or: the codes of a text; the codes that a list has for certain, and may have. */
    private final long[] lo, hi;
    /** What a sum counts for a slot: 0 for one that is not known (rulebook 2.11). */
    private final long[] countsLo, countsHi;

    private final int[] truths, verdicts;
    /** Ends of what is paid, and of what would be paid to a case that is not rejected. */
    private final long[] amountLo, amountHi, grantLo, grantHi;

    private Box box;
    private long made, impossible;

    BoxState(SearchModel world) {
        this.world = world;
        rules = world.rules;
        int slots = world.column.length;
        status = new int[slots];
        moves = new int[slots];
        lo = new long[slots];
        hi = new long[slots];
        countsLo = new long[slots];
        countsHi = new long[slots];
        truths = new int[rules.rules.length];
        verdicts = new int[rules.plans.length];
        amountLo = new long[rules.plans.length];
        amountHi = new long[rules.plans.length];
        grantLo = new long[rules.plans.length];
        grantHi = new long[rules.plans.length];
    }

    void of(Box box) {
        this.box = box;
        made = 0;
        impossible = 0;
        Arrays.fill(truths, 0);
        Arrays.fill(verdicts, 0);
    }

    /** Columns that show that no case at all is in the box, of those looked at; 0 where none do. */
    long impossible() {
        return impossible;
    }

    /** Of a known number. */
    long value(int slot) {
        make(slot);
        return lo[slot];
    }

    /** Truths from one to another, by their numbers. */
    static int between(long lo, long hi) {
        int truths = 0;
        for (int t = Truth.FALSE; t <= Truth.TRUE; t++) if (t >= lo && t <= hi) truths |= 1 << t;
        return truths;
    }

    int status(int slot) {
        make(slot);
        return status[slot];
    }

    /** One value, or none, for all cases. */
    boolean isOne(int slot) {
        make(slot);
        if (status[slot] == OPEN || status[slot] == NONE) return true;
        if (status[slot] != KNOWN || moves[slot] == (FINAL | MOVES)) return false;
        Symbol symbol = rules.vocabulary.at(slot);
        return symbol.kind() == Symbol.Kind.TEXT || symbol.kind() == Symbol.Kind.FLAG
                ? Long.bitCount(lo[slot]) == 1
                : lo[slot] == hi[slot];
    }

    boolean isOneAndEqual(int slot, BoxState other, int otherSlot) {
        return isOne(slot)
                && other.isOne(otherSlot)
                && status[slot] == other.status[otherSlot]
                && (status[slot] != KNOWN || lo[slot] == other.lo[otherSlot] && moves[slot] == other.moves[otherSlot]);
    }

    private void make(int slot) {
        if ((made >>> slot & 1) != 0) return;
        made |= 1L << slot;
        moves[slot] = FINAL;
        int column = world.column[slot];
        if (column >= 0) told(slot, column);
        else derived(slot, world.made[slot]);
        if (column < 0 && world.made[slot].declared().as() == Scheme.As.calculation)
            return; // it counts even where something in it is unknown
        boolean certain = status[slot] == KNOWN, never = (status[slot] & KNOWN) == 0;
        countsLo[slot] = never ? 0 : certain ? lo[slot] : Math.min(0, lo[slot]);
        countsHi[slot] = never ? 0 : certain ? hi[slot] : Math.max(0, hi[slot]);
    }

    private void told(int slot, int column) {
        Columns.Column c = world.columns.at(column);
        int may = box.status[column];
        status[slot] = 0;
        lo[slot] = 0;
        hi[slot] = 0;
        if ((may & Box.KNOWN) != 0) {
            status[slot] = KNOWN;
            lo[slot] = box.lo[column];
            hi[slot] = c.type() == Scheme.Type.DATE
                    ? Math.min(box.hi[column], box.hi[Columns.APPLICATION_DATE])
                    : box.hi[column];
            if (!c.isNumber() && !c.codes().isEmpty()) {
                lo[slot] = world.translated(slot, box.lo[column]);
                hi[slot] = c.isList() ? world.translated(slot, box.hi[column]) : 0;
                if (!c.isList() && Long.bitCount(lo[slot]) < Long.bitCount(box.lo[column]))
                    status[slot] = lo[slot] == 0 ? OPEN : KNOWN | OPEN;
            }
        }
        if ((may & Box.ABSENT) == 0) return;
        Scheme.Absent absent = rules.vocabulary.fact(slot).absent();
        if (absent.none()) status[slot] |= NONE;
        else if (absent.value() == null) status[slot] |= OPEN;
        else known(slot, absent.value(), absent.value());
    }

    /** Adds these values to those that are possible. */
    private void known(int slot, long from, long to) {
        boolean first = (status[slot] & KNOWN) == 0;
        lo[slot] = first ? from : Math.min(lo[slot], from);
        hi[slot] = first ? to : Math.max(hi[slot], to);
        status[slot] |= KNOWN;
    }

    private void derived(int slot, SearchModel.Made m) {
        status[slot] = 0;
        lo[slot] = 0;
        hi[slot] = 0;
        if (!m.asks()) {
            status[slot] = NONE;
            return;
        }
        switch (m.declared().as()) {
            case completedYears, completedMonths -> {
                boolean years = m.declared().as() == Scheme.As.completedYears;
                if (!plain(slot, 1L << m.from() | 1L << m.on())) return;
                known(slot, counted(years, hi[m.from()], lo[m.on()]), counted(years, lo[m.from()], hi[m.on()]));
                if (world.following[slot] >= 0) allow(slot, world.following[slot]);
            }
            case endOfPeriod, monthsLater -> {
                if (!plain(slot, 1L << m.from() | m.number().reads())) return;
                period(
                        slot,
                        m.declared().as() == Scheme.As.endOfPeriod,
                        later(lo[m.from()], least(m.number(), false)),
                        later(hi[m.from()], most(m.number(), false)));
            }
            case number -> number(slot, m);
            case calculation -> {
                if (plain(slot, m.number().reads())) known(slot, least(m.number(), false), most(m.number(), false));
                countsLo[slot] = least(m.number(), true);
                countsHi[slot] = most(m.number(), true);
            }
            case bestForCertain -> best(slot, m.table(), TRUE);
            case bestPossible -> best(slot, m.table(), TRUE | UNKNOWN);
            case limitMissed -> limitMissed(slot, m);
            case outputOf -> outputOf(slot, m);
            case sumOf -> {
                verdicts(m.benefit());
                known(slot, amountLo[m.benefit()], amountHi[m.benefit()]);
            }
            case verdictOf -> {
                status[slot] = KNOWN;
                lo[slot] = verdicts(m.benefit());
            }
        }
    }

    /** None where an input is none, unknown where one is unknown. @return whether it may be known */
    private boolean plain(int slot, long inputs) {
        boolean known = true;
        for (long rest = inputs; rest != 0; rest &= rest - 1) {
            int input = Long.numberOfTrailingZeros(rest);
            int may = status(input);
            status[slot] |= may & (NONE | OPEN);
            if ((may & KNOWN) == 0) known = false;
        }
        if (!known && mustBeNone(inputs)) status[slot] = NONE;
        return known;
    }

    private boolean mustBeNone(long inputs) {
        for (; inputs != 0; inputs &= inputs - 1) if (status[Long.numberOfTrailingZeros(inputs)] == NONE) return true;
        return false;
    }

    /** Only what the box allows at this column. */
    private void allow(int slot, int column) {
        lo[slot] = Math.max(lo[slot], box.lo[column]);
        hi[slot] = Math.min(hi[slot], box.hi[column]);
        if (lo[slot] <= hi[slot]) return;
        status[slot] &= ~KNOWN;
        if (status[slot] != 0) return;
        impossible |= world.behindSlot(slot);
        status[slot] = OPEN;
    }

    private static long counted(boolean years, long from, long on) {
        return years ? EpochDays.completedYears(from, on) : EpochDays.completedMonths(from, on);
    }

    private static long later(long day, long months) {
        return EpochDays.plusMonths(day, (int) Math.min(12_000, months));
    }

    private void period(int slot, boolean ends, long first, long last) {
        if (!ends) {
            known(slot, first, last);
            return;
        }
        long from = world.calendar.nextWorkingDay(first), to = world.calendar.nextWorkingDay(last);
        boolean fromMoves = from == WorkingCalendar.NONE, toMoves = to == WorkingCalendar.NONE;
        if (first == last) {
            known(slot, fromMoves ? first : from, fromMoves ? first : from);
            moves[slot] = fromMoves ? MOVES : FINAL;
            return;
        }
        known(slot, first, Math.max(last + LONGEST_REST, toMoves ? last : to));
        boolean oneYear = java.time.LocalDate.ofEpochDay(first).getYear()
                == java.time.LocalDate.ofEpochDay(last).getYear();
        moves[slot] = oneYear && fromMoves == toMoves ? fromMoves ? MOVES : FINAL : FINAL | MOVES;
        if (moves[slot] == FINAL) lo[slot] = from;
        if (moves[slot] == FINAL) hi[slot] = to;
        if (moves[slot] == MOVES) hi[slot] = last;
    }

    private void number(int slot, SearchModel.Made m) {
        if (!plain(slot, 1L << m.of())) return;
        long[] numbers = m.numbers();
        if (rules.vocabulary.at(m.of()).kind() != Symbol.Kind.LIST) {
            for (long bits = lo[m.of()]; bits != 0; bits &= bits - 1)
                known(slot, numbers[Long.numberOfTrailingZeros(bits)], numbers[Long.numberOfTrailingZeros(bits)]);
            return;
        }
        long least = 0, most = 0;
        for (long bits = lo[m.of()]; bits != 0; bits &= bits - 1)
            least = Math.max(least, numbers[Long.numberOfTrailingZeros(bits)]);
        for (long bits = hi[m.of()]; bits != 0; bits &= bits - 1)
            most = Math.max(most, numbers[Long.numberOfTrailingZeros(bits)]);
        known(slot, least, most);
    }

    /** The best level among rows with one of these truths. */
    private void best(int slot, CompiledTable table, int truths) {
        int most = 0, least = 0, certain = 0;
        for (Rule rule : table.rules()) {
            int truth = truth(rule.number()), level = rule.level();
            if (level == 0 || (truth & truths) == 0) continue;
            if (least == 0 || level < least) least = level;
            if (level > most) most = level;
            if ((truth & ~truths) == 0 && (certain == 0 || level < certain)) certain = level;
        }
        if (least > 0) known(slot, least, certain > 0 ? certain : most);
        if (certain == 0) status[slot] |= NONE;
    }

    private void limitMissed(int slot, SearchModel.Made m) {
        boolean mayBeNone = true, mayBeKnown = true;
        for (Rule rule : m.table().rules())
            if (rule.level() > 0 && (truth(rule.number()) & FALSE) == 0) mayBeKnown = false;
        boolean settled = true;
        Rule certain = null; // of one level the first row counts
        for (Rule rule : m.table().rules()) {
            settled &= Integer.bitCount(truth(rule.number())) == 1;
            if (missesOnly(rule, m.declared().column(), true) && (certain == null || rule.level() < certain.level()))
                certain = rule;
        }
        if (settled && mayBeKnown && certain != null) mayBeNone = false;
        if (mayBeKnown)
            for (Rule rule : m.table().rules())
                if (missesOnly(rule, m.declared().column(), false)
                        && (certain == null
                                || rule == certain
                                || rule.level() < certain.level()
                                || rule.level() == certain.level() && rule.number() < certain.number())) {
                    boolean limit = false;
                    for (Cell cell : rule.cells())
                        if (cell.column().equals(m.declared().column()) && cell.test() instanceof CellTest.Compare c) {
                            known(slot, least(c.right(), true), most(c.right(), true));
                            limit = true;
                        }
                    mayBeNone |= !limit;
                }
        if (mayBeNone || status[slot] == 0) status[slot] |= NONE;
    }

    /** Whether nothing but this column keeps the row from holding, for all cases or for some. */
    private boolean missesOnly(Rule rule, String column, boolean always) {
        boolean missed = false;
        for (Cell cell : rule.cells()) {
            int truth = truth(cell), allowed = cell.column().equals(column) ? FALSE | TRUE : TRUE;
            if (cell.column().equals(column) && (always ? truth == FALSE : (truth & FALSE) != 0)) missed = true;
            if (always ? (truth & ~allowed) != 0 : (truth & allowed) == 0) return false;
        }
        return missed;
    }

    private void outputOf(int slot, SearchModel.Made m) {
        boolean mayBeOpen = false,
                mayBeNone = true,
                governed = status(rules.vocabulary.governingDate) == KNOWN,
                maybeGoverned = (status(rules.vocabulary.governingDate) & KNOWN) != 0;
        for (Rule rule : m.table().rules()) {
            int truth = truth(rule.number());
            if (truth == UNKNOWN) mayBeNone = false;
            if ((truth & UNKNOWN) != 0) mayBeOpen = true;
            if ((truth & TRUE) == 0) continue;
            String output = m.declared().column();
            NumericExpression number = output.equals("amountFen")
                    ? rule.amount()
                    : output.equals("monthlyFen") ? rule.monthly() : rule.months();
            if (number == null || !NumericExpression.asks(number)) {
                status[slot] |= NONE;
            } else {
                int reads = KNOWN;
                for (long rest = number.reads(); rest != 0; rest &= rest - 1) {
                    int may = status(Long.numberOfTrailingZeros(rest));
                    if (may != KNOWN) reads |= OPEN;
                    if ((may & KNOWN) == 0) reads = OPEN;
                }
                if ((reads & KNOWN) != 0 && maybeGoverned) known(slot, least(number, true), most(number, true));
                if ((reads & OPEN) != 0 || !governed) status[slot] |= OPEN;
            }
            if (truth == TRUE) return;
        }
        if (mayBeOpen) status[slot] |= OPEN;
        if (mayBeNone) status[slot] |= NONE;
    }

    // ---- rows

    int truth(int row) {
        if (truths[row] != 0) return truths[row];
        int all = TRUE;
        for (Cell cell : rules.rules[row].cells()) {
            all = both(all, truth(cell));
            if (all == FALSE) break;
        }
        return truths[row] = all;
    }

    int truth(Cell cell) {
        if (cell.checksNull()) return truth(cell.test());
        boolean mayBeNone = false;
        for (long rest = cell.reads(); rest != 0; rest &= rest - 1) {
            int may = status(Long.numberOfTrailingZeros(rest));
            if (may == NONE) return FALSE;
            mayBeNone |= (may & NONE) != 0;
        }
        return truth(cell.test()) | (mayBeNone ? FALSE : 0);
    }

    int truth(CellTest test) {
        if (test instanceof CellTest.Compare c) {
            int truth = compare(c), column = world.following(c);
            if (column < 0) return truth;
            int allowed = truth & between(box.lo[column], box.hi[column]) & world.periodEnds.left(c, this, box);
            if (allowed == 0) impossible |= world.behindSlots(c.reads()) | 1L << column | world.periodEnds.others(c);
            return allowed == 0 ? truth : allowed;
        }
        if (test instanceof CellTest.OneOf o)
            return codes(o.slot(), (lo(o.slot()) & o.codes()) != 0, (lo[o.slot()] & ~o.codes()) != 0);
        if (test instanceof CellTest.Holds h) {
            make(h.slot());
            return codes(h.slot(), (hi[h.slot()] & h.codes()) != 0, (lo[h.slot()] & h.codes()) == 0);
        }
        if (test instanceof CellTest.IsNull n)
            return ((status(n.slot()) & (OPEN | NONE)) != 0 ? TRUE : 0) | ((status[n.slot()] & KNOWN) != 0 ? FALSE : 0);
        if (test instanceof CellTest.Both b) return both(truth(b.a()), truth(b.b()));
        if (test instanceof CellTest.Either e) return turned(both(turned(truth(e.a())), turned(truth(e.b()))));
        if (test instanceof CellTest.Not n) return turned(truth(n.a()));
        return 1 << ((CellTest.Always) test).truth();
    }

    private long lo(int slot) {
        make(slot);
        return lo[slot];
    }

    private int codes(int slot, boolean mayHold, boolean mayFail) {
        int may = status[slot];
        int truth = ((may & OPEN) != 0 ? UNKNOWN : 0) | ((may & NONE) != 0 ? FALSE : 0);
        if ((may & KNOWN) != 0) truth |= (mayHold ? TRUE : 0) | (mayFail ? FALSE : 0);
        return truth;
    }

    /** The smaller of two truths, for sets of them. */
    private static int both(int a, int b) {
        int smaller = a & b & TRUE | (a | b) & FALSE;
        if ((a & UNKNOWN) != 0 && (b & (UNKNOWN | TRUE)) != 0 || (b & UNKNOWN) != 0 && (a & (UNKNOWN | TRUE)) != 0)
            smaller |= UNKNOWN;
        return smaller;
    }

    private static int turned(int truths) {
        return truths & UNKNOWN | (truths & TRUE) >> 2 | (truths & FALSE) << 2;
    }

    private int compare(CellTest.Compare c) {
        int truth = 0;
        boolean known = true;
        for (long rest = c.reads(); rest != 0; rest &= rest - 1) {
            int may = status(Long.numberOfTrailingZeros(rest));
            if (may == NONE) return FALSE;
            if ((may & NONE) != 0) truth |= FALSE;
            if ((may & OPEN) != 0) truth |= UNKNOWN;
            known &= (may & KNOWN) != 0;
        }
        if (!known) return truth;
        long aLo = least(c.left(), false),
                aHi = most(c.left(), false),
                bLo = least(c.right(), false),
                bHi = most(c.right(), false);
        for (int a : lags(c.leftSlot()))
            for (int b : lags(c.rightSlot())) truth |= ordered(c.op(), aLo, aHi, a, bLo, bHi, b);
        return truth;
    }

    private static final int[] STAYS = {0},
            MAY_MOVE = {WorkingCalendar.PROVISIONAL_DAYS},
            EITHER = {0, WorkingCalendar.PROVISIONAL_DAYS};

    /** By how many days a slot may still move. */
    private int[] lags(int slot) {
        return slot < 0 || moves[slot] == FINAL ? STAYS : moves[slot] == MOVES ? MAY_MOVE : EITHER;
    }

    private static int ordered(CellTest.Op op, long aLo, long aHi, int a, long bLo, long bHi, int b) {
        boolean yes, no, open;
        switch (op) {
            case BELOW -> {
                yes = aLo + a < bHi;
                no = aHi >= bLo + b;
                open = aHi + a >= bLo && aLo < bHi + b;
            }
            case UP_TO -> {
                yes = aLo + a <= bHi;
                no = aHi > bLo + b;
                open = aHi + a > bLo && aLo <= bHi + b;
            }
            case ABOVE -> {
                yes = aHi > bLo + b;
                no = aLo + a <= bHi;
                open = aHi + a > bLo && aLo <= bHi + b;
            }
            case FROM -> {
                yes = aHi >= bLo + b;
                no = aLo + a < bHi;
                open = aHi + a >= bLo && aLo < bHi + b;
            }
            default -> {
                yes = a + b == 0 && aLo <= bHi && bLo <= aHi;
                no = aLo + a < bHi || bLo + b < aHi;
                open = aHi + a >= bLo && bHi + b >= aLo;
            }
        }
        return (yes ? TRUE : 0) | (no ? FALSE : 0) | (open && a + b > 0 ? UNKNOWN : 0);
    }

    // ---- numbers

    long least(NumericExpression n) {
        return least(n, false);
    }

    long most(NumericExpression n) {
        return most(n, false);
    }

    private long least(NumericExpression n, boolean counts) {
        if (n instanceof NumericExpression.Constant c) return c.value();
        if (n instanceof NumericExpression.Slot s) {
            make(s.slot());
            return counts ? countsLo[s.slot()] : lo[s.slot()];
        }
        if (n instanceof NumericExpression.Plus p) return add(least(p.left(), counts), least(p.right(), counts));
        if (n instanceof NumericExpression.Minus m) return add(least(m.left(), counts), -most(m.right(), counts));
        if (n instanceof NumericExpression.Times t) return corner(t, counts, true);
        if (n instanceof NumericExpression.Least l)
            return l.of().stream().mapToLong(o -> least(o, counts)).min().orElseThrow();
        if (n instanceof NumericExpression.Most m)
            return m.of().stream().mapToLong(o -> least(o, counts)).max().orElseThrow();
        return 0; // withheld, or nothing asked
    }

    private long most(NumericExpression n, boolean counts) {
        if (n instanceof NumericExpression.Constant c) return c.value();
        if (n instanceof NumericExpression.Slot s) {
            make(s.slot());
            return counts ? countsHi[s.slot()] : hi[s.slot()];
        }
        if (n instanceof NumericExpression.Plus p) return add(most(p.left(), counts), most(p.right(), counts));
        if (n instanceof NumericExpression.Minus m) return add(most(m.left(), counts), -least(m.right(), counts));
        if (n instanceof NumericExpression.Times t) return corner(t, counts, false);
        if (n instanceof NumericExpression.Least l)
            return l.of().stream().mapToLong(o -> most(o, counts)).min().orElseThrow();
        if (n instanceof NumericExpression.Most m)
            return m.of().stream().mapToLong(o -> most(o, counts)).max().orElseThrow();
        return 0;
    }

    private static long add(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? Long.MIN_VALUE / 4 : Long.MAX_VALUE / 4 : sum;
    }

    private long corner(NumericExpression.Times t, boolean counts, boolean lowest) {
        long found = lowest ? Long.MAX_VALUE : Long.MIN_VALUE;
        for (long a : new long[] {least(t.left(), counts), most(t.left(), counts)})
            for (long b : new long[] {least(t.right(), counts), most(t.right(), counts)}) {
                long product = new NumericExpression.Times(
                                new NumericExpression.Constant(a), new NumericExpression.Constant(b))
                        .at(null);
                found = lowest ? Math.min(found, product) : Math.max(found, product);
            }
        return found;
    }

    // ---- benefits

    /** The verdicts that a benefit may get, a bit each in the order of {@link Verdict}. */
    int verdicts(int benefit) {
        if (verdicts[benefit] != 0) return verdicts[benefit];
        BenefitPlan plan = rules.plans[benefit];
        int may = plan.follows() < 0 ? bit(Verdict.APPROVE) : verdicts(plan.follows());
        int best = 31 - Integer.numberOfLeadingZeros(may);
        int certain = certainLevel(plan);
        boolean entitled = false;
        long least = Long.MAX_VALUE, most = Long.MIN_VALUE;
        for (int row = 0; row < truths.length; row++) {
            if (!SearchModel.isOf(plan, row)) continue;
            int truth = truth(row);
            Rule rule = rules.rules[row];
            if ((truth & UNKNOWN) != 0
                    && (rule.isCondition() || certain <= 0 || rule.level() > 0 && rule.level() < certain)) {
                may |= bit(Verdict.MANUAL);
                if (truth == UNKNOWN && (rule.isCondition() || certain >= 0) && world.saysWhatIsMissing(row))
                    best = Math.min(best, Verdict.MANUAL.ordinal());
            }
            if ((truth & TRUE) == 0) continue;
            if (rule.isCondition()) {
                may |= bit(rule.effect());
                if (truth == TRUE) best = Math.min(best, rule.effect().ordinal());
            } else {
                entitled |= truth == TRUE;
                least = Math.min(least, sum(plan, rule, true));
                most = Math.max(most, sum(plan, rule, false));
            }
        }
        may &= (2 << best) - 1;
        boolean nothing = !entitled || status(rules.vocabulary.governingDate) != KNOWN;
        grantLo[benefit] = nothing ? Math.min(0, least) : least;
        grantHi[benefit] = nothing ? Math.max(0, most) : most;
        int reject = bit(Verdict.REJECT);
        amountLo[benefit] = may == reject ? 0 : (may & reject) != 0 ? Math.min(0, grantLo[benefit]) : grantLo[benefit];
        amountHi[benefit] = may == reject ? 0 : Math.max(0, grantHi[benefit]);
        return verdicts[benefit] = may;
    }

    /** The best level that holds for certain, 0 where no entitlement does, the largest number where one without a level does; -1 where that is not settled. */
    private int certainLevel(BenefitPlan plan) {
        int certain = 0;
        for (int row = 0; row < truths.length; row++) {
            if (!SearchModel.isEntitlement(plan, row)) continue;
            int truth = truth(row), level = rules.rules[row].level();
            if (Integer.bitCount(truth) > 1) return -1;
            if (truth == TRUE && (certain == 0 || level > 0 && level < certain))
                certain = level == 0 ? Integer.MAX_VALUE : level;
        }
        return certain;
    }

    /** Of {@link #verdicts}. */
    boolean isOneSum(int benefit) {
        verdicts(benefit);
        return amountLo[benefit] == amountHi[benefit];
    }

    long sum(int benefit) {
        verdicts(benefit);
        return amountLo[benefit];
    }

    /** One sum for all cases that are not rejected. */
    boolean isOneGrant(int benefit) {
        verdicts(benefit);
        return grantLo[benefit] == grantHi[benefit];
    }

    long grant(int benefit) {
        verdicts(benefit);
        return grantLo[benefit];
    }

    static int bit(Verdict verdict) {
        return 1 << verdict.ordinal();
    }

    /** An end of what the row pays; see {@code Evaluation.pay}. */
    private long sum(BenefitPlan plan, Rule row, boolean least) {
        if (!plan.benefit().isMoney()) return 0;
        boolean monthly = row.monthly() != null && row.months() != null;
        long low = row.amount() != null
                ? least(row.amount(), true)
                : monthly ? corner(new NumericExpression.Times(row.monthly(), row.months()), true, true) : 0;
        long high = row.amount() != null
                ? most(row.amount(), true)
                : monthly ? corner(new NumericExpression.Times(row.monthly(), row.months()), true, false) : 0;
        if (plan.atMost() >= 0) {
            make(plan.atMost());
            low = Math.min(low, Math.max(0, countsLo[plan.atMost()]));
            high = Math.min(high, Math.max(0, countsHi[plan.atMost()]));
        }
        Scheme.Instalments how = plan.instalments();
        if (how.monthsEach() > 0 && monthly) return least ? low : high;
        if (how.equalParts() == 1 && plan.deduct() < 0 && plan.appliedFor() < 0) return least ? low : high;
        return part(plan, low, high, least);
    }

    /** Equal parts, the last with the remainder, less what is deducted; one of them or all. */
    private long part(BenefitPlan plan, long low, long high, boolean least) {
        int parts = plan.instalments().equalParts();
        long all = 0, one = least ? Long.MAX_VALUE : 0;
        long from = 1, to = parts;
        if (plan.appliedFor() >= 0) {
            make(plan.appliedFor());
            from = countsLo[plan.appliedFor()];
            to = countsHi[plan.appliedFor()];
            if (from < 1 || to > parts) one = 0;
        }
        for (int i = 1; i <= parts; i++) {
            long partLow = i < parts ? low / parts : low - high / parts * (parts - 1),
                    partHigh = i < parts ? high / parts : high - low / parts * (parts - 1);
            if (plan.deduct() >= 0 && plan.instalments().deductFrom() == i) {
                make(plan.deduct());
                partLow = Math.max(0, partLow - countsHi[plan.deduct()]);
                partHigh = Math.max(0, partHigh - countsLo[plan.deduct()]);
            }
            all += least ? partLow : partHigh;
            if (i >= from && i <= to) one = least ? Math.min(one, partLow) : Math.max(one, partHigh);
        }
        return plan.appliedFor() >= 0 ? one == Long.MAX_VALUE ? 0 : one : all;
    }
}
