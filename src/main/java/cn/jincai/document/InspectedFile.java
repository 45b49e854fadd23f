package cn.jincai.document;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    private static final int LONGEST_NAME = 120;
    /** Nobody reads more, and to go through them takes its time. */
    private static final int MOST_PAGES = 10_000;
    // PDF readers look for the end mark in the last kilobyte
    private static final int TAIL = 1024;

    static InspectedFile of(byte[] content) {
        if (content.length == 0) throw Problem.invalid("file", "document.file.EMPTY_FILE");
        if (content.length > Evidence.LARGEST) throw tooLarge();
        String type = TIKA.detect(content);
        switch (type) {
            case "application/pdf" -> lookAtPdf(content);
            case "image/jpeg" -> Picture.lookAtJpeg(content);
            case "image/png" -> Picture.lookAtPng(content);
            default -> throw otherKind(type, content);
        }
        return new InspectedFile(type, content, Sha256.of(content));
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
                if (++pages > MOST_PAGES) throw unfolds();
            }
            if (pages == 0) throw damaged();
            if (ActiveParts.areIn(document.getDocument())) throw Problem.invalid("file", "document.file.FILE_ACTIVE");
        } catch (InvalidPasswordException e) {
            throw Problem.invalid("file", "document.file.FILE_LOCKED");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw e instanceof Problem told ? told : damaged();
        }
    }

    /** What phones and offices often hand in instead is told how to make one of the three of it. */
    private static Problem otherKind(String type, byte[] content) {
        String kind = type.startsWith("image/hei")
                ? "heic."
                : type.equals("application/zip") && holds(content, "OFD.xml") ? "ofd." : "";
        return Problem.invalid("file", "document.file." + kind + "FILE_TYPE");
    }

    /** Names stand in a zip as they are. */
    private static boolean holds(byte[] zip, String name) {
        return new String(zip, StandardCharsets.ISO_8859_1).contains(name);
    }

    static Problem damaged() {
        return Problem.invalid("file", "document.file.FILE_DAMAGED");
    }

    static Problem unfolds() {
        return Problem.invalid("file", "document.file.FILE_UNFOLDS");
    }

    static Problem tooLarge() {
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
