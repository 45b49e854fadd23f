package cn.jincai.process.versions;

import cn.jincai.kernel.Sha256;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.process.PackageDeployment;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.jspecify.annotations.Nullable;

/** Which step of one version goes on as which of another, diagram by diagram. Steps go on as themselves: same id, same kind of element, same part of the diagram. */
class StepMapping {
    private final PolicyPackage from;
    private final PolicyPackage to;
    private final PackageDeployment packages;
    private final RuntimeService engine;
    private final Map<String, Optional<Plan>> plans = new ConcurrentHashMap<>();

    StepMapping(PolicyPackage from, PolicyPackage to, PackageDeployment packages, RuntimeService engine) {
        this.from = from;
        this.to = to;
        this.packages = packages;
        this.engine = engine;
    }

    /** @param known elements of the diagram that go on in the other one */
    record Plan(MigrationPlan plan, Set<String> known) {}

    PolicyPackage from() {
        return from;
    }

    PolicyPackage to() {
        return to;
    }

    /** Whether anything by which a result is found is written differently; diagrams, steps, forms and samples are not. */
    boolean rulesDiffer() {
        return !rules(from).equals(rules(to));
    }

    private static Map<String, String> rules(PolicyPackage pack) {
        Map<String, String> rules = new TreeMap<>();
        pack.files().forEach((path, content) -> {
            boolean way = path.endsWith(".bpmn")
                    || path.endsWith("steps.yaml")
                    || path.contains("forms/")
                    || path.endsWith("samples.yaml")
                    || path.endsWith("population.yaml");
            if (!way) rules.put(path, new Sha256().add(content).hex());
        });
        return rules;
    }

    /** The diagram that takes the place of this one; empty where none does. */
    Optional<String> counterpart(String file) {
        String there = file.equals(from.caseDiagram()) ? to.caseDiagram() : file;
        return to.files().containsKey(there) ? Optional.of(there) : Optional.empty();
    }

    /** Empty where the other version has no such diagram. */
    Optional<Plan> plan(String file) {
        return plans.computeIfAbsent(file, f -> counterpart(f).map(there -> plan(f, there)));
    }

    private Plan plan(String file, String there) {
        MigrationPlan plan = engine.createMigrationPlan(
                        packages.definition(from.hash(), file).getId(),
                        packages.definition(to.hash(), there).getId())
                .mapEqualActivities()
                .build();
        Set<String> known = new HashSet<>();
        for (MigrationInstruction instruction : plan.getInstructions()) known.add(instruction.getSourceActivityId());
        return new Plan(plan, known);
    }

    /** Why a case at this element of this diagram can't go on; null where it can. */
    @Nullable
    Stays refusal(String file, String activity) {
        Optional<Plan> plan = plan(file);
        if (plan.isEmpty() || !plan.get().known().contains(activity)) return Stays.NO_STEP;
        Optional<Step> now = from.steps().find(activity), then = to.steps().find(activity);
        if (now.isEmpty()) return null; // no step of people or of the case's stages
        if (then.isEmpty()) return Stays.NO_STEP;
        return now.get().kind() == then.get().kind()
                        && Objects.equals(now.get().role(), then.get().role())
                        && now.get().decides() == then.get().decides()
                ? null
                : Stays.OTHER_STEP;
    }
}
