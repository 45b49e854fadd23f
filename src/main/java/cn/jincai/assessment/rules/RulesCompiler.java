package cn.jincai.assessment.rules;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.BenefitRules;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables and scheme to {@link CompiledRules}, or a finding for each cell that says something else than it may. */
public final class RulesCompiler {
    private final Vocabulary vocabulary;
    private final Scheme scheme;
    private final Ruleset ruleset;
    private final CellScope names;
    private final CellCompiler cells;
    private final Findings findings;
    private final Set<String> untested;
    private final List<String> benefits;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, CompiledTable> tables = new LinkedHashMap<>();
    private final Map<String, Long> bases = new HashMap<>();

    /**
     * @param values what each parameter holds, see {@link CellScope}
     * @param waived reasons whose columns are not tested
     */
    public RulesCompiler(
            Vocabulary vocabulary, Ruleset ruleset, Map<String, Object> values, Set<String> waived, Findings findings) {
        this.vocabulary = vocabulary;
        this.scheme = vocabulary.scheme;
        this.ruleset = ruleset;
        this.names = new CellScope(vocabulary, ruleset.parameters(), values, new HashSet<>());
        this.cells = new CellCompiler(names);
        this.findings = findings;
        this.benefits =
                scheme.rules().benefits().stream().map(BenefitRules::benefit).toList();
        this.untested = new HashSet<>();
        for (BenefitRules b : scheme.rules().benefits())
            b.untested().forEach((column, reason) -> {
                if (waived.contains(reason)) b.tables().forEach(t -> untested.add(t + " " + column));
            });
    }

    /** @return null where there are findings */
    public CompiledRules compile() {
        List<Table> listed = listedTables();
        noteBases();
        for (Table table : listed) tables.put(table.id(), table(table));
        EvaluationOrder steps = new EvaluationOrder(names, tables, benefits);
        for (int b = 0; b < benefits.size(); b++)
            inTime(scheme.rules().benefits().get(b), EvaluationOrder.decided(b), steps);
        List<Derivation> derived = new Derivations(names, tables, steps, benefits, findings).all();
        BenefitPlan[] plans = scheme.rules().benefits().stream().map(this::plan).toArray(BenefitPlan[]::new);
        if (!findings.isEmpty()) return null;
        List<CompiledRules.Step> order = new ArrayList<>();
        for (int step = 0; step <= EvaluationOrder.decided(plans.length - 1); step++) {
            int at = step, benefit = step / EvaluationOrder.PER_BENEFIT;
            Derivation[] before =
                    derived.stream().filter(d -> d.position() == at).toArray(Derivation[]::new);
            List<Rule> here = rules.stream().filter(r -> steps.of(r) == at).toList();
            boolean decides = step == EvaluationOrder.decided(benefit);
            if (before.length > 0 || !here.isEmpty() || decides)
                order.add(new CompiledRules.Step(
                        before,
                        here.isEmpty() ? null : new RowBitmaps(here, CompiledRules.words(rules.size()), vocabulary),
                        decides ? benefit : -1));
        }
        return new CompiledRules(
                vocabulary, ruleset, names.values(), rules, List.copyOf(tables.values()), plans, order);
    }

    /** A row is looked at as soon as all that it reads is there, at the latest when its benefit is decided. */
    private void inTime(BenefitRules benefit, int decided, EvaluationOrder steps) {
        for (String id : benefit.tables()) {
            if (!tables.containsKey(id)) continue;
            for (Rule rule : tables.get(id).rules())
                if (steps.of(rule) > decided)
                    findings.add(
                            rule.table().file(),
                            rule.table().place(rule.row()),
                            "assessment.rules.TOO_LATE",
                            benefit.benefit());
        }
    }

    /** Rows are numbered in the order in which benefits list their tables; that is also the order of reasons. */
    private List<Table> listedTables() {
        Map<String, Table> listed = new LinkedHashMap<>();
        for (BenefitRules benefit : scheme.rules().benefits()) {
            for (String id : benefit.tables()) {
                if (ruleset.table(id).isEmpty())
                    findings.add(
                            "scheme.yaml",
                            "rules.benefits." + benefit.benefit(),
                            "assessment.rules.UNKNOWN_TABLE",
                            ruleset.name(),
                            id);
                else listed.putIfAbsent(id, ruleset.table(id).get());
            }
            for (String column : benefit.untested().keySet())
                if (benefit.tables().stream()
                        .flatMap(id -> ruleset.table(id).stream())
                        .flatMap(t -> t.columns().stream())
                        .noneMatch(c -> c.expression().equals(column)))
                    findings.add(
                            "scheme.yaml",
                            "rules.benefits." + benefit.benefit() + ".untested",
                            "assessment.rules.UNKNOWN_COLUMN",
                            column);
        }
        for (List<Table> file : List.of(ruleset.conditions(), ruleset.entitlements()))
            for (Table table : file)
                if (!listed.containsKey(table.id()))
                    findings.add(table.file(), "table " + table.id(), "assessment.rules.UNUSED_TABLE");
        return List.copyOf(listed.values());
    }

    /** Facts behind each derived value, for what a rule is about. */
    private void noteBases() {
        for (Scheme.Derived d : scheme.rules().derived()) {
            long mask = 0;
            for (String input : new String[] {d.from(), d.on(), d.of()}) mask |= input == null ? 0 : base(input);
            if (d.is() != null) {
                try {
                    for (long reads = cells.number(d.is()).reads(); reads != 0; reads &= reads - 1)
                        mask |= base(
                                vocabulary.at(Long.numberOfTrailingZeros(reads)).name());
                } catch (RefusedCell e) {
                    mask |= 0; // told when the derivation is made
                }
            }
            bases.put(d.name(), mask);
        }
    }

    private long base(String name) {
        Symbol symbol = vocabulary.get(name);
        return symbol == null
                ? 0
                : vocabulary.fact(symbol.slot()) != null ? 1L << symbol.slot() : bases.getOrDefault(name, 0L);
    }

    private CompiledTable table(Table table) {
        boolean entitlement = ruleset.entitlements().contains(table);
        List<Rule> made = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            names.read().clear();
            Cell[] filled = cells(table, row);
            Rule rule = entitlement ? entitlement(table, row, filled) : condition(table, row, filled);
            if (rule == null) continue;
            rules.add(rule);
            made.add(rule);
        }
        return CompiledTable.of(table.id(), entitlement, made);
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

    private Rule condition(Table table, Table.Row row, Cell[] filled) {
        String reason = word(table, row, "reason", scheme.reasons().keySet());
        String effect = word(table, row, "effect", List.of("REJECT", "SUPPLEMENT", "MANUAL"));
        Status status = status(table, row);
        int fact = fact(table, row, filled);
        Object required = value(table, row, "required");
        if (required == null) required = required(filled, fact);
        NumericExpression deadline = null;
        if (row.outputs().containsKey("deadline") && value(table, row, "deadline") instanceof Symbol s)
            deadline = new NumericExpression.Slot(s.slot());
        if (reason.isEmpty() || effect.isEmpty()) return null;
        return new Rule(
                rules.size(),
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
                null,
                null,
                null);
    }

    private Rule entitlement(Table table, Table.Row row, Cell[] filled) {
        Status status = status(table, row);
        NumericExpression level = number(table, row, "level"),
                amount = number(table, row, "amountFen"),
                monthly = number(table, row, "monthlyFen"),
                months = number(table, row, "months");
        if (level != null && !(level instanceof NumericExpression.Constant c && c.value() >= 1 && c.value() <= 99))
            findings.add(table.file(), table.place(row), "assessment.rules.LEVEL");
        if ((monthly == null) != (months == null))
            findings.add(table.file(), table.place(row), "assessment.rules.MONTHLY");
        int given = level instanceof NumericExpression.Constant c ? (int) c.value() : 0;
        return new Rule(
                rules.size(),
                table,
                row,
                filled,
                null,
                null,
                worst(status),
                ruleset.basis(row.rule()).orElse(null),
                -1,
                null,
                null,
                given,
                amount,
                monthly,
                months);
    }

    private String word(Table table, Table.Row row, String output, java.util.Collection<String> known) {
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
            return name.isEmpty() ? -1 : vocabulary.get(name).slot();
        }
        for (int i = filled.length - 1; i >= 0; i--) {
            long facts = base(filled[i].column());
            if (facts != 0) return Long.numberOfTrailingZeros(facts);
        }
        return -1;
    }

    private NumericExpression number(Table table, Table.Row row, String output) {
        if (!row.outputs().containsKey(output)) return null;
        try {
            return cells.number(row.outputs().get(output));
        } catch (RefusedCell e) {
            findings.add(table.file(), table.place(row) + ", output " + output, "assessment.rules.OUTPUT", e.text);
            return null;
        }
    }

    private Object value(Table table, Table.Row row, String output) {
        if (!row.outputs().containsKey(output)) return null;
        try {
            return cells.value(row.outputs().get(output));
        } catch (RefusedCell e) {
            findings.add(table.file(), table.place(row) + ", output " + output, "assessment.rules.OUTPUT", e.text);
            return null;
        }
    }

    /** What the cell about the fact would have to find for the condition to be met. */
    private Object required(Cell[] filled, int fact) {
        for (int i = filled.length - 1; i >= 0; i--)
            if (fact >= 0 && (base(filled[i].column()) >>> fact & 1) != 0) return required(filled[i].test());
        return null;
    }

    private Object required(CellTest test) {
        if (test instanceof CellTest.Compare c)
            return vocabulary.at(Long.numberOfTrailingZeros(c.left().reads())).kind() == Symbol.Kind.DATE
                            && c.right() instanceof NumericExpression.Constant day
                    ? LocalDate.ofEpochDay(day.value())
                    : c.right() instanceof NumericExpression.Slot s ? vocabulary.at(s.slot()) : c.right();
        if (test instanceof CellTest.Either e)
            return e.a() instanceof CellTest.IsNull
                    ? required(e.b())
                    : e.b() instanceof CellTest.IsNull ? required(e.a()) : among(test, false);
        return among(test, false);
    }

    /** Codes outside (or, below a not, inside) those that the test accepts. */
    private Object among(CellTest test, boolean inside) {
        if (test instanceof CellTest.Not n) return among(n.a(), !inside);
        long codes = codes(test);
        if (codes == 0) return null;
        Symbol symbol = vocabulary.at(Long.numberOfTrailingZeros(test.reads()));
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < symbol.codes().size(); i++)
            if ((codes >>> i & 1) != 0 == inside) wanted.add(symbol.codes().get(i));
        if (symbol.kind() == Symbol.Kind.FLAG) return wanted.size() == 1 ? Boolean.valueOf(wanted.get(0)) : null;
        return wanted.size() == 1 ? wanted.get(0) : List.copyOf(wanted);
    }

    private static long codes(CellTest test) {
        if (test instanceof CellTest.OneOf o) return o.codes();
        if (test instanceof CellTest.Either e
                && codes(e.a()) != 0
                && codes(e.b()) != 0
                && e.a().reads() == e.b().reads()) return codes(e.a()) | codes(e.b());
        return 0;
    }

    private BenefitPlan plan(BenefitRules b) {
        List<CompiledTable> own = b.tables().stream()
                .map(tables::get)
                .filter(java.util.Objects::nonNull)
                .toList();
        Scheme.Instalments how = b.instalments();
        int[][] windows = new int[how.equalParts()][];
        for (int i = 0; i < windows.length; i++) {
            Scheme.Window window = how.windows().getOrDefault(i + 1, new Scheme.Window(null, null));
            windows[i] = new int[] {slot(window.from()), slot(window.to())};
        }
        if (how.deduct() != null && (how.deductFrom() < 1 || how.deductFrom() > how.equalParts()))
            findings.add(
                    "scheme.yaml",
                    "rules.benefits." + b.benefit() + ".instalments.deduct",
                    "assessment.rules.NUMBER",
                    how.deductFrom());
        return new BenefitPlan(
                scheme.benefit(b.benefit()),
                b.follows() == null ? -1 : benefits.indexOf(b.follows()),
                bits(own, false),
                bits(own, true),
                slot(b.atMost()),
                how,
                slot(how.appliedFor()),
                slot(how.deduct()),
                windows);
    }

    private int slot(String name) {
        return name == null || vocabulary.get(name) == null
                ? -1
                : vocabulary.get(name).slot();
    }

    private long[] bits(List<CompiledTable> own, boolean entitlement) {
        long[] bits = new long[CompiledRules.words(rules.size())];
        for (CompiledTable table : own)
            if (table.entitlement() == entitlement)
                for (Rule rule : table.rules()) bits[rule.number() >>> 6] |= 1L << rule.number();
        return bits;
    }

    /** The values that hold on certain days, with their status beside them under {@code "NAME status"}. */
    public static void hold(Map<String, Object> values, Parameter parameter, Parameter.Dated dated) {
        values.put(parameter.name(), dated == null || dated.is() == null ? CellScope.NOTHING : dated.is());
        if (dated != null) values.put(parameter.name() + " status", dated.status());
    }
}
