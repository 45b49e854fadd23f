package cn.jincai.assessment.rules;

import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Parameter.Dated;
import cn.jincai.policy.Ruleset;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A ruleset over time: for each combination of parameter values that some days pick, the rules are compiled once, when first asked for. */
public final class DatedRules {
    private final Vocabulary vocabulary;
    private final Ruleset ruleset;
    /** Slots of the dates that pick parameter values, and the days on which something changes. */
    private final int[] choosers;

    private final long[][] changes;
    private final AtomicReferenceArray<CompiledRules> compiled;
    private final Map<String, CompiledRules> withWaivers = new ConcurrentHashMap<>();

    public DatedRules(Vocabulary vocabulary, Ruleset ruleset) {
        this.vocabulary = vocabulary;
        this.ruleset = ruleset;
        Map<Integer, TreeSet<Long>> days = new TreeMap<>();
        for (Parameter parameter : ruleset.parameters().values()) {
            if (parameter.isByMonth()) continue;
            TreeSet<Long> own = days.computeIfAbsent(vocabulary.chooser(parameter), c -> new TreeSet<>());
            for (Dated dated : parameter.values())
                if (!dated.from().equals(LocalDate.MIN)) own.add(dated.from().toEpochDay());
        }
        choosers = days.keySet().stream().mapToInt(Integer::intValue).toArray();
        changes = days.values().stream()
                .map(d -> d.stream().mapToLong(Long::longValue).toArray())
                .toArray(long[][]::new);
        int combinations = 1;
        for (long[] change : changes) combinations = Math.multiplyExact(combinations, change.length + 2);
        compiled = new AtomicReferenceArray<>(combinations);
    }

    Ruleset ruleset() {
        return ruleset;
    }

    /** The rules that hold on the days of this case. */
    CompiledRules on(Slots slots, Set<String> waived) {
        int key = 0;
        for (int c = choosers.length - 1; c >= 0; c--) key = key * (changes[c].length + 2) + epoch(c, slots);
        CompiledRules rules = compiled.get(key);
        if (rules == null) {
            rules = new RulesCompiler(vocabulary, ruleset, values(key), Set.of(), new Findings()).compile();
            if (rules == null)
                throw new IllegalStateException(
                        "a package was read that does not compile: " + vocabulary.scheme.code());
            compiled.set(key, rules);
        }
        if (waived.isEmpty()
                || vocabulary.scheme.rules().benefits().stream()
                        .noneMatch(b -> b.untested().values().stream().anyMatch(waived::contains))) return rules;
        int picked = key;
        return withWaivers.computeIfAbsent(
                key + " " + new TreeSet<>(waived),
                k -> new RulesCompiler(vocabulary, ruleset, values(picked), waived, new Findings()).compile());
    }

    /** 0 before the first change, then counted up; the last number is for a day that is not known. */
    private int epoch(int chooser, Slots slots) {
        long[] days = changes[chooser];
        if (!slots.isKnown(choosers[chooser])) return days.length + 1;
        long day = slots.value[choosers[chooser]], epoch = 0;
        for (long change : days)
            epoch -= change - 1 - day
                    >> 63; // one more for each that is not after the day, without a branch: nobody can foresee which
        return (int) epoch;
    }

    /** Compiles every combination, so that a mistake that only one of them shows is found before publishing. */
    public void check(Findings findings) {
        for (int key = 0; key < compiled.length(); key++) {
            Findings own = new Findings();
            new RulesCompiler(vocabulary, ruleset, values(key), Set.of(), own).compile();
            findings.addAll(own.all());
            if (!own.isEmpty()) return;
        }
    }

    private Map<String, Object> values(int key) {
        int[] epochs = new int[choosers.length];
        for (int c = 0; c < choosers.length; c++) {
            epochs[c] = key % (changes[c].length + 2);
            key /= changes[c].length + 2;
        }
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : ruleset.parameters().values()) {
            if (parameter.isByMonth()) {
                values.put(parameter.name(), CellScope.BY_MONTH);
                continue;
            }
            int chooser = vocabulary.chooser(parameter);
            int at = indexOf(chooser);
            if (epochs[at] <= changes[at].length) {
                LocalDate day = epochs[at] == 0 ? LocalDate.MIN : LocalDate.ofEpochDay(changes[at][epochs[at] - 1]);
                RulesCompiler.hold(values, parameter, parameter.on(day));
            } else if (isConstant(parameter)) {
                RulesCompiler.hold(values, parameter, parameter.values().get(0));
            } else {
                values.put(parameter.name(), new CellScope.Withheld(chooser));
                values.put(
                        parameter.name() + " status", parameter.values().get(0).status());
            }
        }
        return values;
    }

    /** It holds the same at all times, so the day does not matter. */
    private static boolean isConstant(Parameter parameter) {
        return parameter.values().size() == 1
                && parameter.values().get(0).from().equals(LocalDate.MIN);
    }

    private int indexOf(int chooser) {
        for (int c = 0; c < choosers.length; c++) if (choosers[c] == chooser) return c;
        throw new IllegalStateException();
    }
}
