package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser.Visitor;
import cn.jincai.journeys.City;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a screen reader is given of the pages on which people fill in: the tree that Chromium itself hands to it. */
@CaseTest
class ScreenReaderBrowserIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMonday() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void aFormIsReadWithItsHintsWhatIsWrongAndThatItIsKept() {
        String number = city.drafted("skills-award", "granted").number();
        try (Visitor applicant = Browser.phone("http://127.0.0.1:" + port).signIn("applicant")) {
            Page page = applicant.goTo("/cases/" + number + "/apply/person");
            AccessibilityTree form = AccessibilityTree.of(page);
            assertThat(form.one("heading", "申请人").states()).containsEntry("level", "1");
            assertThat(form.one("textbox", "手机号码").description()).contains("11 位手机号码");
            assertThat(form.one("textbox", "手机号码").states()).containsEntry("invalid", "false");
            form.one("textbox", "电子邮箱 （选填）");
            form.one("combobox", "证件类型");
            assertThat(form.live())
                    .as("nothing is said before something changes, and never before what is just being read")
                    .allSatisfy(region -> assertThat(region.states()).containsEntry("live", "polite"))
                    .noneMatch(region -> form.words(region).contains("已保存"));

            page.fill("#f-phone", "1390001");
            page.locator("#f-phone").blur();
            com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(page.locator("#saved"))
                    .containsText("已保存");
            AccessibilityTree kept = AccessibilityTree.of(page);
            assertThat(kept.live().stream().map(kept::words).filter(said -> said.contains("已保存")))
                    .as("said once")
                    .hasSize(1);

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("保存并继续"))
                    .click();
            AccessibilityTree refused = AccessibilityTree.of(page);
            AccessibilityTree.Node phone = refused.one("textbox", "手机号码");
            assertThat(phone.states()).containsEntry("invalid", "true");
            assertThat(phone.description()).contains("11 位手机号码", "错误");
            assertThat(refused.words(refused.one("alert", ""))).contains("手机号码");
        }
    }
}
