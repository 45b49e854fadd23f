package cn.jincai.filing.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.applicant.ResidentId;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.WorkbookFile;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.WeavingRooms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The workbook that employers fill in, and what comes back of it. */
@Tag("issue-18.9")
class RosterBookTest {
    private static final Scheme SCHEME =
            WeavingRooms.read(WeavingRooms.APPRENTICES).catalogue();
    private static final Scheme.Roster ROSTER =
            Objects.requireNonNull(SCHEME.applying().roster());
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final String[] HEAD = {"姓名", "学徒身份证号码", "拜师日期", "师傅"};

    @Test
    void theTemplateIsTheSchemesInBothLanguagesWithItsWordsToChooseFrom() throws IOException {
        for (Locale locale : List.of(Locale.CHINA, Locale.ENGLISH)) {
            byte[] empty = new RosterBook(SCHEME, ROSTER, locale).template();
            assertThat(RosterTable.read(SCHEME, ROSTER, "file", empty)).isEmpty();
            String whole = unpacked(empty);
            assertThat(whole).contains("dataValidation", "state=\"hidden\"", "学徒身份证号码", "Apprentice's identity number");
            assertThat(whole).contains(locale == Locale.CHINA ? "客座匠师" : "Visiting master");
            assertThat(whole)
                    .as("own records and sources are not the employer's to tell")
                    .doesNotContain("该学徒已计发", "该学徒参保");
        }
    }

    @Test
    void rightRowsGoAndWrongOnesComeBackWithTheirOwnWordsAndWhatToDo() {
        CheckedRows checked = checked(WorkbookFile.row(1, HEAD)
                + WorkbookFile.row(2, "𠮷田一", identity(1), "2025/04/01", "匠师")
                + WorkbookFile.row(3, "施大寒", identity(2), "昨天", "国王")
                + WorkbookFile.row(4, "", "350582", "2025-04-01", "匠师")
                + WorkbookFile.row(5, "=CMD()", identity(3), "2025-04-01", "Master"));
        assertThat(checked.good()).extracting(CheckedRows.Good::name).containsExactly("𠮷田一", "=CMD()");
        assertThat(checked.good().get(0).facts()).containsEntry("teacherRank", "MASTER");
        List<ReturnedRow> back = checked.back();
        assertThat(back).extracting(ReturnedRow::row).containsExactly(3L, 4L);
        assertThat(back.get(0).faults()).extracting(f -> back.get(0).typed(f)).containsExactly("昨天", "国王");
        assertThat(back.get(0).faults().get(1).what().zh()).contains("匠师、熟手").doesNotContain("MASTER");
        assertThat(back.get(1).faults()).extracting(ReturnedRow.Fault::column).containsExactly(0, 1);
    }

    /** They can be corrected where they stand, and are read once more from the same file. */
    @Test
    void whatComesBackIsAWorkbookWhoseLastColumnSaysWhatToDo() throws IOException {
        CheckedRows checked = checked(WorkbookFile.row(1, HEAD)
                + WorkbookFile.row(2, "𠮷田一", identity(1), "昨天", "=HYPERLINK(&quot;x&quot;)"));
        byte[] back = new RosterBook(SCHEME, ROSTER, Locale.CHINA).with(checked.back());
        List<RosterTable.Typed> again = RosterTable.read(SCHEME, ROSTER, "file", back);
        assertThat(again)
                .singleElement()
                .satisfies(
                        row -> assertThat(row.cells()).containsExactly("𠮷田一", identity(1), "昨天", "=HYPERLINK(\"x\")"));
        assertThat(unpacked(back)).contains("“拜师日期”：").doesNotContain("<f>");
    }

    @Test
    void oneWhoStandsInTwoRowsGoesInNeither() {
        CheckedRows checked = checked(WorkbookFile.row(1, HEAD)
                + WorkbookFile.row(2, "施小寒", identity(1), "2025-04-01", "匠师")
                + WorkbookFile.row(4, "施小寒", " " + identity(1), "2025-05-01", "匠师"));
        assertThat(checked.good()).isEmpty();
        assertThat(checked.back())
                .extracting(row -> row.faults().get(0).what().en())
                .containsExactly(
                        "Row 4 is about the same person. Everybody stands in one row: keep the right one and delete the others.",
                        "Row 2 is about the same person. Everybody stands in one row: keep the right one and delete the others.");
    }

    @Test
    void aFormulaCountsByTheValueThatWasSavedWithItAndWithoutOneComesBack() {
        String identity = " t=\"inlineStr\"><is><t>" + identity(1) + "</t></is>",
                name = " t=\"str\"><f>\"施\"&amp;\"小寒\"</f><v>施小寒</v>",
                nothing = " t=\"str\"><f>TODAY()</f><v></v>",
                master = " t=\"inlineStr\"><is><t>匠师</t></is>";
        CheckedRows checked =
                checked(WorkbookFile.row(1, HEAD) + WorkbookFile.cells(2, name, identity, nothing, master));
        assertThat(checked.back()).singleElement().satisfies(row -> {
            assertThat(row.cells().get(0)).isEqualTo("施小寒");
            assertThat(row.faults()).singleElement().satisfies(f -> {
                assertThat(f.column()).isEqualTo(2);
                assertThat(f.what().zh()).startsWith("这里是没有保存结果的公式");
            });
        });
    }

    @Test
    void mergedCellsAreRefusedWithTheirPlace() {
        byte[] file = new WorkbookFile("")
                .part(
                        "xl/worksheets/sheet1.xml",
                        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                                + WorkbookFile.row(1, HEAD) + WorkbookFile.row(2, "施小寒", identity(1))
                                + "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"C2:C9\"/></mergeCells></worksheet>")
                .bytes();
        Problem refused = catchThrowableOfType(Problem.class, () -> RosterTable.read(SCHEME, ROSTER, "file", file));
        assertThat(refused.mistakes()).singleElement().satisfies(m -> {
            assertThat(m.code()).isEqualTo("MERGED");
            assertThat(m.message().zh()).contains("C2:C9");
        });
    }

    @Test
    void aThousandRowsAreReadAndOneMoreIsRefusedWhole() {
        StringBuilder rows = new StringBuilder(WorkbookFile.row(1, HEAD));
        for (int i = 1; i <= 1000; i++) rows.append(WorkbookFile.row(i + 1, "甲", "" + i));
        assertThat(checked(rows.toString()).back()).hasSize(1000);
        rows.append(WorkbookFile.row(1002, "乙", "1001"));
        Problem refused = catchThrowableOfType(Problem.class, () -> checked(rows.toString()));
        assertThat(refused.mistakes())
                .singleElement()
                .satisfies(m -> assertThat(m.message().zh()).contains("最多1000人"));
    }

    private static CheckedRows checked(String rows) {
        return CheckedRows.of(
                SCHEME, ROSTER, RosterTable.read(SCHEME, ROSTER, "file", new WorkbookFile(rows).bytes()), DAY);
    }

    private static String identity(int n) {
        String body = "35058220000101" + String.format("%03d", 500 + n);
        return body + ResidentId.checkCharacter(body + "0");
    }

    private static String unpacked(byte[] book) throws IOException {
        StringBuilder all = new StringBuilder();
        try (var in = new ZipInputStream(new ByteArrayInputStream(book))) {
            while (in.getNextEntry() != null) all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return Pattern.compile("&#x([0-9a-f]+);")
                .matcher(all)
                .replaceAll(m -> Character.toString(Integer.parseInt(m.group(1), 16)))
                .replace("&apos;", "'");
    }
}
