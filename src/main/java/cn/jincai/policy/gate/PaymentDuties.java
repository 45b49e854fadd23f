package cn.jincai.policy.gate;

import static cn.jincai.policy.gate.Marks.OWED;

import cn.jincai.policy.Step.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What nobody may pass by on the way of a payment (rulebook 7.11): a maker, a checker, the bank, and a decision before it is given up. */
final class PaymentDuties {
    private PaymentDuties() {}

    /** @param ofPayment false for all payments of a run at once */
    private static List<String> made(boolean ofPayment) {
        return ofPayment ? List.of("made", "checked") : List.of("run:made", "run:checked");
    }

    static void comesToMaker(boolean ofPayment, Set<String> marks) {
        marks.removeAll(made(ofPayment));
        marks.remove("account");
    }

    static void comesToChecker(boolean ofPayment, Set<String> marks, Consumer<String> missing) {
        if (!marks.contains(made(ofPayment).get(0))) missing.accept("maker");
    }

    static void done(Kind kind, String outcome, boolean ofPayment, Set<String> marks) {
        switch (kind) {
            case MAKES_PAYMENT -> {
                if (outcome.equals("submit")) marks.add(made(ofPayment).get(0));
                if (outcome.equals("give-up")) marks.add(OWED + "hearing");
                if (outcome.equals("ask-account")) marks.add("account");
            }
            case CHECKS_PAYMENT -> {
                if (outcome.equals("approve")) marks.add(made(ofPayment).get(1));
                else marks.removeAll(made(ofPayment));
            }
            case WAITS_FOR_BANK -> {
                marks.remove("checked");
                if (outcome.equals("ask-account")) marks.add("account");
            }
            default -> {}
        }
    }

    static void called(String method, @Nullable Object answer, Set<String> marks, Consumer<String> missing) {
        switch (method) {
            case "order" -> {
                if (!marks.contains(Duties.SIGNED)) missing.accept("decision");
                marks.add("ordered");
                if (answer instanceof List<?> orders && !orders.isEmpty()) marks.add(OWED + "payments");
            }
            case "approved" -> {
                if (Boolean.TRUE.equals(answer)) marks.addAll(List.of("made", "checked"));
            }
            case "accountSilent" -> marks.remove("account");
            case "giveUp" -> {
                if (!marks.contains("given-up")) missing.accept("decision");
                marks.add("ended");
            }
            default -> {}
        }
    }

    /** A wait for what the bank says of a payment, which is sent only when it was made and checked. */
    static void comesToTheBank(Set<String> marks, Consumer<String> missing) {
        if (!marks.contains("made")) missing.accept("maker");
        else if (!marks.contains("checked")) missing.accept("checker");
    }

    static void begins(Set<String> marks) {
        marks.removeAll(List.of("made", "checked", "paid", "given-up", "ended", "account", OWED + "hearing"));
    }

    /** One payment's part of the diagram is over. */
    static void ends(Set<String> marks, Consumer<String> missing) {
        if (!marks.contains("paid") && !marks.contains("ended")) missing.accept("payment");
        begins(marks);
        marks.remove(OWED + "payments");
    }
}
