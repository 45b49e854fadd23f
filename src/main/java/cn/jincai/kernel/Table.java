package cn.jincai.kernel;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/**
 * A list that somebody hands in, as CSV or as a spreadsheet program saves it (xlsx). What such a program makes of a file changes nothing: other delimiters, capitals in the header,
 * blank rows and columns.
 *
 * @param columns the places of the columns by their names in small letters
 */
public record Table(Map<String, Integer> columns, List<Row> rows) {
    /** What stands where a cell of a workbook says nothing certain: an error, or a formula whose value was not kept. No check takes it for anything. */
    public static final String UNREADABLE = "\uFFFD";

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private static final int MOST_BLANK = 100_000;

    /** @param line of the file, counted as the program that made it counts */
    public record Row(long line, List<String> cells) {
        private boolean isBlank() {
            return cells.stream().allMatch(cell -> Spelling.ofWord(cell).isEmpty());
        }
    }

    /** As it stands there, without blanks around it; empty where there is no such column. */
    public String cell(Row row, String column) {
        int at = columns.getOrDefault(column, Integer.MAX_VALUE);
        return at < row.cells().size() ? row.cells().get(at).strip() : "";
    }

    /**
     * @param field   under which mistakes are told
     * @param needed  columns without which it is another table
     * @param most    rows under the header
     * @param example of a header, for whoever has none
     * @throws Problem INVALID where the file as a whole can't be read
     */
    public static Table read(String field, byte[] file, Set<String> needed, int most, String example) {
        if (file.length == 0) throw Problem.invalid(field, "kernel.file.EMPTY_FILE");
        if (Workbook.isOfOldKind(file)) throw Problem.invalid(field, "kernel.file.OLD_WORKBOOK");
        Problem noHeader = Problem.invalid(field, "kernel.file.NO_HEADER", example);
        if (Workbook.isOne(file))
            return Workbook.read(field, file, rows -> of(field, rows.iterator(), needed, most), noHeader);
        String text = TextFile.read(field, file);
        for (char delimiter : DELIMITERS) {
            Table table = csv(field, text, delimiter, needed, most);
            if (table != null) return table;
        }
        throw noHeader;
    }

    /** Of a merged cell nobody knows for which rows it was meant. @throws Problem INVALID naming the first, where the workbook has any */
    public static void mustHaveNoMergedCells(String field, byte[] file) {
        if (!Workbook.isOne(file)) return;
        String merged = Workbook.merged(field, file);
        if (merged != null) throw Problem.invalid(field, "kernel.file.MERGED", merged);
    }

    private static @Nullable Table csv(String field, String text, char delimiter, Set<String> needed, int most) {
        CSVFormat form = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
        try (CSVParser csv = CSVParser.parse(new StringReader(text), form)) {
            Stream<Row> rows = csv.stream().map(row -> new Row(row.getRecordNumber(), row.toList()));
            return of(field, rows.iterator(), needed, most);
        } catch (IOException | UncheckedIOException e) {
            throw Problem.invalid(field, "kernel.file.NOT_CSV");
        }
    }

    private static @Nullable Table of(String field, Iterator<Row> rows, Set<String> needed, int most) {
        Map<String, Integer> columns = columns(field, rows);
        if (!columns.keySet().containsAll(needed)) return null;
        List<Row> lines = new ArrayList<>();
        for (int read = 0; rows.hasNext(); read++) {
            Row row = rows.next();
            if (row.isBlank() && read < most + MOST_BLANK) continue;
            if (row.isBlank() || lines.size() == most) throw Problem.invalid(field, "kernel.file.TOO_LONG", most);
            lines.add(row);
        }
        return new Table(columns, lines);
    }

    /** Of the first row that says something; a spreadsheet may have written its delimiter before. None where another delimiter is between quotes. */
    private static Map<String, Integer> columns(String field, Iterator<Row> rows) {
        Row header;
        try {
            if (!rows.hasNext()) return Map.of();
            header = rows.next();
        } catch (UncheckedIOException quotes) {
            return Map.of();
        }
        while (rows.hasNext() && (header.isBlank() || header.cells().get(0).startsWith("sep="))) header = rows.next();
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.cells().size(); i++) {
            String name = Spelling.ofWord(header.cells().get(i)).toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && columns.putIfAbsent(name, i) != null)
                throw Problem.invalid(field, "kernel.file.TWICE", header.cells().get(i));
        }
        return columns;
    }
}
