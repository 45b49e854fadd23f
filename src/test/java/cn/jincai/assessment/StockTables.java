package cn.jincai.assessment;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;

/** The stock DMN engine over the tables of a package, as a referee where every fact is known and as what the evaluator is measured against. */
final class StockTables {
    private final DmnEngine engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final List<DmnDecision> decisions = new ArrayList<>();

    StockTables(PolicyPackage policy) {
        Ruleset ruleset = policy.rulesets().get(policy.rulesets().size() - 1);
        for (String file : List.of("conditions.dmn", "benefits.dmn"))
            decisions.addAll(engine.parseDecisions(new ByteArrayInputStream(policy.files().get(ruleset.folder() + file))));
    }

    /** The rules that fire, as {@code table rule}. */
    Set<String> fired(Map<String, Object> variables) {
        Set<String> fired = new TreeSet<>();
        for (DmnDecision decision : decisions)
            engine.evaluateDecisionTable(decision, variables).forEach(row -> fired.add(decision.getKey() + " " + row.get("rule")));
        return fired;
    }

    /** Facts, derived values and parameters as the stock engine takes them; what is not known is null. */
    static Map<String, Object> variables(Evaluation done, Map<String, Object> facts) {
        Map<String, Object> variables = new HashMap<>();
        Vocabulary vocabulary = done.rules.vocabulary;
        for (int slot = 0; slot < vocabulary.size(); slot++) {
            Symbol symbol = vocabulary.at(slot);
            variables.put(symbol.name(), done.slots.isKnown(slot) ? value(symbol, done.slots.value[slot], facts.get(symbol.name())) : null);
        }
        Map<String, Object> held = done.rules.values();
        for (Parameter parameter : done.rules.ruleset.parameters().values()) {
            Object value = held.get(parameter.name());
            variables.put(parameter.name(), value instanceof Long || value instanceof Boolean || value instanceof LocalDate ? value : null);
        }
        return variables;
    }

    private static Object value(Symbol symbol, long value, Object fact) {
        return switch (symbol.kind()) {
            case NUMBER -> value;
            case DATE -> LocalDate.ofEpochDay(value);
            case FLAG -> value == 1;
            case TEXT -> symbol.codes().isEmpty() ? fact : symbol.codes().get((int) value);
            case LIST -> {
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < symbol.codes().size(); i++)
                    if ((value >>> i & 1) != 0) items.add(symbol.codes().get(i).matches("\\d+") ? (Object) Long.valueOf(symbol.codes().get(i)) : symbol.codes().get(i));
                yield items;
            }
        };
    }
}
