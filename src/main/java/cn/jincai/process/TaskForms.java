package cn.jincai.process;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Form;
import cn.jincai.policy.FormCheck;
import cn.jincai.policy.FormReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.stereotype.Component;

/** The form of a task as it was deployed together with the task's diagram, and the check of what was filled in. */
@Component
class TaskForms {
    /** @param readonly keys that Tasklist sends back although nobody may change them */
    private record TaskForm(Form form, Set<String> readonly) {}

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
            if (field == null) mistakes.add(new Mistake(key, "UNKNOWN", new Text("表单中没有“" + key + "”这一项。", "The form has no field \"" + key + "\".")));
            else if (value instanceof List<?> && !takesSeveral(field)) mistakes.add(new Mistake(key, "ONE_VALUE", new Text("“" + key + "”只能填一个值。", "\"" + key + "\" takes one value, not a list.")));
            else if (value != null && !field.disabled() && !form.readonly().contains(key)) answers.put(key, asTyped(field, value));
        });
        mistakes.addAll(check.check(form.form(), answers).stream().filter(m -> !form.readonly().contains(m.field())).toList());
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return form.form().clean(answers);
    }

    /** A list to tick, or a line in which codes are written with commas between; an outcome or an opinion is one. */
    private static boolean takesSeveral(Form.Field field) {
        return field.isList() || field.type().equals("textfield");
    }

    /** Codes come as a list or as words with commas between, whichever the field is. */
    private static Object asTyped(Form.Field field, Object value) {
        if (value instanceof List<?> list && !field.isList()) return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        if (value instanceof String text && field.isList()) return text.isBlank() ? List.of() : List.of(text.strip().split("\\s*[,，、]\\s*"));
        return value;
    }

    private TaskForm of(String taskId, String processDefinitionId) {
        var reference = forms.getTaskFormData(taskId).getCamundaFormRef();
        if (reference == null) throw new IllegalStateException("a task without a form: " + taskId);
        String deployment = repository.getProcessDefinition(processDefinitionId).getDeploymentId();
        if (!known.containsKey(deployment)) known.put(deployment, read(deployment));   // whoever reads, holds up nobody
        return known.get(deployment).get(reference.getKey());
    }

    private Map<String, TaskForm> read(String deployment) {
        var files = new TreeMap<String, byte[]>();
        for (String name : repository.getDeploymentResourceNames(deployment))
            if (name.endsWith(".form") || name.endsWith("en.yaml")) files.put(name.startsWith("forms/") ? name : "forms/" + name, bytes(deployment, name));
        var byId = new LinkedHashMap<String, TaskForm>();
        FormReader.readAll(files).forEach((path, form) -> byId.put(form.id(), new TaskForm(form, readonly(files.get(path)))));
        return byId;
    }

    private byte[] bytes(String deployment, String name) {
        try (InputStream resource = repository.getResourceAsStream(deployment, name)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> readonly(byte[] form) {
        try {
            var keys = new TreeSet<String>();
            collect(json.readTree(form), keys);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode component, Set<String> keys) {
        if (component.path("readonly").asBoolean() && component.hasNonNull("key")) keys.add(component.get("key").asText());
        component.path("components").forEach(child -> collect(child, keys));
    }
}
