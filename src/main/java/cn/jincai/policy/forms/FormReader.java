package cn.jincai.policy.forms;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Percent;
import cn.jincai.policy.registers.Entry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code .form} files of a package. Only component types that both the portal and Tasklist's viewer can show are let in; whatever else it
 * finds is a mistake that names file and element.
 *
 * <p>{@code en.yaml} is one flat map for all forms of its folder: {@code KEY} (a label), {@code KEY.description}, {@code KEY.VALUE} (an option), with
 * the component's id for groups and texts; {@code FORM/KEY} goes first where one form says it differently. What a form includes has its words in the
 * {@code en.yaml} of the parts, unless the form's own says them.
 */
public final class FormReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> IGNORED = Set.of("separator", "spacer", "button");
    /** Limits that Camunda's viewer knows and {@link FormCheck} does not. */
    private static final List<String> LIMITS_WE_LACK = List.of("increment", "disallowPassedDates");

    private static final Set<String> TYPES = new java.util.TreeSet<>(Set.of(
            "text",
            "textfield",
            "textarea",
            "number",
            "select",
            "radio",
            "checklist",
            "taglist",
            "checkbox",
            "datetime",
            "group",
            "separator",
            "spacer",
            "button"));

    private final String path;
    private final String name;
    private final FormParts parts;
    private final JsonNode english;
    private final JsonNode englishOfParts;
    private final Set<Problem.Mistake> mistakes;
    private final Set<String> keys = new HashSet<>();
    private final Set<String> untranslated = new java.util.TreeSet<>();
    /** By id of a component or key of an English text: the shared part that it stands in. */
    private final Map<String, String> shared = new TreeMap<>();
    /** The file that holds what is being read. */
    private String at;

    private FormReader(
            String path, FormParts parts, JsonNode english, JsonNode englishOfParts, Set<Problem.Mistake> mistakes) {
        this.path = path;
        this.name = path.substring("forms/".length(), path.length() - ".form".length());
        this.parts = parts;
        this.english = english;
        this.englishOfParts = englishOfParts;
        this.mistakes = mistakes;
        this.at = path;
    }

    /**
     * All forms among the files of a package, by path ({@code forms/application.form}, {@code forms/common/first-review.form}), with all that they include.
     *
     * @throws Problem (INVALID) with every mistake of every form
     */
    public static SortedMap<String, Form> readAll(SortedMap<String, byte[]> files) {
        SortedMap<String, Form> forms = new TreeMap<>();
        Set<Problem.Mistake> mistakes = new LinkedHashSet<>(); // of a part once, however many forms include it
        FormParts parts = new FormParts(files, mistakes);
        Map<String, JsonNode> english = new LinkedHashMap<>();
        files.keySet().forEach(path -> {
            if (!path.startsWith("forms/") || !path.endsWith(".form") || FormParts.isPart(path)) return;
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            new FormReader(
                            path,
                            parts,
                            english.computeIfAbsent(folder, f -> yaml(f, files, mistakes)),
                            english.computeIfAbsent(FormParts.FOLDER, f -> yaml(f, files, mistakes)),
                            mistakes)
                    .read()
                    .ifPresent(form -> forms.put(path, form));
        });
        if (!mistakes.isEmpty()) throw Problem.invalid(List.copyOf(mistakes));
        return forms;
    }

    private static JsonNode yaml(String folder, SortedMap<String, byte[]> files, Set<Problem.Mistake> mistakes) {
        String path = folder + "en.yaml";
        byte[] bytes = files.get(path);
        if (bytes == null) return JSON.createObjectNode();
        try {
            JsonNode tree = YAML.readTree(bytes);
            if (tree.isObject()) return tree;
            mistakes.add(mistake(path, "policy.form.NO_MAP"));
        } catch (IOException notYaml) {
            mistakes.add(mistake(path, "policy.form.NO_YAML"));
        }
        return JSON.createObjectNode();
    }

    private Optional<Form> read() {
        try {
            JsonNode tree = parts.read(path);
            if (!tree.path("components").isArray()) {
                wrong("components", "policy.form.NO_COMPONENTS");
                return Optional.empty();
            }
            String id = tree.path("id").asText("");
            if (id.isEmpty()) wrong("id", "policy.form.NO_ID");
            List<Form.Part> all = parts(tree.path("components"));
            return Optional.of(new Form(name, id, all, List.copyOf(untranslated), Map.copyOf(shared)));
        } catch (IOException notJson) {
            wrong("", "policy.form.NO_JSON");
            return Optional.empty();
        }
    }

    private List<Form.Part> parts(JsonNode components) {
        List<Form.Part> all = new ArrayList<>();
        for (JsonNode c : components) part(c).ifPresent(all::add);
        return List.copyOf(all);
    }

    private Optional<Form.Part> part(JsonNode c) {
        String type = c.path("type").asText("");
        String id = c.path("id").asText(c.path("key").asText(""));
        at = origin(c).file();
        if (!at.equals(path)) shared.put(id, at);
        if (!TYPES.contains(type)) {
            wrong(id, "policy.form.TYPE_NOT_ALLOWED", type, TYPES);
            return Optional.empty();
        }
        if (IGNORED.contains(type)) return Optional.empty();
        if (!c.path("path").asText("").isEmpty()) wrong(id, "policy.form.PATH_NOT_ALLOWED");
        Optional<FormCondition> hide =
                condition(id, c.path("conditional").path("hide").asText(""));
        if (type.equals("group"))
            return Optional.of(new Form.Group(
                    id,
                    text(c, "label", "", c.path("label").asText("")),
                    description(c),
                    hide,
                    parts(c.path("components")),
                    properties(c)));
        if (type.equals("text"))
            return Optional.of(
                    new Form.Words(id, text(c, "text", "", c.path("text").asText("")), hide));
        return field(c, type, id, hide);
    }

    private Optional<Form.Part> field(JsonNode c, String type, String id, Optional<FormCondition> hide) {
        String key = c.path("key").asText("");
        if (!key.matches("[a-z][A-Za-z0-9]*")) {
            wrong(id, "policy.form.BAD_KEY", key);
            return Optional.empty();
        }
        if (!keys.add(key)) wrong(id, "policy.form.KEY_TWICE", key);
        if (type.equals("datetime") && !c.path("subtype").asText("").equals("date"))
            wrong(id, "policy.form.ONLY_DATES");
        for (String limit : LIMITS_WE_LACK)
            if (c.hasNonNull(limit) && !c.path(limit).asText().equals("false"))
                wrong(id, "policy.form.LIMIT_NOT_ALLOWED", limit);
        String label = c.path("label").asText(c.path("dateLabel").asText(""));
        if (label.isEmpty()) wrong(id, "policy.form.NO_LABEL");
        String plain = type.equals("datetime") ? "date" : type.equals("taglist") ? "checklist" : type;
        JsonNode v = c.path("validate");
        List<Form.Option> values = options(c, key);
        boolean choice = Set.of("select", "radio", "checklist").contains(plain);
        boolean period = c.path("properties").has("period");
        if (choice
                && !period
                && values.isEmpty()
                && c.path("valuesKey").asText("").isEmpty()) wrong(id, "policy.form.NO_VALUES");
        return Optional.of(new Form.Field(
                id,
                key,
                plain,
                text(c, c.has("label") ? "label" : "dateLabel", "", label),
                description(c),
                v.path("required").asBoolean(false),
                c.path("disabled").asBoolean(false),
                values,
                c.path("valuesKey").asText(""),
                limits(id, v, c.path("properties").path("unit").asText().equals("percent")),
                scalar(c.path("defaultValue")),
                hide,
                properties(c)));
    }

    private List<Form.Option> options(JsonNode c, String key) {
        List<Form.Option> options = new ArrayList<>();
        for (JsonNode o : c.path("values")) {
            Object value = scalar(o.path("value"));
            List<Entry> entries = value == null ? List.of() : parts.entries(c, String.valueOf(value));
            if (value == null) wrong(key, "policy.form.BAD_VALUE");
            else if (!entries.isEmpty())
                options.add(
                        new Form.Option(value, entries.get(entries.size() - 1).name(), entries));
            else
                options.add(new Form.Option(
                        value, text(c, "values", "." + value, o.path("label").asText(String.valueOf(value)))));
        }
        return List.copyOf(options);
    }

    /** @param percent the smallest and largest number are percentages */
    private Form.Limits limits(String id, JsonNode v, boolean percent) {
        @Nullable String pattern = v.path("pattern").asText(null);
        if (pattern != null) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                wrong(id, "policy.form.BAD_PATTERN");
                pattern = null;
            }
        }
        return new Form.Limits(
                whole(id, v, "minLength").map(Long::intValue).orElse(null),
                whole(id, v, "maxLength").map(Long::intValue).orElse(null),
                number(id, v, "min", percent).orElse(null),
                number(id, v, "max", percent).orElse(null),
                pattern,
                v.path("validationType").asText(null));
    }

    private Optional<Long> number(String id, JsonNode v, String name, boolean percent) {
        JsonNode n = v.path(name);
        if (!percent || !n.isNumber()) return whole(id, v, name);
        Optional<Long> parts = Percent.of(n.numberValue());
        if (parts.isEmpty()) wrong(id, "policy.form.BAD_LIMIT", name);
        return parts;
    }

    private Optional<Long> whole(String id, JsonNode v, String name) {
        JsonNode n = v.path(name);
        if (n.isMissingNode() || n.isNull()) return Optional.empty();
        if (n.isIntegralNumber() || n.asText().matches("-?\\d{1,16}")) return Optional.of(n.asLong());
        wrong(id, "policy.form.BAD_LIMIT", name);
        return Optional.empty();
    }

    private Optional<FormCondition> condition(String id, String text) {
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(FormCondition.of(text));
        } catch (IllegalArgumentException noFeel) {
            wrong(id, "policy.form.hide.BAD_CONDITION", text);
            return Optional.empty();
        }
    }

    private static Map<String, String> properties(JsonNode c) {
        Map<String, String> properties = new LinkedHashMap<>();
        c.path("properties")
                .properties()
                .forEach(p -> properties.put(p.getKey(), p.getValue().asText()));
        return Map.copyOf(properties);
    }

    private @Nullable Text description(JsonNode c) {
        String zh = c.path("description").asText("");
        return zh.isEmpty() ? null : text(c, "description", ".description", zh);
    }

    /** Where a component comes from; the form itself for what is none. */
    private FormParts.Origin origin(JsonNode c) {
        FormParts.Origin origin = parts.origin(c);
        return origin == null ? new FormParts.Origin(path, c, null) : origin;
    }

    /** @param said the key of the component that holds the Chinese */
    private Text text(JsonNode c, String said, String tail, String zh) {
        if (zh.isEmpty()) return new Text("", "");
        String form = name.substring(name.lastIndexOf('/') + 1), key = word(c) + tail;
        JsonNode en = english.path(form + "/" + key);
        if (en.isMissingNode()) en = english.path(key);
        FormParts.Origin origin = origin(c);
        if (origin.isShared() && en.isMissingNode()) en = englishOfParts.path(key);
        for (FormParts.Origin part = origin.basis(); part != null && en.isMissingNode(); part = part.basis())
            en = englishOfParts.path(word(part.own()) + tail);
        if (en.isMissingNode()) {
            untranslated.add(key);
            shared.put(key, origin.file("", said));
        }
        return new Text(zh, en.asText(zh));
    }

    /** By what a component goes in {@code en.yaml}: a field by its key, what holds no answer by its id. */
    private static String word(JsonNode c) {
        boolean answers = !c.path("type").asText().matches("group|text");
        return answers && c.has("key")
                ? c.path("key").asText()
                : c.path("id").asText(c.path("key").asText(""));
    }

    private static @Nullable Object scalar(JsonNode n) {
        if (n.isBoolean()) return n.booleanValue();
        if (n.isIntegralNumber()) return n.longValue();
        if (n.isArray()) {
            List<Object> list = new ArrayList<>();
            n.forEach(e -> list.add(scalar(e)));
            return List.copyOf(list);
        }
        return n.isTextual() ? n.textValue() : null;
    }

    private void wrong(String element, String key, Object... values) {
        mistakes.add(mistake(element.isEmpty() ? at : at + "#" + element, key, values));
    }

    static Problem.Mistake mistake(String field, String key, Object... values) {
        return new Problem.Mistake(field, Problem.codeOf(key), Text.of("policy.form.at", field, Text.of(key, values)));
    }
}
