package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The day's batches, and what the bank says to them. */
class BankIT extends CashDesks {
    @Test
    void eachLineThatDoesNotFitIsToldAndChangesNothing() {
        var desk = desk(true).budget(1_000_000);
        long fits = desk.sent(desk.due(100_000)),
                otherSum = desk.sent(desk.due(100_000)),
                elsewhere = desk.sent(desk.due(100_000)),
                refused = desk.sent(desk.due(100_000));
        long batch = desk.look(fits).standing().batch();
        // at once means a batch each; one batch with several lines is what a day brings
        desk.jdbc
                .sql("update payment_batch_items set batch_id = ? where payment_id in (?, ?)")
                .params(batch, otherSum, refused)
                .update();
        desk.jdbc
                .sql("update payments set batch_id = ? where id in (?, ?)")
                .params(batch, otherSum, refused)
                .update();
        for (long moved : List.of(otherSum, refused)) desk.rows.mark(moved);
        var loaded = desk.answer(
                batch,
                batch + "," + fits + ",1000.00,paid,,R1",
                batch + "," + otherSum + ",1000.01,paid,,R2",
                batch + "," + elsewhere + ",1000.00,paid,,R3",
                batch + ",999999999,1000.00,paid,,R4",
                (batch + 100000) + "," + otherSum + ",1000.00,paid,,R5",
                batch + "," + otherSum + ",1000.00,maybe,,R6",
                batch + "," + otherSum + ",1000.00,refused,,R7",
                batch + "," + refused + ",1000.00,refused,AC04,");
        assertThat(loaded.lines())
                .extracting(BankAnswers.Line::found)
                .containsExactly(
                        "matched",
                        "another-sum",
                        "wrong-batch",
                        "unknown-payment",
                        "wrong-batch",
                        "malformed",
                        "contradicts-itself",
                        "matched");
        assertThat(loaded.differences())
                .allMatch(l -> !l.text().zh().isEmpty() && !l.text().en().isEmpty());
        assertThat(desk.look(fits).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(desk.look(otherSum).status()).isEqualTo(PaymentStatus.SENT);
        assertThat(desk.look(elsewhere).status()).isEqualTo(PaymentStatus.SENT);
        assertThat(desk.look(refused).status()).isEqualTo(PaymentStatus.REFUSED);
        assertThat(desk.line().used().fen()).isEqualTo(300_000);
        assertThat(desk.told)
                .contains(new BankAnswered(fits, true), new BankAnswered(refused, false))
                .doesNotContain(new BankAnswered(otherSum, true));
    }

    /** Each line by itself: the field that can't be read is named, with the way out, and the others are taken. */
    @Tag("issue-15.16")
    @Test
    void aNumberThatASpreadsheetRoundedIsRefusedByItsFieldAndTheOtherLinesAreTaken() {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.sent(desk.due(100_000));
        long batch = desk.look(payment).standing().batch();
        var rounded = desk.answer(
                batch,
                "2.02612E+17,999999999,1000.00,paid,,R1",
                batch + ",2.02612E+17,1000.00,paid,,R1",
                batch + ",999999999,1000.00,paid,2.02612E+17,R1",
                batch + ",999999999,1000.00,paid,,2.02612E+17",
                batch + ",999999999,1E+05,paid,,R1",
                batch + "," + payment + ",1000.00,PAID,,R1");
        assertThat(rounded.lines())
                .extracting(BankAnswers.Line::found)
                .containsExactly("malformed", "malformed", "malformed", "malformed", "malformed", "matched");
        List<String> fields = List.of("batch", "payment", "code", "reference", "amount");
        for (int i = 0; i < fields.size(); i++) {
            assertThat(rounded.lines().get(i).text().zh()).contains(fields.get(i) + " 列");
            assertThat(rounded.lines().get(i).text().en()).contains("olumn " + fields.get(i));
        }
        assertThat(rounded.lines().get(3).text().zh()).contains("文本");
        assertThat(desk.look(payment).status()).isEqualTo(PaymentStatus.PAID);
    }

    /** The money has come back, whatever the bank calls the reason; what it calls it may name somebody, and is not kept where it is no code. */
    @ParameterizedTest
    @CsvSource({",R1,R1", "账号户名不符,R1,R1", "2.02612E+17,,", "AC04,2.02612E+17,"})
    @Tag("issue-15.16")
    void aRefusalCountsWhateverElseIsWrongInItsLine(String code, String reference, String kept) {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.sent(desk.due(100_000));
        long batch = desk.look(payment).standing().batch();
        var line = desk.answer(
                        batch,
                        "%d,%d,1000.00,refused,%s,%s"
                                .formatted(batch, payment, Objects.toString(code, ""), Objects.toString(reference, "")))
                .lines()
                .get(0);
        assertThat(line.found()).isEqualTo("matched");
        assertThat(line.text().zh()).contains("已记为退回");
        assertThat(desk.look(payment).status()).isEqualTo(PaymentStatus.REFUSED);
        assertThat(desk.look(payment).bankReference()).isEqualTo(kept);
        assertThat(desk.look(payment).stop().text().zh()).contains("银行退回").doesNotContain("户名不符", "E+17");
    }

    @Test
    void theSameAnswerASecondTimeChangesNothing() {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.sent(desk.due(100_000));
        long batch = desk.look(payment).standing().batch();
        String line = batch + "," + payment + ",1000.00,paid,,R1";
        assertThat(desk.answer(batch, line, line).lines())
                .extracting(BankAnswers.Line::found)
                .containsExactly("matched", "answered-already");
        assertThat(desk.answer(batch, batch + "," + payment + ",1000.00,refused,AC04,")
                        .lines())
                .extracting(BankAnswers.Line::found)
                .containsExactly("answered-already");
        assertThat(desk.look(payment).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(desk.told.stream().filter(BankAnswered.class::isInstance)).hasSize(1);
    }

    @Test
    void aFileThatContradictsItselfPaysNothing() {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.sent(desk.due(100_000));
        long batch = desk.look(payment).standing().batch();
        var loaded = desk.answer(
                batch, batch + "," + payment + ",1000.00,paid,,R1", batch + "," + payment + ",1000.00,refused,AC04,");
        assertThat(loaded.lines()).extracting(BankAnswers.Line::found).containsOnly("contradicts-itself");
        assertThat(desk.look(payment).status()).isEqualTo(PaymentStatus.SENT);
    }

    @Test
    void silenceIsNoRefusal() {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.sent(desk.due(100_000));
        for (String outcome : new String[] {"retry", "ask-account"})
            assertThatThrownBy(() -> desk.does(CashDesk.MAKER, "bank-result", payment, outcome))
                    .isInstanceOfSatisfying(Problem.class, p -> {
                        assertThat(p.kind()).isEqualTo(Problem.Kind.INVALID);
                        assertThat(p.code()).isEqualTo("NO_REFUSAL_ON_RECORD");
                    });
        long batch = desk.look(payment).standing().batch();
        desk.answer(batch, batch + "," + payment + ",1000.00,refused,AC04,");
        desk.does(CashDesk.MAKER, "bank-result", payment, "retry");
        desk.approved(payment);
        assertThat(desk.look(payment).standing().batch()).isNotEqualTo(batch);
        assertThat(desk.look(payment).status()).isEqualTo(PaymentStatus.SENT);
        // a late answer to the first sending is none to the second
        assertThat(desk.answer(batch, batch + "," + payment + ",1000.00,paid,,R")
                        .lines())
                .extracting(BankAnswers.Line::found)
                .containsExactly("answered-already");
    }

    @Test
    void atSixteenHoursTheDaysChecksAreMadeOnceMoreAndWhatFailsIsParked() {
        var desk = desk(false).budget(1_000_000);
        long stays = desk.sent(desk.due(100_000)), fails = desk.sent(desk.due(200_000));
        assertThat(desk.look(stays).status()).isEqualTo(PaymentStatus.APPROVED);
        assertThat(desk.look(stays).standing().batch())
                .as("one batch a day and fund")
                .isEqualTo(desk.look(fails).standing().batch());
        assertThat(desk.batches.next()).isPresent();
        desk.day = p -> p.id() == fails
                ? Optional.of(
                        new PaymentStop("CHANGED_BANNED", "payment.stop.changed", List.of(new Text("失信", "banned"))))
                : Optional.empty();
        desk.jdbc
                .sql("update payment_batches set sends_at = ? where fund = ?")
                .params(OffsetDateTime.parse("2020-01-01T08:00:00Z"), desk.fund)
                .update();
        desk.batches.run();
        assertThat(desk.look(stays).status()).isEqualTo(PaymentStatus.SENT);
        assertThat(desk.look(fails).status()).isEqualTo(PaymentStatus.PARKED);
        assertThat(desk.look(fails).stop().code()).isEqualTo("CHANGED_BANNED");
        assertThat(desk.told).contains(new DayFailed(fails)).doesNotContain(new DayFailed(stays));
        assertThat(desk.line().used().fen()).isEqualTo(100_000);
        desk.day = p -> Optional.empty();
        desk.sent(fails);
        assertThat(desk.look(fails).status()).as("mended").isEqualTo(PaymentStatus.APPROVED);
    }

    @Test
    void withoutRoomAPaymentIsParkedAndGoesOnceTheBudgetIsRaised() {
        var desk = desk(true).budget(50_000);
        long payment = desk.due(100_000);
        desk.made(payment);
        assertThat(desk.approved(payment)).isEqualTo("parked");
        assertThat(desk.look(payment).stop().code()).isEqualTo("NO_ROOM");
        desk.budget(100_000);
        desk.made(payment);
        assertThat(desk.approved(payment)).isEqualTo("approve");
        assertThatThrownBy(() -> desk.budget(99_999))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("BELOW_USED"));
    }

    @Test
    void theFileHoldsWhatWasSentAndEachFetchingIsOnRecord() {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.sent(desk.due(123_456));
        String file = new String(
                desk.batches.file(CashDesk.MAKER, desk.look(payment).standing().batch()), BankFile.GB18030);
        assertThat(file).contains("\"'=张𠮷芳\"", "\"6222020000000000017\"", "\"1234.56\"");
        assertThat(desk.told)
                .anyMatch(e ->
                        e instanceof cn.jincai.kernel.CaseEvent c && c.kind().equals("bank-file-fetched"));
    }

    @Test
    void anOpinionIsNeededToHoldReturnOrGiveUpAndNoOtherFieldIsTaken() {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.due(100_000);
        var task = new cn.jincai.policy.TaskRef(
                "t", cn.jincai.policy.Steps.shared().get("payment-make"), null, null, Long.toString(payment));
        assertThatThrownBy(() -> desk.cashier.complete(CashDesk.MAKER, task, "hold", java.util.Map.of()))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("OPINION_MISSING"));
        assertThatThrownBy(() -> desk.cashier.complete(CashDesk.MAKER, task, "approve", java.util.Map.of()))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("UNKNOWN_OUTCOME"));
        assertThatThrownBy(() -> desk.cashier.complete(CashDesk.MAKER, task, "submit", java.util.Map.of("amount", 1)))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("UNKNOWN_FIELD"));
        assertThat(desk.look(payment).status()).isEqualTo(PaymentStatus.DUE);
    }
}
