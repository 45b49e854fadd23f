package cn.jincai.process;

import cn.jincai.filing.Submitted;
import cn.jincai.filing.events.FactChangedResult;
import cn.jincai.filing.events.HandedIn;
import cn.jincai.filing.events.HearingAnswered;
import cn.jincai.filing.events.RatedPoorly;
import cn.jincai.filing.events.Withdrawn;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.notice.ObjectionRaised;
import cn.jincai.revision.RevisionBegun;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What applicants and objectors do moves the case on, in the same transaction. */
@Component
class CaseMoves {
    private final RuntimeService engine;
    private final PackageDeployment packages;

    CaseMoves(RuntimeService engine, PackageDeployment packages) {
        this.engine = engine;
        this.packages = packages;
    }

    @EventListener
    void submitted(Submitted event) {
        String number = event.number().value();
        engine.startProcessInstanceById(
                packages.ofCase(event.packageHash()).getId(), number, Map.of(Variable.CASE_NUMBER.key, number));
    }

    /** What comes after a decision is an instance of its own under the number of the case, which stays where it is. */
    @EventListener
    void revisionBegun(RevisionBegun event) {
        String number = event.number().value();
        engine.startProcessInstanceById(
                packages.definition(event.packageHash(), event.diagram()).getId(),
                number,
                Map.of(Variable.CASE_NUMBER.key, number));
    }

    @EventListener
    void handedIn(HandedIn event) {
        message(Message.HANDED_IN, event.number()).correlate();
    }

    @EventListener
    void withdrawn(Withdrawn event) {
        message(Message.WITHDRAWN, event.number()).correlate();
    }

    /** Where the case is before the second review, nobody waits for this: the first review is still to come. */
    @EventListener
    void factChanged(FactChangedResult event) {
        message(Message.FACT_CHANGED, event.number()).correlateAll();
    }

    @EventListener
    void objected(ObjectionRaised event) {
        message(Message.OBJECTION_RAISED, event.number())
                .setVariable(Variable.OBJECTION.key, event.objection())
                .correlate();
    }

    /** Of the case, or of a payment of it that is to be given up; both wait under the case's number. */
    @EventListener
    void heard(HearingAnswered event) {
        message(Message.HEARING_ANSWERED, event.number()).correlateAll();
    }

    @EventListener
    void ratedPoorly(RatedPoorly event) {
        message(Message.RATED_POORLY, event.number()).correlate();
    }

    private MessageCorrelationBuilder message(Message message, CaseNumber number) {
        return engine.createMessageCorrelation(message.key).processInstanceBusinessKey(number.value());
    }
}
