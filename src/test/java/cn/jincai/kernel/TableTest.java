package cn.jincai.kernel;

import static cn.jincai.kernel.WorkbookFile.cells;
import static cn.jincai.kernel.WorkbookFile.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A list that went through a spreadsheet program is read as it stands there, and what is not certain is not guessed. */
@Tag("issue-15.16")
class TableTest {
    private static Table read(byte[] file) {
        return Table.read("file", file, Set.of("number", "sum"), 10, "number, sum");
    }

    private static List<List<String>> read(WorkbookFile file) {
        return read(file.bytes()).rows().stream().map(Table.Row::cells).toList();
    }

    private static String refusal(byte[] file) {
        return catchThrowableOfType(Problem.class, () -> read(file)).code();
    }

    private static WorkbookFile book(String... rows) {
        return new WorkbookFile(row(2, "number", "SUM ", "day", "code") + String.join("", rows));
    }

    @Test
    void rowsAndColumnsAreThoseOfTheSheet() {
        Table table =
                read(book(row(3, "1", "20.00"), cells(5, "><v>2</v>", "", "", " t=\"inlineStr\"><is><t>x</t></is>"))
                        .bytes());
        assertThat(table.rows()).extracting(Table.Row::line).containsExactly(3L, 5L);
        assertThat(table.cell(table.rows().get(1), "code")).isEqualTo("x");
        assertThat(table.cell(table.rows().get(1), "sum")).isEmpty();
    }

    @Test
    void numbersDaysAndCodesAreWhatTheCellShows() {
        assertThat(read(book(cells(
                        3, "><v>12</v>", "><v>1234.5599999999999</v>", " s=\"1\"><v>46083</v>", " s=\"2\"><v>7</v>"))))
                .containsExactly(List.of("12", "1234.56", "2026-03-02", "0007"));
    }

    @Test
    void theLastDigitsOfALongNumberAreNotGuessed() {
        assertThat(read(book(cells(
                                3,
                                "><v>202612000000012345</v>",
                                "><v>2.02612E+17</v>",
                                "",
                                "><v>6222020000000000017</v>")))
                        .get(0))
                .filteredOn(cell -> !cell.isEmpty())
                .hasSize(3)
                .allMatch(cell -> cell.contains("E+"));
    }

    @Test
    void ofAFormulaOnlyAValueThatWasKeptIsTaken() {
        assertThat(read(book(cells(
                        3,
                        "><f>1+1</f><v>2</v>",
                        " t=\"str\"><f>A1</f><v>甲</v>",
                        "><f>NOW()</f>",
                        " t=\"e\"><f>A9/0</f><v>#DIV/0!</v>"))))
                .containsExactly(Arrays.asList("2", "甲", Table.UNREADABLE, Table.UNREADABLE));
    }

    @Test
    void whatIsNoPlainTableIsRefusedWithTheWayOut() {
        assertThat(refusal(book().part("xl/vbaProject.bin", "x").bytes())).isEqualTo("MACROS");
        assertThat(refusal(book().part(
                                "[Content_Types].xml",
                                "<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>")
                        .bytes()))
                .isEqualTo("MACROS");
        assertThat(refusal(book().part("xl/externalLinks/externalLink1.xml", "<x/>")
                        .bytes()))
                .isEqualTo("LINKS");
        assertThat(refusal(HexFormat.of().parseHex("d0cf11e0a1b11ae1" + "00".repeat(600))))
                .isEqualTo("OLD_WORKBOOK");
        assertThat(refusal(new WorkbookFile(row(1, "a", "b")).bytes())).isEqualTo("NO_HEADER");
        assertThat(refusal(Arrays.copyOf(book().bytes(), 200))).isEqualTo("NO_WORKBOOK");
        assertThat(refusal(book().part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row")
                        .bytes()))
                .isEqualTo("NO_WORKBOOK");
    }

    @Test
    void whatUnfoldsBeyondMeasureIsNotUnfolded() {
        byte[] bomb = book().part("xl/media/a.bin", "0".repeat(60_000_000)).bytes();
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(refusal(bomb)).isEqualTo("UNFOLDS");
        String laughs =
                "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>&b;</v></c></row></sheetData></worksheet>";
        assertThat(refusal(book().part("xl/worksheets/sheet1.xml", laughs).bytes()))
                .isEqualTo("NO_WORKBOOK");
        assertThat(refusal(book(row(3, "1", "2").repeat(11)).bytes())).isEqualTo("TOO_LONG");
    }
}
