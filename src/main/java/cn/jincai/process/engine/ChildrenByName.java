package cn.jincai.process.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathFunctionResolver;
import javax.xml.xpath.XPathVariableResolver;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * XPath for the time in which the engine reads its mapping files. For each statement in them it asks for children of a name, and the JDK's XPath numbers the nodes around anew for
 * each such question: an eighth of the whole start. They are looked up directly here; every other question goes to the JDK's.
 */
public final class ChildrenByName extends XPathFactory {
    private static final String CHOSEN = XPathFactory.DEFAULT_PROPERTY_NAME + ":" + DEFAULT_OBJECT_MODEL_URI;
    /** {@code sql}, {@code select|insert}, {@code /mapper/sql} */
    private static final Pattern UNDERSTOOD = Pattern.compile("\\w+(\\|\\w+)*|/(?<root>\\w+)/(?<name>\\w+)");

    private static final Map<String, Optional<Question>> ASKED = new ConcurrentHashMap<>();

    private final XPathFactory jdk = newDefaultInstance();

    public static void begin() {
        System.setProperty(CHOSEN, ChildrenByName.class.getName());
    }

    public static void end() {
        System.clearProperty(CHOSEN);
    }

    @Override
    public XPath newXPath() {
        XPath whole = jdk.newXPath();
        return (XPath) Proxy.newProxyInstance(
                ChildrenByName.class.getClassLoader(), new Class<?>[] {XPath.class}, (proxy, method, values) -> {
                    if (method.getName().equals("evaluate")
                            && values.length == 3
                            && values[1] instanceof Node parent
                            && XPathConstants.NODESET.equals(values[2])) {
                        var question = ASKED.computeIfAbsent((String) values[0], Question::of);
                        if (question.isPresent()) return question.get().askedOf(parent);
                    }
                    try {
                        return method.invoke(whole, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** @param root the document's own element, of which it is asked; null for the node at hand */
    private record Question(@Nullable String root, Set<String> names) {
        static Optional<Question> of(String expression) {
            Matcher parts = UNDERSTOOD.matcher(expression);
            if (!parts.matches()) return Optional.empty();
            String root = parts.group("root");
            return Optional.of(new Question(
                    root, Set.of(root == null ? expression.split("\\|") : new String[] {parts.group("name")})));
        }

        NodeList askedOf(Node node) {
            if (root == null) return new Children(children(node));
            Element whole =
                    (node instanceof Document document ? document : node.getOwnerDocument()).getDocumentElement();
            return new Children(whole.getNodeName().equals(root) ? children(whole) : List.of());
        }

        private List<Node> children(Node parent) {
            List<Node> found = new ArrayList<>();
            for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling())
                if (child.getNodeType() == Node.ELEMENT_NODE && names.contains(child.getNodeName())) found.add(child);
            return found;
        }
    }

    private record Children(List<Node> found) implements NodeList {
        @Override
        public @Nullable Node item(int index) {
            return index < found.size() ? found.get(index) : null;
        }

        @Override
        public int getLength() {
            return found.size();
        }
    }

    @Override
    public boolean isObjectModelSupported(String model) {
        return jdk.isObjectModelSupported(model);
    }

    @Override
    public void setFeature(String name, boolean value) throws XPathFactoryConfigurationException {
        jdk.setFeature(name, value);
    }

    @Override
    public boolean getFeature(String name) throws XPathFactoryConfigurationException {
        return jdk.getFeature(name);
    }

    @Override
    public void setXPathVariableResolver(XPathVariableResolver resolver) {
        jdk.setXPathVariableResolver(resolver);
    }

    @Override
    public void setXPathFunctionResolver(XPathFunctionResolver resolver) {
        jdk.setXPathFunctionResolver(resolver);
    }
}
