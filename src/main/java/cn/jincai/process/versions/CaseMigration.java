package cn.jincai.process.versions;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseVersions;
import cn.jincai.filing.CaseVersions.Going;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.process.PackageDeployment;
import cn.jincai.process.versions.Places.Place;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.review.SaidBeside;
import cn.jincai.review.TaskDrafts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves one case, in the caller's transaction: the processes of all its diagrams, its row, the table of open tasks. All of it or nothing. */
@Component
class CaseMigration {
    private final CaseVersions cases;
    private final Places places;
    private final Packages packages;
    private final PackageDeployment deployments;
    private final RuntimeService engine;
    private final TaskService tasks;
    private final TaskDrafts drafts;
    private final OpenTaskTable openTasks;
    private final SaidBeside said;

    CaseMigration(
            CaseVersions cases,
            Places places,
            Packages packages,
            PackageDeployment deployments,
            RuntimeService engine,
            TaskService tasks,
            TaskDrafts drafts,
            OpenTaskTable openTasks,
            SaidBeside said) {
        this.cases = cases;
        this.places = places;
        this.packages = packages;
        this.deployments = deployments;
        this.engine = engine;
        this.tasks = tasks;
        this.drafts = drafts;
        this.openTasks = openTasks;
        this.said = said;
    }

    /** @throws Problem CONFLICT {@code PACKAGE_DAMAGED} */
    StepMapping mapping(String from, String to) {
        return new StepMapping(packages.byHash(from), packages.byHash(to), deployments, engine);
    }

    /** Why a case that goes by the version stays as it stands now; null where only its result could keep it. @param standing where the engine has it */
    @Nullable
    Stays refusal(Going file, List<Place> standing, StepMapping mapping, Rule rule) {
        if (rule == Rule.KEEP) return Stays.KEPT;
        if (file.signed()) return Stays.SIGNED;
        if (standing.isEmpty()) return Stays.FAILED;
        if (mapping.to().steps().find(file.stage()).isEmpty()) return Stays.NO_STEP;
        return standing.stream()
                .filter(place -> place.activity() != null)
                .map(place -> mapping.refusal(place.file(), place.activity()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Why its result keeps a case; null where it moves. Takes its time: the case is assessed by both versions, with what people have said of it. */
    @Nullable
    Stays otherResult(Case file, StepMapping mapping, Rule rule) {
        String to = mapping.to().hash();
        if (rule == Rule.KEEP
                || !mapping.rulesDiffer()
                || said.holdsUnder(file, to) && cases.resultIsTheSame(file, to, said.of(file))) return null;
        if (rule == Rule.MOVE) return Stays.OTHER_RESULT;
        return said.isDecidedOn(file.number()) ? Stays.DECIDED : null;
    }

    /** How a case stands once it has moved: what has gone on since is told by it. */
    record Moved(String place, long version) {}

    /** @param told whether the applicant is told */
    Moved move(CaseNumber number, StepMapping mapping, Rule rule, boolean told) {
        migrate(places.of(number), mapping);
        Case file = cases.move(number, mapping.from().hash(), mapping.to().hash(), told);
        for (Task task : tasksOf(number)) {
            openTasks.goesBy(task.getId(), task.getProcessDefinitionId());
            if (rule != Rule.ASK_AGAIN) continue;
            if (task.getAssignee() != null) tasks.setAssignee(task.getId(), null);
            drafts.forget(task.getId());
        }
        return new Moved(Places.told(places.of(number)), file.version());
    }

    private void migrate(List<Place> standing, StepMapping mapping) {
        Map<String, String> processes = new LinkedHashMap<>();
        standing.forEach(place -> processes.put(place.process(), place.file()));
        processes.forEach((process, file) -> {
            Optional<StepMapping.Plan> plan = mapping.plan(file);
            engine.newMigration(plan.orElseThrow().plan())
                    .processInstanceIds(process)
                    .execute();
        });
    }

    private List<Task> tasksOf(CaseNumber number) {
        return places.of(number).stream()
                .map(Place::process)
                .distinct()
                .flatMap(process -> tasks.createTaskQuery().processInstanceId(process).list().stream())
                .toList();
    }
}
