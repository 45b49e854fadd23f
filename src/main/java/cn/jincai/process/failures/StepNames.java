package cn.jincai.process.failures;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.process.PackageDeployment;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.springframework.stereotype.Component;

/** What a deployed diagram is of, and what its steps are called, for those who look at it from outside. */
@Component
public class StepNames {
    private final PackageDeployment packages;
    private final RepositoryServiceImpl definitions;

    StepNames(PackageDeployment packages, RepositoryService definitions) {
        this.packages = packages;
        this.definitions = (RepositoryServiceImpl) definitions;
    }

    /** Code; empty for a diagram that came with no package. */
    public String scheme(String definition) {
        return packages.scheme(definition).orElse("");
    }

    /** As the package calls it; else as the diagram does, which has one language; else its id. */
    public Text step(String definition, String activity) {
        return packages.steps(definition).find(activity).map(Step::name).orElseGet(() -> {
            var there = definitions.getDeployedProcessDefinition(definition).findActivity(activity);
            Object name = there == null ? null : there.getProperty("name");
            return Text.same(name == null ? activity : name.toString());
        });
    }
}
