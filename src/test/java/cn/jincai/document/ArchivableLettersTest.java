package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CityClock;
import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Letters can be read in thirty years, by whoever hears them too: PDF/A-2a, as the validator of the PDF Association has it, signature and all. */
@Tag("issue-18.7")
class ArchivableLettersTest {
    static {
        VeraGreenfieldFoundryProvider.initialise();
    }

    static Stream<Letters.Sample> letters() {
        return Letters.samples();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("letters")
    void conformsToTheArchivesStandard(Letters.Sample letter) throws Exception {
        assertThat(faults(signed(letter.print()))).isEmpty();
    }

    private static byte[] signed(byte[] pdf) {
        var demo = new MockEnvironment();
        demo.setActiveProfiles("demo");
        return new PdfSignature("", "", Letters.HEAD, new CityClock(), demo).sign(pdf);
    }

    static List<String> faults(byte[] pdf) throws Exception {
        try (var parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_2_A);
                var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_A, false)) {
            var result = validator.validate(parser);
            assertThat(result.getTotalAssertions()).isPositive();
            return result.getTestAssertions().stream()
                    .map(a -> a.getRuleId().getClause() + ": " + a.getMessage())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void theValidatorRefusesWhatIsNone() throws Exception {
        try (var plain = new PDDocument();
                var out = new java.io.ByteArrayOutputStream()) {
            plain.addPage(new PDPage());
            plain.save(out);
            assertThat(faults(out.toByteArray())).isNotEmpty();
        }
    }

    /** Beside what is signed stands something of what is said, however long the letter is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6, 9, 12, 15, 18, 21, 24})
    void noSignatureStandsAloneOnAPage(int sentences) throws IOException {
        Map<String, Object> told = Letters.told(DocumentKind.EXTENSION_NOTICE, false);
        told.put("reason", Map.of("zh", "评审专家尚未到齐，需要另行约定时间。".repeat(1 + sentences), "en", "The panel meets later."));
        try (PDDocument letter = Loader.loadPDF(Letters.print(DocumentKind.EXTENSION_NOTICE, told))) {
            var text = new PDFTextStripper();
            for (int page = 1; page <= letter.getNumberOfPages(); page++) {
                text.setStartPage(page);
                text.setEndPage(page);
                String written = text.getText(letter);
                if (written.contains("2026年3月10日")) assertThat(written).contains("凭办件编号查询。特此告知。");
            }
        }
    }

    @Test
    void theTranslationHasPagesOfItsOwnAndIsMarked() throws IOException {
        for (DocumentKind kind : DocumentKind.values()) {
            try (PDDocument letter = Loader.loadPDF(Letters.print(kind, Letters.told(kind, true)))) {
                var text = new PDFTextStripper();
                List<String> pages = IntStream.rangeClosed(1, letter.getNumberOfPages())
                        .mapToObj(page -> {
                            text.setStartPage(page);
                            text.setEndPage(page);
                            try {
                                return text.getText(letter);
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        })
                        .toList();
                int first = IntStream.range(0, pages.size())
                        .filter(p -> pages.get(p).contains("English translation, for information only"))
                        .findFirst()
                        .orElseThrow();
                assertThat(first).as(kind.code).isPositive();
                assertThat(pages.get(first)).contains("以中文文本为准", kind.title().en());
                assertThat(pages.subList(0, first))
                        .as(kind.code)
                        .allSatisfy(page -> assertThat(page).doesNotContainPattern("[a-z]{3,} [a-z]{2,} [a-z]{2,}"));
                for (int page = 0; page < pages.size(); page++)
                    assertThat(pages.get(page)).contains("— " + (page + 1) + " —");
            }
        }
    }

    /** Viewers cut off what stands out of the box that a font says it has. */
    @Test
    void theFontOfTheTitlesSaysHowLargeItsGlyphsAre() throws IOException {
        try (var font = new TTFParser().parse(new RandomAccessReadBufferedFile(new Typeface().titles()))) {
            var box = font.getHeader();
            for (int i = 0; i < font.getNumberOfGlyphs(); i++) {
                var glyph = font.getGlyph().getGlyph(i);
                if (glyph == null || glyph.getDescription() == null) continue;
                assertThat(glyph.getXMinimum()).as("glyph %d", i).isBetween(box.getXMin(), box.getXMax());
                assertThat(glyph.getXMaximum()).as("glyph %d", i).isBetween(box.getXMin(), box.getXMax());
                assertThat(glyph.getYMinimum()).as("glyph %d", i).isBetween(box.getYMin(), box.getYMax());
                assertThat(glyph.getYMaximum()).as("glyph %d", i).isBetween(box.getYMin(), box.getYMax());
            }
        }
    }

    @Test
    void theCodeCanBeScannedSquareBySquare() throws IOException {
        byte[] pdf = Letters.print(DocumentKind.DECISION, Letters.told(DocumentKind.DECISION, false));
        QrCode code = QrCode.encodeText("https://jincai.example.cn/documents?code=" + Letters.CODE, QrCode.Ecc.MEDIUM);
        try (PDDocument letter = Loader.loadPDF(pdf)) {
            List<BufferedImage> pictures = Stream.iterate(0, p -> p < letter.getNumberOfPages(), p -> p + 1)
                    .flatMap(p -> pictures(letter.getPage(p)))
                    .filter(picture -> picture.getWidth() == code.size + 8)
                    .toList();
            assertThat(pictures).hasSize(1);
            for (int y = 0; y < code.size; y++)
                for (int x = 0; x < code.size; x++)
                    assertThat((pictures.get(0).getRGB(x + 4, y + 4) & 0xffffff) == 0)
                            .as("square %d, %d", x, y)
                            .isEqualTo(code.getModule(x, y));
        }
    }

    private static Stream<BufferedImage> pictures(PDPage page) {
        var resources = page.getResources();
        return java.util.stream.StreamSupport.stream(resources.getXObjectNames().spliterator(), false)
                .map(name -> {
                    try {
                        return resources.getXObject(name) instanceof PDImageXObject picture ? picture.getImage() : null;
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .filter(Objects::nonNull);
    }
}
