package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order: nothing is paid twice, no line is overdrawn, and every movement adds up. */
class PaidOnceIT extends CashDesks {
    @Test
    void twoCasesOfOnePersonAtTheSameSecondAreOnePayment() throws Exception {
        var desk = desk(true).budget(1_000_000);
        String person = desk.person();
        List<Long> both = atOnce(
                () -> desk.due(person, "welder THREE", 100_000), () -> desk.due(person, "welder THREE", 100_000));
        assertThat(both)
                .extracting(id -> desk.look(id).status())
                .containsExactlyInAnyOrder(PaymentStatus.DUE, PaymentStatus.PARKED);
        long second = both.stream()
                .filter(id -> desk.look(id).is(PaymentStatus.PARKED))
                .findFirst()
                .orElseThrow();
        assertThat(desk.look(second).stop().code()).isEqualTo("KEY_USED");
        assertThat(desk.look(second).standing().keyHeld()).isFalse();
    }

    /** Each had its key when they were two people's. */
    @Test
    @Tag("issue-15.11")
    void ofTwoPaymentsThatTurnOutToBeOnePersonsTheOneOrderedLaterWaits() {
        var desk = desk(true).budget(1_000_000);
        String one = desk.person(), other = desk.person();
        long first = desk.due(one, "1", 100_000),
                second = desk.due(other, "1", 100_000),
                another = desk.due(other, "2", 100_000);
        assertThat(List.of(first, second)).noneMatch(id -> desk.rows.isBehindAnother(desk.look(id)));
        List<String> both = Stream.of(one, other).sorted().toList();
        desk.in(() -> desk.jdbc
                .sql(
                        "insert into person_pairs (one_key, other_key, alike, found_at, same) values (?, ?, 'NAME,PHONE', ?, true)")
                .params(both.get(0), both.get(1), OffsetDateTime.parse("2026-03-02T09:00:00+08:00"))
                .update());
        assertThat(desk.rows.isBehindAnother(desk.look(first))).isFalse();
        assertThat(desk.rows.isBehindAnother(desk.look(second))).isTrue();
        assertThat(desk.rows.isBehindAnother(desk.look(another))).isFalse();
        assertThat(desk.look(desk.due(one, "2", 100_000)).stop().code()).isEqualTo("KEY_USED");
        assertThat(desk.rows.sum(other, List.of("SUBSIDY")))
                .as("of both documents")
                .isEqualTo(300_000);
    }

    @Test
    void aGivenUpPaymentLeavesItsKeyToTheOther() {
        var desk = desk(true).budget(1_000_000);
        String person = desk.person();
        long first = desk.due(person, "1", 100_000), second = desk.due(person, "1", 100_000);
        desk.does(CashDesk.MAKER, "payment-make", first, "give-up");
        desk.in(() -> desk.payments.giveUp(first));
        assertThat(desk.look(first).status()).isEqualTo(PaymentStatus.GIVEN_UP);
        assertThat(desk.rows.takeKey(desk.look(second))).isTrue();
    }

    @Test
    void twoApprovalsAtTheSameSecondCantOverdrawALine() throws Exception {
        var desk = desk(true).budget(150_000);
        long one = desk.due(100_000), other = desk.due(100_000);
        desk.made(one);
        desk.made(other);
        List<String> outcomes = atOnce(() -> desk.approved(one), () -> desk.approved(other));
        assertThat(outcomes).containsExactlyInAnyOrder("approve", "parked");
        assertThat(desk.line().used().fen()).isEqualTo(100_000);
    }

    /** On connections of their own, again and again, so that whoever reads the room before the line is his would be found out. */
    @Test
    @Tag("issue-13.25")
    void theLastRoomOfALineAskedForTwiceAtTheSameMomentIsGivenOnce() throws Exception {
        for (int round = 0; round < 40; round++) {
            var desk = desk(round % 2 == 0).budget(250_000);
            long first = desk.sent(desk.due(150_000)), one = desk.due(100_000), other = desk.due(100_000);
            desk.made(one);
            desk.made(other);
            List<String> outcomes = atOnce(() -> desk.approved(one), () -> desk.approved(other));
            assertThat(outcomes).as("round " + round).containsExactlyInAnyOrder("approve", "parked");
            addsUp(desk, List.of(first, one, other), "round " + round);
        }
    }

    @Test
    void oneApprovalAtTheSameSecondTwiceIsOne() throws Exception {
        var desk = desk(true).budget(1_000_000);
        long payment = desk.due(100_000);
        desk.made(payment);
        List<String> outcomes =
                atOnce(() -> orRefused(() -> desk.approved(payment)), () -> orRefused(() -> desk.approved(payment)));
        assertThat(outcomes).containsExactlyInAnyOrder("approve", "PAYMENT_MOVED_ON");
        assertThat(desk.line().used().fen()).isEqualTo(100_000);
    }

    private static String orRefused(Callable<String> step) throws Exception {
        try {
            return step.call();
        } catch (Problem refused) {
            return refused.code();
        }
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        var start = new CyclicBarrier(2);
        try (var two = new Closing(Executors.newFixedThreadPool(2))) {
            List<Future<T>> both = new ArrayList<>();
            for (var each : List.of(one, other))
                both.add(two.executor().submit(() -> {
                    start.await();
                    return each.call();
                }));
            return List.of(both.get(0).get(), both.get(1).get());
        }
    }

    private record Closing(java.util.concurrent.ExecutorService executor) implements AutoCloseable {
        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    @Test
    void whateverTheOrderNoKeyIsPaidTwiceAndTheLedgerAddsUp() {
        long seed = Long.getLong("seed", System.nanoTime());
        for (long each = seed; each < seed + 4; each++) walk(each);
    }

    private void walk(long seed) {
        var random = new Random(seed);
        var desk = desk(random.nextBoolean()).budget(600_000);
        List<String> persons = List.of(desk.person(), desk.person());
        List<Long> payments = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            String did = "seed " + seed + " step " + step + ": " + act(desk, random, persons, payments);
            addsUp(desk, payments, did);
        }
    }

    private static String act(CashDesk desk, Random random, List<String> persons, List<Long> payments) {
        desk.day = p -> failing(desk, random, p);
        if (payments.isEmpty() || random.nextInt(12) == 0) {
            payments.add(desk.due(
                    persons.get(random.nextInt(2)), "thing " + random.nextInt(3), 1 + random.nextInt(200_000)));
            return "ordered";
        }
        long payment = payments.get(random.nextInt(payments.size()));
        String[] steps = {
            "submit",
            "submit",
            "approve",
            "approve",
            "return",
            "hold",
            "ask-account",
            "account-given",
            "account-silent",
            "give-up",
            "signed",
            "kept",
            "retry",
            "paid",
            "paid",
            "refused",
            "sending"
        };
        String did = steps[random.nextInt(steps.length)];
        try {
            switch (did) {
                case "submit", "hold", "give-up" -> desk.does(CashDesk.MAKER, "payment-make", payment, did);
                case "ask-account" ->
                    desk.does(CashDesk.MAKER, random.nextBoolean() ? "payment-make" : "bank-result", payment, did);
                case "retry" -> desk.does(CashDesk.MAKER, "bank-result", payment, did);
                case "approve", "return" -> desk.does(CashDesk.CHECKER, "payment-approve", payment, did);
                case "account-given" ->
                    desk.in(() -> desk.payments.accountGiven(new cn.jincai.filing.events.AccountAnswered(
                            desk.look(payment).number(), payment)));
                case "account-silent" -> desk.in(() -> desk.payments.accountSilent(payment));
                case "signed" -> desk.in(() -> desk.payments.giveUp(payment));
                case "kept" -> desk.in(() -> desk.payments.keep(payment));
                case "sending" ->
                    desk.in(() -> desk.jdbc
                            .sql("update payment_batches set sends_at = ? where fund = ? and status = 'open'")
                            .params(java.time.OffsetDateTime.parse("2020-01-01T00:00:00Z"), desk.fund)
                            .update());
                default -> bank(desk, random, payment, did);
            }
            if (did.equals("sending")) desk.batches.run();
            return did + " " + payment;
        } catch (Problem refused) {
            return did + " " + payment + " refused: " + refused.code();
        }
    }

    /** The checks that the test doesn't play: the key, and now and then something of the day. */
    private static Optional<PaymentStop> failing(CashDesk desk, Random random, Payment p) {
        if (!p.standing().keyHeld() && !desk.rows.takeKey(p)) return Optional.of(PaymentChecks.KEY_USED);
        return random.nextInt(4) == 0
                ? Optional.of(
                        new PaymentStop("CHANGED_BANNED", "payment.stop.changed", List.of(new Text("情况变化", "changed"))))
                : Optional.empty();
    }

    private static void bank(CashDesk desk, Random random, long payment, String did) {
        Payment p = desk.look(payment);
        if (p.standing().batch() == null
                || desk.batches.find(p.standing().batch()).status().equals("open")) return;
        String sum = Money.NONE
                .plus(new Money(
                        random.nextInt(5) == 0
                                ? p.amount().fen() + 1
                                : p.amount().fen()))
                .yuan();
        desk.answer(
                p.standing().batch(),
                "%d,%d,\"%s\",%s,AC04,R".formatted(p.standing().batch(), payment, sum, did));
    }

    private static void addsUp(CashDesk desk, List<Long> ids, String did) {
        List<Payment> all = ids.stream().map(desk::look).toList();
        Map<String, Integer> out = new HashMap<>();
        all.stream()
                .filter(p -> p.is(PaymentStatus.APPROVED, PaymentStatus.SENT, PaymentStatus.PAID))
                .forEach(p -> out.merge(p.key(), 1, Integer::sum));
        assertThat(out.values()).as(did).allMatch(n -> n == 1);
        long taken = all.stream()
                .filter(p -> p.is(PaymentStatus.APPROVED, PaymentStatus.SENT, PaymentStatus.PAID))
                .mapToLong(p -> p.amount().fen())
                .sum();
        assertThat(desk.line().used().fen())
                .as(did)
                .isEqualTo(taken)
                .isLessThanOrEqualTo(desk.line().sum().fen());
        long moved = desk.jdbc
                .sql("select coalesce(sum(fen), 0) from budget_entries where fund = ? and kind <> 'entered'")
                .param(desk.fund)
                .query(Long.class)
                .single();
        assertThat(moved).as(did).isEqualTo(taken);
        long paidByBank = desk.jdbc
                .sql(
                        "select coalesce(sum(i.amount_fen), 0) from payment_batch_items i join payments p on p.id = i.payment_id where p.fund = ? and i.answer = 'paid'")
                .param(desk.fund)
                .query(Long.class)
                .single();
        assertThat(paidByBank)
                .as(did)
                .isEqualTo(all.stream()
                        .filter(p -> p.is(PaymentStatus.PAID))
                        .mapToLong(p -> p.amount().fen())
                        .sum());
    }
}
