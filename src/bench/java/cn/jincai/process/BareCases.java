package cn.jincai.process;

import cn.jincai.policy.CityPackages;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/** The engine as delivered with the diagrams of a scheme, full history, and steps that do nothing: the same way of a case, with nothing of ours. */
class BareCases implements AutoCloseable {
    private final ProcessEngine engine;
    private final String scheme;
    private final int paymentsEach;
    private final AtomicLong cases = new AtomicLong(), payments = new AtomicLong();

    /** @param paymentsEach how many payments a case of ours has */
    BareCases(String scheme, String url, int paymentsEach) {
        this.scheme = scheme;
        this.paymentsEach = paymentsEach;
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration
                .setProcessEngineName("bare")
                .setJdbcUrl(url)
                .setJdbcUsername("postgres")
                .setJdbcPassword("")
                .setJdbcDriver("org.postgresql.Driver")
                .setDatabaseSchemaUpdate("true")
                .setJobExecutorActivate(false)
                .setMetricsEnabled(false)
                .setDbMetricsReporterActivate(false)
                .setHistory("full");
        configuration.setBeans(Map.of(
                "cases",
                new Cases(),
                "reviews",
                new Reviews(),
                "panel",
                new Object(),
                "notices",
                new Notices(),
                "payments",
                new Payments(),
                "limits",
                new Limits()));
        engine = configuration.buildProcessEngine();
        var deployment = engine.getRepositoryService().createDeployment().name(scheme);
        CityPackages.BEFORE_SHARING.files(scheme).forEach((path, content) -> {
            if (path.matches("(process|common/.*)\\.bpmn|forms/common/.*\\.form"))
                deployment.addInputStream(path, new ByteArrayInputStream(content));
        });
        deployment.deploy();
    }

    /** As many cases from the start until they are closed and wait for a rating; those of two rounds before have waited for 30 days, as ours have, and end. */
    void run(int many) {
        for (int i = 0; i < many; i++) {
            String number = "B" + cases.incrementAndGet();
            engine.getRuntimeService().startProcessInstanceByKey(scheme, number, Map.of("caseNumber", number));
        }
        each("acceptance", "intake", "accept", many);
        jobs("ask-sources", many);
        each("first-review", "reviewer", "approve", many);
        each("second-review", "senior-reviewer", "approve", many);
        jobs("public-notice", many);
        if (cases.get() > 2L * many) jobs("rating-over", many);
        each("decision", "leader", "sign", many);
        each("payment-make", "finance", "submit", many * paymentsEach);
        each("payment-approve", "finance-approver", "approve", many * paymentsEach);
        for (long last = payments.get(), p = last - (long) many * paymentsEach + 1; p <= last; p++)
            engine.getRuntimeService()
                    .createMessageCorrelation("bank-paid")
                    .processInstanceVariableEquals("paymentId", p)
                    .setVariable("outcome", "paid")
                    .correlate();
    }

    private void each(String step, String who, String outcome, int expected) {
        List<Task> waiting = engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(step)
                .list();
        if (waiting.size() != expected)
            throw new IllegalStateException(waiting.size() + " instead of " + expected + " tasks at " + step);
        for (Task task : waiting) {
            engine.getTaskService().claim(task.getId(), who);
            engine.getFormService().submitTaskForm(task.getId(), Map.of("outcome", outcome));
        }
    }

    /** What waits there is done at once, whatever its day. */
    private void jobs(String activity, int expected) {
        List<Job> waiting = engine.getManagementService()
                .createJobQuery()
                .activityId(activity)
                .orderByJobDuedate()
                .asc()
                .listPage(0, expected);
        if (waiting.size() != expected)
            throw new IllegalStateException(waiting.size() + " instead of " + expected + " jobs of " + activity);
        waiting.forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    @Override
    public void close() {
        engine.close();
    }

    public static class Cases {
        public boolean asksEmployer(String c) {
            return false;
        }

        public boolean checkData(String c) {
            return true;
        }

        public boolean asksApplicant(String c) {
            return false;
        }

        public void close(String c, String outcome) {}
    }

    public static class Reviews {
        public boolean leaderAsked(String c) {
            return false;
        }

        public boolean panelAsked(String c) {
            return false;
        }

        public boolean noticeAsked(String c) {
            return true;
        }

        public String returnsTo(String c, String step) {
            return null;
        }
    }

    public static class Notices {
        public void publish(String c, int days) {}

        public void end(String c) {}

        public boolean upheld(String c) {
            return false;
        }
    }

    public class Payments {
        public List<Long> order(String c) {
            return LongStream.range(0, paymentsEach)
                    .mapToObj(i -> payments.incrementAndGet())
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    public static class Limits {
        public Date workingDays(int n) {
            return new Date(ClockUtil.getCurrentTime().getTime() + n * 86_400_000L);
        }

        public Date lapse(int n) {
            return workingDays(n);
        }
    }
}
