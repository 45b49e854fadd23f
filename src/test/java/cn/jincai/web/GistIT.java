package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** The line above a task tells who, what, how much, what the rules say, why the case is here, what is open and how long there is, at each kind of step. */
@CaseTest
@Tag("issue-17.1")
class GistIT {
    private static final Pattern LINE = Pattern.compile("<section class=\"jc-gist\".*?</section>", Pattern.DOTALL);
    private static final Map<String, Object> WAIVER = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private String page(ApplicantsCase file, String who, String stage) {
        var answer = new Visitor(port)
                .signIn(who)
                .get("/cases/by-task/" + file.task(who, stage).get("id").asText() + "/file");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String line(String page) {
        var line = LINE.matcher(page);
        assertThat(line.find()).as("a line on the page").isTrue();
        return line.group().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ").replace(" ", "");
    }

    private String line(ApplicantsCase file, String who, String stage) {
        return line(page(file, who, stage));
    }

    private static String name(ApplicantsCase file) {
        return file.answersAsTold().get("name").asText().replace(" ", "");
    }

    @Test
    void beforeAnySourceWasAskedNothingIsMissingYet() {
        var award = city.submitted("skills-award", "granted");
        String page = page(award, "intake", "acceptance");
        assertThat(line(page))
                .contains(name(award), "技能人才奖励", "待核验", "还有5个工作日（2026年3月9日）")
                .doesNotContain("需要补充", "未决");
        assertThat(page).contains("尚未核验的条件").doesNotContain("需要补充", "不满足的条件");
    }

    @Test
    void aReviewReadsSumAndVerdictAndWhoSentItBack() {
        var award = city.checked("skills-award", "granted");
        assertThat(line(award, "reviewer", "first-review"))
                .contains(name(award), "技能人才奖励", "3,000元", "符合条件", "期限")
                .doesNotContain("到此原因");
        award.done("reviewer", "first-review", "approve");
        assertThat(line(award, "senior-reviewer", "second-review")).doesNotContain("到此原因");
        award.withOpinion("senior-reviewer", "second-review", "return");
        assertThat(line(award, "reviewer", "first-review")).contains("到此原因复核退回");
        award.reviewedByBoth().noticed();
        assertThat(line(award, "leader", "decision")).contains("3,000元", "符合条件");
        city.passes("P20D");
        assertThat(line(award, "leader", "decision")).contains("已超期");
    }

    @Test
    void whatWasDecidedAgainstTheRulesIsSaidToWhoeverDecidesNext() {
        var late = city.checked("skills-award", "refused");
        assertThat(line(late, "reviewer", "first-review")).contains("不符合条件");
        late.done("reviewer", "first-review", "approve", WAIVER);
        assertThat(line(late, "senior-reviewer", "second-review")).contains("豁免：已超过申请期限");
        late.withOpinion("senior-reviewer", "second-review", "reject");
        assertThat(line(late, "leader", "leader-review")).contains("前一审不予支持", "两审意见不一致");
    }

    @Test
    void anObjectionItsTaskAndWhatItLedTo() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        award.objection("此人并不在该公司工作。").is(201);
        String page = page(award, "supervisor", "objection");
        assertThat(line(page)).contains("公示异议YY");
        assertThat(page).contains("此人并不在该公司工作。", "本任务的异议");
        award.withOpinion("supervisor", "objection", "uphold");
        city.passes("P15D");
        award.waitsAt("hearing");
        city.passes("P9D");
        assertThat(line(award.waitsAt("first-review"), "reviewer2", "first-review"))
                .contains("异议成立，重新审核");
    }

    @Test
    void moneyIsToldWithPayeeBenefitAndReasonAndACase() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        String page = page(award, "finance", "payment-make");
        assertThat(line(page)).contains(name(award), "元", "到此原因");
        assertThat(page).contains("本任务的款项", "收款");
        award.done("finance", "payment-make", "submit");
        assertThat(line(award, "finance-approver", "payment-approve")).contains(name(award), "元");
    }

    @Test
    void aComplaintIsFollowedUpWithItsWords() {
        var award = city.submitted("skills-award", "granted");
        award.withOpinion("intake", "acceptance", "not-accepted").isClosed("not-accepted");
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/rating",
                        Map.of("stars", 1, "text", "窗口让我跑了三趟。"))
                .is(204);
        String page = page(award, "supervisor", "rating-follow-up");
        assertThat(line(page)).contains("申请人评价不满意");
        assertThat(page).contains("窗口让我跑了三趟。");
    }

    @Test
    void nobodyElseGetsTheLineOfATask() {
        var award = city.checked("skills-award", "granted");
        String task = award.task("reviewer", "first-review").get("id").asText();
        for (String other : List.of("applicant", "employer", "finance", "intake", "auditor", "admin", "expert1"))
            assertThat(new Visitor(port)
                            .signIn(other)
                            .get("/cases/by-task/" + task + "/file")
                            .status())
                    .as(other)
                    .isIn(403, 404);
    }

    @Test
    @Tag("issue-17.2")
    void eachThingToTickStandsWithItsGrounds() {
        var award = city.checked("skills-award", "granted");
        var options = new Visitor(port)
                .signIn("reviewer")
                .inTasklist()
                .get("/camunda/api/engine/engine/default/task/"
                        + award.task("reviewer", "first-review").get("id").asText() + "/form-variables")
                .json();
        assertThat(options.at("/rejectOptions/value").asText()).contains("（按规则 ");
        assertThat(options.at("/outcome/value").asText()).isEqualTo("approve");
        var late = city.checked("skills-award", "refused");
        assertThat(new Visitor(port)
                        .signIn("reviewer")
                        .inTasklist()
                        .always("Accept-Language", "en")
                        .get("/camunda/api/engine/engine/default/task/"
                                + late.task("reviewer", "first-review")
                                        .get("id")
                                        .asText() + "/form-variables")
                        .json()
                        .at("/rejectOptions/value")
                        .asText())
                .contains("The time to apply is over");
    }
}
