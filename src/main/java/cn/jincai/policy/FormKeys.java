package cn.jincai.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Every word of a {@code .form} file is one that the product reads, or one by which the editor only remembers how something looks. A misspelt or unsupported setting
 * would be dropped without a word: a field never asked, a check never made. No part of reading: forms frozen before are read as ever.
 */
@Component
class FormKeys implements PackageCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TOP = words(
            "components id type schemaVersion exporter executionPlatform executionPlatformVersion versionTag properties");
    /** Of every component; {@code layout} and {@code appearance} are the editor's. */
    private static final Set<String> ALL = words("type id layout appearance conditional properties");

    private static final Set<String> FIELD = words("key label description validate disabled readonly defaultValue");
    private static final Map<String, Set<String>> OWN = Map.ofEntries(
            own("group", "label description components showOutline verticalAlignment path key"),
            own("text", "text"),
            own("textfield", FIELD),
            own("textarea", FIELD),
            own("number", FIELD, "decimalDigits increment"),
            own("checkbox", FIELD),
            own("radio", FIELD, "values valuesKey"),
            own("select", FIELD, "values valuesKey searchable"),
            own("checklist", FIELD, "values valuesKey"),
            own("taglist", FIELD, "values valuesKey searchable"),
            own("datetime", FIELD, "dateLabel subtype disallowPassedDates"),
            own("separator", ""),
            own("spacer", "height"),
            own("button", "label action key"));
    private static final Set<String>
            VALIDATE = words("required minLength maxLength min max pattern patternErrorMessage validationType"),
            CONDITIONAL = words("hide"),
            OPTION = words("label value");
    private static final Set<String> PROPERTIES = words("unit past check checkWhen autocomplete each");
    /** Words of FEEL that are no names. */
    private static final Set<String> FEEL = words(
            "and or not null true false if then else in for return some every satisfies instance of between list contains date time duration string number count is defined upper lower case length day week month year starts ends with substring before after");

    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*(?!\\w*\\s*\\()");

    private final FormCheck check;
    private final DiagramVocabulary words;

    /** @param words a task's form may also read what the engine holds of the case */
    FormKeys(FormCheck check, DiagramVocabulary words) {
        this.check = check;
        this.words = words;
    }

    private static Set<String> words(String words) {
        return words.isEmpty() ? Set.of() : Set.of(words.split(" "));
    }

    private static Map.Entry<String, Set<String>> own(String type, String keys) {
        return own(type, Set.of(), keys);
    }

    private static Map.Entry<String, Set<String>> own(String type, Set<String> keys) {
        return own(type, keys, "");
    }

    private static Map.Entry<String, Set<String>> own(String type, Set<String> some, String others) {
        Set<String> keys = new HashSet<>(some);
        keys.addAll(words(others));
        keys.addAll(ALL);
        return Map.entry(type, keys);
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        checkBroken(candidate, findings);
    }

    @Override
    public void checkBroken(PolicyPackage candidate, Findings findings) {
        FormParts parts = new FormParts(candidate.files(), new HashSet<>()); // FormReader tells what can't be included
        candidate.files().keySet().forEach(path -> {
            if (path.startsWith("forms/") && path.endsWith(".form")) form(path, parts, findings);
        });
    }

    private void form(String path, FormParts parts, Findings findings) {
        try {
            JsonNode form = parts.read(path);
            Look look = new Look(
                    parts,
                    path.equals("forms/application.form") || path.equals("forms/screener.form"),
                    new HashSet<>(),
                    findings);
            look.keys(path, form, TOP);
            if (FormParts.isPart(path)) return; // the rest is seen in the forms that include it
            names(form, look.names);
            if (!look.isApplicants) look.names.addAll(words.variables());
            form.path("components").forEach(look::component);
        } catch (IOException notJson) {
            // FormReader tells it
        }
    }

    private static void names(JsonNode component, Set<String> names) {
        if (component.path("key").isTextual()) names.add(component.path("key").asText());
        component.path("components").forEach(inner -> names(inner, names));
    }

    /** @param names that a condition on the form may read */
    private class Look {
        private final FormParts parts;
        private final boolean isApplicants;
        private final Set<String> names;
        private final Findings findings;
        /** What is being looked at. */
        private FormParts.Origin at;

        Look(FormParts parts, boolean isApplicants, Set<String> names, Findings findings) {
            this.parts = parts;
            this.isApplicants = isApplicants;
            this.names = names;
            this.findings = findings;
        }

        void component(JsonNode c) {
            String id = c.path("id").asText(c.path("key").asText(""));
            Set<String> known = OWN.get(c.path("type").asText(""));
            at = parts.origin(c);
            if (known == null || at == null) return; // FormReader tells it
            keys(id, "", c, known);
            keys(id, "validate", c.path("validate"), VALIDATE);
            keys(id, "conditional", c.path("conditional"), CONDITIONAL);
            properties(id, c.path("properties"));
            flags(id, c);
            words(id, c);
            if (c.path("conditional").path("hide").isTextual())
                condition(id, c.path("conditional").path("hide").asText());
            if (c.path("properties").path("checkWhen").isTextual())
                condition(id, c.path("properties").path("checkWhen").asText());
            options(id, c);
            c.path("components").forEach(this::component);
        }

        private void keys(String id, String inside, JsonNode node, Set<String> known) {
            node.fieldNames().forEachRemaining(key -> {
                if (!known.contains(key))
                    unknown(at.file(inside, key), id, (inside.isEmpty() ? "" : inside + ".") + key, known);
            });
        }

        void keys(String file, JsonNode top, Set<String> known) {
            top.fieldNames().forEachRemaining(key -> {
                if (!known.contains(key)) unknown(file, "", key, known);
            });
        }

        private void unknown(String file, String id, String key, Set<String> known) {
            wrong(
                    file,
                    id,
                    "UNKNOWN_KEY",
                    "不认识“" + key + "”，该设置不会起作用；可用：" + new TreeSet<>(known),
                    "unknown key '" + key + "', which would do nothing; known are " + new TreeSet<>(known));
        }

        private void properties(String id, JsonNode properties) {
            Set<String> known = new TreeSet<>(PROPERTIES);
            known.addAll(check.properties(properties.path("check").asText("")));
            keys(id, "properties", properties, known);
            if (isApplicants && properties.has("each"))
                wrong(
                        id,
                        "NO_LIST",
                        "each 只用于经办表单：申请时没有可逐项填写的清单",
                        "'each' is for officers' forms: an application has no list to ask it for");
            if (properties.has("unit") && !properties.path("unit").asText().equals("fen"))
                wrong(id, "UNKNOWN_WORD", "unit 只能是 fen", "unit can only be fen");
            if (properties.has("past") && !properties.path("past").asText().matches("true|false"))
                wrong(id, "UNKNOWN_WORD", "past 只能是 true 或 false", "past is true or false");
        }

        /** What is true or false is written as such: an expression in its place would be read as "no". */
        private void flags(String id, JsonNode c) {
            for (JsonNode flag : Arrays.asList(
                    c.path("disabled"), c.path("readonly"), c.path("validate").path("required")))
                if (!flag.isMissingNode() && !flag.isBoolean())
                    wrong(
                            id,
                            "NO_FLAG",
                            "“" + flag.asText() + "”应为 true 或 false，不能用表达式",
                            "'" + flag.asText() + "' has to be true or false; expressions are not supported here");
            if (isApplicants && c.path("readonly").asBoolean())
                wrong(
                        id,
                        "READONLY",
                        "申请人的表单不支持 readonly：申请人照样可以填写；请用 disabled，或改为文字",
                        "readonly is not supported on applicants' forms, where it could be filled in all the same; use disabled, or a text");
            boolean fen = c.path("properties").path("unit").asText().equals("fen");
            int digits = c.path("decimalDigits").asInt(fen ? 2 : 0);
            if (digits != 0 && !(fen && digits == 2))
                wrong(
                        id,
                        "DECIMALS",
                        "decimalDigits 只能是 0；金额（unit: fen）可以是 2",
                        "decimalDigits can only be 0, or 2 for a sum (unit: fen)");
        }

        private void words(String id, JsonNode c) {
            for (String key : new String[] {"label", "dateLabel", "description", "text"})
                if (c.path(key).asText("").startsWith("="))
                    wrong(
                            at.file("", key),
                            id,
                            "NO_EXPRESSION",
                            key + " 不支持表达式，会原样显示：" + c.path(key).asText(),
                            key + " is shown as it stands; expressions are not supported here: "
                                    + c.path(key).asText());
        }

        private void condition(String id, String text) {
            if (!text.startsWith("=")) return; // FormReader tells it
            Set<String> read = new TreeSet<>();
            Matcher name = NAME.matcher(text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"\""));
            while (name.find()) if (!FEEL.contains(name.group())) read.add(name.group());
            if (read.isEmpty())
                wrong(
                        id,
                        "CONSTANT",
                        "条件“" + text + "”与填写的内容无关，永远一样；请写出依据哪一项，或去掉",
                        "the condition '" + text
                                + "' reads no field and never changes; name the field on which it depends, or leave it out");
            read.removeAll(names);
            if (!read.isEmpty())
                wrong(
                        id,
                        "NO_FIELD",
                        "条件“" + text + "”引用了表单上没有的 " + read + "，永远不成立",
                        "the condition '" + text + "' reads " + read
                                + ", which the form does not have, so it never holds");
        }

        private void options(String id, JsonNode c) {
            Set<JsonNode> offered = new HashSet<>();
            for (JsonNode option : c.path("values")) {
                option.fieldNames().forEachRemaining(key -> {
                    if (!OPTION.contains(key)) unknown(at.file("", "values"), id, "values." + key, OPTION);
                });
                if (!offered.add(option.path("value")))
                    wrong(
                            at.file("", "values"),
                            id,
                            "TWICE",
                            "选项“" + option.path("value").asText() + "”写了两次",
                            "the choice '" + option.path("value").asText() + "' is there twice");
            }
            JsonNode chosen = c.path("defaultValue");
            if (offered.isEmpty() || chosen.isMissingNode() || chosen.isNull()) return;
            for (JsonNode one :
                    chosen.isArray() ? chosen : JSON.createArrayNode().add(chosen))
                if (!offered.contains(one))
                    wrong(
                            at.file("", "defaultValue"),
                            id,
                            "NOT_OFFERED",
                            "默认值“" + one.asText() + "”不在选项之内",
                            "the default '" + one.asText() + "' is none of the choices");
        }

        private void wrong(String id, String code, String zh, String en) {
            wrong(at.file(), id, code, zh, en);
        }

        private void wrong(String file, String id, String code, String zh, String en) {
            findings.add(file, id.isEmpty() ? "" : "#" + id, code, zh + "。", en + ".");
        }
    }
}
