package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Staff;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One case of each scheme from the screener to the rating, as people do it: on the portal and in Tasklist. Leaves the README's pictures with {@code -Dpictures}. */
@CaseTest
class JourneyBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Staff staff;

    @Autowired
    ObjectMapper json;

    private String address;

    @BeforeEach
    void aMondayMorning() throws IOException {
        address = "http://127.0.0.1:" + port;
        Files.createDirectories(PICTURES);
        city.at("2026-03-02T09:00");
    }

    @ParameterizedTest
    @CsvSource({
        "skills-award, false, zh, '1,000 元'",
        "recruitment-subsidy, true, zh, '25,000 元'",
        "talent-recognition, false, en, 'CNY 36,000'"
    })
    void fromTheScreenerToTheRating(String scheme, boolean onAPhone, String language, String promised) {
        String number;
        try (var applicant = person(onAPhone)) {
            applicant.goTo("/?lang=" + language);
            applicant.looksRight().picture(PICTURES.resolve(scheme + "-1-home.png"));
            asksTheScreener(applicant, scheme, language, promised);
            number = applies(applicant.signIn("applicant"), scheme, language);
        }
        if (!scheme.equals("skills-award")) employerConfirms(number);
        officer("intake", number, "acceptance", "accept", scheme);
        city.passes("PT1M");
        if (scheme.equals("skills-award")) reviewsTwice(number, scheme);
        else officer("reviewer", number, "first-review", "approve", scheme);
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

    /** What one would get, told before anybody signs in: nothing while something stands in the way, with the reason; then the whole sum. */
    private void asksTheScreener(Browser.Visitor applicant, String scheme, String language, String promised) {
        Page page = applicant.goTo("/screener?scheme=" + scheme);
        applicant.looksRight();
        ObjectNode told = city.application(scheme, "granted").get("answers").deepCopy();
        if (scheme.equals("talent-recognition"))
            told.put("annualTaxablePay", 180_000).put("taxedMonthsInJinjiang", 12);
        Screened.answer(applicant, "employerRegion", "OTHER");
        page = applicant.goTo("/screener/result");
        Locator about = page.locator("[data-scheme='" + scheme + "']");
        assertThat(about).hasAttribute("data-state", "refused");
        assertThat(about)
                .containsText(
                        language.equals("zh") ? "用人单位所在地为其他地方，应为" : "The employer is in: Elsewhere; it has to be in:");
        applicant.looksRight();
        Screened.answer(applicant, "employerRegion", "JINJIANG");
        Screened.walk(applicant, scheme, told);
        assertThat(about).hasAttribute("data-state", "granted");
        assertThat(about.locator(".jc-sum").last()).hasText(promised);
        applicant.looksRight().picture(PICTURES.resolve(scheme + "-answered.png"));
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
            form.locator("input[name=file]")
                    .setInputFiles(new FilePayload(
                            "材料.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(page.locator(".jc-upload").nth(i).locator(".jc-files li"))
                    .hasCount(1);
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

    /** Somebody who may do both reviews does the first; the second of the same case waits for others, and is in none of his lists. */
    private void reviewsTwice(String number, String scheme) {
        Actor both = new Actor("both-" + number.toLowerCase(Locale.ROOT), Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER));
        String password = "correct horse battery",
                first =
                        staff.make(
                                new Staff.Filled(both.account(), "审核·两岗", both.roles(), "", "", "", ""),
                                new Actor("admin", Set.of(Role.ADMIN)));
        staff.changeOwnPassword(first, password, both);
        try (var officer = Browser.desktop(address).signIn(both.account(), password)) {
            Tasklist tasklist = Tasklist.of(officer)
                    .open(number)
                    .claim()
                    .claimed()
                    .looksAtTheFile(number, PICTURES.resolve(scheme + "-3-tasklist.png"));
            tasklist.choose(label("first-review", "approve")).handIn().done();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> Assertions.assertThat(city.tasks("senior-reviewer", number, "second-review"))
                            .hasSize(1));
            tasklist.hasNoCard(number).speaksOneLanguage();
        }
    }

    private void paid(String number, String scheme) {
        while (!city.call("applicant", org.springframework.http.HttpMethod.GET, "/api/cases/" + number, null)
                .body()
                .get("stage")
                .asText()
                .equals("closed")) {
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
        try (var officer = (scheme.equals("talent-recognition")
                        ? Browser.englishDesktop(address)
                        : Browser.desktop(address))
                .signIn(who)) {
            Tasklist tasklist = Tasklist.of(officer)
                    .open(number)
                    .speaksOneLanguage()
                    .claim()
                    .claimed();
            if (stage.equals("first-review"))
                tasklist.looksAtTheFile(number, PICTURES.resolve(scheme + "-3-tasklist.png"));
            if (stage.equals("second-review") && scheme.equals("skills-award")) {
                tasklist.choose(label(stage, "reject")).handIn();
                assertThat(tasklist.refused("未能提交办理结果")).containsText("请填写意见。");
            }
            tasklist.speaksOneLanguage().choose(label(stage, outcome)).handIn().done();
        }
    }

    private String label(String stage, String outcome) {
        try {
            JsonNode form = json.readTree(Files.readString(Path.of("forms/common/" + stage + ".form")));
            for (JsonNode field : form.get("components")) {
                for (JsonNode value : field.path("values"))
                    if (value.path("value").asText().equals(outcome))
                        return value.get("label").asText();
            }
            throw new IllegalArgumentException(outcome + " at " + stage);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
