package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.calendar.Amendments;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.PlausibleNotice;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Days that were provisional are counted again when the year's notice is loaded (rulebook 2.7, 7.8). */
@CaseTest
class DeadlineRecalculationIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Calendars calendars;

    @Autowired
    CaseDeadlines deadlines;

    @Autowired
    Amendments amendments;

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
    ManagementService jobs;

    private ProcessInstance begun;

    @AfterEach
    void over() {
        if (begun != null) instances.deleteProcessInstance(begun.getId(), "the test is over");
        city.at("2026-03-02T09:00");
    }

    @Test
    void aTasksDayMovesBackByTheHolidaysThatNobodyKnewOf() {
        notice(2030, "[10-01..10-07]", "[]");
        city.at("2030-12-27T09:00");
        begun = begin("talent-recognition-run", Map.of("run", "RC2030"));
        assertThat(due()).isEqualTo(endOf("2031-01-03"));
        notice(2031, "[01-01..01-03]", "[]");
        assertThat(due()).isEqualTo(endOf("2031-01-08"));
    }

    @Test
    void aSupplementThatWaitedForTheNoticeLapsesOnItsRealLastDay() {
        notice(2032, "[10-01..10-07]", "[]");
        city.at("2032-12-27T09:00");
        begun = begin("common-supplement", Map.of());
        assertThat(lapse())
                .isEqualTo(Date.from(LocalDate.parse("2033-01-18")
                        .plusDays(31)
                        .atStartOfDay(CityClock.ZONE)
                        .toInstant()));
        notice(2033, "[01-03..01-05]", "[]");
        assertThat(lapse()).isEqualTo(endOf("2033-01-20"));
    }

    @Test
    void aDayThatWasToldNeverMovesForward() {
        notice(2040, "[10-01..10-07]", "[]");
        city.at("2040-12-31T09:00");
        begun = begin("talent-recognition-run", Map.of("run", "RC2040"));
        assertThat(due()).isEqualTo(endOf("2041-01-07"));
        notice(2041, "[10-01..10-07]", "[01-05]");
        assertThat(due()).isEqualTo(endOf("2041-01-07"));
    }

    /** The clock is not moved on here: it stands so late that every half-yearly run until then would open. */
    @Tag("issue-13.9")
    @Test
    void aPublicNoticeAndThePromiseMoveWithTheHolidaysAndTheNoticeEndsOnItsRealDay() {
        city.at("2046-12-26T09:00");
        notice(2046, "[10-01..10-07]", "[]");
        var award = checked(city.application("skills-award", "granted"))
                .reviewedByBoth()
                .waitsAt("public-notice");
        String promised = award.show().get("promisedBy").asText();
        assertThat(page(award)).contains("（暂定：").doesNotContain("放假安排公布后重新计算");
        assertThat(award.notice().get("to").asText()).isEqualTo("2047-01-02");
        assertThat(end(award)).as("31 days of waiting").isEqualTo(endOf("2047-02-02"));
        notice(2047, "[01-01..01-03]", "[]");
        assertThat(award.notice().get("to").asText()).isEqualTo("2047-01-07");
        assertThat(award.show().get("stageEnds").asText())
                .isEqualTo(endOf("2047-01-07").toInstant().toString());
        JsonNode told = award.show().get("promise");
        assertThat(told.at("/moved/0/from").asText()).isEqualTo(promised);
        assertThat(told.at("/moved/0/to").asText())
                .isEqualTo(award.show().get("promisedBy").asText())
                .isGreaterThan(promised);
        assertThat(told.at("/moved/0/stages")).as("no step of the case").isEmpty();
        assertThat(page(award)).contains("放假安排公布后重新计算").doesNotContain("（暂定：");
        assertThat(end(award)).isEqualTo(endOf("2047-01-07"));
    }

    /** The promised day lies before New Year's Day and the last lawful one behind it: only the latter moves. */
    @Tag("issue-17.12")
    @Test
    void theLastLawfulDayMovesAlsoWhereThePromisedOneLiesInTheOldYear() {
        city.at("2056-12-05T09:00");
        notice(2056, "[10-01..10-07]", "[]");
        var award = checked(city.application("skills-award", "granted")).waitsAt("first-review");
        var number = new CaseNumber(award.number());
        LocalDate promised = deadlines.find(number).orElseThrow().promisedBy();
        assertThat(promised).isEqualTo(LocalDate.parse("2056-12-26"));
        assertThat(deadlines.find(number).orElseThrow().lawfulBy()).isEqualTo(LocalDate.parse("2057-01-02"));
        notice(2057, "[01-01..01-03]", "[]");
        assertThat(deadlines.find(number).orElseThrow().lawfulBy()).isEqualTo(LocalDate.parse("2057-01-05"));
        assertThat(deadlines.find(number).orElseThrow().promisedBy()).isEqualTo(promised);
    }

    /** As in January 2020: the holidays were made longer while they ran. A correction that makes them shorter again moves no day that was told. */
    @Tag("issue-13.16")
    @Test
    void anAmendedNoticeMovesOpenDaysBackAndNeverForward() {
        notice(2052, "[02-01..02-07]", "[]");
        city.at("2052-01-29T09:00");
        begun = begin("common-supplement", Map.of());
        var other = begin("talent-recognition-run", Map.of("run", "RC2052"));
        assertThat(lapse()).isEqualTo(endOf("2052-02-26"));
        amended(2052, "[02-01..02-11]");
        assertThat(lapse()).isEqualTo(endOf("2052-02-28"));
        assertThat(tasks.createTaskQuery()
                        .processInstanceId(other.getId())
                        .singleResult()
                        .getDueDate())
                .isEqualTo(endOf("2052-02-14"));
        amended(2052, "[02-01]");
        assertThat(lapse()).isEqualTo(endOf("2052-02-28"));
        instances.deleteProcessInstance(other.getId(), "the test is over");
    }

    /** Whether a period is over can't be told without the year's notice: a person loads it, and the reason is gone (rulebook 2.14, 7.2). */
    @Test
    void aReasonForWantOfACalendarYearIsClearedByLoadingTheNotice() {
        city.at("2050-01-06T09:00");
        var application = city.application(
                "skills-award",
                "granted"); // certified on 2049-10-06: in time until 2050-10-06, or the working day after it
        city.at("2050-10-08T09:00");
        var award = checked(application).waitsAt("first-review");
        assertThat(award.show().at("/assessment/benefits/0/reasons/0/code").asText())
                .isEqualTo("DATA_UNAVAILABLE");
        award.does("reviewer", "first-review", "approve", Map.of("opinion", "应当及时"))
                .is(422);
        notice(2050, "[10-01..10-07]", "[10-08]");
        assertThat(award.show().at("/assessment/verdict").asText()).isEqualTo("APPROVE");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    private ApplicantsCase checked(ObjectNode application) {
        var award = city.submitted(application).done("intake", "acceptance", "accept");
        jobsOf(award).forEach(job -> jobs.executeJob(job.getId()));
        return award;
    }

    /** As the applicant reads it. */
    private String page(ApplicantsCase award) {
        return new Visitor(port)
                .signIn("applicant")
                .get("/cases/" + award.number())
                .body();
    }

    private Date end(ApplicantsCase award) {
        return jobsOf(award).get(0).getDuedate();
    }

    /** Of the case and of the parts that it has called. */
    private List<Job> jobsOf(ApplicantsCase award) {
        return instances.createProcessInstanceQuery().processInstanceBusinessKey(award.number()).list().stream()
                .flatMap(part -> jobs.createJobQuery().processInstanceId(part.getId()).list().stream())
                .toList();
    }

    private ProcessInstance begin(String process, Map<String, Object> variables) {
        String hash = packages.inForce().stream()
                .filter(p -> p.files().containsKey("run.bpmn"))
                .findFirst()
                .orElseThrow()
                .hash();
        String deployed = deployment.definition(hash, "run.bpmn").getDeploymentId();
        var definition = repository
                .createProcessDefinitionQuery()
                .deploymentId(deployed)
                .processDefinitionKey(process)
                .singleResult();
        return instances.startProcessInstanceById(definition.getId(), "RECOUNT", variables);
    }

    private Date due() {
        return tasks.createTaskQuery()
                .processInstanceId(begun.getId())
                .singleResult()
                .getDueDate();
    }

    private Date lapse() {
        return jobs.createJobQuery()
                .processInstanceId(begun.getId())
                .singleResult()
                .getDuedate();
    }

    private void notice(int year, String rest, String worked) {
        calendars.load(PlausibleNotice.of(year, "测试通知", rest, worked), Actor.SYSTEM);
    }

    private void amended(int year, String rest) {
        String yaml = PlausibleNotice.of(year, "另一份通知", rest, "[]");
        amendments.confirm(
                amendments
                        .propose(yaml, "测试", new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)))
                        .id(),
                new Actor("policy-approver", Set.of(Role.POLICY_APPROVER)));
    }

    private static Date endOf(String day) {
        return Date.from(
                LocalDate.parse(day).plusDays(1).atStartOfDay(CityClock.ZONE).toInstant());
    }
}
