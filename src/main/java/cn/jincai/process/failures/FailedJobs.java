package cn.jincai.process.failures;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.process.Completions;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.JobQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Jobs of the engine that failed: why, in words, and another try. */
@Service
public class FailedJobs {
    /** As many at once as one press tries again; the rest wait for the next one. */
    public static final int AT_ONCE = 200;

    private final ManagementService jobs;
    private final RuntimeService instances;
    private final ProcessEngineConfigurationImpl engine;
    private final JobFailureTable reasons;
    private final StepNames diagrams;
    private final Completions rooms;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    FailedJobs(
            ManagementService jobs,
            RuntimeService instances,
            ProcessEngineConfigurationImpl engine,
            JobFailureTable reasons,
            StepNames diagrams,
            Completions rooms,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jobs = jobs;
        this.instances = instances;
        this.engine = engine;
        this.reasons = reasons;
        this.diagrams = diagrams;
        this.rooms = rooms;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param standing that are not tried any more
     * @param trying   that failed and are tried again by themselves
     */
    public record Counts(long standing, long trying) {}

    public Counts counts() {
        long standing = failed().noRetriesLeft().count();
        return new Counts(standing, failed().count() - standing);
    }

    /** What stands still first, what fell due first before what fell due later. @param size at most {@link Page#LARGEST} */
    public Page<FailedJob> list(Actor who, int page, int size) {
        who.mustBe(Role.ADMIN);
        long total = failed().count(), from = Page.offset(page, size);
        List<Job> found = from >= total
                ? List.of()
                : failed().orderByJobRetries()
                        .asc()
                        .orderByJobDuedate()
                        .asc()
                        .orderByJobId()
                        .asc()
                        .listPage((int) from, Page.size(size));
        return new Page<>(told(who, found), Math.max(0, page), Page.size(size), total);
    }

    private JobQuery failed() {
        return jobs.createJobQuery().withException();
    }

    private List<FailedJob> told(Actor who, List<Job> found) {
        var why = reasons.of(found.stream().map(Job::getId).toList());
        Map<String, String> keys = keys(found);
        Set<CaseNumber> shut = rooms.concerned(
                who, keys.values().stream().flatMap(key -> number(key).stream()).collect(Collectors.toSet()));
        return found.stream()
                .map(job -> told(job, keys.get(job.getProcessInstanceId()), why.get(job.getId()), shut))
                .toList();
    }

    private FailedJob told(Job job, @Nullable String key, JobFailureTable.@Nullable Row why, Set<CaseNumber> shut) {
        Optional<CaseNumber> number = number(key);
        boolean isShut = number.filter(shut::contains).isPresent();
        return new FailedJob(
                job.getId(),
                diagrams.scheme(job.getProcessDefinitionId()),
                isShut ? null : number.orElse(null),
                isShut,
                number.isEmpty() && key != null ? key : null,
                diagrams.step(job.getProcessDefinitionId(), Objects.toString(job.getFailedActivityId(), "")),
                why == null ? FailureKind.UNKNOWN : why.kind(),
                why == null ? Text.of("process.failure.unknown") : why.why(),
                why == null ? null : why.at(),
                Math.max(0, job.getRetries()));
    }

    /** What the process of each job is about; a called diagram has the key of what called it. */
    private Map<String, String> keys(Collection<Job> found) {
        Set<String> ids = found.stream()
                .map(Job::getProcessInstanceId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<String, String> keys = new LinkedHashMap<>();
        if (!ids.isEmpty())
            for (ProcessInstance instance : instances
                    .createProcessInstanceQuery()
                    .processInstanceIds(ids)
                    .list())
                if (instance.getBusinessKey() != null) keys.put(instance.getId(), instance.getBusinessKey());
        return keys;
    }

    private static Optional<CaseNumber> number(@Nullable String key) {
        return key != null && CaseNumber.isOne(key) ? Optional.of(new CaseNumber(key)) : Optional.empty();
    }

    /**
     * Tries one again: it is due at once, and is tried as often as if it had never failed.
     *
     * @throws Problem NOT_FOUND where there is no such job; CONFLICT {@code NOT_STANDING} where it is tried by itself or has worked meanwhile
     */
    @Transactional
    public void retry(Actor who, String job) {
        who.mustBe(Role.ADMIN);
        Job there = jobs.createJobQuery().jobId(job).singleResult();
        if (there == null) throw Problem.conflict("process.failure.GONE");
        if (there.getRetries() > 0) throw Problem.conflict("process.failure.NOT_STANDING");
        again(who, List.of(there));
    }

    /**
     * The same for several at once; those that work meanwhile are passed over.
     *
     * @param chosen ids of jobs; empty for all that stand still
     * @return how many are tried again, at most {@link #AT_ONCE}
     */
    @Transactional
    public int retryAll(Actor who, Collection<String> chosen) {
        who.mustBe(Role.ADMIN);
        JobQuery standing = failed().noRetriesLeft();
        if (!chosen.isEmpty()) standing.jobIds(Set.copyOf(chosen));
        List<Job> found =
                standing.orderByJobDuedate().asc().orderByJobId().asc().listPage(0, AT_ONCE);
        again(who, found);
        return found.size();
    }

    private void again(Actor who, List<Job> found) {
        if (found.isEmpty()) return;
        Map<String, String> keys = keys(found);
        reasons.forgetSettled();
        jobs.setJobRetries(found.stream().map(Job::getId).toList(), engine.getDefaultNumberOfRetries());
        for (Job job : found) {
            jobs.setJobDuedate(job.getId(), Date.from(clock.instant()), false);
            events.publishEvent(event(who, job, keys.get(job.getProcessInstanceId())));
        }
    }

    private CaseEvent event(Actor who, Job job, @Nullable String key) {
        Text step = diagrams.step(job.getProcessDefinitionId(), Objects.toString(job.getFailedActivityId(), ""));
        Map<String, String> details = new LinkedHashMap<>();
        details.put("scheme", diagrams.scheme(job.getProcessDefinitionId()));
        details.put("step", Objects.toString(job.getFailedActivityId(), ""));
        if (key != null && number(key).isEmpty()) details.put("run", key);
        return new CaseEvent(
                number(key).orElse(null),
                "job-retried",
                null,
                Text.of("process.event.job-retried", step),
                who,
                Role.ADMIN,
                Audience.AUDITORS,
                details);
    }
}
