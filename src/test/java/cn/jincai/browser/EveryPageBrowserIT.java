package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser.Visitor;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.policy.NewForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Every page that a link leads to, found by following links as each role, and each page that a case shows only at times. On a phone of 360 in Chinese and at
 * a desk in English: nothing that WCAG 2.2 AA forbids, nothing wider than the window (on the narrowest phone with letters twice as large neither), no Chinese in the English frame. Leaves a picture of each with {@code -Dpictures}.
 */
@CaseTest
class EveryPageBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures/every");
    private static final Pattern HREF = Pattern.compile("href=\"(/[^\"#]*)");
    private static final String NO_PAGE =
            "/(camunda|assets)/.*|.*[?&](lang|look)=.*|.*/(papers|documents)/\\d+|.*/(file|zip)|.*/diagram/.*|.*[?&]path=.*";
    /** Chinese that is no part of the frame: what people wrote, official numbers, masked names. */
    private static final String FRAME = """
        () => {
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.parentElement;
            if (at.closest('[lang^=zh], .jc-pre, dd, td, code, script, datalist, svg, [data-diagram]')) continue;
            const text = walk.currentNode.data.replace(/[\\u4e00-\\u9fff]+〔\\d{4}〕\\d+号/g, '').replace(/[\\u4e00-\\u9fff]\\*+[\\u4e00-\\u9fff]?/g, '');
            if (/[\\u4e00-\\u9fff]/.test(text)) found.push(text.trim());
          }
          return found;
        }""";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    NewForms forms;

    /** Kinds of pages that looked right already, as somebody else saw them. */
    private static final Set<String> looked = new HashSet<>();

    private static ApplicantsCase supplement, heard, account, panel, late, asked, denied;

    /** Once for all: a case at a supplement, at a hearing, asked for another account, before a panel that has begun to vote, and with a reviewer who is away. */
    @BeforeEach
    void casesThatWaitForSomebody() {
        if (panel != null) return;
        city.at("2026-03-02T09:00");
        supplement = city.submitted("skills-award", "granted")
                .done(
                        "intake",
                        "acceptance",
                        "supplement",
                        Map.of(
                                "opinion",
                                "Page 3 of the contract is missing.",
                                "items",
                                "LABOUR_CONTRACT,contractMonths"));
        heard = city.checked("skills-award", "granted").reviewedByBoth();
        heard.objection("所填合同期限与实际不符。").is(201);
        heard.withOpinion("supervisor", "objection", "uphold");
        account = city.checked("recruitment-subsidy", "granted").reviewedByBoth();
        late = city.checked("skills-award", "granted");
        late.claim("reviewer2", "first-review").is(204);
        city.passes("P15D");
        account.done("leader", "decision", "sign");
        city.passes("PT1M");
        account.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT1M");
        city.bank("refuse");
        city.passes("PT1M");
        account.done("finance", "bank-result", "ask-account");
        city.drafted("recruitment-subsidy", "granted");
        asked = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        denied = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        denied.withOpinion("employer", "employer-check", "deny");
        panel = city.checked("talent-recognition", "panel").reviewedByBoth();
        if (panel.stage().equals("leader-review")) panel.done("leader", "leader-review", "approve");
        panel.waitsAt("expert-panel")
                .done("expert1", "expert-panel", "approve")
                .withOpinion("expert2", "expert-panel", "reject");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "applicant",
                "employer",
                "intake",
                "reviewer",
                "finance",
                "policy-admin",
                "admin",
                "auditor"
            })
    void everyPageToWhichALinkLeads(String who) {
        List<String> pages = reached(who);
        looksRight(who, pages);
        pages.forEach(page -> looked.add(kind(page)));
    }

    @Test
    void pagesOfACaseThatAreThereOnlyAtTimes() {
        String give = "/cases/" + account.number() + "/account";
        looksRight(
                "applicant",
                List.of(
                        "/cases/" + supplement.number() + "/supplement",
                        "/cases/" + heard.number(),
                        "/cases/" + heard.number() + "/hearing",
                        "/cases/" + account.number(),
                        give,
                        "/cases/" + panel.number(),
                        "/cases/" + denied.number(),
                        "/cases/" + denied.number() + "/employer-word",
                        "/inbox"));
        looksRight("employer", List.of("/employer", "/employer/several?number=" + asked.number()));
        looksRight(
                "expert3",
                List.of(
                        "/officers/cases/" + panel.number(),
                        "/cases/by-task/"
                                + panel.task("expert3", "expert-panel")
                                        .get("id")
                                        .asText() + "/file"));
        looksRight("leader", List.of("/officers/cases/" + heard.number(), "/officers/cases/" + account.number()));
        looksRight("finance", List.of("/finance", "/finance/batches", "/officers/cases/" + account.number()));

        try (Visitor applicant = Browser.phone(address()).signIn("applicant")) {
            applicant.goTo(give).fill("#f-bankAccount", "123");
            applicant.page().click("main form button[type=submit]");
            assertThat(applicant.page().locator(".govuk-error-summary a").getAttribute("href"))
                    .isEqualTo("#f-bankAccount");
            applicant.looksRight().picture(PICTURES.resolve("applicant account-refused.png"));
            applicant.page().fill("#f-bankAccount", "6222020000000000017");
            applicant.page().click("main form button[type=submit]");
            assertThat(applicant
                            .page()
                            .locator(".govuk-notification-banner--success")
                            .isVisible())
                    .isTrue();
            applicant.goTo("/cases/" + heard.number()).click("a[href$='/hearing']");
            applicant.page().fill("#f-text", "合同已续签，附件可查。");
            applicant.page().click("main form button[type=submit]");
            assertThat(applicant.page().locator("main").innerText()).contains("合同已续签");
            applicant.looksRight();
        }
        try (Visitor window = Browser.phone(address()).signIn("intake")) {
            window.goTo("/officers/cases/" + account.number()).click("#service summary");
            window.page().selectOption("#f-how", "post");
            window.page().click("#service button[type=submit]");
            assertThat(window.page().locator(".govuk-error-summary a").getAttribute("href"))
                    .isEqualTo("#f-servedOn");
            window.looksRight().picture(PICTURES.resolve("intake service-refused.png"));
            window.page().fill("#f-servedOn", city.today());
            window.page().click("#service button[type=submit]");
            assertThat(window.page()
                            .locator(".govuk-notification-banner--success")
                            .isVisible())
                    .isTrue();
            window.english().goTo("/officers/cases/" + account.number());
            assertThat(window.page().locator("main").innerText()).contains("by post");
            window.looksRight().picture(PICTURES.resolve("intake served-en.png"));
        }
        looksRight(
                "applicant",
                List.of(
                        "/cases/" + account.number() + "/reconsideration",
                        "/inbox?unreadOnly=true",
                        "/inbox?case=" + account.number(),
                        "/account/messages"));
    }

    @Test
    void aDraftThatWasBegunWithAnOlderFormTellsWhatIsNew() {
        ApplicantsCase draft = city.drafted("skills-award", "granted");
        String page = "/cases/" + draft.number() + "/new-form";
        forms.fieldOfWorkInsteadOfEmail("skills-award");
        try (Visitor applicant = Browser.withoutScript(address()).signIn("applicant")) {
            looksRight("applicant", List.of(page));
            applicant.goTo("/cases/" + draft.number() + "/apply");
            assertThat(applicant.page().url()).endsWith(page);
            assertThat(applicant.page().locator("main").innerText())
                    .contains("专业领域", "电子邮箱", draft.answersAsTold().get("email").asText());
            applicant.page().click("main form button[type=submit]");
            assertThat(applicant.page().url()).endsWith("/apply");
        } finally {
            forms.backToTheFolder("skills-award");
        }
    }

    @Test
    void whatIsLateAndWhoHasItAndTheWayBackToTheGroup() {
        looksRight(
                "leader",
                List.of(
                        "/officers/tasks",
                        "/officers/tasks/held",
                        "/officers/colleagues",
                        "/officers/alarms",
                        "/officers/absences",
                        "/officers/questions"));
        looksRight(
                "reviewer2",
                List.of(
                        "/officers/tasks/held",
                        "/officers/tasks/"
                                + late.task("reviewer2", "first-review")
                                        .get("id")
                                        .asText() + "/release"));
        for (Visitor visitor : List.of(
                Browser.phone(address()).signIn("leader"),
                Browser.desktop(address()).signIn("leader").english()))
            try (visitor) {
                com.microsoft.playwright.Locator row = visitor.page()
                        .locator("tr", new com.microsoft.playwright.Page.LocatorOptions().setHasText(late.number()));
                for (int page = 0; page == 0 || row.count() == 0; page++) {
                    assertThat(page).as("pages of what is late").isLessThan(50);
                    visitor.goTo("/officers/tasks?page=" + page);
                }
                row.locator("a[href$='/release']").click();
                visitor.page().click("main form button[type=submit]");
                assertThat(visitor.page().locator(".govuk-error-summary a").getAttribute("href"))
                        .isEqualTo("#f-reason");
                visitor.looksRight()
                        .picture(PICTURES.resolve("leader release-refused."
                                + visitor.page().locator("html").getAttribute("lang") + ".png"));
            }
        try (Visitor leader = Browser.withoutScript(address()).signIn("leader")) {
            leader.goTo("/officers/tasks/held")
                    .locator("tr", new com.microsoft.playwright.Page.LocatorOptions().setHasText(late.number()))
                    .locator("a[href$='/release']")
                    .click();
            leader.page().check("#f-reason");
            leader.page().click("main form button[type=submit]");
            assertThat(leader.page()
                            .locator(".govuk-notification-banner--success")
                            .innerText())
                    .contains("任务已退回本组");
            assertThat(leader.page().locator("main").innerText()).doesNotContain(late.number());
        }
    }

    @Test
    void whatIsWrongWithAPageIsSeen() {
        try (Visitor visitor = Browser.phone(address())) {
            visitor.goTo("/").evaluate("() => document.documentElement.removeAttribute('lang')");
            assertThatThrownBy(visitor::looksRight).hasMessageContaining("html-has-lang: ");
            visitor.goTo("/").evaluate("() => document.querySelector('h1').style.width = '400px'");
            assertThatThrownBy(visitor::looksRight).hasMessageContaining("overflow of ");
        }
    }

    @Test
    void whoMayNotSeeAPageIsToldSo() {
        Map<String, List<String>> closed = Map.of(
                "intake",
                List.of("/admin/accounts"),
                "reviewer",
                List.of("/camunda/app/cockpit/default/"),
                "employer",
                List.of("/officers/cases", "/camunda/app/tasklist/default/"));
        closed.forEach((who, pages) -> {
            looksRight(who, pages);
            try (Visitor visitor = Browser.withoutScript(address()).signIn(who)) {
                for (String page : pages) {
                    assertThat(visitor.page().navigate(address() + page).status())
                            .isEqualTo(403);
                    assertThat(visitor.page().locator("main").innerText()).contains("不能这样做", "您的身份不能进行此操作");
                }
                visitor.page().click("main a");
                assertThat(visitor.page().url()).as("home").isEqualTo(address() + "/");
            }
        });
    }

    /** One page of each kind. */
    private List<String> reached(String who) {
        cn.jincai.web.Visitor reader = new cn.jincai.web.Visitor(port);
        if (!who.equals("nobody")) reader.signIn(who);
        Map<String, String> pages = new LinkedHashMap<>();
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        Set<String> known = new HashSet<>(todo);
        while (!todo.isEmpty()) {
            String path = todo.poll();
            if (pages.putIfAbsent(kind(path), path) != null) continue;
            cn.jincai.web.Visitor.Answer page = reader.get(path, "Accept", "text/html");
            if (page.status() != 200
                    || !page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"))
                pages.remove(kind(path));
            else
                HREF.matcher(page.body())
                        .results()
                        .map(link -> link.group(1).replace("&amp;", "&"))
                        .filter(link -> !link.matches(NO_PAGE) && known.add(link))
                        .forEach(todo::add);
        }
        assertThat(pages).isNotEmpty();
        pages.keySet().removeIf(looked::contains);
        return new ArrayList<>(pages.values());
    }

    /** Numbers, hashes and schemes stand for any other. */
    private static String kind(String path) {
        return path.replaceAll("\\?.*", "")
                .replaceAll("[0-9a-f]{32,}", "#")
                .replaceAll("\\d+", "#")
                .replaceAll("/(schemes|apply|packages)/[a-z-]+", "/$1/#")
                .replaceAll("/screener/question/[A-Za-z0-9]+", "/screener/question/#")
                .replaceAll("/admin/accounts/(?!new$).+", "/admin/accounts/#")
                .replaceAll("/officers/tasks/[0-9a-f-]{36}", "/officers/tasks/#");
    }

    private void looksRight(String who, List<String> pages) {
        for (String language : List.of("zh", "en"))
            try (Visitor visitor = language.equals("zh") ? Browser.phone(address()) : Browser.desktop(address())) {
                if (!who.equals("nobody")) visitor.signIn(who);
                visitor.goTo("/?lang=" + language);
                for (String path : pages) {
                    visitor.goTo(path);
                    visitor.looksRight()
                            .picture(PICTURES.resolve(
                                    who + path.replaceAll("[/?&=]+", " ").replaceAll("[0-9a-f]{32,}", "") + "."
                                            + language + ".png"));
                    if (language.equals("zh")) visitor.fitsTwiceAsLarge();
                    if (language.equals("en"))
                        assertThat((List<?>) visitor.page().evaluate(FRAME))
                                .as("Chinese in the English frame of " + path)
                                .isEmpty();
                }
            }
    }

    private String address() {
        try {
            Files.createDirectories(PICTURES);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return "http://127.0.0.1:" + port;
    }
}
