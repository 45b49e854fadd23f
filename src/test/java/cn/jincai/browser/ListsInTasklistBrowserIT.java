package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In Tasklist a waiver is ticked by its name, and whoever signs finds the grounds drafted, benefit by benefit. */
@CaseTest
class ListsInTasklistBrowserIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private Browser.Visitor officer(String name, boolean english) {
        String address = "http://127.0.0.1:" + port;
        return (english ? Browser.englishDesktop(address) : Browser.desktop(address)).signIn(name);
    }

    @Test
    @Tag("issue-13.2")
    @Tag("issue-13.5")
    void aWaiverIsTickedAndItsGroundsAreConfirmedBeforeSigning() {
        ApplicantsCase late = city.checked("skills-award", "refused");
        try (var reviewer = officer("reviewer", false)) {
            Tasklist tasklist =
                    Tasklist.of(reviewer).open(late.number()).claim().claimed();
            Page page = reviewer.page();
            Locator form = page.locator(".fjs-container").first();
            assertThat(form).containsText("已超过申请期限");
            assertThat(form).containsText("单独不予支持的待遇");
            assertThat(form.getByText("需补正的内容")).hasCount(0);
            tasklist.choose("退回补正");
            assertThat(form).containsText("职业资格或技能等级证书");
            tasklist.choose("同意");
            form.locator("label", new Locator.LocatorOptions().setHasText("已超过申请期限"))
                    .first() // the reason itself; benefits name it as their grounds
                    .click();
            form.locator("textarea").fill("证书因系统故障延迟送达。");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/pictures/tasklist-lists.png")));
            tasklist.handIn();
            assertThat(page.locator("[notifications-panel] .alert").first()).containsText("请选择理由类别");
            form.locator(".fjs-form-field-radio label", new Locator.LocatorOptions().setHasText("不可抗力等正当事由"))
                    .click();
            tasklist.handIn().done();
        }
        late.waitsAt("second-review");
        Assertions.assertThat(db.sql("select reason from overrides where case_number = ?")
                        .param(late.number())
                        .query(String.class)
                        .list())
                .containsExactly("beyond-control");
        Map<String, Object> waiver = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。");
        late.done("senior-reviewer", "second-review", "approve", waiver)
                .done("leader", "leader-review", "approve", waiver)
                .waitsAt("public-notice");
        city.passes("P15D");
        try (var leader = officer("leader", true)) {
            Tasklist tasklist = Tasklist.of(leader).open(late.number()).claim().claimed();
            Page page = leader.page();
            Locator grounds = page.locator(".fjs-container textarea").first();
            tasklist.choose("签发");
            assertThat(page.locator(".fjs-container").first()).containsText("告知申请人的理由: ");
            assertThat(grounds).hasValue("证书因系统故障延迟送达。");
            grounds.fill("");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/pictures/tasklist-grounds.png")));
            tasklist.handIn();
            assertThat(page.locator("[notifications-panel] .alert").first()).containsText("on what grounds");
            grounds.fill("证书由发证机构迟发，逾期不是您的原因。");
            tasklist.handIn().done();
        }
        Assertions.assertThat(late.show().at("/decision/benefits").findValuesAsText("grounds"))
                .contains("证书由发证机构迟发，逾期不是您的原因。");
    }

    @Test
    @Tag("issue-13.2")
    void aFactOfYesOrNoIsRecordedByChoiceBesideTheForm() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        try (var reviewer = officer("reviewer", false)) {
            Page page = reviewer.goTo("/officers/cases/" + award.number());
            page.locator("#record summary").click();
            page.selectOption("#f-name", "inPost");
            assertThat(page.locator("#record input[type=radio]")).hasCount(2);
            page.selectOption("#f-name", "employerRegion");
            reviewer.looksRight();
            page.locator("#record label", new Page.LocatorOptions().setHasText("其他地方"))
                    .click();
            page.fill("#f-note", "已核对登记。");
            page.locator("#record button[type=submit]").click();
            assertThat(page.locator(".govuk-notification-banner--success")).isVisible();
        }
    }
}
