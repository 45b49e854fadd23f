package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Rulebook.Change;
import cn.jincai.assessment.explanation.Rulebook.History;
import cn.jincai.assessment.explanation.Rulebook.Line;
import cn.jincai.assessment.explanation.Rulebook.Period;
import cn.jincai.assessment.explanation.Rulebook.Sheet;
import cn.jincai.assessment.explanation.Rulebook.Unproven;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Rules as people read them: tables in sentences, parameters over time, and what two versions say differently. */
@Service
public class Rulebooks {
    private final Explanations explanations;

    Rulebooks(Explanations explanations) {
        this.explanations = explanations;
    }

    /** @param day whose values are said */
    public Rulebook read(PolicyPackage policy, Ruleset ruleset, LocalDate day) {
        RuleSentences sentences = explanations.sentences(policy, ruleset);
        Map<String, Parameter.@Nullable Dated> held = held(ruleset, day);
        List<Sheet> sheets = tables(ruleset)
                .map(t -> new Sheet(
                        t.id(),
                        t.name(),
                        ruleset.entitlements().contains(t),
                        t.rows().stream()
                                .map(row -> line(policy, sentences, t, row, held))
                                .toList()))
                .toList();
        return new Rulebook(
                ruleset.name(),
                ruleset.inForceFrom(),
                sheets,
                ruleset.parameters().values().stream()
                        .map(p -> history(sentences, p, day))
                        .toList());
    }

    /** Values first, then rules, in the order of the files; of every ruleset, for each is in force for some day. */
    public List<Unproven> unproven(PolicyPackage policy, LocalDate day) {
        List<Unproven> all = new ArrayList<>();
        for (Ruleset ruleset : policy.rulesets()) {
            for (Parameter p : ruleset.parameters().values())
                for (Parameter.Dated d : p.values())
                    if (d.status() != Status.SOURCED)
                        all.add(new Unproven(
                                ruleset.folder() + "parameters.yaml",
                                p.name(),
                                p.label(),
                                WrittenValues.held(d.is(), Unit.of(p)),
                                d.from().equals(LocalDate.MIN) ? null : d.from(),
                                d.status()));
            RuleSentences sentences = explanations.sentences(policy, ruleset);
            Map<String, Parameter.@Nullable Dated> held = held(ruleset, day);
            tables(ruleset)
                    .forEach(t -> t.rows().forEach(row -> {
                        Status status = Status.valueOf(word(row, "status"));
                        if (status != Status.SOURCED)
                            all.add(new Unproven(
                                    t.file(), row.rule(), sentences.row(t, row, held), null, null, status));
                    }));
        }
        return all;
    }

    private static Stream<Table> tables(Ruleset ruleset) {
        return Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream());
    }

    private static Map<String, Parameter.@Nullable Dated> held(Ruleset ruleset, LocalDate day) {
        Map<String, Parameter.@Nullable Dated> held = new HashMap<>();
        for (Parameter p : ruleset.parameters().values()) held.put(p.name(), p.on(day));
        return held;
    }

    private static Line line(
            PolicyPackage policy,
            RuleSentences sentences,
            Table table,
            Table.Row row,
            Map<String, Parameter.@Nullable Dated> held) {
        Scheme.ReasonText reason = policy.catalogue().reasons().get(word(row, "reason"));
        Text told = reason == null || reason.message().zh().contains("{") ? null : reason.message();
        return new Line(
                row.rule(),
                sentences.row(table, row, held),
                told,
                Status.valueOf(word(row, "status")),
                Explanations.basis(sentences.reading.ruleset, row.rule()));
    }

    private static String word(Table.Row row, String output) {
        return row.outputs().getOrDefault(output, "").replace("\"", "");
    }

    private static History history(RuleSentences sentences, Parameter p, LocalDate day) {
        Parameter.Dated now = p.on(day);
        List<Period> periods = new ArrayList<>();
        for (int i = 0; i < p.values().size(); i++) {
            Parameter.Dated d = p.values().get(i);
            LocalDate until =
                    i + 1 < p.values().size() ? p.values().get(i + 1).from().minusDays(1) : null;
            periods.add(new Period(
                    d.from().equals(LocalDate.MIN) ? null : d.from(),
                    until,
                    d.is(),
                    WrittenValues.held(d.is(), Unit.of(p)),
                    d.status(),
                    document(sentences.reading.ruleset, d.source()),
                    d.comparedOn(),
                    d.note(),
                    d == now));
        }
        Text chosenBy = p.isByMonth()
                ? Text.of("assessment.derived.month")
                : sentences.wording.label(sentences.reading.vocabulary.chooser(p));
        return new History(p.name(), p.label(), p.unit(), chosenBy, periods);
    }

    private static @Nullable Text document(Ruleset ruleset, String code) {
        return ruleset.sources().stream()
                .filter(s -> s.code().equals(code))
                .findFirst()
                .map(LegalSource::title)
                .orElse(null);
    }

    /** What the rules of {@code after} say otherwise than those of {@code before}, on one day; nothing where only wording outside tables and values differs. */
    public List<Change> differences(PolicyPackage before, PolicyPackage after, LocalDate day) {
        Ruleset old = before.rulesetOn(day), now = after.rulesetOn(day);
        List<Change> changes = new ArrayList<>();
        rows(before, old, after, now, day, changes);
        Map<String, Parameter> either = new LinkedHashMap<>(old.parameters());
        either.putAll(now.parameters());
        either.forEach((name, p) ->
                values(p, old.parameters().get(name), now.parameters().get(name), changes));
        return changes;
    }

    private void rows(
            PolicyPackage before, Ruleset old, PolicyPackage after, Ruleset now, LocalDate day, List<Change> changes) {
        Map<String, Row> a = byRule(before, old, day), b = byRule(after, now, day);
        Map<String, Row> either = new LinkedHashMap<>(a);
        b.forEach(either::putIfAbsent);
        either.forEach((place, named) -> {
            Row x = a.get(place), y = b.get(place);
            if (x != null && y != null && x.cells.equals(y.cells) && x.outputs.equals(y.outputs)) return;
            changes.add(new Change(
                    place,
                    new Text(named.table + " " + named.rule, named.rule),
                    x == null ? null : x.sentence,
                    y == null ? null : y.sentence,
                    null));
        });
    }

    private record Row(
            String table, String rule, Map<String, String> cells, Map<String, String> outputs, Text sentence) {}

    /** By table and rule; rows that say one rule in several halves are counted. */
    private Map<String, Row> byRule(PolicyPackage policy, Ruleset ruleset, LocalDate day) {
        RuleSentences sentences = explanations.sentences(policy, ruleset);
        Map<String, Parameter.@Nullable Dated> held = held(ruleset, day);
        Map<String, Row> rows = new LinkedHashMap<>();
        tables(ruleset)
                .forEach(table -> table.rows().forEach(row -> {
                    Map<String, String> cells = new LinkedHashMap<>();
                    for (int i = 0;
                            i < row.cells().size() && i < table.columns().size();
                            i++)
                        if (!row.cells().get(i).isEmpty())
                            cells.put(
                                    table.columns().get(i).expression(),
                                    row.cells().get(i));
                    String place = table.id() + " " + row.rule();
                    for (int half = 2; rows.containsKey(place); half++)
                        place = table.id() + " " + row.rule() + " (" + half + ")";
                    rows.put(
                            place,
                            new Row(table.name(), row.rule(), cells, row.outputs(), sentences.row(table, row, held)));
                }));
        return rows;
    }

    private static void values(
            Parameter p, @Nullable Parameter before, @Nullable Parameter after, List<Change> changes) {
        Set<LocalDate> days = new java.util.TreeSet<>();
        if (before != null) before.values().forEach(d -> days.add(d.from()));
        if (after != null) after.values().forEach(d -> days.add(d.from()));
        for (LocalDate day : days) {
            Parameter.Dated x = before == null ? null : before.on(day), y = after == null ? null : after.on(day);
            if (Objects.equals(x, y)
                    || x != null
                            && y != null
                            && Objects.equals(x.is(), y.is())
                            && x.status() == y.status()
                            && x.source().equals(y.source())) continue;
            changes.add(new Change(
                    p.name(),
                    day.equals(LocalDate.MIN)
                            ? p.label()
                            : Text.of("assessment.value.from", p.label(), WrittenValues.day(day)),
                    shown(before, x),
                    shown(after, y),
                    by(p, x, y)));
        }
    }

    private static @Nullable Text shown(@Nullable Parameter p, Parameter.@Nullable Dated d) {
        if (p == null || d == null) return null;
        return Text.of("assessment.value.noted", WrittenValues.held(d.is(), Unit.of(p)), d.status());
    }

    private static @Nullable Text by(Parameter p, Parameter.@Nullable Dated before, Parameter.@Nullable Dated after) {
        if (before == null
                || after == null
                || !(before.is() instanceof Long x)
                || !(after.is() instanceof Long y)
                || x.equals(y)) return null;
        Text by = WrittenValues.number(y - x, Unit.of(p));
        return y > x ? Text.of("assessment.value.more", by) : by;
    }
}
