package cn.jincai.assessment;

import cn.jincai.kernel.JsonColumns;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An assessment as a case keeps it, in JSON that outlives the records it is made of: their components name what they are in the archive, and the settings
 * of the application's own JSON do not reach here. Format 1 is the answer alone; format 2 says of itself which it is, and which evaluator answered
 * (decision 130).
 *
 * @param facts       by name, as they were used
 * @param adjustments what people decided beside the rules
 * @param answer      the text that was kept, in either format
 */
public record ArchivedAssessment(String facts, String adjustments, String answer) {
    private static final int FORMAT = 2;
    /** One more each time that the evaluator is changed so that it may answer otherwise on the same facts, rules and calendar. 2: a missing notice is named instead of the fact. */
    private static final int EVALUATOR = 2;

    private static final JsonColumns JSON = new JsonColumns(JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build());

    private record Format2(int format, int evaluator, JsonNode assessment) {}

    /** What is not the same: a place in the JSON, as {@code /benefits/0/amountFen}, with what stood there and what would now. */
    public record Difference(
            String path, @Nullable JsonNode then, @Nullable JsonNode now) {}

    public static ArchivedAssessment of(Map<String, Object> facts, Adjustments adjustments, Assessment answer) {
        return new ArchivedAssessment(
                JSON.write(facts),
                JSON.write(adjustments),
                JSON.write(new Format2(FORMAT, EVALUATOR, tree(JSON.write(answer)))));
    }

    /** @param scheme of the package that the case keeps to */
    public Map<String, Object> readFacts(Scheme scheme) {
        Map<String, Object> typed = new HashMap<>();
        tree(facts)
                .properties()
                .forEach(e -> typed.put(
                        e.getKey(),
                        Facts.readOne(scheme, e.getKey(), e.getValue())
                                .orElseThrow(
                                        () -> new IllegalStateException("a kept fact does not read: " + e.getKey()))));
        return typed;
    }

    public Adjustments readAdjustments() {
        return JSON.read(adjustments, Adjustments.class);
    }

    /** What was answered, without format and evaluator. */
    public JsonNode assessment() {
        JsonNode kept = tree(answer);
        return switch (format(kept)) {
            case 1 -> kept;
            case 2 -> kept.path("assessment");
            default ->
                throw new IllegalStateException("an assessment of format " + format(kept) + " is not known here");
        };
    }

    /** Where the same facts, rules and calendar come to something else now: none where the text is the same to the byte. */
    public List<Difference> differences(Assessment again) {
        JsonNode then = assessment();
        String now = JSON.write(again);
        if (now.equals(JSON.write(then))) return List.of();
        List<Difference> differences = new ArrayList<>();
        compare("", then, tree(now), differences);
        if (differences.isEmpty())
            differences.add(new Difference(
                    "", TextNode.valueOf("the same values, written differently"), TextNode.valueOf(now)));
        JsonNode evaluator = tree(answer).get("evaluator");
        if (evaluator != null && evaluator.intValue() != EVALUATOR)
            differences.add(new Difference("/evaluator", evaluator, IntNode.valueOf(EVALUATOR)));
        return differences;
    }

    private static void compare(String path, JsonNode then, JsonNode now, List<Difference> into) {
        if (then.equals(now)) return;
        if (then.isObject() && now.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            then.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) compare(path + "/" + name, then.path(name), now.path(name), into);
        } else if (then.isArray() && now.isArray() && then.size() == now.size()) {
            for (int i = 0; i < then.size(); i++) compare(path + "/" + i, then.get(i), now.get(i), into);
        } else {
            into.add(new Difference(path, then.isMissingNode() ? null : then, now.isMissingNode() ? null : now));
        }
    }

    private static int format(JsonNode kept) {
        return kept.path("format").asInt(1);
    }

    private static JsonNode tree(String json) {
        return JSON.read(json, JsonNode.class);
    }
}
