package cn.jincai.assessment.rules;

import cn.jincai.policy.Findings;
import cn.jincai.policy.Instalments;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.BenefitRules;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables and scheme to {@link CompiledRules}, or a finding for each cell that says something else than it may. */
public final class RulesCompiler {
    private final Vocabulary vocabulary;
    private final Scheme scheme;
    private final Ruleset ruleset;
    private final CellScope names;
    private final RowCompiler rows;
    private final Findings findings;
    private final List<String> benefits;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, CompiledTable> tables = new LinkedHashMap<>();

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
        this.findings = findings;
        this.benefits =
                scheme.rules().benefits().stream().map(BenefitRules::benefit).toList();
        Set<String> untested = new HashSet<>();
        for (BenefitRules b : scheme.rules().benefits())
            b.untested().forEach((column, reason) -> {
                if (waived.contains(reason)) b.tables().forEach(t -> untested.add(t + " " + column));
            });
        rows = new RowCompiler(names, ruleset, untested, findings);
    }

    /** @return null where there are findings */
    public @Nullable CompiledRules compile() {
        List<Table> listed = listedTables();
        for (Table table : listed) tables.put(table.id(), table(table));
        EvaluationOrder steps = new EvaluationOrder(names, tables, benefits);
        for (int b = 0; b < benefits.size(); b++) {
            BenefitRules benefit = scheme.rules().benefits().get(b);
            inTime(benefit, EvaluationOrder.decided(b), steps);
            for (String sum : Stream.concat(
                            Stream.of(
                                            benefit.atMost(),
                                            benefit.instalments().appliedFor(),
                                            benefit.instalments().deduct())
                                    .filter(Objects::nonNull),
                            benefit.pools().stream())
                    .toList())
                if (steps.of(sum) > EvaluationOrder.decided(b))
                    findings.add(
                            "scheme.yaml",
                            "rules.benefits." + benefit.benefit() + " " + sum,
                            "assessment.rules.TOO_LATE",
                            benefit.benefit());
        }
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

    private CompiledTable table(Table table) {
        boolean entitlement = ruleset.entitlements().contains(table);
        List<Rule> made = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            Rule rule = rows.rule(rules.size(), table, row, entitlement);
            if (rule == null) continue;
            rules.add(rule);
            made.add(rule);
        }
        return CompiledTable.of(table.id(), entitlement, made);
    }

    private BenefitPlan plan(BenefitRules b) {
        List<CompiledTable> own = b.tables().stream()
                .map(tables::get)
                .filter(java.util.Objects::nonNull)
                .toList();
        Instalments how = b.instalments();
        int[][] windows = new int[how.equalParts()][];
        for (int i = 0; i < windows.length; i++) {
            Instalments.Window window = how.windows().getOrDefault(i + 1, new Instalments.Window(null, null));
            windows[i] = new int[] {vocabulary.slot(window.from()), vocabulary.slot(window.to())};
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
                vocabulary.slot(b.atMost()),
                how,
                vocabulary.slot(how.appliedFor()),
                vocabulary.slot(how.deduct()),
                b.pools().stream().mapToInt(vocabulary::slot).toArray(),
                b.choice() == Scheme.Choice.highestAmount,
                b.perLine(),
                asked(b),
                windows);
    }

    private @Nullable CellTest asked(BenefitRules b) {
        if (b.askedFor() == null) return null;
        Symbol symbol = vocabulary.known(b.askedFor().fact());
        Bits code = Bits.of(Math.max(0, symbol.codes().indexOf(b.askedFor().is())));
        return symbol.kind() == Symbol.Kind.LIST
                ? new CellTest.Holds(symbol.slot(), symbol.more(), code)
                : new CellTest.OneOf(symbol.slot(), code);
    }

    private long[] bits(List<CompiledTable> own, boolean entitlement) {
        long[] bits = new long[CompiledRules.words(rules.size())];
        for (CompiledTable table : own)
            if (table.entitlement() == entitlement)
                for (Rule rule : table.rules()) bits[rule.number() >>> 6] |= 1L << rule.number();
        return bits;
    }

    /** The values that hold on certain days, with their status beside them under {@code "NAME status"}. */
    public static void hold(Map<String, Object> values, Parameter parameter, Parameter.@Nullable Dated dated) {
        values.put(parameter.name(), dated == null || dated.is() == null ? CellScope.NOTHING : dated.is());
        if (dated != null) values.put(parameter.name() + " status", dated.status());
    }
}
