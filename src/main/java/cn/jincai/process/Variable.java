package cn.jincai.process;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All that the engine may know of a case: its number and which way to go. Nothing here names a person; experts are accounts. */
enum Variable {
    CASE_NUMBER("caseNumber", String.class),
    RUN("run", String.class),
    /** What the last task or event came to. */
    OUTCOME("outcome", String.class),
    /** The step at which a part begins that does not begin at its first. */
    STEP("step", String.class),
    TRIES("tries", Long.class),
    ANSWERED("answered", Boolean.class),
    ASKED("asked", Boolean.class),
    GOES_ON("goesOn", Boolean.class),
    EXPERTS("experts", java.util.List.class),
    EXPERT("expert", String.class),
    ROUND("round", Long.class),
    DAYS("days", Long.class),
    DECIDED("decided", Boolean.class),
    OBJECTION("objectionId", Long.class),
    ORDERS("orders", java.util.List.class),
    PAYMENT("paymentId", Long.class);

    final String key;
    final Class<?> type;

    Variable(String key, Class<?> type) {
        this.key = key;
        this.type = type;
    }

    /** Which case, run or payment an execution is about, with the expressions that bring it in. The engine is told the first two when it starts; a diagram only hands them on. */
    static final Map<String, Set<String>> OWN = Map.of(
            CASE_NUMBER.key,
            Set.of(),
            RUN.key,
            Set.of(),
            ORDERS.key,
            Set.of("payments.order(caseNumber)"),
            PAYMENT.key,
            Set.of(ORDERS.key, "runs.payments(run)"),
            OBJECTION.key,
            Set.of());

    static final Map<String, Variable> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(v -> v.key, v -> v));
}
