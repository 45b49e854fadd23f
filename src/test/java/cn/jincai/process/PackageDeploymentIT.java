package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** Packages in the engine: one deployment each, and what has begun stays with its own. */
@CaseTest
class PackageDeploymentIT {
    @Autowired
    Packages packages;

    @Autowired
    PackageDeployment deployment;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService instances;

    @Autowired
    TaskService tasks;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void eachPackageInForceIsDeployedOnceHoweverOftenItIsTold() {
        assertThat(packages.inForce()).hasSize(3);
        for (PolicyPackage inForce : packages.inForce()) {
            events.publishEvent(new Publication.Published(inForce.scheme(), inForce.hash()));
            assertThat(repository
                            .createDeploymentQuery()
                            .deploymentName(inForce.hash())
                            .count())
                    .as(inForce.scheme())
                    .isEqualTo(1);
            assertThat(deployment.ofCase(inForce.hash()).getResourceName()).isEqualTo("common/case.bpmn");
        }
    }

    @Test
    void aRunThatHasBegunKeepsItsDiagramAndItsPartsWhenThePackageChanges() {
        PolicyPackage before = packages.inForce().stream()
                .filter(p -> p.files().containsKey("run.bpmn"))
                .findFirst()
                .orElseThrow();
        PolicyPackage after = renamed(before);
        String old = deployment.definition(before.hash(), "run.bpmn").getId();
        var begun = instances.startProcessInstanceById(old, "RD1", Map.of("run", "RD1"));
        deployment.deploy(after);
        String changed = deployment.definition(after.hash(), "run.bpmn").getId();
        assertThat(changed).isNotEqualTo(old);
        var next = instances.startProcessInstanceById(changed, "RD2", Map.of("run", "RD2"));
        assertThat(tasks.createTaskQuery()
                        .processInstanceId(begun.getId())
                        .singleResult()
                        .getName())
                .isEqualTo("批次经办");
        assertThat(tasks.createTaskQuery()
                        .processInstanceId(next.getId())
                        .singleResult()
                        .getName())
                .isEqualTo("整批经办");
        assertThat(deployment.definition(before.hash(), "run.bpmn").getId()).isEqualTo(old);
        instances.deleteProcessInstance(begun.getId(), "the test is over");
        instances.deleteProcessInstance(next.getId(), "the test is over");
    }

    private static PolicyPackage renamed(PolicyPackage before) {
        var files = new TreeMap<>(before.files());
        String run = new String(files.get("run.bpmn"), StandardCharsets.UTF_8);
        files.put("run.bpmn", run.replace("批次经办", "整批经办").getBytes(StandardCharsets.UTF_8));
        return new PolicyPackage(
                before.scheme(),
                PolicyPackage.hash(files),
                before.catalogue(),
                before.steps(),
                before.rulesets(),
                before.forms(),
                files);
    }
}
