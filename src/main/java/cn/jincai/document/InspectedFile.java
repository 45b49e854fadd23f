package cn.jincai.document;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;

/** A file that is what it seems: of a known type by its content whatever its name, complete, and small enough to be looked at. */
public record InspectedFile(String type, byte[] content, String sha256) {
    private static final Tika TIKA = new Tika();
    private static final Map<String, String> ENDINGS =
            Map.of("application/pdf", ".pdf", "image/jpeg", ".jpg", "image/png", ".png");
    private static final long MOST_PIXELS = 50_000_000;
    // a line is unpacked as a whole
    private static final int LONGEST_LINE = 65_535;
    private static final int LONGEST_NAME = 120;
    private static final int IEND = 0x49454E44;
    // PDF readers look for the end mark in the last kilobyte
    private static final int TAIL = 1024;

    static InspectedFile of(byte[] content) {
        if (content.length == 0) throw Problem.invalid("file", "document.file.EMPTY_FILE");
        if (content.length > Evidence.LARGEST) throw tooLarge();
        String type = TIKA.detect(content);
        switch (type) {
            case "application/pdf" -> lookAtPdf(content);
            case "image/jpeg", "image/png" -> lookAtImage(content, type);
            default -> throw Problem.invalid("file", "document.file.FILE_TYPE");
        }
        return new InspectedFile(type, content, sha256(content));
    }

    /** The applicant's name for the file, without folders and control characters, ending as its type does. */
    static String named(@Nullable String name, String type) {
        String last = name == null ? "" : name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[\\p{Cntrl}\\p{Cf}\"<>:|?*]", "").strip();
        String ending = ENDINGS.get(type);
        String lower = plain.toLowerCase(java.util.Locale.ROOT);
        boolean ends = lower.endsWith(ending) || type.equals("image/jpeg") && lower.endsWith(".jpeg");
        if (plain.isEmpty()) return "file" + ending;
        int[] points = plain.codePoints().toArray();
        String cut = points.length <= LONGEST_NAME ? plain : new String(points, 0, LONGEST_NAME);
        return ends && cut.equals(plain) ? plain : cut + ending;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PDFBox repairs what it can, a file cut off too; so the end mark is looked for first. */
    private static void lookAtPdf(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] <= ' ' && content[end - 1] >= 0) end--; // what only fills up
        String tail = new String(content, Math.max(0, end - TAIL), Math.min(TAIL, end), StandardCharsets.ISO_8859_1);
        if (!tail.contains("%%EOF") || !tail.contains("startxref")) throw damaged();
        UnpackedSize.look(content);
        try (PDDocument document = PdfReading.of(Arrays.copyOf(content, end)).parse()) {
            int pages = 0;
            for (PDPage page : document.getPages()) {
                page.getMediaBox();
                pages++;
            }
            if (pages == 0) throw damaged();
        } catch (InvalidPasswordException e) {
            throw Problem.invalid("file", "document.file.FILE_LOCKED");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw e instanceof Problem told ? told : damaged();
        }
    }

    /** The size is read first; only then every eighth pixel of every eighth line is decoded, which passes over all the data. */
    private static void lookAtImage(byte[] content, String type) {
        if (!endsWhole(content, type)) throw damaged();
        ImageReader reader = ImageIO.getImageReadersByMIMEType(type).next();
        try (var in = new MemoryCacheImageInputStream(
                new ByteArrayInputStream(content))) { // ImageIO's own choice would lie on the disk, as it is
            reader.setInput(in, true, true);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS || reader.getWidth(0) > LONGEST_LINE)
                throw Problem.invalid("file", "document.file.IMAGE_TOO_LARGE");
            boolean[] warned = new boolean[1];
            reader.addIIOReadWarningListener(
                    (source, warning) -> warned[0] |= warning.contains("remature") || warning.contains("runcated"));
            var coarse = reader.getDefaultReadParam();
            coarse.setSourceSubsampling(Math.min(8, reader.getWidth(0)), Math.min(8, reader.getHeight(0)), 0, 0);
            if (reader.canReadRaster())
                reader.readRaster(0, coarse); // a JPEG of a scanner may be CMYK, which read() refuses
            else reader.read(0, coarse);
            if (warned[0]) throw damaged();
        } catch (IOException | RuntimeException e) {
            throw e instanceof Problem told ? told : damaged();
        } finally {
            reader.dispose();
        }
    }

    /** A picture has its end mark where its own parts lead to; behind it phones and editors add what they like, such as the film of a moving photo. */
    private static boolean endsWhole(byte[] content, String type) {
        return type.equals("image/jpeg") ? jpegEnds(content) : pngEnds(content);
    }

    /** Segments tell their length; the picture's own data goes on to the next mark that is neither a stuffed FF nor a restart. */
    private static boolean jpegEnds(byte[] content) {
        int at = 2;
        while (at + 1 < content.length) {
            int mark = content[at + 1] & 0xFF;
            boolean data = (content[at] & 0xFF) != 0xFF || mark == 0 || mark == 0xFF || mark >= 0xD0 && mark <= 0xD7;
            if (data) at++;
            else if (mark == 0xD9) return true;
            else if (mark == 0xD8 || mark == 0x01) at += 2;
            else if (at + 3 < content.length)
                at += 2 + Math.max(2, (content[at + 2] & 0xFF) << 8 | content[at + 3] & 0xFF);
            else return false;
        }
        return false;
    }

    private static boolean pngEnds(byte[] content) {
        long at = 8;
        ByteBuffer chunks = ByteBuffer.wrap(content);
        while (at + 12 <= content.length) {
            long next = at + 12 + Integer.toUnsignedLong(chunks.getInt((int) at));
            if (chunks.getInt((int) at + 4) == IEND) return next <= content.length;
            at = next;
        }
        return false;
    }

    private static Problem damaged() {
        return Problem.invalid("file", "document.file.FILE_DAMAGED");
    }

    static Problem unfolds() {
        return Problem.invalid("file", "document.file.FILE_UNFOLDS");
    }

    private static Problem tooLarge() {
        Mistake mistake = Mistake.of("file", "document.file.FILE_TOO_LARGE");
        return new Problem(Problem.Kind.TOO_LARGE, mistake.code(), mistake.message(), List.of(mistake));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InspectedFile p && type.equals(p.type) && sha256.equals(p.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "Paper[" + type + ", " + content.length + " bytes]";
    }
}
