package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The portal as people meet it, in a real browser: on a desk, on a phone, in both languages, with and without scripts. */
@CaseTest
class PortalBrowserIT {
    private static final List<String> PUBLIC = List.of("/", "/schemes", "/schemes/talent-recognition", "/schemes/recruitment-subsidy", "/schemes/skills-award",
        "/screener/talent-recognition", "/screener/recruitment-subsidy", "/screener/skills-award", "/notices", "/sign-in", "/schemes/no-such-scheme");

    @LocalServerPort
    int port;

    private String address;

    @BeforeEach
    void address() {
        address = "http://127.0.0.1:" + port;
    }

    @Test
    void whatEverybodyMayReadLooksRightOnADeskAndOnAPhoneInBothLanguages() {
        for (String language : List.of("zh", "en")) {
            try (var desk = Browser.desktop(address); var phone = Browser.phone(address)) {
                for (var visitor : List.of(desk, phone)) {
                    visitor.goTo("/?lang=" + language);
                    for (String path : PUBLIC) {
                        visitor.goTo(path);
                        Assertions.assertThat(visitor.page().locator("html").getAttribute("lang")).isEqualTo(language.equals("zh") ? "zh-CN" : "en");
                        visitor.looksRight();
                    }
                }
            }
        }
    }

    @Test
    void theScreenerAnswersAsOneTypesAndHidesWhatDoesNotApply() {
        try (var visitor = Browser.desktop(address)) {
            Page page = visitor.goTo("/screener/skills-award");
            aWelder(page);
            assertThat(page.locator("#answer .jc-sum").first()).hasText("2,000 元");
            page.fill("#f-contractMonths", "3");
            assertThat(page.locator("#answer")).containsText("12");
            assertThat(page.locator("#answer .govuk-tag--red").first()).isVisible();
            page.selectOption("#f-employerType", "SELF_EMPLOYED");
            assertThat(page.locator("#f-contractMonths")).isHidden();
            visitor.looksRight();
        }
    }

    @Test
    void theScreenerWorksWithoutScripts() {
        try (var visitor = Browser.withoutScript(address)) {
            Page page = visitor.goTo("/screener/skills-award");
            aWelder(page);
            page.click("main form button[type=submit]");
            assertThat(page.locator("#answer .jc-sum").first()).hasText("2,000 元");
            page.fill("#f-insuredMonthsConsecutive", "many");
            page.click("main form button[type=submit]");
            assertThat(page.locator(".govuk-error-summary a")).hasAttribute("href", "#f-insuredMonthsConsecutive");
            assertThat(page.locator("#f-insuredMonthsConsecutive")).hasValue("many");
            assertThat(page.locator("#f-contractMonths")).hasValue("36");
        }
    }

    private static void aWelder(Page page) {
        page.selectOption("#f-employerType", "PRIVATE_ENTERPRISE");
        page.selectOption("#f-employerRegion", "JINJIANG");
        page.check("#f-inPost");
        page.fill("#f-contractMonths", "36");
        page.fill("#f-insuredMonthsConsecutive", "8");
        page.fill("#f-unemploymentInsuredMonths", "40");
        page.selectOption("#f-certificateLevel", "THREE");
        page.fill("#f-certificateIssuedOn", java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai")).minusMonths(2).toString());
    }

    @Test
    void anApplicationIsFilledInSavedCheckedAndSentOnAPhone() {
        try (var visitor = Browser.phone(address).signIn("applicant")) {
            String number = sample(visitor, "recruitment-subsidy");
            Page page = visitor.looksRight().page();
            for (String section : List.of("person", "employer", "study", "coming", "account")) {
                visitor.goTo("/cases/" + number + "/apply/" + section);
                visitor.looksRight();
            }
            visitor.goTo("/cases/" + number + "/apply/person");
            page.fill("#f-name", "张𠮷芳");
            assertThat(page.locator("#saved")).containsText("已保存");
            page.reload();
            assertThat(page.locator("#f-name")).hasValue("张𠮷芳");
            page.fill("#f-documentNumber", "35058219900307001");
            page.click("button[value=next]");
            assertThat(page.locator(".govuk-error-summary")).isFocused();
            assertThat(page.locator("#f-documentNumber")).hasAttribute("aria-invalid", "true");
            visitor.looksRight();

            visitor.goTo("/cases/" + number + "/papers");
            visitor.looksRight();
            upload(page, 0, "营业执照.pdf", "MZ, no paper at all");
            assertThat(page.locator(".govuk-error-message:visible")).containsText("PDF");
            for (int i = 0; i < page.locator("form[data-upload]").count(); i++) {
                upload(page, i, "材料张𠮷芳.pdf", PDF);
                assertThat(page.locator(".jc-upload").nth(i).locator(".jc-files li")).hasCount(1);
            }
            visitor.goTo("/cases/" + number + "/check");
            assertThat(page.locator("main")).containsText("张𠮷芳");
            visitor.looksRight();
            page.click("form[action$='/submission'] button");
            assertThat(page.locator(".govuk-panel")).containsText(number);
            visitor.looksRight();
            page.goBack();
            page.reload();
            Assertions.assertThat(page.url()).as("the back button after sending").endsWith("/cases/" + number);
            visitor.looksRight();
        }
    }

    @Test
    void twoWindowsOnOneDraftLoseNothing() {
        try (var one = Browser.desktop(address).signIn("applicant"); var other = Browser.desktop(address).signIn("applicant")) {
            String number = sample(one, "skills-award");
            one.goTo("/cases/" + number + "/apply/employer");
            other.goTo("/cases/" + number + "/apply/employer");
            one.page().fill("#f-contractMonths", "24");
            assertThat(one.page().locator("#saved")).containsText("已保存");
            other.page().fill("#f-contractMonths", "48");
            other.page().click("button[value=overview]");
            assertThat(other.page().locator(".govuk-error-summary")).containsText("另一个窗口");
            assertThat(other.page().locator("#f-contractMonths")).hasValue("48");
            other.looksRight();
            other.page().click("button[value=overview]");
            assertThat(other.page()).hasURL(Pattern.compile("/cases/" + number + "/apply$"));
            other.goTo("/cases/" + number + "/apply/employer");
            assertThat(other.page().locator("#f-contractMonths")).hasValue("48");
        }
    }

    @Test
    void whatIsMissingIsToldWithTheWayThere() {
        try (var visitor = Browser.desktop(address).signIn("applicant2")) {
            Page page = visitor.goTo("/apply/talent-recognition");
            visitor.looksRight();
            page.click("form[action$='/apply/talent-recognition'] button");
            page.waitForURL(Pattern.compile("/cases/JC\\d+/apply"));
            visitor.looksRight();
            page.click("a[href$='/check']");
            page.click("form[action$='/submission'] button");
            page.click(".govuk-error-summary a[href*='#f-name']");
            assertThat(page.locator("#f-name")).isFocused();
            page.locator(".govuk-back-link").click();
            page.click("a[href$='/discard']");
            visitor.looksRight();
            page.click("main form button");
            assertThat(page.locator(".govuk-notification-banner--success")).isVisible();
            visitor.looksRight();
        }
    }

    @Test
    void anEmployersClerkAnswersAndAnOfficerReadsTheFile() {
        String number;
        try (var applicant = Browser.desktop(address).signIn("applicant")) {
            number = sample(applicant, "recruitment-subsidy");
            Page page = applicant.goTo("/cases/" + number + "/papers");
            for (int i = 0; i < page.locator("form[data-upload]").count(); i++) {
                upload(page, i, "a.pdf", PDF);
                assertThat(page.locator(".jc-upload").nth(i).locator(".jc-files li")).hasCount(1);
            }
            applicant.goTo("/cases/" + number + "/check").click("form[action$='/submission'] button");
            applicant.goTo("/inbox");
            applicant.looksRight();
            applicant.goTo("/cases");
            applicant.looksRight();
        }
        try (var clerk = Browser.phone(address).signIn("employer")) {
            Page page = clerk.goTo("/employer");
            clerk.looksRight();
            page.click("a[href$='" + number + "']");
            assertThat(page.locator("main")).not().containsText("开户");
            clerk.looksRight();
            page.check("#f-outcome-2");
            page.click("main form button");
            assertThat(page.locator(".govuk-error-summary")).isVisible();
            clerk.looksRight();
            page.check("#f-outcome");
            page.click("main form button");
            assertThat(page.locator(".govuk-notification-banner--success")).isVisible();
        }
        try (var officer = Browser.desktop(address).signIn("intake")) {
            Page page = officer.goTo("/officers/cases");
            officer.looksRight();
            page.fill("#q", number);
            page.click("main form button");
            page.click("a[href$='/officers/cases/" + number + "']");
            assertThat(page.locator("main")).containsText("案卷");
            officer.looksRight();
        }
    }

    /** Opens a draft with the demo's sample in it; its number. */
    private static String sample(Browser.Visitor visitor, String scheme) {
        Page page = visitor.goTo("/apply/" + scheme);
        page.click("form[action$='/sample'] button");
        page.waitForURL(Pattern.compile("/cases/JC\\d+/apply"));
        return page.url().replaceAll(".*(JC\\d+).*", "$1");
    }

    private static void upload(Page page, int place, String name, String content) {
        var form = page.locator("form[data-upload]").nth(place);
        form.locator("input[type=file]").setInputFiles(new FilePayload(name, "application/pdf", content.getBytes(StandardCharsets.ISO_8859_1)));
        form.locator("button[type=submit]").click();
    }

    private static final String PDF = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
        xref
        0 4
        0000000000 65535 f\s
        0000000009 00000 n\s
        0000000052 00000 n\s
        0000000101 00000 n\s
        trailer<</Size 4/Root 1 0 R>>
        startxref
        164
        %%EOF
        """;
}
