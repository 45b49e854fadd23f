package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.TestDatabase;
import cn.jincai.calendar.CalendarNotice;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/**
 * The diagrams alone, on the real engine with its own database in memory: the rooms are replaced by answers that a test gives, so that every branch
 * can be walked. A question without an answer given is answered no.
 */
class Diagrams implements AutoCloseable {
    static final String CASE = "JC2026000001", RUN = "R2026-03";
    private static final Path BPMN = Path.of("bpmn"), FORMS = Path.of("forms");
    private static final Instant MONDAY =
            ZonedDateTime.of(2026, 3, 2, 9, 0, 0, 0, CityClock.ZONE).toInstant();

    /** One engine for all tests: the diagrams don't change, and what a test has begun is deleted after it. */
    private static final ProcessEngine ENGINE = engine();

    private static Diagrams current;

    final ProcessEngine engine = ENGINE;
    /** What the diagrams asked and did, in order, such as {@code cases.close(JC2026000001, sign)}. */
    final List<String> done = new ArrayList<>();
    /** The stages told, in order, with the last day of each limit. */
    final List<String> stages = new ArrayList<>();

    private final Map<String, Deque<Object>> answers = new HashMap<>();
    private final Map<String, Object> rooms = rooms();
    private final WorkingCalendar calendar = new WorkingCalendar(Stream.of("2025", "2026")
            .map(year -> CalendarNotice.read(text(Path.of("src/main/resources/calendar/" + year + ".yaml"))))
            .toList());
    private final String scheme;

    Diagrams(String scheme) {
        this.scheme = scheme;
        current = this;
        ClockUtil.setCurrentTime(Date.from(MONDAY));
    }

    private static ProcessEngine engine() {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration
                .setProcessEngineName("diagrams")
                .setDataSource(TestDatabase.fresh("diagrams"))
                .setDatabaseSchemaUpdate("true")
                .setJobExecutorActivate(false)
                .setMetricsEnabled(false)
                .setDbMetricsReporterActivate(false);
        configuration.setExpressionManager(new SafeEl(name -> current.rooms.get(name)));
        configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(
                new DiagramRules(), new StageListener(() -> current.new Told(), deployment -> Steps.shared()))));
        configuration.setEnsureJobDueDateNotNull(true);
        ProcessEngine engine = configuration.buildProcessEngine();
        for (String scheme : List.of("skills-award", "recruitment-subsidy", "talent-recognition")) {
            var deployment = engine.getRepositoryService().createDeployment().name(scheme);
            for (Path folder : List.of(BPMN.resolve("common"), BPMN.resolve(scheme), FORMS.resolve("common")))
                for (Path file : files(folder)) deployment.addString(file.toString(), text(file));
            deployment.deploy();
        }
        return engine;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().matches(".*\\.(bpmn|form)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answers to this question from now on; the last one stays. */
    Diagrams answer(String question, Object... said) {
        answers.put(question, new ArrayDeque<>(List.of(said)));
        return this;
    }

    Diagrams submitted() {
        RepositoryService diagrams = engine.getRepositoryService();
        String way = diagrams.createProcessDefinitionQuery()
                .deploymentId(diagrams.createDeploymentQuery()
                        .deploymentName(scheme)
                        .singleResult()
                        .getId())
                .processDefinitionKey("common-case")
                .singleResult()
                .getId();
        engine.getRuntimeService().startProcessInstanceById(way, CASE, Map.of("caseNumber", CASE));
        return this;
    }

    /** What comes after a decision, on the diagram of its kind. */
    Diagrams begun(String kind) {
        RepositoryService diagrams = engine.getRepositoryService();
        String diagram = diagrams.createProcessDefinitionQuery()
                .deploymentId(diagrams.createDeploymentQuery()
                        .deploymentName(scheme)
                        .singleResult()
                        .getId())
                .processDefinitionKey("common-" + kind)
                .singleResult()
                .getId();
        engine.getRuntimeService().startProcessInstanceById(diagram, CASE, Map.of("caseNumber", CASE));
        return this;
    }

    Diagrams runOpened() {
        engine.getRuntimeService().startProcessInstanceByKey(scheme + "-run", RUN, Map.of("run", RUN));
        return this;
    }

    /** Straight through what all cases go through first. */
    Diagrams accepted() {
        if (at("employer-check")) complete("employer-check", "confirm");
        return complete("acceptance", "accept").checked();
    }

    /** The sources are asked, with the answer given. */
    Diagrams checked() {
        return runJobs();
    }

    Diagrams reviewed() {
        return complete("first-review", "approve").complete("second-review", "approve");
    }

    Diagrams complete(String step, String outcome) {
        List<Task> waiting = tasks(step);
        assertThat(waiting).as("tasks at %s; there are %s", step, at()).isNotEmpty();
        engine.getTaskService().complete(waiting.get(0).getId(), Map.of("outcome", outcome));
        return this;
    }

    List<Task> tasks(String step) {
        return engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(step)
                .orderByTaskCreateTime()
                .asc()
                .list();
    }

    Diagrams message(String name, Map<String, Object> variables) {
        engine.getRuntimeService()
                .createMessageCorrelation(name)
                .processInstanceBusinessKey(CASE)
                .setVariables(variables)
                .correlate();
        return this;
    }

    Diagrams message(String name) {
        return message(name, Map.of());
    }

    /** As the bank, the day of sending or the payee says it. */
    Diagrams message(String name, long payment) {
        engine.getRuntimeService()
                .createMessageCorrelation(name)
                .processInstanceVariableEquals("paymentId", payment)
                .setVariable("outcome", name.replaceFirst(".*-", ""))
                .correlate();
        return this;
    }

    /** Lets time pass; what falls due runs in its order, at its time. */
    Diagrams pass(Duration time) {
        Instant target = ClockUtil.getCurrentTime().toInstant().plus(time);
        for (Job due = due(target); due != null; due = due(target)) {
            if (due.getDuedate().after(ClockUtil.getCurrentTime())) ClockUtil.setCurrentTime(due.getDuedate());
            engine.getManagementService().executeJob(due.getId());
        }
        ClockUtil.setCurrentTime(Date.from(target));
        return this;
    }

    Diagrams passWorkingDays(int days) {
        Instant now = ClockUtil.getCurrentTime().toInstant();
        return pass(Duration.between(now, calendar.workingDays(now, days).end()).plusMinutes(1));
    }

    private Job due(Instant target) {
        return engine
                .getManagementService()
                .createJobQuery()
                .duedateLowerThan(Date.from(target.plusMillis(1)))
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private Diagrams runJobs() {
        return pass(Duration.ZERO);
    }

    /** What waits for a message without being anybody's task. */
    private static final Set<String> WAITING =
            Set.of("supplement", "hearing", "revision-hearing", "account", "bank-answer", "rating");

    /** Where the case waits: keys of tasks, and ids of what waits without one. */
    Set<String> at() {
        Set<String> keys = engine.getTaskService().createTaskQuery().list().stream()
                .map(Task::getTaskDefinitionKey)
                .collect(Collectors.toCollection(TreeSet::new));
        engine.getRuntimeService().createEventSubscriptionQuery().list().stream()
                .map(EventSubscription::getActivityId)
                .filter(WAITING::contains)
                .forEach(keys::add);
        return keys;
    }

    boolean at(String step) {
        return at().contains(step);
    }

    boolean hasEnded() {
        return engine.getRuntimeService().createProcessInstanceQuery().count() == 0;
    }

    /** The stage told last. */
    String stage() {
        return stages.isEmpty() ? null : stages.get(stages.size() - 1).replaceAll(" .*", "");
    }

    @Override
    public void close() {
        var instances = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list();
        instances.forEach(
                instance -> engine.getRuntimeService().deleteProcessInstance(instance.getId(), "the test is over"));
        engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> engine.getHistoryService().deleteHistoricProcessInstance(instance.getId()));
        ClockUtil.reset();
    }

    private class Told extends Stages {
        Told() {
            super(null, null, null);
        }

        @Override
        void entered(DelegateExecution step, Step stage, Expression limit) {
            if (step.getVariable("caseNumber") == null) return;
            if (limit != null) limit.getValue(step);
            stages.add(stage.key() + (limit == null ? "" : " " + lastCounted.day()));
        }
    }

    private Deadline lastCounted;

    private Object ask(String question, Object... about) {
        done.add(question + "(" + Stream.of(about).map(String::valueOf).collect(Collectors.joining(", ")) + ")");
        Deque<Object> said = answers.get(question);
        if (said == null) return null;
        return said.size() > 1 ? said.poll() : said.peek();
    }

    private boolean yes(String question, Object... about) {
        return Boolean.TRUE.equals(ask(question, about));
    }

    private Map<String, Object> rooms() {
        return Map.of(
                "cases",
                new Cases(),
                "reviews",
                new Reviews(),
                "panel",
                new Panel(),
                "notices",
                new Notices(),
                "payments",
                new Payments(),
                "runs",
                new Runs(),
                "revisions",
                new Revisions(),
                "limits",
                new Days());
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> list(String question, Object... about) {
        Object said = ask(question, about);
        return said == null ? new ArrayList<>() : new ArrayList<>((List<T>) said);
    }

    public class Revisions {
        public void hear(String c, boolean open) {
            ask("revisions.hear", c, open);
        }

        public void carryOut(String c) {
            ask("revisions.carryOut", c);
        }

        public void drop(String c) {
            ask("revisions.drop", c);
        }
    }

    public class Cases {
        public boolean asksEmployer(String c) {
            return yes("cases.asksEmployer", c);
        }

        public List<String> employerClerks(String c) {
            return List.of("employer");
        }

        public void employerSilent(String c) {
            ask("cases.employerSilent", c);
        }

        public boolean isComplete(String c) {
            return yes("cases.isComplete", c);
        }

        public void acceptedAsComplete(String c) {
            ask("cases.acceptedAsComplete", c);
        }

        public void acceptedByLapse(String c) {
            ask("cases.acceptedByLapse", c);
        }

        public boolean goesOnWithoutAnswer(String c) {
            return yes("cases.goesOnWithoutAnswer", c);
        }

        public boolean checkData(String c) {
            return yes("cases.checkData", c);
        }

        public boolean asksApplicant(String c) {
            return yes("cases.asksApplicant", c);
        }

        public void close(String c, String outcome) {
            ask("cases.close", c, outcome);
        }
    }

    public class Reviews {
        public boolean secondAsked(String c) {
            return !"no".equals(ask("reviews.secondAsked", c));
        }

        /** Where nothing else is said: of a scheme without a quota. */
        public boolean placeFree(String c) {
            return !"no".equals(ask("reviews.placeFree", c));
        }

        public void joinsLine(String c) {
            ask("reviews.joinsLine", c);
        }

        public boolean leaderAsked(String c) {
            return yes("reviews.leaderAsked", c);
        }

        public boolean panelAsked(String c) {
            return yes("reviews.panelAsked", c);
        }

        public boolean noticeAsked(String c) {
            return yes("reviews.noticeAsked", c);
        }

        public String returnsTo(String c, String step) {
            return (String) ask("reviews.returnsTo", c, step);
        }
    }

    public class Panel {
        public List<String> draw(String c) {
            return list("panel.draw", c);
        }

        public List<String> drawAgain(String c) {
            return list("panel.drawAgain", c);
        }

        public boolean closeRound(String c) {
            return yes("panel.closeRound", c);
        }

        public boolean hasSuccessor(String c, String expert) {
            return yes("panel.hasSuccessor", c, expert);
        }

        public String successor(String c, String expert) {
            return (String) ask("panel.successor", c, expert);
        }

        public Date due(String c, int days) {
            return new Days().workingDays(days);
        }
    }

    public class Notices {
        public void publish(String c, int days) {
            ask("notices.publish", c, days);
        }

        public void end(String c) {
            ask("notices.end", c);
        }

        public boolean upheld(String c) {
            return yes("notices.upheld", c);
        }
    }

    public class Payments {
        public List<Long> order(String c) {
            return list("payments.order", c);
        }

        public boolean approved(Long p) {
            return yes("payments.approved", p);
        }

        public void accountSilent(Long p) {
            ask("payments.accountSilent", p);
        }

        public void hear(Long p, boolean open) {
            ask("payments.hear", p, open);
        }

        public void giveUp(Long p) {
            ask("payments.giveUp", p);
        }

        public void keep(Long p) {
            ask("payments.keep", p);
        }
    }

    public class Runs {
        public List<Long> payments(String run) {
            return list("runs.payments", run);
        }
    }

    public class Days {
        public Date workingDays(int n) {
            return Date.from(count(n).end());
        }

        public Date lapse(int n) {
            return Date.from(count(n).actsAt());
        }

        private Deadline count(int n) {
            lastCounted = calendar.workingDays(ClockUtil.getCurrentTime().toInstant(), n);
            return lastCounted;
        }
    }
}
