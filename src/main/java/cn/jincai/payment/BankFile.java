package cn.jincai.payment;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * The files that go to the bank and come back (docs/bank-files.md): CSV in GB18030, which holds every character of Unicode, all values
 * quoted. A text that a spreadsheet would take for a formula gets an apostrophe in front, which the reader takes off again. What comes back may have gone
 * through a spreadsheet: other delimiters, capitals, blank rows and columns change nothing.
 */
public final class BankFile {
    static final Charset GB18030 = Charset.forName("GB18030");
    private static final int MOST_LINES = 20_000;
    private static final String FORMULA = "=+-@\t\r＝＋－＠";
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');
    private static final Set<String> NEEDED = Set.of("batch", "payment", "amount", "result");

    private BankFile() {}

    /** One transfer. */
    record Transfer(long payment, String holder, String account, String bank, Money amount, String purpose) {}

    /** One line of the bank's answer as it was read: null where the line does not say it, or not so that it can be read. */
    public record AnswerLine(
            int line,
            @Nullable Long batch,
            @Nullable Long payment,
            @Nullable Long amountFen,
            String result,
            String code,
            String reference) {
        /** Of a line that names one. */
        long ofPayment() {
            return Objects.requireNonNull(payment);
        }
    }

    static byte[] write(long batch, List<Transfer> transfers) {
        return print(csv -> {
            csv.printRecord("batch", "payment", "holder", "account", "bank", "amount", "purpose");
            for (Transfer t : transfers)
                csv.printRecord(
                        batch,
                        t.payment(),
                        text(t.holder()),
                        text(t.account()),
                        text(t.bank()),
                        yuan(t.amount().fen()),
                        text(t.purpose()));
        });
    }

    /** As a bank would write it; the simulator and the tests do. */
    public static byte[] writeAnswers(List<AnswerLine> lines) {
        return print(csv -> {
            csv.printRecord("batch", "payment", "amount", "result", "code", "reference");
            for (AnswerLine l : lines)
                csv.printRecord(
                        l.batch(), l.payment(), yuan(l.amountFen()), l.result(), text(l.code()), text(l.reference()));
        });
    }

    /** @throws Problem INVALID where the file as a whole can't be read; a bad line is only a line with nulls */
    static List<AnswerLine> readAnswers(byte[] file) {
        if (file.length == 0) throw Problem.invalid("file", "payment.file.EMPTY_FILE");
        String text = TextFile.read("file", file);
        for (char delimiter : DELIMITERS) {
            CSVFormat form = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(delimiter)
                    .setIgnoreEmptyLines(false)
                    .get();
            try (CSVParser csv = CSVParser.parse(new StringReader(text), form)) {
                Iterator<CSVRecord> rows = csv.iterator();
                Map<String, Integer> columns = columns(rows);
                if (columns.keySet().containsAll(NEEDED)) return lines(rows, columns);
            } catch (IOException | UncheckedIOException e) {
                throw Problem.invalid("file", "payment.file.NOT_CSV");
            }
        }
        throw Problem.invalid("file", "payment.file.NO_HEADER");
    }

    /** Of the first row that says something; a spreadsheet may have written its delimiter before. None where another delimiter is between quotes. */
    private static Map<String, Integer> columns(Iterator<CSVRecord> rows) {
        CSVRecord header;
        try {
            if (!rows.hasNext()) return Map.of();
            header = rows.next();
        } catch (UncheckedIOException quotes) {
            return Map.of();
        }
        while (rows.hasNext() && (isBlank(header) || header.get(0).startsWith("sep="))) header = rows.next();
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = Spelling.ofWord(header.get(i)).toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && columns.putIfAbsent(name, i) != null)
                throw Problem.invalid("file", "payment.file.TWICE", header.get(i));
        }
        return columns;
    }

    private static List<AnswerLine> lines(Iterator<CSVRecord> rows, Map<String, Integer> columns) {
        List<AnswerLine> lines = new ArrayList<>();
        while (rows.hasNext()) {
            CSVRecord row = rows.next();
            if (isBlank(row)) continue;
            if (lines.size() == MOST_LINES) throw Problem.invalid("file", "payment.file.TOO_LONG", MOST_LINES);
            lines.add(new AnswerLine(
                    (int) row.getRecordNumber(),
                    number(cell(row, columns, "batch")),
                    number(cell(row, columns, "payment")),
                    fen(cell(row, columns, "amount")),
                    cell(row, columns, "result").toLowerCase(Locale.ROOT),
                    cell(row, columns, "code"),
                    cell(row, columns, "reference")));
        }
        return lines;
    }

    private static boolean isBlank(CSVRecord row) {
        return row.stream().allMatch(cell -> Spelling.ofWord(cell).isEmpty());
    }

    private interface Printing {
        void on(CSVPrinter csv) throws IOException;
    }

    private static byte[] print(Printing lines) {
        StringBuilder out = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(
                out,
                CSVFormat.DEFAULT
                        .builder()
                        .setQuoteMode(QuoteMode.ALL)
                        .setRecordSeparator("\r\n")
                        .get())) {
            lines.on(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringBuilder never fails
        }
        return out.toString().getBytes(GB18030);
    }

    private static String text(@Nullable String value) {
        if (value == null) return "";
        return value.isEmpty() || FORMULA.indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    }

    /** Without the apostrophe that kept it from being a formula. What is compared is in one spelling, the reference as the bank wrote it. */
    private static String cell(CSVRecord row, Map<String, Integer> columns, String column) {
        int at = columns.getOrDefault(column, row.size());
        String value = at < row.size() ? row.get(at).strip() : "";
        if (value.length() > 1 && value.charAt(0) == '\'' && FORMULA.indexOf(value.charAt(1)) >= 0)
            value = value.substring(1);
        return column.equals("reference") ? Spelling.ofName(value) : Spelling.ofWord(value);
    }

    private static @Nullable Long number(String cell) {
        return cell.matches("\\d{1,18}") ? Long.valueOf(cell) : null;
    }

    private static String yuan(@Nullable Long fen) {
        return fen == null ? "" : BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** 1234.5, 1234.50 and 1,234.50 are the same sum; a third decimal is none. */
    private static @Nullable Long fen(String cell) {
        return cell.matches("\\d{1,3}(,\\d{3}){0,4}(\\.\\d{1,2})?|\\d{1,14}(\\.\\d{1,2})?")
                ? new BigDecimal(cell.replace(",", "")).movePointRight(2).longValueExact()
                : null;
    }
}
