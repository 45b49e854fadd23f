package cn.jincai.web.portal;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.review.notice.NoticeBoard;
import cn.jincai.review.notice.Notices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Public notices as an Atom feed (RFC 4287), a page of it at a time (RFC 5005). Those that were removed are named as deleted entries (RFC 6721), so that whoever took them over removes
 * them too. What it says of a notice is what its page says, never more.
 */
@Component
class NoticeFeed {
    private static final String ATOM = "http://www.w3.org/2005/Atom",
            TOMBSTONES = "http://purl.org/atompub/tombstones/1.0",
            TAG = "tag:jincai.cn,2026:";

    private final MessageSource messages;
    private final Formats formats;

    NoticeFeed(MessageSource messages, Formats formats) {
        this.messages = messages;
        this.formats = formats;
    }

    /**
     * @param base    what stands before the portal's own addresses
     * @param removed for the first page; empty for the others
     */
    byte[] of(
            Page<Notices.Notice> page, List<NoticeBoard.Removed> removed, LocalDate today, String base, Locale locale) {
        var bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            xml.writeNamespace("at", TOMBSTONES);
            xml.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", locale.toLanguageTag());
            head(xml, page, updated(page, removed, today), base, locale);
            for (Notices.Notice notice : page.items()) entry(xml, notice, base, locale);
            for (NoticeBoard.Removed one : removed) {
                xml.writeEmptyElement("at", "deleted-entry", TOMBSTONES);
                xml.writeAttribute("ref", id(one.id()));
                xml.writeAttribute("when", time(one.at()));
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a feed in memory could not be written", e);
        }
        return bytes.toByteArray();
    }

    private void head(XMLStreamWriter xml, Page<Notices.Notice> page, Instant updated, String base, Locale locale)
            throws XMLStreamException {
        element(xml, "id", TAG + "notices");
        element(xml, "title", said(locale, "notices.title") + " · " + said(locale, "product.name"));
        element(xml, "subtitle", said(locale, "notices.lead"));
        element(xml, "updated", time(updated));
        xml.writeStartElement("author");
        element(xml, "name", said(locale, "product.name"));
        xml.writeEndElement();
        link(xml, "self", address(base, page.page()), "application/atom+xml");
        link(xml, "alternate", base + "/notices", "text/html");
        if (page.page() > 0) link(xml, "previous", address(base, page.page() - 1), "application/atom+xml");
        if ((page.page() + 1L) * page.size() < page.total())
            link(xml, "next", address(base, page.page() + 1), "application/atom+xml");
    }

    private static String address(String base, int page) {
        return base + "/notices/feed" + (page == 0 ? "" : "?page=" + page);
    }

    private void entry(XMLStreamWriter xml, Notices.Notice notice, String base, Locale locale)
            throws XMLStreamException {
        xml.writeStartElement("entry");
        element(xml, "id", id(notice.id()));
        element(
                xml,
                "title",
                notice.name() + " · " + formats.text(notice.schemeName())
                        + (notice.sample() ? " · " + said(locale, "cases.sample") : ""));
        element(xml, "published", time(begins(notice.from())));
        element(xml, "updated", time(begins(notice.from())));
        link(xml, "alternate", base + "/notices/" + notice.id(), "text/html");
        xml.writeEmptyElement("category");
        xml.writeAttribute("term", notice.batch());
        xml.writeAttribute(
                "label",
                said(locale, "notice.batch.of", formats.text(notice.schemeName()), formats.date(notice.from())));
        xml.writeStartElement("content");
        xml.writeAttribute("type", "text");
        xml.writeCharacters(content(notice, locale));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private String content(Notices.Notice notice, Locale locale) {
        Stream<String> who = Stream.of(
                notice.sample() ? said(locale, "cases.sample") : "",
                line(locale, "notice.name", notice.name()),
                notice.documentType() == null
                        ? ""
                        : line(locale, "notice.document", said(locale, "document." + notice.documentType())),
                notice.employer() == null ? "" : line(locale, "notice.employer", notice.employer()),
                line(locale, "notice.scheme", formats.text(notice.schemeName())));
        Stream<String> what = notice.benefits().stream().map(b -> formats.text(b.name()) + " " + shown(b, locale));
        Stream<String> when = Stream.of(
                line(
                        locale,
                        "notice.period",
                        said(locale, "notices.period", formats.date(notice.from()), formats.date(notice.to()))),
                formats.text(notice.howToObject()));
        return Stream.of(who, what, when)
                .flatMap(lines -> lines)
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String shown(Notices.Shown benefit, Locale locale) {
        String level = benefit.level() == null ? "" : said(locale, "level", benefit.level());
        return (level + " " + (benefit.amount().fen() > 0 ? formats.sum(benefit.amount()) : "")).strip();
    }

    private String line(Locale locale, String key, String value) {
        return said(locale, "notice.line", said(locale, key), value);
    }

    private String said(Locale locale, String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }

    private static Instant updated(Page<Notices.Notice> page, List<NoticeBoard.Removed> removed, LocalDate today) {
        return Stream.concat(
                        page.items().stream().map(n -> begins(n.from())),
                        removed.stream().map(NoticeBoard.Removed::at))
                .max(Instant::compareTo)
                .orElseGet(() -> begins(today));
    }

    private static Instant begins(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toInstant();
    }

    private static String id(long notice) {
        return TAG + "notice/" + notice;
    }

    private static String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(CityClock.ZONE));
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href, String type) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
        xml.writeAttribute("type", type);
    }
}
