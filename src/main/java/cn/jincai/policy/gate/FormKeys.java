package cn.jincai.policy.gate;

import cn.jincai.kernel.Period;
import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormCondition;
import cn.jincai.policy.forms.FormParts;
import cn.jincai.policy.registers.Registers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Every word of a {@code .form} file is one that the product reads, or one by which the editor only remembers how something looks. A misspelt or unsupported setting
 * would be dropped without a word: a field never asked, a check never made. No part of reading: forms frozen before are read as ever.
 */
@Component
public class FormKeys implements PackageCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TOP = words(
            "components id type schemaVersion exporter executionPlatform executionPlatformVersion versionTag properties");
    /** Of every component; {@code layout} and {@code appearance} are the editor's. */
    private static final Set<String> ALL = words("type id layout appearance conditional properties");

    private static final Set<String> FIELD = words("key label description validate disabled readonly defaultValue");
    public static final Map<String, Set<String>> OWN = Map.ofEntries(
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
    public static final Set<String>
            VALIDATE = words("required minLength maxLength min max pattern patternErrorMessage validationType"),
            CONDITIONAL = words("hide"),
            OPTION = words("label value");
    public static final Set<String> PROPERTIES = words(
            "unit past check checkWhen autocomplete each fieldClass months period register remembered takes bank cards searchSource searchRegister fetch");
    /** Lists that a task has for its form ({@code ReviewTasks}). */
    private static final Set<String> LISTS =
            words("itemsOptions waiveOptions rejectOptions rejectLinesOptions clearLinesOptions groundsOptions");

    private final FormCheck check;
    private final DiagramVocabulary words;

    /** @param words a task's form may also read what the engine holds of the case */
    public FormKeys(FormCheck check, DiagramVocabulary words) {
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
            boolean isApplicants = path.equals("forms/application.form") || path.equals("forms/screener.form");
            Reading reading = new Reading(parts, new FormParts.Origin(path, form, null), isApplicants, findings);
            reading.keys(path, form, TOP);
            if (FormParts.isPart(path)) return; // the rest is seen in the forms that include it
            names(form, reading);
            if (!reading.isApplicants) reading.names.addAll(words.variables());
            form.path("components").forEach(reading::component);
        } catch (IOException notJson) {
            // FormReader tells it
        }
    }

    private static void names(JsonNode component, Reading reading) {
        String key = component.path("key").asText("");
        if (!key.isEmpty()) {
            reading.names.add(key);
            if (component.path("properties").has("period")) reading.periods.add(key);
            component
                    .path("values")
                    .forEach(option -> reading.choices
                            .computeIfAbsent(key, k -> new HashSet<>())
                            .add(option.path("value").asText()));
        }
        component.path("components").forEach(inner -> names(inner, reading));
    }

    /** One form as it is read. */
    private class Reading {
        private final FormParts parts;
        private final boolean isApplicants;
        /** That a condition on the form may read. */
        private final Set<String> names = new HashSet<>();

        /** What can be chosen, by key. */
        private final Map<String, Set<String>> choices = new HashMap<>();

        /** Fields that ask for a period. */
        private final Set<String> periods = new HashSet<>();

        private final Findings findings;
        /** What is being read. */
        private FormParts.Origin at;

        Reading(FormParts parts, FormParts.Origin form, boolean isApplicants, Findings findings) {
            this.parts = parts;
            this.at = form;
            this.isApplicants = isApplicants;
            this.findings = findings;
        }

        void component(JsonNode c) {
            String id = c.path("id").asText(c.path("key").asText(""));
            Set<String> known = OWN.get(c.path("type").asText(""));
            FormParts.Origin origin = parts.origin(c);
            if (known == null || origin == null) return; // FormReader tells it
            at = origin;
            keys(id, "", c, known);
            keys(id, "validate", c.path("validate"), VALIDATE);
            keys(id, "conditional", c.path("conditional"), CONDITIONAL);
            properties(id, c.path("properties"));
            months(id, c.path("type").asText(), c.path("properties"));
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
            wrongIn(file, id, "policy.form.UNKNOWN_KEY", key, new TreeSet<>(known));
        }

        private void properties(String id, JsonNode properties) {
            Set<String> known = new TreeSet<>(PROPERTIES);
            known.addAll(check.properties(properties.path("check").asText("")));
            keys(id, "properties", properties, known);
            if (isApplicants && properties.has("each")) wrong(id, "policy.form.NO_LIST");
            if (properties.has("unit") && !properties.path("unit").asText().matches("fen|percent"))
                wrong(id, "policy.form.unit.UNKNOWN_WORD");
            if (properties.has("past") && !properties.path("past").asText().matches("true|false"))
                wrong(id, "policy.form.past.UNKNOWN_WORD");
            if (properties.has("fieldClass")
                    && FieldClass.find(properties.path("fieldClass").asText()).isEmpty())
                wrong(id, "policy.form.fieldClass.UNKNOWN_WORD");
            filledIn(id, properties);
        }

        /** What fills a field in without its being asked: of applicants' forms only, and from fields and registers that there are. */
        private void filledIn(String id, JsonNode properties) {
            if (properties.has("remembered")
                    && !(isApplicants && properties.path("remembered").asText().matches("[1-9]\\d{0,3}")))
                wrong(id, "policy.form.REMEMBERED");
            for (String other : new String[] {"takes", "bank"})
                if (properties.has(other)
                        && !names.contains(properties.path(other).asText())
                        && !FormsAgainstFacts.PERSON.contains(
                                properties.path(other).asText()))
                    wrong(id, "policy.form.NO_FIELD", properties.path(other).asText(), new TreeSet<>(names));
            if (properties.has("bank")
                    && !parts.hasRegister(properties.path("cards").asText("")))
                wrong(id, "policy.form.NO_CARDS", properties.path("cards").asText(""));
            for (String source : new String[] {"searchSource", "fetch"})
                if (properties.has(source)
                        && !parts.hasEntry(
                                Registers.SOURCES, properties.path(source).asText()))
                    wrong(id, "policy.form.NO_SOURCE", properties.path(source).asText());
            if (properties.has("searchRegister")
                    && !parts.hasRegister(properties.path("searchRegister").asText()))
                wrong(
                        id,
                        "policy.form.NO_SEARCHED_REGISTER",
                        properties.path("searchRegister").asText());
        }

        /** Of applicants' forms only: a number or box for each month, of a period that another field asks for, or of so many months up to now. */
        private void months(String id, String type, JsonNode properties) {
            String months = properties.path("months").asText(""),
                    period = properties.path("period").asText("");
            boolean asked = properties.has("months"), isPeriod = properties.has("period");
            if ((asked || isPeriod) && !isApplicants) wrong(id, "policy.form.months.APPLICANTS");
            if (asked && !type.matches("number|checkbox")) wrong(id, "policy.form.months.OTHER_TYPE");
            if (isPeriod && !type.equals("select")) wrong(id, "policy.form.period.OTHER_TYPE");
            if (isPeriod && Period.Kind.of(period).isEmpty()) wrong(id, "policy.form.period.UNKNOWN_WORD");
            if (asked && !months.matches("[1-9]|[1-5]\\d|60") && !periods.contains(months))
                wrong(id, "policy.form.months.NO_PERIOD", months, new TreeSet<>(periods));
        }

        /** What is true or false is written as such: an expression in its place would be read as "no". */
        private void flags(String id, JsonNode c) {
            for (JsonNode flag : Arrays.asList(
                    c.path("disabled"), c.path("readonly"), c.path("validate").path("required")))
                if (!flag.isMissingNode() && !flag.isBoolean()) wrong(id, "policy.form.NO_FLAG", flag.asText());
            if (isApplicants && c.path("readonly").asBoolean()) wrong(id, "policy.form.READONLY");
            String unit = c.path("properties").path("unit").asText();
            int digits = c.path("decimalDigits").asInt(unit.equals("fen") ? 2 : 0);
            boolean known = digits == 0
                    || unit.equals("fen") && digits == 2
                    || unit.equals("percent") && digits > 0 && digits <= 4;
            if (!known) wrong(id, "policy.form.DECIMALS");
        }

        private void words(String id, JsonNode c) {
            for (String key : new String[] {"label", "dateLabel", "description", "text"})
                if (c.path(key).asText("").startsWith("="))
                    wrongIn(
                            at.file("", key),
                            id,
                            "policy.form.NO_EXPRESSION",
                            key,
                            c.path(key).asText());
        }

        private void condition(String id, String text) {
            if (!text.startsWith("=")) return; // FormReader tells it
            Set<String> read = FormCondition.names(text);
            if (read.isEmpty()) wrong(id, "policy.form.CONSTANT", text);
            FormCondition.compared(text).forEach((name, codes) -> {
                Set<String> offered = choices.getOrDefault(name, Set.of());
                for (String code : codes)
                    if (!offered.isEmpty() && !offered.contains(code))
                        wrong(id, "policy.form.NO_CHOICE", text, code, name);
            });
            read.removeAll(names);
            if (!read.isEmpty()) wrong(id, "policy.form.NO_FIELD", text, read);
        }

        private void options(String id, JsonNode c) {
            String list = c.path("valuesKey").asText("");
            if (!list.isEmpty() && (isApplicants || !LISTS.contains(list)))
                wrongIn(at.file("", "valuesKey"), id, "policy.form.UNKNOWN_LIST", list, new TreeSet<>(LISTS));
            Set<JsonNode> offered = new HashSet<>();
            for (JsonNode option : c.path("values")) {
                option.fieldNames().forEachRemaining(key -> {
                    if (!OPTION.contains(key)) unknown(at.file("", "values"), id, "values." + key, OPTION);
                });
                if (!offered.add(option.path("value")))
                    wrongIn(
                            at.file("", "values"),
                            id,
                            "policy.form.choice.TWICE",
                            option.path("value").asText());
            }
            JsonNode chosen = c.path("defaultValue");
            if (offered.isEmpty() || chosen.isMissingNode() || chosen.isNull()) return;
            for (JsonNode one :
                    chosen.isArray() ? chosen : JSON.createArrayNode().add(chosen))
                if (!offered.contains(one))
                    wrongIn(at.file("", "defaultValue"), id, "policy.form.NOT_OFFERED", one.asText());
        }

        private void wrong(String id, String key, Object... values) {
            wrongIn(at.file(), id, key, values);
        }

        private void wrongIn(String file, String id, String key, Object... values) {
            findings.add(file, id.isEmpty() ? "" : "#" + id, key, values);
        }
    }
}
