package cn.jincai.process;

import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.stereotype.Service;

/** Until when the applicant's other account is waited for. The case's stage may have another payment's limit, so the diagram's own timer is asked, which a year's notice may move. */
@Service
public class AccountLimit {
    private final RuntimeService instances;
    private final ManagementService jobs;

    AccountLimit(RuntimeService instances, ManagementService jobs) {
        this.instances = instances;
        this.jobs = jobs;
    }

    /** 24:00 of the last day to give another account; of the first payment that waits for one. */
    public Optional<Instant> end(CaseNumber number) {
        return instances
                .createProcessInstanceQuery()
                .variableValueEquals(Variable.CASE_NUMBER.key, number.value())
                .list()
                .stream()
                .flatMap(part -> instances
                        .createEventSubscriptionQuery()
                        .eventType("message")
                        .eventName("account-given")
                        .processInstanceId(part.getId())
                        .list()
                        .stream())
                .map(EventSubscription::getProcessInstanceId)
                .flatMap(part -> jobs.createJobQuery().timers().processInstanceId(part).list().stream())
                .map(Job::getDuedate)
                .map(day -> day.toInstant())
                .min(Comparator.naturalOrder());
    }
}
