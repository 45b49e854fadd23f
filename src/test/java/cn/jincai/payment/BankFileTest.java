package cn.jincai.payment;

import static cn.jincai.kernel.WorkbookFile.cells;
import static cn.jincai.kernel.WorkbookFile.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.WorkbookFile;
import cn.jincai.payment.BankFile.AnswerLine;
import cn.jincai.payment.BankFile.Transfer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankFileTest {
    private static final String HEADER = "batch,payment,amount,result,code,reference\r\n";

    @Test
    void aNameBeyondTheBasicPlaneReachesTheBankWhole() {
        byte[] file = BankFile.write(
                7,
                List.of(new Transfer(
                        12, "张𠮷芳", "6222020000000000017", "中国工商银行晋江支行", new Money(200_000), "技能提升补贴 JC2026000001")));
        assertThat(new String(file, BankFile.GB18030)).isEqualTo("""
            "batch","payment","holder","account","bank","amount","purpose"\r
            "7","12","张𠮷芳","6222020000000000017","中国工商银行晋江支行","2000.00","技能提升补贴 JC2026000001"\r
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://x\")", "+86", "-1+2", "@SUM(A1)", "\t=1", "＝1"})
    void whatASpreadsheetWouldTakeForAFormulaIsText(String holder) {
        String file = new String(
                BankFile.write(1, List.of(new Transfer(2, holder, "1", "b", new Money(1), "p"))), BankFile.GB18030);
        assertThat(file).contains("\"'" + holder.replace("\"", "\"\"") + "\"");
    }

    @Test
    void quotesAndLineBreaksStayInsideTheirValue() {
        String file = new String(
                BankFile.write(1, List.of(new Transfer(2, "甲\",\"乙\r\n丙", "1", "b", new Money(1), "p"))),
                BankFile.GB18030);
        assertThat(file).contains("\"甲\"\",\"\"乙\r\n丙\"");
    }

    @Test
    void anAnswerIsReadAsItWasWritten() {
        var lines = List.of(
                new AnswerLine(2, 7L, 12L, 200_001L, "paid", "", "-REF"),
                new AnswerLine(3, 7L, 13L, 5L, "refused", "AC04", ""));
        assertThat(BankFile.readAnswers(BankFile.writeAnswers(lines))).isEqualTo(lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.50|123450",
                "1234.5|123450",
                "1234|123400",
                "1,234.50|123450",
                "0.01|1",
                "1234.505|",
                "-1|",
                "1e3|",
                "|",
                "12,34.00|"
            })
    void sumsAreReadToTheFenOrNotAtAll(String written, Long fen) {
        byte[] file =
                (HEADER + "7,12,\"" + (written == null ? "" : written) + "\",paid,,r\r\n").getBytes(BankFile.GB18030);
        assertThat(BankFile.readAnswers(file).get(0).amountFen()).isEqualTo(fen);
    }

    @Test
    void aFileInUtf8IsReadWhetherItSaysSoOrNot() {
        byte[] file = (HEADER + "7,12,1.00,paid,,回单\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(BankFile.readAnswers(file)).containsExactly(new AnswerLine(2, 7L, 12L, 100L, "paid", "", "回单"));
    }

    @Tag("issue-15.16")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFBatch,PAYMENT,Amount,Result,Code,Reference,,\r\n,,,,,,,\r\n7,12,1.00,PAID,,回单,,\r\n,,,,,,,\r\n",
                "batch;payment;amount;result;code;reference\r\n\r\n7;12;1.00;Paid;;回单\r\n",
                "\"batch\"\t\"payment\"\t\"amount\"\t\"result\"\t\"code\"\t\"reference\"\n\n7\t12\t1.00\tpaid\t\t回单\n",
                "sep=;\r\nbatch;payment;amount;result;code;reference\r\n7;12;1.00;paid;;回单\r\n",
                ",batch,payment,,amount,result,code,reference\r\n\r\n,７,12\u200B,,１.00,ｐａｉｄ,,回单\r\n"
            })
    void whatASpreadsheetChangesInAFileChangesNoAnswer(String file) {
        for (Charset encoding : List.of(StandardCharsets.UTF_8, BankFile.GB18030))
            assertThat(BankFile.readAnswers(file.getBytes(encoding)))
                    .containsExactly(new AnswerLine(3, 7L, 12L, 100L, "paid", "", "回单"));
    }

    @Tag("issue-15.16")
    @Test
    void ofTwoColumnsOfOneNameNoneIsTaken() {
        assertThatThrownBy(() -> BankFile.readAnswers("batch,payment,amount,result,Result\r\n".getBytes()))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.text().en()).contains("two columns", "Result"));
    }

    @Test
    void aFileThatCantBeReadIsRefusedAsAWhole() {
        assertThatThrownBy(() -> BankFile.readAnswers(new byte[0]))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("INVALID");
        assertThatThrownBy(() -> BankFile.readAnswers("a,b\r\n1,2".getBytes())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> BankFile.readAnswers(new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2}))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> BankFile.readAnswers((HEADER + "7,\"12,1.00").getBytes()))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> BankFile.readAnswers(("batch,batch,payment,amount,result\r\n").getBytes()))
                .isInstanceOf(Problem.class);
    }

    @Test
    @Tag("issue-15.16")
    void aWorkbookIsReadAsTheSameLinesWouldBeInCsv() {
        byte[] file = new WorkbookFile(row(1, "Batch", "payment", "amount", "RESULT", "code", "reference")
                        + cells(
                                2,
                                "><v>7</v>",
                                "><v>12</v>",
                                "><v>2000.1</v>",
                                " t=\"inlineStr\"><is><t>PAID</t></is>",
                                "",
                                "><v>202612000000012345</v>")
                        + row(4, "7", "13", "0.05", "refused", "AC04", ""))
                .bytes();
        assertThat(BankFile.readAnswers(file))
                .containsExactly(
                        new AnswerLine(2, 7L, 12L, 200_010L, "paid", "", "2.02612E+17"),
                        new AnswerLine(4, 7L, 13L, 5L, "refused", "AC04", ""));
    }
}
