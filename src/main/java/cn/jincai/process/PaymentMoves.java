package cn.jincai.process;

import cn.jincai.filing.events.HearingAnswered;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.AccountGiven;
import cn.jincai.payment.BankAnswered;
import cn.jincai.payment.DayFailed;
import cn.jincai.payment.Payments;
import cn.jincai.payment.RunOpened;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the bank, the day of sending and the payee answer moves the one payment on, in the same transaction. */
@Component
class PaymentMoves {
    private final RuntimeService engine;
    private final PackageDeployment packages;
    private final Payments payments;

    PaymentMoves(RuntimeService engine, PackageDeployment packages, Payments payments) {
        this.engine = engine;
        this.packages = packages;
        this.payments = payments;
    }

    @EventListener
    void runOpened(RunOpened event) {
        try {
            ProcessDefinition diagram = packages.definition(event.packageHash(), "run.bpmn");
            if (diagram == null) throw broken(Text.of("process.run.noDiagram"));
            engine.startProcessInstanceById(diagram.getId(), event.run(), Map.of(Variable.RUN.key, event.run()));
        } catch (ProcessEngineException failed) {
            throw broken(reason(failed));
        }
    }

    private static Problem broken(Text why) {
        return Problem.conflict("process.run.RUN_DIAGRAM", why);
    }

    /** What was found in the diagram where its rules refuse it, else the engine's own words: they are about the diagram, the engine knows nothing of anybody. */
    private static Text reason(ProcessEngineException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause())
            if (cause instanceof Problem p) return p.text();
        String words = String.valueOf(failed.getMessage());
        return Text.same(words);
    }

    /** A refusal that comes while finance is already asking the bank changes nothing in the diagram: that task goes on. */
    @EventListener
    void bankAnswered(BankAnswered event) {
        if (event.paid()) message(Message.BANK_PAID, event.payment()).correlate();
        else message(Message.BANK_REFUSED, event.payment()).correlateAll();
    }

    @EventListener
    void dayFailed(DayFailed event) {
        message(Message.DAY_FAILED, event.payment()).correlate();
    }

    /** A diagram from before holders were looked at by themselves does not wait for it: there the payment is on finance's desk already. */
    @EventListener
    void accountGiven(AccountGiven event) {
        message(Message.ACCOUNT_GIVEN, event.payment()).correlateAll();
    }

    /** A run's payments wait under the number of the run, not of the case. */
    @EventListener
    void heard(HearingAnswered event) {
        payments.of(event.number()).stream()
                .filter(p -> p.run() != null)
                .forEach(p -> message(Message.HEARING_ANSWERED, p.id()).correlateAll());
    }

    private MessageCorrelationBuilder message(Message message, long payment) {
        return engine.createMessageCorrelation(message.key)
                .processInstanceVariableEquals(Variable.PAYMENT.key, payment)
                .setVariable(Variable.OUTCOME.key, message.outcome);
    }
}
