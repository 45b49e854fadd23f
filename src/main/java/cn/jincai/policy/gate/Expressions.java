package cn.jincai.policy.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.ExpressionFactoryImpl;
import org.camunda.bpm.impl.juel.IdentifierNode;
import org.camunda.bpm.impl.juel.SimpleContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;

/** The expressions of a package's diagrams, each parsed once: a walk works the same few out some ten thousand times. */
final class Expressions {
    private static final ExpressionFactoryImpl FACTORY = new ExpressionFactoryImpl();

    private final Map<String, ValueExpression> parsed = new HashMap<>();
    private final Map<String, List<String>> names = new HashMap<>();

    /** Words that stand for themselves are no expression. */
    static boolean isOne(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** @throws ELException where it cannot be parsed */
    ValueExpression of(String text) {
        return parsed.computeIfAbsent(
                text, t -> FACTORY.createValueExpression(new SimpleContext(), t.strip(), Object.class));
    }

    /** The names that it reads; calls are none. */
    List<String> names(String text) {
        return names.computeIfAbsent(text, Expressions::read);
    }

    private static List<String> read(String text) {
        List<String> names = new ArrayList<>();
        for (IdentifierNode node :
                new Builder(Builder.Feature.METHOD_INVOCATIONS).build(text).getIdentifierNodes())
            names.add(node.getName());
        return names;
    }
}
