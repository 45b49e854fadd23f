package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One task, one view: the line that decides above, the file to the left, the form to the right; what is read on the left changes nothing on the right. */
@CaseTest
@Tag("issue-17.1")
class SideBySideBrowserIT {
    private static final String OPINION = "原件与登记一致。";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    private String address;

    @BeforeEach
    void aMondayMorning() {
        address = "http://127.0.0.1:" + port;
        city.at("2026-03-02T09:00");
    }

    private Browser.Visitor officer(boolean english, int width, int height) {
        var officer = english ? Browser.englishDesktop(address) : Browser.desktop(address);
        officer.signIn("reviewer").page().setViewportSize(width, height);
        return officer;
    }

    private static Page opens(Browser.Visitor officer, String task) {
        Page page = officer.goTo("/camunda/app/tasklist/default/#/?task=" + task);
        assertThat(opinion(page)).isVisible();
        assertThat(page.locator("#desk-gist")).isVisible();
        return page;
    }

    private static Locator opinion(Page page) {
        return page.locator(".fjs-container textarea");
    }

    private static FrameLocator file(Page page) {
        return page.frameLocator(".desk-file iframe");
    }

    private static BoundingBox box(Locator of) {
        return of.boundingBox();
    }

    private static String task(ApplicantsCase file) {
        return file.task("reviewer", "first-review").get("id").asText();
    }

    @Test
    void fileAndFormStandBesideEachOtherAtBothSizesInBothLanguages() {
        for (boolean english : new boolean[] {false, true})
            for (int[] size : new int[][] {{1366, 768}, {1920, 1080}}) {
                var award = city.checked("skills-award", "granted");
                award.claim("reviewer", "first-review").is(204);
                try (var officer = officer(english, size[0], size[1])) {
                    Page page = opens(officer, task(award));
                    assertThat(page.locator("#desk-gist"))
                            .containsText(award.answersAsTold().get("name").asText());
                    assertThat(page.locator("#desk-gist")).containsText(english ? "CNY 3,000" : "3,000");
                    assertThat(page.locator("#desk-gist")).containsText(english ? "working days left" : "个工作日");
                    assertThat(file(page).locator("h1")).containsText(english ? "Skills" : "技能人才奖励");
                    assertThat(file(page).locator("#gist")).isHidden();
                    BoundingBox left = box(page.locator(".desk-file")),
                            right = box(page.locator(".fjs-container").first()),
                            line = box(page.locator(".desk-line"));
                    Assertions.assertThat(left.x + left.width).isLessThanOrEqualTo(right.x);
                    Assertions.assertThat(line.y + line.height).isLessThanOrEqualTo(left.y);
                    Assertions.assertThat(left.width).isGreaterThan(450);
                    Assertions.assertThat(right.width).isGreaterThan(380);
                    Assertions.assertThat(left.y + left.height)
                            .as("each scrolls on its own")
                            .isLessThanOrEqualTo(size[1]);
                    officer.looksRight(".desk-line").looksRight(".desk-file");
                    page.setViewportSize(500, 900);
                    officer.goTo("/cases/by-task/" + task(award) + "/file");
                    officer.looksRight();
                }
            }
    }

    @Test
    void whatIsReadChangesNothingOfWhatWasTyped() {
        var award = city.checked("skills-award", "granted");
        award.claim("reviewer", "first-review").is(204);
        try (var officer = officer(false, 1366, 768)) {
            Page page = opens(officer, task(award));
            page.locator(".fjs-container label", new Page.LocatorOptions().setHasText("不予支持"))
                    .locator("input[type=radio]")
                    .check();
            opinion(page).fill(OPINION);
            file(page).locator("summary").first().click();
            file(page).locator("a[data-view]").first().click();
            for (String tab : new String[] {"案卷", "办理记录", "流程图", "说明", "表单"}) {
                page.locator(".nav-tabs a", new Page.LocatorOptions().setHasText(tab))
                        .first()
                        .click();
                assertThat(page.locator(".desk-file iframe")).isVisible();
            }
            for (int time = 0; time < 2; time++) {
                assertThat(opinion(page)).hasValue(OPINION);
                assertThat(page.locator(".fjs-container label", new Page.LocatorOptions().setHasText("不予支持"))
                                .locator("input[type=radio]"))
                        .isChecked();
                page.reload();
                assertThat(opinion(page)).isVisible();
            }
        }
    }

    /** Beside the fact that it proves; a third paper takes the place of the second, so that the first can be compared. */
    @Test
    @Tag("issue-17.3")
    void papersAreReadBesideTheFactsTwoAtATimeLargerAndTurned() throws IOException {
        var award = city.drafted("skills-award", "granted");
        var picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png", picture);
        for (String need : new String[] {"CERTIFICATE", "LABOUR_CONTRACT"})
            city.upload(
                            "applicant",
                            "/api/cases/" + award.number() + "/documents",
                            Map.of("need", need),
                            need + ".png",
                            picture.toByteArray())
                    .is(201);
        award.submission().is(200);
        award.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        for (boolean english : new boolean[] {false, true})
            try (var officer = officer(english, 1366, 768)) {
                if (english) officer.english();
                Page page = officer.goTo("/officers/cases/" + award.number());
                Locator panes = page.locator(".jc-pane");
                assertThat(page.locator("#viewer")).isHidden();
                page.locator("td a[data-view][data-name*=CERTIFICATE]").first().click();
                assertThat(panes).hasCount(1);
                assertThat(panes.locator("h3")).isFocused();
                panes.locator("[data-zoom=in]").click();
                panes.locator("[data-turn='90']").click();
                assertThat(panes.locator("[data-said]")).hasText("125 % · 90°");
                page.locator("td a[data-view][data-name*=LABOUR]").first().click();
                assertThat(panes).hasCount(2);
                officer.looksRight();
                BoundingBox one = box(panes.first()), other = box(panes.last());
                Assertions.assertThat(one.x + one.width).as("beside each other").isLessThanOrEqualTo(other.x + 1);
                page.locator("a[data-view][data-type='application/pdf']")
                        .first()
                        .click();
                assertThat(panes).hasCount(2);
                assertThat(panes.first().locator("h3")).containsText("CERTIFICATE.png");
                for (int open = 2; open > 0; open--)
                    panes.first().locator("[data-close]").click();
                assertThat(page.locator("#viewer")).isHidden();
                Locator folded = page.locator("main details:not([open]):not(:has(form))");
                int before = folded.count();
                Assertions.assertThat(before).isPositive();
                page.evaluate("dispatchEvent(new Event('beforeprint'))");
                assertThat(folded).hasCount(0);
                page.evaluate("dispatchEvent(new Event('afterprint'))");
                assertThat(folded).hasCount(before);
            }
    }

    @Test
    void onASmallScreenTheyStandOneBelowTheOther() {
        var award = city.checked("skills-award", "granted");
        award.claim("reviewer", "first-review").is(204);
        for (boolean english : new boolean[] {false, true})
            try (var officer = officer(english, 400, 800)) {
                Page page = opens(officer, task(award));
                BoundingBox form = box(page.locator(".fjs-container").first()), file = box(page.locator(".desk-file"));
                Assertions.assertThat(form.y + form.height).isLessThanOrEqualTo(file.y);
                Assertions.assertThat(file.x + file.width).isLessThanOrEqualTo(400);
                officer.looksRight(".desk-line");
            }
    }

    /** An ordinary decision: a card is opened, the task is claimed, what the form proposes is handed in. Later reports read the number. */
    @Test
    void anOrdinaryDecisionTakesTwoClicksBesideTheClaimAndTheNextTaskOpens() throws IOException {
        var other = city.checked("skills-award", "granted");
        var award = city.checked("skills-award", "granted");
        try (var officer = officer(false, 1366, 768)) {
            Page page = officer.goTo("/camunda/app/tasklist/default/");
            page.evaluate(
                    "() => { window.clicks = 0; addEventListener('click', e => { if (e.isTrusted && e.detail > 0) window.clicks++; }, true); }");
            String done = task(award);
            page.locator(".tasks-list .task", new Page.LocatorOptions().setHasText(award.number()))
                    .first()
                    .click();
            assertThat(page.locator("#desk-gist"))
                    .containsText(award.answersAsTold().get("name").asText());
            page.locator("button.claim").click();
            assertThat(page.locator(".unclaim")).isVisible();
            Locator handIn = page.locator("button", new Page.LocatorOptions().setHasText("提交办理结果"))
                    .first();
            assertThat(handIn).isEnabled();
            handIn.click();
            assertThat(page.locator("[notifications-panel]")).containsText("任务已办结");
            assertThat(page).hasURL(Pattern.compile("task=(?!" + done + ")"));
            assertThat(page.locator("#desk-gist")).isVisible();
            int clicks = ((Number) page.evaluate("window.clicks")).intValue() - 1;
            Files.createDirectories(Path.of("target"));
            Files.writeString(
                    Path.of("target/clicks.txt"), "one ordinary decision, beside the claim: " + clicks + "\n");
            Assertions.assertThat(clicks).isLessThanOrEqualTo(2);
        }
        award.waitsAt("second-review");
        other.waitsAt("first-review");
    }
}
