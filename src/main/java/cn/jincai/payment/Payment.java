package cn.jincai.payment;

import cn.jincai.applicant.Sealed;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import java.util.Arrays;

/**
 * One payment order as it stands.
 *
 * @param run        the half-yearly run that ordered it, or null where the decision did
 * @param key        person, benefit and what the package names: paid once (rulebook 7.10)
 * @param keyHeld    whether this payment holds the key; another one may
 * @param stop       why it is parked or was refused
 * @param account    sealed; null before it is made
 * @param budgetYear the line in which it has room, null without
 * @param batch      the batch it goes with or went with last
 * @param altered    who is paid what out of what into which account is not as it was written down
 * @param displaced  status, room, batch or key are not as they were written down
 */
record Payment(
        long id,
        CaseNumber number,
        String run,
        String scheme,
        String packageHash,
        String personKey,
        String benefit,
        Integer instalment,
        String fund,
        long amountFen,
        String key,
        boolean keyHeld,
        PaymentStatus status,
        PaymentStop stop,
        boolean giveUpAsked,
        boolean accountAsked,
        Sealed account,
        Integer budgetYear,
        Long batch,
        String bankReference,
        boolean altered,
        boolean displaced) {

    boolean is(PaymentStatus... any) {
        return Arrays.asList(any).contains(status);
    }

    boolean isSound() {
        return !altered && !displaced;
    }

    /** Somebody else may have moved it in the meantime: nothing is done twice. */
    void mustBe(PaymentStatus... any) {
        if (!is(any)) throw Problem.conflict("payment.PAYMENT_MOVED_ON", status.text());
    }
}
