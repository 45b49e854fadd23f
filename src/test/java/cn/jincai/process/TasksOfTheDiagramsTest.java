package cn.jincai.process;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.Test;

/** Names that others rely on: keys, groups and outcomes of the tasks; and what every diagram owes to those who read it. */
class TasksOfTheDiagramsTest {
    private static final Map<String, BpmnModelInstance> DIAGRAMS = diagrams();
    private static final Collection<Form> FORMS = forms();

    /** Key of a task -> who does it. Empty: people by name. */
    private static final Map<String, String> GROUPS = Map.ofEntries(
            entry("employer-check", ""),
            entry("acceptance", "intake"),
            entry("data-checks", "intake"),
            entry("evaluation", "supervisor"),
            entry("first-review", "reviewer"),
            entry("second-review", "senior-reviewer"),
            entry("leader-review", "leader"),
            entry("expert-panel", ""),
            entry("objection", "supervisor"),
            entry("decision", "leader"),
            entry("payment-make", "finance"),
            entry("payment-approve", "finance-approver"),
            entry("bank-result", "finance"),
            entry("recheck", "reviewer"),
            entry("revision-review", "senior-reviewer"),
            entry("revision-signature", "leader"),
            entry("rating-follow-up", "supervisor"));

    /** Form -> the outcomes that it offers. */
    private static final Map<String, Set<String>> OUTCOMES = Map.ofEntries(
            entry("employer-check", Set.of("confirm", "deny")),
            entry("acceptance", Set.of("accept", "supplement", "not-accepted")),
            entry("data-checks", Set.of("continue")),
            entry("first-review", Set.of("approve", "reject", "return")),
            entry("second-review", Set.of("approve", "reject", "return")),
            entry("leader-review", Set.of("approve", "reject", "return")),
            entry("expert-panel", Set.of("approve", "reject", "recuse")),
            entry("objection", Set.of("dismiss", "uphold")),
            entry("decision", Set.of("sign", "return")),
            entry("give-up-decision", Set.of("sign", "return")),
            entry("payment-make", Set.of("submit", "hold", "ask-account", "give-up")),
            entry("payment-approve", Set.of("approve", "return")),
            entry("run-make", Set.of("submit", "hold")),
            entry("run-approve", Set.of("approve", "return")),
            entry("bank-result", Set.of("retry", "ask-account")),
            entry("recheck", Set.of("confirm", "end")),
            entry("revision-review", Set.of("propose", "drop")),
            entry("revision-signature", Set.of("sign", "decline")),
            entry("rating-follow-up", Set.of("done")));

    private static final Map<String, Set<String>> OTHER_FIELDS = Map.of(
            "acceptance",
            Set.of("items"),
            "first-review",
            Set.of("items", "waive", "reject", "rejectLines", "clearLines", "overrideReason"),
            "second-review",
            Set.of("waive", "reject", "rejectLines", "clearLines", "overrideReason"),
            "leader-review",
            Set.of("waive", "reject", "rejectLines", "clearLines", "overrideReason"),
            "objection",
            Set.of("published", "ofLine"),
            "decision",
            Set.of("grounds"),
            "recheck",
            Set.of("proposal"),
            "revision-review",
            Set.of("proposal", "answered"),
            "revision-signature",
            Set.of("proposal", "answered"));

    @Test
    void eachTaskIsDoneByItsGroup() {
        Map<String, String> found = new TreeMap<>();
        each(
                UserTask.class,
                (file, task) -> found.merge(
                        task.getId(),
                        task.getCamundaCandidateGroups() == null ? "" : task.getCamundaCandidateGroups(),
                        (a, b) -> a.equals(b) ? a : a + " and " + b));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(GROUPS);
    }

    @Test
    void eachFormOffersItsOutcomesAnOpinionAndItsFieldsInBothLanguages() {
        assertThat(FORMS).extracting(Form::id).containsExactlyInAnyOrderElementsOf(OUTCOMES.keySet());
        for (Form form : FORMS) {
            var outcome = form.field("outcome").orElseThrow();
            assertThat(outcome.values())
                    .as(form.id())
                    .extracting(o -> (String) o.value())
                    .containsExactlyInAnyOrderElementsOf(OUTCOMES.get(form.id()));
            assertThat(outcome.required()).isTrue();
            Set<String> keys =
                    form.fields().stream().map(Form.Field::key).collect(Collectors.toCollection(TreeSet::new));
            keys.removeAll(Set.of("outcome", "opinion"));
            assertThat(keys).as(form.id()).isEqualTo(new TreeSet<>(OTHER_FIELDS.getOrDefault(form.id(), Set.of())));
            assertThat(form.field("opinion")).as(form.id()).isPresent();
            assertThat(form.untranslated()).as(form.id()).isEmpty();
        }
    }

    @Test
    @org.junit.jupiter.api.Tag("issue-13.5")
    void aDecisionsFormFromBeforeGroundsWereToldAsksForThemAllTheSame() throws java.io.IOException {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        var now = json.readTree(
                java.nio.file.Path.of("forms/common/decision.form").toFile());
        var before = (com.fasterxml.jackson.databind.node.ObjectNode) now.deepCopy();
        var components = (com.fasterxml.jackson.databind.node.ArrayNode) before.get("components");
        for (int i = components.size() - 1; i >= 0; i--)
            if (components.get(i).path("key").asText().equals("grounds")) components.remove(i);
        var forms = new TaskForms(null, null, null, json);
        var mended = json.readTree(forms.withGrounds(json.writeValueAsBytes(before)));
        assertThat(mended.get("components")).containsExactlyInAnyOrderElementsOf(now.get("components"));
        assertThat(json.readTree(forms.withGrounds(json.writeValueAsBytes(now))))
                .isEqualTo(now);
    }

    @Test
    void everyFormOnTheShelfIsUsed() {
        Set<String> used = new TreeSet<>();
        each(
                UserTask.class,
                (file, task) -> used.add(task.getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRef")));
        used.remove("evaluation"); // a scheme's own, beside its application
        assertThat(used).isEqualTo(new TreeSet<>(OUTCOMES.keySet()));
    }

    /** But the line for a year's place: the next year moves it on, and whoever waits may withdraw. */
    @Test
    void everyWaitWithoutATaskHasALimit() {
        each(ReceiveTask.class, (file, waiting) -> {
            if (!waiting.getId().equals("waits-in-line"))
                assertThat(waiting.getModelInstance().getModelElementsByType(BoundaryEvent.class))
                        .as(file + " " + waiting.getId())
                        .anyMatch(event -> event.getAttachedTo() == waiting
                                && event.cancelActivity()
                                && !event.getChildElementsByType(TimerEventDefinition.class)
                                        .isEmpty());
        });
    }

    @Test
    void everyStageButTheFirstAndTheLastIsSomewhereInTheDiagrams() {
        Set<String> told = new TreeSet<>();
        each(FlowNode.class, (file, node) -> told.add(node.getId()));
        assertThat(told)
                .containsAll(Steps.shared().all().stream()
                        .map(Step::key)
                        .filter(code -> !Set.of("draft", "closed").contains(code))
                        .toList());
    }

    @Test
    void whoReadsADiagramFindsEveryStepNamedAndEveryWayOutOfAGatewayToldInChinese() {
        each(FlowNode.class, (file, node) -> {
            boolean joins = node instanceof Gateway && node.getOutgoing().size() < 2;
            if (!joins) assertThat(node.getName()).as(file + " " + node.getId()).containsPattern("\\p{IsHan}");
            if (node instanceof Gateway && !joins)
                for (SequenceFlow way : node.getOutgoing())
                    assertThat(way.getName()).as(file + " " + way.getId()).containsPattern("\\p{IsHan}");
        });
        each(Process.class, (file, process) -> {
            assertThat(process.getName()).as(file).containsPattern("\\p{IsHan}");
            assertThat(process.getDocumentations()).as(file).isNotEmpty();
        });
    }

    @Test
    void noWayOutOfAGatewayIsLeftToChance() {
        each(Gateway.class, (file, gateway) -> {
            var ways = gateway.getOutgoing();
            long open = ways.stream()
                    .filter(way -> way.getConditionExpression() == null)
                    .count();
            if (ways.size() > 1)
                assertThat(open)
                        .as(file + " " + gateway.getId() + ": one default")
                        .isEqualTo(1);
        });
    }

    @Test
    void eachIdIsUsedOnceInADiagramAndSaysWhatItIs() {
        DIAGRAMS.forEach((file, diagram) -> diagram.getModelElementsByType(FlowElement.class)
                .forEach(element -> assertThat(element.getId()).as(file).matches("[a-z0-9]+(-[a-z0-9]+)*")));
    }

    private interface Look<T> {
        void at(String file, T element);
    }

    private static <T extends ModelElementInstance> void each(Class<T> kind, Look<T> look) {
        List<String> seen = new ArrayList<>();
        DIAGRAMS.forEach((file, diagram) -> diagram.getModelElementsByType(kind).forEach(element -> {
            seen.add(file);
            look.at(file, element);
        }));
        assertThat(seen).as("found none of " + kind.getSimpleName()).isNotEmpty();
    }

    private static Map<String, BpmnModelInstance> diagrams() {
        Map<String, BpmnModelInstance> diagrams = new TreeMap<>();
        for (Path file : files(Path.of("bpmn"), ".bpmn"))
            diagrams.put(file.toString(), Bpmn.readModelFromFile(file.toFile()));
        return diagrams;
    }

    private static Collection<Form> forms() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (Path file : files(Path.of("forms/common"), ""))
            files.put(file.toString(), Diagrams.text(file).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return FormReader.readAll(files).values();
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
