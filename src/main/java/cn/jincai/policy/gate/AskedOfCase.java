package cn.jincai.policy.gate;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SafeXml;
import cn.jincai.policy.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.Node;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** Codes that a diagram asks a case for: a benefit, a fact with what it may be. With a slip in one of them the answer would be no for ever. */
final class AskedOfCase {
    private static final Pattern ASKS = Pattern.compile("reviews\\s*\\.\\s*grants\\b|cases\\s*\\.\\s*factIs");

    private final Scheme scheme;
    private final Findings findings;

    private AskedOfCase(Scheme scheme, Findings findings) {
        this.scheme = scheme;
        this.findings = findings;
    }

    static void check(PolicyPackage candidate, Findings findings) {
        AskedOfCase check = new AskedOfCase(candidate.catalogue(), findings);
        candidate.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn")
                    && ASKS.matcher(new String(content, StandardCharsets.UTF_8)).find())
                SafeXml.root(path, content, new Findings())
                        .ifPresent(root -> SafeXml.all(root).forEach(element -> check.element(path, element)));
        });
    }

    private void element(String path, Element element) {
        text(path, element, SafeXml.text(element));
        for (Attr attribute : Bpmn.attributes(element)) text(path, element, attribute.getValue());
    }

    private void text(String path, Element element, String text) {
        for (OwnCaseCheck.Call call : OwnCaseCheck.Call.in(text)) {
            List<Node> given = call.arguments();
            String name = call.bean() + "." + call.method();
            if (name.equals("reviews.grants") && given.size() == 2) benefit(path, element, given.get(1));
            if (name.equals("cases.factIs") && given.size() == 3) fact(path, element, given.get(1), given.get(2));
        }
    }

    private void benefit(String path, Element element, Node code) {
        List<String> known =
                scheme.benefits().stream().map(Scheme.Benefit::code).toList();
        if (!known.contains(literal(code))) wrong(path, element, literal(code), known);
    }

    /** Only of a fact with a list of codes, or yes and no: what may be anything is no way to go by. */
    private void fact(String path, Element element, Node name, Node code) {
        Scheme.Fact fact = scheme.fact(literal(name)).orElse(null);
        List<String> known = fact == null
                ? List.of()
                : fact.type() == Scheme.Type.BOOLEAN
                        ? List.of("true", "false")
                        : fact.values().stream().map(Scheme.Value::code).toList();
        if (known.isEmpty())
            wrong(
                    path,
                    element,
                    literal(name),
                    scheme.facts().stream()
                            .filter(one -> one.type() == Scheme.Type.BOOLEAN
                                    || !one.values().isEmpty())
                            .map(Scheme.Fact::name)
                            .collect(Collectors.toList()));
        else if (!known.contains(literal(code))) wrong(path, element, literal(code), known);
    }

    private static String literal(Node node) {
        return node instanceof AstString text ? String.valueOf(text.eval(null, null)) : node.toString();
    }

    private void wrong(String path, Element element, String found, List<String> known) {
        Bpmn.wrong(findings, path, element, "policy.diagram.ASKED_UNKNOWN", found, known);
    }
}
