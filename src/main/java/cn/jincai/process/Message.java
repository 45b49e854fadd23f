package cn.jincai.process;

import cn.jincai.policy.DiagramVocabulary;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What from outside moves a case or a payment on: the messages for which a diagram may wait. */
enum Message {
    HANDED_IN("handed-in"),
    WITHDRAWN("withdrawn"),
    /** A place of the year has become free for whoever is first in line. */
    PLACE_FREE("place-free"),
    FACT_CHANGED("fact-changed"),
    OBJECTION_RAISED("objection-raised"),
    /** Of a run's payment it comes by the payment. */
    HEARING_ANSWERED("hearing-answered", "heard", false),
    RATED_POORLY("rated-poorly"),
    BANK_PAID("bank-paid", "paid", true),
    BANK_REFUSED("bank-refused", "refused", true),
    DAY_FAILED("day-failed", "parked", true),
    ACCOUNT_GIVEN("account-given", "given", true);

    /** Its name in the diagrams. */
    final String key;
    /** What the variable {@code outcome} says when it came by a payment. */
    final String outcome;

    private final boolean byPayment;

    Message(String key) {
        this(key, "", false);
    }

    Message(String key, String outcome, boolean byPayment) {
        this.key = key;
        this.outcome = outcome;
        this.byPayment = byPayment;
    }

    static Map<String, DiagramVocabulary.Message> words() {
        return Arrays.stream(values())
                .collect(Collectors.toUnmodifiableMap(
                        m -> m.key, m -> new DiagramVocabulary.Message(m.byPayment ? m.outcome : "", m.byPayment)));
    }
}
