package cn.jincai.payment.ledger;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Money;
import org.jspecify.annotations.Nullable;

/** What is to be paid, before it is an order. {@code applicant} is the account that filed the case. */
public record PaymentDue(
        CaseNumber number,
        @Nullable String run,
        String scheme,
        String packageHash,
        String applicant,
        String personKey,
        String benefit,
        @Nullable Integer instalment,
        String fund,
        Money amount,
        String key) {}
