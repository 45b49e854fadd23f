package cn.jincai.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML from outside: no document type, so no entities, no bomb and no file or address fetched by reading it. */
public final class SafeXml {
    private SafeXml() {}

    private static DocumentBuilderFactory parsers() {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newDefaultNSInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parsers.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            parsers.setXIncludeAware(false);
            parsers.setExpandEntityReferences(false);
            return parsers;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The root, or empty with a finding. */
    public static Optional<Element> root(String path, byte[] content, Findings findings) {
        try {
            DocumentBuilder parser = parsers().newDocumentBuilder();
            parser.setErrorHandler(new Strict());
            parser.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            return Optional.of(parser.parse(new ByteArrayInputStream(content)).getDocumentElement());
        } catch (SAXParseException e) {
            boolean type = String.valueOf(e.getMessage()).contains("DOCTYPE");
            if (type) findings.add(path, "line " + e.getLineNumber(), "policy.xml.DOCTYPE_NOT_ALLOWED");
            else findings.add(path, "line " + e.getLineNumber(), "policy.xml.NO_XML");
        } catch (SAXException e) {
            findings.add(path, "", "policy.xml.NO_XML");
        } catch (IOException | ParserConfigurationException e) {
            findings.add(path, "", "policy.xml.encoding.NO_XML");
        }
        return Optional.empty();
    }

    public static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling())
            if (n instanceof Element e) children.add(e);
        return children;
    }

    /** The element itself and all below it, from top to bottom. */
    public static List<Element> all(Element element) {
        List<Element> all = new ArrayList<>(List.of(element));
        for (Element child : children(element)) all.addAll(all(child));
        return all;
    }

    /** Text that stands in the element itself. */
    public static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling())
            if (n.getNodeType() == Node.TEXT_NODE || n.getNodeType() == Node.CDATA_SECTION_NODE)
                text.append(n.getNodeValue());
        return text.toString().strip();
    }

    /** Silent and strict: what is not well-formed is thrown, not printed. */
    private static class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // a warning is no mistake
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
