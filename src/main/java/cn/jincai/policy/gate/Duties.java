package cn.jincai.policy.gate;

import static cn.jincai.policy.gate.Marks.DONE;
import static cn.jincai.policy.gate.Marks.NO;
import static cn.jincai.policy.gate.Marks.OWED;
import static cn.jincai.policy.gate.Marks.forget;
import static cn.jincai.policy.gate.Marks.isOpen;
import static cn.jincai.policy.gate.Marks.needed;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What nobody may pass by on the way of a case (rulebook 7), kept as {@link Marks} of a position. Whoever comes to a step or calls a bean for which something is missing
 * is told what: each is a word of {@code policy.walk.missing}.
 */
final class Duties {
    /** Of a half-yearly run, not of a case. */
    static final String RUN = "run";
    /** It was closed just now. */
    static final String RATABLE = "ratable";

    static final String SIGNED = "signed";

    private static final String CLOSED = "closed", WITHDRAWN = "withdrawn";
    private static final String REVIEWED = "reviewed:", APPROVED = "approved";

    private final Scheme scheme;
    private final Steps steps;

    Duties(Scheme scheme, Steps steps) {
        this.scheme = scheme;
        this.steps = steps;
    }

    /** All that {@link Duties} and a walk ask of a scheme beside its diagrams, forms and steps. */
    static String asked(Scheme scheme) {
        return scheme.employerCheck() + " " + scheme.panelLevels().isEmpty() + " " + pays(scheme) + " " + scheme.way();
    }

    private static boolean pays(Scheme scheme) {
        return scheme.benefits().stream().anyMatch(b -> b.isMoney() && !b.isPaidByRun());
    }

    /** @param ofPayment whether it is about a single payment */
    void comesTo(Step step, boolean ofPayment, Set<String> marks, Consumer<String> missing) {
        switch (step.kind()) {
            case REVIEWS -> {
                toReview(marks, missing);
                if (marks.contains(SIGNED)) missing.accept("end");
            }
            case SIGNS -> {
                if (ofPayment) heard(marks, missing);
                else toSign(marks, missing);
            }
            case MAKES_PAYMENT -> PaymentDuties.comesToMaker(ofPayment, marks);
            case CHECKS_PAYMENT -> PaymentDuties.comesToChecker(ofPayment, marks, missing);
            default -> {}
        }
    }

    private void toReview(Set<String> marks, Consumer<String> missing) {
        if (!marks.contains("accepted")) missing.accept("acceptance");
        if (!marks.contains("asked")) missing.accept("data");
        if (isAsked(marks)) missing.accept("supplement");
        heard(marks, missing);
    }

    private static void heard(Set<String> marks, Consumer<String> missing) {
        if (marks.contains(OWED + "hearing")) missing.accept("hearing");
    }

    private void toSign(Set<String> marks, Consumer<String> missing) {
        toReview(marks, missing);
        long reviews = steps.all(Kind.REVIEWS).stream()
                .filter(step -> !isLeaders(step) && marks.contains(REVIEWED + step.key()))
                .count();
        if (reviews < (marks.contains(NO + "second") ? 1 : 2)) missing.accept("reviews");
        if (scheme.employerCheck() && isOpen("employer", marks)) missing.accept("employer");
        if (isOpen("leader", marks)) missing.accept("leader");
        if (!scheme.panelLevels().isEmpty() && (isOpen("panel", marks) || marks.contains(OWED + "verdict")))
            missing.accept("panel");
        if (scheme.way().quota() != null && isOpen("place", marks)) missing.accept("place");
        if (isOpen("notice", marks) || marks.contains("shown")) missing.accept("notice");
        else if (marks.contains(DONE + "notice") && isOpen("objections", marks)) missing.accept("objections");
    }

    private static boolean isLeaders(Step step) {
        return step.role() == Role.LEADER;
    }

    void done(Step step, String outcome, boolean ofPayment, Set<String> marks) {
        switch (step.kind()) {
            case ASKS_EMPLOYER -> Marks.done("employer", marks);
            case ACCEPTS -> {
                if (outcome.equals("accept")) marks.add("accepted");
                else if (outcome.equals("supplement")) marks.add(OWED + "supplement");
                else marks.add("not-accepted");
            }
            case REVIEWS -> reviewed(step, outcome, marks);
            case SIGNS -> signed(outcome, ofPayment, marks);
            case REVISES -> RevisionDuties.done(step, outcome, marks);
            case MAKES_PAYMENT, CHECKS_PAYMENT, WAITS_FOR_BANK ->
                PaymentDuties.done(step.kind(), outcome, ofPayment, marks);
            default -> {}
        }
    }

    /** What was asked after an earlier review does not hold after a later one. */
    private void reviewed(Step step, String outcome, Set<String> marks) {
        forget("notice", marks);
        forget("objections", marks);
        forget("place", marks);
        if (outcome.equals("return")) {
            marks.remove(APPROVED);
            marks.removeIf(m -> m.startsWith(REVIEWED) && !(isLeaders(step) && m.equals(REVIEWED + firstReview())));
            if (steps.isFirst(step)) marks.add(OWED + "supplement");
        } else if (isLeaders(step)) {
            Marks.done("leader", marks);
            marks.remove(OWED + "verdict");
        } else {
            marks.add(REVIEWED + step.key());
            forget("leader", marks);
            forget("panel", marks);
            forget("second", marks);
            if (outcome.equals("approve")) marks.add(APPROVED);
            else marks.remove(APPROVED);
        }
    }

    private String firstReview() {
        return steps.first(Kind.REVIEWS).key();
    }

    private void signed(String outcome, boolean ofPayment, Set<String> marks) {
        if (ofPayment) {
            if (outcome.equals("sign")) marks.add("given-up");
        } else if (outcome.equals("sign")) {
            marks.clear(); // what was before a signature matters no more
            marks.add(SIGNED);
        } else {
            marks.remove(APPROVED);
            marks.removeIf(m -> m.startsWith(REVIEWED) && !m.equals(REVIEWED + firstReview()));
        }
    }

    /** @param kind of the step at which the applicant was waited for, whether he answered or not */
    void waited(Kind kind, Set<String> marks) {
        if (kind == Kind.HEARING) marks.remove(OWED + "hearing");
        if (kind == Kind.NOTICE) marks.add("long-enough");
    }

    void comes(String message, Set<String> marks) {
        switch (message) {
            case "withdrawn" -> {
                marks.clear();
                marks.add(WITHDRAWN);
            }
            case "handed-in" -> marks.remove(OWED + "supplement");
            case "fact-changed" -> {
                marks.remove(APPROVED);
                marks.removeIf(m -> m.startsWith(REVIEWED));
            }
            case "place-free" -> forget("place", marks); // whose it is is asked again
            case "account-given" -> marks.remove("account");
            case "bank-paid" -> {
                marks.add("paid");
                marks.remove("checked");
            }
            case "bank-refused", "day-failed" -> marks.remove("checked");
            default -> {}
        }
    }

    /** Whether a bean can answer so in this position. */
    boolean isPossible(Guesses.Asked call, @Nullable Object answer, Set<String> marks) {
        return switch (call.name()) {
            case "payments.approved" -> !Boolean.TRUE.equals(answer) || marks.contains("run:checked");
            case "reviews.secondAsked" ->
                Boolean.TRUE.equals(answer) || scheme.way().oneReview() && marks.contains(APPROVED);
            case "cases.isComplete" ->
                Boolean.FALSE.equals(answer) || scheme.way().automaticAcceptance();
            case "reviews.placeFree" ->
                Boolean.TRUE.equals(answer) || scheme.way().quota() != null;
            case "reviews.leaderAsked" -> !Boolean.FALSE.equals(answer) || !marks.contains(OWED + "verdict");
            default -> true;
        };
    }

    void called(Guesses.Asked call, @Nullable Object answer, Set<String> marks, Consumer<String> missing) {
        switch (call.bean()) {
            case "cases" -> ofCase(call, answer, marks, missing);
            case "reviews" -> ofReview(call.method(), answer, marks);
            case "panel" -> {
                if (call.method().equals("closeRound")) roundClosed(answer, marks);
            }
            case "notices" -> ofNotice(call.method(), answer, marks, missing);
            case "payments" -> PaymentDuties.called(call.method(), answer, marks, missing);
            case "revisions" -> RevisionDuties.called(call, marks, missing);
            default -> {}
        }
    }

    private void ofCase(Guesses.Asked call, @Nullable Object answer, Set<String> marks, Consumer<String> missing) {
        switch (call.method()) {
            case "asksEmployer" -> needed("employer", answer, marks);
            case "employerSilent" -> Marks.done("employer", marks);
            case "acceptedByLapse" -> marks.add("accepted");
            case "isComplete" -> needed("counter", Boolean.FALSE.equals(answer), marks);
            case "acceptedAsComplete" -> {
                if (!marks.contains(NO + "counter")) missing.accept("acceptance");
                marks.add("accepted");
            }
            case "checkData" -> marks.add("asked");
            case "asksApplicant" -> needed("supplement", answer, marks);
            case "goesOnWithoutAnswer" -> {
                marks.remove(OWED + "supplement");
                if (Boolean.FALSE.equals(answer)) marks.add("lapsed");
            }
            case "close" -> closed(call, marks, missing);
            default -> {}
        }
    }

    private static void ofReview(String method, @Nullable Object answer, Set<String> marks) {
        switch (method) {
            case "secondAsked" -> {
                needed("second", answer, marks);
                if (Boolean.FALSE.equals(answer)) needed("leader", false, marks); // else a second review is asked for
            }
            case "leaderAsked" -> needed("leader", answer, marks);
            case "placeFree" -> needed("place", Boolean.FALSE.equals(answer), marks);
            case "panelAsked" -> needed("panel", answer, marks);
            case "noticeAsked" -> needed("notice", answer, marks);
            default -> {}
        }
    }

    private static void roundClosed(@Nullable Object agreed, Set<String> marks) {
        Marks.done("panel", marks);
        marks.remove(OWED + "verdict");
        if (Boolean.FALSE.equals(agreed)) marks.add(OWED + "verdict");
    }

    private static void ofNotice(String method, @Nullable Object answer, Set<String> marks, Consumer<String> missing) {
        switch (method) {
            case "publish" -> {
                Marks.done("notice", marks);
                forget("objections", marks);
                marks.add("shown");
                marks.remove("long-enough");
            }
            case "end" -> {
                marks.remove("shown");
                if (!marks.remove("long-enough")) missing.accept("noticeDays");
            }
            case "upheld" -> {
                needed("objections", answer, marks);
                if (Boolean.TRUE.equals(answer)) {
                    marks.add(OWED + "hearing");
                    marks.remove(APPROVED);
                    marks.removeIf(m -> m.startsWith(REVIEWED));
                }
            }
            default -> {}
        }
    }

    /** As it is where it was taken back, not accepted or has lapsed, else as a decision says. */
    private void closed(Guesses.Asked call, Set<String> marks, Consumer<String> missing) {
        String outcome =
                call.given().size() < 2 ? "" : String.valueOf(call.given().get(1));
        boolean reviewed = marks.stream().anyMatch(m -> m.startsWith(REVIEWED));
        boolean asItIs = switch (outcome) {
            case "withdrawn" -> marks.contains(WITHDRAWN);
            case "not-accepted" -> marks.contains("not-accepted") && !marks.contains("accepted");
            case "lapsed" -> marks.contains("lapsed") && !reviewed;
            default -> false;
        };
        boolean decided =
                marks.contains(SIGNED) && !List.of("granted", "refused", "null").contains(outcome);
        if (!asItIs && !decided) missing.accept("decision");
        if (decided && pays(scheme) && (!marks.contains("ordered") || marks.contains(OWED + "payments")))
            missing.accept("payment");
        marks.clear();
        marks.add(CLOSED);
        marks.add(RATABLE);
    }

    /** The outermost process has ended. */
    void over(Set<String> marks, Consumer<String> missing) {
        if (marks.contains(RevisionDuties.REVISION)) RevisionDuties.over(marks, missing);
        else if (!marks.contains(CLOSED) && !marks.contains(RUN)) missing.accept("closing");
    }

    /** Whether a way stands there for schemes that say otherwise than this one. */
    boolean isAnothers(String condition) {
        return condition.contains("reviews.secondAsked") && !scheme.way().oneReview()
                || condition.contains("reviews.placeFree") && scheme.way().quota() == null
                || condition.contains("cases.isComplete") && !scheme.way().automaticAcceptance()
                || condition.matches(".*\\bstep\\b.*"); // where a part begins
    }

    /** Something was asked of the applicant that he has not handed in. */
    static boolean isAsked(Set<String> marks) {
        return marks.contains(OWED + "supplement");
    }

    /** The applicant may withdraw until the decision is first signed (rulebook 7.9). */
    static boolean mayBeWithdrawn(Set<String> marks) {
        return Stream.of(RUN, SIGNED, CLOSED, WITHDRAWN, RevisionDuties.REVISION)
                .noneMatch(marks::contains);
    }

    /** Messages that may come now, so that somebody has to wait for each. @param bankIsAsked finance is asking the bank already */
    static List<String> mayCome(Set<String> marks, boolean bankIsAsked) {
        List<String> messages = new ArrayList<>();
        if (mayBeWithdrawn(marks)) messages.add("withdrawn");
        if (marks.contains("shown")) messages.add("objection-raised");
        if (isAsked(marks)) messages.add("handed-in");
        if (marks.contains(OWED + "hearing")) messages.add("hearing-answered");
        if (marks.contains(OWED + "place")) messages.add("place-free");
        if (marks.contains("account")) messages.add("account-given");
        if (marks.contains(RATABLE)) messages.add("rated-poorly");
        if (marks.contains("checked"))
            messages.addAll(bankIsAsked ? List.of("bank-paid") : List.of("bank-paid", "bank-refused", "day-failed"));
        return messages;
    }
}
