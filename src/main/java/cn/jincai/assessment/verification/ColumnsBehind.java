package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Scheme;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The columns of which each slot, row and benefit of a model is made, all the way from the facts: by these a box is cut where something is not settled. */
final class ColumnsBehind {
    private final SearchModel model;
    private final @Nullable Bits[] bySlot, byRow;

    ColumnsBehind(SearchModel model) {
        this.model = model;
        bySlot = new @Nullable Bits[model.column.length];
        byRow = new @Nullable Bits[model.rules.rules.length];
    }

    void clear() {
        Arrays.fill(bySlot, null);
        Arrays.fill(byRow, null);
    }

    /** The columns of the truths of a test's comparisons. */
    private Bits followings(CellTest test) {
        if (test instanceof CellTest.Both b) return followings(b.a()).or(followings(b.b()));
        if (test instanceof CellTest.Either e) return followings(e.a()).or(followings(e.b()));
        if (test instanceof CellTest.Not n) return followings(n.a());
        int column = test instanceof CellTest.Compare c ? model.following(c) : -1;
        return column < 0
                ? Bits.NONE
                : model.periodEnds.others((CellTest.Compare) test).with(column);
    }

    /** All columns of which the truth of a cell is made. */
    Bits cell(Cell cell) {
        return slots(cell.reads()).or(followings(cell.test()));
    }

    Bits slots(Bits slots) {
        Bits behind = Bits.NONE;
        for (int slot = slots.first(); slot >= 0; slot = slots.next(slot + 1)) behind = behind.or(slot(slot));
        return behind;
    }

    /** All columns of which a slot is made; a day also depends on the application date, after which no day is told. */
    Bits slot(int slot) {
        if (bySlot[slot] != null) return bySlot[slot];
        Bits behind = Bits.NONE;
        if (model.column[slot] >= 0) {
            behind = Bits.of(model.column[slot]);
            if (model.columns.at(model.column[slot]).type() == Scheme.Type.DATE)
                behind = behind.with(Columns.APPLICATION_DATE);
        } else {
            SearchModel.Made m = model.made[slot];
            if (model.following != null && model.following[slot] >= 0) behind = behind.with(model.following[slot]);
            for (int input : new int[] {m.from(), m.on(), m.of()}) if (input >= 0) behind = behind.or(slot(input));
            behind = behind.or(slots(m.number().reads()));
            for (Rule rule : m.rows()) behind = behind.or(row(rule.number())).or(amounts(rule));
            if (m.benefit() >= 0) behind = behind.or(benefit(m.benefit()));
            if (m.declared().as() == Computation.outputOf)
                behind = behind.or(slot(model.rules.vocabulary.governingDate));
        }
        return bySlot[slot] = behind;
    }

    Bits row(int row) {
        if (byRow[row] != null) return byRow[row];
        Bits behind = Bits.NONE;
        for (Cell cell : model.rules.rules[row].cells()) behind = behind.or(cell(cell));
        return byRow[row] = behind;
    }

    Bits benefit(int benefit) {
        BenefitPlan plan = model.rules.plans[benefit];
        Bits behind = sum(benefit).or(slots(plan.askedReads()));
        if (plan.follows() >= 0) behind = behind.or(benefit(plan.follows()));
        for (int row = 0; row < model.rules.rules.length; row++)
            if (SearchModel.isOf(plan, row)) behind = behind.or(row(row));
        return behind;
    }

    /** Columns behind what would be paid to a case that is not rejected. */
    Bits sum(int benefit) {
        BenefitPlan plan = model.rules.plans[benefit];
        Bits behind = slot(model.rules.vocabulary.governingDate);
        if (plan.follows() >= 0) behind = behind.or(sum(plan.follows()));
        for (int row = 0; row < model.rules.rules.length; row++)
            if (SearchModel.isEntitlement(plan, row))
                behind = behind.or(row(row)).or(amounts(model.rules.rules[row]));
        for (int slot : new int[] {plan.atMost(), plan.appliedFor(), plan.deduct()})
            if (slot >= 0) behind = behind.or(slot(slot));
        for (int pool : plan.pools()) behind = behind.or(slot(pool));
        return behind;
    }

    private Bits amounts(Rule rule) {
        return slots(rule.sumReads());
    }
}
