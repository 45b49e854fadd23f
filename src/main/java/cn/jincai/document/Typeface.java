package cn.jincai.document;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The documents' types, both TrueType: 霞鹜文楷 for what is told, with 通用规范汉字表 and the common rare characters of names, also beyond the BMP; 思源宋体 bold for heads and titles, with the
 * characters of GB 2312, for which the first steps in where it lacks one (decision 210).
 */
@Component
class Typeface {
    static final String FAMILY = "WenKai", TITLES = "Song";
    private static final String PLACE = "fonts/LXGWWenKai.ttf", TITLES_PLACE = "fonts/NotoSerifSC-Bold.ttf";
    /** 缺字符号, what printers set for a character that they have no type for. */
    private static final int MISSING = 0x3013;

    private final Map<String, File> files = new HashMap<>();
    private @Nullable CmapLookup glyphs;

    /** @param missing the characters that the font lacks, as U+20021 */
    record Checked(String text, List<String> missing) {}

    /** PDF writers print {@code #} for what a font lacks, and say nothing; here it becomes 〓 and is named, so that no name is falsified. */
    Checked check(String text) {
        CmapLookup known = glyphs();
        var missing = new TreeSet<String>();
        var checked = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean shown = point < 0x20 || known.getGlyphId(point) != 0;
            if (!shown) missing.add("U+%04X".formatted(point));
            checked.appendCodePoint(shown ? point : MISSING);
        });
        return new Checked(checked.toString(), List.copyOf(missing));
    }

    File file() {
        return file(PLACE);
    }

    File titles() {
        return file(TITLES_PLACE);
    }

    /** A plain file, also when the application runs from its jar. */
    private synchronized File file(String place) {
        File there = files.get(place);
        if (there == null || !there.exists())
            files.put(place, there = unpacked(place).toFile()); // temporary folders are swept
        return there;
    }

    private synchronized CmapLookup glyphs() {
        if (glyphs == null) {
            try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBufferedFile(file()))) {
                glyphs = font.getUnicodeCmapLookup();
            } catch (IOException e) {
                throw new UncheckedIOException("the documents' font can't be read", e);
            }
        }
        return glyphs;
    }

    private static Path unpacked(String place) {
        var inside = new ClassPathResource(place);
        try {
            if (inside.isFile()) return inside.getFile().toPath();
            Path out = Files.createTempFile("jincai", ".ttf");
            out.toFile().deleteOnExit();
            try (InputStream in = inside.getInputStream()) {
                Files.copy(in, out, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(out);
                throw EncryptedFiles.unavailable(e);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException("the documents' font is missing: " + place, e);
        }
    }
}
