package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** Whoever decides finds in the case file, and over the API, what there is to decide on; others do not. */
@CaseTest
@Tag("issue-13.3")
class DecidedOnIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private String file(String who, String task) {
        return new Visitor(port)
                .signIn(who)
                .get("/cases/by-task/" + task + "/file")
                .body();
    }

    private String file(String who, ApplicantsCase file) {
        return new Visitor(port)
                .signIn(who)
                .get("/officers/cases/" + file.number())
                .body();
    }

    private void answers(ApplicantsCase file, String text) {
        city.call("applicant", HttpMethod.POST, "/api/cases/" + file.number() + "/answer", Map.of("text", text))
                .is(204);
    }

    @Test
    void eachObjectionsTaskShowsItsOwnAndTheAnswerAtTheHearingStandsBeforeWhoeverReviews() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        String
                first =
                        award.objection("第一项：此人并不在该公司。")
                                .is(201)
                                .body()
                                .get("number")
                                .asText(),
                second =
                        award.objection("第二项：证书是假的。")
                                .is(201)
                                .body()
                                .get("number")
                                .asText();
        List<String> shown = new ArrayList<>();
        for (JsonNode task : city.tasks("supervisor", award.number(), "objection")) {
            String own = task.get("objection").asText(),
                    page = file("supervisor", task.get("id").asText());
            shown.add(own);
            assertThat(page.substring(page.indexOf("本任务的异议"), page.indexOf("按规则测算")))
                    .contains(own, own.equals(first) ? "第一项：此人并不在该公司。" : "第二项：证书是假的。", "13900000001")
                    .doesNotContain(own.equals(first) ? "第二项" : "第一项");
        }
        assertThat(shown).containsExactlyInAnyOrder(first, second);
        JsonNode supervisors = award.shownTo("supervisor").body().get("objections"),
                reviewers = award.shownTo("reviewer").body().get("objections");
        assertThat(supervisors.findValuesAsText("contact")).containsOnly("13900000001");
        assertThat(reviewers.findValuesAsText("text")).hasSize(2);
        assertThat(reviewers.findValuesAsText("objector"))
                .as("by whom is for those who answer")
                .isEmpty();
        assertThat(award.show().get("objections"))
                .as("the applicant is heard on findings only")
                .isEmpty();

        award.withOpinion("supervisor", "objection", "uphold").withOpinion("supervisor", "objection", "dismiss");
        city.passes("P15D");
        answers(award.waitsAt("hearing"), "我有劳动合同，附考勤记录。");
        assertThat(file(
                        "reviewer2",
                        award.task("reviewer2", "first-review").get("id").asText()))
                .contains("申请人陈述的意见", "我有劳动合同，附考勤记录。");
        assertThat(award.shownTo("reviewer2").body().get("hearings").findValuesAsText("text"))
                .containsExactly("我有劳动合同，附考勤记录。");
        assertThat(award.show().get("hearings").findValuesAsText("text")).containsExactly("我有劳动合同，附考勤记录。");
        assertThat(award.shownTo("intake").body().get("hearings"))
                .as("the window decides nothing on it")
                .isEmpty();
        assertThat(file("intake", award)).doesNotContain("考勤记录");
    }

    @Test
    void aPaymentsTaskShowsWhomWhatAndWhyAndTheLeaderFindsFinancesReasonAndTheAnswer() {
        var award = city.checked("skills-award", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .waitsAt("payment-make");
        String name = award.answersAsTold().get("accountHolder").asText(),
                account = award.answersAsTold().get("bankAccount").asText();
        JsonNode task = award.task("finance", "payment-make");
        long fen = 0;
        for (JsonNode p : award.show().get("payments"))
            if (p.get("id").asLong() == task.at("/payment/id").asLong())
                fen = p.get("amountFen").asLong();
        String page = file("finance", task.get("id").asText());
        assertThat(page.substring(page.indexOf("本任务的款项"), page.indexOf("时限")))
                .contains(name, "%,d 元".formatted(fen / 100))
                .doesNotContain(account);

        award.done("finance", "payment-make", "give-up", Map.of("opinion", "单位已注销，无法支付。"));
        assertThat(award.show().get("payments").findValuesAsText("opinion"))
                .as("he is heard on it")
                .containsExactly("单位已注销，无法支付。");
        answers(award, "单位只是更名，请核实。");
        JsonNode decision = award.task("leader", "decision");
        String signs = file("leader", decision.get("id").asText());
        assertThat(signs.substring(0, signs.indexOf("按规则测算")))
                .as("before whoever signs")
                .contains("财务拟不再拨付", "本任务的款项", "财务的理由", "单位已注销，无法支付。", "单位只是更名，请核实。", name);
        assertThat(award.shownTo("leader").body().get("payments").findValuesAsText("opinion"))
                .containsExactly("单位已注销，无法支付。");
        assertThat(award.shownTo("leader").body().get("hearings").findValuesAsText("text"))
                .containsExactly("单位只是更名，请核实。");
        for (String other : List.of("reviewer", "intake", "supervisor"))
            assertThat(file(other, award)).as(other).doesNotContain("已注销", "只是更名");
        assertThat(award.shownTo("reviewer").body().toString()).doesNotContain("已注销", "只是更名");
        award.done("leader", "decision", "return", Map.of("opinion", "请先核实更名。"));
        city.passes("PT1M");
        assertThat(file("finance", award))
                .as("finance goes on with what the leader said")
                .contains("请先核实更名。");
        assertThat(award.shownTo("finance").body().get("payments").findValuesAsText("opinion"))
                .contains("单位已注销，无法支付。", "请先核实更名。");
    }

    @Test
    void aPoorRatingsWordsStandBeforeWhoeverFollowsItUpAndNobodyElse() {
        var award = city.submitted("skills-award", "granted")
                .withOpinion("intake", "acceptance", "not-accepted")
                .isClosed("not-accepted");
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/rating",
                        Map.of("stars", 1, "text", "窗口三次让我回家。"))
                .is(204);
        assertThat(file(
                        "supervisor",
                        award.task("supervisor", "rating-follow-up").get("id").asText()))
                .contains("申请人的评价：1星", "窗口三次让我回家。");
        assertThat(award.shownTo("supervisor").is(200).body().at("/rating/text").asText())
                .isEqualTo("窗口三次让我回家。");
        assertThat(award.show().at("/rating/text").asText()).isEqualTo("窗口三次让我回家。");
        assertThat(file("intake", award)).doesNotContain("三次让我回家");
        assertThat(award.shownTo("intake").is(200).body().toString())
                .contains("\"stars\":1")
                .doesNotContain("三次让我回家");
    }
}
