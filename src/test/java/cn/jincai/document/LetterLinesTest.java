package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the lines of letters stand (GB/T 9704-2012, 5.2): 22 on a sheet, 24 where that saves one, and none that is half empty before the one with the seal. */
@Tag("issue-18.7")
class LetterLinesTest {
    /** The type area, in points from the upper edge of the sheet: 37 mm below it, 225 mm high. */
    private static final double TOP = 104.9, HEIGHT = 637.8;

    private static final String SENTENCE = "评审专家尚未到齐，需要另行约定时间。", DAY = "2026年3月10日";

    /** A page: its words, and the base lines of its text in points from the upper edge. */
    private record Sheet(String words, List<Double> lines) {
        List<Double> inTheTypeArea() {
            return lines.stream().filter(y -> y > TOP && y < TOP + HEIGHT).toList();
        }
    }

    /** The Chinese ones. */
    private static List<Sheet> sheets(DocumentKind kind, Map<String, Object> told) throws IOException {
        List<Sheet> sheets = new ArrayList<>();
        try (PDDocument letter = Loader.loadPDF(Letters.print(kind, told))) {
            for (int page = 1; page <= letter.getNumberOfPages(); page++) {
                Set<Double> lines = new TreeSet<>();
                var stripper = new PDFTextStripper() {
                    @Override
                    protected void writeString(String text, List<TextPosition> places) throws IOException {
                        places.forEach(place -> lines.add(Math.round(place.getYDirAdj() * 10) / 10.0));
                        super.writeString(text, places);
                    }
                };
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String words = stripper.getText(letter);
                if (words.contains("English translation")) break;
                sheets.add(new Sheet(words, List.copyOf(lines)));
            }
        }
        return sheets;
    }

    private static List<Sheet> extension(int sentences) throws IOException {
        Map<String, Object> told = Letters.told(DocumentKind.EXTENSION_NOTICE, false);
        told.put("reason", Map.of("zh", SENTENCE.repeat(sentences), "en", "The panel meets later."));
        return sheets(DocumentKind.EXTENSION_NOTICE, told);
    }

    @Test
    void aSheetHasTwentyTwoLines() throws IOException {
        List<Double> full = extension(60).get(1).inTheTypeArea();
        assertThat(full).hasSize(22);
        assertThat((full.get(21) - full.get(0)) / 21).isBetween(28.9, 29.0);
    }

    @Test
    void linesComeCloserWhereTheSealWouldStandOnASheetOfItsOwn() throws IOException {
        List<Sheet> sheets =
                sheets(DocumentKind.NOT_ACCEPTED_NOTICE, Letters.told(DocumentKind.NOT_ACCEPTED_NOTICE, false));
        assertThat(sheets).hasSize(1);
        List<Double> lines = sheets.get(0).inTheTypeArea();
        assertThat(IntStream.range(1, lines.size())
                        .mapToObj(i -> Math.round(10 * (lines.get(i) - lines.get(i - 1))) / 10.0))
                .contains(26.5)
                .doesNotContain(28.9, 29.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 9})
    void theSheetWithTheSealSaysOfWhatItIsAndTheOneBeforeIsNotHalfEmpty(int reasons) throws IOException {
        List<Sheet> sheets = sheets(DocumentKind.DECISION, Letters.refusal(reasons));
        int last = sheets.size() - 1;
        assertThat(sheets.get(last).words).contains(DAY, "对本决定，也可以");
        if (last == 0) return;
        for (Sheet later : sheets.subList(1, sheets.size()))
            assertThat(later.words).contains("晋才决〔2026〕12号", "陈小芳 350***********1X");
        List<Double> before = sheets.get(last - 1).inTheTypeArea();
        assertThat(TOP + HEIGHT - before.get(before.size() - 1))
                .as("points that stay empty")
                .isLessThan(0.4 * HEIGHT);
    }
}
