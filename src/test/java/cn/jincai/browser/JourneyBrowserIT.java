package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One case of each scheme from the screener to the rating, as people do it: on the portal and in Tasklist. Leaves the README's pictures. */
@CaseTest
class JourneyBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures");

    @LocalServerPort int port;
    @Autowired City city;
    @Autowired ObjectMapper json;

    private String address;

    @BeforeEach
    void aMondayMorning() throws IOException {
        address = "http://127.0.0.1:" + port;
        Files.createDirectories(PICTURES);
        city.at("2026-03-02T09:00");
    }

    @ParameterizedTest
    @CsvSource({"skills-award, false, zh", "recruitment-subsidy, true, zh", "talent-recognition, false, en"})
    void fromTheScreenerToTheRating(String scheme, boolean onAPhone, String language) {
        String number;
        try (var applicant = person(onAPhone)) {
            applicant.goTo("/?lang=" + language);
            applicant.looksRight().picture(PICTURES.resolve(scheme + "-1-home.png"));
            applicant.goTo("/screener/" + scheme);
            applicant.looksRight();
            number = applies(applicant.signIn("applicant"), scheme, language);
        }
        if (!scheme.equals("skills-award")) employerConfirms(number);
        officer("intake", number, "acceptance", "accept", scheme);
        city.passes("PT1M");
        officer("reviewer", number, "first-review", "approve", scheme);
        officer("senior-reviewer", number, "second-review", "approve", scheme);
        try (var anyone = person(onAPhone)) {
            anyone.goTo("/notices?lang=" + language);
            assertThat(anyone.page().locator("main")).containsText("*");
            anyone.looksRight().picture(PICTURES.resolve(scheme + "-4-notices.png"));
        }
        city.passes("P15D");
        officer("leader", number, "decision", "sign", scheme);
        if (!scheme.equals("talent-recognition")) paid(number, scheme);
        try (var applicant = person(onAPhone).signIn("applicant")) {
            applicant.goTo("/inbox?lang=" + language);
            applicant.looksRight();
            applicant.goTo("/cases/" + number);
            applicant.looksRight().picture(PICTURES.resolve(scheme + "-6-closed.png"));
            Page page = applicant.page();
            page.locator("input[name=stars][value='5']").check(new Locator.CheckOptions().setForce(true));
            page.locator("form[action$='/rating'] button").click();
            applicant.looksRight();
        }
    }

    private Browser.Visitor person(boolean onAPhone) {
        return onAPhone ? Browser.phone(address) : Browser.desktop(address);
    }

    /** With the demo's sample, each paper uploaded, the answers checked, sent. */
    private String applies(Browser.Visitor applicant, String scheme, String language) {
        Page page = applicant.goTo("/apply/" + scheme + "?lang=" + language);
        applicant.looksRight();
        page.click("form[action$='/sample'] button");
        page.waitForURL(Pattern.compile("/cases/JC\\d+/apply"));
        String number = page.url().replaceAll(".*(JC\\d+).*", "$1");
        applicant.goTo("/cases/" + number + "/papers");
        for (int i = 0; i < page.locator("form[data-upload]").count(); i++) {
            var form = page.locator("form[data-upload]").nth(i);
            form.locator("input[type=file]").setInputFiles(new FilePayload("材料.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1)));
            form.locator("button[type=submit]").click();
            assertThat(page.locator(".jc-upload").nth(i).locator(".jc-files li")).hasCount(1);
        }
        applicant.looksRight();
        applicant.goTo("/cases/" + number + "/check");
        applicant.looksRight().picture(PICTURES.resolve(scheme + "-2-check.png"));
        page.click("form[action$='/submission'] button");
        assertThat(page.locator(".govuk-panel")).containsText(number);
        applicant.looksRight();
        return number;
    }

    private void employerConfirms(String number) {
        try (var clerk = Browser.phone(address).signIn("employer")) {
            Page page = clerk.goTo("/employer");
            page.click("a[href$='" + number + "']");
            clerk.looksRight();
            page.check("#f-outcome");
            page.click("main form button");
            assertThat(page.locator(".govuk-notification-banner--success")).isVisible();
        }
    }

    private void paid(String number, String scheme) {
        while (!city.call("applicant", org.springframework.http.HttpMethod.GET, "/api/cases/" + number, null).body().get("stage").asText().equals("closed")) {
            city.passes("PT1M");
            officer("finance", number, "payment-make", "submit", scheme);
            officer("finance-approver", number, "payment-approve", "approve", scheme);
            city.passes("PT1M");
            city.bank("accept");
            city.passes("PT1M");
        }
    }

    /** In Tasklist: finds the case's card, claims, looks at the file beside the form, chooses, hands in. */
    private void officer(String who, String number, String stage, String outcome, String scheme) {
        try (var officer = Browser.desktop(address).signIn(who)) {
            Page page = officer.goTo("/camunda/app/tasklist/default/");
            var card = page.locator(".tasks-list .task", new Page.LocatorOptions().setHasText(number)).first();
            card.click();
            page.locator("button", new Page.LocatorOptions().setHasText("领取")).first().click();
            assertThat(page.locator(".fjs-container").first()).isVisible();
            if (stage.equals("first-review")) {
                page.getByText("案卷", new Page.GetByTextOptions().setExact(true)).first().click();
                var file = page.frameLocator("iframe[title='案卷']");
                assertThat(file.locator("main")).containsText(number);
                page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(scheme + "-3-tasklist.png")));
                page.locator(".task-details a, [cam-tasklist-task] a, .nav-tabs a", new Page.LocatorOptions().setHasText("表单")).first().click();
            }
            page.locator(".fjs-container label", new Page.LocatorOptions().setHasText(label(stage, outcome))).first().click();
            page.locator("button", new Page.LocatorOptions().setHasText("提交办理结果")).first().click();
            assertThat(page.locator(".fjs-container")).hasCount(0);
        }
    }

    private String label(String stage, String outcome) {
        try {
            JsonNode form = json.readTree(Files.readString(Path.of("forms/common/" + stage + ".form")));
            for (JsonNode field : form.get("components")) {
                for (JsonNode value : field.path("values")) if (value.path("value").asText().equals(outcome)) return value.get("label").asText();
            }
            throw new IllegalArgumentException(outcome + " at " + stage);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
