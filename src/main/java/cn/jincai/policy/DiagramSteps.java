package cn.jincai.policy;

import cn.jincai.policy.Step.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.w3c.dom.Element;

/** Which steps the way of a case of a package can come to at all: those of its diagram and of all that it calls, without what the scheme does not ask for. */
@Component
public class DiagramSteps {
    private static final String WAY = "";

    private final Map<String, Set<String>> read = new ConcurrentHashMap<>();

    /** Ids of the elements, and the stages that elements name as their property. */
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
        walk(WAY, processes, new LinkedHashSet<>(), steps);
        if (!policy.catalogue().employerCheck())
            policy.steps().keys(Kind.ASKS_EMPLOYER).forEach(steps::remove); // it is passed by without a word
        if (policy.catalogue().way().quota() == null)
            policy.steps().keys(Kind.WAITS_IN_LINE).forEach(steps::remove);
        return Set.copyOf(steps);
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
