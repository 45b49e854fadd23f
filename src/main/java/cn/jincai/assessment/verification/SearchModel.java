package cn.jincai.assessment.verification;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellCompiler;
import cn.jincai.assessment.rules.CellScope;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.RefusedCell;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One compiled ruleset with all that the search asks of it: which column each fact is, how derived values are made, what stands behind each row. */
public final class SearchModel {
    /**
     * How a derived value is made.
     *
     * @param number months or calculation; 0 where it is made without one
     * @param asks   whether the number asks anything at this time
     * @param rows   of the table that it is made from, or none
     */
    record Made(
            Derived declared,
            NumericExpression number,
            boolean asks,
            int from,
            int on,
            int of,
            long[] numbers,
            List<Rule> rows,
            int benefit) {
        boolean hasTable() {
            return !declared.table().isEmpty();
        }
    }

    final CompiledRules rules;
    final Columns columns;
    final WorkingCalendar calendar;
    final CanonicalForm canonical;
    /** By row: what its cells say. */
    final String[] cellMeanings;
    /** By slot: the column of a fact, -1 for what is derived. */
    final int[] column;
    /** By slot of a text, flag or list: the code's index here by its index in the column, -1 for one that this version does not know. */
    final int[][] codes;

    final @Nullable Made[] made;
    /** By slot of years or months counted, and by comparison: the column of what follows, -1 or none where it has no column. */
    final int[] following;
    /** By comparison whose truth has a column: that column. */
    final Map<CellTest.Compare, Integer> comparisons = new HashMap<>();

    final PeriodEnds periodEnds;
    final ColumnsBehind behind;
    /** By column: the numbers with which a bracket begins. */
    final Map<Integer, Set<Long>> brackets = new HashMap<>();

    private final Bits[] reads;
    /** The codes of long lists, as tests name them, in groups that the column knows. */
    private final Map<Named, Long> some = new HashMap<>(), whole = new HashMap<>();

    private record Named(int slot, Bits codes) {}

    public SearchModel(CompiledRules rules, Columns columns, WorkingCalendar calendar) {
        this(rules, columns, calendar, "", -1);
    }

    /** @param twin a fact that is read from a column of its own; {@code twinColumn} that column */
    public SearchModel(CompiledRules rules, Columns columns, WorkingCalendar calendar, String twin, int twinColumn) {
        this.rules = rules;
        this.columns = columns;
        this.calendar = calendar;
        Vocabulary vocabulary = rules.vocabulary;
        canonical = new CanonicalForm(vocabulary);
        column = new int[vocabulary.size()];
        codes = new int[vocabulary.size()][];
        made = new @Nullable Made[vocabulary.size()];
        for (int slot = 0; slot < column.length; slot++) {
            Symbol symbol = vocabulary.at(slot);
            boolean told = vocabulary.fact(slot) != null || slot == vocabulary.applicationDate;
            column[slot] =
                    !told ? columnOfMonths(slot) : symbol.name().equals(twin) ? twinColumn : columns.of(symbol.name());
            if (column[slot] >= 0 && columns.at(column[slot]).name().equals(twin)) column[slot] = twinColumn;
            List<String> known = column[slot] >= 0 ? columns.at(column[slot]).codes() : List.of();
            codes[slot] = new int[known.size()];
            for (int i = 0; i < codes[slot].length; i++) {
                int code = symbol.codes().indexOf(known.get(i));
                codes[slot][i] = code >= 0 && isGrouped(slot) ? i : code;
            }
        }
        CellScope names = new CellScope(vocabulary, rules.ruleset.parameters(), rules.values(), new HashSet<>());
        Map<String, List<Rule>> rows = new HashMap<>();
        rules.tables.forEach(t -> rows.put(t.id(), t.rules()));
        for (Derived d : vocabulary.scheme.rules().derived())
            if (!d.isOfMonths() && d.as() != Computation.forEachMonth)
                made[vocabulary.slot(d.name())] = made(d, names, rows);
        behind = new ColumnsBehind(this);
        reads = Arrays.stream(rules.rules)
                .map(r -> Arrays.stream(r.cells()).map(Cell::reads).reduce(Bits.NONE, Bits::or))
                .toArray(Bits[]::new);
        following = new int[column.length];
        Arrays.fill(following, -1);
        for (int slot = 0; slot < following.length; slot++)
            if (made[slot] != null && isCounted(slot))
                following[slot] = columns.following(
                        columnsOf(Bits.of(slot)) + " " + canonical.of(made[slot].declared(), made[slot].number()));
        for (Rule rule : rules.rules) for (Cell cell : rule.cells()) cell.test().comparisons(this::note);
        periodEnds = new PeriodEnds(comparisons, made);
        for (NumericExpression number : rules.numbers()) NumericExpression.scales(number, this::noteBrackets);
        cellMeanings = Arrays.stream(rules.rules).map(canonical::cells).toArray(String[]::new);
        behind.clear(); // what was noted so far knows nothing of the columns that follow
    }

    /** What is made of months is searched as a fact is: nobody searches over the months. */
    private int columnOfMonths(int slot) {
        Derived d = rules.vocabulary.derived(slot);
        return d.isOfMonths() ? columns.ofMonths(rules.vocabulary.scheme, d) : -1;
    }

    private boolean isCounted(int slot) {
        return made[slot].declared().as() == Computation.completedYears
                || made[slot].declared().as() == Computation.completedMonths;
    }

    /** Which columns stand behind, so that a case and its twin are told apart. */
    private String columnsOf(Bits slots) {
        return behind.slots(slots).toString();
    }

    private void noteBrackets(NumericExpression of, NumericExpression.Brackets by) {
        if (!(of instanceof NumericExpression.Slot s) || column[s.slot()] < 0) return;
        Set<Long> begin = brackets.computeIfAbsent(column[s.slot()], c -> new HashSet<>());
        by.scale().brackets().forEach(b -> begin.add(b.from()));
    }

    private void note(CellTest.Compare c) {
        if (comparisons.containsKey(c) || isPlain(c) || comesFromRows(c.reads())) return;
        StringBuilder made = new StringBuilder();
        Bits reads = c.reads();
        for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1))
            made.append(' ').append(story(slot));
        int found = columns.following(columnsOf(c.reads()) + " " + canonical.of(c) + made);
        if (found >= 0) comparisons.put(c, found);
    }

    /** A table or a benefit stands behind: that is settled by its rows. */
    private boolean comesFromRows(Bits slots) {
        for (int slot = slots.first(); slot >= 0; slot = slots.next(slot + 1)) {
            Made m = made[slot];
            if (m != null
                    && (m.hasTable()
                            || m.benefit() >= 0
                            || comesFromRows(m.number().reads()))) return true;
        }
        return false;
    }

    /** How a slot comes about, all the way from the facts. */
    private String story(int slot) {
        Made m = made[slot];
        if (m == null) return rules.vocabulary.at(slot).name();
        StringBuilder story = new StringBuilder(canonical.of(m.declared(), m.number()));
        Bits inputs = m.number().reads();
        for (int input : new int[] {m.from(), m.on(), m.of()}) if (input >= 0) inputs = inputs.with(input);
        for (int input = inputs.first(); input >= 0; input = inputs.next(input + 1))
            story.append(" [").append(story(input)).append(']');
        return story.toString();
    }

    /** One fact, or years counted, compared with a constant: that is cut where it stands. */
    private boolean isPlain(CellTest.Compare c) {
        if (c.leftSlot() < 0 || !(c.right() instanceof NumericExpression.Constant)) return false;
        return made[c.leftSlot()] == null
                || following[c.leftSlot()] >= 0
                || made[c.leftSlot()].declared().as() == Computation.number;
    }

    /** The column of the truth of a comparison, -1 where it has none. */
    int following(CellTest.Compare c) {
        return comparisons.getOrDefault(c, -1);
    }

    /** The columns behind a value that the facts of this case give, and the box does not allow; empty where there is none. */
    Bits forbidden(BoxState free, Box one, Box box) {
        free.of(one);
        for (int slot = 0; slot < following.length; slot++)
            if (following[slot] >= 0
                    && (free.slots.status(slot) & SlotRanges.KNOWN) != 0
                    && (free.slots.value(slot) < box.lo[following[slot]]
                            || free.slots.value(slot) > box.hi[following[slot]])) return behind.slot(slot);
        for (Map.Entry<CellTest.Compare, Integer> e : comparisons.entrySet()) {
            int truth = free.truth(e.getKey());
            if ((truth & TruthSet.between(box.lo[e.getValue()], box.hi[e.getValue()])) == 0)
                return behind.slots(e.getKey().reads());
        }
        return Bits.NONE;
    }

    private Made made(Derived d, CellScope names, Map<String, List<Rule>> rows) {
        try {
            NumericExpression number = !d.months().isEmpty()
                    ? new CellCompiler(names).number(d.months())
                    : !d.is().isEmpty()
                            ? new CellCompiler(names)
                                    .calculation(
                                            d.is(),
                                            rules.vocabulary.known(d.name()).kind())
                            : new NumericExpression.Constant(0);
            long[] numbers = {};
            if (d.as() == Computation.number) {
                List<String> known = rules.vocabulary.known(d.of()).codes();
                Columns.Column of = columns.at(column[rules.vocabulary.slot(d.of())]);
                numbers = new long[of.isGrouped() ? of.codes().size() : known.size()];
                for (var entry : d.values().entrySet())
                    numbers[of.isGrouped() ? of.code(entry.getKey()) : known.indexOf(entry.getKey())] =
                            entry.getValue();
            }
            List<String> benefits =
                    Arrays.stream(rules.plans).map(p -> p.benefit().code()).toList();
            return new Made(
                    d,
                    number,
                    NumericExpression.asks(number),
                    rules.vocabulary.slot(d.from()),
                    rules.vocabulary.slot(d.on()),
                    rules.vocabulary.slot(d.of()),
                    numbers,
                    rows.getOrDefault(d.table(), List.of()),
                    benefits.indexOf(d.benefit()));
        } catch (RefusedCell e) {
            throw new IllegalStateException("compiled before", e);
        }
    }

    /** Neither told nor made here: what is made of its months is told instead. */
    boolean isSeries(int slot) {
        return column[slot] < 0 && made[slot] == null;
    }

    int benefit(String code) {
        for (int b = 0; b < rules.plans.length; b++)
            if (rules.plans[b].benefit().code().equals(code)) return b;
        return -1;
    }

    /** Slots that a row's cells read. */
    Bits reads(int row) {
        return reads[row];
    }

    /** Where this row is undecided, the evaluation names a fact that is missing; of an output it may not find one. */
    boolean saysWhatIsMissing(int row) {
        for (int slot = reads[row].first(); slot >= 0; slot = reads[row].next(slot + 1)) {
            if (column[slot] < 0
                    && (made[slot].declared().as() == Computation.outputOf
                            || made[slot].declared().isCalculated())) return false;
        }
        return true;
    }

    static boolean isOf(BenefitPlan plan, int row) {
        return ((plan.conditions()[row >>> 6] | plan.entitlement()[row >>> 6]) >>> row & 1) != 0;
    }

    static boolean isEntitlement(BenefitPlan plan, int row) {
        return (plan.entitlement()[row >>> 6] >>> row & 1) != 0;
    }

    /** What the rules say of one case. */
    Evaluation evaluate(Box one) {
        return Evaluation.of(rules, slots(one), calendar, Adjustments.NONE);
    }

    Slots slots(Box one) {
        Vocabulary vocabulary = rules.vocabulary;
        Slots slots = vocabulary.noSlots();
        for (int slot = 0; slot < column.length; slot++) {
            int c = column[slot];
            if (c < 0) continue;
            if (one.status[c] == Box.ABSENT) {
                Scheme.Fact fact = vocabulary.fact(slot);
                if (fact == null) continue; // made of months, of which nobody knows
                Scheme.Absent absent = fact.absent();
                if (absent.none()) slots.setNone(slot);
                else if (absent.value() != null) slots.set(slot, absent.value());
            } else if (columns.at(c).isNumber()) {
                slots.set(slot, one.lo[c]);
            } else if (columns.at(c).isList()) {
                Bits codes = Bits.NONE;
                for (long rest = one.lo[c]; rest != 0; rest &= rest - 1)
                    codes = codes.with(own(slot, c, Long.numberOfTrailingZeros(rest)));
                slots.set(vocabulary.at(slot), codes);
            } else if (columns.at(c).codes().isEmpty()) {
                slots.set(slot, 0);
            } else {
                int code = own(slot, c, Long.numberOfTrailingZeros(one.lo[c]));
                if (code >= 0) slots.set(slot, code);
            }
        }
        return slots;
    }

    /** The number of a column's code in this version, -1 where it does not know it. */
    private int own(int slot, int column, int code) {
        return rules.vocabulary
                .at(slot)
                .codes()
                .indexOf(columns.at(column).codes().get(code));
    }

    /** The codes of a test as the ranges of its slot number them; of a group, those of which the test names some code. */
    long some(int slot, Bits named) {
        return isGrouped(slot)
                ? some.computeIfAbsent(new Named(slot, named), n -> grouped(slot, named, false))
                : named.word();
    }

    /** Likewise, those groups of which the test names every code. */
    long whole(int slot, Bits named) {
        return isGrouped(slot)
                ? whole.computeIfAbsent(new Named(slot, named), n -> grouped(slot, named, true))
                : named.word();
    }

    boolean isGrouped(int slot) {
        return column[slot] >= 0 && columns.at(column[slot]).isGrouped();
    }

    private long grouped(int slot, Bits named, boolean whole) {
        List<String> own = rules.vocabulary.at(slot).codes();
        long in = 0, out = 0;
        for (int i = 0; i < own.size(); i++) {
            long group = 1L << columns.at(column[slot]).code(own.get(i));
            if (named.has(i)) in |= group;
            else out |= group;
        }
        return whole ? in & ~out : in;
    }

    /** Codes of a column as this version numbers them (in groups, as the column does), without those that it does not know. */
    long translated(int slot, long mask) {
        long here = 0;
        for (; mask != 0; mask &= mask - 1) {
            int code = codes[slot][Long.numberOfTrailingZeros(mask)];
            if (code >= 0) here |= 1L << code;
        }
        return here;
    }
}
