package cn.jincai.payment.ledger;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.PaymentStop;
import cn.jincai.vault.Sealed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One payment order as it stands. It changes only by its own words here, each of which refuses what its status does not allow;
 * {@link PaymentRows#change} writes down what comes of it.
 *
 * @param run       the run that ordered it, or null where the decision did
 * @param key       person, benefit and what the package names: paid once (rulebook 7.10)
 * @param account   sealed; null before it is made
 * @param altered   who is paid what out of what into which account is not as it was written down
 * @param displaced status, room, batch or key are not as they were written down
 */
public record Payment(
        long id,
        CaseNumber number,
        @Nullable String run,
        String scheme,
        String packageHash,
        String personKey,
        String benefit,
        @Nullable Integer instalment,
        String fund,
        Money amount,
        String key,
        @Nullable Sealed account,
        Standing standing,
        @Nullable String bankReference,
        boolean altered,
        boolean displaced) {
    /** What it is stopped for where it is not as it was written down. */
    public static final PaymentStop ALTERED = PaymentStop.of("payment.stop.ALTERED");

    /**
     * Where a payment stands.
     *
     * @param stop       why it is parked or was refused
     * @param keyHeld    whether this payment holds the key; another one may
     * @param budgetYear the line in which it has room, null without
     * @param batch      the batch it goes with or went with last
     */
    public record Standing(
            PaymentStatus status,
            @Nullable PaymentStop stop,
            boolean keyHeld,
            boolean giveUpAsked,
            boolean accountAsked,
            @Nullable Integer budgetYear,
            @Nullable Long batch) {
        private Standing now(PaymentStatus next, @Nullable PaymentStop why) {
            return new Standing(next, why, keyHeld, giveUpAsked, accountAsked, budgetYear, batch);
        }

        private Standing asked(boolean giveUp, boolean account) {
            return new Standing(status, stop, keyHeld, giveUp, account, budgetYear, batch);
        }

        private Standing holding(boolean theKey, @Nullable Integer roomOf, @Nullable Long placeIn) {
            return new Standing(status, stop, theKey, giveUpAsked, accountAsked, roomOf, placeIn);
        }
    }

    public Payment amounting(Money counted) {
        return with(counted, account, standing, bankReference);
    }

    /** Finance has made it, to this account. */
    public Payment made(@Nullable Sealed to) {
        mustWait();
        return with(amount, to, standing.now(PaymentStatus.MADE, null).asked(false, false), bankReference);
    }

    public Payment approved() {
        mustBe(PaymentStatus.MADE);
        return at(standing.now(PaymentStatus.APPROVED, null));
    }

    /** The approver gives it back to be made again. */
    public Payment returned() {
        mustBe(PaymentStatus.MADE);
        return at(standing.now(PaymentStatus.DUE, null));
    }

    /** The bank refused it; it goes once more as it is. */
    public Payment retried() {
        mustBe(PaymentStatus.REFUSED);
        return at(standing.now(PaymentStatus.MADE, null));
    }

    /** What the bank refused, or what was parked, is begun anew. */
    public Payment dueAgain() {
        if (!is(PaymentStatus.REFUSED)) mustWait();
        return at(standing.now(PaymentStatus.DUE, null));
    }

    /** Another account is asked of the payee; until then nothing is made. */
    public Payment asksAccount() {
        mustWait();
        return at(standing.asked(standing.giveUpAsked, true));
    }

    public Payment accountNoLongerAsked() {
        return at(standing.asked(standing.giveUpAsked, false));
    }

    /** Finance proposes to give it up, or a leader keeps it. */
    public Payment asksToGiveUp(boolean asked) {
        mustWait();
        return at(standing.asked(asked, standing.accountAsked));
    }

    /** It will never be made: its key is free. */
    public Payment givenUp() {
        mustWait();
        if (!standing.giveUpAsked) throw Problem.conflict("payment.NOT_ASKED");
        return at(standing.now(PaymentStatus.GIVEN_UP, standing.stop)
                .holding(false, standing.budgetYear, standing.batch));
    }

    public Payment parked(PaymentStop why) {
        if (is(PaymentStatus.SENT, PaymentStatus.PAID, PaymentStatus.GIVEN_UP)) throw movedOn();
        return at(standing.now(PaymentStatus.PARKED, why).holding(standing.keyHeld, standing.budgetYear, null));
    }

    public Payment holdingKey() {
        return at(standing.holding(true, standing.budgetYear, standing.batch));
    }

    /** @param year null where it has room in none any more */
    public Payment withRoomOf(@Nullable Integer year) {
        return at(standing.holding(standing.keyHeld, year, standing.batch));
    }

    public Payment inBatch(long next) {
        mustBe(PaymentStatus.APPROVED);
        return at(standing.holding(standing.keyHeld, standing.budgetYear, next));
    }

    public Payment sent() {
        mustBe(PaymentStatus.APPROVED);
        return at(standing.now(PaymentStatus.SENT, null));
    }

    /** @param refusal null where the bank paid @param reference the bank's own, null where it gave none */
    public Payment answered(@Nullable PaymentStop refusal, @Nullable String reference) {
        mustBe(PaymentStatus.SENT);
        PaymentStatus next = refusal == null ? PaymentStatus.PAID : PaymentStatus.REFUSED;
        return with(amount, account, standing.now(next, refusal), reference);
    }

    private Payment at(Standing next) {
        return with(amount, account, next, bankReference);
    }

    private Payment with(Money sum, @Nullable Sealed to, Standing next, @Nullable String reference) {
        return new Payment(
                id,
                number,
                run,
                scheme,
                packageHash,
                personKey,
                benefit,
                instalment,
                fund,
                sum,
                key,
                to,
                next,
                reference,
                altered,
                displaced);
    }

    public PaymentStatus status() {
        return standing.status;
    }

    @Nullable
    public PaymentStop stop() {
        return standing.stop;
    }

    public boolean accountAsked() {
        return standing.accountAsked;
    }

    public boolean is(PaymentStatus... any) {
        return Arrays.asList(any).contains(standing.status);
    }

    /** Whether finance has it before it, made by nobody yet. */
    public boolean waits() {
        return is(PaymentStatus.DUE, PaymentStatus.PARKED);
    }

    public boolean isSound() {
        return !altered && !displaced;
    }

    public void mustWait() {
        if (!waits()) throw movedOn();
    }

    /** Somebody else may have moved it in the meantime: nothing is done twice. */
    public void mustBe(PaymentStatus... any) {
        if (!is(any)) throw movedOn();
    }

    private Problem movedOn() {
        return Problem.conflict("payment.PAYMENT_MOVED_ON", status().text());
    }
}
