package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.TaskResult;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.FourEyes;
import cn.jincai.vault.Sealed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The cash desk 拨付: {@code finance} makes, {@code finance-approver} checks, neither has decided in the case (rulebook 7, 7.5, 7.11). A task is
 * about one payment, or about all payments of a run.
 */
@Service
public class Cashier {
    private static final int LONGEST_OPINION = 2000;

    /** What may be done with a payment that another hand has changed: nothing comes of it but that it waits. */
    private static final Set<String> HARMLESS = Set.of("hold", "approve", "return");

    private final PaymentRows rows;
    private final Budget budget;
    private final Batches batches;
    private final PaymentChecks checks;
    private final Parking parking;
    private final PaymentHistory history;
    private final Payees payees;
    private final RunMonths months;
    private final FourEyes fourEyes;

    Cashier(
            PaymentRows rows,
            Budget budget,
            Batches batches,
            PaymentChecks checks,
            Parking parking,
            PaymentHistory history,
            Payees payees,
            RunMonths months,
            FourEyes fourEyes) {
        this.rows = rows;
        this.budget = budget;
        this.batches = batches;
        this.checks = checks;
        this.parking = parking;
        this.history = history;
        this.payees = payees;
        this.months = months;
        this.fourEyes = fourEyes;
    }

    /** @throws Problem FORBIDDEN with the reason: role, four eyes, own case */
    @Transactional(readOnly = true)
    public void mayTake(Actor who, TaskRef task) {
        List<Payment> payments = concerned(task);
        fourEyes.mayAct(who, matter(task, payments));
        if (payments.stream().anyMatch(p -> p.run() != null))
            for (Payment p : payments)
                fourEyes.mayAct(who, new TaskRef(task.id(), task.step(), p.number(), null, null));
    }

    /** A run's steps count for the run, not for the cases that it pays: the same maker may make the next one. */
    private static TaskRef matter(TaskRef task, List<Payment> payments) {
        String run = payments.stream()
                .map(Payment::run)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(task.run());
        return run == null
                ? new TaskRef(task.id(), task.step(), payments.get(0).number(), null, task.subject())
                : new TaskRef(task.id(), task.step(), null, run, task.subject());
    }

    /**
     * Completes the task in the caller's transaction.
     *
     * @return {@code parked} instead of {@code approve} where a check of rulebook 7.11 failed
     * @throws Problem INVALID for an outcome or field that the form does not know, a missing opinion, {@code retry} before a recorded refusal;
     *                 CONFLICT where the payment has moved on; FORBIDDEN as {@link #mayTake}
     */
    @Transactional
    public TaskResult complete(Actor who, TaskRef task, String outcome, Map<String, Object> fields) {
        Step step = task.step();
        String opinion = opinion(step, outcome, fields);
        mayTake(who, task);
        fourEyes.acted(who, matter(task, concerned(task)));
        List<Payment> payments =
                concerned(task).stream().map(p -> rows.hold(p.id())).toList();
        boolean whole = task.subject() == null && task.run() != null;
        if (whole && (outcome.equals("ask-account") || outcome.equals("give-up") || outcome.equals("retry")))
            throw Problem.invalid("outcome", "payment.ONE_PAYMENT_ONLY");
        if (!whole && payments.stream().anyMatch(p -> p.displaced() || p.altered() && !HARMLESS.contains(outcome)))
            throw Payment.ALTERED.refusal();
        return switch (outcome) {
            case "submit" -> submit(who, step, payments, opinion, whole);
            case "hold" -> each(payments, outcome, p -> hold(who, step, p, opinion));
            case "ask-account" -> each(payments, outcome, p -> askAccount(who, step, p, opinion));
            case "give-up" -> each(payments, outcome, p -> giveUp(who, step, p, opinion));
            case "approve" -> approve(who, step, payments, opinion, whole);
            case "return" -> each(payments, outcome, p -> giveBack(who, step, p, opinion));
            case "retry" -> each(payments, outcome, p -> retry(who, step, p, opinion));
            default -> throw new IllegalStateException("an outcome of a step without its work: " + outcome);
        };
    }

    private interface Work {
        void on(Payment p);
    }

    private static TaskResult each(List<Payment> payments, String outcome, Work work) {
        payments.forEach(work::on);
        return TaskResult.of(outcome);
    }

    private TaskResult submit(Actor who, Step step, List<Payment> payments, @Nullable String opinion, boolean whole) {
        for (Payment p : payments) {
            if (whole && (!p.isSound() || !p.waits()))
                continue; // stays for the administrator, or gone its own way already
            p.mustWait();
            if (p.accountAsked()) throw Problem.conflict("payment.ACCOUNT_AWAITED");
            if (!whole) checks.holderLookedAt(p, opinion, who);
            Optional<PaymentStop> uncounted = months.countAgain(p);
            if (uncounted.isPresent()) {
                if (whole) continue; // stays parked, the others go on
                throw uncounted.get().refusal();
            }
            Sealed account;
            try {
                account = payees.sealedAccount(p);
            } catch (Problem altered) {
                if (!whole) throw altered;
                parking.park(p, PaymentStop.of(altered), who); // the others go on
                continue;
            }
            act(rows.change(p.id(), due -> due.made(account)), step, "submit", who, opinion);
        }
        return TaskResult.of("submit");
    }

    private void hold(Actor who, Step step, Payment p, @Nullable String opinion) {
        p.mustWait();
        act(p, step, "hold", who, opinion);
    }

    private void askAccount(Actor who, Step step, Payment p, @Nullable String opinion) {
        if (step.is(Kind.WAITS_FOR_BANK)) mustBeRefused(p);
        else p.mustWait();
        if (!p.accountAsked()) { // else he was asked by itself when it was parked, and from now on has 15 working days
            rows.change(p.id(), Payment::dueAgain);
            parking.askAccount(p, who);
        }
        act(p, step, "ask-account", who, opinion);
    }

    private void giveUp(Actor who, Step step, Payment p, @Nullable String opinion) {
        rows.change(p.id(), waiting -> waiting.asksToGiveUp(true));
        act(p, step, "give-up", who, opinion);
    }

    private TaskResult approve(Actor who, Step step, List<Payment> payments, @Nullable String opinion, boolean whole) {
        List<Payment> approved = new ArrayList<>();
        for (Payment p : payments) {
            if (whole && (p.displaced() || !p.is(PaymentStatus.MADE))) continue;
            p.mustBe(PaymentStatus.MADE);
            act(p, step, "approve", who, opinion);
            Optional<PaymentStop> stop = checks.failing(p).or(() -> budget.reserve(p, who));
            stop.ifPresentOrElse(s -> parking.park(p, s, who), () -> approved.add(p));
        }
        batches.put(approved);
        return TaskResult.of(!whole && approved.isEmpty() ? "parked" : "approve");
    }

    private void giveBack(Actor who, Step step, Payment p, @Nullable String opinion) {
        if (!p.is(PaymentStatus.MADE)) return;
        rows.change(p.id(), Payment::returned);
        act(p, step, "return", who, opinion);
    }

    private void retry(Actor who, Step step, Payment p, @Nullable String opinion) {
        mustBeRefused(p);
        rows.change(p.id(), Payment::retried);
        act(p, step, "retry", who, opinion);
    }

    private static void mustBeRefused(Payment p) {
        if (!p.is(PaymentStatus.REFUSED)) throw Problem.invalid("outcome", "payment.NO_REFUSAL_ON_RECORD");
    }

    private void act(Payment p, Step step, String outcome, Actor who, @Nullable String opinion) {
        boolean told = Set.of("hold", "give-up").contains(outcome);
        history.acted(
                p,
                step.key(),
                outcome,
                Text.of("payment.done." + outcome, payees.benefit(p)),
                who,
                step.role(),
                opinion,
                told ? Audience.APPLICANT : Audience.OFFICERS);
    }

    /** The one payment, or all of the run, or of the case where the task names none. */
    private List<Payment> concerned(TaskRef task) {
        if (task.subject() != null) {
            Payment p = rows.find(Long.parseLong(task.subject()));
            if (task.number() != null && !task.number().equals(p.number())
                    || task.run() != null && !task.run().equals(p.run())) throw Problem.notFound();
            return List.of(p);
        }
        if (task.run() != null) return rows.ofRun(task.run());
        return rows.ofCase(task.ofCase()).stream().filter(p -> p.run() == null).toList();
    }

    private static @Nullable String opinion(Step step, String outcome, Map<String, Object> fields) {
        if (outcome == null || !step.outcomes().containsKey(outcome))
            throw Problem.invalid("outcome", "payment.UNKNOWN_OUTCOME");
        for (String field : fields.keySet())
            if (!field.equals("opinion") && !field.equals("outcome"))
                throw Problem.invalid(field, "payment.UNKNOWN_FIELD");
        String opinion = fields.get("opinion") == null
                ? ""
                : fields.get("opinion").toString().strip();
        mustFit(opinion);
        if (opinion.isEmpty() && step.outcome(outcome).refuses())
            throw Problem.invalid("opinion", "payment.opinion.OPINION_MISSING");
        return opinion.isEmpty() ? null : opinion;
    }

    /** @throws Problem INVALID for an opinion that is too long */
    static void mustFit(String opinion) {
        if (opinion.length() > LONGEST_OPINION)
            throw Problem.invalid("opinion", "payment.opinion.TOO_LONG", LONGEST_OPINION);
    }
}
