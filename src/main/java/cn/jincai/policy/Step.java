package cn.jincai.policy;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step 环节 as {@code steps.yaml} declares it. What code has to know of it, it asks of the kind, never of the key.
 *
 * @param key           id of its task in the diagrams, and what database and API call the stage
 * @param role          whose step it is; null where the applicant, the public or the system acts
 * @param status        what the applicant reads while the case stands there
 * @param outcomes      by code, in their order; empty where no task is done
 * @param decides       whether nobody may act here and at another deciding step of the case (rulebook 7.5)
 * @param stopsTheClock whether its days do not count towards the law's (rulebook 7.8)
 */
public record Step(
        String key,
        Kind kind,
        @Nullable Role role,
        Text name,
        Text status,
        Map<String, Outcome> outcomes,
        boolean decides,
        boolean stopsTheClock) {

    /**
     * What a task can come to.
     *
     * @param refuses it goes against the applicant or sends the case back, so it needs an opinion
     */
    public record Outcome(Text name, boolean refuses) {}

    /** Whose task it is, of a step that is one. */
    public Role doneBy() {
        return Objects.requireNonNull(role, key);
    }

    /** The role that has a part in the case from here on; empty where experts are chosen one by one, or nobody acts. */
    public Optional<Role> group() {
        return kind == Kind.PANEL ? Optional.empty() : Optional.ofNullable(role);
    }

    /** A task of a diagram that no gate has seen: nobody's. */
    public static Step undeclared(String key) {
        Text name = Text.same(key);
        return new Step(key, Kind.GIVES_OPINION, null, name, name, Map.of(), false, false);
    }

    /** @param code of an outcome that this step has */
    public Outcome outcome(String code) {
        return Objects.requireNonNull(outcomes.get(code), code);
    }

    /**
     * Whether a task of this step is about a payment, or a whole run of them.
     *
     * @param subject of the task; a signature has one where it is about a payment that finance gives up
     */
    public boolean isOfPayment(@Nullable String subject) {
        return kind.isOfPayment() || kind == Kind.SIGNS && subject != null;
    }

    /** Whether it is one of these. */
    public boolean is(Kind... kinds) {
        return List.of(kinds).contains(kind);
    }

    /** What a step does, with the outcomes that the code of this kind acts on. */
    public enum Kind {
        DRAFT("draft"),
        ASKS_EMPLOYER("asks-employer", "confirm", "deny"),
        ACCEPTS("accepts", "accept", "supplement", "not-accepted"),
        ASKS_APPLICANT("asks-applicant"),
        CHECKS_DATA("checks-data", "continue"),
        /** Only the words are kept; the diagram goes on by whatever outcomes the step has. */
        GIVES_OPINION("gives-opinion"),
        REVIEWS("reviews", "approve", "reject", "return"),
        PANEL("panel", "approve", "reject", "recuse"),
        NOTICE("notice"),
        OBJECTION("objection", "dismiss", "uphold"),
        HEARING("hearing"),
        /** For a place of a year's quota. */
        WAITS_IN_LINE("waits-in-line"),
        SIGNS("signs", "sign", "return"),
        MAKES_PAYMENT("makes-payment", "submit", "hold", "ask-account", "give-up"),
        CHECKS_PAYMENT("checks-payment", "approve", "return"),
        WAITS_FOR_BANK("waits-for-bank", "retry", "ask-account"),
        FOLLOWS_UP("follows-up", "done"),
        /** Of a matter that comes after the decision: the words are kept, the diagram goes on by whatever outcomes the step has. */
        REVISES("revises"),
        CLOSED("closed");

        private final String code;
        private final Set<String> outcomes;

        Kind(String code, String... outcomes) {
            this.code = code;
            this.outcomes = Set.of(outcomes);
        }

        public String code() {
            return code;
        }

        /** Whether people do it at a task. */
        public boolean isTask() {
            return takesAny() || !outcomes.isEmpty();
        }

        public boolean takes(String outcome) {
            return takesAny() || outcomes.contains(outcome);
        }

        private boolean takesAny() {
            return this == GIVES_OPINION || this == REVISES;
        }

        public Set<String> outcomes() {
            return outcomes;
        }

        /** Whether the case stands there; an objection, a follow-up and what comes after the decision are dealt with while it stands elsewhere. */
        public boolean isStage() {
            return this != OBJECTION && this != FOLLOWS_UP && this != REVISES;
        }

        /** Whether it is done once for each payment. */
        public boolean isOfPayment() {
            return this == MAKES_PAYMENT || this == CHECKS_PAYMENT || this == WAITS_FOR_BANK;
        }

        public static List<String> codes() {
            return Stream.of(values()).map(Kind::code).toList();
        }

        public static Optional<Kind> find(String code) {
            return Stream.of(values()).filter(kind -> kind.code.equals(code)).findFirst();
        }
    }
}
