package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.apache.ibatis.builder.xml.XMLMapperEntityResolver;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The engine's mapping files are read as the JDK's XPath would read them. */
class ChildrenByNameTest {
    private static final String FOLDER = "org/camunda/bpm/engine/impl/mapping/";
    private static final List<String> EXPRESSIONS = List.of(
            "/mapper/sql",
            "/mapper/resultMap",
            "/mapper/parameterMap",
            "/nothing/sql",
            "select|insert|update|delete",
            "selectKey",
            "include",
            "property",
            "if",
            "*",
            "//include",
            "sql[@id]",
            "@id",
            "..");

    private final XPath jdk = XPathFactory.newDefaultInstance().newXPath(), ours = new ChildrenByName().newXPath();

    @Test
    void eachNodeOfEachMappingFileHasTheChildrenThatTheJdkFinds() throws Exception {
        int files = 0;
        NodeList mappers =
                (NodeList) jdk.evaluate("//mapper/@resource", document("mappings.xml"), XPathConstants.NODESET);
        for (Node file : list(mappers)) {
            Document mapping = document(file.getNodeValue().substring(FOLDER.length()));
            files++;
            same(mapping);
            int seen = 0;
            for (Node statement : list(mapping.getDocumentElement().getChildNodes()))
                if (statement.getNodeType() == Node.ELEMENT_NODE && seen++ % 7 == 0) same(statement);
        }
        assertThat(files).isGreaterThan(40);
    }

    @Test
    void itIsThereOnlyWhileTheEngineReadsThem() {
        XPathFactory before = XPathFactory.newInstance();
        ChildrenByName.begin();
        XPathFactory meanwhile = XPathFactory.newInstance();
        ChildrenByName.end();
        assertThat(meanwhile).isInstanceOf(ChildrenByName.class);
        assertThat(before).isNotInstanceOf(ChildrenByName.class);
        assertThat(XPathFactory.newInstance()).hasSameClassAs(before);
    }

    private void same(Node node) throws XPathExpressionException {
        for (String expression : EXPRESSIONS)
            assertThat(list((NodeList) ours.evaluate(expression, node, XPathConstants.NODESET)))
                    .as(expression + " of " + node.getNodeName())
                    .isEqualTo(list((NodeList) jdk.evaluate(expression, node, XPathConstants.NODESET)));
        assertThat(ours.evaluate("count(*)", node)).isEqualTo(jdk.evaluate("count(*)", node));
    }

    private static List<Node> list(NodeList nodes) {
        return new ArrayList<>(
                IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList());
    }

    private static Document document(String name) throws Exception {
        DocumentBuilder reader = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        reader.setEntityResolver(new XMLMapperEntityResolver());
        try (InputStream file = ProcessEngine.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return reader.parse(file);
        }
    }
}
