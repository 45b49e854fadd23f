package cn.jincai.assessment.rules;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.feel.FeelEngine;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.ParsedExpression;

/** What the stock engine's parser makes of a text. The same cells are compiled for each combination of parameter values, so the last texts are kept. */
final class FeelParser {
    private static final int MOST = 20_000;
    private static final FeelEngine FEEL = new FeelEngine.Builder().build();
    private static final Map<String, Optional<Exp>> UNARY_TESTS = new ConcurrentHashMap<>(),
            EXPRESSIONS = new ConcurrentHashMap<>();

    private FeelParser() {}

    /** Empty where it can't be read. */
    static Optional<Exp> unaryTests(String text) {
        if (UNARY_TESTS.size() > MOST) UNARY_TESTS.clear();
        return UNARY_TESTS.computeIfAbsent(text, t -> {
            var parsed = FEEL.parseUnaryTests(t);
            return parsed.isLeft()
                    ? Optional.empty()
                    : Optional.of(((ParsedExpression) parsed.toOption().get()).expression());
        });
    }

    /** Empty where it can't be read. */
    static Optional<Exp> expression(String text) {
        if (EXPRESSIONS.size() > MOST) EXPRESSIONS.clear();
        return EXPRESSIONS.computeIfAbsent(text, t -> {
            var parsed = FEEL.parseExpression(t);
            return parsed.isLeft()
                    ? Optional.empty()
                    : Optional.of(((ParsedExpression) parsed.toOption().get()).expression());
        });
    }
}
