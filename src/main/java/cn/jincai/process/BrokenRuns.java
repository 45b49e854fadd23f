package cn.jincai.process;

import cn.jincai.kernel.Text;
import cn.jincai.payment.UnopenedRuns;
import cn.jincai.review.RolesWithoutPeople;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What stands still of each scheme, and why: a half-yearly run that could not be opened, and steps, timers or listeners of its diagrams that failed as often as they are
 * tried. The others go on.
 */
@Service
public class BrokenRuns {
    private final UnopenedRuns unopened;
    private final RuntimeService engine;
    private final PackageDeployment packages;
    private final RolesWithoutPeople people;

    BrokenRuns(UnopenedRuns unopened, RuntimeService engine, PackageDeployment packages, RolesWithoutPeople people) {
        this.unopened = unopened;
        this.engine = engine;
        this.packages = packages;
        this.people = people;
    }

    /**
     * @param scheme its code; empty for a diagram that came with no package
     * @param run    null where not even its day can be told, and for cases, which are counted by the step at which they stand
     */
    public record Broken(String scheme, @Nullable String run, Text why) {}

    public List<Broken> list() {
        Map<Failed, Long> failed = engine.createIncidentQuery().list().stream()
                .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
                .map(this::failed)
                .collect(Collectors.groupingBy(one -> one, LinkedHashMap::new, Collectors.counting()));
        Stream<Broken> stopped = Stream.concat(
                unopened.list().stream().map(run -> new Broken(run.scheme(), run.run(), run.why())),
                failed.entrySet().stream().map(e -> e.getKey().told(e.getValue())));
        return Stream.concat(stopped, people.unmanned().stream().map(BrokenRuns::nobody))
                .toList();
    }

    private static Broken nobody(RolesWithoutPeople.Unmanned at) {
        return new Broken(
                at.scheme(),
                null,
                Text.of(
                        "process.case.nobody",
                        at.step().name(),
                        at.step().doneBy().text()));
    }

    private record Failed(String scheme, @Nullable String run, String step) {
        Broken told(long times) {
            Text why = run == null
                    ? Text.of("process.case.stepFailed", step, times)
                    : Text.of("process.run.stepFailed", step);
            return new Broken(scheme, run, why);
        }
    }

    /** A called diagram belongs to whatever called it. */
    private Failed failed(Incident incident) {
        String run = Optional.ofNullable(engine.createProcessInstanceQuery()
                        .processInstanceId(incident.getProcessInstanceId())
                        .singleResult())
                .map(instance -> engine.createProcessInstanceQuery()
                        .processInstanceId(instance.getRootProcessInstanceId())
                        .singleResult()
                        .getBusinessKey())
                .filter(key -> key.startsWith("RUN-"))
                .orElse(null);
        String scheme = packages.scheme(incident.getProcessDefinitionId()).orElse("");
        return new Failed(scheme, run, incident.getActivityId());
    }
}
