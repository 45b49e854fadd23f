package cn.jincai.document;

import static cn.jincai.document.Uploads.lockedPdf;
import static cn.jincai.document.Uploads.pdf;
import static cn.jincai.document.Uploads.picture;
import static cn.jincai.document.Uploads.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectedFileTest {
    @Test
    void pdfJpegAndPngAreKnownByTheirContent() {
        assertThat(InspectedFile.of(pdf()).type()).isEqualTo("application/pdf");
        assertThat(InspectedFile.of(picture("jpeg", 300, 200)).type()).isEqualTo("image/jpeg");
        assertThat(InspectedFile.of(picture("png", 300, 200)).type()).isEqualTo("image/png");
    }

    @Test
    void aPictureOfOnePixelIsAPicture() {
        assertThat(InspectedFile.of(picture("png", 1, 1)).type()).isEqualTo("image/png");
        assertThat(InspectedFile.of(picture("jpeg", 1, 1)).type()).isEqualTo("image/jpeg");
    }

    @Test
    void anEmptyFileIsRefused() {
        refused(new byte[0], "EMPTY_FILE");
    }

    @Test
    void tenMebibytesAreTakenAndOneByteMoreIsNot() {
        assertThat(InspectedFile.of(padded(pdf(), Evidence.LARGEST)).content()).hasSize(Evidence.LARGEST);
        assertThatThrownBy(() -> InspectedFile.of(padded(pdf(), Evidence.LARGEST + 1)))
                .isInstanceOfSatisfying(Problem.class, p -> {
                    assertThat(p.kind()).isEqualTo(Problem.Kind.TOO_LARGE);
                    assertThat(p.mistakes()).extracting(Problem.Mistake::field).containsExactly("file");
                });
    }

    @Test
    void aProgramNamedPdfStaysAProgram() {
        byte[] program = new byte[4096];
        program[0] = 'M';
        program[1] = 'Z';
        refused(program, "FILE_TYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script></html>",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "GIF89a........",
                "PK\u0003\u0004.......",
                "只是文字"
            })
    void otherKindsAreRefused(String content) {
        refused(content.getBytes(StandardCharsets.UTF_8), "FILE_TYPE");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.9, 0.99})
    void aPdfCutOffIsRefused(double part) {
        refused(start(pdf(), part), "FILE_DAMAGED");
    }

    @ParameterizedTest
    @CsvSource({"jpeg, 0.3", "jpeg, 0.9", "jpeg, 0.999", "png, 0.3", "png, 0.9", "png, 0.999"})
    void aPictureCutOffIsRefused(String format, double part) {
        refused(start(picture(format, 800, 600), part), "FILE_DAMAGED");
    }

    @ParameterizedTest
    @CsvSource({"jpeg, 1500000", "jpeg, 70000", "png, 1500000"})
    void whatPhonesPutBehindThePictureIsTaken(String format, int more) {
        byte[] picture = picture(format, 800, 600);
        assertThat(InspectedFile.of(Arrays.copyOf(picture, picture.length + more))
                        .type())
                .isEqualTo("image/" + format);
        refused(Arrays.copyOf(start(picture, 0.9), picture.length + more), "FILE_DAMAGED");
    }

    @Test
    void aPdfFilledUpWithNothingIsTaken() {
        byte[] pdf = pdf();
        assertThat(InspectedFile.of(Arrays.copyOf(pdf, pdf.length + 70_000)).content())
                .as("as it came")
                .hasSize(pdf.length + 70_000);
    }

    @Test
    void aPictureWithAHoleButAProperEndIsRefused() {
        byte[] jpeg = picture("jpeg", 800, 600);
        byte[] holed = Arrays.copyOf(jpeg, jpeg.length / 2);
        holed[holed.length - 2] = (byte) 0xFF;
        holed[holed.length - 1] = (byte) 0xD9;
        refused(holed, "FILE_DAMAGED");
    }

    @Test
    void aPdfWithoutPagesIsRefused() {
        refused(
                "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
                        .getBytes(StandardCharsets.ISO_8859_1),
                "FILE_DAMAGED");
    }

    @Test
    void aPdfWithAPasswordIsRefused() {
        refused(lockedPdf(), "FILE_LOCKED");
    }

    @Test
    void aBombOfPixelsIsRefusedBeforeItIsUnpacked() {
        refused(Bombs.png(picture("png", 10, 10), 50_000, 50_000), "IMAGE_TOO_LARGE");
    }

    @Test
    @Tag("issue-15.1")
    void aPhotoOfHundredAndEightMillionPointsIsTakenAndOneOfThreeHundredIsNot() {
        byte[] photo = picture("jpeg", 12_000, 9_000);
        assertThat(photo).hasSizeLessThan(Evidence.LARGEST);
        assertThat(InspectedFile.of(photo).type()).isEqualTo("image/jpeg");
        refused(start(photo, 0.9), "FILE_DAMAGED");
        refused(Bombs.jpeg(photo, 20_000, 15_000), "IMAGE_TOO_LARGE");
    }

    @Test
    @Tag("issue-15.1")
    void aPhotoThatIsSharpenedLayerByLayerIsTaken() {
        byte[] photo = Uploads.progressive(4_000, 3_000);
        assertThat(Jpeg.of(photo).layers()).isGreaterThan(5);
        assertThat(Jpeg.of(photo).points()).isEqualTo(12_000_000);
        assertThat(Jpeg.of(photo).samples()).as("colours are half as fine").isEqualTo(18_000_000);
        assertThat(InspectedFile.of(photo).type()).isEqualTo("image/jpeg");
        refused(start(photo, 0.9), "FILE_DAMAGED");
    }

    @ParameterizedTest
    @Tag("issue-15.1")
    @ValueSource(strings = {"heic", "heix", "mif1", "msf1", "hevc"})
    void aHeicPhotoIsAnsweredWithTheWayOut(String brand) {
        byte[] photo = ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0" + brand + "heic\0\0\0\bmdat")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refused(photo, "FILE_TYPE").en()).contains("Settings, Camera, Formats, Most Compatible");
        assertThat(refused(photo, "FILE_TYPE").zh()).contains("兼容性最佳");
    }

    @Test
    @Tag("issue-15.1")
    void anOfdIsAnsweredWithTheWayOutAndNeverUnpacked() throws IOException {
        assertThat(refused(Bombs.zip("OFD.xml", 1_000), "FILE_TYPE").zh()).contains("OFD", "导出（或打印）为 PDF");
        byte[] bomb = Bombs.zip("OFD.xml", 200_000_000);
        assertThat(bomb).hasSizeLessThan(Evidence.LARGEST);
        assertThat(refused(bomb, "FILE_TYPE").en()).contains("export (or print) it as PDF");
        assertThat(refused(Bombs.zip("word/document.xml", 200_000_000), "FILE_TYPE")
                        .en())
                .doesNotContain("OFD");
    }

    @ParameterizedTest
    @Tag("issue-15.1")
    @ValueSource(
            strings = {
                "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
                "/OpenAction<</S/Launch/F(calc.exe)>>",
                "/OpenAction<</S/L#61unch/F(calc.exe)>>",
                "/AA<</WC<</S/JavaScript/JS 4 0 R>>>>",
                "/OpenAction<</S/URI/URI(https://jinjiang.example)/Next[<</S/SubmitForm/F(https://a.example)>>]>>",
                "/OpenAction<</S/GoToR/F(\\\\\\\\a.example\\\\share)/D[0/Fit]>>",
                "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>",
                "/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>]>>>>",
                "/AcroForm<</Fields[<</FT/Tx/T(a)/AA<</K<</S/JavaScript/JS(1)>>>>>>]>>",
                "/AcroForm<</XFA 4 0 R>>",
                "/Outlines<</First<</Title(a)/A<</S/GoToE/F(a.pdf)>>>>>>"
            })
    void aPdfThatDoesSomethingIsAnsweredWithTheWayOut(String does) {
        Text told = refused(Bombs.inCatalogue(does), "FILE_ACTIVE");
        assertThat(told.zh()).contains("用“打印”另存为新的 PDF");
        assertThat(told.en()).contains("print it to a new PDF");
    }

    @ParameterizedTest
    @Tag("issue-15.1")
    @ValueSource(
            strings = {
                "/OpenAction[3 0 R/Fit]",
                "/OpenAction<</S/GoTo/D[3 0 R/Fit]>>",
                "/Outlines<</First<</Title(JavaScript and Launch)/A<</S/URI/URI(https://jinjiang.example)>>>>>>",
                "/AcroForm<</Fields[<</FT/Tx/T(name)/V(\\(JS\\))>>]>>",
                "/Threads 1 0 R"
            })
    void aPdfWithLinksBookmarksAndFieldsIsTaken(String does) {
        assertThat(InspectedFile.of(Bombs.inCatalogue(does)).type()).isEqualTo("application/pdf");
    }

    @ParameterizedTest
    @CsvSource({"合同.pdf, 合同.pdf", "C:\\材料\\合同.PDF, 合同.PDF", "../../etc/合同, 合同.pdf", "照片.exe, 照片.exe.pdf", "'', file.pdf"
    })
    void aFileKeepsItsNameWithoutFoldersAndEndsAsItIs(String given, String kept) {
        assertThat(InspectedFile.named(given, "application/pdf")).isEqualTo(kept);
    }

    @Test
    void namesLoseWhatMayFoolAReader() {
        assertThat(InspectedFile.named("a\u202Efdp.exe\r\n\"x.pdf", "application/pdf"))
                .isEqualTo("afdp.exex.pdf");
        assertThat(InspectedFile.named("𠮷".repeat(500) + ".pdf", "application/pdf")
                        .codePoints()
                        .count())
                .isEqualTo(124);
    }

    private static Text refused(byte[] content, String code) {
        Problem told = catchThrowableOfType(Problem.class, () -> InspectedFile.of(content));
        assertThat(told).isNotNull();
        assertThat(told.code()).isEqualTo(code);
        assertThat(told.mistakes()).extracting(Problem.Mistake::field).containsExactly("file");
        return told.text();
    }

    /** Bytes behind the header, as a comment, so that the file stays a PDF. */
    private static byte[] padded(byte[] pdf, int length) {
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy("%PDF-1.6\n%".getBytes(StandardCharsets.ISO_8859_1), 0, padded, 0, 10);
        padded[length - pdf.length - 1] = '\n';
        System.arraycopy(pdf, 0, padded, length - pdf.length, pdf.length);
        return padded;
    }
}
