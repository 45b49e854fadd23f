package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.CompiledRules;
import java.util.Arrays;

/**
 * What the rules may say of all the cases in a box at once: the truths that each row may have, the values that each slot may have, the verdicts and sums
 * of each benefit. Never less than what occurs for one of the cases; exactly that for a box of one case.
 */
final class BoxState {
    final SearchModel model;
    final CompiledRules rules;
    final SlotRanges slots;
    final BenefitRanges benefits;
    private final int[] truths;
    /** Of no column before {@link #of}. */
    Box box = new Box(0);
    /** Columns that show that no case at all is in the box, of those looked at; empty where none do. */
    Bits impossible = Bits.NONE;

    BoxState(SearchModel model) {
        this.model = model;
        rules = model.rules;
        slots = new SlotRanges(this);
        benefits = new BenefitRanges(this, slots);
        truths = new int[rules.rules.length];
    }

    void of(Box box) {
        this.box = box;
        impossible = Bits.NONE;
        slots.clear();
        benefits.clear();
        Arrays.fill(truths, 0);
    }

    int truth(int row) {
        if (truths[row] != 0) return truths[row];
        int all = TruthSet.TRUE;
        for (Cell cell : rules.rules[row].cells()) {
            all = TruthSet.both(all, truth(cell));
            if (all == TruthSet.FALSE) break;
        }
        return truths[row] = all;
    }

    int truth(Cell cell) {
        if (cell.checksNull()) return truth(cell.test());
        boolean mayBeNone = false;
        Bits reads = cell.reads();
        for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1)) {
            int may = slots.status(slot);
            if (may == SlotRanges.NONE) return TruthSet.FALSE;
            mayBeNone |= (may & SlotRanges.NONE) != 0;
        }
        return truth(cell.test()) | (mayBeNone ? TruthSet.FALSE : 0);
    }

    int truth(CellTest test) {
        if (test instanceof CellTest.Compare c) {
            int truth = compare(c), column = model.following(c);
            if (column < 0) return truth;
            int allowed =
                    truth & TruthSet.between(box.lo[column], box.hi[column]) & model.periodEnds.left(c, this, box);
            if (allowed == 0)
                impossible = impossible
                        .or(model.behind.slots(c.reads()))
                        .with(column)
                        .or(model.periodEnds.others(c));
            return allowed == 0 ? truth : allowed;
        }
        if (test instanceof CellTest.OneOf o)
            return codes(
                    o.slot(),
                    (slots.value(o.slot()) & model.some(o.slot(), o.codes())) != 0,
                    (slots.lo[o.slot()] & ~model.whole(o.slot(), o.codes())) != 0);
        if (test instanceof CellTest.Holds h) {
            slots.make(h.slot());
            return codes(
                    h.slot(),
                    (slots.hi[h.slot()] & model.some(h.slot(), h.codes())) != 0,
                    (slots.lo[h.slot()] & model.whole(h.slot(), h.codes())) == 0);
        }
        if (test instanceof CellTest.IsNull n)
            return ((slots.status(n.slot()) & (SlotRanges.OPEN | SlotRanges.NONE)) != 0 ? TruthSet.TRUE : 0)
                    | ((slots.status[n.slot()] & SlotRanges.KNOWN) != 0 ? TruthSet.FALSE : 0);
        if (test instanceof CellTest.Both b) return TruthSet.both(truth(b.a()), truth(b.b()));
        if (test instanceof CellTest.Either e)
            return TruthSet.not(TruthSet.both(TruthSet.not(truth(e.a())), TruthSet.not(truth(e.b()))));
        if (test instanceof CellTest.Not n) return TruthSet.not(truth(n.a()));
        return 1 << ((CellTest.Always) test).truth();
    }

    private int codes(int slot, boolean mayHold, boolean mayFail) {
        int may = slots.status[slot];
        int truth = ((may & SlotRanges.OPEN) != 0 ? TruthSet.UNKNOWN : 0)
                | ((may & SlotRanges.NONE) != 0 ? TruthSet.FALSE : 0);
        if ((may & SlotRanges.KNOWN) != 0) truth |= (mayHold ? TruthSet.TRUE : 0) | (mayFail ? TruthSet.FALSE : 0);
        return truth;
    }

    private int compare(CellTest.Compare c) {
        int truth = 0;
        boolean known = true;
        Bits reads = c.reads();
        for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1)) {
            int may = slots.status(slot);
            if (may == SlotRanges.NONE) return TruthSet.FALSE;
            if ((may & SlotRanges.NONE) != 0) truth |= TruthSet.FALSE;
            if ((may & SlotRanges.OPEN) != 0) truth |= TruthSet.UNKNOWN;
            known &= (may & SlotRanges.KNOWN) != 0;
        }
        if (!known) return truth;
        long aLo = slots.least(c.left()),
                aHi = slots.most(c.left()),
                bLo = slots.least(c.right()),
                bHi = slots.most(c.right());
        for (int a : slots.lags(c.leftSlot()))
            for (int b : slots.lags(c.rightSlot())) truth |= TruthSet.compared(c.op(), aLo, aHi, a, bLo, bHi, b);
        return truth;
    }
}
