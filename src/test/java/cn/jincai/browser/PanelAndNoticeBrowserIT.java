package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Staff;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.review.panel.PanelDraws;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** A panel of five of whom one recuses himself and one stays silent; and two people who object to the same notice. */
@CaseTest
class PanelAndNoticeBrowserIT {
    private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMIN));

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Staff staff;

    @Autowired
    PanelDraws draws;

    private final String field = "漆艺" + UUID.randomUUID().toString().substring(0, 6);
    /** Passwords by account. */
    private final Map<String, String> experts = new LinkedHashMap<>();

    private String address;

    @BeforeEach
    void aMondayMorning() {
        address = "http://127.0.0.1:" + port;
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void theyRetire() {
        for (String name : experts.keySet())
            staff.change(new Staff.Filled(name, "漆艺专家", Set.of(Role.EXPERT), "", field, "", ""), true, ADMIN);
    }

    private void sevenExperts() {
        for (int i = 1; i <= 7; i++) {
            String name = "lacquer-" + i + "-" + UUID.randomUUID().toString().substring(0, 8);
            String first =
                    staff.make(new Staff.Filled(name, "漆艺专家" + i, Set.of(Role.EXPERT), "", field, "", ""), ADMIN);
            experts.put(name, "correct horse " + i);
            staff.changeOwnPassword(first, experts.get(name), new Actor(name, Set.of(Role.EXPERT)));
        }
    }

    @Test
    void ofFiveExpertsOneRecusesHimselfAndOneIsSilentAndTheNextOfTheDrawHaveTheirSeats() {
        sevenExperts();
        ObjectNode application = city.application("talent-recognition", "panel");
        ((ObjectNode) application.get("answers")).put("field", field);
        var talent = city.checked(application)
                .reviewedByBoth()
                .done("leader", "leader-review", "approve")
                .waitsAt("expert-panel");
        List<String> order = draws.of(new CaseNumber(talent.number())).get(0).lots().stream()
                .map(lot -> lot.candidate())
                .filter(one -> one.isEligible())
                .map(one -> one.account())
                .toList();
        Assertions.assertThat(order).containsExactlyInAnyOrderElementsOf(experts.keySet());

        inTasklist(order.get(0), talent, "回避", "申请人曾是我的学生");
        inTasklist(order.get(5), talent, "达到", "");
        for (String name : order.subList(1, 4)) votes(name, talent, "approve", "作品获奖属实");
        try (var leader = Browser.desktop(address).signIn("leader")) {
            Page page = leader.goTo("/officers/cases/" + talent.number() + "/panels");
            assertThat(page.locator("main")).containsText("正在进行第 1 轮表决");
            assertThat(page.locator("main")).not().containsText("赞成");
            leader.looksRight();
        }
        city.passes("P16D");
        votes(order.get(6), talent, "reject", "师承关系存疑");
        talent.waitsAt("public-notice");

        try (var auditor = Browser.desktop(address).signIn("auditor")) {
            Page page = auditor.goTo("/officers/cases/" + talent.number());
            page.getByText("专家评审：抽取和会议纪要").click();
            assertThat(page.locator("main [role=status]")).hasText("重新抽取，结果一致");
            assertThat(page.locator("tbody tr")).containsText(new String[] {order.get(0), order.get(1)});
            assertThat(page.locator("tbody tr")
                            .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("已入席")))
                    .hasCount(7);
            auditor.looksRightWideAndNarrow();
            Assertions.assertThat(page.getByText("会议纪要（PDF）").getAttribute("href"))
                    .endsWith("/minutes.pdf");
            auditor.english();
            auditor.goTo("/officers/cases/" + talent.number() + "/panels");
            auditor.looksRight();
        }
    }

    private void inTasklist(String name, ApplicantsCase talent, String choice, String words) {
        try (var expert = Browser.desktop(address).signIn(name, experts.get(name))) {
            Tasklist tasklist = Tasklist.of(expert).open(talent.number()).choose(choice);
            if (!words.isEmpty())
                expert.page().locator(".fjs-container textarea").fill(words);
            tasklist.handIn().done();
        }
    }

    private void votes(String name, ApplicantsCase talent, String vote, String words) {
        Visitor expert = new Visitor(port).withPassword(name, experts.get(name));
        for (JsonNode task :
                expert.get("/api/tasks?stage=expert-panel&size=100").json().get("items"))
            if (task.path("case").asText().equals(talent.number())) {
                var answer = expert.post(
                        "/api/tasks/" + task.get("id").asText() + "/completion",
                        "{\"outcome\": \"" + vote + "\", \"opinion\": \"" + words + "\"}");
                Assertions.assertThat(answer.status()).as(answer.body()).isEqualTo(204);
                return;
            }
        throw new AssertionError(name + " has no seat");
    }

    @Test
    void twoPeopleObjectToOneNoticeAndEachFindsHisOwnAnswer() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        long notice = award.notice().get("id").asLong();
        String[] first = objects(notice, "周一山", "13900000051", "所填工龄与事实不符"),
                second = objects(notice, "吴二水", "13900000052", "证书系他人代考");
        Assertions.assertThat(first[0]).isNotEqualTo(second[0]);
        for (JsonNode task : city.tasks("supervisor", award.number(), "objection"))
            try (var supervisor = Browser.desktop(address).signIn("supervisor")) {
                boolean ofFirst = task.get("objection").asText().equals(first[0]);
                Page page = supervisor.goTo("/cases/by-task/" + task.get("id").asText() + "/file");
                var own = page.locator("section", new Page.LocatorOptions().setHasText("本任务的异议"));
                assertThat(own).containsText(ofFirst ? "所填工龄与事实不符" : "证书系他人代考");
                assertThat(own).not().containsText(ofFirst ? "证书系他人代考" : "所填工龄与事实不符");
                city.call(
                        "supervisor",
                        HttpMethod.POST,
                        "/api/tasks/" + task.get("id").asText() + "/claim",
                        null);
                city.call(
                                "supervisor",
                                HttpMethod.POST,
                                "/api/tasks/" + task.get("id").asText() + "/completion",
                                Map.of(
                                        "outcome",
                                        "dismiss",
                                        "opinion",
                                        ofFirst ? "劳动合同与社保记录一致" : "考场影像为本人",
                                        "published",
                                        ofFirst ? "经核对劳动合同和社保记录，工龄属实。" : ""))
                        .is(204);
            }
        try (var anyone = Browser.desktop(address)) {
            Page page = anyone.goTo("/notices/" + notice);
            assertThat(page.locator("main")).containsText("经核对劳动合同和社保记录，工龄属实。");
            assertThat(page.locator("main")).not().containsText("周一山");
            anyone.looksRight();
            page.getByText("（2026年3月2日发布）").first().click();
            assertThat(page.locator("tbody tr").first()).containsText("居民身份证");
            anyone.looksRightWideAndNarrow();
            looksUp(anyone, first, "劳动合同与社保记录一致");
            looksUp(anyone, second, "考场影像为本人");
            looksUp(anyone, new String[] {first[0], second[1]}, "编号或查询码不对");
            anyone.english();
            looksUp(anyone, first, "劳动合同与社保记录一致");
            anyone.looksRight();
        }
    }

    /** @return number and code */
    private String[] objects(long notice, String name, String contact, String text) {
        try (var objector = Browser.desktop(address)) {
            Page page = objector.goTo("/notices/" + notice);
            page.fill("#f-name", name);
            page.fill("#f-contact", contact);
            page.fill("#f-text", text);
            page.click("main form button");
            var told = page.locator(".govuk-panel--confirmation strong");
            assertThat(told).hasCount(2);
            objector.looksRight();
            return new String[] {
                told.nth(0).innerText().strip(), told.nth(1).innerText().strip()
            };
        }
    }

    private void looksUp(Browser.Visitor objector, String[] receipt, String answer) {
        Page page = objector.goTo("/notices/objections");
        page.fill("#f-number", receipt[0]);
        page.fill("#f-code", receipt[1]);
        page.click("main form button");
        assertThat(page.locator("main")).containsText(answer);
        Assertions.assertThat(page.url()).as("nothing of it in the address").endsWith("/notices/objections");
    }
}
