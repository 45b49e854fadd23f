package cn.jincai.policy.gate;

import cn.jincai.policy.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** What the checks of diagrams ask of an element. */
final class Bpmn {
    static final String NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Set<String> SHOWN = Set.of(
            "sequenceFlow",
            "callActivity",
            "subProcess",
            "task",
            "startEvent",
            "endEvent",
            "boundaryEvent",
            "intermediateCatchEvent",
            "intermediateThrowEvent");

    private Bpmn() {}

    static boolean isShown(Element element) {
        String name = element.getLocalName();
        return SHOWN.contains(name) || name.endsWith("Task") || name.endsWith("Gateway");
    }

    static boolean is(Element element, String name) {
        return NAMESPACE.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    static String camunda(Element element, String attribute) {
        return element.getAttributeNS(CAMUNDA, attribute).strip();
    }

    static List<Attr> attributes(Element element) {
        List<Attr> attributes = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++)
            attributes.add((Attr) element.getAttributes().item(i));
        return attributes;
    }

    static String processOf(Element element) {
        Element at = element;
        while (!is(at, "process")) at = (Element) at.getParentNode();
        return at.getAttribute("id");
    }

    static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    /** At the element, or the nearest around it that has an id. */
    static void wrong(Findings findings, String path, Element element, String key, Object... values) {
        Element at = element;
        while (at.getAttribute("id").isEmpty() && at.getParentNode() instanceof Element parent) at = parent;
        findings.add(path, at.getAttribute("id"), key, values);
    }
}
