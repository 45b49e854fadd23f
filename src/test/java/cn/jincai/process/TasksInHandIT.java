package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** On the pages: a leader sees what is late and who has it, and gives it back to its group with a reason; others see and give back their own. */
@CaseTest
class TasksInHandIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog audit;

    private ApplicantsCase award;
    private String task, page;

    /** A reviewer has taken it, and six days later it is overdue. */
    @BeforeEach
    void aTaskThatIsLate() {
        city.at("2026-03-02T09:00");
        award = city.checked("skills-award", "granted");
        award.claim("reviewer2", "first-review").is(204);
        task = award.task("reviewer2", "first-review").get("id").asText();
        page = "/officers/tasks/" + task + "/release";
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    /** The row of this case, on whichever page of the list it stands; empty where it stands on none. */
    private String row(Visitor reader, String list) {
        Pattern row = Pattern.compile("<tr(?:(?!</tr>).)*" + award.number() + ".*?</tr>", Pattern.DOTALL);
        for (int n = 0; n < 50; n++) {
            String body = reader.get(list + "?page=" + n).body();
            var found = row.matcher(body);
            if (found.find()) return found.group();
            if (!body.contains("rel=\"next\"")) return "";
        }
        throw new AssertionError("the list does not end");
    }

    @Test
    void theLeaderSeesWhoHasItAndHowLateItIsAndGivesItBackWithAReason() {
        Visitor leader = as("leader");
        assertThat(row(leader, "/officers/tasks/held"))
                .contains("reviewer2", "初审", page)
                .doesNotContain("超期");
        assertThat(row(leader, "/officers/tasks/held"))
                .as("no way into a case that has not come to him")
                .doesNotContain("/officers/cases/");
        assertThat(row(as("reviewer2"), "/officers/tasks/held")).contains("/officers/cases/" + award.number());
        assertThat(row(leader, "/officers/tasks")).as("in time").isEmpty();
        city.passes("P9D");
        assertThat(row(leader, "/officers/tasks")).contains("reviewer2", "超期", page);

        Visitor.Answer asked = leader.get(page);
        assertThat(asked.body()).contains("把任务退回“初审”组？", award.number(), "reviewer2");
        Visitor.Answer without = leader.form(page, "holder=reviewer2", asked);
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("请选择退回的原因。");
        assertThat(leader.form(page, "holder=reviewer2&reason=because", asked).status())
                .isEqualTo(422);
        assertThat(leader.form(page, "holder=reviewer2&reason=away", asked).location())
                .endsWith("/officers/tasks/held");

        assertThat(audit.search(new AuditLog.Search(award.number(), "leader", "task-handed-back", null, null), 0, 10)
                        .entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.details())
                        .containsEntry("reason", "away")
                        .containsEntry("holder", "reviewer2"));
        assertThat(as("reviewer").get("/officers/cases/" + award.number()).body())
                .contains("任务退回本组，由其他人办理：经办人不在岗");
        assertThat(row(leader, "/officers/tasks/held")).isEmpty();
        assertThat(row(leader, "/officers/tasks")).contains("无人领取").doesNotContain("/release");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
    }

    @Test
    void everybodyElseSeesHisOwnAndNobodyElses() {
        for (String other : List.of(
                "reviewer", "intake", "senior-reviewer", "supervisor", "finance", "finance-approver", "expert1")) {
            Visitor visitor = as(other);
            assertThat(row(visitor, "/officers/tasks/held")).as(other).isEmpty();
            assertThat(visitor.get(page).status()).as(other).isNotEqualTo(200);
            assertThat(visitor.form(page, "holder=reviewer2&reason=away", visitor.get("/officers/tasks"))
                            .status())
                    .as(other)
                    .isIn(403, 404);
        }
        for (String outside : List.of("applicant", "employer", "auditor", "policy-admin", "policy-approver", "admin"))
            for (String path : List.of("/officers/tasks", "/officers/tasks/held", page))
                assertThat(as(outside).get(path).status()).as(outside + path).isEqualTo(403);
        assertThat(new Visitor(port).get("/officers/tasks").location()).endsWith("/sign-in");
        assertThat(row(as("leader"), "/officers/tasks/held")).as("still his").contains("reviewer2");
    }

    @Test
    void whoeverHasItGivesItBackWithoutAReason() {
        Visitor holder = as("reviewer2");
        assertThat(row(holder, "/officers/tasks/held")).contains(page);
        Visitor.Answer asked = holder.get(page);
        assertThat(asked.body()).doesNotContain("name=\"reason\"");
        assertThat(holder.form(page, "holder=reviewer2", asked).status()).isEqualTo(302);
        assertThat(award.claim("reviewer", "first-review").status()).isEqualTo(204);
    }

    @Test
    void whoeverHasTakenItSinceKeepsIt() {
        Visitor leader = as("leader");
        Visitor.Answer asked = leader.get(page);
        city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/release", null)
                .is(204);
        award.claim("reviewer", "first-review").is(204);
        assertThat(leader.form(page, "holder=reviewer2&reason=away", asked).status())
                .isEqualTo(302);
        assertThat(leader.get("/officers/tasks/held").body()).contains("该任务刚刚已由他人领取。");
        assertThat(award.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
    }

    @Test
    void anEmployersCheckGoesBackToTheClerksWhoMayTakeIt() {
        award = city.submitted("recruitment-subsidy", "granted").waitsAt("employer-check");
        award.claim("employer", "employer-check").is(204);
        String check = "/officers/tasks/"
                + award.task("employer", "employer-check").get("id").asText() + "/release";
        Visitor leader = as("leader");
        assertThat(row(leader, "/officers/tasks/held")).contains("指定人员", check).doesNotContain("仅限本人");
        Visitor.Answer asked = leader.get(check);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("把任务退回给可以领取的人？", award.number());
        assertThat(leader.form(check, "holder=employer&reason=away", asked).location())
                .endsWith("/officers/tasks/held");
        assertThat(row(leader, "/officers/tasks/held")).isEmpty();
    }

    @Test
    void aCasePastItsPromiseSaysSoWhereItsTaskIsInTime() {
        city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/release", null)
                .is(204);
        city.passes("P19D");
        award.done("reviewer", "first-review", "approve").waitsAt("second-review");
        city.passes("P3D");
        assertThat(row(as("leader"), "/officers/tasks"))
                .contains("办件已过承诺日", "复核")
                .doesNotContain("超期 ");
    }

    @Test
    void twoPaymentsOfOneCaseAreToldApart() {
        city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/release", null)
                .is(204);
        award.reviewedByBoth().noticedAndSigned().waitsAt("payment-make");
        String list = as("finance").get("/officers/tasks/held").body();
        assertThat(list).doesNotContain(award.number());
        award.claim("finance", "payment-make").is(204);
        assertThat(row(as("finance"), "/officers/tasks/held")).containsAnyOf("技能提升补贴", "技能人才奖励");
    }

    @Test
    void aProgramMayGiveTheReasonToo() {
        String call = "/api/tasks/" + task + "/release";
        assertThat(city.call("leader", HttpMethod.POST, call, Map.of("reason", "because"))
                        .is(422)
                        .code())
                .isEqualTo("REQUIRED");
        city.call("leader", HttpMethod.POST, call, Map.of("reason", "shared")).is(204);
        assertThat(audit.search(new AuditLog.Search(award.number(), "leader", "task-handed-back", null, null), 0, 10)
                        .entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.details()).containsEntry("reason", "shared"));
    }
}
