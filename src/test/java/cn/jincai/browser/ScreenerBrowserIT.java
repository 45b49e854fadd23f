package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.planning.Screening;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/**
 * From "What can I get" to a draft with the same answers, as people do it: on a phone, without scripts, by keyboard alone, in each language. Leaves the number of questions
 * and clicks of each scheme in {@code target/screener-clicks.txt}.
 */
@CaseTest
@Tag("issue-18.2")
class ScreenerBrowserIT {
    private static final Path CLICKS = Path.of("target/screener-clicks.txt"), PICTURES = Path.of("target/pictures");

    /** What reaches over the right edge of the window. */
    private static final String TOO_WIDE = """
        () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                && !e.closest('.govuk-visually-hidden, .govuk-skip-link')).map(e => e.tagName + '.' + e.className + ' ' + e.id)""";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    Screening screening;

    private String address;

    @BeforeEach
    void aMonday() {
        address = "http://127.0.0.1:" + port;
        city.at("2026-03-02T09:00");
    }

    /** How somebody gets along: he presses and types, or has a keyboard and nothing else. */
    private static final class Hands {
        private final Page page;
        private final boolean keyboard;
        private int clicks;

        Hands(Page page, boolean keyboard) {
            this.page = page;
            this.keyboard = keyboard;
        }

        void press(Locator what) {
            clicks++;
            if (!keyboard) {
                what.click();
                return;
            }
            reach(what);
            page.keyboard().press("Enter");
        }

        /** A choice is pressed by its words, as the small circle lies under them. */
        void choose(Locator what) {
            clicks++;
            if (!keyboard) {
                what.check(new Locator.CheckOptions().setForce(true));
                return;
            }
            String name = what.getAttribute("name"), type = what.getAttribute("type");
            if (type.equals("checkbox")) {
                reach(what);
                page.keyboard().press("Space");
                return;
            }
            reachGroup(name);
            page.keyboard().press("Space");
            for (int i = 0; i < 30 && !what.isChecked(); i++) page.keyboard().press("ArrowDown");
            assertThat(what).isChecked();
        }

        void type(Locator what, String value) {
            clicks++;
            if (keyboard) reach(what);
            what.fill(value);
        }

        /** By the tabulator alone. */
        private void reach(Locator what) {
            for (int i = 0; i < 80; i++) {
                if ((boolean) what.evaluate("e => e === document.activeElement")) return;
                page.keyboard().press("Tab");
            }
            throw new AssertionError("can't be reached by keyboard: " + what);
        }

        private void reachGroup(String name) {
            for (int i = 0; i < 80; i++) {
                if (name.equals(page.evaluate("() => document.activeElement.name ?? ''"))) return;
                page.keyboard().press("Tab");
            }
            throw new AssertionError("can't be reached by keyboard: " + name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "talent-recognition, phone, zh",
        "talent-recognition, keyboard, en",
        "talent-recognition, no-scripts, zh",
        "recruitment-subsidy, phone, en",
        "recruitment-subsidy, keyboard, zh",
        "recruitment-subsidy, no-scripts, en",
        "skills-award, phone, zh",
        "skills-award, phone, en",
        "skills-award, keyboard, zh",
        "skills-award, no-scripts, en"
    })
    void fromTheFirstQuestionToTheDraft(String scheme, String how, String language) throws IOException {
        boolean scripts = !how.equals("no-scripts");
        try (var person = scripts ? Browser.phone(address) : Browser.withoutScript(address)) {
            ObjectNode answers = granted(scheme);
            Page page = person.goTo("/screener?scheme=" + scheme + "&lang=" + language);
            looksRight(person, scripts);
            var hands = new Hands(page, how.equals("keyboard"));
            hands.press(page.locator("main form[action='/screener/next'] button"));
            page.waitForURL(Pattern.compile(".*/screener/question/.*"));
            int questions = answers(person, hands, answers, scripts);
            person.picture(PICTURES.resolve("screener-result-" + scheme + "-" + how + "-" + language + ".png"));
            looksRight(person, scripts);
            assertThat(page.locator("[data-scheme='" + scheme + "']")).hasAttribute("data-state", "granted");
            assertThat(page.locator("[data-scheme]"))
                    .hasCount(packages.offered().size());
            hands.press(page.locator("[data-scheme='" + scheme + "'] a[href='/apply/" + scheme + "']"));
            page.waitForURL(Pattern.compile(".*/sign-in.*"));
            page.fill("#username", "applicant");
            page.fill("#password", "applicant");
            page.locator("#password").press("Enter");
            page.waitForURL(Pattern.compile(".*/apply/" + scheme + ".*"));
            assertThat(page.locator("#told")).isChecked();
            hands.press(page.locator("main form[action='/apply/" + scheme + "'] button[type=submit]"));
            page.waitForURL(Pattern.compile(".*/cases/[^/]+/apply"));
            taken(page, answers);
            Files.createDirectories(CLICKS.getParent());
            Files.writeString(
                    CLICKS,
                    scheme + " (" + how + ", " + language + "): " + questions + " questions, " + hands.clicks
                            + " clicks or fields from the first page to the draft\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Assertions.assertThat(questions).as("questions").isLessThanOrEqualTo(14);
        }
    }

    /** A person of the demo to whom everything is granted, with what the sample leaves to the sources. */
    private ObjectNode granted(String scheme) {
        ObjectNode answers = ((ObjectNode) city.application(scheme, "granted").get("answers")).deepCopy();
        if (scheme.equals("talent-recognition"))
            answers.put("annualTaxablePay", 18_000_000).put("taxedMonthsInJinjiang", 12);
        return answers;
    }

    private static void looksRight(Browser.Visitor person, boolean scripts) {
        if (scripts) person.looksRight();
        else person.fits();
        person.page().setViewportSize(320, 740);
        person.fits();
        person.page().setViewportSize(360, 740);
    }

    /** @return how many questions there were */
    private int answers(Browser.Visitor person, Hands hands, JsonNode known, boolean scripts) {
        Page page = person.page();
        List<String> asked = new ArrayList<>();
        while (page.url().contains("/screener/question/")) {
            String key = page.url().replaceAll(".*/question/([A-Za-z0-9]+).*", "$1");
            Assertions.assertThat(asked).doesNotContain(key);
            asked.add(key);
            looksRight(person, scripts);
            person.picture(PICTURES.resolve("screener-question-" + key + ".png"));
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(page.locator(".jc-so-far")).isVisible();
            String before = page.url();
            if (known.has(key)) {
                fill(page, hands, key, known.get(key));
                hands.press(page.locator(".jc-screener__buttons button").first());
            } else hands.press(page.locator("button[name=unknown]"));
            page.waitForURL(url -> !url.equals(before));
            page.waitForLoadState(LoadState.LOAD);
        }
        return asked.size();
    }

    private static void fill(Page page, Hands hands, String key, JsonNode value) {
        Locator field = page.locator("main [name='" + key + "']").first();
        String type = String.valueOf(field.evaluate("e => e.type"));
        String yuan = key.equals("annualTaxablePay") ? String.valueOf(value.asLong() / 100) : value.asText();
        switch (type) {
            case "radio" -> hands.choose(page.locator("main [name='" + key + "'][value='" + value.asText() + "']"));
            case "checkbox" ->
                value.forEach(
                        one -> hands.choose(page.locator("main [name='" + key + "'][value='" + one.asText() + "']")));
            case "select-one" -> field.selectOption(value.asText());
            default -> hands.type(field, yuan);
        }
    }

    /** The draft has what was answered, and nothing else of the sample. */
    private void taken(Page page, JsonNode told) {
        String number = page.url().replaceAll(".*/cases/([^/]+)/apply", "$1");
        JsonNode answers = city.call("applicant", HttpMethod.GET, "/api/cases/" + number, null)
                .body()
                .get("answers");
        Assertions.assertThat(answers.size()).isGreaterThan(2);
        answers.properties()
                .forEach(a -> Assertions.assertThat(a.getValue().toString())
                        .as(a.getKey())
                        .isEqualTo(told.get(a.getKey()).toString()));
        city.call("applicant", HttpMethod.DELETE, "/api/cases/" + number, null);
    }

    @Test
    void backChangeTheOtherLanguageAndTheReasonsKeepWhatWasAnswered() {
        for (boolean scripts : List.of(true, false))
            try (var person = scripts ? Browser.phone(address) : Browser.withoutScript(address)) {
                Page page = person.goTo("/screener/question/certificateLevel?lang=zh");
                page.locator("[value=THREE]").check(new Locator.CheckOptions().setForce(true));
                page.getByText("English").first().click();
                assertThat(page.locator("html")).hasAttribute("lang", "en");
                assertThat(page.locator("[value=THREE]")).isChecked();
                page.locator(".jc-screener__buttons button").first().click();
                page.waitForURL(url -> !url.contains("certificateLevel"));
                page.goBack();
                assertThat(page.locator("[value=THREE]")).isChecked();
                page.goForward();
                page.locator("button[name=unknown]").click();
                page.locator(".jc-so-far a[href^='/screener/answers']").click();
                assertThat(page.locator("main dl")).containsText("Level three");
                assertThat(page.locator("main dl")).containsText("I don’t know");
                looksRight(person, scripts);
                page.locator("main dl a").first().click();
                page.locator("[value=TWO]").check(new Locator.CheckOptions().setForce(true));
                page.locator(".jc-screener__buttons button").first().click();
                person.goTo("/screener/skills-award/explanation");
                looksRight(person, scripts);
                page.locator(".govuk-back-link").click();
                page.waitForURL(Pattern.compile(".*/screener/result.*"));
                person.goTo("/screener/answers");
                assertThat(page.locator("main dl")).containsText("Level two");
                Assertions.assertThat(page.url()).doesNotContain("TWO");
            }
    }

    /** Large text, twice the size, in the narrowest window: nothing is cut off and the bar hides no question. */
    @Test
    void withTextTwiceAsLargeOnANarrowScreen() {
        for (String language : List.of("zh", "en"))
            try (var person = Browser.phone(address)) {
                Page page = person.goTo("/?lang=" + language);
                page.setViewportSize(320, 740);
                for (PolicyPackage p : packages.offered())
                    for (var field : screening.of(p).form().fields()) {
                        if (!screening.of(p).asks(field.key())) continue;
                        person.goTo("/screener/question/" + field.key());
                        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }");
                        Assertions.assertThat((List<?>) page.evaluate(TOO_WIDE)).isEmpty();
                        person.fits();
                    }
                person.goTo("/screener/result");
                person.goTo("/screener");
                page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }");
                person.fits();
            }
    }
}
