package cn.jincai.policy.gate;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.SafeXml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * What a diagram does it does to its own case, run or payment: a bean is given the variable that says which, as it is, and nothing in the diagram writes that
 * variable but what hands it on or the room that makes payments. The engine's own door asks the same again when it runs.
 */
final class OwnCaseCheck {
    private static final Pattern OWN_KEY = Pattern.compile("[#$]\\{\\s*execution\\.processBusinessKey\\s*}");

    private final DiagramVocabulary words;
    private final Findings findings;

    OwnCaseCheck(DiagramVocabulary words, Findings findings) {
        this.words = words;
        this.findings = findings;
    }

    void check(String path, Element element) {
        given(path, element, SafeXml.text(element));
        for (Attr attribute : Bpmn.attributes(element)) given(path, element, attribute.getValue());
        written(path, element);
    }

    /** A call in an expression, such as {@code cases.close(caseNumber, outcome)}. */
    record Call(String bean, String method, List<Node> arguments) {
        /** All in a text; none where it is no expression, or a malformed one. */
        static List<Call> in(String text) {
            List<Call> calls = new ArrayList<>();
            if (!text.contains("${") && !text.contains("#{")) return calls;
            try {
                collect(
                        new Builder(Builder.Feature.METHOD_INVOCATIONS)
                                .build(text)
                                .getRoot(),
                        calls);
            } catch (ELException malformed) {
                // DiagramCheck tells it
            }
            return calls;
        }

        private static void collect(Node node, List<Call> calls) {
            if (node instanceof AstMethod && node.getChild(0).getChild(0) instanceof AstIdentifier bean) {
                List<Node> arguments = new ArrayList<>();
                for (int i = 0; i < node.getChild(1).getCardinality(); i++)
                    arguments.add(node.getChild(1).getChild(i));
                String method = node.getChild(0).toString(); // ". close"
                calls.add(new Call(bean.getName(), method.substring(method.lastIndexOf(' ') + 1), arguments));
            }
            for (int i = 0; i < node.getCardinality(); i++) collect(node.getChild(i), calls);
        }
    }

    private void given(String path, Element element, String text) {
        for (Call call : Call.in(text)) {
            List<String> parameters =
                    words.beans().getOrDefault(call.bean, Map.of()).getOrDefault(call.method, List.of());
            for (int i = 0; i < Math.min(parameters.size(), call.arguments.size()); i++) {
                String own = parameters.get(i);
                if (!words.own().containsKey(own)
                        || call.arguments.get(i) instanceof AstIdentifier named
                                && named.getName().equals(own)) continue;
                wrong(
                        path,
                        element,
                        "policy.diagram.argument.NOT_ITS_OWN",
                        Bpmn.cut(text),
                        call.bean,
                        call.method,
                        own);
            }
        }
    }

    private void written(String path, Element element) {
        if (Bpmn.CAMUNDA.equals(element.getNamespaceURI())) {
            String source = element.getAttribute("source"), name = element.getLocalName();
            if (Set.of("in", "out").contains(name) && element.hasAttribute("target"))
                writes(
                        path,
                        element,
                        element.getAttribute("target"),
                        element.hasAttribute("sourceExpression")
                                ? element.getAttribute("sourceExpression")
                                : "${" + source + "}");
            if (Set.of("inputParameter", "outputParameter").contains(name))
                writes(path, element, element.getAttribute("name"), SafeXml.text(element));
            if (element.hasAttribute("businessKey")
                    && !OWN_KEY.matcher(element.getAttribute("businessKey")).matches())
                wrong(
                        path,
                        element,
                        "policy.diagram.businessKey.NOT_ITS_OWN",
                        Bpmn.cut(element.getAttribute("businessKey")),
                        "#{execution.processBusinessKey}");
        }
        writes(path, element, Bpmn.camunda(element, "resultVariable"), Bpmn.camunda(element, "expression"));
        writes(path, element, Bpmn.camunda(element, "elementVariable"), Bpmn.camunda(element, "collection"));
        if (Bpmn.is(element, "inputDataItem")) writes(path, element, element.getAttribute("name"), "");
    }

    private void writes(String path, Element element, String variable, String from) {
        Set<String> makers = words.own().get(variable);
        String made = from.replaceAll("^[#$]\\{\\s*|\\s*}$", "");
        if (makers == null || made.equals(variable) || makers.contains(made)) return;
        String key =
                makers.isEmpty() ? "policy.diagram.variable.NOT_ITS_OWN" : "policy.diagram.madeVariable.NOT_ITS_OWN";
        wrong(path, element, key, variable, Bpmn.cut(from), new TreeSet<>(makers));
    }

    private void wrong(String path, Element element, String key, Object... values) {
        Bpmn.wrong(findings, path, element, key, values);
    }
}
