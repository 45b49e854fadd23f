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
        return bombs;
    }

    /** A good PDF whose objects are packed, with as much behind them, behind their table and in the page's content as wanted. */
    static byte[] packed(String parameters, long objects, long places, long page) {
        String numbers = "1 0 2 " + OBJECTS.indexOf("<</Type/Pages") + " 3 " + OBJECTS.indexOf("<</Type/Page/") + " ";
        var pdf = new Pdf()
                .stream(
                        4,
                        "/Type/ObjStm/N 3/First " + numbers.length() + parameters,
                        content(numbers + OBJECTS, objects, (byte) ' '))
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
        ByteBuffer.wrap(png)
                .putInt(16, 49_000_000)
                .putInt(20, 1)
                .put(24, (byte) 16)
                .put(25, (byte) 6);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
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
        byte[] packed = new byte[plain.length / 500 + 1000];
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
