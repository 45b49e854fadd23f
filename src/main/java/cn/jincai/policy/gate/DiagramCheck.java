package cn.jincai.policy.gate;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SafeXml;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.IdentifierNode;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.model.xml.ModelException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * The diagrams of a package: they run no code of their own, ask only the beans on the list, know only declared variables, call only each other and
 * in no circle, and each task for people has a group, a due day and a form. A finding names file and element, what was found and what is allowed.
 */
final class DiagramCheck {
    private static final String DI = "http://www.omg.org/spec/BPMN/20100524/DI";
    private static final Set<String> CODE = Set.of("scriptTask", "script", "connector");
    /** What nothing of ours answers, and what {@link CaseWalk} could not follow. */
    private static final Set<String> NOT_OURS = Set.of(
            "businessRuleTask",
            "sendTask",
            "formData",
            "adHocSubProcess",
            "transaction",
            "inclusiveGateway",
            "complexGateway",
            "errorEventDefinition",
            "signalEventDefinition",
            "escalationEventDefinition",
            "conditionalEventDefinition",
            "compensateEventDefinition",
            "cancelEventDefinition",
            "linkEventDefinition");

    private static final Set<String> CODE_ATTRIBUTES = Set.of(
            "class",
            "delegateExpression",
            "scriptFormat",
            "resource",
            "formHandlerClass",
            "variableMappingClass",
            "variableMappingDelegateExpression");
    private static final Set<String> NOT_OUR_ATTRIBUTES = Set.of("type", "topic", "formKey", "decisionRef", "caseRef");
    private static final Set<String> NAMES_A_VARIABLE =
            Set.of("resultVariable", "elementVariable", "collection", "formVariable");
    private static final Set<String> THE_ENGINES = Set.of(
            "execution",
            "task",
            "loopCounter",
            "nrOfInstances",
            "nrOfActiveInstances",
            "nrOfCompletedInstances",
            "true",
            "false",
            "null",
            "empty");
    /** Hashes of diagrams that were compared with the schema: it takes longer than all other checks, and most diagrams are shared and seldom change. */
    private static final Set<String> FOLLOW_THE_SCHEMA = ConcurrentHashMap.newKeySet();

    private static final String DURATION = "P(?=.)(\\d+[YMWD])*(T(\\d+[HMS])+)?";
    /** As the engine reads times that are no expressions. */
    private static final Map<String, Pattern> WRITTEN_TIME =
            Map.of("timeDuration", Pattern.compile(DURATION), "timeCycle", Pattern.compile("R\\d*/" + DURATION));

    private static final Pattern TEXT_LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");
    static final Pattern CALL = Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*)\\s*\\.\\s*([A-Za-z_]\\w*)\\s*(\\()?");

    private final DiagramVocabulary words;
    private final Findings findings;
    private final OwnCaseCheck own;
    private final TaskCheck tasks;
    private final Map<String, String> fileOfProcess = new TreeMap<>();
    private final Map<String, Set<String>> calls = new TreeMap<>();

    private DiagramCheck(PolicyPackage candidate, DiagramVocabulary words, Findings findings) {
        this.words = words;
        this.findings = findings;
        own = new OwnCaseCheck(words, findings);
        tasks = new TaskCheck(candidate, findings);
    }

    static void check(PolicyPackage candidate, DiagramVocabulary words, Findings findings) {
        SortedMap<String, byte[]> files = candidate.files();
        DiagramCheck check = new DiagramCheck(candidate, words, findings);
        Map<String, Element> roots = new LinkedHashMap<>();
        files.forEach((path, content) -> {
            if (path.endsWith(".bpmn")) SafeXml.root(path, content, findings).ifPresent(root -> roots.put(path, root));
        });
        roots.forEach(check::processes);
        files.forEach((path, content) -> {
            Element root = roots.get(path);
            if (root == null) return;
            check.schema(path, content);
            check.diagram(path, root);
        });
        check.circles();
    }

    private void schema(String path, byte[] content) {
        String hash = PolicyPackage.hash(new TreeMap<>(Map.of("", content)));
        if (FOLLOW_THE_SCHEMA.contains(hash)) return;
        try {
            org.camunda.bpm.model.bpmn.Bpmn.readModelFromStream(new ByteArrayInputStream(content));
            FOLLOW_THE_SCHEMA.add(hash);
        } catch (ModelException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            findings.add(path, "", "policy.diagram.NO_BPMN", String.valueOf(why.getMessage()));
        }
    }

    private void processes(String path, Element root) {
        for (Element process : SafeXml.children(root)) {
            if (!Bpmn.is(process, "process")) continue;
            String id = process.getAttribute("id");
            if (fileOfProcess.put(id, path) != null) wrong(path, process, "policy.diagram.PROCESS_TWICE");
            if (!process.getAttribute("isExecutable").equals("true"))
                wrong(path, process, "policy.diagram.NOT_EXECUTABLE");
            if (Bpmn.camunda(process, "historyTimeToLive").isEmpty())
                wrong(path, process, "policy.diagram.NO_HISTORY_TTL");
        }
    }

    private void diagram(String path, Element root) {
        List<Element> all = SafeXml.all(root);
        Set<String> drawn = all.stream()
                .filter(e -> DI.equals(e.getNamespaceURI()))
                .map(e -> e.getAttribute("bpmnElement"))
                .collect(Collectors.toSet());
        for (Element element : all) {
            if (element.getNamespaceURI() == null || element.getNamespaceURI().startsWith("http://activiti.org"))
                wrong(path, element, "policy.diagram.NAMESPACE", element.getNodeName());
            code(path, element);
            expressions(path, element);
            variables(path, element);
            own.check(path, element);
            if (!Bpmn.NAMESPACE.equals(element.getNamespaceURI())) continue;
            if (Bpmn.is(element, "userTask")) tasks.check(path, element);
            if (Bpmn.is(element, "exclusiveGateway") || Bpmn.is(element, "inclusiveGateway")) gateway(path, element);
            if (Bpmn.is(element, "callActivity")) callActivity(path, element);
            if (Bpmn.is(element, "timerEventDefinition")) timer(path, element);
            if (Bpmn.isShown(element) && !drawn.contains(element.getAttribute("id")))
                wrong(path, element, "policy.diagram.NOT_DRAWN");
        }
        if (!fileOfProcess.containsValue(path)) findings.add(path, "", "policy.diagram.NO_PROCESS");
    }

    private void code(String path, Element element) {
        String name = element.getLocalName();
        boolean known =
                Bpmn.NAMESPACE.equals(element.getNamespaceURI()) || Bpmn.CAMUNDA.equals(element.getNamespaceURI());
        if (known && CODE.contains(name))
            wrong(path, element, "policy.diagram.element.CODE_NOT_ALLOWED", name, beans());
        if (known && NOT_OURS.contains(name)) wrong(path, element, "policy.diagram.ELEMENT_NOT_ALLOWED", name);
        for (Attr attribute : Bpmn.attributes(element)) {
            boolean language = attribute.getLocalName().equals("language") && Bpmn.is(element, "conditionExpression");
            if (!Bpmn.CAMUNDA.equals(attribute.getNamespaceURI())
                    && !Bpmn.CAMUNDA.equals(element.getNamespaceURI())
                    && !language) continue;
            String shown = attribute.getName() + "=\"" + Bpmn.cut(attribute.getValue()) + "\"";
            if (language || CODE_ATTRIBUTES.contains(attribute.getLocalName()))
                wrong(path, element, "policy.diagram.attribute.CODE_NOT_ALLOWED", shown, beans());
            else if (NOT_OUR_ATTRIBUTES.contains(attribute.getLocalName()))
                wrong(path, element, "policy.diagram.ATTRIBUTE_NOT_ALLOWED", shown);
        }
    }

    private void expressions(String path, Element element) {
        expression(path, element, SafeXml.text(element));
        for (Attr attribute : Bpmn.attributes(element)) expression(path, element, attribute.getValue());
    }

    private void expression(String path, Element element, String text) {
        if (!text.contains("${") && !text.contains("#{")) return;
        try {
            var tree = new Builder(Builder.Feature.METHOD_INVOCATIONS).build(text);
            if (tree.getFunctionNodes().iterator().hasNext())
                wrong(path, element, "policy.diagram.FUNCTION_NOT_ALLOWED", Bpmn.cut(text));
            Set<String> names = new TreeSet<>();
            for (IdentifierNode node : tree.getIdentifierNodes()) names.add(node.getName());
            Set<String> asked = asked(path, element, text);
            for (String name : names) if (!asked.contains(name)) variable(path, element, name, Bpmn.cut(text));
        } catch (ELException malformed) {
            wrong(path, element, "policy.diagram.EXPRESSION", Bpmn.cut(text));
        }
    }

    /** The names of which a method or property is asked; each must be a bean on the list and the method its own. */
    private Set<String> asked(String path, Element element, String text) {
        Set<String> asked = new HashSet<>();
        Matcher call = CALL.matcher(TEXT_LITERAL.matcher(text).replaceAll("''"));
        while (call.find()) {
            String bean = call.group(1);
            asked.add(bean);
            boolean method = call.group(3) != null;
            if (Set.of("execution", "task").contains(bean) && !method) continue;
            if (!words.beans().containsKey(bean))
                wrong(path, element, "policy.diagram.BEAN_NOT_ALLOWED", Bpmn.cut(text), bean, beans());
            else if (!method || !words.beans().get(bean).containsKey(call.group(2)))
                wrong(
                        path,
                        element,
                        "policy.diagram.METHOD_NOT_ALLOWED",
                        Bpmn.cut(text),
                        bean,
                        call.group(2),
                        new TreeSet<>(words.beans().get(bean).keySet()));
        }
        return asked;
    }

    private void variable(String path, Element element, String name, String where) {
        if (words.variables().contains(name) || THE_ENGINES.contains(name)) return;
        if (words.beans().containsKey(name)) return;
        wrong(path, element, "policy.diagram.VARIABLE_NOT_DECLARED", where, name, new TreeSet<>(words.variables()));
    }

    private void variables(String path, Element element) {
        for (Attr attribute : Bpmn.attributes(element))
            if (Bpmn.CAMUNDA.equals(attribute.getNamespaceURI())
                    && NAMES_A_VARIABLE.contains(attribute.getLocalName())
                    && !attribute.getValue().contains("{"))
                variable(path, element, attribute.getValue(), attribute.getName());
        if (!Bpmn.CAMUNDA.equals(element.getNamespaceURI())) return;
        if (Set.of("inputParameter", "outputParameter").contains(element.getLocalName()))
            variable(path, element, element.getAttribute("name"), element.getNodeName());
        if (!Set.of("in", "out").contains(element.getLocalName())) return;
        if (element.hasAttribute("variables")) wrong(path, element, "policy.diagram.ALL_VARIABLES");
        for (String side : List.of("source", "target"))
            if (element.hasAttribute(side)) variable(path, element, element.getAttribute(side), element.getNodeName());
    }

    /** Where ways part, who reads the diagram learns what is asked and what each answer is; and one way is open whatever the answer. */
    private void gateway(String path, Element gateway) {
        List<Element> ways = SafeXml.children((Element) gateway.getParentNode()).stream()
                .filter(e -> Bpmn.is(e, "sequenceFlow")
                        && e.getAttribute("sourceRef").equals(gateway.getAttribute("id")))
                .toList();
        if (ways.size() < 2) return;
        named(path, gateway, "policy.diagram.gateway.NO_NAME");
        for (Element way : ways) named(path, way, "policy.diagram.way.NO_NAME");
        boolean open = !gateway.getAttribute("default").isEmpty()
                || ways.stream()
                        .anyMatch(way ->
                                SafeXml.children(way).stream().noneMatch(e -> Bpmn.is(e, "conditionExpression")));
        if (!open) wrong(path, gateway, "policy.diagram.NO_DEFAULT");
    }

    /** What the engine could not read would fail when a case comes to it, and wait for ever. */
    private void timer(String path, Element timer) {
        List<Element> times = SafeXml.children(timer);
        for (Element time : times) {
            String text = SafeXml.text(time);
            Pattern written = WRITTEN_TIME.get(time.getLocalName());
            if (!text.contains("{")
                    && (written == null || !written.matcher(text).matches()))
                wrong(path, time, "policy.diagram.TIMER", text);
        }
        if (times.isEmpty()) wrong(path, timer, "policy.diagram.TIMER", "");
    }

    private void named(String path, Element element, String key) {
        if (element.getAttribute("name").isBlank()) wrong(path, element, key);
    }

    private void callActivity(String path, Element activity) {
        String called = activity.getAttribute("calledElement");
        if (!fileOfProcess.containsKey(called))
            wrong(path, activity, "policy.diagram.CALLED_UNKNOWN", called, new TreeSet<>(fileOfProcess.keySet()));
        else
            calls.computeIfAbsent(Bpmn.processOf(activity), p -> new TreeSet<>())
                    .add(called);
        if (!Bpmn.camunda(activity, "calledElementBinding").equals("deployment"))
            wrong(path, activity, "policy.diagram.call.BINDING");
    }

    /** A process that in the end calls itself would never come to an end. */
    private void circles() {
        fileOfProcess.forEach((start, file) -> {
            List<String> way = circle(start, start, List.of(start), new HashSet<>());
            if (way.isEmpty() || way.stream().anyMatch(p -> p.compareTo(start) < 0))
                return; // told once, from its first process
            findings.add(file, start, "policy.diagram.CALL_CIRCLE", String.join(" → ", way));
        });
    }

    /** From one process back to itself; empty where no call leads there. */
    private List<String> circle(String start, String at, List<String> way, Set<String> seen) {
        for (String next : calls.getOrDefault(at, Set.of())) {
            List<String> longer = new ArrayList<>(way);
            longer.add(next);
            if (next.equals(start)) return longer;
            if (!seen.add(next)) continue;
            List<String> found = circle(start, next, longer, seen);
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    private Set<String> beans() {
        return new TreeSet<>(words.beans().keySet());
    }

    private void wrong(String path, Element element, String key, Object... values) {
        Bpmn.wrong(findings, path, element, key, values);
    }
}
