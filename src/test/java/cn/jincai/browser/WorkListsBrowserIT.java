package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** An officer's morning in Tasklist: lists with how much is in them, cards that say what is due, and ten cases done without a mouse. */
@CaseTest
@Tag("issue-17.4")
class WorkListsBrowserIT {
    private static final String DESK = "/camunda/app/tasklist/default/";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        city.at("2026-03-02T09:00");
    }

    /** What other stories have left in his hands goes back. */
    private void hasNothingYet(String officer) {
        for (int page = 0; ; page++) {
            JsonNode tasks = city.call(officer, HttpMethod.GET, "/api/tasks?size=100&page=" + page, null)
                    .is(200)
                    .body();
            for (JsonNode task : tasks.get("items"))
                if (task.path("assignee").asText().equals(officer))
                    city.call(
                                    officer,
                                    HttpMethod.POST,
                                    "/api/tasks/" + task.get("id").asText() + "/release",
                                    null)
                            .is(204);
            if ((page + 1) * 100 >= tasks.get("total").asInt()) return;
        }
    }

    private List<ApplicantsCase> tenCases(String holder) {
        List<ApplicantsCase> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ApplicantsCase file = city.checked("skills-award", "granted");
            file.claim(holder, "first-review").is(204);
            files.add(file);
        }
        return files;
    }

    private Browser.Visitor officer(String name, boolean english) {
        String address = "http://127.0.0.1:" + port;
        return (english ? Browser.englishDesktop(address) : Browser.desktop(address)).signIn(name);
    }

    @Test
    void tenCasesAreDoneByKeysAloneAndTheirCardsSayWhatMatters() {
        hasNothingYet("reviewer2");
        List<ApplicantsCase> files = tenCases("reviewer2");
        for (boolean english : new boolean[] {false, true})
            for (int[] size : new int[][] {{1366, 768}, {1920, 1080}})
                try (var officer = officer("reviewer2", english)) {
                    officer.page().setViewportSize(size[0], size[1]);
                    looksRight(officer, english);
                }
        try (var officer = officer("reviewer2", false)) {
            Page page = officer.goTo(DESK + "#/?filter=mine");
            assertThat(page.locator(".work-card").first()).isVisible();
            for (int left = files.size(); left > 0; left--) {
                assertThat(page.locator("li.task")).hasCount(left); // what is done has left the list
                does(page);
            }
            assertThat(page.locator(".work-lists a[data-list=mine]")).hasText(Pattern.compile("我的任务\\s*0"));
        }
        for (ApplicantsCase file : files) file.waitsAt("second-review");
    }

    /** Whichever of the ten is next: those that are due on one day stand in no order that matters. */
    private static void does(Page page) {
        page.keyboard().press("j");
        Locator form = page.locator(".fjs-container").first();
        assertThat(form).isVisible();
        assertThat(form.locator("input[type=radio]").first()).isVisible();
        page.keyboard().press("a");
        assertThat(form.locator("input[type=radio]").first()).isChecked();
        page.keyboard().press("Escape");
        Locator send = page.locator("button.btn-primary", new Page.LocatorOptions().setHasText("提交办理结果"));
        assertThat(send.first()).isEnabled();
        page.keyboard().press("s");
        assertThat(send.first()).isFocused(); // a single letter signs nothing
        assertThat(form).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator(".fjs-container")).hasCount(0);
    }

    private void looksRight(Browser.Visitor officer, boolean english) {
        Page page = officer.goTo(DESK + "#/?filter=mine");
        Locator cards = page.locator(".work-card");
        assertThat(cards).hasCount(10);
        Assertions.assertThat(((Number) page.evaluate("""
                        () => [...document.querySelectorAll('.work-card')].filter(card => card.getBoundingClientRect().bottom <= innerHeight).length""")).intValue())
                .as("cards to be seen at once")
                .isGreaterThanOrEqualTo(8);
        assertThat(cards.first()).containsText(english ? "Skills" : "技能人才奖励");
        assertThat(cards.first()).containsText(english ? "d left" : "还有");
        assertThat(cards.first().locator(".work-card-person")).hasText(Pattern.compile(".\\*+.?"));
        assertThat(cards.first().locator(".work-card-amount")).containsText("3,000");
        assertThat(page.locator(".work-lists a[aria-current]")).containsText(english ? "Mine" : "我的任务");
        assertThat(page.locator(".work-lists a[data-list=mine] .work-list-count"))
                .hasText("10");
        page.keyboard().press("?");
        assertThat(page.locator("dialog.work-keys")).containsText(english ? "the next task" : "下一个任务");
        officer.partsLookRight(List.of(".work-lists", ".work-card", "dialog.work-keys"));
        String before = page.url();
        for (String behind : List.of("j", "s", "/")) page.keyboard().press(behind);
        assertThat(page.locator("dialog.work-keys")).isVisible();
        page.keyboard().press("?");
        assertThat(page.locator("dialog.work-keys")).hasCount(0);
        Assertions.assertThat(page.url()).as("nothing was done behind the help").isEqualTo(before);
        page.keyboard().press("?");
        assertThat(page.locator("dialog.work-keys")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.work-keys")).hasCount(0);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures/work-lists-" + (english ? "en-" : "zh-") + page.viewportSize().width
                        + ".png")));
    }

    @Test
    void aTaskIsTakenAndGivenBackByKeysAndWhatWaitsForOthersLeadsToTheCase() {
        ApplicantsCase file = city.checked("skills-award", "granted");
        String task = file.task("reviewer2", "first-review").get("id").asText();
        try (var officer = officer("reviewer2", false)) {
            Page page = officer.goTo(DESK + "#/?task=" + task);
            assertThat(page.locator("button.claim, .claim").first()).isVisible();
            page.keyboard().press("c");
            assertThat(page.locator(".fjs-container").first()).isVisible();
            assertThat(page.locator(".unclaim")).isVisible();
            page.keyboard().press("u");
            assertThat(page.locator("button.claim, .claim").first()).isVisible();
            file.done("reviewer2", "first-review", "approve").waitsAt("second-review");
            officer.goTo("/officers/tasks");
            officer.goTo(DESK + "#/?filter=waiting");
            Locator card = page.locator("li.task", new Page.LocatorOptions().setHasText(file.number()));
            assertThat(card.locator(".work-card")).isVisible();
            card.click();
            assertThat(page).hasURL(Pattern.compile("/officers/cases/" + file.number()));
        }
    }

    @Test
    void noKeyGoesAgainstAnybody() {
        ApplicantsCase file =
                city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        file.objection("此人并不在该公司工作。").is(201);
        file.claim("supervisor", "objection").is(204);
        String task = file.task("supervisor", "objection").get("id").asText();
        try (var officer = officer("supervisor", false)) {
            Page page = officer.goTo(DESK + "#/?task=" + task);
            Locator outcomes = page.locator(".fjs-container input[type=radio]");
            assertThat(outcomes).hasCount(2);
            assertThat(outcomes.first()).isVisible();
            page.keyboard().press("a");
            page.keyboard().press("?"); // a key counts after the one before it
            assertThat(page.locator("dialog.work-keys")).isVisible();
            for (Locator outcome : outcomes.all()) assertThat(outcome).not().isChecked();
        }
    }
}
