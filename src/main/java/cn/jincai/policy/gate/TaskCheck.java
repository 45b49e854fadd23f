package cn.jincai.policy.gate;

import static cn.jincai.policy.gate.Bpmn.camunda;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SafeXml;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.registers.RegistersReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Each task for people is a step, is seen by those whose step it is, and has a due day and a form with the outcomes of the step. */
final class TaskCheck {
    /** Whoever does these has to be able to say each of what the law lets him say. */
    private static final Set<Kind> ALL_OUTCOMES = EnumSet.of(
            Kind.ASKS_EMPLOYER,
            Kind.ACCEPTS,
            Kind.REVIEWS,
            Kind.PANEL,
            Kind.OBJECTION,
            Kind.SIGNS,
            Kind.CHECKS_PAYMENT);

    private final Steps steps;
    private final List<String> roles;
    private final Map<String, Form> forms;
    private final Findings findings;

    TaskCheck(PolicyPackage candidate, Findings findings) {
        steps = candidate.steps();
        roles = RegistersReader.ofPackage(candidate.files(), new Findings()).roles().stream()
                .map(Role::code)
                .toList();
        forms = candidate.forms().values().stream()
                .collect(Collectors.toMap(Form::id, form -> form, (a, b) -> a, TreeMap::new));
        this.findings = findings;
    }

    void check(String path, Element task) {
        if (task.getAttribute("name").isBlank()) wrong(path, task, "policy.diagram.task.NO_NAME");
        Step step = steps.find(task.getAttribute("id"))
                .filter(one -> one.kind().isTask())
                .orElse(null);
        if (step == null) wrong(path, task, "policy.diagram.STEP_UNKNOWN", task.getAttribute("id"), tasks());
        String groups = camunda(task, "candidateGroups");
        if (groups.isEmpty()
                && camunda(task, "assignee").isEmpty()
                && camunda(task, "candidateUsers").isEmpty()) wrong(path, task, "policy.diagram.NO_GROUP", roles);
        else seen(path, task, groups, step);
        if (!groups.contains("{"))
            for (String group : groups.split(","))
                if (!group.isBlank() && !roles.contains(group.strip()))
                    wrong(path, task, "policy.diagram.GROUP_UNKNOWN", group.strip(), roles);
        if (camunda(task, "dueDate").isEmpty()) wrong(path, task, "policy.diagram.NO_DUE");
        String ref = camunda(task, "formRef");
        if (ref.isEmpty()) wrong(path, task, "policy.diagram.NO_FORM");
        else if (forms.isEmpty()) return; // one of them can't be read, which is told
        else if (!forms.containsKey(ref)) wrong(path, task, "policy.diagram.FORM_UNKNOWN", ref, forms.keySet());
        else outcome(path, task, forms.get(ref), step);
        if (!ref.isEmpty() && !camunda(task, "formRefBinding").equals("deployment"))
            wrong(path, task, "policy.diagram.form.BINDING");
    }

    /** An assignee may turn out to be nobody, and an expression for a group to be none: then the task is on no list. Only people chosen one by one need no group. */
    private void seen(String path, Element task, String groups, @Nullable Step step) {
        boolean literal = !groups.isEmpty() && !groups.contains("{");
        if (!literal && !isChosen(task)) wrong(path, task, "policy.diagram.NOT_SEEN", roles);
        if (literal
                && step != null
                && step.role() != null // told of steps.yaml
                && Stream.of(groups.split(","))
                        .map(String::strip)
                        .noneMatch(step.role().code()::equals))
            wrong(
                    path,
                    task,
                    "policy.diagram.GROUP_MAY_NOT",
                    groups,
                    step.role().code());
    }

    /** By a bean, as the clerks of an employer, or one by one from a list, as experts: the task is there once for each, or a part around it is. */
    private static boolean isChosen(Element task) {
        if (DiagramCheck.CALL.matcher(camunda(task, "candidateUsers")).find()) return true;
        String assignee = camunda(task, "assignee");
        return Stream.iterate(task, e -> !Bpmn.is(e, "process"), e -> (Element) e.getParentNode())
                .flatMap(e -> SafeXml.children(e).stream())
                .filter(e -> Bpmn.is(e, "multiInstanceLoopCharacteristics"))
                .map(e -> camunda(e, "elementVariable"))
                .anyMatch(one -> !one.isEmpty() && assignee.matches("[#$]\\{\\s*" + Pattern.quote(one) + "\\s*}"));
    }

    private void outcome(String path, Element task, Form form, @Nullable Step step) {
        List<String> offered = form.field("outcome")
                .map(f -> f.values().stream().map(Form.Option::code).toList())
                .orElse(List.of());
        if (offered.isEmpty()) wrong(path, task, "policy.diagram.NO_OUTCOME", form.id());
        if (step == null) return;
        if (ALL_OUTCOMES.contains(step.kind()))
            for (String one : step.outcomes().keySet())
                if (!offered.contains(one)) wrong(path, task, "policy.diagram.OUTCOME_MISSING", form.id(), one);
        boolean refuses = offered.stream()
                .anyMatch(one ->
                        step.outcomes().containsKey(one) && step.outcome(one).refuses());
        if (refuses && form.field("opinion").isEmpty()) wrong(path, task, "policy.diagram.NO_OPINION", form.id());
        for (String one : offered)
            if (!step.outcomes().containsKey(one))
                wrong(
                        path,
                        task,
                        "policy.diagram.OUTCOME_UNKNOWN",
                        form.id(),
                        one,
                        step.outcomes().keySet());
    }

    private List<String> tasks() {
        return steps.all().stream()
                .filter(step -> step.kind().isTask())
                .map(Step::key)
                .toList();
    }

    private void wrong(String path, Element task, String key, Object... values) {
        Bpmn.wrong(findings, path, task, key, values);
    }
}
