package cn.jincai.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Small files that ask for more memory than there is, each of its own way. */
final class Bombs {
    private static final String OBJECTS =
            "<</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Kids[3 0 R]/Count 1>> <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 6 0 R>> ";

    private Bombs() {}

    /** @return each kind by its name */
    static Map<String, byte[]> all() {
        Map<String, byte[]> bombs = new LinkedHashMap<>();
        bombs.put("2 GB of objects", packed("", 2_000_000_000L, 0, 0));
        bombs.put("400 MB of objects", packed("", 400_000_000, 0, 0));
        bombs.put("2 GB of places", packed("", 0, 2_000_000_000L, 0));
        bombs.put("2 GB of objects in disguise", disguised(packed("", 2_000_000_000L, 0, 0)));
        bombs.put("2 GB of places in disguise", disguised(packed("", 0, 2_000_000_000L, 0)));
        bombs.put("400 MB in a page", packed("", 0, 0, 400_000_000));
        bombs.put("2 GB in a page", packed("", 0, 0, 2_000_000_000L));
        bombs.put("a row of a gigabyte", packed("/DecodeParms<</Predictor 12/Columns 1000000000>>", 0, 0, 0));
        bombs.put("entries without end", table("/Foo/XRef/W[0 0 0]/Size 2000000000"));
        bombs.put(
                "entries of one byte",
                new Pdf()
                        .object(1, "<</Type/Catalog/Pages 2 0 R>>").stream(
                                        5,
                                        "/Type/XRef/W[1 0 0]/Size 2000000000/Root 1 0 R",
                                        content("\1", 15_000_000, (byte) 1))
                                .end(5));
        bombs.put("five million lists", lists("[]", 4_900_000));
        bombs.put("millions of dictionaries", lists("<<>>", 2_400_000));
        bombs.put("a line of fifty million", line());
        bombs.put("millions of fractions packed", repeated("1. ", 15_000_000));
        bombs.put("millions of references packed", repeated("9 0 R ", 15_000_000));
        bombs.put("lists within lists", inCatalogue("/Names" + "[".repeat(5_000_000)));
        bombs.put("dictionaries within dictionaries", inCatalogue("/Names" + "<</A".repeat(2_000_000)));
        bombs.put("texts within texts", inCatalogue("/Names" + "(".repeat(5_000_000)));
        bombs.put("a page a million times", pages("[" + "3 0 R ".repeat(900_000) + "]", ""));
        bombs.put("pages behind a long way", longWay(400, 900_000));
        bombs.put("pages in a circle", pages("[2 0 R]", ""));
        bombs.put("streams that never end", broken("1 0 obj<<>>stream\n", 500_000));
        bombs.put("objects that never end", broken("1 0 obj<<", 1_000_000));
        bombs.put("objects in each line", broken("9 0 obj\n", 1_000_000));
        bombs.put("tables everywhere", broken("xref\n0 1\ntrailer<</Size 1>>\n", 300_000));
        bombs.put("table of objects in a circle", circle());
        bombs.put("a length that is its own", ownLength());
        bombs.put("3600 million points as JPEG", jpeg(Uploads.picture("jpeg", 800, 600), 60_000, 60_000));
        bombs.put("3600 million points as PNG", png(Uploads.picture("png", 10, 10), 60_000, 60_000));
        bombs.put("a picture in very many layers", layers(Uploads.progressive(800, 600), 100_000));
        bombs.put("layers of 199 million points", jpeg(Uploads.progressive(800, 600), 19_900, 10_000));
        return bombs;
    }

    /** Small files that ask for much of those who would give it; here nobody does. */
    static Map<String, byte[]> disarmed() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("parents in a circle", pages("[3 0 R]", "/Parent 3 0 R"));
        for (String kind : new String[] {"zTXt", "iTXt", "iCCP"}) files.put("9 GB in a note " + kind, note(kind));
        return files;
    }

    /** A page to read, and something beside. */
    static byte[] inCatalogue(String entries) {
        return new Pdf()
                .object(1, "<</Type/Catalog/Pages 2 0 R" + entries + ">>")
                .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
                .object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>")
                .plainEnd();
    }

    private static byte[] pages(String kids, String ofThePage) {
        return new Pdf()
                .object(1, "<</Type/Catalog/Pages 2 0 R>>")
                .object(2, "<</Type/Pages/Kids" + kids + "/Count 1>>")
                .object(3, "<</Type/Page/Parent 2 0 R" + ofThePage + ">>")
                .plainEnd();
    }

    /** Nodes one below the other, and at the last one all the pages, none of which says how large it is. */
    private static byte[] longWay(int nodes, int pages) {
        var pdf = new Pdf()
                .object(1, "<</Type/Catalog/Pages 3 0 R>>")
                .object(2, "<</Type/Page/Parent " + (nodes + 2) + " 0 R>>");
        for (int node = 3; node < nodes + 2; node++)
            pdf.object(node, "<</Type/Pages/Parent " + (node - 1) + " 0 R/Count 1/Kids[" + (node + 1) + " 0 R]>>");
        return pdf.object(
                        nodes + 2,
                        "<</Type/Pages/Count 1/Parent " + (nodes + 1) + " 0 R/Kids[" + "2 0 R ".repeat(pages) + "]>>")
                .plainEnd();
    }

    private static byte[] repeated(String text, int length) {
        return packed("", 0, 0, 0, text.repeat(length / text.length()));
    }

    /** Whatever it holds has to be looked for, as no table says where it is. */
    private static byte[] broken(String text, int count) {
        var pdf = new Pdf();
        pdf.write(text.repeat(count));
        return pdf.lostEnd();
    }

    private static byte[] circle() {
        var pdf = new Pdf().object(1, "<</Type/Catalog/Pages 2 0 R>>");
        int at = pdf.file.size();
        pdf.write("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 3/Root 1 0 R/Prev " + at + ">>\nstartxref\n" + at
                + "\n%%EOF\n");
        return pdf.file.toByteArray();
    }

    private static byte[] ownLength() {
        var pdf = new Pdf()
                .object(1, "<</Type/Catalog/Pages 4 0 R>>")
                .object(4, "<</Type/Pages/Kids[4 0 R]/Length 4 0 R>>\nstream\nabc\nendstream");
        return pdf.plainEnd();
    }

    static byte[] jpeg(byte[] jpeg, int width, int height) {
        for (int at = 2; ; at += 2 + (jpeg[at + 2] & 0xFF) * 256 + (jpeg[at + 3] & 0xFF))
            if (jpeg[at + 1] == (byte) 0xC0 || jpeg[at + 1] == (byte) 0xC2) {
                ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
                return jpeg;
            }
    }

    static byte[] png(byte[] png, int width, int height) {
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    /** The last layer again and again. */
    private static byte[] layers(byte[] progressive, int times) {
        int last = progressive.length - 2;
        while (progressive[last] != (byte) 0xFF || progressive[last + 1] != (byte) 0xDA) last--;
        var all = new ByteArrayOutputStream();
        all.write(progressive, 0, last);
        byte[] scan = Arrays.copyOfRange(progressive, last, Math.min(last + 60, progressive.length - 2));
        for (int i = 0; i < times; i++) all.writeBytes(scan);
        all.write(0xFF);
        all.write(0xD9);
        return all.toByteArray();
    }

    private static byte[] note(String kind) {
        byte[] png = Uploads.colourful();
        byte[] packed = content("", 9_000_000_000L, (byte) 'a');
        byte[] head = (kind.equals("iTXt") ? "Comment\0\1\0\0\0" : "Comment\0\0").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(png.length + 12 + head.length + packed.length);
        file.put(png, 0, 33).putInt(head.length + packed.length);
        int begin = file.position();
        file.put(kind.getBytes(StandardCharsets.ISO_8859_1)).put(head).put(packed);
        var crc = new CRC32();
        crc.update(file.array(), begin, file.position() - begin);
        file.putInt((int) crc.getValue()).put(png, 33, png.length - 33);
        return file.array();
    }

    /** A good PDF whose objects are packed, with as much behind them, behind their table and in the page's content as wanted. */
    static byte[] packed(String parameters, long objects, long places, long page) {
        return packed(parameters, objects, places, page, "");
    }

    private static byte[] packed(String parameters, long objects, long places, long page, String list) {
        String numbers = "1 0 2 " + OBJECTS.indexOf("<</Type/Pages") + " 3 " + OBJECTS.indexOf("<</Type/Page/") + " ";
        String all = OBJECTS.replace("/Contents", "/List[" + list + "]/Contents");
        var pdf = new Pdf()
                .stream(
                        4,
                        "/Type/ObjStm/N 3/First " + numbers.length() + parameters,
                        content(numbers + all, objects, (byte) ' '))
                        .stream(6, "", content("0 0 50 50 re f ", page, (byte) ' '));
        var table = new StringBuilder("\0\0\0\0\0");
        for (int i = 0; i < 3; i++) table.append("\2\0\0\4").append((char) i);
        table.append(pdf.place(4)).append("\0\0\0\0\0").append(pdf.place(6));
        return pdf.stream(5, "/Type/XRef/W[1 3 1]/Size 7/Root 1 0 R", content(table.toString(), places, (byte) 0))
                .end(5);
    }

    /** Nothing to be afraid of, only long: each page with notes and fields of its own. */
    static byte[] report(int pages) throws IOException {
        try (var document = new PDDocument();
                var out = new ByteArrayOutputStream()) {
            for (int i = 0; i < pages; i++) {
                var page = new PDPage();
                for (int n = 0; n < 20; n++)
                    page.getCOSObject().setItem(COSName.getPDFName("Note" + n), new PDRectangle(i, n, 100, 20));
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.addRect(50, 50, 100 + i, 100);
                    content.fill();
                }
            }
            document.save(out);
            return out.toByteArray();
        }
    }

    /** Nine megabytes of a picture, and a table of objects that leads nowhere. */
    static byte[] scanWithoutTable() {
        byte[] picture = new byte[9_000_000];
        new Random(20261129).nextBytes(picture);
        return new Pdf()
                        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
                        .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
                        .object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>")
                        .stream(4, "", picture)
                        .lostEnd();
    }

    private static byte[] table(String entries) {
        return new Pdf()
                .object(1, "<</Type/Catalog/Pages 2 0 R>>").stream(
                                5, entries + "/Root 1 0 R", content("a", 10, (byte) 'a'))
                        .end(5);
    }

    private static byte[] lists(String one, int count) {
        return new Pdf()
                .object(1, "<</Type/Catalog/Pages 2 0 R/Names[" + one.repeat(count) + "]>>")
                .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
                .object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>")
                .plainEnd();
    }

    /** One line of a PNG, sixteen bits deep and in four colours. */
    private static byte[] line() {
        byte[] png = Uploads.picture("png", 10, 10);
        png[24] = 16;
        png[25] = 6;
        return png(png, 49_000_000, 1);
    }

    static byte[] zip(String name, long length) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            byte[] piece = new byte[1_000_000];
            for (long left = length; left > 0; left -= piece.length)
                zip.write(piece, 0, (int) Math.min(left, piece.length));
        }
        return file.toByteArray();
    }

    /** Megabytes of one sign are the same thousand bytes again and again, as a compressor would write them that begins anew with each. */
    private static byte[] content(String begin, long padding, byte with) {
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater();
        packed.writeBytes(packed(deflater, begin.getBytes(StandardCharsets.ISO_8859_1)));
        byte[] piece = new byte[1_000_000];
        Arrays.fill(piece, with);
        byte[] packedPiece = packed(deflater, piece);
        for (long left = padding; left > 0; left -= piece.length) packed.writeBytes(packedPiece);
        packed.write(3);
        packed.write(0);
        deflater.end();
        return packed.toByteArray();
    }

    private static byte[] packed(Deflater deflater, byte[] plain) {
        byte[] packed = new byte[plain.length / 100 + 1000];
        deflater.setInput(plain);
        return Arrays.copyOf(packed, deflater.deflate(packed, 0, packed.length, Deflater.FULL_FLUSH));
    }

    /** Readers of PDF pass over the two bytes that say how it is packed; who looks for packed content by them finds none. */
    private static byte[] disguised(byte[] pdf) {
        for (int i = 0; i + 1 < pdf.length; i++) if (pdf[i] == 0x78 && pdf[i + 1] == (byte) 0x9C) pdf[i] = 0;
        return pdf;
    }

    private static final class Pdf {
        private final ByteArrayOutputStream file = new ByteArrayOutputStream();
        private final Map<Integer, Integer> places = new TreeMap<>();

        Pdf() {
            write("%PDF-1.5\n");
        }

        Pdf object(int number, String object) {
            places.put(number, file.size());
            write(number + " 0 obj\n" + object + "\nendobj\n");
            return this;
        }

        Pdf stream(int number, String entries, byte[] content) {
            places.put(number, file.size());
            write(number + " 0 obj\n<<" + entries + "/Filter/FlateDecode/Length " + content.length + ">>\nstream\n");
            file.writeBytes(content);
            write("\nendstream\nendobj\n");
            return this;
        }

        /** An entry of the table: where the object lies, in three bytes. */
        String place(int number) {
            int at = places.get(number);
            return "\1" + (char) (at >> 16) + (char) (at >> 8 & 0xFF) + (char) (at & 0xFF) + "\0";
        }

        byte[] end(int table) {
            write("startxref\n" + places.get(table) + "\n%%EOF\n");
            return file.toByteArray();
        }

        byte[] plainEnd() {
            int at = file.size();
            write("xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
            places.values().forEach(place -> write("%010d 00000 n \n".formatted(place)));
            write("trailer\n<</Size " + (places.size() + 1) + "/Root 1 0 R>>\nstartxref\n" + at + "\n%%EOF\n");
            return file.toByteArray();
        }

        byte[] lostEnd() {
            write("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n77777\n%%EOF\n");
            return file.toByteArray();
        }

        private void write(String text) {
            file.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
