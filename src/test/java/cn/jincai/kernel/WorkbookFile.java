package cn.jincai.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook part by part, so that it can also be one that no honest program would save. */
public final class WorkbookFile {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.",
            PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

    private final Map<String, String> parts = new LinkedHashMap<>();

    /** @param rows of its one sheet, as XML */
    public WorkbookFile(String rows) {
        part("[Content_Types].xml", """
            <Types xmlns="%scontent-types"><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/></Types>""".formatted(PACKAGE, SHEETS, SHEETS, SHEETS));
        part("_rels/.rels", relation("officeDocument", "xl/workbook.xml"));
        part("xl/workbook.xml", """
            <workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="回执" sheetId="1" r:id="r1"/></sheets></workbook>""".formatted(MAIN, OFFICE));
        part("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"));
        part("xl/styles.xml", """
            <styleSheet xmlns="%s"><numFmts count="1"><numFmt numFmtId="164" formatCode="0000"/></numFmts><cellXfs count="3">
            <xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>""".formatted(MAIN));
        part(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
    }

    private static String relation(String kind, String target) {
        return "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"r1\" Type=\"%s/%s\" Target=\"%s\"/></Relationships>"
                .formatted(PACKAGE, OFFICE, kind, target);
    }

    public WorkbookFile part(String name, String content) {
        parts.put(name, content);
        return this;
    }

    /** A row of texts, as most are. */
    public static String row(int number, String... texts) {
        var row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < texts.length; i++)
            row.append("<c r=\"%s%d\" t=\"inlineStr\"><is><t>%s</t></is></c>"
                    .formatted((char) ('A' + i), number, texts[i]));
        return row.append("</row>").toString();
    }

    /** @param cells each with its attributes and content, as {@code  t="b"><v>1</v>} */
    public static String cells(int number, String... cells) {
        var row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++)
            if (!cells[i].isEmpty()) row.append("<c r=\"%s%d\"%s</c>".formatted((char) ('A' + i), number, cells[i]));
        return row.append("</row>").toString();
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
