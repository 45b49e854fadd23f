package cn.jincai.assessment;

import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** One compiled ruleset with all that the search asks of it: which column each fact is, how derived values are made, what stands behind each row. */
final class World {
    /**
     * How a derived value is made.
     *
     * @param number months or calculation, or null
     * @param asks   whether the number asks anything at this time
     */
    record Made(Derived declared, Num number, boolean asks, int from, int on, int of, long[] numbers, CompiledTable table, int benefit) {}

    final CompiledRules rules;
    final Columns columns;
    final WorkingCalendar calendar;
    final Meaning meaning;
    /** By slot: the column of a fact, -1 for what is derived. */
    final int[] column;
    /** By slot of a text, flag or list: the code's index here by its index in the column, -1 for one that this version does not know. */
    final int[][] codes;
    final Made[] made;
    /** Columns behind each slot and row. */
    private final long[] behindSlot, behindRow, reads;

    /** @param twin a fact that is read from a column of its own, or null; {@code twinColumn} that column */
    World(CompiledRules rules, Columns columns, WorkingCalendar calendar, String twin, int twinColumn) {
        this.rules = rules;
        this.columns = columns;
        this.calendar = calendar;
        Vocabulary vocabulary = rules.vocabulary;
        meaning = new Meaning(vocabulary);
        column = new int[vocabulary.size()];
        codes = new int[vocabulary.size()][];
        made = new Made[vocabulary.size()];
        for (int slot = 0; slot < column.length; slot++) {
            Symbol symbol = vocabulary.at(slot);
            boolean told = vocabulary.fact(slot) != null || slot == vocabulary.applicationDate;
            column[slot] = !told ? -1 : symbol.name().equals(twin) ? twinColumn : columns.of(symbol.name());
            if (told) codes[slot] = columns.at(column[slot]).codes().stream().mapToInt(symbol.codes()::indexOf).toArray();
        }
        Names names = new Names(vocabulary, rules.ruleset.parameters(), rules.values(), new HashSet<>());
        Map<String, CompiledTable> tables = new HashMap<>();
        rules.tables.forEach(t -> tables.put(t.id(), t));
        for (Derived d : vocabulary.scheme.rules().derived()) made[vocabulary.get(d.name()).slot()] = made(d, names, tables);
        behindSlot = new long[column.length];
        behindRow = new long[rules.rules.length];
        reads = Arrays.stream(rules.rules).mapToLong(r -> Arrays.stream(r.cells()).mapToLong(Cell::reads).reduce(0, (a, b) -> a | b)).toArray();
        Arrays.fill(behindSlot, -1);
        Arrays.fill(behindRow, -1);
    }

    private Made made(Derived d, Names names, Map<String, CompiledTable> tables) {
        try {
            Num number = d.months() != null ? new Cells(names).number(d.months()) : d.is() != null ? new Cells(names).number(d.is()) : null;
            long[] numbers = null;
            if (d.as() == Scheme.As.number) {
                List<String> known = rules.vocabulary.get(d.of()).codes();
                numbers = new long[known.size()];
                for (var entry : d.values().entrySet()) numbers[known.indexOf(entry.getKey())] = entry.getValue();
            }
            List<String> benefits = Arrays.stream(rules.plans).map(p -> p.benefit().code()).toList();
            return new Made(d, number, number == null || Num.asks(number), slot(d.from()), slot(d.on()), slot(d.of()), numbers, d.table() == null ? null : tables.get(d.table()), benefits.indexOf(d.benefit()));
        } catch (Refused e) {
            throw new IllegalStateException("compiled before", e);
        }
    }

    private int slot(String name) {
        Symbol symbol = name == null ? null : rules.vocabulary.get(name);
        return symbol == null ? -1 : symbol.slot();
    }

    int benefit(String code) {
        for (int b = 0; b < rules.plans.length; b++) if (rules.plans[b].benefit().code().equals(code)) return b;
        return -1;
    }

    long behindSlots(long slots) {
        long behind = 0;
        for (; slots != 0; slots &= slots - 1) behind |= behindSlot(Long.numberOfTrailingZeros(slots));
        return behind;
    }

    /** All columns of which a slot is made; a day also depends on the application date, after which no day is told. */
    long behindSlot(int slot) {
        if (behindSlot[slot] != -1) return behindSlot[slot];
        long behind = 0;
        if (column[slot] >= 0) {
            behind = 1L << column[slot] | (columns.at(column[slot]).type() == Scheme.Type.DATE ? 1L << Columns.APPLICATION_DATE : 0);
        } else {
            Made m = made[slot];
            for (int input : new int[] {m.from(), m.on(), m.of()}) if (input >= 0) behind |= behindSlot(input);
            if (m.number() != null) behind |= behindSlots(m.number().reads());
            if (m.table() != null) for (Rule rule : m.table().rules()) behind |= behindRow(rule.number()) | behindAmounts(rule);
            if (m.benefit() >= 0) behind |= behindBenefit(m.benefit());
            if (m.declared().as() == Scheme.As.outputOf) behind |= behindSlot(rules.vocabulary.governingDate);
        }
        return behindSlot[slot] = behind;
    }

    long behindRow(int row) {
        if (behindRow[row] != -1) return behindRow[row];
        long behind = 0;
        for (Cell cell : rules.rules[row].cells()) behind |= behindSlots(cell.reads());
        return behindRow[row] = behind;
    }

    long behindBenefit(int benefit) {
        Plan plan = rules.plans[benefit];
        long behind = behindSum(benefit);
        if (plan.follows() >= 0) behind |= behindBenefit(plan.follows());
        for (int row = 0; row < rules.rules.length; row++) if (isOf(plan, row)) behind |= behindRow(row);
        return behind;
    }

    /** Columns behind what would be paid to a case that is not rejected. */
    long behindSum(int benefit) {
        Plan plan = rules.plans[benefit];
        long behind = behindSlot(rules.vocabulary.governingDate);
        if (plan.follows() >= 0) behind |= behindSum(plan.follows());
        for (int row = 0; row < rules.rules.length; row++) if (isEntitlement(plan, row)) behind |= behindRow(row) | behindAmounts(rules.rules[row]);
        for (int slot : new int[] {plan.atMost(), plan.appliedFor(), plan.deduct()}) if (slot >= 0) behind |= behindSlot(slot);
        return behind;
    }

    /** Slots that a row's cells read. */
    long reads(int row) {
        return reads[row];
    }

    private long behindAmounts(Rule rule) {
        return behindSlots(amountReads(rule));
    }

    static long amountReads(Rule rule) {
        return (rule.amount() == null ? 0 : rule.amount().reads()) | (rule.monthly() == null ? 0 : rule.monthly().reads()) | (rule.months() == null ? 0 : rule.months().reads());
    }

    static boolean isOf(Plan plan, int row) {
        return ((plan.conditions()[row >>> 6] | plan.entitlement()[row >>> 6]) >>> row & 1) != 0;
    }

    static boolean isEntitlement(Plan plan, int row) {
        return (plan.entitlement()[row >>> 6] >>> row & 1) != 0;
    }

    /** What the rules say of one case. */
    Evaluation evaluate(Box one) {
        return Evaluation.of(rules, slots(one), calendar, Adjustments.NONE);
    }

    Slots slots(Box one) {
        Vocabulary vocabulary = rules.vocabulary;
        Slots slots = new Slots(vocabulary.size());
        for (int slot = 0; slot < column.length; slot++) {
            int c = column[slot];
            if (c < 0) continue;
            Scheme.Fact fact = vocabulary.fact(slot);
            if (one.status[c] == Box.ABSENT) {
                if (fact.absent().none()) slots.setNone(slot);
                else if (fact.absent().value() != null) slots.set(slot, fact.absent().value());
            } else if (columns.at(c).isNumber()) {
                slots.set(slot, one.lo[c]);
            } else if (columns.at(c).isList()) {
                slots.set(slot, translated(slot, one.lo[c]));
            } else if (columns.at(c).codes().isEmpty()) {
                slots.set(slot, 0);
            } else {
                int code = codes[slot][Long.numberOfTrailingZeros(one.lo[c])];
                if (code >= 0) slots.set(slot, code);
            }
        }
        return slots;
    }

    /** Codes of a column as this version numbers them, without those that it does not know. */
    long translated(int slot, long mask) {
        long here = 0;
        for (; mask != 0; mask &= mask - 1) {
            int code = codes[slot][Long.numberOfTrailingZeros(mask)];
            if (code >= 0) here |= 1L << code;
        }
        return here;
    }
}
