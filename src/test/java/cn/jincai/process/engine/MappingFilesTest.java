package cn.jincai.process.engine;

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

/** The engine's mapping files are read as the JDK by itself would read them. */
class MappingFilesTest {
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
        for (String file : files()) {
            Document mapping = validated(file);
            same(mapping);
            int seen = 0;
            for (Node statement : list(mapping.getDocumentElement().getChildNodes()))
                if (statement.getNodeType() == Node.ELEMENT_NODE && seen++ % 7 == 0) same(statement);
        }
    }

    @Test
    void eachMappingFileIsTheSameWithoutItsGrammar() throws Exception {
        for (String file : files())
            assertThat(read(file, new WithoutItsGrammar().newDocumentBuilder())
                            .getDocumentElement()
                            .isEqualNode(validated(file).getDocumentElement()))
                    .as(file)
                    .isTrue();
    }

    @Test
    void bothAreThereOnlyWhileTheEngineReadsThem() {
        ChildrenByName.begin();
        WithoutItsGrammar.begin();
        assertThat(XPathFactory.newInstance()).isInstanceOf(ChildrenByName.class);
        assertThat(DocumentBuilderFactory.newInstance()).isInstanceOf(WithoutItsGrammar.class);
        ChildrenByName.end();
        WithoutItsGrammar.end();
        assertThat(XPathFactory.newInstance()).isNotInstanceOf(ChildrenByName.class);
        assertThat(DocumentBuilderFactory.newInstance()).isNotInstanceOf(WithoutItsGrammar.class);
    }

    private List<String> files() throws Exception {
        List<String> files = list((NodeList)
                        jdk.evaluate("//mapper/@resource", validated("mappings.xml"), XPathConstants.NODESET))
                .stream()
                .map(file -> file.getNodeValue().substring(FOLDER.length()))
                .toList();
        assertThat(files).hasSizeGreaterThan(40);
        return files;
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

    private static Document validated(String name) throws Exception {
        DocumentBuilderFactory asDelivered = DocumentBuilderFactory.newDefaultInstance();
        asDelivered.setValidating(true);
        DocumentBuilder reader = asDelivered.newDocumentBuilder();
        reader.setErrorHandler(null);
        return read(name, reader);
    }

    private static Document read(String name, DocumentBuilder reader) throws Exception {
        reader.setEntityResolver(new XMLMapperEntityResolver());
        try (InputStream file = ProcessEngine.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return reader.parse(file);
        }
    }
}
