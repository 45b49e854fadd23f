package cn.jincai.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * A table as a spreadsheet program saves it (xlsx), read as text: what a cell says, never what could be computed from it. It is unpacked once, counted, and what is no part of the
 * tables is left out, so that the reader behind it sees no more than was measured.
 */
final class Workbook {
    /** Of all parts together. Twenty thousand rows with ten columns are about a third of it. */
    private static final int MOST_BYTES = 40_000_000;

    private static final int MOST_PARTS = 1_000;
    private static final int MOST_COLUMNS = 200;
    /** A spreadsheet keeps fifteen digits of a number: of a longer one nobody knows the rest. */
    private static final BigDecimal CERTAIN = BigDecimal.TEN.pow(15);

    private static final Pattern MERGED =
            Pattern.compile("<(?:\\w+:)?mergeCell\\s[^>]*?ref=\"([A-Z]{1,3}\\d{1,7}:[A-Z]{1,3}\\d{1,7})\"");

    private static final int LONGEST_MARK = 8;

    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    private Workbook() {}

    static boolean isOne(byte[] file) {
        return file.length > LONGEST_MARK && ReadableWorkbook.isOOXMLZipHeader(file);
    }

    /** Of an older Excel, or under a password: neither can be read. */
    static boolean isOfOldKind(byte[] file) {
        return file.length > LONGEST_MARK && ReadableWorkbook.isOLE2Header(file);
    }

    /**
     * What {@code wanted} makes of the first sheet that is not hidden and in which it finds what it wants.
     *
     * @param wanted of a sheet's rows, each with as many texts as it has cells; null where it is another sheet
     * @throws Problem INVALID where it holds macros or links to other files, unfolds beyond measure or is no table
     */
    static <T> T read(String field, byte[] file, Function<Stream<Table.Row>, T> wanted, Problem nothing) {
        byte[] plain = unpacked(field, file);
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(plain), new ReadingOptions(true, true))) {
            for (Sheet sheet : book.getSheets()
                    .filter(s -> s.getVisibility() == SheetVisibility.VISIBLE)
                    .toList())
                try (Stream<Row> rows = sheet.openStream()) {
                    T found = wanted.apply(rows.map(row -> new Table.Row(row.getRowNum(), texts(row))));
                    if (found != null) return found;
                }
            throw nothing;
        } catch (Problem told) {
            throw told;
        } catch (IOException | RuntimeException broken) { // whatever its reader stumbles over
            throw Problem.invalid(field, "kernel.file.NO_WORKBOOK");
        }
    }

    /** The first merged cell of any sheet, such as B3:B5, or null. */
    static @Nullable String merged(String field, byte[] file) {
        try (var in = new ZipInputStream(new ByteArrayInputStream(unpacked(field, file)))) {
            for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
                if (!part.getName().toLowerCase(Locale.ROOT).startsWith("xl/worksheets/")) continue;
                Matcher merged = MERGED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                if (merged.find()) return merged.group(1);
            }
            return null;
        } catch (IOException broken) {
            throw Problem.invalid(field, "kernel.file.NO_WORKBOOK");
        }
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Math.min(row.getCellCount(), MOST_COLUMNS); i++)
            texts.add(row.getOptionalCell(i).map(Workbook::text).orElse(""));
        return texts;
    }

    /** What stands there; of a formula the value that was kept with it; {@link Table#UNREADABLE} where nobody can be sure of it. */
    private static String text(Cell cell) {
        if (cell.getType() == CellType.EMPTY) return "";
        if (cell.getType() == CellType.ERROR) return Table.UNREADABLE;
        if (cell.getValue() instanceof BigDecimal number) return number(cell, number);
        if (cell.getValue() instanceof Boolean yes) return yes.toString();
        String text = cell.getValue() instanceof String s ? s : null;
        boolean formula = cell.getType() == CellType.FORMULA;
        if (text == null || formula && (text.isEmpty() || text.startsWith("#"))) return Table.UNREADABLE;
        return text;
    }

    private static String number(Cell cell, BigDecimal number) {
        String format = plain(cell.getDataFormatString());
        if (format.matches(".*[ymdhs].*")) return moment(cell);
        if (number.abs().compareTo(CERTAIN) >= 0) return String.format(Locale.ROOT, "%.5E", number);
        String text = number.round(DIGITS).stripTrailingZeros().toPlainString();
        return format.matches("0{2,20}") && text.matches("\\d+") // shown with zeros in front: a code
                ? "0".repeat(Math.max(0, format.length() - text.length())) + text
                : text;
    }

    private static String moment(Cell cell) {
        LocalDateTime at = cell.asDate();
        return at.toLocalTime().equals(LocalTime.MIDNIGHT) ? at.toLocalDate().toString() : at.toString();
    }

    /** A format without the words, colours and conditions in it. */
    private static String plain(String format) {
        return format == null
                ? ""
                : format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|_.|General", "")
                        .toLowerCase(Locale.ROOT);
    }

    /** The same workbook with its tables alone, unpacked and within bounds. */
    private static byte[] unpacked(String field, byte[] file) {
        var plain = new ByteArrayOutputStream();
        boolean isBook = false;
        int left = MOST_BYTES, parts = 0;
        try (var in = new ZipInputStream(new ByteArrayInputStream(file));
                var out = new ZipOutputStream(plain)) {
            out.setLevel(0);
            for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
                String name = part.getName().toLowerCase(Locale.ROOT);
                if (++parts > MOST_PARTS) throw Problem.invalid(field, "kernel.file.UNFOLDS");
                if (name.endsWith("vbaproject.bin") || name.contains("/macrosheets/"))
                    throw Problem.invalid(field, "kernel.file.MACROS");
                if (name.contains("/externallinks/")) throw Problem.invalid(field, "kernel.file.LINKS");
                byte[] content = in.readNBytes(left + 1);
                left -= content.length;
                if (left < 0) throw Problem.invalid(field, "kernel.file.UNFOLDS");
                if (!name.endsWith(".xml") && !name.endsWith(".rels")) continue;
                if (new String(content, 0, Math.min(content.length, 1000), StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .contains("<!DOCTYPE")) throw Problem.invalid(field, "kernel.file.NO_WORKBOOK");
                if (name.equals("[content_types].xml")
                        && new String(content, StandardCharsets.UTF_8).contains("macroEnabled"))
                    throw Problem.invalid(field, "kernel.file.MACROS");
                isBook |= name.equals("xl/workbook.xml");
                out.putNextEntry(new ZipEntry(part.getName()));
                out.write(content);
            }
        } catch (IOException broken) {
            throw Problem.invalid(field, "kernel.file.NO_WORKBOOK");
        }
        if (!isBook) throw Problem.invalid(field, "kernel.file.NO_WORKBOOK");
        return plain.toByteArray();
    }
}
