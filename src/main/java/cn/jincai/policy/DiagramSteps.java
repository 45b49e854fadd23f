package cn.jincai.policy;

import cn.jincai.policy.Step.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.w3c.dom.Element;

/**
 * Which steps the way of a case of a package can come to at all: those of its diagram and of all that it calls, without what the scheme does not ask for; in the order in which the
 * diagram comes to them.
 */
@Component
public class DiagramSteps {
    private static final String WAY = "", CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    /** How the diagrams' own call says for how many working days a notice is up. */
    private static final Pattern NOTICE =
            Pattern.compile("notices\\.publish\\(\\s*caseNumber\\s*,\\s*(\\d{1,4})\\s*\\)");

    /** How it says within how many working days a task is to be done, or a wait ends. */
    private static final Pattern WITHIN = Pattern.compile("limits\\.(?:workingDays|lapse)\\(\\s*(\\d{1,4})\\s*\\)");

    private final Map<String, Set<String>> read = new ConcurrentHashMap<>();
    private final Map<String, OptionalInt> noticeDays = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> within = new ConcurrentHashMap<>();

    /** Ids of the elements, and the stages that elements name as their property; a way back is no way on. */
    public Set<String> of(PolicyPackage policy) {
        return read.computeIfAbsent(policy.hash(), hash -> read(policy));
    }

    /** What a diagram is called, by its process; its path where that has no name. */
    public static String name(PolicyPackage policy, String diagram) {
        byte[] content = policy.files().get(diagram);
        if (content == null) return diagram;
        return SafeXml.root(diagram, content, new Findings()).stream()
                .flatMap(root -> SafeXml.all(root).stream())
                .filter(e -> "process".equals(e.getLocalName())
                        && !e.getAttribute("name").isBlank())
                .map(e -> e.getAttribute("name"))
                .findFirst()
                .orElse(diagram);
    }

    /** What the steps of a diagram are called, by their id. */
    public static Map<String, String> names(PolicyPackage policy, String diagram) {
        Map<String, String> names = new LinkedHashMap<>();
        byte[] content = policy.files().get(diagram);
        if (content == null) return names;
        SafeXml.root(diagram, content, new Findings())
                .ifPresent(root -> SafeXml.all(root).stream()
                        .filter(e -> !e.getAttribute("id").isEmpty()
                                && !e.getAttribute("name").isBlank())
                        .forEach(e -> names.putIfAbsent(e.getAttribute("id"), e.getAttribute("name"))));
        return names;
    }

    private static Set<String> read(PolicyPackage policy) {
        Map<String, Element> processes = new LinkedHashMap<>();
        String way = policy.caseDiagram();
        policy.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn"))
                SafeXml.root(path, content, new Findings())
                        .ifPresent(root -> SafeXml.all(root).stream()
                                .filter(e -> "process".equals(e.getLocalName()))
                                .forEach(e -> processes.put(path.equals(way) ? WAY : e.getAttribute("id"), e)));
        });
        Set<String> steps = new LinkedHashSet<>();
        if (processes.containsKey(WAY)) inOrder(processes.get(WAY), processes, new LinkedHashSet<>(Set.of(WAY)), steps);
        walk(WAY, processes, new LinkedHashSet<>(), steps); // what nothing leads to, such as what begins with a message
        if (!policy.catalogue().employerCheck())
            policy.steps().keys(Kind.ASKS_EMPLOYER).forEach(steps::remove); // it is passed by without a word
        if (policy.catalogue().way().quota() == null)
            policy.steps().keys(Kind.WAITS_IN_LINE).forEach(steps::remove);
        return Collections.unmodifiableSet(steps);
    }

    /** By the key of a step, within how many working days its diagrams want it done; the longest where it is drawn more than once. Without those for which they name no number. */
    public Map<String, Integer> within(PolicyPackage policy) {
        return within.computeIfAbsent(policy.hash(), hash -> {
            Map<String, Integer> days = new HashMap<>();
            policy.files().forEach((path, content) -> {
                if (path.endsWith(".bpmn"))
                    SafeXml.root(path, content, new Findings()).stream()
                            .flatMap(root -> SafeXml.all(root).stream())
                            .filter(e -> "userTask".equals(e.getLocalName()))
                            .forEach(e -> WITHIN.matcher(e.getAttributeNS(CAMUNDA, "dueDate"))
                                    .results()
                                    .forEach(found -> days.merge(
                                            e.getAttribute("id"), Integer.parseInt(found.group(1)), Math::max)));
            });
            policy.steps()
                    .keys(Kind.NOTICE)
                    .forEach(key -> noticeDays(policy).ifPresent(notice -> days.put(key, notice)));
            return Map.copyOf(days);
        });
    }

    /** For how many working days its diagrams put up a notice; empty where they put up none. */
    public OptionalInt noticeDays(PolicyPackage policy) {
        return noticeDays.computeIfAbsent(
                policy.hash(),
                hash -> policy.files().entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".bpmn"))
                        .flatMap(file -> NOTICE.matcher(new String(file.getValue(), StandardCharsets.UTF_8))
                                .results())
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .max());
    }

    /** What stands in a process or a part of it, each after all that leads to it: a walk into the depth, read from its end. */
    private static void inOrder(
            Element container, Map<String, Element> processes, Set<String> walked, Set<String> steps) {
        Map<String, Element> nodes = new LinkedHashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        for (Element e : SafeXml.children(container)) {
            String id = e.getAttribute("id");
            if ("sequenceFlow".equals(e.getLocalName()))
                leads(next, e.getAttribute("sourceRef"), e.getAttribute("targetRef"));
            else if (!id.isEmpty()) nodes.put(id, e);
            if (e.hasAttribute("attachedToRef")) leads(next, e.getAttribute("attachedToRef"), id);
        }
        Deque<String> order = new ArrayDeque<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Map.Entry<String, Element> node : nodes.entrySet())
            if ("startEvent".equals(node.getValue().getLocalName())) deep(node.getKey(), next, seen, order);
        for (String id : order) {
            Element e = nodes.get(id);
            if (e == null) continue;
            steps.add(id);
            SafeXml.all(e).stream()
                    .filter(p -> "property".equals(p.getLocalName()) && "stage".equals(p.getAttribute("name")))
                    .forEach(p -> steps.add(p.getAttribute("value")));
            if ("subProcess".equals(e.getLocalName())) inOrder(e, processes, walked, steps);
            String called = e.getAttribute("calledElement");
            if (processes.containsKey(called) && walked.add(called))
                inOrder(processes.get(called), processes, walked, steps);
        }
    }

    private static void leads(Map<String, List<String>> next, String from, String to) {
        next.computeIfAbsent(from, f -> new ArrayList<>()).add(to);
    }

    private static void deep(String id, Map<String, List<String>> next, Set<String> seen, Deque<String> order) {
        if (!seen.add(id)) return;
        for (String to : next.getOrDefault(id, List.of())) deep(to, next, seen, order);
        order.addFirst(id);
    }

    private static void walk(
            String process, Map<String, Element> processes, Collection<String> walked, Set<String> steps) {
        if (walked.contains(process) || !processes.containsKey(process)) return;
        walked.add(process);
        for (Element e : SafeXml.all(processes.get(process))) {
            if (e.hasAttribute("id")) steps.add(e.getAttribute("id"));
            if ("property".equals(e.getLocalName()) && "stage".equals(e.getAttribute("name")))
                steps.add(e.getAttribute("value"));
            walk(e.getAttribute("calledElement"), processes, walked, steps);
        }
    }
}
