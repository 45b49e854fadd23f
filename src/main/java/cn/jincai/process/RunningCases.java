package cn.jincai.process;

import cn.jincai.policy.registers.PackagesInUse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.management.ActivityStatistics;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Service;

/** How many cases and runs are on their way with a package, and where they stand. A draft is not on its way yet. */
@Service
public class RunningCases implements PackagesInUse {
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final ManagementService management;

    RunningCases(RepositoryService repository, RuntimeService runtime, ManagementService management) {
        this.repository = repository;
        this.runtime = runtime;
        this.management = management;
    }

    /** Cases and runs that go by this package. */
    public long of(String hash) {
        return deployments(hash).stream()
                .mapToLong(d -> runtime.createProcessInstanceQuery()
                        .deploymentId(d.getId())
                        .rootProcessInstances()
                        .count())
                .sum();
    }

    @Override
    public Set<String> hashes() {
        return repository.createDeploymentQuery().deploymentSource("package").list().stream()
                .filter(d -> runtime.createProcessInstanceQuery()
                                .deploymentId(d.getId())
                                .rootProcessInstances()
                                .count()
                        > 0)
                .map(Deployment::getName)
                .collect(Collectors.toSet());
    }

    /** By step of one of its diagrams ({@code common/case.bpmn}, {@code common/review.bpmn}), only steps where something stands. */
    public Map<String, Integer> at(String hash, String file) {
        Map<String, Integer> steps = new TreeMap<>();
        for (Deployment deployment : deployments(hash))
            for (ProcessDefinition diagram : repository
                    .createProcessDefinitionQuery()
                    .deploymentId(deployment.getId())
                    .processDefinitionResourceName(file)
                    .list())
                management.createActivityStatisticsQuery(diagram.getId()).list().stream()
                        .filter(s -> !s.getId().endsWith("#multiInstanceBody"))
                        .collect(Collectors.toMap(ActivityStatistics::getId, ActivityStatistics::getInstances))
                        .forEach((step, count) -> steps.merge(step, count, Integer::sum));
        return steps;
    }

    private List<Deployment> deployments(String hash) {
        return repository.createDeploymentQuery().deploymentName(hash).list();
    }
}
