package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.web.Telephone;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** The portal as people meet it, in a real browser: on a desk, on a phone, in both languages, with and without scripts. */
@CaseTest
class PortalBrowserIT {
    private static final List<String> PUBLIC = List.of(
            "/",
            "/schemes",
            "/schemes/talent-recognition",
            "/schemes/recruitment-subsidy",
            "/schemes/skills-award",
            "/screener",
            "/screener/question/certificateLevel",
            "/notices",
            "/sign-in",
            "/schemes/no-such-scheme");

    private static final Path PICTURES = Path.of("target/pictures");

    @LocalServerPort
    int port;

    @Autowired
    ServletWebServerApplicationContext application;

    @Autowired
    CityClock clock;

    @Autowired
    City city;

    @Autowired
    Accounts accounts;

    private String address;

    @BeforeEach
    void address() {
        address = "http://127.0.0.1:" + port;
    }

    @Test
    void whatEverybodyMayReadLooksRightWideAndNarrowInBothLanguages() {
        for (String language : List.of("zh", "en"))
            try (var visitor = Browser.desktop(address)) {
                visitor.goTo("/?lang=" + language);
                for (String path : PUBLIC) {
                    visitor.goTo(path);
                    Assertions.assertThat(visitor.page().locator("html").getAttribute("lang"))
                            .isEqualTo(language.equals("zh") ? "zh-CN" : "en");
                    visitor.looksRightWideAndNarrow();
                }
            }
    }

    @Test
    @Tag("issue-13.11")
    void aPageComesCompressedAndARareCharacterBringsASliceOfItsFontOnly() {
        try (var visitor = Browser.desktop(address)) {
            var loaded = new ArrayList<Response>();
            visitor.page().onResponse(loaded::add);
            Page page = visitor.goTo("/sign-in");
            Assertions.assertThat(fonts(loaded)).as("no rare character yet").isEmpty();
            page.fill("input[name=username]", "张𠮷芳㛃");
            page.waitForFunction(
                    "document.fonts.ready.then(() => document.fonts.check('16px \"Jincai Rare\"', '𠮷㛃'))");
            Assertions.assertThat(fonts(loaded))
                    .hasSize(2)
                    .allSatisfy(
                            font -> Assertions.assertThat(font.body().length).isLessThan(100_000));
            for (Response part : loaded) {
                String type = part.headerValue("content-type");
                if (type.matches("text/(html|css|javascript).*"))
                    Assertions.assertThat(part.headerValue("content-encoding"))
                            .as(part.url())
                            .isEqualTo("gzip");
            }
            Assertions.assertThat(loaded.stream()
                            .mapToInt(part -> part.request().sizes().responseBodySize)
                            .sum())
                    .as("bytes of the whole page")
                    .isLessThan(200_000);
        }
    }

    private static List<Response> fonts(List<Response> loaded) {
        return loaded.stream().filter(part -> part.url().endsWith(".woff2")).toList();
    }

    /** Nothing, a program, half a paper, too much, far too much: each is told, where it is mended, and what is there stays. */
    @Test
    void aFileThatIsNotTakenIsToldWithoutScripts(@TempDir Path folder) throws IOException {
        try (var visitor = Browser.withoutScript(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            Page page = visitor.goTo("/cases/" + number + "/papers");
            String first =
                    page.locator("form[data-upload] input[type=file]").first().getAttribute("id");
            upload(page, 1, "合同.pdf", Browser.PDF);
            assertThat(page.locator(".jc-upload").nth(1).locator(".jc-files li"))
                    .hasCount(1);
            var bad = new LinkedHashMap<String, byte[]>();
            bad.put("空", new byte[0]);
            bad.put("PDF", "MZ\u0090\0\3\0\0\0".repeat(100).getBytes(StandardCharsets.ISO_8859_1));
            bad.put("损坏", Browser.PDF.substring(0, 120).getBytes(StandardCharsets.ISO_8859_1));
            bad.put("10", new byte[11 << 20]);
            Path file = folder.resolve("证书.pdf"); // by its path: megabytes in a message take the driver a minute
            for (var one : bad.entrySet()) {
                String told = one.getKey();
                page.locator("#" + first).setInputFiles(Files.write(file, one.getValue()));
                page.locator("form[data-upload] button[type=submit]").first().click();
                assertThat(page.locator(".govuk-error-summary a")).hasAttribute("href", "#" + first);
                assertThat(page.locator(".govuk-error-summary")).containsText(told);
                assertThat(page.locator(".jc-upload").first().locator(".govuk-error-message"))
                        .containsText(told);
                assertThat(page.locator(".jc-upload").nth(1).locator(".jc-files li"))
                        .hasCount(1);
            }
            page.locator("#" + first).setInputFiles(Files.write(file, new byte[40 << 20]));
            page.locator("form[data-upload] button[type=submit]").first().click();
            assertThat(page.locator("main")).containsText("文件超过 10 MB");
            page.getByText("回到刚才的页面").click();
            assertThat(page.locator(".jc-upload").nth(1).locator(".jc-files li"))
                    .hasCount(1);
        }
    }

    /** Photos are chosen together; of several each is kept or told by its name, with scripts and without. */
    @Test
    @Tag("issue-15.1")
    void severalFilesAtOnceAreEachKeptOrToldByName() {
        for (boolean scripts : List.of(true, false)) {
            try (var visitor = scripts ? Browser.phone(address) : Browser.withoutScript(address)) {
                visitor.signIn("applicant");
                Page page = visitor.goTo("/cases/" + sample(visitor, "skills-award") + "/papers");
                var section = page.locator(".jc-upload").nth(1);
                section.locator("input[name=file]").setInputFiles(new FilePayload[] {
                    new FilePayload("第一页.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1)),
                    new FilePayload("程序.pdf", "application/pdf", new byte[] {'M', 'Z', 0, 0}),
                    new FilePayload("第二页.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1))
                });
                if (!scripts)
                    section.locator("form[data-upload] button[type=submit]").click();
                assertThat(section.locator(".jc-files li")).hasCount(2);
                assertThat(section.locator(".jc-files")).containsText("第二页.pdf");
                assertThat(section.locator(".govuk-error-message")).containsText("程序.pdf");
                assertThat(section.locator(".govuk-error-message")).not().containsText("第一页");
                section.locator("input[name=file]").setInputFiles(new FilePayload[] {
                    new FilePayload(
                            "照片.heic",
                            "image/heic",
                            "\0\0\0\30ftypheic\0\0\0\0heicmif1".getBytes(StandardCharsets.ISO_8859_1)),
                    new FilePayload("第三页.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1))
                });
                if (!scripts)
                    section.locator("form[data-upload] button[type=submit]").click();
                assertThat(section.locator(".jc-files li")).hasCount(3);
                assertThat(section.locator(".govuk-error-message")).containsText("照片.heic");
                assertThat(section.locator(".govuk-error-message")).containsText("兼容性最佳");
            }
        }
    }

    @Test
    @Tag("issue-13.9")
    void aCaseTellsHowItsPromisedDayStands() {
        city.at("2026-03-02T09:00");
        var granted = city.checked("recruitment-subsidy", "granted").reviewedByBoth();
        granted.noticedAndSigned();
        var noticed = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        var sent = city.submitted("skills-award", "granted");
        for (String language : List.of("zh", "en"))
            try (var visitor = Browser.desktop(address).signIn("applicant")) {
                visitor.goTo("/?lang=" + language);
                visitor.goTo("/cases");
                visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("promised-list-" + language + ".png"));
                Page page = visitor.goTo("/cases/" + noticed.number());
                assertThat(page.locator("main")).containsText(language.equals("zh") ? "暂停计算" : "Suspended");
                visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("promised-stands-" + language + ".png"));
                visitor.goTo("/cases/" + granted.number());
                assertThat(page.locator("main"))
                        .containsText(language.equals("zh") ? "以后可以申请的" : "What you can apply for later");
                visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("promised-later-" + language + ".png"));
                visitor.goTo("/cases/" + sent.number());
                page.locator("details > summary").all().forEach(com.microsoft.playwright.Locator::click);
                assertThat(page.locator("main"))
                        .containsText(language.equals("zh") ? "将由系统核验" : "The system will check this");
                visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("promised-unchecked-" + language + ".png"));
            }
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
            String own = page.inputValue("#f-documentNumber");
            page.fill("#f-documentNumber", "35058219900307001");
            page.click("button[value=next]");
            assertThat(page.locator(".govuk-error-summary")).isFocused();
            assertThat(page.locator("#f-documentNumber")).hasAttribute("aria-invalid", "true");
            visitor.looksRight();
            page.fill("#f-documentNumber", own);
            page.click("button[value=next]");
            assertThat(page).hasURL(Pattern.compile("/employer$"));

            visitor.goTo("/cases/" + number + "/papers");
            visitor.looksRight();
            upload(page, 0, "营业执照.pdf", "MZ, no paper at all");
            assertThat(page.locator(".govuk-error-message:visible")).containsText("PDF");
            for (int i = 0; i < page.locator("form[data-upload]").count(); i++) {
                upload(page, i, "材料张𠮷芳.pdf", Browser.PDF);
                assertThat(page.locator(".jc-upload").nth(i).locator(".jc-files li"))
                        .hasCount(1);
            }
            visitor.goTo("/cases/" + number + "/check");
            assertThat(page.locator("main")).containsText("张𠮷芳");
            visitor.looksRight();
            page.click("form[action$='/submission'] button");
            assertThat(page.locator(".govuk-panel")).containsText(number);
            visitor.looksRight();
            page.goBack();
            page.reload();
            Assertions.assertThat(page.url())
                    .as("the back button after sending")
                    .endsWith("/cases/" + number);
            visitor.looksRight();
        }
    }

    /** From the scheme to the number of the case, by the buttons of the pages alone, in a window of 360. */
    @Test
    void aWholeApplicationNeedsNoScripts() {
        var answers = city.application("skills-award", "granted").get("answers");
        try (var visitor = Browser.withoutScript(address).signIn("applicant")) {
            Page page = visitor.goTo("/schemes/skills-award");
            page.locator("main a[href$='/apply/skills-award']").first().click();
            page.click("form[action$='/apply/skills-award'] button");
            String number = page.url().replaceAll(".*(JC\\d+).*", "$1");
            page.locator(".govuk-task-list__link").first().click();
            for (String section : List.of("person", "employer", "certificate", "account")) {
                assertThat(page).hasURL(Pattern.compile("/cases/" + number + "/apply/" + section + "$"));
                visitor.types(answers).fits();
                page.click("button[value=next]");
            }
            assertThat(page.locator(".govuk-task-list .govuk-tag--green")).hasCount(4);
            page.click("a[href$='/papers']");
            upload(page, 0, "证书.pdf", Browser.PDF);
            assertThat(page.locator(".jc-upload").first().locator(".jc-files li"))
                    .hasCount(1);
            visitor.fits();
            page.click("a[href$='/check']");
            assertThat(page.locator("main")).containsText(answers.get("name").asText());
            page.click("form[action$='/submission'] button");
            assertThat(page.locator(".govuk-error-summary a"))
                    .hasAttribute("href", Pattern.compile("/papers#need-LABOUR_CONTRACT$"));
            page.check("input[name=promises]");
            page.click("form[action$='/submission'] button");
            assertThat(page.locator(".govuk-error-summary a")).hasAttribute("href", "#f-promiseName");
            page.fill("#f-promiseName", answers.get("name").asText());
            visitor.fits().picture(Path.of("target/pictures/without-scripts.png"));
            page.click("form[action$='/submission'] button");
            assertThat(page.locator(".govuk-panel")).containsText(number);
            visitor.fits();
        }
    }

    /** In English, in a window of 360, without a finger on the screen: each thing is reached by Tab and done by a key. */
    @Test
    @Tag("issue-18.4")
    void anApplicationIsSentByKeyboardAlone() {
        try (var visitor = Browser.phone(address).signIn("applicant")) {
            Page page = visitor.goTo("/apply/skills-award?lang=en");
            enter(page, "form[action$='/sample'] button", "/cases/JC\\d+/apply");
            enter(page, ".govuk-task-list__link", "/apply/person");
            String name = page.inputValue("#f-name");
            tabTo(page, "#f-phone");
            page.keyboard().press("ControlOrMeta+a");
            page.keyboard().type("13700000021");
            assertThat(page.locator("#saved")).containsText("Saved");
            assertThat(page.locator("#estimate-sum")).containsText("expected");
            for (String next : List.of("/apply/employer", "/apply/certificate", "/apply/account", "/apply"))
                enter(page, "button[value=next]", next);
            enter(page, "a[href$='/check']", "/check");
            enter(page, "a[href*='/apply/person?from=check#f-phone']", "/apply/person\\?from=check#f-phone");
            enter(page, "button[value=next]", "/check");
            for (String paper : List.of("CERTIFICATE", "LABOUR_CONTRACT")) {
                tabTo(page, "input[name=promises][value=" + paper + "]");
                page.keyboard().press("Space");
            }
            tabTo(page, "#f-promiseName");
            page.keyboard().insertText(name);
            visitor.looksRight().picture(PICTURES.resolve("check-phone-en.png"));
            enter(page, "form[action$='/submission'] button", "/sent");
            assertThat(page.locator(".govuk-panel")).containsText("Application submitted");
            assertThat(page.locator(".jc-qr")).isVisible();
            visitor.looksRight().picture(PICTURES.resolve("sent-phone-en.png"));
        }
    }

    private static void enter(Page page, String selector, String leadsTo) {
        tabTo(page, selector);
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(leadsTo + "$"));
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 200; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) return;
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    @Test
    void twoWindowsOnOneDraftLoseNothing() {
        try (var one = Browser.desktop(address).signIn("applicant");
                var other = Browser.desktop(address).signIn("applicant")) {
            String number = sample(one, "skills-award");
            one.goTo("/cases/" + number + "/apply/employer");
            other.goTo("/cases/" + number + "/apply/employer");
            one.page().fill("#f-contractMonths", "24");
            assertThat(one.page().locator("#saved")).containsText("已保存");
            other.page().fill("#f-contractMonths", "48");
            assertThat(other.page().locator("#saved")).containsText("尚未保存");
            other.page().click("button[value=overview]");
            assertThat(other.page().locator(".govuk-error-summary")).containsText("另一个窗口或设备改为“24”");
            assertThat(other.page().locator("#f-contractMonths")).hasValue("48");
            assertThat(other.page().getByLabel("保留这里填的")).isChecked();
            other.looksRightWideAndNarrow().picture(PICTURES.resolve("two-values.png"));
            other.page().click("button[value=overview]");
            assertThat(other.page()).hasURL(Pattern.compile("/cases/" + number + "/apply$"));
            other.goTo("/cases/" + number + "/apply/employer");
            assertThat(other.page().locator("#f-contractMonths")).hasValue("48");
        }
    }

    @Test
    @Tag("issue-13.6")
    void aPageThatWasLeftOpenOverwritesOnlyWhatWasChangedOnIt() {
        try (var phone = Browser.phone(address).signIn("applicant");
                var desk = Browser.withoutScript(address).signIn("applicant")) {
            String number = sample(phone, "skills-award");
            String section = "/cases/" + number + "/apply/employer";
            desk.goTo(section);
            String name = desk.page().inputValue("#f-employerName");
            phone.goTo(section);
            phone.page().fill("#f-employerName", name + "（晋江）");
            assertThat(phone.page().locator("#saved")).containsText("已保存");
            phone.page().fill("#f-contractMonths", "24");
            phone.page().locator("#f-contractMonths").blur();
            assertThat(phone.page().locator("#shown")).hasValue(Pattern.compile("\"contractMonths\":24"));
            desk.page().selectOption("#f-employerType", "PRIVATE_ENTERPRISE");
            desk.page().click("button[value=overview]");
            assertThat(desk.page()).hasURL(Pattern.compile("/apply$"));
            desk.goTo(section);
            assertThat(desk.page().locator("#f-employerName")).hasValue(name + "（晋江）");
            assertThat(desk.page().locator("#f-contractMonths")).hasValue("24");
            assertThat(desk.page().locator("#f-employerType")).hasValue("PRIVATE_ENTERPRISE");
        }
    }

    /** On the phone with scripts, at the desk without: each shows both values, and one of them is taken. */
    @Test
    @Tag("issue-15.13")
    void whatTwoDevicesChangedIsChosenFromBothAndNothingIsLost() {
        try (var phone = Browser.phone(address).signIn("applicant");
                var desk = Browser.withoutScript(address).signIn("applicant")) {
            String number = sample(phone, "skills-award");
            String section = "/cases/" + number + "/apply/employer";
            desk.goTo(section);
            phone.goTo(section);
            phone.page().fill("#f-contractMonths", "24");
            assertThat(phone.page().locator("#saved")).containsText("已保存");
            desk.page().fill("#f-contractMonths", "48");
            desk.page().selectOption("#f-employerType", "PRIVATE_ENTERPRISE");
            desk.page().click("button[value=overview]");
            assertThat(desk.page().locator(".govuk-error-summary")).containsText("“24”");
            assertThat(desk.page().locator("#f-contractMonths")).hasValue("48");
            desk.fits();
            desk.page().getByLabel("采用另一处改的").check();
            desk.page().click("button[value=overview]");
            assertThat(desk.page()).hasURL(Pattern.compile("/apply$"));
            phone.english().goTo(section);
            assertThat(phone.page().locator("#f-contractMonths")).hasValue("24");
            assertThat(phone.page().locator("#f-employerType")).hasValue("PRIVATE_ENTERPRISE");
            desk.goTo(section);
            desk.page().fill("#f-contractMonths", "36");
            desk.page().click("button[value=overview]");
            phone.page().fill("#f-contractMonths", "60");
            phone.page().click("button[value=next]");
            assertThat(phone.page().locator(".govuk-error-summary")).containsText("changed to \"36\" in another tab");
            phone.page().getByLabel("Take what was entered elsewhere").check();
            phone.page().fill("#f-contractMonths", "72");
            assertThat(phone.page().getByLabel("Keep what is entered here")).isChecked();
            assertThat(phone.page().locator("#saved")).containsText("Saved");
            desk.goTo(section);
            assertThat(desk.page().locator("#f-contractMonths")).hasValue("72");
        }
    }

    @Test
    @Tag("issue-15.13")
    void aMistakeIsKeptAsItWasTypedAndSaidToBeOne() {
        try (var visitor = Browser.desktop(address).signIn("applicant");
                var desk = Browser.withoutScript(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            String section = "/cases/" + number + "/apply/person";
            Page page = visitor.goTo(section);
            String before = page.inputValue("#f-documentNumber");
            page.fill("#f-documentNumber", "35058319900");
            assertThat(page.locator("#saved")).containsText("提交前须改正");
            assertThat(page.locator("#saved")).not().containsText("尚未保存");
            assertThat(page.locator("#saved a[href='#f-documentNumber']")).hasCount(1);
            visitor.looksRight();
            page.reload();
            assertThat(page.locator("#f-documentNumber")).hasValue("35058319900");
            assertThat(page.locator(".govuk-error-summary")).isVisible();
            desk.goTo(section);
            assertThat(desk.page().locator("#f-documentNumber")).hasValue("35058319900");
            String birth = desk.page().inputValue("#f-birthDate");
            desk.page().evaluate("document.querySelector('#f-birthDate').type = 'text'");
            desk.page().fill("#f-birthDate", "1990年2月30日");
            desk.page().click("button[value=overview]");
            assertThat(desk.page()).hasURL(Pattern.compile("/apply$"));
            desk.goTo("/cases/" + number + "/check");
            desk.page().click("form[action$='/submission'] button");
            assertThat(desk.page().locator(".govuk-error-summary a[href$='#f-documentNumber']"))
                    .isVisible();
            visitor.goTo(section);
            assertThat(page.locator("#f-birthDate")).hasValue("1990-02-30");
            page.fill("#f-birthDate", birth);
            page.fill("#f-documentNumber", before);
            assertThat(page.locator("#saved")).hasText(Pattern.compile("^已保存 [^，；]+$"));
        }
    }

    /** Of half a day the browser tells nothing, as if the field were empty. */
    @Test
    @Tag("issue-15.13")
    void aDayThatIsHalfTypedIsNotSaidToBeSavedAndTakesNothingAway() {
        try (var visitor = Browser.desktop(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            Page page = visitor.goTo("/cases/" + number + "/apply/certificate");
            String issued = page.inputValue("#f-certificateIssuedOn");
            page.locator("#f-certificateIssuedOn").focus();
            page.keyboard().press("Backspace");
            page.fill("#f-occupationCode", "6-18-01-07");
            assertThat(page.locator("#saved")).containsText("日期没有填完整");
            page.click("button[value=next]");
            assertThat(page).hasURL(Pattern.compile("/apply/certificate$"));
            page.reload();
            assertThat(page.locator("#f-certificateIssuedOn")).hasValue(issued);
            assertThat(page.locator("#f-occupationCode")).hasValue("6-18-01-07");
        }
    }

    /** A lift, a tunnel: the upload goes on by itself, and leaving meanwhile is asked about. */
    @Test
    @Tag("issue-15.13")
    @Tag("issue-18.4")
    void aPhoneThatLosesTheNetworkGoesOnWithTheUploadWhereItWas() {
        try (var visitor = Browser.phone(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            Page page = visitor.goTo("/cases/" + number + "/papers");
            var section = page.locator(".jc-upload").first();
            assertThat(section.locator(".jc-camera")).isVisible();
            assertThat(section.locator(".jc-camera input")).hasAttribute("capture", "environment");
            var asked = new AtomicInteger();
            page.onDialog(dialog -> {
                asked.incrementAndGet();
                dialog.dismiss();
            });
            page.context().setOffline(true);
            section.locator("input[name=file]")
                    .setInputFiles(new FilePayload(
                            "a.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(section.locator("[data-progress-told]")).containsText("网络断了");
            page.locator(".govuk-back-link").click();
            assertThat(page).hasURL(Pattern.compile("/papers$"));
            Assertions.assertThat(asked).hasValue(1);
            page.context().setOffline(false);
            assertThat(section.locator(".jc-files li")).hasCount(1);
            assertThat(section.locator("[data-progress-told]")).hasText("已上传。");
            section.locator(".jc-files input[type=file]")
                    .setInputFiles(new FilePayload(
                            "b.pdf", "application/pdf", Browser.PDF.getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(section.locator(".jc-files")).containsText("b.pdf");
            assertThat(section.locator(".jc-files li")).hasCount(1);
            visitor.looksRight().picture(PICTURES.resolve("papers-phone.png"));
            page.locator(".govuk-back-link").click();
            assertThat(page).hasURL(Pattern.compile("/apply$"));
            Assertions.assertThat(asked).hasValue(1);
        }
    }

    private static void signsInAgain(Page page, String account) {
        assertThat(page).hasURL(Pattern.compile("/sign-in\\?ended$"));
        assertThat(page.locator("main")).containsText("登录已结束");
        page.fill("#username", account);
        page.fill("#password", account);
        page.click("main form button[type=submit]");
    }

    /** The browser's clock is moved, the server's is not: the page knows by itself when its session would end. */
    @Test
    @Tag("issue-15.13")
    void theEndOfASessionIsToldFiveMinutesBeforeAndPutOffInEveryWindow() {
        try (var visitor = Browser.desktop(address).signIn("applicant")) {
            Page page = visitor.page();
            page.context().clock().install();
            for (String language : List.of("zh", "en")) {
                visitor.goTo("/account?lang=" + language);
                var told = page.locator("#session-ends");
                assertThat(told).isHidden();
                page.clock().fastForward("24:50");
                assertThat(told).isHidden();
                page.clock().fastForward("00:20");
                assertThat(told).containsText(language.equals("zh") ? "5分钟后将自动退出" : "signed out in 5 minutes");
                assertThat(told.locator("h2").first()).isFocused();
                visitor.looksRight();
                told.locator("button").click();
                assertThat(told).isHidden();
                page.clock().fastForward("25:10");
                assertThat(told).isVisible();
                page.clock().fastForward("05:00");
                assertThat(told).containsText(language.equals("zh") ? "您的登录已结束" : "You have been signed out");
                assertThat(told.locator("button")).isHidden();
                visitor.looksRight();
            }
        }
    }

    @Test
    @Tag("issue-15.7")
    void aSecondFactorIsSetUpWithItsPictureInBothLanguages() {
        accounts.make(Account.of("with-a-picture", "新人", Role.INTAKE), "correct horse battery", null);
        try (var visitor = Browser.desktop(address).signIn("with-a-picture", "correct horse battery")) {
            Page page = visitor.goTo("/account/second-factor?lang=zh");
            visitor.looksRightWideAndNarrow();
            page.click("main form button");
            assertThat(page.locator("main img")).isVisible();
            Assertions.assertThat(page.evaluate("document.querySelector('main img').naturalWidth > 0"))
                    .isEqualTo(true);
            for (String language : List.of("zh", "en")) {
                visitor.goTo("/account/second-factor?lang=" + language);
                visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("second-factor-" + language + ".png"));
            }
            page.fill(
                    "#code",
                    new Telephone(page.locator("[data-secret]").innerText().replace(" ", "")).code(0));
            page.click("main form button");
            assertThat(page.locator("[data-recovery]")).hasCount(10);
            visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("recovery-codes.png"));
        }
        try (var visitor = Browser.desktop(address).signIn("with-a-picture", "correct horse battery")) {
            Page page = visitor.goTo("/");
            assertThat(page).hasURL(Pattern.compile("/sign-in/code$"));
            visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("sign-in-code.png"));
        }
    }

    @Test
    @Tag("issue-13.6")
    void aSessionThatEndedIsToldAndWhatWasTypedIsThereAfterSigningIn() {
        try (var visitor = Browser.desktop(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            String section = "/cases/" + number + "/apply/person";
            Page page = visitor.goTo(section);
            Browser.restart(application);
            page.fill("#f-name", "张𠮷芳\"<b>");
            assertThat(page.locator("#saved")).containsText("登录已结束");
            visitor.looksRight();
            page.click("[data-again] button");
            visitor.looksRight();
            signsInAgain(page, "applicant");
            assertThat(page).hasURL(Pattern.compile(section + "$"));
            assertThat(page.locator("#f-name")).hasValue("张𠮷芳\"<b>");
            assertThat(page.locator(".govuk-notification-banner")).containsText("您刚才输入的内容还在");
            assertThat(page.locator("#saved")).containsText("已保存");
            visitor.looksRight();
            page.reload();
            assertThat(page.locator(".govuk-notification-banner")).hasCount(0);
            assertThat(page.locator("#f-name")).hasValue("张𠮷芳\"<b>");

            page.context().clearCookies();
            page.fill("#f-name", "只有本人能看到");
            page.click("button[value=next]");
            signsInAgain(page, "applicant2");
            assertThat(page).hasURL(address + "/");
            Assertions.assertThat(page.content()).doesNotContain("只有本人能看到");
            visitor.signOut().signIn("applicant").goTo(section);
            assertThat(page.locator("#f-name")).hasValue("张𠮷芳\"<b>");
        }
    }

    /** In an upload, on an office's page and on an administrator's: it is told, one signs in again, and what was typed is there. */
    @Test
    @Tag("issue-15.13")
    void aSessionThatEndsUnderAnyKindOfPageIsToldAndLosesNothing() {
        for (String language : List.of("zh", "en")) {
            try (var visitor = Browser.desktop(address).signIn("applicant")) {
                String number = sample(visitor, "skills-award");
                Page page = visitor.goTo("/cases/" + number + "/papers?lang=" + language);
                Browser.restart(application);
                upload(page, 0, "a.pdf", Browser.PDF);
                assertThat(page.locator("[data-told]").first())
                        .containsText(Pattern.compile(language.equals("zh") ? "登录" : "sign", Pattern.CASE_INSENSITIVE));
                Assertions.assertThat(page.evaluate("document.querySelector('input[type=file]').files.length"))
                        .as("still chosen")
                        .isEqualTo(1);
            }
            typedInto("finance", "/finance/budget", "#f-year", "2031", "main form button", language);
            typedInto("policy-admin", "/admin/calendar", "#notice", "year: 2031", "form[enctype] button", language);
        }
    }

    private void typedInto(String account, String path, String field, String text, String button, String language) {
        try (var visitor = Browser.desktop(address).signIn(account)) {
            Page page = visitor.goTo(path + "?lang=" + language);
            page.fill(field, text);
            Browser.restart(application);
            page.locator(button).last().click();
            assertThat(page).hasURL(Pattern.compile("/sign-in\\?ended$"));
            assertThat(page.locator("main")).containsText(language.equals("zh") ? "登录已结束" : "You have been signed out");
            page.fill("#username", account);
            page.fill("#password", account);
            page.click("main form button[type=submit]");
            assertThat(page).hasURL(Pattern.compile(path));
            assertThat(page.locator(field)).hasValue(text);
            assertThat(page.locator(".govuk-notification-banner")).isVisible();
        }
    }

    /** Of two tabs, one signs out and another person in; the back button shows what is kept, and a case that was sent is not sent again. */
    @Test
    @Tag("issue-15.13")
    void theBackButtonAndASecondTabLoseNothing() {
        try (var visitor = Browser.desktop(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            String section = "/cases/" + number + "/apply/employer";
            Page page = visitor.goTo(section);
            Page tab = page.context().newPage();
            tab.navigate(address + section);
            page.fill("#f-contractMonths", "24");
            page.click("button[value=next]");
            assertThat(page).not().hasURL(Pattern.compile("/employer$"));
            page.goBack();
            assertThat(page.locator("#f-contractMonths")).hasValue("24");
            tab.selectOption("#f-employerType", "PRIVATE_ENTERPRISE");
            tab.click("button[value=overview]");
            assertThat(tab).hasURL(Pattern.compile("/apply$"));
            tab.navigate(address + section);
            assertThat(tab.locator("#f-contractMonths")).hasValue("24");
            assertThat(tab.locator("#f-employerType")).hasValue("PRIVATE_ENTERPRISE");
        }
    }

    /** Signed out in another window, or the time was over: without scripts the next page leads there and back. */
    @Test
    @Tag("issue-13.6")
    void aSessionThatEndedCostsNothingWithoutScripts() {
        try (var visitor = Browser.withoutScript(address).signIn("applicant")) {
            String number = sample(visitor, "skills-award");
            String section = "/cases/" + number + "/apply/employer";
            Page page = visitor.goTo(section);
            page.context().clearCookies();
            page.fill("#f-contractMonths", "48");
            page.selectOption("#f-employerType", "PUBLIC_INSTITUTION");
            page.click("button[value=next]");
            signsInAgain(page, "applicant");
            assertThat(page).hasURL(Pattern.compile(section + "$"));
            assertThat(page.locator("#f-contractMonths")).hasValue("48");
            assertThat(page.locator("#f-employerType")).hasValue("PUBLIC_INSTITUTION");
            visitor.fits();
            page.click("button[value=overview]");
            visitor.goTo(section);
            assertThat(page.locator("#f-contractMonths")).hasValue("48");

            Page other = page.context().newPage();
            other.navigate(address + section);
            other.click("form[action$='/sign-out'] button");
            other.navigate(address + "/sign-in");
            other.fill("#username", "applicant");
            other.fill("#password", "applicant");
            other.click("main form button[type=submit]");
            page.fill("#f-contractMonths", "60");
            page.click("button[value=overview]");
            assertThat(page).hasURL(Pattern.compile(section + "$"));
            assertThat(page.locator("#f-contractMonths")).hasValue("60");
            page.click("button[value=overview]");
            assertThat(page).hasURL(Pattern.compile("/apply$"));
            visitor.goTo(section);
            assertThat(page.locator("#f-contractMonths")).hasValue("60");
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
            assertThat(page).hasURL(Pattern.compile("/check$"));
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
                upload(page, i, "a.pdf", Browser.PDF);
                assertThat(page.locator(".jc-upload").nth(i).locator(".jc-files li"))
                        .hasCount(1);
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
            page.fill("#f-q", number);
            page.click("main form button");
            page.click("a[href$='/officers/cases/" + number + "']");
            assertThat(page.locator("main")).containsText("案卷");
            officer.looksRight();
        }
    }

    @Test
    @Tag("issue-15.10")
    void onAPhoneAPersonRegistersSeesWhatIsKeptTakesItAlongAndChangesHisMind() {
        String number = "350582199203047718", password = "correct horse battery";
        try (var visitor = Browser.phone(address)) {
            Page page = visitor.goTo("/register");
            page.fill("#name", "钱𠮷来");
            page.fill("#documentNumber", number);
            page.fill("#phone", "13800138000");
            page.fill("#email", "name@example");
            page.fill("#password", password);
            page.check("#agreed");
            page.click("main form button");
            assertThat(page.locator(".govuk-error-summary")).containsText("邮箱");
            page.fill("#email", "name@example.cn");
            page.fill("#password", password);
            page.click("main form button");
            assertThat(page.locator("h1")).containsText("已收到");
            visitor.looksRight();
            visitor.signIn(number, password);
            visitor.goTo("/account/data");
            assertThat(page.locator("main")).containsText("钱𠮷来");
            visitor.looksRight();
            page.fill("#proof", password);
            var zip = page.waitForDownload(() -> page.click("#copy button"));
            Assertions.assertThat(zip.suggestedFilename()).matches("jincai-p\\d{9}-.*\\.zip");
            visitor.goTo("/account/contact/phone");
            visitor.looksRight();
            page.fill("#value", "13955550009");
            page.fill("#proof", password);
            page.click("main form button");
            assertThat(page.locator("#code")).isVisible();
            visitor.looksRight();
            visitor.goTo("/account/close");
            visitor.looksRight();
            page.check("#sure");
            page.fill("#proof", password);
            page.click("main form button");
            assertThat(page.locator("main")).containsText("撤回注销");
            visitor.looksRight();
            page.click("form[action$='/close/undo'] button");
            assertThat(page.locator(".govuk-notification-banner--success")).containsText("照常使用");
            page.click("footer a[href$='/privacy']");
            visitor.looksRight();
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
        var button = form.locator("button[type=submit]");
        boolean scripts = !button.isVisible(); // with them a file travels as soon as it is chosen
        form.locator("input[name=file]")
                .setInputFiles(new FilePayload(name, "application/pdf", content.getBytes(StandardCharsets.ISO_8859_1)));
        if (!scripts) button.click();
    }
}
