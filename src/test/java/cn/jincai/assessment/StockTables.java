package cn.jincai.assessment;

import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;

/** The stock DMN engine over the tables of a package, as a referee where every fact is known and as what the evaluator is measured against. */
final class StockTables {
    private final DmnEngine engine;
    private final List<DmnDecision> decisions = new ArrayList<>();

    StockTables(PolicyPackage policy) {
        this(policy, (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration());
    }

    /** For many facts over the same tables. */
    StockTables(PolicyPackage policy, RememberingFeel feel) {
        this(policy, (DefaultDmnEngineConfiguration)
                ((DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration())
                        .feelEngineFactory(() -> feel));
    }

    private StockTables(PolicyPackage policy, DefaultDmnEngineConfiguration configuration) {
        engine = configuration.buildEngine();
        Ruleset ruleset = policy.rulesets().get(policy.rulesets().size() - 1);
        for (String file : List.of("conditions.dmn", "benefits.dmn"))
            decisions.addAll(engine.parseDecisions(
                    new ByteArrayInputStream(policy.files().get(ruleset.folder() + file))));
    }

    /** The rules that fire, as {@code table rule}. */
    Set<String> fired(Map<String, Object> variables) {
        Set<String> fired = new TreeSet<>();
        firedByTable(variables).forEach((table, rules) -> rules.forEach(rule -> fired.add(table + " " + rule)));
        return fired;
    }

    /** The rules that fire, in the order in which the engine tells them. */
    Map<String, List<String>> firedByTable(Map<String, Object> variables) {
        Map<String, List<String>> fired = new TreeMap<>();
        VariableContext context = Variables.fromMap(variables).asVariableContext();
        for (DmnDecision decision : decisions) {
            List<String> rules = fired.computeIfAbsent(decision.getKey(), k -> new ArrayList<>());
            engine.evaluateDecisionTable(decision, context).forEach(row -> rules.add((String) row.get("rule")));
        }
        return fired;
    }

    /** Facts, derived values and parameters as the stock engine takes them; what is not known is null. */
    static Map<String, Object> variables(Evaluation done, Map<String, Object> facts) {
        Map<String, Object> variables = new HashMap<>();
        Vocabulary vocabulary = done.rules.vocabulary;
        for (int slot = 0; slot < vocabulary.size(); slot++) {
            Symbol symbol = vocabulary.at(slot);
            variables.put(
                    symbol.name(),
                    done.slots.isKnown(slot) ? value(symbol, done.slots.value[slot], facts.get(symbol.name())) : null);
        }
        Map<String, Object> held = done.rules.values();
        for (Parameter parameter : done.rules.ruleset.parameters().values()) {
            Object value = held.get(parameter.name());
            variables.put(
                    parameter.name(),
                    value instanceof Long || value instanceof Boolean || value instanceof LocalDate ? value : null);
        }
        return variables;
    }

    private static Object value(Symbol symbol, long value, Object fact) {
        return switch (symbol.kind()) {
            case NUMBER -> value;
            case PERCENT -> Percent.value(value);
            case SERIES, PERIOD -> throw new IllegalArgumentException("no cell reads them");
            case DATE -> LocalDate.ofEpochDay(value);
            case FLAG -> value == 1;
            case TEXT -> symbol.codes().isEmpty() ? fact : symbol.codes().get((int) value);
            case LIST -> {
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < symbol.codes().size(); i++)
                    if ((value >>> i & 1) != 0)
                        items.add(
                                symbol.codes().get(i).matches("\\d+")
                                        ? (Object) Long.valueOf(symbol.codes().get(i))
                                        : symbol.codes().get(i));
                yield items;
            }
        };
    }
}
