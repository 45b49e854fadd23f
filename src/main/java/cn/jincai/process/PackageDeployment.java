package cn.jincai.process;

import cn.jincai.policy.PackagePublished;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Each package is one deployment of the engine, named by its hash, so that a case keeps to the diagrams and forms of its own package. Rules are
 * not deployed: {@code assessment} reads them from the package.
 */
@Component
class PackageDeployment {
    private static final Pattern DEPLOYED = Pattern.compile(".*\\.(bpmn|form)|forms/(.*/)?en\\.yaml");

    private final RepositoryService engine;
    private final Packages packages;
    /** By deployment, which never changes. */
    private final Map<String, String> schemes = new ConcurrentHashMap<>();

    PackageDeployment(RepositoryService engine, Packages packages) {
        this.engine = engine;
        this.packages = packages;
    }

    @EventListener
    void published(PackagePublished event) {
        deploy(packages.byHash(event.hash()));
    }

    /** The diagram of a case of a package. */
    ProcessDefinition ofCase(String hash) {
        return definition(hash, packages.byHash(hash).caseDiagram());
    }

    /** The diagram {@code file} ({@code run.bpmn}) of a package; the package is deployed now where it is not yet. */
    ProcessDefinition definition(String hash, String file) {
        Deployment there = engine.createDeploymentQuery().deploymentName(hash).singleResult();
        String deployment = there != null ? there.getId() : deploy(packages.byHash(hash));
        return engine.createProcessDefinitionQuery()
                .deploymentId(deployment)
                .processDefinitionResourceName(file)
                .singleResult();
    }

    /** Of which scheme this diagram is; empty for one that came with no package. */
    Optional<String> scheme(String processDefinition) {
        String deployment = engine.getProcessDefinition(processDefinition).getDeploymentId();
        String known = schemes.get(deployment);
        if (known != null) return Optional.of(known);
        Deployment there =
                engine.createDeploymentQuery().deploymentId(deployment).singleResult();
        if (!"package".equals(there.getSource())) return Optional.empty();
        String scheme = packages.byHash(there.getName()).scheme();
        schemes.put(deployment, scheme);
        return Optional.of(scheme);
    }

    /** Once, however often it is asked and by however many nodes: the engine compares under a lock. */
    String deploy(PolicyPackage pack) {
        var deployment =
                engine.createDeployment().name(pack.hash()).source("package").enableDuplicateFiltering(false);
        for (Map.Entry<String, byte[]> file : pack.files().entrySet())
            if (DEPLOYED.matcher(file.getKey()).matches())
                deployment.addInputStream(file.getKey(), new java.io.ByteArrayInputStream(file.getValue()));
        return deployment.deploy().getId();
    }
}
