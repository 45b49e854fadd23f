package cn.jincai.payment;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * The files that go to the bank and come back (docs/bank-files.md): CSV in GB18030, which holds every character of Unicode, all values
 * quoted. A text that a spreadsheet would take for a formula gets an apostrophe in front, which the reader takes off again. What comes back may have gone
 * through a spreadsheet, or come as one.
 */
public final class BankFile {
    static final Charset GB18030 = Charset.forName("GB18030");
    private static final int MOST_LINES = 20_000;
    private static final String FORMULA = "=+-@\t\r＝＋－＠";
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
        Table table = Table.read("file", file, NEEDED, MOST_LINES, "batch, payment, amount, result, code, reference");
        return table.rows().stream()
                .map(row -> new AnswerLine(
                        (int) row.line(),
                        number(word(table.cell(row, "batch"))),
                        number(word(table.cell(row, "payment"))),
                        fen(word(table.cell(row, "amount"))),
                        word(table.cell(row, "result")).toLowerCase(Locale.ROOT),
                        word(table.cell(row, "code")),
                        Spelling.ofName(bare(table.cell(row, "reference")))))
                .toList();
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

    /** In the one spelling in which it is compared. */
    private static String word(String cell) {
        return Spelling.ofWord(bare(cell));
    }

    /** Without the apostrophe that kept it from being a formula. */
    private static String bare(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
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
