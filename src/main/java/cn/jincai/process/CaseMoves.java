package cn.jincai.process;

import cn.jincai.filing.Submitted;
import cn.jincai.filing.events.FactChangedResult;
import cn.jincai.filing.events.HandedIn;
import cn.jincai.filing.events.HearingAnswered;
import cn.jincai.filing.events.RatedPoorly;
import cn.jincai.filing.events.Withdrawn;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.ObjectionRaised;
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

    @EventListener
    void handedIn(HandedIn event) {
        message("handed-in", event.number()).correlate();
    }

    @EventListener
    void withdrawn(Withdrawn event) {
        message("withdrawn", event.number()).correlate();
    }

    /** Where the case is before the second review, nobody waits for this: the first review is still to come. */
    @EventListener
    void factChanged(FactChangedResult event) {
        message("fact-changed", event.number()).correlateAll();
    }

    @EventListener
    void objected(ObjectionRaised event) {
        message("objection-raised", event.number())
                .setVariable(Variable.OBJECTION.key, event.objection())
                .correlate();
    }

    /** Of the case, or of a payment of it that is to be given up; both wait under the case's number. */
    @EventListener
    void heard(HearingAnswered event) {
        message("hearing-answered", event.number()).correlateAll();
    }

    @EventListener
    void ratedPoorly(RatedPoorly event) {
        message("rated-poorly", event.number()).correlate();
    }

    private MessageCorrelationBuilder message(String name, CaseNumber number) {
        return engine.createMessageCorrelation(name).processInstanceBusinessKey(number.value());
    }
}
