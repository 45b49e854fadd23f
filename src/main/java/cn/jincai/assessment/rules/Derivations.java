package cn.jincai.assessment.rules;

import cn.jincai.calendar.EpochDays;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Period;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Scheme.Derived;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fixed words of {@code rules.derived} in a scheme, each a few lines of Java; what they are applied to stands in the scheme. */
final class Derivations {
    private final CellScope names;
    private final CellCompiler cells;
    private final MonthsCompiler months;
    private final Map<String, CompiledTable> tables;
    private final EvaluationOrder steps;
    private final List<String> benefits;
    private final Findings findings;

    Derivations(
            CellScope names,
            Map<String, CompiledTable> tables,
            EvaluationOrder steps,
            List<String> benefits,
            Findings findings) {
        this.names = names;
        this.cells = new CellCompiler(names);
        this.months = new MonthsCompiler(names);
        this.tables = tables;
        this.steps = steps;
        this.benefits = benefits;
        this.findings = findings;
    }

    List<Derivation> all() {
        List<Derivation> all = new ArrayList<>();
        for (Derived d : names.vocabulary().scheme.rules().derived()) {
            try {
                if (d.as() == Computation.forEachMonth) months.monthly(d.name(), Integer.MAX_VALUE);
                else all.add(derivation(d));
            } catch (RefusedCell e) {
                findings.add(d.file(), d.place() + " " + d.name(), "assessment.rules.DERIVED", e.text);
            }
        }
        return all;
    }

    private Derivation derivation(Derived d) throws RefusedCell {
        int slot = names.symbol(d.name()).slot(), step = steps.of(d.name());
        return switch (d.as()) {
            case completedYears, completedMonths -> counted(d, slot, step);
            case endOfPeriod, monthsLater -> period(d, slot, step);
            case number -> number(d, slot, step);
            case calculation, percent -> calculation(d, slot, step);
            case bestForCertain, bestPossible -> best(levels(d), d.as() == Computation.bestForCertain, slot, step);
            case limitMissed -> limitMissed(levels(d), d.column(), slot, step);
            case outputOf -> outputOf(table(d), d.column(), slot, step);
            case firstDayOf, lastDayOf -> dayOf(d, slot, step);
            case sumOfMonths, countMonths, longestRun, gaps, leastOfMonths, mostOfMonths -> {
                OverMonths made = months.over(d);
                before(made.inputs(), slot);
                yield new Derivation(slot, step, made.inputs(), false, null, made);
            }
            case forEachMonth -> throw new IllegalStateException("it has no value of its own");
            case sumOf -> {
                int benefit = benefits.indexOf(d.benefit());
                yield own(slot, step, e -> e.slots.set(slot, e.outcomes[benefit].amountFen));
            }
            case verdictOf -> {
                int benefit = benefits.indexOf(d.benefit());
                yield own(slot, step, e -> {
                    if (e.outcomes[benefit].notAsked) e.slots.setNone(slot);
                    else e.slots.set(slot, e.outcomes[benefit].verdict.ordinal());
                });
            }
        };
    }

    private Derivation counted(Derived d, int slot, int step) throws RefusedCell {
        int from = date(d.from(), slot), on = date(d.on(), slot);
        boolean years = d.as() == Computation.completedYears;
        return plain(slot, step, bit(from).or(bit(on)), e -> {
            long first = e.slots.value[from], last = e.slots.value[on];
            e.slots.set(slot, years ? EpochDays.completedYears(first, last) : EpochDays.completedMonths(first, last));
        });
    }

    private Derivation dayOf(Derived d, int slot, int step) throws RefusedCell {
        int of = names.symbol(d.of()).slot();
        Period.Kind kind = names.vocabulary().knownFact(of).periodKind();
        boolean first = d.as() == Computation.firstDayOf;
        return plain(slot, step, bit(of), e -> {
            Period period = new Period(kind, (int) e.slots.value[of]);
            e.slots.set(slot, (first ? period.firstDay() : period.lastDay()).toEpochDay());
        });
    }

    private Derivation period(Derived d, int slot, int step) throws RefusedCell {
        int from = date(d.from(), slot);
        NumericExpression months = cells.number(d.months());
        if (!NumericExpression.asks(months)) return own(slot, step, e -> e.slots.setNone(slot));
        boolean moves = d.as() == Computation.endOfPeriod;
        int fixed = months instanceof NumericExpression.Constant c ? (int) Math.min(12_000, c.value()) : -1;
        return plain(slot, step, bit(from).or(months.reads()), e -> {
            long nominal = EpochDays.plusMonths(
                    e.slots.value[from], fixed >= 0 ? fixed : (int) Math.min(12_000, months.at(e.slots)));
            long last = moves ? e.calendar.nextWorkingDay(nominal) : nominal;
            e.slots.set(slot, last == WorkingCalendar.NONE ? nominal : last);
            if (last == WorkingCalendar.NONE) e.slots.setProvisional(slot);
        });
    }

    private Derivation calculation(Derived d, int slot, int step) throws RefusedCell {
        NumericExpression sum = cells.calculation(d.is(), names.symbol(d.name()).kind());
        NumericExpression[] divisors = NumericExpression.divisors(sum).toArray(NumericExpression[]::new);
        Bits reads = sum.reads();
        before(reads, slot);
        if (!NumericExpression.asks(sum)) return own(slot, step, e -> e.slots.setNone(slot));
        return new Derivation(slot, step, reads, false, null, e -> {
            e.slots.value[slot] = sum.at(e.slots); // also where something is unknown: a sum counts that as 0
            if (e.slots.isAnyNone(reads)) e.slots.setNone(slot);
            else if (e.slots.areKnown(reads)) {
                if (isZero(divisors, e.slots)) e.slots.setNone(slot);
                else e.slots.set(slot, e.slots.value[slot]);
            }
        });
    }

    private static boolean isZero(NumericExpression[] divisors, Slots s) {
        for (NumericExpression divisor : divisors) if (divisor.at(s) == 0) return true;
        return false;
    }

    /** The best level of a table, among rows that hold for certain or that are possible. */
    private static Derivation best(CompiledTable table, boolean certain, int slot, int step) {
        return own(slot, step, e -> {
            int best = table.best(certain ? e.fired : e.possible);
            if (best > 0) e.slots.set(slot, best);
            else e.slots.setNone(slot);
        });
    }

    /** Made of no slots, or of what is settled before it. */
    private static Derivation own(int slot, int position, Derivation.Step step) {
        return new Derivation(slot, position, Bits.NONE, false, null, step);
    }

    private static Derivation plain(int slot, int position, Bits inputs, Derivation.Step step) {
        return new Derivation(slot, position, inputs, true, null, step);
    }

    /** A text's number by its code; of a list the highest, 0 where none of its codes has one. */
    private Derivation number(Derived d, int slot, int step) throws RefusedCell {
        Symbol of = names.symbol(d.of());
        if (of.kind() == Symbol.Kind.NUMBER
                || of.kind() == Symbol.Kind.DATE
                || of.codes().isEmpty()) throw new RefusedCell("assessment.derived.noCodes", d.of());
        long[] numbers = new long[of.codes().size()];
        for (var entry : d.values().entrySet()) {
            int code = of.codes().indexOf(entry.getKey());
            if (code < 0)
                throw new RefusedCell(
                        "assessment.derived.noCodeOf", entry.getKey(), d.of(), String.join(", ", of.codes()));
            numbers[code] = entry.getValue();
        }
        boolean list = of.kind() == Symbol.Kind.LIST;
        int from = of.slot();
        return plain(slot, step, bit(from), e -> {
            if (!list) {
                e.slots.set(slot, numbers[(int) e.slots.value[from]]);
                return;
            }
            long highest = 0;
            Bits codes = e.slots.list(of);
            for (int code = codes.first(); code >= 0; code = codes.next(code + 1))
                highest = Math.max(highest, numbers[code]);
            e.slots.set(slot, highest);
        });
    }

    /** Where no row is possible: the limit in a column of the best row that holds for certain but for that column. */
    private Derivation limitMissed(CompiledTable table, String column, int slot, int step) throws RefusedCell {
        List<Limit> limits = table.rules().stream()
                .flatMap(r -> Limit.of(r, column))
                .sorted(Comparator.comparingInt(l -> l.rule.level()))
                .toList();
        if (limits.isEmpty()) throw new RefusedCell("assessment.derived.noColumn", table.id(), column);
        return own(slot, step, e -> {
            e.slots.setNone(slot);
            if (table.best(e.possible) > 0) return;
            for (int i = 0; i < limits.size(); i++)
                if (limits.get(i).isMissed(e)) {
                    e.slots.forget(slot);
                    e.slots.set(slot, limits.get(i).limit.at(e.slots));
                    return;
                }
        });
    }

    /** A row, the limit that it sets in a column, and its cells beside that. */
    private record Limit(Rule rule, Cell cell, NumericExpression limit, Cell[] others) {
        static Stream<Limit> of(Rule rule, String column) {
            return Stream.of(rule.cells())
                    .filter(c -> c.column().equals(column) && c.test() instanceof CellTest.Compare)
                    .map(c -> new Limit(
                            rule,
                            c,
                            ((CellTest.Compare) c.test()).right(),
                            Stream.of(rule.cells()).filter(o -> o != c).toArray(Cell[]::new)));
        }

        boolean isMissed(Evaluation e) {
            if (cell.truth(e.slots) != Truth.FALSE || !e.isTested(rule)) return false;
            for (Cell other : others) if (other.truth(e.slots) != Truth.TRUE) return false;
            return true;
        }
    }

    /** What an entitlement table gives for certain: unknown while another row is still possible, none where no row is. */
    private Derivation outputOf(CompiledTable table, String output, int slot, int step) throws RefusedCell {
        if (!List.of("amountFen", "monthlyFen", "months").contains(output))
            throw new RefusedCell("assessment.derived.outputs");
        Bits inputs = Bits.NONE;
        for (Rule rule : table.rules()) for (Cell cell : rule.cells()) inputs = inputs.or(cell.reads());
        before(inputs, slot);
        return new Derivation(slot, step, inputs, false, table, e -> {
            boolean open = false;
            for (Rule rule : table.rules()) {
                if (e.isUndecided(rule.number())) open = true;
                if (!e.isFired(rule.number())) continue;
                NumericExpression number = output.equals("amountFen")
                        ? rule.amount()
                        : output.equals("monthlyFen") ? rule.monthly() : rule.months();
                if (number == null || !NumericExpression.asks(number)) e.slots.setNone(slot);
                else if (e.isGoverned() && e.slots.areKnown(number.reads())) e.slots.set(slot, number.at(e.slots));
                return;
            }
            if (!open) e.slots.setNone(slot);
        });
    }

    private CompiledTable table(Derived d) throws RefusedCell {
        CompiledTable table = tables.get(d.table());
        if (table == null || !table.entitlement()) throw new RefusedCell("assessment.derived.noTable", d.table());
        return table;
    }

    private CompiledTable levels(Derived d) throws RefusedCell {
        CompiledTable table = table(d);
        if (!table.givesLevels()) throw new RefusedCell("assessment.derived.noLevel", d.table());
        return table;
    }

    private int date(String name, int before) throws RefusedCell {
        Symbol symbol = names.symbol(name);
        before(bit(symbol.slot()), before);
        return symbol.slot();
    }

    private void before(Bits reads, int slot) throws RefusedCell {
        if (reads.next(Math.max(slot, names.vocabulary().applicationDate + 1)) >= 0)
            throw new RefusedCell("assessment.derived.before");
    }

    private static Bits bit(int slot) {
        return Bits.of(slot);
    }
}
