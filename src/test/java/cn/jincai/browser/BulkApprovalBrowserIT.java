package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Sixty like cases with two payments each, from acceptance to the bank, on the pages for many at once; each press is counted. */
@CaseTest
@Tag("issue-17.6")
class BulkApprovalBrowserIT {
    private static final int CASES = 60, CLICKS = 60;
    private static final Path REPORT = Path.of("target/clicks/bulk-of-60.txt");
    /** On a busy machine sixty tasks take their time. */
    private static final double PATIENCE = 60_000;
    /** Cases of other stories wait at the same steps; they stay where they are. Their boxes are no click of this officer's. */
    private static final String OTHERS_STAY = """
        own => { for (const box of document.querySelectorAll('input[name=in]')) box.checked = own.some(n => box.closest('tr').textContent.includes(n)); }""";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    private final Map<String, Integer> clicks = new LinkedHashMap<>();

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private Browser.Visitor officer(String name, boolean english) {
        String address = "http://127.0.0.1:" + port;
        return (english ? Browser.englishDesktop(address) : Browser.desktop(address)).signIn(name);
    }

    @Test
    void sixtyCasesWithTwoPaymentsTakeAtMostSixtyClicks() throws IOException {
        List<ApplicantsCase> awards = IntStream.range(0, CASES)
                .mapToObj(n -> city.submitted("skills-award", "granted"))
                .toList();
        List<String> own = awards.stream().map(ApplicantsCase::number).toList();
        together("intake", "acceptance", own);
        awards.forEach(award -> award.waitsAt("first-review"));
        together("reviewer", "first-review", own);
        together("senior-reviewer", "second-review", own);
        awards.forEach(award -> award.waitsAt("public-notice"));
        city.passes("P15D");
        together("leader", "decision", own);
        together("finance", "payment-make", own);
        together("finance-approver", "payment-approve", own);
        for (ApplicantsCase award : awards)
            Assertions.assertThat(award.paymentStatuses()).hasSize(2).isSubsetOf("approved", "sent");
        int all = clicks.values().stream().mapToInt(Integer::intValue).sum();
        List<String> report = new ArrayList<>(List.of(CASES + " like cases with two payments each, clicks by step"));
        clicks.forEach((step, made) -> report.add(step + " " + made));
        report.add("in all " + all + ", at most " + CLICKS);
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, report);
        Assertions.assertThat(all).isLessThanOrEqualTo(CLICKS);
    }

    private void click(String step, Page page, String what) {
        clicks.merge(step, 1, Integer::sum);
        page.locator(what).first().click();
    }

    /** From Tasklist, where the officer is after signing in: one press for the sign-in, one for the page, one for the like tasks, one to approve them. */
    private void together(String who, String step, List<String> own) {
        clicks.merge(step, 1, Integer::sum);
        try (var officer = officer(who, false)) {
            Page page = officer.goTo("/camunda/app/tasklist/default/");
            page.setDefaultTimeout(PATIENCE);
            page.setDefaultNavigationTimeout(PATIENCE);
            click(step, page, "li.bulk-approval a");
            assertThat(page).hasURL(Pattern.compile("/officers/bulk$"));
            officer.looksRight();
            click(step, page, row(page, step));
            page.evaluate(OTHERS_STAY, own);
            if (!step.startsWith("payment")) officer.looksRightWideAndNarrow();
            officer.picture(Path.of("target/pictures/bulk-" + step + ".png"));
            click(step, page, "#approve");
            assertThat(page.locator("#take-back"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
            officer.looksRight().picture(Path.of("target/pictures/bulk-" + step + "-waits.png"));
            city.passes("PT11M");
            page.reload();
            assertThat(page.locator("#take-back")).hasCount(0);
        }
    }

    private static String row(Page page, String step) {
        return "a[href*='scheme=skills-award&step=" + step + "']"
                + (step.equals("payment-approve") ? "[href*='batch=']" : "");
    }

    @Test
    void whatIsToBeDoneWhatIsLeftOutAndTheWayBackAreToldInEnglishToo() {
        ApplicantsCase award = city.checked("skills-award", "granted"),
                partial = city.checked("skills-award", "partial");
        try (var expert = officer("expert1", true)) {
            Tasklist.of(expert);
            assertThat(expert.page().locator(".app-menu li.account")).isVisible();
            assertThat(expert.page().locator("li.bulk-approval")).hasCount(0);
        }
        try (var reviewer = officer("reviewer2", true)) {
            Tasklist.of(reviewer);
            assertThat(reviewer.page().locator("li.bulk-approval a")).hasText("Bulk approval");
            reviewer.picture(Path.of("target/pictures/bulk-tasklist.png"));
            Page page = reviewer.english().goTo("/officers/bulk");
            assertThat(page.locator("h1")).hasText("Bulk approval");
            reviewer.looksRightWideAndNarrow();
            page.locator(row(page, "first-review")).first().click();
            assertThat(page.locator("main")).containsText("Not everything would be granted: City award");
            reviewer.looksRightWideAndNarrow().picture(Path.of("target/pictures/bulk-en.png"));
            page.evaluate(OTHERS_STAY, List.of(award.number()));
            page.fill("#f-opinion", "In order.");
            page.locator("#approve").click();
            assertThat(page.locator("main")).containsText("carried out one by one from");
            assertThat(page.locator("tbody tr")).hasCount(1);
            reviewer.looksRightWideAndNarrow().picture(Path.of("target/pictures/bulk-en-waits.png"));
            String waits = page.url();
            reviewer.goTo("/officers/cases/" + award.number());
            assertThat(page.locator("main")).containsText("Chosen for bulk approval by reviewer2.");
            page.navigate(waits);
            page.locator("#take-back").click();
            assertThat(page.locator(".govuk-notification-banner--success")).containsText("Taken back.");
            reviewer.looksRight();
            award.waitsAt("first-review");
            partial.waitsAt("first-review");
        }
    }

    @Test
    void withoutScriptsWhatWasUntickedAndTypedIsKeptWhenAddedUpAgain() {
        List<ApplicantsCase> awards = IntStream.range(0, 3)
                .mapToObj(n -> city.checked("skills-award", "granted"))
                .toList();
        try (var reviewer = Browser.withoutScript("http://127.0.0.1:" + port).signIn("reviewer2")) {
            Page page = reviewer.goTo("/officers/bulk/choice?scheme=skills-award&step=first-review");
            String first = awards.get(0).number();
            page.locator("tr", new Page.LocatorOptions().setHasText(first))
                    .locator("input[name=in]")
                    .uncheck();
            page.fill("#f-opinion", "材料齐全。");
            page.locator("button.govuk-button--secondary[formaction='/officers/bulk/choice']")
                    .first()
                    .click();
            assertThat(page.locator("#f-opinion")).hasValue("材料齐全。");
            assertThat(page.locator("tr", new Page.LocatorOptions().setHasText(first))
                            .locator("input[name=in]"))
                    .not()
                    .isChecked();
            assertThat(page.locator(
                                    "tr",
                                    new Page.LocatorOptions()
                                            .setHasText(awards.get(1).number()))
                            .locator("input[name=in]"))
                    .isChecked();
            reviewer.fits();
        }
    }
}
