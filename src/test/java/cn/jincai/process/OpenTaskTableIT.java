package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.process.worklists.Card;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.process.worklists.WorkLists;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of open tasks says of every task what the engine says, whatever a day brings, and nothing else. */
@CaseTest
@Tag("issue-17.4")
class OpenTaskTableIT {
    private static final List<String> WORKERS = List.of(
            "intake",
            "reviewer",
            "reviewer2",
            "senior-reviewer",
            "leader",
            "supervisor",
            "finance",
            "finance-approver");

    @Autowired
    City city;

    @Autowired
    TaskService engine;

    @Autowired
    OpenTaskTable table;

    @Autowired
    OpenTaskRows rows;

    @Autowired
    TaskLists lists;

    @Autowired
    WorkLists cards;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void monday() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void afterADayOfRandomMovesTheTableSaysWhatTheEngineSays() {
        var random = new Random(17);
        List<ApplicantsCase> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) files.add(city.submitted("skills-award", i == 1 ? "refused" : "granted"));
        files.add(city.submitted("recruitment-subsidy", "granted"));
        for (int move = 0; move < 60; move++) {
            String who = WORKERS.get(random.nextInt(WORKERS.size()));
            var listed = city.call(who, HttpMethod.GET, "/api/tasks?size=100", null)
                    .is(200)
                    .body()
                    .get("items");
            if (move % 20 == 19) city.passes("P2D");
            if (listed.isEmpty()) continue;
            var task = listed.get(random.nextInt(listed.size()));
            String path = "/api/tasks/" + task.get("id").asText();
            switch (random.nextInt(4)) {
                case 0 -> city.call(who, HttpMethod.POST, path + "/claim", null);
                case 1 -> city.call(who, HttpMethod.POST, path + "/release", null);
                default -> {
                    city.call(who, HttpMethod.POST, path + "/claim", null);
                    city.call(
                            who,
                            HttpMethod.POST,
                            path + "/completion",
                            Map.of("outcome", outcome(task.get("stage").asText(), random), "opinion", "核对过。"));
                }
            }
            if (move == 30) files.get(0).withdrawal();
        }
        isAsTheEngineSays();
    }

    private static String outcome(String stage, Random random) {
        List<String> outcomes = List.copyOf(cn.jincai.policy.Steps.shared()
                .find(stage)
                .map(Step::outcomes)
                .orElse(Map.of("done", new Step.Outcome(null, false)))
                .keySet());
        return outcomes.get(random.nextInt(outcomes.size()));
    }

    private void isAsTheEngineSays() {
        List<Task> tasks = engine.createTaskQuery().list();
        assertThat(tasks).isNotEmpty();
        for (Task task : tasks) {
            OpenTask row = table.find(task.getId())
                    .orElseThrow(() -> new AssertionError("no row of " + task.getTaskDefinitionKey()));
            assertThat(row.assignee()).isEqualTo(task.getAssignee());
            assertThat(row.step()).isEqualTo(task.getTaskDefinitionKey());
            assertThat(row.due())
                    .isEqualTo(
                            task.getDueDate() == null ? null : task.getDueDate().toInstant());
            assertThat(row.raised()).as("late").isEqualTo(task.getPriority() >= Overdue.PRIORITY);
            assertThat(row.since().truncatedTo(ChronoUnit.SECONDS))
                    .isEqualTo(task.getCreateTime().toInstant().truncatedTo(ChronoUnit.SECONDS));
            var links = engine.getIdentityLinksForTask(task.getId());
            assertThat(row.role())
                    .isEqualTo(links.stream()
                            .map(l -> l.getGroupId())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null));
        }
        assertThat(db.sql("select task from open_tasks").query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(
                        tasks.stream().map(Task::getId).toList());
    }

    @Test
    void rowsOfTasksFromBeforeAreMadeAtTheStartAsTheyWouldHaveBeen() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        award.claim("reviewer", "first-review").is(204);
        String id = award.task("reviewer", "first-review").get("id").asText();
        OpenTask before = table.find(id).orElseThrow();
        table.remove(id);
        assertThat(table.missing()).containsExactly(id);
        db.sql(
                        "insert into open_tasks (task, diagram, step, kind, decides, since, returned, raised, asks_more) select 'gone', diagram, step, kind, decides, since, returned, raised, asks_more from open_tasks fetch first 1 rows only")
                .update();
        rows.afterSingletonsInstantiated();
        assertThat(table.find(id)).contains(before);
        assertThat(table.find("gone")).isEmpty();
    }

    @Test
    void aSumThatARecordedFactChangesIsChangedInTheTable() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        String id = award.task("reviewer", "first-review").get("id").asText();
        long before = Objects.requireNonNull(table.find(id).orElseThrow().amountFen());
        assertThat(before).isPositive();
        award.records("reviewer", "inPost", false).is(200);
        long sum = 0;
        for (var benefit : award.show().at("/assessment/benefits"))
            sum += benefit.get("amountFen").asLong();
        assertThat(table.find(id).orElseThrow().amountFen()).isEqualTo(sum);
    }

    @Test
    void manyLikeCasesAreFoundByThoseWhoMayTakeThem() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        var reviewer = new Actor("reviewer", Set.of(Role.REVIEWER));
        Set<String> alike = lists.alike(reviewer, "skills-award", "first-review", 1000).stream()
                .map(t -> t.number().value())
                .collect(Collectors.toSet());
        assertThat(alike).contains(award.number());
        assertThat(lists.alike(reviewer, "skills-award", "acceptance", 1000)).isEmpty();
        assertThat(lists.alike(new Actor("intake", Set.of(Role.INTAKE)), "skills-award", "first-review", 1000))
                .isEmpty();
    }

    @Test
    void whatAReviewerRefusesIsNoPartOfTheSum() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        long before = sum(award, "reviewer", "first-review");
        long refused = 0;
        for (JsonNode benefit : award.show().at("/assessment/benefits"))
            if (benefit.get("code").asText().equals("CITY_AWARD"))
                refused = benefit.get("amountFen").asLong();
        assertThat(refused).isPositive().isLessThan(before);
        award.done("reviewer", "first-review", "approve", Map.of("reject", "CITY_AWARD", "opinion", "竞赛名次未能核实。"));
        assertThat(sum(award, "senior-reviewer", "second-review")).isEqualTo(before - refused);
    }

    private long sum(ApplicantsCase file, String who, String stage) {
        String id = file.task(who, stage).get("id").asText();
        return Objects.requireNonNull(table.find(id).orElseThrow().amountFen());
    }

    @Test
    void aPaymentThatIsToBeGivenUpIsATaskOfThatPaymentAndNoAward() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        long whole = sum(award, "reviewer", "first-review");
        award.reviewedByBoth()
                .noticedAndSigned()
                .waitsAt("payment-make")
                .withOpinion("finance", "payment-make", "give-up");
        city.passes("P15D");
        JsonNode task = award.task("leader", "decision");
        long payment = task.at("/payment/id").asLong();
        long ofPayment = 0;
        for (JsonNode one : city.call("finance", HttpMethod.GET, "/api/payments?case=" + award.number(), null)
                .is(200)
                .body()
                .get("items"))
            if (one.get("id").asLong() == payment)
                ofPayment = one.get("amountFen").asLong();
        assertThat(ofPayment).isPositive().isLessThan(whole);
        Card card = cards.cards(
                        new Actor("leader", Set.of(Role.LEADER)),
                        List.of(task.get("id").asText()))
                .get(0);
        assertThat(card.amountFen()).isEqualTo(ofPayment);
        assertThat(card.returned()).as("the case was signed, this was not").isFalse();
        assertThat(card.todo()).isEqualTo(Text.of("review.here.give-up"));
        assertThat(card.detail()).as("which benefit").isNotNull();
    }
}
