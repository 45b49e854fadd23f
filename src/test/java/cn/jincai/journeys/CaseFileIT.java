package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a reviewer finds on the case file beside the task: everything that the judgement may rest on, and where each of it comes from. */
@CaseTest
class CaseFileIT {
    @Autowired
    City city;

    @LocalServerPort
    int port;

    @AfterEach
    void theSourceTellsTheTruthAgain() {
        city.source("insurance", "ok");
    }

    /** The words of a page in their order, as somebody reads them. */
    private String reads(String who, String address) {
        var page = new Visitor(port).signIn(who).get(address);
        assertThat(page.status()).isEqualTo(200);
        return page.body()
                .replaceAll("(?s)^.*<main|</main>.*$", "")
                .replaceAll("(?s)<(?:script|style).*?</(?:script|style)>|<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void verdictFactsPapersOpinionsTimeAndWhatTheApplicantToldAgainstWhatTheSourceTells() {
        city.at("2026-03-02T09:00");
        city.source("insurance", "contradicts");
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        assertThat(reads(
                        "reviewer",
                        "/cases/by-task/"
                                + award.task("reviewer", "first-review")
                                        .get("id")
                                        .asText() + "/file"))
                .containsSubsequence(
                        "案卷 " + award.number(),
                        "初审",
                        "按规则测算",
                        "技能提升补贴 符合条件 2,000 元",
                        "晋江技能人才奖励 不符合条件",
                        "最近连续参保月数为3个月，应不少于6个月",
                        "示例",
                        "怎样补正",
                        "依据：",
                        "（C2-09）",
                        "救济：",
                        "逐条说明测算依据",
                        "目前的审核结论",
                        "晋江技能人才奖励 不予支持",
                        "社保",
                        "在晋江最近连续参保月数 3 2026年3月2日 24 不一致",
                        "本系统记录",
                        "同一证书已享受人才津贴 否 2026年3月2日",
                        "登记事实",
                        "职业资格或技能等级证书 · paper.pdf",
                        "SHA-256",
                        "受理通知书 晋才受",
                        "此前的意见",
                        "intake · 晋江市人力资源和社会保障局 · 受理",
                        "时限",
                        "本环节期限 2026年3月5日",
                        "承诺办结日 2026年3月23日",
                        "适用规则 2026-01",
                        "以往办件",
                        "申请内容",
                        "最近在晋江连续参保月数 24",
                        "办理过程",
                        "申请人",
                        "申请已受理 2026年3月2日 09:00 · 受理窗口 intake");
        award.records("reviewer", "insuredMonthsConsecutive", 24).is(200);
        award.done("reviewer", "first-review", "approve", Map.of("opinion", "缴费<i>记录</i>已核对。"));
        assertThat(reads(
                        "senior-reviewer",
                        "/cases/by-task/"
                                + award.task("senior-reviewer", "second-review")
                                        .get("id")
                                        .asText() + "/file"))
                .containsSubsequence(
                        "晋江技能人才奖励 符合条件 1,000 元",
                        "工作人员登记",
                        "在晋江最近连续参保月数 24 2026年3月2日 已核对原件 24",
                        "此前的意见",
                        "reviewer · 晋江市人力资源和社会保障局 · 同意 缴费&lt;i&gt;记录&lt;/i&gt;已核对。",
                        "登记事实：在晋江最近连续参保月数",
                        "初审：同意")
                .doesNotContain("不一致");
    }
}
