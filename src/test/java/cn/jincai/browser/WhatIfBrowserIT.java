package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser.Visitor;
import cn.jincai.journeys.City;
import cn.jincai.policy.ChangedZip;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A what-if run as an administrator sees it in a real browser: asked, followed, cancelled, read in both languages and on a phone. */
@CaseTest
class WhatIfBrowserIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    Publication publication;

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    @Test
    void aRunIsAskedForFollowedAndRead() {
        city.at("2026-03-02T09:00:00");
        try (Visitor admin = Browser.desktop(address()).signIn("policy-admin")) {
            admin.goTo("/admin/what-if");
            admin.looksRight();
            admin.page().fill("#people", "many");
            admin.page()
                    .locator("form[action$='/admin/what-if'] button[type=submit]")
                    .click();
            assertThat(admin.page().locator(".govuk-error-summary").innerText()).contains("人数应为整数");
            admin.looksRight();
            admin.page().fill("#people", "50,000");
            byte[] changed = ChangedZip.of(
                    publication.zip(
                            "skills-award", packages.inForce("skills-award").hash()),
                    "rulesets/2026-01/parameters.yaml",
                    text -> text.replace(
                                    "always: {is: 300000, status: ILLUSTRATIVE",
                                    "always: {is: 350000, status: ILLUSTRATIVE")
                            .replaceFirst("(contractMonthsAtLeast:(?s:.*?)is: )12", "$124")
                            .replaceFirst("(2019-01-01: \\{is: )12", "$118"));
            admin.page().setInputFiles("#file", new FilePayload("package.zip", "application/zip", changed));
            admin.page().fill("#from", "2026-01-01");
            admin.page().fill("#to", "2026-12-31");
            admin.page()
                    .locator("form[action$='/admin/what-if'] button[type=submit]")
                    .click();
            admin.page().waitForURL(url -> url.matches(".*/admin/what-if/[0-9a-f-]{36}"));
            admin.page()
                    .waitForSelector(
                            ".jc-chart",
                            new Page.WaitForSelectorOptions()
                                    .setTimeout(
                                            120_000)); // the page asks again by itself once the run is over, which a
            // busy machine takes its time for
            assertThat(admin.page().locator("main").innerText()).contains("完成", "模拟人群", "50,000", "技能人才奖励");
            assertThat(admin.page().locator("details").count())
                    .as("typical cases beside the breakdown")
                    .isGreaterThan(5);
            admin.picture(Path.of("target/pictures/what-if.png"));
            for (Locator details : admin.page().locator("details").all()) details.evaluate("d => d.open = true");
            admin.looksRight();
            admin.picture(Path.of("target/pictures/what-if-open.png"));
            String run = admin.page().url().substring(address().length());
            admin.page().locator("a[href*='/cases/']").first().click();
            admin.page().waitForURL(url -> url.matches(".*/cases/\\d+"));
            assertThat(admin.page().locator("main").innerText()).contains("典型个案1", "现行", "试用", "金额怎样算出");
            for (Locator details : admin.page().locator("details").all()) details.evaluate("d => d.open = true");
            admin.looksRight();
            admin.picture(Path.of("target/pictures/what-if-case.png"));
            String typical = admin.page().url().substring(address().length());
            try (Visitor phone = Browser.phone(address()).english().signIn("auditor")) {
                phone.goTo(typical);
                assertThat(phone.page().locator("main").innerText()).contains("Typical case 1", "In force", "Tried");
                phone.looksRight();
            }
            try (Visitor phone = Browser.phone(address()).signIn("leader")) {
                phone.goTo(run + "?lang=en");
                assertThat(phone.page().locator("main").innerText()).contains("Done", "Made-up people");
                phone.looksRight();
                phone.picture(Path.of("target/pictures/what-if-phone.png"));
            }
        }
    }

    @Test
    void aRunIsCancelledAndSaysSo() {
        city.at("2026-03-02T09:00:00");
        try (Visitor admin = Browser.desktop(address()).signIn("policy-admin")) {
            admin.goTo("/admin/what-if");
            admin.page().fill("#people", "1000000");
            admin.page()
                    .locator("form[action$='/admin/what-if'] button[type=submit]")
                    .click();
            admin.page().waitForURL(url -> url.matches(".*/admin/what-if/[0-9a-f-]{36}"));
            admin.page()
                    .evaluate(
                            "() => document.querySelector(\"form[action$='/cancel'] button\")?.click()"); // a quick run
            // may be over
            // first
            PlaywrightAssertions.assertThat(
                            admin.page().locator("main dl .govuk-tag").first())
                    .hasText(Pattern.compile("已取消|完成"), new LocatorAssertions.HasTextOptions().setTimeout(120_000));
        }
    }
}
