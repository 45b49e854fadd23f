package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where to cut a box so that a row, a value or a sum is settled sooner. */
final class SplitHeuristic {
    private final SearchModel model;
    private final BoxState state;

    /** @param state on the box that is to be cut */
    SplitHeuristic(BoxState state) {
        this.model = state.model;
        this.state = state;
    }

    /** How many cells of a row are not settled. */
    int open(int row) {
        int open = 0;
        for (Cell cell : model.rules.rules[row].cells()) if (!TruthSet.isSettled(state.truth(cell))) open++;
        return open;
    }

    /** @return null where nothing that the row reads is open */
    Solver.@Nullable Step row(Box box, int row) {
        for (Cell cell : model.rules.rules[row].cells()) {
            Solver.Step cut = TruthSet.isSettled(state.truth(cell)) ? null : cell(box, cell);
            if (cut != null) return cut;
        }
        return columns(box, model.behind.row(row));
    }

    /** @return null where nothing that the cell reads is open */
    Solver.@Nullable Step cell(Box box, Cell cell) {
        Solver.Step first = comparison(box, cell.test());
        if (first != null) return first;
        for (int rank = TOLD; rank <= HALVED; rank++)
            for (int slot = cell.reads().first(); slot >= 0; slot = cell.reads().next(slot + 1)) {
                if (state.slots.isOne(slot) || rank(box, slot, cell.test()) != rank) continue;
                Solver.Step cut = slot(box, slot, cell.test());
                if (cut != null) return cut;
            }
        return null;
    }

    private static final int TOLD = 0, DERIVED = 1, HALVED = 2;

    /** What is told is cut first; but a number that there is no good place to cut is left until what it is compared with has been cut. */
    private int rank(Box box, int slot, CellTest hint) {
        int c = model.column[slot];
        if (c < 0) return DERIVED;
        Columns.Column column = model.columns.at(c);
        if (box.status[c] != Box.KNOWN || !column.isNumber() || column.type() == Scheme.Type.DATE) return TOLD;
        return nearest(places(column, hint, slot), box.lo[c], box.hi[c]) == null ? HALVED : TOLD;
    }

    /** Where the values of a told slot change sides: at constants, and for numbers at the ends of what they are compared with. */
    private TreeSet<Long> places(Columns.Column column, @Nullable CellTest hint, int slot) {
        TreeSet<Long> cuts = new TreeSet<>(model.brackets.getOrDefault(model.columns.of(column.name()), Set.of()));
        cuts(hint, slot, cuts);
        if (hint != null && column.type() != Scheme.Type.DATE) hint.comparisons(c -> ends(c, slot, cuts));
        return cuts;
    }

    private void ends(CellTest.Compare c, int slot, TreeSet<Long> cuts) {
        if (c.leftSlot() != slot && c.rightSlot() != slot) return;
        NumericExpression other = c.leftSlot() == slot ? c.right() : c.left();
        Bits reads = other.reads();
        for (int read = reads.first(); read >= 0; read = reads.next(read + 1))
            if ((state.slots.status(read) & SlotRanges.KNOWN) == 0) return;
        for (long end : new long[] {state.slots.least(other), state.slots.most(other)})
            cuts.addAll(List.of(end, end + 1));
    }

    /** At the truth of a comparison, before anything that it compares. */
    private Solver.@Nullable Step comparison(Box box, CellTest test) {
        if (test instanceof CellTest.Both b) return either(comparison(box, b.a()), () -> comparison(box, b.b()));
        if (test instanceof CellTest.Either e) return either(comparison(box, e.a()), () -> comparison(box, e.b()));
        if (test instanceof CellTest.Not n) return comparison(box, n.a());
        if (!(test instanceof CellTest.Compare c)) return null;
        int column = model.following(c), truths = column < 0 ? 0 : state.truth(c);
        if (column < 0 || TruthSet.isSettled(truths)) return null;
        for (int slot = c.reads().first(); slot >= 0; slot = c.reads().next(slot + 1)) {
            if (model.column[slot] >= 0 && box.status[model.column[slot]] == (Box.ABSENT | Box.KNOWN))
                return status(box, model.column[slot]);
        }
        int lowest = Integer.numberOfTrailingZeros(truths);
        return Solver.Step.split(
                List.of(
                        box.with(column, Box.KNOWN, lowest, lowest),
                        box.with(column, Box.KNOWN, lowest + 1, Truth.TRUE)),
                column);
    }

    private static Solver.@Nullable Step either(
            Solver.@Nullable Step first, java.util.function.Supplier<Solver.@Nullable Step> second) {
        return first != null ? first : second.get();
    }

    private Solver.@Nullable Step slot(Box box, int slot, @Nullable CellTest hint) {
        if (model.column[slot] >= 0) return column(box, model.column[slot], slot, hint);
        SearchModel.Made m = model.made[slot];
        switch (m.declared().as()) {
            case completedYears, completedMonths -> {
                int column = model.following[slot];
                TreeSet<Long> cuts = new TreeSet<>();
                cuts(hint, slot, cuts);
                Long cut = column < 0 || state.slots.status(slot) != SlotRanges.KNOWN
                        ? null
                        : nearest(cuts, Math.max(box.lo[column], state.slots.value(slot)), box.hi[column]);
                if (cut != null) return at(box, column, cut);
                return wider(box, model.column[m.from()], model.column[m.on()]);
            }
            case number -> {
                return slot(box, m.of(), null);
            }
            case bestForCertain, bestPossible, limitMissed, outputOf -> {
                Solver.Step cut =
                        fewest(box, m.rows().stream().mapToInt(Rule::number).toArray());
                return cut != null ? cut : columns(box, model.behind.slot(slot));
            }
            case sumOf, verdictOf -> {
                Solver.Step cut = benefit(box, m.benefit());
                return cut != null ? cut : columns(box, model.behind.slot(slot));
            }
            default -> {
                return columns(box, model.behind.slot(slot));
            }
        }
    }

    /** A row of the benefit that is not settled. */
    Solver.@Nullable Step benefit(Box box, int benefit) {
        BenefitPlan plan = model.rules.plans[benefit];
        return fewest(
                box,
                java.util.stream.IntStream.range(0, model.rules.rules.length)
                        .filter(r -> SearchModel.isOf(plan, r))
                        .toArray());
    }

    private Solver.@Nullable Step fewest(Box box, int[] rows) {
        int best = -1, fewest = Integer.MAX_VALUE;
        for (int row : rows) {
            if (TruthSet.isSettled(state.truth(row))) continue;
            int open = open(row);
            if (open >= fewest) continue;
            best = row;
            fewest = open;
        }
        return best < 0 ? null : row(box, best);
    }

    private Solver.@Nullable Step wider(Box box, int a, int b) {
        if (a < 0 || b < 0) return columns(box, Bits.of(a).or(Bits.of(b)));
        for (int c : new int[] {a, b}) if (box.status[c] == (Box.ABSENT | Box.KNOWN)) return status(box, c);
        if (model.columns.isOne(box, a) && model.columns.isOne(box, b)) return null;
        return halves(box, box.hi[a] - box.lo[a] > box.hi[b] - box.lo[b] ? a : b);
    }

    /** Any of these columns that still has several values, the one with most of them; days last, which are cut in halves. */
    Solver.@Nullable Step columns(Box box, Bits columns) {
        int best = -1;
        long widest = -1;
        for (int c = columns.first(); c >= 0; c = columns.next(c + 1)) {
            if (!model.columns.isTold(c) || model.columns.isOne(box, c)) continue;
            if (box.status[c] == (Box.ABSENT | Box.KNOWN)) return status(box, c);
            long width = model.columns.at(c).isNumber() ? box.hi[c] - box.lo[c] : 1;
            if (width <= widest) continue;
            best = c;
            widest = width;
        }
        return best < 0 ? null : column(box, best, -1, null);
    }

    private Solver.@Nullable Step column(Box box, int c, int slot, @Nullable CellTest hint) {
        if (box.status[c] == (Box.ABSENT | Box.KNOWN)) return status(box, c);
        if (model.columns.isOne(box, c)) return null;
        Columns.Column column = model.columns.at(c);
        if (column.isNumber()) {
            Long cut = nearest(places(column, hint, slot), box.lo[c], box.hi[c]);
            return cut == null ? halves(box, c) : at(box, c, cut);
        }
        long wanted = asked(hint, slot);
        if (column.isList()) {
            long open = box.hi[c] & ~box.lo[c];
            long code = Long.lowestOneBit((open & wanted) != 0 ? open & wanted : open);
            return Solver.Step.split(
                    List.of(
                            box.with(c, Box.KNOWN, box.lo[c], box.hi[c] & ~code),
                            box.with(c, Box.KNOWN, box.lo[c] | code, box.hi[c])),
                    c);
        }
        long some = box.lo[c] & wanted;
        if (some == 0 || some == box.lo[c]) some = Long.lowestOneBit(box.lo[c]);
        return Solver.Step.split(
                List.of(box.with(c, Box.KNOWN, some, 0), box.with(c, Box.KNOWN, box.lo[c] & ~some, 0)), c);
    }

    private static Solver.Step status(Box box, int c) {
        return Solver.Step.split(
                List.of(box.with(c, Box.KNOWN, box.lo[c], box.hi[c]), box.with(c, Box.ABSENT, box.lo[c], box.hi[c])),
                c);
    }

    /** A fact of these columns of which it is open whether it is told; null where there is none. */
    static Solver.@Nullable Step status(Box box, Bits columns) {
        for (int c = columns.first(); c >= 0; c = columns.next(c + 1)) {
            if (box.status[c] == (Box.ABSENT | Box.KNOWN)) return status(box, c);
        }
        return null;
    }

    private static Solver.Step halves(Box box, int c) {
        long middle = box.lo[c] + (box.hi[c] - box.lo[c]) / 2;
        return at(box, c, middle + 1);
    }

    /** At a number, the first of the upper part. */
    private static Solver.Step at(Box box, int c, long cut) {
        return Solver.Step.split(
                List.of(box.with(c, Box.KNOWN, box.lo[c], cut - 1), box.with(c, Box.KNOWN, cut, box.hi[c])), c);
    }

    /** The cut nearest to the middle that leaves something on both sides. */
    private static @Nullable Long nearest(TreeSet<Long> cuts, long lo, long hi) {
        Long best = null;
        long middle = lo + (hi - lo) / 2;
        for (long cut : cuts)
            if (cut > lo && cut <= hi && (best == null || Math.abs(cut - middle) < Math.abs(best - middle))) best = cut;
        return best;
    }

    /** Constants with which this slot is compared: its values change sides there. */
    private static void cuts(@Nullable CellTest test, int slot, TreeSet<Long> cuts) {
        if (test == null) return;
        test.comparisons(c -> {
            if (c.leftSlot() != slot || !(c.right() instanceof NumericExpression.Constant n)) return;
            if (c.op() != CellTest.Op.UP_TO && c.op() != CellTest.Op.ABOVE) cuts.add(n.value());
            if (c.op() != CellTest.Op.BELOW && c.op() != CellTest.Op.FROM) cuts.add(n.value() + 1);
        });
    }

    /** Codes, as the column numbers them, that the test asks for; all where it asks for none. */
    private long asked(@Nullable CellTest hint, int slot) {
        if (hint == null || slot < 0) return -1;
        long here = codes(hint, slot), wanted = 0;
        for (int i = 0; i < model.codes[slot].length; i++)
            if (model.codes[slot][i] >= 0 && (here >>> model.codes[slot][i] & 1) != 0) wanted |= 1L << i;
        return wanted;
    }

    private long codes(CellTest test, int slot) {
        if (test instanceof CellTest.OneOf o) return o.slot() == slot ? model.some(slot, o.codes()) : 0;
        if (test instanceof CellTest.Holds h) return h.slot() == slot ? model.some(slot, h.codes()) : 0;
        if (test instanceof CellTest.Both b) return codes(b.a(), slot) | codes(b.b(), slot);
        if (test instanceof CellTest.Either e) return codes(e.a(), slot) | codes(e.b(), slot);
        return test instanceof CellTest.Not n ? codes(n.a(), slot) : 0;
    }

    /** The parts in the order in which they promise most: a row that holds, or one that does not. */
    static Solver.Step ordered(Solver.Step cut, BoxState state, int row, boolean fires) {
        List<Box> likely = new ArrayList<>(), rest = new ArrayList<>();
        for (Box part : cut.parts()) {
            state.of(part);
            int truth = state.truth(row);
            boolean wanted = fires ? (truth & TruthSet.TRUE) != 0 : (truth & ~TruthSet.FALSE) == 0;
            (wanted ? likely : rest).add(part);
        }
        likely.addAll(rest);
        return Solver.Step.split(likely, cut.column());
    }

    /** Columns for which a row can't hold: behind the cell with fewest of them that never does. */
    static Bits whyNot(BoxState state, int row) {
        Bits why = Bits.below(state.model.columns.size());
        for (Cell cell : state.model.rules.rules[row].cells()) {
            Bits behind = state.model.behind.cell(cell);
            if ((state.truth(cell) & TruthSet.TRUE) == 0 && behind.count() < why.count()) why = behind;
        }
        return why;
    }
}
