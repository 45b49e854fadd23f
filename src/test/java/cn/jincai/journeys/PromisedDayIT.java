package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.standing.StandingGrants;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an applicant reads of his case: the day that was promised, the steps, what is still to be checked, and what comes later. */
@CaseTest
@Tag("issue-13.9")
class PromisedDayIT {
    private static final Pattern STEP = Pattern.compile("jc-step jc-step--(\\w+)\"[^>]*>([^<]+)<span[^>]*>([^<]*)<");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    StandingGrants grants;

    private String page(ApplicantsCase file, String more) {
        return new Visitor(port)
                .signIn("applicant")
                .get("/cases/" + file.number() + more)
                .body();
    }

    private static JsonNode promise(ApplicantsCase file) {
        return file.show().get("promise");
    }

    /** Each step of the bar with its mark. */
    private List<String> steps(ApplicantsCase file) {
        List<String> steps = new ArrayList<>();
        for (Matcher step = STEP.matcher(page(file, "")); step.find(); ) steps.add(step.group(2) + " " + step.group(1));
        return steps;
    }

    @Test
    void whileTheNoticeRunsTheClockStandsAndAfterItTheDayIsLaterAndTellsWhy() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "granted");
        String first = promise(award).get("day").asText();
        assertThat(promise(award).get("state").asText()).isEqualTo("running");
        assertThat(page(award, "")).doesNotContain("暂停计算", "顺延至", "暂定");
        award.reviewedByBoth().waitsAt("public-notice");
        assertThat(promise(award).get("state").asText()).isEqualTo("stands");
        assertThat(page(award, "")).contains("暂停计算：当前环节的时间不计入承诺期限");
        assertThat(listed(award)).contains("承诺期限暂停计算");
        city.passes("P15D");
        award.waitsAt("decision");
        JsonNode later = promise(award);
        assertThat(later.get("state").asText()).isEqualTo("running");
        assertThat(later.at("/moved/0/from").asText()).isEqualTo(first);
        assertThat(later.at("/moved/0/to").asText())
                .isEqualTo(later.get("day").asText())
                .isGreaterThan(first);
        assertThat(later.at("/moved/0/stages")).extracting(JsonNode::asText).containsExactly("public-notice");
        assertThat(page(award, "")).contains("顺延至", stageName() + "的时间不计入承诺期限").doesNotContain("暂停计算");
        award.done("leader", "decision", "sign");
        assertThat(promise(award).get("state").asText()).isEqualTo("ended");
        assertThat(page(award, "")).doesNotContain("承诺办结日");
    }

    /** What the list of the applicant's cases says of this one, on whichever page it is. */
    private String listed(ApplicantsCase file) {
        Visitor applicant = new Visitor(port).signIn("applicant");
        for (int page = 0; ; page++) {
            String body = applicant.get("/cases?page=" + page).body();
            int at = body.indexOf("/cases/" + file.number());
            if (at >= 0) return body.substring(at, body.indexOf("</li>", at));
            assertThat(body).as("page " + page).contains("/cases/JC");
        }
    }

    private String stageName() {
        return cn.jincai.policy.Steps.shared().get("public-notice").status().zh();
    }

    @Test
    void onceThePromisedDayIsOverItSaysSo() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P40D");
        assertThat(promise(award).get("state").asText()).isEqualTo("past");
        assertThat(page(award, "")).contains("已过承诺办结日");
        assertThat(list()).contains("已过承诺办结日");
        award.withdrawal().is(200);
        assertThat(page(award, "")).doesNotContain("承诺办结日");
    }

    @Test
    void aDayInAYearWhoseHolidaysNobodyKnowsLooksProvisional() {
        city.at("2026-12-21T09:00");
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        assertThat(promise(award).get("provisional").asBoolean()).isTrue();
        assertThat(page(award, "")).contains("（暂定：该年度的放假安排尚未公布，可能顺延）");
        assertThat(list()).contains("（暂定：");
    }

    @Test
    void whatOnlyASourceCanTellIsCheckedAndNotToBeMendedByTheApplicant() {
        city.at("2026-03-02T09:00");
        var award = city.submitted("skills-award", "granted");
        assertThat(page(award, "")).contains("待核验", "将由系统核验，现在不用您补正。").doesNotContain("请核对姓名、证件类型和证件号码", "需要补充");
        assertThat(page(award, "/explanation")).contains("待核验").doesNotContain("需要补充");
        var lacking = city.checked("skills-award", "supplement").waitsAt("supplement");
        assertThat(page(lacking, "")).as("the source has answered").doesNotContain("将由系统核验");
    }

    @Test
    void theBarShowsTheStepsOfTheCasesOwnDiagramAndMarksThoseThatItPassed() {
        city.at("2026-03-02T09:00");
        var level = city.checked("talent-recognition", "granted");
        assertThat(steps(level))
                .containsExactly(
                        "提交 done", "受理 done", "核验 done", "审核 now", "公示 later", "决定 later", "拨付 later", "办结 later");
        var refused = city.checked("skills-award", "refused").waitsAt("first-review");
        refused.withOpinion("reviewer", "first-review", "reject")
                .withOpinion("senior-reviewer", "second-review", "reject")
                .waitsAt("decision");
        assertThat(steps(refused))
                .as("without a notice")
                .containsExactly(
                        "提交 done", "受理 done", "核验 done", "审核 done", "公示 skipped", "决定 now", "拨付 later", "办结 later");
        refused.done("leader", "decision", "sign").isClosed("refused");
        assertThat(steps(refused))
                .containsExactly(
                        "提交 done", "受理 done", "核验 done", "审核 done", "公示 skipped", "决定 done", "拨付 skipped", "办结 now");
        var withdrawn = city.submitted("skills-award", "granted").waitsAt("acceptance");
        withdrawn.withdrawal().is(200);
        assertThat(steps(withdrawn))
                .containsExactly(
                        "提交 done",
                        "受理 done",
                        "核验 skipped",
                        "审核 skipped",
                        "公示 skipped",
                        "决定 skipped",
                        "拨付 skipped",
                        "办结 now");
    }

    @Test
    void theSecondHalfIsShownWithItsWindowOnceTheFirstIsGranted() {
        city.at("2026-03-02T09:00");
        var subsidy = city.checked("recruitment-subsidy", "granted").reviewedByBoth();
        assertThat(page(subsidy, "")).doesNotContain("以后可以申请的");
        subsidy.noticedAndSigned();
        JsonNode second = StreamSupport.stream(
                        subsidy.show().at("/assessment/benefits/0/instalments").spliterator(), false)
                .filter(i -> i.get("number").asInt() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(page(subsidy, ""))
                .contains(
                        "以后可以申请的",
                        "第2期",
                        day(second.get("from").asText()) + "至"
                                + day(second.get("to").asText()) + "申请");
        grants.revoke(
                new CaseNumber(subsidy.number()),
                subsidy.show().at("/assessment/benefits/0/code").asText(),
                LocalDate.parse("2026-04-01"));
        assertThat(page(subsidy, ""))
                .as("what was revoked is not applied for later")
                .doesNotContain("以后可以申请的");
    }

    /** Every page of the applicant's list: what other stories applied for later stands before this one's. */
    private String list() {
        Visitor applicant = new Visitor(port).signIn("applicant");
        StringBuilder list = new StringBuilder();
        for (int page = 0; ; page++) {
            String one = applicant.get("/cases?page=" + page).body();
            list.append(one);
            if (!one.contains("rel=\"next\"")) return list.toString();
        }
    }

    private static String day(String iso) {
        String[] parts = iso.split("-");
        return parts[0] + "年" + Integer.parseInt(parts[1]) + "月" + Integer.parseInt(parts[2]) + "日";
    }
}
