package cn.jincai.process;

import cn.jincai.kernel.Text;
import cn.jincai.payment.UnopenedRuns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which schemes' half-yearly runs stand still, and why: they could not be opened, or a step of their diagram failed as often as it is tried. */
@Service
public class BrokenRuns {
    private final UnopenedRuns unopened;
    private final RuntimeService engine;
    private final PackageDeployment packages;

    BrokenRuns(UnopenedRuns unopened, RuntimeService engine, PackageDeployment packages) {
        this.unopened = unopened;
        this.engine = engine;
        this.packages = packages;
    }

    /** @param run null where not even its day can be told */
    public record Broken(String scheme, @Nullable String run, Text why) {}

    public List<Broken> list() {
        return Stream.concat(
                        unopened.list().stream().map(run -> new Broken(run.scheme(), run.run(), run.why())),
                        engine.createIncidentQuery().list().stream().flatMap(i -> ofRun(i).stream()))
                .toList();
    }

    private Optional<Broken> ofRun(Incident incident) {
        ProcessInstance instance = engine.createProcessInstanceQuery()
                .processInstanceId(incident.getProcessInstanceId())
                .singleResult();
        if (instance == null
                || instance.getBusinessKey() == null
                || !instance.getBusinessKey().startsWith("RUN-")) return Optional.empty();
        Text why = Text.of("process.run.stepFailed", incident.getActivityId());
        return Optional.of(new Broken(
                packages.scheme(incident.getProcessDefinitionId()).orElse(""), instance.getBusinessKey(), why));
    }
}
