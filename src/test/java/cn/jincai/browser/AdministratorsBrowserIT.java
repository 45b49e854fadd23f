package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser.Visitor;
import cn.jincai.journeys.City;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Administrators change a package, keep staff and the calendar, and auditors read the record, in a real browser. */
@CaseTest
class AdministratorsBrowserIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void aPackageIsDownloadedChangedUploadedProposedAndPublishedByAnotherAndPutBack() throws IOException {
        try (Visitor admin = desktop().signIn("policy-admin");
                Visitor approver = desktop().signIn("policy-approver")) {
            admin.goTo("/admin/packages");
            admin.looksRight();
            admin.page()
                    .locator("section", new Page.LocatorOptions().setHasText("技能人才奖励"))
                    .locator("tbody a")
                    .first()
                    .click();
            String before = admin.page().url();
            admin.page().waitForSelector("[data-diagram] .djs-shape");
            admin.looksRight();
            int waiting = waiting(admin, "review");
            city.checked("skills-award", "granted").waitsAt("first-review");
            assertThat(waiting(admin, "review"))
                    .as("one more case stands at the review")
                    .isEqualTo(waiting + 1);
            Download zip = admin.page().waitForDownload(() -> admin.page().click("a[href$='/zip']"));
            byte[] original = Files.readAllBytes(zip.path());

            upload(
                    admin,
                    changed(
                            original,
                            "common/case.bpmn",
                            text -> text.replaceFirst(
                                            "<bpmn:startEvent ", "<bpmn:scriptTask id=\"script\"/><bpmn:startEvent ")
                                    .replace("common-acceptance", "common-nowhere")));
            assertThat(admin.page().locator("main").innerText())
                    .contains("common/case.bpmn", "script", "CODE_NOT_ALLOWED", "common-nowhere");
            admin.page().waitForSelector("[data-diagram] .djs-shape");
            assertThat(admin.page().locator("[data-diagram] .jc-wrong").all())
                    .extracting(e -> e.getAttribute("data-element-id"))
                    .as("the place is marked, and no other")
                    .containsExactly("acceptance");
            admin.looksRight();

            upload(admin, changed(original, "scheme.yaml", text -> text.replace("zh: 技能人才奖励,", "zh: 技能人才奖励（修订）,")));
            assertThat(admin.page().locator("h1").innerText()).contains("修订");
            admin.page().fill("#note", "名称改为修订后的");
            admin.page().locator("form[action$='/proposal'] button").click();
            publish(approver);
            assertThat(approver.page().locator("h2").allInnerTexts()).contains("技能人才奖励（修订）");

            admin.page().navigate(before);
            assertThat(admin.page().locator("main").innerText()).contains("曾经施行");
            admin.page().fill("#note", "恢复原来的名称");
            admin.page().locator("form[action$='/proposal'] button").click();
            publish(approver);
            assertThat(approver.page().locator("h2").allInnerTexts())
                    .contains("技能人才奖励")
                    .doesNotContain("技能人才奖励（修订）");
        }
    }

    @Test
    void whoApprovesSeesWhatIsDrawnOtherwiseAndReadsTheVersionAsItWillBe() throws IOException {
        try (Visitor admin = desktop().signIn("policy-admin");
                Visitor approver = desktop().signIn("policy-approver")) {
            admin.goTo("/admin/packages");
            admin.page()
                    .locator("section", new Page.LocatorOptions().setHasText("技能人才奖励"))
                    .locator("tbody tr", new Locator.LocatorOptions().setHasText("现行有效"))
                    .locator("a")
                    .click();
            Download zip = admin.page().waitForDownload(() -> admin.page().click("a[href$='/zip']"));
            upload(
                    admin,
                    changed(
                            Files.readAllBytes(zip.path()),
                            "common/case.bpmn",
                            text -> text.replaceFirst("(<bpmn:callActivity id=\"review\" name=\")", "$1仔细")));
            int pictures = 0;
            String version = admin.page().url().replaceFirst("^http://[^/]+", "");
            for (String page : List.of(
                    "/whole",
                    "/whole?form=common/first-review",
                    "/values",
                    "/values/2026-01/awardChiefFen?from=always",
                    "/text?path=scheme.yaml",
                    "/labels",
                    "/copy")) {
                admin.goTo(version + page);
                admin.looksRightWideAndNarrow().picture(Path.of("target/pictures/version-" + ++pictures + ".png"));
            }
            admin.page().locator("form[action$='/copy'] button").click();
            admin.looksRight();
            admin.goTo(version);
            admin.page().fill("#note", "改一个环节的名称");
            admin.page().locator("form[action$='/proposal'] button").click();

            approver.goTo("/admin/packages");
            approver.page().locator("a[href*='/admin/proposals/']").first().click();
            approver.page().waitForSelector("[data-diagram] .jc-changed");
            assertThat(approver.page().locator("[data-diagram] .jc-changed").all())
                    .extracting(e -> e.getAttribute("data-element-id"))
                    .containsExactly("review");
            assertThat(approver.page().locator("[data-drawn-changes]").innerText())
                    .as("for who can't see the colours")
                    .contains("仔细")
                    .contains("更改");
            approver.looksRightWideAndNarrow().picture(Path.of("target/pictures/version-proposed.png"));
            approver.page().fill("#reason", "名称不改");
            approver.page().locator("form[action$='/decline'] button").click();
            approver.english().goTo(version + "/whole");
            approver.looksRight();
        }
    }

    @Test
    void sourcesCasesAndACopyAreEditedOnPagesAndTheVersionIsTriedAndDecided() {
        try (Visitor admin = desktop().signIn("policy-admin");
                Visitor approver = desktop().signIn("policy-approver")) {
            admin.goTo("/admin/packages");
            admin.page()
                    .locator("section", new Page.LocatorOptions().setHasText("技能人才奖励"))
                    .locator("tbody tr", new Locator.LocatorOptions().setHasText("现行有效"))
                    .locator("a")
                    .click();
            String version = admin.page().url().replaceFirst("^http://[^/]+", "");
            look(
                    admin,
                    version,
                    List.of(
                            "/sources",
                            "/sources/2026-01/city-plan-2022",
                            "/sources/2026-01/new",
                            "/sources/2026-01/city-plan-2022/articles/0",
                            "/cases",
                            "/cases/2026-01/0",
                            "/cases/2026-01/new",
                            "/cases/2026-01/1/removal",
                            "/copy"));

            admin.goTo(version + "/cases/2026-01/0");
            admin.page().fill("#fact-unemploymentInsuredMonths", "11");
            admin.page().click("button[value=look]");
            assertThat(admin.page().locator("form section[role=status]").innerText())
                    .contains("不符合条件");
            admin.looksRightWideAndNarrow();
            admin.page().click("button[value=take]");
            admin.page().click("button[value=save]");
            assertThat(admin.page().locator("main").innerText()).contains("改自");
            admin.looksRightWideAndNarrow();
            String edited = admin.page().url().replaceFirst("^http://[^/]+", "");
            admin.page().locator("#what-if button").click();
            admin.page().waitForURL("**/admin/what-if/*");
            for (int i = 0; i < 240 && admin.goTo(edited).locator("#what-if dl").count() == 0; i++)
                admin.page().waitForTimeout(500);
            assertThat(admin.page().locator("#what-if dl").innerText())
                    .contains("不变")
                    .contains("人");
            admin.picture(Path.of("target/pictures/edit-version.png"));
            admin.page().fill("#note", "改一个示例");
            admin.page().locator("form[action$='/proposal'] button").click();

            approver.goTo("/admin/packages");
            approver.page().locator("a[href*='/admin/proposals/']").first().click();
            assertThat(approver.page().locator("#what-if dl").innerText())
                    .as("what comes of it, for who decides")
                    .contains("得到更多")
                    .contains("金额合计");
            approver.looksRightWideAndNarrow().picture(Path.of("target/pictures/edit-proposal.png"));
            approver.page().fill("#reason", "示例不改");
            approver.page().locator("form[action$='/decline'] button").click();

            admin.goTo(edited);
            admin.page().locator("form[action$='/taken-back'] button").click();
            assertThat(admin.page().locator("main").innerText()).contains("已撤销修改，回到上一版本");

            admin.goTo(version + "/copy");
            admin.page().fill("#code", "upgrade-alone");
            admin.page().fill("#nameZh", "只有提升补贴");
            admin.page().fill("#nameEn", "Upgrade alone");
            admin.page().locator("label[for=keep-CITY_AWARD]").click();
            admin.page().fill("#benefit-UPGRADE_SUBSIDY", "UPGRADE_ALONE");
            admin.page().click("button[value=next]");
            admin.looksRightWideAndNarrow().picture(Path.of("target/pictures/edit-copy-2.png"));
            admin.page().click("button[value=next]");
            admin.looksRightWideAndNarrow().picture(Path.of("target/pictures/edit-copy-3.png"));
            admin.page().click("button[value=back]");
            assertThat(admin.page().locator("input[name^='is-']").count()).isPositive();
            admin.page().click("button[value=next]");
            admin.page().click("button[value=next]");
            assertThat(admin.page().locator("h1").innerText()).contains("只有提升补贴");
            admin.looksRight();
        }
    }

    /** Each page in both languages, wide and narrow, with pictures where people want to look. */
    private void look(Visitor admin, String version, List<String> pages) {
        int n = 0;
        for (String page : pages) {
            Path picture = Path.of("target/pictures/edit-" + ++n + ".png");
            admin.goTo(version + page);
            admin.looksRightWideAndNarrow().picture(picture);
        }
        admin.page().setViewportSize(360, 740);
        n = 0;
        for (String page : pages) {
            admin.goTo(version + page);
            admin.picture(Path.of("target/pictures/edit-" + ++n + "-narrow.png"));
        }
        admin.page().setViewportSize(1366, 768);
        try (Visitor english = desktop().signIn("policy-admin")) {
            n = 0;
            for (String page : pages) {
                english.english().goTo(version + page);
                english.looksRight().picture(Path.of("target/pictures/edit-" + ++n + "-en.png"));
            }
        }
    }

    /** The number that the diagram on the page shows at a step. */
    private static int waiting(Visitor admin, String step) {
        admin.page().reload();
        admin.page().waitForSelector("[data-diagram] .djs-shape");
        Locator badge = admin.page().locator("[data-diagram] [data-container-id='" + step + "'] .jc-badge");
        return badge.count() == 0 ? 0 : Integer.parseInt(badge.innerText());
    }

    private void publish(Visitor approver) {
        approver.goTo("/admin/packages");
        approver.page().locator("a[href*='/admin/proposals/']").first().click();
        approver.looksRight();
        approver.page().locator("form[action$='/publish'] button").click();
    }

    private void upload(Visitor admin, byte[] zip) {
        admin.goTo("/admin/packages");
        admin.page().setInputFiles("#file", new FilePayload("package.zip", "application/zip", zip));
        admin.page().locator("form[action$='/upload'] button").click();
        admin.page().waitForURL(url -> !url.endsWith("/admin/packages"));
    }

    @Test
    void pagesOfAdministratorsLookRightWideAndNarrowInBothLanguages() {
        for (String[] visit : new String[][] {
            {"admin", "/admin/accounts"},
            {"admin", "/admin/accounts/new"},
            {"admin", "/admin/accounts/reviewer"},
            {"admin", "/admin/role-proposals"},
            {"intake", "/admin/employers"},
            {"intake", "/admin/passwords"},
            {"intake", "/officers/persons"},
            {"admin", "/admin/employer-changes"},
            {"admin", "/admin/retention"},
            {"employer", "/admin/employers"},
            {"auditor", "/audit"},
            {"policy-admin", "/admin/packages"},
            {"policy-admin", "/admin/packages/values"},
            {"policy-admin", "/admin/policies"},
            {"policy-admin", "/admin/calendar"},
            {"reviewer", "/account"}
        })
            try (Visitor visitor = desktop().signIn(visit[0])) {
                visitor.goTo(visit[1]);
                visitor.looksRightWideAndNarrow();
                visitor.english().goTo(visit[1]);
                visitor.looksRightWideAndNarrow();
            }
        try (Visitor stranger = Browser.phone(address())) {
            for (String page : List.of("/", "/lost-password", "/register")) {
                stranger.goTo(page);
                stranger.looksRight();
            }
            stranger.page().locator("form[action$='/register'] button").click();
            stranger.looksRight();
        }
    }

    @Test
    void aContradictingNoticeIsRefusedWithTheDay() {
        try (Visitor admin = desktop().signIn("policy-admin")) {
            admin.goTo("/admin/calendar");
            admin.page()
                    .fill(
                            "#notice",
                            "year: 2031\nsource: {zh: 通知, en: Notice}\nrest: [01-01, 01-04]\nworked: [01-04]\n");
            admin.page().locator("main form button").click();
            assertThat(admin.page().locator(".govuk-error-summary").innerText()).contains("2031-01-04");
            admin.looksRight();
            assertThat(admin.page().inputValue("#notice")).contains("2031");
        }
    }

    @Test
    void theRecordTellsWhoSignedInAndMasksWhatNobodyIsCalled() {
        try (Visitor stranger = desktop();
                Visitor auditor = desktop().signIn("auditor")) {
            stranger.goTo("/sign-in");
            stranger.page().fill("#username", "11010519491231002X");
            stranger.page().fill("#password", "wrong");
            stranger.page().click("main form button[type=submit]");
            auditor.goTo("/audit?kind=sign-in-failed");
            assertThat(auditor.page().locator("table").innerText())
                    .contains("110*************2X")
                    .doesNotContain("11010519491231002X");
            auditor.goTo("/audit?kind=signed-in&account=auditor");
            assertThat(auditor.page().locator("tbody tr").count()).isPositive();
            Locator check = auditor.page().locator("form[action$='/check'] button");
            check.click();
            assertThat(auditor.page().locator("[role=status]").innerText()).contains("首尾相连");
        }
    }

    private Visitor desktop() {
        return Browser.desktop(address());
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    private static byte[] changed(byte[] zip, String file, UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                byte[] content = in.readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(
                        entry.getName().equals(file)
                                ? change.apply(new String(content, StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8)
                                : content);
            }
        }
        return bytes.toByteArray();
    }
}
