package cn.jincai.process;

import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Steps;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Each package is one deployment of the engine, named by its hash, so that a case keeps to the diagrams and forms of its own package. Rules are
 * not deployed: {@code assessment} reads them from the package.
 */
@Component
public class PackageDeployment {
    private static final Pattern DEPLOYED =
            Pattern.compile(".*\\.(bpmn|form)|forms/(.*/)?en\\.yaml|common/registers/.*\\.yaml");

    private final RepositoryService engine;
    private final Packages packages;
    private final ProcessEngineConfigurationImpl configuration;
    /** Of the package, by process definition, which never changes; empty for one that came with no package. */
    private final Map<String, Optional<String>> hashes = new ConcurrentHashMap<>();

    PackageDeployment(RepositoryService engine, Packages packages, ProcessEngineConfigurationImpl configuration) {
        this.engine = engine;
        this.configuration = configuration;
        this.packages = packages;
    }

    @EventListener
    void published(Publication.Published event) {
        deploy(packages.byHash(event.hash()));
    }

    /** The diagram of a case of a package. */
    public ProcessDefinition ofCase(String hash) {
        return definition(hash, packages.byHash(hash).caseDiagram());
    }

    /** The diagram {@code file} ({@code run.bpmn}) of a package; the package is deployed now where it is not yet. */
    public ProcessDefinition definition(String hash, String file) {
        Deployment there = engine.createDeploymentQuery().deploymentName(hash).singleResult();
        String deployment = there != null ? there.getId() : deploy(packages.byHash(hash));
        return engine.createProcessDefinitionQuery()
                .deploymentId(deployment)
                .processDefinitionResourceName(file)
                .singleResult();
    }

    /** Of which scheme this diagram is; empty for one that came with no package. */
    public Optional<String> scheme(String processDefinition) {
        return hash(processDefinition).flatMap(packages::scheme);
    }

    /** The steps of the package with which this diagram came; the shared ones where it came with none. */
    public Steps steps(String processDefinition) {
        return hash(processDefinition).map(packages::steps).orElseGet(Steps::shared);
    }

    /** Past the engine's rights: whoever looks at a task may know its step. */
    private Optional<String> hash(String processDefinition) {
        Optional<String> known = hashes.get(processDefinition);
        if (known != null) return known;
        Deployment there = configuration
                .getCommandExecutorTxRequired()
                .execute(command -> command.getDeploymentManager()
                        .findDeploymentById(configuration
                                .getDeploymentCache()
                                .findDeployedProcessDefinitionById(processDefinition)
                                .getDeploymentId()));
        Optional<String> hash = "package".equals(there.getSource()) ? Optional.of(there.getName()) : Optional.empty();
        hashes.put(processDefinition, hash);
        return hash;
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
