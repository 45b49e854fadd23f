package cn.jincai.process;

import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Deadline;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Step;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells filing at which stage a case stands whenever its diagram comes to one. A run tells nothing: the cases that it pays stay closed. */
@Component
class Stages {
    private final CaseLifecycle way;
    private final Payments payments;
    private final Limits limits;

    Stages(CaseLifecycle way, Payments payments, Limits limits) {
        this.way = way;
        this.payments = payments;
        this.limits = limits;
    }

    /** @param limit of the step, or null */
    void entered(DelegateExecution step, Step stage, @Nullable Expression limit) {
        Object caseNumber = step.getVariable(Variable.CASE_NUMBER.key);
        if (caseNumber == null) return;
        enter(new CaseNumber(caseNumber.toString()), stage, limit == null ? null : limits.of(limit, step));
    }

    /** @param due null where the step has no limit */
    void enter(CaseNumber number, Step stage, @Nullable Deadline due) {
        if (stage.kind().isOfPayment()
                && !payments.stage(number).orElse(stage.kind()).equals(stage.kind())) {
            stage.group()
                    .ifPresent(role -> way.letIn(
                            number, role)); // another payment is less advanced: the case stays, and yet comes to them
            return;
        }
        way.enter(number, stage, due);
    }

    /** One payment has ended; the case stands where the least advanced of the others does. */
    void atLeastAdvancedPayment(CaseNumber number) {
        payments.stage(number).ifPresent(kind -> way.enter(number, kind));
    }
}
