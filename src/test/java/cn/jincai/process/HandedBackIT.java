package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.City.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** Who is away is replaced by one who may act (rulebook 7.5): a leader hands the task back to its group, on record. */
@CaseTest
class HandedBackIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "请补充核对。");

    @Autowired
    City city;

    @Autowired
    AuditLog audit;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private Answer release(String who, String task) {
        return city.call(who, HttpMethod.POST, "/api/tasks/" + task + "/release", null);
    }

    private List<JsonNode> onTheLeadersList(ApplicantsCase file) {
        JsonNode list = city.call("leader", HttpMethod.GET, "/api/tasks/overdue?size=100", null)
                .is(200)
                .body();
        return StreamSupport.stream(list.get("items").spliterator(), false)
                .filter(t -> file.number().equals(t.path("case").asText()))
                .toList();
    }

    @Test
    void theTaskOfAReviewerWhoIsAwayGoesBackToTheGroupAndAnotherTakesIt() {
        var award = city.checked("skills-award", "granted");
        award.claim("reviewer2", "first-review").is(204);
        String task = award.task("reviewer2", "first-review").get("id").asText();
        assertThat(onTheLeadersList(award)).as("not overdue yet").isEmpty();
        city.passes("P6D");
        assertThat(onTheLeadersList(award)).hasSize(1).allSatisfy(t -> {
            assertThat(t.get("id").asText()).isEqualTo(task);
            assertThat(t.get("assignee").asText()).isEqualTo("reviewer2");
        });

        assertThat(release("reviewer", task).is(403).code()).isEqualTo("NOT_ASSIGNEE");
        release("senior-reviewer", task).is(403);
        release("leader", task).is(204);
        assertThat(release("leader", task).is(403).code())
                .as("nobody has it any more")
                .isEqualTo("NOT_ASSIGNEE");
        assertThat(audit.search(new AuditLog.Search(award.number(), "leader", "task-handed-back", null, null), 0, 10)
                        .total())
                .isEqualTo(1);
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void afterAReturnTheSamePersonIsReplacedAndFourEyesHold() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        city.passes("P15D");
        award.done("leader", "decision", "return", WHY)
                .done("senior-reviewer", "second-review", "return", WHY)
                .waitsAt("first-review");
        JsonNode task = award.task("reviewer", "first-review");
        assertThat(task.get("assignee").asText()).isEqualTo("reviewer");
        release("leader", task.get("id").asText()).is(204);
        assertThat(award.hasTask("senior-reviewer", "first-review")).isFalse();
        award.done("reviewer2", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("decision");
    }

    @Test
    void anExpertsVoteIsHisOwnAndNotHandedBack() {
        var talent = city.checked("talent-recognition", "panel")
                .reviewedByBoth()
                .done("leader", "leader-review", "approve")
                .waitsAt("expert-panel");
        assertThat(release(
                                "leader",
                                talent.task("expert1", "expert-panel").get("id").asText())
                        .is(409)
                        .code())
                .isEqualTo("ONLY_YOURS");
    }

    @Test
    void theListIsTheLeaders() {
        for (String who : List.of("reviewer", "finance", "auditor", "admin"))
            city.call(who, HttpMethod.GET, "/api/tasks/overdue", null).is(403);
        city.call(null, HttpMethod.GET, "/api/tasks/overdue", null).is(401);
    }
}
