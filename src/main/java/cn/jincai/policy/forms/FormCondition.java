package cn.jincai.policy.forms;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Set<String> WORDS = Set.of(
            ("and or not null true false if then else in for return some every satisfies instance of between list contains date time duration string number"
                            + " count is defined upper lower case length day week month year starts ends with substring before after")
                    .split(" "));
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*(?!\\w*\\s*\\()"),
            QUOTED = Pattern.compile("\"([^\"]*)\""),
            COMPARED =
                    Pattern.compile(
                            "(?<![\\w.])([A-Za-z_]\\w*)\\s*(?:!?=|in)\\s*(\"[^\"]*\"|\\([^)]*\\))|list contains\\(\\s*([A-Za-z_]\\w*)\\s*,\\s*(\"[^\"]*\")\\s*\\)");

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

    /** What it reads: its names but the words of FEEL, of functions and in quotes. */
    public static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"\""));
        while (name.find()) if (!WORDS.contains(name.group())) names.add(name.group());
        return names;
    }

    /** By name, the texts with which it is compared: {@code a = "X"}, {@code a in ("X", "Y")}, {@code list contains(a, "X")}. */
    public static Map<String, Set<String>> compared(String text) {
        Map<String, Set<String>> compared = new TreeMap<>();
        Matcher one = COMPARED.matcher(text);
        while (one.find()) {
            String name = one.group(1) != null ? one.group(1) : one.group(3);
            Matcher code = QUOTED.matcher(one.group(1) != null ? one.group(2) : one.group(4));
            while (code.find())
                compared.computeIfAbsent(name, n -> new TreeSet<>()).add(code.group(1));
        }
        return compared;
    }

    /** Whether it reads this name, for the words that tell a person without JavaScript what a field depends on. */
    public boolean reads(String key) {
        return text.matches(".*(?<![A-Za-z0-9_\"])" + Pattern.quote(key) + "(?![A-Za-z0-9_\"]).*");
    }
}
