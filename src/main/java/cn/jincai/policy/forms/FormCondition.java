package cn.jincai.policy.forms;

import java.util.Map;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.impl.JavaValueMapper;
import org.camunda.feel.syntaxtree.ParsedExpression;

/** A FEEL condition of a form, parsed once. */
public record FormCondition(String text, ParsedExpression parsed) {
    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava()
            .withCustomValueMapper(new JavaValueMapper())
            .build();

    /** @throws IllegalArgumentException where it does not begin with {@code =} or is no FEEL */
    public static FormCondition of(String text) {
        if (!text.startsWith("=")) throw new IllegalArgumentException(text);
        ParseResult result = FEEL.parseExpression(text.substring(1));
        if (!result.isSuccess()) throw new IllegalArgumentException(text);
        return new FormCondition(text, result.parsedExpression());
    }

    /** Exactly true; a missing answer or an error makes it false, as in Camunda's own viewer. */
    public boolean holds(Map<String, Object> answers) {
        EvaluationResult result = FEEL.evaluate(parsed, answers);
        return result.isSuccess() && Boolean.TRUE.equals(result.result());
    }

    /** Whether it reads this name, for the words that tell a person without JavaScript what a field depends on. */
    public boolean reads(String key) {
        return text.matches(".*(?<![A-Za-z0-9_\"])" + java.util.regex.Pattern.quote(key) + "(?![A-Za-z0-9_\"]).*");
    }
}
