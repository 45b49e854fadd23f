package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How letters look: each page, the Chinese ones and the English one, beside the picture of it that somebody has looked at, and its words beside those that somebody has read. After a change that is meant, {@code -Dletters=write} writes them
 * anew, and they are looked at again.
 */
@Tag("issue-18.7")
class LetterPicturesTest {
    private static final Path STORED = Path.of("src/test/resources/letters"), SEEN = Path.of("target/letters");
    private static final int DPI = 64, SHADES = 16;
    /** Squares of so many pixels are compared by their mean darkness (0 to 255), which different smoothing of edges leaves as it is. */
    private static final int SQUARE = 8, TOLERANCE = 20;

    static Stream<Letters.Sample> letters() {
        return Letters.samples();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("letters")
    void looksAsSomebodyHasSeenItAndSaysWhatSomebodyHasRead(Letters.Sample letter) throws IOException {
        String name = letter.name();
        byte[] pdf = letter.print();
        List<BufferedImage> pages = pages(pdf);
        String text = text(pdf);
        if (System.getProperty("letters", "").equals("write")) write(name, pages, text);
        keep(name, pages, text, SEEN);
        for (int page = 0; page < pages.size(); page++) {
            Path stored = STORED.resolve(name + "-" + (page + 1) + ".png");
            assertThat(stored).exists();
            assertThat(differing(ImageIO.read(stored.toFile()), pages.get(page)))
                    .as("squares of %s, page %d, that differ; what was seen lies in %s", name, page + 1, SEEN)
                    .isEmpty();
        }
        assertThat(STORED.resolve(name + "-" + (pages.size() + 1) + ".png"))
                .as("a page more")
                .doesNotExist();
        assertThat(text)
                .as("a picture so small does not show one numeral in place of another")
                .isEqualTo(Files.readString(STORED.resolve(name + ".txt")));
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.setLineSeparator("\n");
            stripper.setPageEnd("\n");
            return stripper.getText(document);
        }
    }

    static List<BufferedImage> pages(byte[] pdf) throws IOException {
        List<BufferedImage> pages = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            for (int page = 0; page < document.getNumberOfPages(); page++)
                pages.add(small(renderer.renderImageWithDPI(page, DPI, ImageType.GRAY)));
        }
        return pages;
    }

    private static void write(String name, List<BufferedImage> pages, String text) throws IOException {
        Files.createDirectories(STORED);
        try (Stream<Path> old = Files.list(STORED)) {
            for (Path file : old.filter(f -> f.getFileName().toString().matches(name + "-\\d+\\.png"))
                    .toList()) Files.delete(file);
        }
        keep(name, pages, text, STORED);
    }

    private static void keep(String name, List<BufferedImage> pages, String text, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".txt"), text);
        for (int page = 0; page < pages.size(); page++)
            ImageIO.write(
                    pages.get(page),
                    "png",
                    folder.resolve(name + "-" + (page + 1) + ".png").toFile());
    }

    /** In sixteen shades, which is small. */
    private static BufferedImage small(BufferedImage whole) {
        byte[] shades = new byte[SHADES];
        for (int i = 0; i < SHADES; i++) shades[i] = (byte) (i * 255 / (SHADES - 1));
        var small = new BufferedImage(
                whole.getWidth(),
                whole.getHeight(),
                BufferedImage.TYPE_BYTE_BINARY,
                new IndexColorModel(4, SHADES, shades, shades, shades));
        for (int y = 0; y < whole.getHeight(); y++)
            for (int x = 0; x < whole.getWidth(); x++)
                small.getRaster()
                        .setSample(x, y, 0, Math.round(whole.getRaster().getSample(x, y, 0) * (SHADES - 1) / 255f));
        return small;
    }

    private static List<String> differing(BufferedImage stored, BufferedImage seen) {
        if (stored.getWidth() != seen.getWidth() || stored.getHeight() != seen.getHeight()) return List.of("the size");
        List<String> differing = new ArrayList<>();
        for (int y = 0; y + SQUARE <= seen.getHeight(); y += SQUARE)
            for (int x = 0; x + SQUARE <= seen.getWidth(); x += SQUARE)
                if (Math.abs(darkness(stored, x, y) - darkness(seen, x, y)) > TOLERANCE) differing.add(x + "," + y);
        return differing;
    }

    private static int darkness(BufferedImage picture, int left, int top) {
        int sum = 0;
        for (int y = top; y < top + SQUARE; y++)
            for (int x = left; x < left + SQUARE; x++) sum += picture.getRGB(x, y) & 0xff;
        return sum / (SQUARE * SQUARE);
    }
}
