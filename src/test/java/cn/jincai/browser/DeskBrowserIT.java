package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An officer's desk on a day on which things go wrong: what was typed stays, a session that ended leads to the one sign-in and back, and it is said what happened. */
@CaseTest
class DeskBrowserIT {
    private static final String OPINION = "单位证明与社保记录不一致，本人亦认可。";
    private static final Pattern SIGN_IN = Pattern.compile("/sign-in"),
            DESK = Pattern.compile("/camunda/app/tasklist/default/");

    @LocalServerPort
    int port;

    @Autowired
    ServletWebServerApplicationContext application;

    @Autowired
    City city;

    @Autowired
    JdbcClient db;

    private String address;

    @BeforeEach
    void aMondayMorning() {
        address = "http://127.0.0.1:" + port;
        city.at("2026-03-02T09:00");
    }

    private static Locator opinion(Page page) {
        return page.locator(".fjs-container textarea");
    }

    private static Locator radio(Page page, String label) {
        return page.locator(".fjs-container label", new Page.LocatorOptions().setHasText(label))
                .locator("input[type=radio]");
    }

    private static void tab(Page page, String name) {
        page.locator(".nav-tabs a", new Page.LocatorOptions().setHasText(name))
                .first()
                .click();
    }

    private static void isThere(Page page) {
        isThere(page, OPINION);
    }

    private static void isThere(Page page, String opinion) {
        assertThat(opinion(page)).hasValue(opinion);
        assertThat(radio(page, "不予支持")).isChecked();
    }

    private static String stored(Page page) {
        return String.valueOf(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"));
    }

    private static void isOpen(Page page, String task) {
        assertThat(opinion(page)).isVisible();
        assertThat(page).hasURL(Pattern.compile("/camunda/app/tasklist/default/?#/.*task=" + task));
    }

    private Tasklist takes(Browser.Visitor officer, ApplicantsCase file) {
        return Tasklist.of(officer).open(file.number()).claim().claimed();
    }

    private static void decides(Page page) {
        decides(page, OPINION);
    }

    private static void decides(Page page, String opinion) {
        radio(page, "不予支持").check();
        radio(page, "材料真实性存疑").check();
        opinion(page).fill(opinion);
    }

    private static void signsOut(Page page) {
        page.locator("cam-widget-header .account a, [cam-widget-header] .account a")
                .first()
                .click();
        page.getByText("退出登录").first().click();
        assertThat(page).hasURL(SIGN_IN);
    }

    private static void signsIn(Page page, String account) {
        assertThat(page).hasURL(SIGN_IN);
        page.fill("#username", account);
        page.fill("#password", account);
        page.click("main form button[type=submit]");
    }

    @Test
    @Tag("issue-15.9")
    void aMaskedNumberIsOpenedWithAPurposeAtADeskAndOnAPhone() {
        var award = city.checked("skills-award", "granted");
        String number = award.answersAsTold().get("documentNumber").asText();
        for (var look : List.of(Browser.desktop(address), Browser.phone(address)))
            try (var officer = look.signIn("reviewer")) {
                Page page = officer.goTo("/officers/cases/" + award.number());
                page.locator("#answers summary").click();
                assertThat(page.locator("#answers")).not().containsText(number);
                page.selectOption("#f-fields", "identity");
                page.locator("#open button").click();
                assertThat(page.locator(".govuk-error-summary a")).hasAttribute("href", "#f-purpose");
                assertThat(page.locator("#f-fields")).hasValue("identity");
                page.selectOption("#f-purpose", "identify");
                page.locator("#open button").click();
                assertThat(page.getByText(number)).isVisible();
                Assertions.assertThat((boolean) page.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as("nothing stands out of the page")
                        .isTrue();
                page.reload();
                assertThat(page.locator("#answers")).not().containsText(number);
            }
    }

    @Test
    @Tag("issue-13.1")
    void whatWasTypedStaysThroughEveryTabAndAReloadAndGoesWithTheSignOut() {
        var award = city.checked("skills-award", "granted");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            takes(officer, award);
            decides(page);
            for (String name : new String[] {"案卷", "办理记录", "流程图", "说明"}) {
                tab(page, name);
                assertThat(page.locator(".fjs-container")).hasCount(0);
                tab(page, "表单");
                isThere(page);
            }
            page.reload();
            isThere(page);
            givesBack(page);
            signsOut(page);
            Assertions.assertThat(stored(page)).doesNotContain(OPINION);
        }
    }

    @Test
    @Tag("issue-13.1")
    void twoTasksHalfFilledInKeepApartWhatWasTypedAndTheNextOfficerAtTheWindowSeesNoneOfIt() {
        String another = "另一件：证书编号与发证机关答复不一致。";
        var award = city.checked("skills-award", "granted");
        var second = city.checked("skills-award", "granted");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            String one = task(award), other = task(second);
            second.claim("reviewer", "first-review").is(204);
            takes(officer, award);
            decides(page);
            goesTo(page, other);
            assertThat(opinion(page)).hasValue("");
            decides(page, another);
            for (int time = 0; time < 2; time++) {
                goesTo(page, one);
                isThere(page);
                goesTo(page, other);
                isThere(page, another);
                page.reload();
                isThere(page, another);
            }
            givesBack(page);
            goesTo(page, one);
            isThere(page);
            givesBack(page);
            signsOut(page);
            signsIn(page, "reviewer2");
            assertThat(page).hasURL(DESK);
            award.claim("reviewer2", "first-review").is(204);
            second.claim("reviewer2", "first-review").is(204);
            goesTo(page, one);
            assertThat(opinion(page)).hasValue("");
            assertThat(radio(page, "不予支持")).not().isChecked();
            decides(page, "重新审核。");
            goesTo(page, other);
            assertThat(opinion(page)).hasValue("");
            assertThat(radio(page, "不予支持")).not().isChecked();
            Assertions.assertThat(stored(page)).doesNotContain(OPINION, another);
        }
    }

    private static String task(ApplicantsCase file) {
        return file.task("reviewer", "first-review").get("id").asText();
    }

    /** By a link, as in a letter: the list shows the fifteen newest alone, and other stories' cases may be newer. */
    private static void goesTo(Page page, String task) {
        page.evaluate("task => { location.hash = '#/?task=' + task }", task);
    }

    private static void opens(Page page, String list) {
        page.locator(".work-lists a[data-list=" + list + "]").click();
    }

    private static void givesBack(Page page) {
        page.locator(".unclaim").click();
        assertThat(page.locator("button.claim")).isVisible();
    }

    @Test
    @Tag("issue-13.4")
    void aSessionThatEndedLeadsToTheOneSignInAndBackToTheTaskWithWhatWasTyped() {
        var award = city.checked("skills-award", "granted");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            var tasklist = takes(officer, award);
            isSent(page, true, () -> decides(page));
            for (Runnable call : new Runnable[] {
                tasklist::handIn,
                () -> opens(page, "overdue"),
                () -> page.locator(".unclaim").click(),
                () -> page.evaluate("location.hash = '#/login' + location.hash.slice(2)")
            }) {
                Browser.restart(application);
                leadsToTheSignIn(page, call);
                assertThat(page.locator("form[name=signinForm]")).hasCount(0);
                signsIn(page, "reviewer");
                assertThat(page).hasURL(DESK);
                opens(page, "all");
                tasklist.open(award.number());
                tab(page, "表单");
                isThere(page);
            }
            Browser.restart(application);
            leadsToTheSignIn(page, () -> page.locator(".unclaim").click());
            signsIn(page, "reviewer");
            assertThat(page).hasURL(Pattern.compile("task="));
            isThere(page);
            tasklist.handIn().done();
            assertThat(page.locator("[notifications-panel]")).containsText("任务已办结");
            Assertions.assertThat(stored(page)).as("done").doesNotContain(OPINION);
        }
        award.waitsAt("second-review");
    }

    @Test
    @Tag("issue-13.4")
    void thoseWhoseSessionEndedAreFollowedByAnotherWhoSeesNothingOfIt() {
        var award = city.checked("skills-award", "granted");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            takes(officer, award);
            isSent(page, true, () -> decides(page));
            page.context().clearCookies();
            leadsToTheSignIn(page, () -> page.locator(".unclaim").click());
            signsIn(page, "senior-reviewer");
            assertThat(page).hasURL(DESK);
            assertThat(page.locator(".tasks-list").first()).isVisible();
            Assertions.assertThat(stored(page)).doesNotContain(OPINION);
        }
    }

    /** Tasklist asks for its lists by itself as well: the page may have gone to the sign-in before anything was pressed on it. */
    private static void leadsToTheSignIn(Page page, Runnable call) {
        try {
            call.run();
        } catch (TimeoutError nothingToPressAnyMore) {
            Assertions.assertThat(page.url()).contains("/sign-in");
        }
        assertThat(page).hasURL(SIGN_IN);
    }

    /** What is typed goes to the server some time after the last key; what was sent before it counts for nothing here. */
    private static void isSent(Page page, boolean opinion, Runnable typing) {
        page.waitForResponse(
                answer -> answer.url().contains("/draft")
                        && answer.ok()
                        && String.valueOf(answer.request().postData()).contains(OPINION) == opinion,
                typing);
    }

    private static void isKept(Page page) {
        assertThat(page.locator(".desk-kept")).containsText(Pattern.compile("已暂存|Kept"));
    }

    private long drafts(String task) {
        return db.sql("select count(*) from task_drafts where task = ?")
                .param(task)
                .query(Long.class)
                .single();
    }

    @Test
    @Tag("issue-15.13")
    void aHalfWrittenReviewIsThereOnAnotherMachineAndGoneWhenItIsDone() {
        var award = city.checked("skills-award", "granted");
        String task = task(award);
        try (var office = Browser.desktop(address).signIn("reviewer");
                var hall = Browser.englishDesktop(address).signIn("reviewer")) {
            takes(office, award);
            isSent(office.page(), true, () -> decides(office.page()));
            isKept(office.page());
            Assertions.assertThat(stored(office.page())).as("confirmed").doesNotContain(OPINION);
            hall.goTo("/camunda/app/tasklist/default/#/?task=" + task);
            isThere(hall.page());
            isSent(hall.page(), false, () -> {
                opinion(hall.page()).fill("");
                opinion(hall.page()).blur();
            });
            isKept(hall.page());
            hall.page().reload();
            assertThat(opinion(hall.page())).hasValue("");
            isSent(hall.page(), true, () -> {
                opinion(hall.page()).fill(OPINION);
                opinion(hall.page()).blur();
            });
            isKept(hall.page());
            hall.page().reload();
            isThere(hall.page());
            hall.page()
                    .locator("button", new Page.LocatorOptions().setHasText("Complete"))
                    .first()
                    .click();
            assertThat(hall.page().locator("[notifications-panel]")).containsText("The task is completed");
        }
        award.waitsAt("second-review");
        Assertions.assertThat(drafts(task)).isZero();
    }

    @Test
    @Tag("issue-15.13")
    void whatSomebodyTypedIsGivenBackToHimAndToNobodyElse() {
        var award = city.checked("skills-award", "granted");
        String task = task(award);
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            takes(officer, award);
            decides(page);
            signsOut(page);
            signsIn(page, "reviewer");
            goesTo(page, task);
            isThere(page);
            givesBack(page);
        }
        Assertions.assertThat(drafts(task)).isOne();
        try (var officer = Browser.desktop(address).signIn("reviewer2")) {
            award.claim("reviewer2", "first-review").is(204);
            Page page = officer.goTo("/camunda/app/tasklist/default/#/?task=" + task);
            assertThat(opinion(page)).hasValue("");
            Assertions.assertThat(drafts(task)).isZero();
        }
    }

    /** The browser's clock is moved, the server's is not: the desk knows by itself when its session would end. */
    @Test
    @Tag("issue-15.13")
    void theEndOfASessionIsToldOnTheDeskFiveMinutesBefore() {
        for (boolean english : new boolean[] {false, true})
            try (var officer = english ? Browser.englishDesktop(address) : Browser.desktop(address)) {
                officer.signIn("reviewer");
                Page page = officer.page();
                page.context().clock().install();
                Tasklist.of(officer);
                assertThat(page.locator(".tasks-list").first()).isVisible();
                var told = page.locator(".desk-session-ends");
                assertThat(told).isHidden();
                page.clock().fastForward("24:00");
                assertThat(told).isHidden();
                page.clock().fastForward("02:00");
                assertThat(told).containsText(english ? "signed out in 5 minutes" : "5分钟后将自动退出");
                assertThat(told.locator("h2")).isFocused();
                told.locator("button").click();
                assertThat(told).isHidden();
            }
    }

    @Test
    @Tag("issue-13.4")
    void theDeskIsFoundWithoutASlashAndALinkToATaskSurvivesTheSignIn() {
        var award = city.checked("skills-award", "granted");
        String task = award.task("reviewer", "first-review").get("id").asText();
        try (var officer = Browser.desktop(address)) {
            Page page = officer.goTo("/camunda/app/tasklist#/?task=" + task);
            signsIn(page, "reviewer");
            isOpen(page, task);
            for (String path : new String[] {
                "/camunda/app/tasklist",
                "/camunda/app/tasklist/",
                "/camunda/app/tasklist/default",
                "/camunda/app/tasklist/default/"
            }) {
                officer.goTo(path + "#/?task=" + task);
                isOpen(page, task);
            }
            officer.goTo("/camunda/app/tasklist/default/#/login");
            assertThat(page.locator(".tasks-list").first()).isVisible();
            assertThat(page.locator("form[name=signinForm]")).hasCount(0);
        }
    }

    /** The line that told what was wrong goes where the field is left, so that the button moves away from under the pointer that presses it. */
    @Test
    @Tag("issue-13.4")
    void theFirstPressAfterTypingCounts() {
        var award = city.checked("skills-award", "granted");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            page.setViewportSize(1280, 1400);
            takes(officer, award);
            decides(page);
            var button = page.locator("button", new Page.LocatorOptions().setHasText("提交办理结果"));
            var line = page.locator(".fjs-form-field-error");
            assertThat(button).isEnabled();
            var place = button.boundingBox();
            opinion(page).fill("长".repeat(10_001));
            assertThat(line).isVisible();
            double low = place.y + place.height + line.boundingBox().height / 2;
            // the form looks at what was typed a while later: here not before the field is left
            page.evaluate(
                    "() => { const later = setTimeout; window.setTimeout = (then, ms, ...more) => later(then, ms === 300 ? 60_000 : ms, ...more) }");
            page.mouse().move(place.x + place.width / 2, low);
            opinion(page).focus();
            page.keyboard().press("Control+A");
            page.keyboard().insertText(OPINION);
            page.mouse().down();
            assertThat(line).hasCount(0);
            page.mouse().up();
            assertThat(page.locator("[notifications-panel]")).containsText("任务已办结");
        }
        award.waitsAt("second-review");
    }

    @Test
    @Tag("issue-13.4")
    void anOldErrorGoesWhenTheNextTryWorksAndWhatIsDoneIsSaid() {
        var award = city.checked("skills-award", "granted");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.page();
            var tasklist = takes(officer, award);
            radio(page, "不予支持").check();
            tasklist.handIn();
            assertThat(tasklist.refused("未能提交办理结果")).containsText("请填写意见");
            decides(page);
            tasklist.handIn().done();
            assertThat(tasklist.refused("未能提交办理结果")).hasCount(0);
            assertThat(page.locator("[notifications-panel]")).containsText("任务已办结");
        }
        var next = city.checked("skills-award", "granted");
        String task = next.task("reviewer", "first-review").get("id").asText();
        next.withOpinion("reviewer", "first-review", "approve");
        try (var officer = Browser.desktop(address).signIn("reviewer")) {
            Page page = officer.goTo("/camunda/app/tasklist/default/#/?task=" + task);
            assertThat(page.locator("[notifications-panel]")).containsText("任务已不存在");
        }
    }
}
