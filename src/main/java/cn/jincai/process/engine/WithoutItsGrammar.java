package cn.jincai.process.engine;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * Reads the engine's mapping files as they are, without reading their grammar anew for each and checking each against it: who delivers them has done that, and at each start it would take
 * a twentieth of the time. What is read is the same, as the grammar gives no attribute a value of its own.
 */
public final class WithoutItsGrammar extends DocumentBuilderFactory {
    private static final String CHOSEN = DocumentBuilderFactory.class.getName(),
            GRAMMAR = "http://apache.org/xml/features/nonvalidating/load-external-dtd";

    private final DocumentBuilderFactory jdk = newDefaultInstance();

    public static void begin() {
        System.setProperty(CHOSEN, WithoutItsGrammar.class.getName());
    }

    public static void end() {
        System.clearProperty(CHOSEN);
    }

    @Override
    public DocumentBuilder newDocumentBuilder() throws ParserConfigurationException {
        jdk.setNamespaceAware(isNamespaceAware());
        jdk.setIgnoringComments(isIgnoringComments());
        jdk.setIgnoringElementContentWhitespace(false);
        jdk.setCoalescing(isCoalescing());
        jdk.setExpandEntityReferences(isExpandEntityReferences());
        jdk.setFeature(GRAMMAR, false);
        return jdk.newDocumentBuilder();
    }

    @Override
    public void setAttribute(String name, Object value) {
        jdk.setAttribute(name, value);
    }

    @Override
    public Object getAttribute(String name) {
        return jdk.getAttribute(name);
    }

    @Override
    public void setFeature(String name, boolean value) throws ParserConfigurationException {
        jdk.setFeature(name, value);
    }

    @Override
    public boolean getFeature(String name) throws ParserConfigurationException {
        return jdk.getFeature(name);
    }
}
