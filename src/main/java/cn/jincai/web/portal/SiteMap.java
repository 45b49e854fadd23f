package cn.jincai.web.portal;

import cn.jincai.policy.Packages;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.StringWriter;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What search engines find: the pages that anybody may read, in each language. Notices about people are none of them: they are gone on their day, and a copy would stay. */
@RestController
@Hidden
class SiteMap {
    private static final String SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9",
            XHTML = "http://www.w3.org/1999/xhtml";

    private final Packages packages;

    SiteMap(Packages packages) {
        this.packages = packages;
    }

    @GetMapping(value = "/robots.txt", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @PreAuthorize("permitAll()")
    String robots() {
        return """
                User-agent: *
                Allow: /$
                Allow: /schemes
                Allow: /screener
                Allow: /privacy
                Allow: /assets/
                Allow: /sitemap.xml
                Disallow: /
                Sitemap: %s/sitemap.xml
                """.formatted(here());
    }

    @GetMapping(value = "/sitemap.xml", produces = MediaType.APPLICATION_XML_VALUE + ";charset=UTF-8")
    @PreAuthorize("permitAll()")
    String sitemap() throws XMLStreamException {
        StringWriter written = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(written);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("urlset");
        xml.writeDefaultNamespace(SITEMAP);
        xml.writeNamespace("xhtml", XHTML);
        for (String path : Stream.concat(
                        Stream.of("/", "/schemes", "/screener", "/privacy"),
                        packages.offered().stream().map(pack -> "/schemes/" + pack.scheme()))
                .toList()) page(xml, here() + path);
        xml.writeEndElement();
        xml.writeEndDocument();
        return written.toString();
    }

    private static void page(XMLStreamWriter xml, String address) throws XMLStreamException {
        xml.writeStartElement("url");
        xml.writeStartElement("loc");
        xml.writeCharacters(address);
        xml.writeEndElement();
        for (var language : new String[][] {
            {"zh-CN", "?lang=zh"}, {"zh-Hant", "?lang=zh-Hant"}, {"en", "?lang=en"}, {"x-default", ""}
        }) {
            xml.writeEmptyElement("xhtml", "link", XHTML);
            xml.writeAttribute("rel", "alternate");
            xml.writeAttribute("hreflang", language[0]);
            xml.writeAttribute("href", address + language[1]);
        }
        xml.writeEndElement();
    }

    private static String here() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }
}
