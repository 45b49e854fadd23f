package cn.jincai.assessment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * The stock FEEL engine, asked once for each cell and the very values that the cell names: a text can depend on nothing but its column's value and the variables
 * whose names stand in it. It parses each cell anew whenever it is asked, which is what makes the stock engine slow.
 */
final class RememberingFeel implements FeelEngine {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\""), WORD = Pattern.compile("[A-Za-z_]\\w*");

    private final FeelEngine stock = new ScalaFeelEngineFactory().createInstance();
    private final Map<String, Known> expressions = new HashMap<>(), tests = new HashMap<>();
    private int asked;

    /** @param names variables that the text names */
    private record Known(String[] names, Map<Object, Object> answers) {}

    @Override
    @SuppressWarnings("unchecked")
    public <T> T evaluateSimpleExpression(String text, VariableContext values) {
        Known known = expressions.computeIfAbsent(text, t -> named(t, values));
        Object key = key(known, null, values);
        if (!known.answers.containsKey(key)) {
            asked++;
            known.answers.put(key, stock.evaluateSimpleExpression(text, values));
        }
        return (T) known.answers.get(key);
    }

    @Override
    public boolean evaluateSimpleUnaryTests(String text, String column, VariableContext values) {
        Known known = tests.computeIfAbsent(text, t -> named(t, values));
        Object key = key(known, column, values);
        Object answer = known.answers.get(key);
        if (answer != null) return (Boolean) answer;
        asked++;
        boolean holds = stock.evaluateSimpleUnaryTests(text, column, values);
        known.answers.put(key, holds);
        return holds;
    }

    /** How often the stock engine was asked. */
    int asked() {
        return asked;
    }

    private static Known named(String text, VariableContext values) {
        return new Known(
                WORD.matcher(QUOTED.matcher(text).replaceAll("\"\""))
                        .results()
                        .map(m -> m.group())
                        .distinct()
                        .filter(values::containsVariable)
                        .toArray(String[]::new),
                new HashMap<>());
    }

    private static Object key(Known known, String column, VariableContext values) {
        if (known.names.length == 0) return column == null ? "" : value(column, values);
        Object[] key = new Object[known.names.length + 1];
        if (column != null) key[0] = value(column, values);
        for (int i = 0; i < known.names.length; i++) key[i + 1] = value(known.names[i], values);
        return Arrays.asList(key);
    }

    private static Object value(String name, VariableContext values) {
        TypedValue value = values.resolve(name);
        return value == null ? null : value.getValue();
    }
}
