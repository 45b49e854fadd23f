package cn.jincai.payment;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a payment's history.
 *
 * @param step    the task, or null for what the system or the bank did
 * @param kind    the outcome, or what happened
 * @param opinion may name people: for finance, the leader who signs a give-up and auditors, and where the payee is heard on it, for him
 */
public record PaymentStep(
        Instant at,
        @Nullable String step,
        String kind,
        Text what,
        String account,
        @Nullable Role as,
        @Nullable String opinion) {}
