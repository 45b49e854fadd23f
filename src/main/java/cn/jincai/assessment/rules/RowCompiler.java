package cn.jincai.assessment.rules;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of decision tables to {@link Rule}s: their cells, what they do to the verdict or give, and what they are about. */
final class RowCompiler {
    private final Vocabulary vocabulary;
    private final Scheme scheme;
    private final Ruleset ruleset;
    private final CellScope names;
    private final CellCompiler cells;
    private final Set<String> untested;
    private final Findings findings;
    private final Map<String, Bits> bases = new HashMap<>();

    /** @param untested table and column of cells that are left out, with a space between */
    RowCompiler(CellScope names, Ruleset ruleset, Set<String> untested, Findings findings) {
        this.vocabulary = names.vocabulary();
        this.scheme = vocabulary.scheme;
        this.ruleset = ruleset;
        this.names = names;
        this.cells = new CellCompiler(names);
        this.untested = untested;
        this.findings = findings;
        noteBases();
    }

    /** @return null where the row can't be understood, with a finding */
    @Nullable
    Rule rule(int number, Table table, Table.Row row, boolean entitlement) {
        names.read().clear();
        Cell[] filled = cells(table, row);
        return entitlement ? entitlement(number, table, row, filled) : condition(number, table, row, filled);
    }

    private Cell[] cells(Table table, Table.Row row) {
        List<Cell> filled = new ArrayList<>();
        for (int i = 0; i < row.cells().size() && i < table.columns().size(); i++) {
            String text = row.cells().get(i), column = table.columns().get(i).expression();
            if (text.isEmpty() || untested.contains(table.id() + " " + column)) continue;
            try {
                filled.add(new Cell(column, cells.test(column, text)));
            } catch (RefusedCell e) {
                String place = table.place(row) + ", column " + column + ", cell `" + text + "`";
                findings.add(table.file(), place, "assessment.rules.CELL", e.text);
            }
        }
        return filled.toArray(Cell[]::new);
    }

    private @Nullable Rule condition(int number, Table table, Table.Row row, Cell[] filled) {
        String reason = word(table, row, "reason", scheme.reasons().keySet());
        String effect = word(table, row, "effect", List.of("REJECT", "SUPPLEMENT", "MANUAL"));
        Status status = status(table, row);
        int fact = fact(table, row, filled);
        @Nullable Object required = value(table, row, "required");
        if (required == null) required = required(filled, fact);
        NumericExpression deadline =
                value(table, row, "deadline") instanceof Symbol s ? new NumericExpression.Slot(s.slot()) : null;
        if (reason.isEmpty() || effect.isEmpty()) return null;
        return new Rule(
                number,
                table,
                row,
                filled,
                reason,
                Verdict.valueOf(effect),
                worst(status),
                ruleset.basis(row.rule()).orElse(null),
                fact,
                required,
                deadline,
                0,
                0,
                null,
                null,
                null);
    }

    private Rule entitlement(int number, Table table, Table.Row row, Cell[] filled) {
        Status status = status(table, row);
        NumericExpression level = number(table, row, "level"),
                order = number(table, row, "order"),
                amount = number(table, row, "amountFen"),
                monthly = number(table, row, "monthlyFen"),
                months = number(table, row, "months");
        if (!isPlace(level) || !isPlace(order)) findings.add(table.file(), table.place(row), "assessment.rules.LEVEL");
        if ((monthly == null) != (months == null))
            findings.add(table.file(), table.place(row), "assessment.rules.MONTHLY");
        return new Rule(
                number,
                table,
                row,
                filled,
                "",
                Verdict.APPROVE,
                worst(status),
                ruleset.basis(row.rule()).orElse(null),
                -1,
                null,
                null,
                place(level),
                place(order),
                amount,
                monthly,
                months);
    }

    /** None, or from 1 to 99. */
    private static boolean isPlace(@Nullable NumericExpression number) {
        return number == null || number instanceof NumericExpression.Constant c && c.value() >= 1 && c.value() <= 99;
    }

    private static int place(@Nullable NumericExpression number) {
        return number instanceof NumericExpression.Constant c ? (int) c.value() : 0;
    }

    private String word(Table table, Table.Row row, String output, Collection<String> known) {
        String word = row.outputs().getOrDefault(output, "").replaceAll("^\"|\"$", "");
        if (word.isEmpty() || known.contains(word)) return word;
        findings.add(
                table.file(),
                table.place(row) + ", output " + output,
                "assessment.rules.UNKNOWN_WORD",
                word,
                String.join(", ", known));
        return "";
    }

    private Status status(Table table, Table.Row row) {
        String word = word(
                table,
                row,
                "status",
                Arrays.stream(Status.values()).map(Enum::name).toList());
        return word.isEmpty() ? Status.ILLUSTRATIVE : Status.valueOf(word);
    }

    /** The row's own status or that of the least certain parameter that it reads. */
    private Status worst(Status status) {
        Status worst = status;
        for (String name : names.read())
            if (names.values().get(name + " status") instanceof Status s && s.compareTo(worst) > 0) worst = s;
        return worst;
    }

    /** The fact that the output names, or the first one behind the last filled column. */
    private int fact(Table table, Table.Row row, Cell[] filled) {
        if (row.outputs().containsKey("fact")) {
            String name = word(
                    table,
                    row,
                    "fact",
                    scheme.facts().stream().map(Scheme.Fact::name).toList());
            return vocabulary.slot(name);
        }
        for (int i = filled.length - 1; i >= 0; i--) {
            Bits facts = base(filled[i].column());
            if (!facts.isEmpty()) return facts.first();
        }
        return -1;
    }

    private @Nullable NumericExpression number(Table table, Table.Row row, String output) {
        return output(table, row, output, cells::number);
    }

    private @Nullable Object value(Table table, Table.Row row, String output) {
        return output(table, row, output, cells::value);
    }

    private interface Reading<T> {
        T of(String expression) throws RefusedCell;
    }

    /** @return null where the row has no such output, or one that can't be read */
    private <T> @Nullable T output(Table table, Table.Row row, String output, Reading<T> reading) {
        if (!row.outputs().containsKey(output)) return null;
        try {
            return reading.of(row.outputs().get(output));
        } catch (RefusedCell e) {
            findings.add(table.file(), table.place(row) + ", output " + output, "assessment.rules.OUTPUT", e.text);
            return null;
        }
    }

    /** What the cell about the fact would have to find for the condition to be met. */
    private @Nullable Object required(Cell[] filled, int fact) {
        for (int i = filled.length - 1; i >= 0; i--)
            if (fact >= 0 && base(filled[i].column()).has(fact)) return required(filled[i].test());
        return null;
    }

    private @Nullable Object required(CellTest test) {
        if (test instanceof CellTest.Compare c && isPercentage(c) && !(c.right() instanceof NumericExpression.Slot))
            return new Percentage(c.right());
        if (test instanceof CellTest.Compare c)
            return vocabulary.at(c.left().reads().first()).kind() == Symbol.Kind.DATE
                            && c.right() instanceof NumericExpression.Constant day
                    ? LocalDate.ofEpochDay(day.value())
                    : c.right() instanceof NumericExpression.Slot s ? vocabulary.at(s.slot()) : c.right();
        if (test instanceof CellTest.Either e)
            return e.a() instanceof CellTest.IsNull
                    ? required(e.b())
                    : e.b() instanceof CellTest.IsNull ? required(e.a()) : among(test, false);
        return among(test, false);
    }

    private boolean isPercentage(CellTest.Compare c) {
        return c.leftSlot() >= 0 && vocabulary.at(c.leftSlot()).kind() == Symbol.Kind.PERCENT;
    }

    /** Codes outside (or, below a not, inside) those that the test accepts. */
    private @Nullable Object among(CellTest test, boolean inside) {
        if (test instanceof CellTest.Not n) return among(n.a(), !inside);
        Bits codes = codes(test);
        if (codes.isEmpty()) return null;
        Symbol symbol = vocabulary.at(test.reads().first());
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < symbol.codes().size(); i++)
            if (codes.has(i) == inside) wanted.add(symbol.codes().get(i));
        if (symbol.kind() == Symbol.Kind.FLAG) return wanted.size() == 1 ? Boolean.valueOf(wanted.get(0)) : null;
        return wanted.size() == 1 ? wanted.get(0) : List.copyOf(wanted);
    }

    private static Bits codes(CellTest test) {
        if (test instanceof CellTest.OneOf o) return o.codes();
        if (test instanceof CellTest.Either e
                && !codes(e.a()).isEmpty()
                && !codes(e.b()).isEmpty()
                && e.a().reads().equals(e.b().reads())) return codes(e.a()).or(codes(e.b()));
        return Bits.NONE;
    }

    /** Facts behind each derived value, for what a rule is about. */
    private void noteBases() {
        for (Scheme.Derived d : scheme.rules().derived()) {
            Bits mask = Bits.NONE;
            for (String input : new String[] {d.from(), d.on(), d.of()}) if (input != null) mask = mask.or(base(input));
            if (d.as() == Computation.forEachMonth) {
                mask = mask.or(ofMonths(d));
            } else if (!d.is().isEmpty()) {
                try {
                    Bits reads = cells.calculation(
                                    d.is(), names.symbol(d.name()).kind())
                            .reads();
                    for (int slot = reads.first(); slot >= 0; slot = reads.next(slot + 1))
                        mask = mask.or(base(vocabulary.at(slot).name()));
                } catch (RefusedCell e) {
                    mask = mask.or(Bits.NONE); // told when the derivation is made
                }
            }
            bases.put(d.name(), mask);
        }
    }

    /** The series that something is calculated of for each month, or else whatever it is calculated of. */
    private Bits ofMonths(Scheme.Derived d) {
        try {
            Bits inputs = new MonthsCompiler(names).made(d).inputs(), series = Bits.NONE;
            for (int slot = inputs.first(); slot >= 0; slot = inputs.next(slot + 1))
                if (vocabulary.at(slot).kind() == Symbol.Kind.SERIES) series = series.with(slot);
            return series.isEmpty() ? inputs.and(vocabulary.factSlots) : series;
        } catch (RefusedCell e) {
            return Bits.NONE; // told when the derivation is made
        }
    }

    private Bits base(String name) {
        Symbol symbol = vocabulary.get(name);
        return symbol == null
                ? Bits.NONE
                : vocabulary.fact(symbol.slot()) != null ? Bits.of(symbol.slot()) : bases.getOrDefault(name, Bits.NONE);
    }
}
