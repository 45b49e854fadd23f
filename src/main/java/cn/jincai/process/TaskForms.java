package cn.jincai.process;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormParts;
import cn.jincai.policy.forms.FormReader;
import cn.jincai.policy.registers.Registers;
import cn.jincai.review.Choice;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The form of a task as it was deployed together with the task's diagram, and the check of what was filled in. */
@Component
class TaskForms {
    /** @param readonly keys that Tasklist sends back although nobody may change them */
    private record TaskForm(Form form, Set<String> readonly, ObjectNode file) {}

    private final FormService forms;
    private final RepositoryService repository;
    private final FormCheck check;
    private final ObjectMapper json;
    /** By deployment, which never changes. */
    private final Map<String, Map<String, TaskForm>> known = new ConcurrentHashMap<>();

    TaskForms(FormService forms, RepositoryService repository, FormCheck check, ObjectMapper json) {
        this.forms = forms;
        this.repository = repository;
        this.check = check;
        this.json = json;
    }

    /**
     * What may go to the room: fields of the form, of the form's types and values, without what is only shown.
     *
     * @throws Problem INVALID with every mistake: a field or an outcome that the form does not know, what is missing, an opinion that is too long
     */
    Map<String, Object> check(String taskId, String processDefinitionId, Map<String, Object> filled) {
        TaskForm form = of(taskId, processDefinitionId);
        var fields = form.form().fields().stream().collect(Collectors.toMap(Form.Field::key, f -> f));
        var mistakes = new ArrayList<Mistake>();
        var answers = new LinkedHashMap<String, Object>();
        filled.forEach((key, value) -> {
            Form.Field field = fields.get(key);
            if (field == null) mistakes.add(Mistake.of(key, "process.form.UNKNOWN", key));
            else if (value instanceof List<?> && !takesSeveral(field))
                mistakes.add(Mistake.of(key, "process.form.ONE_VALUE", key));
            else if (value != null && !field.disabled() && !form.readonly().contains(key))
                answers.put(key, asTyped(field, value));
        });
        mistakes.addAll(check.check(form.form(), answers).stream()
                .filter(m -> !form.readonly().contains(m.field()))
                .toList());
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return form.form().clean(answers);
    }

    /**
     * The form as Tasklist draws it at this task. A field that is asked for each of several things has a line for each, and a list without anything to
     * tick says so.
     *
     * @param start   what the form starts with; the lists among it are what may be ticked, or what a field is asked for; null for the form as it was deployed
     * @param english of the names in those lists; labels are the form's own
     */
    JsonNode drawn(String taskId, String processDefinitionId, @Nullable Map<String, Object> start, boolean english) {
        TaskForm form = of(taskId, processDefinitionId);
        if (start == null) return form.file();
        ObjectNode drawn = form.file().deepCopy();
        ArrayNode components = json.createArrayNode();
        for (JsonNode component : form.file().path("components")) {
            String each = component.path("properties").path("each").asText(""),
                    list = component.path("valuesKey").asText("");
            if (!list.isEmpty() && !start.containsKey(list)) continue; // not asked in this case at all
            List<Choice> choices = choices(start.get(each.isEmpty() ? list : each));
            if (!each.isEmpty())
                choices.forEach(choice -> components.add(forOne((ObjectNode) component, choice, english)));
            else if (list.isEmpty() || !choices.isEmpty()) components.add(component);
            else components.add(nothing(component, english));
        }
        drawn.set("components", components);
        return drawn;
    }

    private static List<Choice> choices(@Nullable Object list) {
        return list instanceof List<?> many
                ? many.stream()
                        .filter(Choice.class::isInstance)
                        .map(Choice.class::cast)
                        .toList()
                : List.of();
    }

    private static JsonNode forOne(ObjectNode field, Choice choice, boolean english) {
        return field.deepCopy()
                .put("id", field.path("id").asText() + "_" + choice.value())
                .put("key", field.path("key").asText() + "." + choice.value())
                .put(
                        "label",
                        in(
                                english,
                                Text.of("process.form.each", field.path("label").asText(), choice.label())));
    }

    private static String in(boolean english, Text text) {
        return english ? text.en() : text.zh();
    }

    private JsonNode nothing(JsonNode field, boolean english) {
        ObjectNode words = json.createObjectNode()
                .put("type", "text")
                .put("id", field.path("id").asText())
                .put(
                        "text",
                        in(
                                english,
                                Text.of(
                                        "process.form.nothing",
                                        field.path("label").asText())));
        if (field.has("conditional")) words.set("conditional", field.get("conditional"));
        return words;
    }

    /** A list to tick, or a line in which codes are written with commas between; an outcome or an opinion is one. */
    private static boolean takesSeveral(Form.Field field) {
        return field.isList() || field.type().equals("textfield");
    }

    /** Codes come as a list or as words with commas between, whichever the field is. */
    private static Object asTyped(Form.Field field, Object value) {
        if (value instanceof List<?> list && field.isList())
            return list.stream().map(String::valueOf).distinct().toList();
        if (value instanceof List<?> list)
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        if (value instanceof String text && field.isList())
            return Arrays.stream(text.split("[,，、\\s]+"))
                    .filter(code -> !code.isEmpty())
                    .distinct()
                    .toList();
        return value;
    }

    /** Lists as the form's own fields take them: a version with a line for codes, from before there was something to tick, gets them with commas between. */
    Map<String, Object> start(String taskId, String processDefinitionId, Map<String, Object> start) {
        Form form = of(taskId, processDefinitionId).form();
        var fitted = new LinkedHashMap<>(start);
        fitted.replaceAll((key, value) ->
                form.field(key).map(field -> asTyped(field, value)).orElse(value));
        return fitted;
    }

    /** Of what is typed, that which the form asks for, right or wrong. */
    Map<String, Object> open(String taskId, String processDefinitionId, Map<String, Object> typed) {
        TaskForm form = of(taskId, processDefinitionId);
        var open = new LinkedHashMap<>(typed);
        open.keySet()
                .removeIf(key -> form.readonly().contains(key)
                        || form.form().field(key).filter(f -> !f.disabled()).isEmpty());
        return open;
    }

    private TaskForm of(String taskId, String processDefinitionId) {
        var reference = forms.getTaskFormData(taskId).getCamundaFormRef();
        if (reference == null) throw new IllegalStateException("a task without a form: " + taskId);
        String deployment = repository.getProcessDefinition(processDefinitionId).getDeploymentId();
        Map<String, TaskForm> ofDeployment = known.get(deployment);
        if (ofDeployment == null)
            known.put(deployment, ofDeployment = read(deployment)); // whoever reads, holds up nobody
        return Objects.requireNonNull(ofDeployment.get(reference.getKey()), reference.getKey());
    }

    private Map<String, TaskForm> read(String deployment) {
        var files = new TreeMap<String, byte[]>();
        for (String name : repository.getDeploymentResourceNames(deployment))
            if (name.startsWith(Registers.FOLDER)) files.put(name, bytes(deployment, name));
            else if (name.endsWith(".form") || name.endsWith("en.yaml"))
                files.put(name.startsWith("forms/") ? name : "forms/" + name, bytes(deployment, name));
        files.replaceAll((name, bytes) -> name.endsWith(".form") ? withGrounds(bytes) : bytes);
        var byId = new LinkedHashMap<String, TaskForm>();
        FormReader.readAll(files).forEach((path, form) -> byId.put(form.id(), taskForm(form, files, path)));
        return byId;
    }

    /** Cases keep the package with which they began: a decision's form from before grounds were told asks for them all the same, since nobody could sign with it. */
    byte[] withGrounds(byte[] bytes) {
        try (InputStream field = getClass().getResourceAsStream("/process/grounds-field.json")) {
            JsonNode form = json.readTree(bytes);
            if (!form.path("id").asText().equals("decision")
                    || form.findValuesAsText("key").contains("grounds")) return bytes;
            ((ArrayNode) form.path("components")).add(json.readTree(field));
            return json.writeValueAsBytes(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(String deployment, String name) {
        try (InputStream resource = repository.getResourceAsStream(deployment, name)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TaskForm taskForm(Form form, SortedMap<String, byte[]> files, String path) {
        try {
            var file = (ObjectNode) FormParts.whole(files, path);
            var keys = new TreeSet<String>();
            collect(file, keys);
            return new TaskForm(form, keys, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode component, Set<String> keys) {
        if (component.path("readonly").asBoolean() && component.hasNonNull("key"))
            keys.add(component.get("key").asText());
        component.path("components").forEach(child -> collect(child, keys));
    }
}
