package cn.jincai.process;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.IdentifierNode;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;

/**
 * The last door before a diagram runs, whichever way it came: nothing in it may execute code, and its expressions name only known beans.
 * Definitions are read again after each start, so what was deployed before a rule existed is held to it as well.
 */
class DiagramRules extends AbstractBpmnParseListener {
    /** The engine reads both names for its own attributes. */
    private static final Set<String> EXTENSIONS =
            Set.of("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");

    private static final Set<String> ELEMENTS =
            Set.of("scriptTask", "script", "connector", "businessRuleTask", "sendTask", "formData");
    /** Attributes by which a diagram names a class, a bean, a script, a program, a page or a queue to be run. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "class",
            "delegateExpression",
            "scriptFormat",
            "resource",
            "type",
            "topic",
            "formKey",
            "formHandlerClass",
            "variableMappingClass",
            "variableMappingDelegateExpression",
            "decisionRef",
            "caseRef",
            "language");

    private static final Set<String> OF_THE_ENGINE = Set.of(
            "execution", "task", "loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances");

    @Override
    public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
        var mistakes = new ArrayList<Mistake>();
        check(root, "definitions", mistakes);
        if (!mistakes.isEmpty())
            throw new Problem(
                    Problem.Kind.INVALID,
                    "DIAGRAM_REFUSED",
                    Text.of(
                            "process.diagram.DIAGRAM_REFUSED",
                            Text.joined(
                                    "process.diagram.and",
                                    mistakes.stream().map(Mistake::message).toList())),
                    mistakes);
    }

    private void check(Element element, String inside, List<Mistake> mistakes) {
        String id = element.attribute("id") == null ? inside : element.attribute("id");
        if (ELEMENTS.contains(element.getTagName())) refuse(mistakes, id, "<" + element.getTagName() + ">");
        for (String attribute : element.attributes()) {
            if (runsCode(element, attribute)) refuse(mistakes, id, attribute.substring(attribute.lastIndexOf(':') + 1));
            expression(element.attribute(attribute), id, mistakes);
        }
        expression(element.getText(), id, mistakes);
        for (Element child : element.elements()) check(child, id, mistakes);
    }

    /** @param attribute with its namespace before it, where it has one */
    private static boolean runsCode(Element element, String attribute) {
        int colon = attribute.lastIndexOf(':');
        String namespace = colon < 0 ? element.getUri() : attribute.substring(0, colon);
        boolean condition =
                colon < 0 && element.getTagName().equals("conditionExpression") && attribute.equals("language");
        return condition || EXTENSIONS.contains(namespace) && ATTRIBUTES.contains(attribute.substring(colon + 1));
    }

    private static void expression(String text, String id, List<Mistake> mistakes) {
        if (text == null || !(text.contains("${") || text.contains("#{"))) return;
        String expression = text.strip();
        try {
            var tree = new Builder(Builder.Feature.METHOD_INVOCATIONS).build(expression);
            if (tree.getFunctionNodes().iterator().hasNext()) refuse(mistakes, id, expression);
            for (IdentifierNode node : tree.getIdentifierNodes())
                if (!allowed(node.getName())) refuse(mistakes, id, expression);
        } catch (ELException malformed) {
            refuse(mistakes, id, expression);
        }
    }

    /** A bean on the list, a variable that is declared, or what the engine itself provides. */
    private static boolean allowed(String name) {
        return SafeEl.BEANS.contains(name) || Variable.BY_NAME.containsKey(name) || OF_THE_ENGINE.contains(name);
    }

    private static void refuse(List<Mistake> mistakes, String id, String what) {
        mistakes.add(Mistake.of(id, "process.diagram.NOT_ALLOWED", id, what));
    }
}
