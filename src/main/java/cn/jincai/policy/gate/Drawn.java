package cn.jincai.policy.gate;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SafeXml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The processes of a package as they are walked: what stands in each, and what leads from where to where. */
final class Drawn {
    private final Map<String, Node> processes = new LinkedHashMap<>();
    /** Names of messages by file and id. */
    private final Map<String, String> messages = new HashMap<>();

    /** A sequence flow. @param condition empty where it has none */
    record Way(Element element, String id, Node from, Node to, String condition, boolean otherwise) {}

    /** @param target to which a value goes, by name; {@code value} is an expression, or the name of a variable where {@code byName} */
    record Handed(String target, String value, boolean byName) {}

    /** Whatever a token can stand on, and the process itself. */
    static final class Node {
        final Element element;
        final String file, id, kind;
        /** The message that it waits for; empty for none. */
        final String message;

        final boolean timer, interrupts, severally, terminates, ofEvent, numbered;
        final String collection, one, expression, result, called, formRef;
        final List<Way> ways = new ArrayList<>();
        final List<Node> boundary = new ArrayList<>(),
                inside = new ArrayList<>(),
                eventSubProcesses = new ArrayList<>();
        final List<Handed> in, out, inputs, outputs;
        final List<String> begins, ends;
        /** What is worked out when it is come to, though no way depends on it. */
        final List<String> looksAt;

        @Nullable
        Node start;

        int incoming;

        Node(String file, Element e, String message) {
            element = e;
            this.file = file;
            this.message = message;
            id = e.getAttribute("id");
            kind = e.getLocalName();
            timer = child(e, "timerEventDefinition").isPresent();
            interrupts = !e.getAttribute("isInterrupting").equals("false")
                    && !e.getAttribute("cancelActivity").equals("false");
            Optional<Element> loop = child(e, "multiInstanceLoopCharacteristics");
            severally = loop.isPresent();
            collection = loop.map(l -> Bpmn.camunda(l, "collection")).orElse("");
            one = loop.map(l -> Bpmn.camunda(l, "elementVariable")).orElse("");
            terminates = child(e, "terminateEventDefinition").isPresent();
            ofEvent = e.getAttribute("triggeredByEvent").equals("true");
            expression = Bpmn.camunda(e, "expression");
            result = Bpmn.camunda(e, "resultVariable");
            called = e.getAttribute("calledElement");
            formRef = Bpmn.camunda(e, "formRef");
            in = handed(e, "in");
            out = handed(e, "out");
            numbered = extensions(e, "in").anyMatch(one -> one.hasAttribute("businessKey"));
            inputs = parameters(e, "inputParameter");
            outputs = parameters(e, "outputParameter");
            begins = listeners(e, "start");
            ends = listeners(e, "end");
            looksAt = Stream.concat(
                            Stream.of("assignee", "candidateUsers", "candidateGroups", "dueDate", "followUpDate")
                                    .map(name -> Bpmn.camunda(e, name)),
                            child(e, "timerEventDefinition").stream()
                                    .flatMap(timer -> SafeXml.children(timer).stream())
                                    .map(SafeXml::text))
                    .filter(text -> text.contains("{"))
                    .toList();
        }

        private static Optional<Element> child(Element node, String name) {
            return SafeXml.children(node).stream().filter(e -> Bpmn.is(e, name)).findFirst();
        }

        private static Stream<Element> extensions(Element node, String name) {
            return child(node, "extensionElements").stream()
                    .flatMap(e -> SafeXml.all(e).stream())
                    .filter(e -> Bpmn.CAMUNDA.equals(e.getNamespaceURI())
                            && e.getLocalName().equals(name));
        }

        private static List<Handed> handed(Element node, String name) {
            return extensions(node, name)
                    .filter(e -> e.hasAttribute("target"))
                    .map(e -> e.hasAttribute("sourceExpression")
                            ? new Handed(e.getAttribute("target"), e.getAttribute("sourceExpression"), false)
                            : new Handed(e.getAttribute("target"), e.getAttribute("source"), true))
                    .toList();
        }

        private static List<Handed> parameters(Element node, String name) {
            return extensions(node, name)
                    .map(e -> new Handed(e.getAttribute("name"), SafeXml.text(e), false))
                    .toList();
        }

        private static List<String> listeners(Element node, String event) {
            return extensions(node, "executionListener")
                    .filter(e -> e.getAttribute("event").equals(event))
                    .map(e -> e.getAttribute("expression"))
                    .toList();
        }

        boolean is(String... kinds) {
            for (String one : kinds) if (one.equals(kind)) return true;
            return false;
        }
    }

    Drawn(PolicyPackage candidate) {
        candidate.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn"))
                SafeXml.root(path, content, new Findings()).ifPresent(root -> read(path, root));
        });
    }

    private void read(String path, Element root) {
        List<Element> all = SafeXml.children(root);
        for (Element e : all)
            if (Bpmn.is(e, "message")) messages.put(path + " " + e.getAttribute("id"), e.getAttribute("name"));
        for (Element e : all)
            if (Bpmn.is(e, "process")) processes.putIfAbsent(e.getAttribute("id"), scope(path, node(path, e)));
    }

    private Node node(String path, Element e) {
        String message = Stream.concat(Stream.of(e), SafeXml.children(e).stream())
                .map(one -> one.getAttribute("messageRef"))
                .filter(ref -> !ref.isEmpty())
                .findFirst()
                .map(ref -> messages.getOrDefault(path + " " + ref, "?"))
                .orElse("");
        return new Node(path, e, message);
    }

    private Node scope(String path, Node scope) {
        Map<String, Node> byId = new LinkedHashMap<>();
        List<Element> children = SafeXml.children(scope.element);
        for (Element e : children)
            if (Bpmn.NAMESPACE.equals(e.getNamespaceURI()) && Bpmn.isShown(e) && !Bpmn.is(e, "sequenceFlow"))
                byId.put(e.getAttribute("id"), node(path, e));
        for (Node node : byId.values()) {
            scope.inside.add(node);
            if (node.is("startEvent") && scope.start == null) scope.start = node;
            if (node.is("subProcess")) scope(path, node);
            if (node.ofEvent) scope.eventSubProcesses.add(node);
            Node host = byId.get(node.element.getAttribute("attachedToRef"));
            if (host != null) host.boundary.add(node);
        }
        for (Element e : children) {
            Node from = byId.get(e.getAttribute("sourceRef")), to = byId.get(e.getAttribute("targetRef"));
            if (!Bpmn.is(e, "sequenceFlow") || from == null || to == null) continue;
            String condition =
                    Node.child(e, "conditionExpression").map(SafeXml::text).orElse("");
            boolean otherwise = from.element.getAttribute("default").equals(e.getAttribute("id"));
            from.ways.add(new Way(e, e.getAttribute("id"), from, to, condition, otherwise));
            to.incoming++;
        }
        return scope;
    }

    Collection<Node> processes() {
        return processes.values();
    }

    @Nullable
    Node process(String id) {
        return processes.get(id);
    }

    /** The processes that a file draws. */
    List<Node> in(String file) {
        return processes.values().stream().filter(p -> p.file.equals(file)).toList();
    }
}
