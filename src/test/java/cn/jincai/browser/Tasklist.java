package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Camunda's Tasklist as an officer has it before him, its frame in the language of his browser. */
final class Tasklist {
    /**
     * What the frame says, and shows on hovering, in the other language. Not the frame's: forms, the case's papers, the names of people, of steps and of their
     * processes, and what Camunda calls itself.
     */
    private static final String STRANGE = """
        english => {
          const found = [];
          const say = text => {
            if ((english ? /[\\u4e00-\\u9fff]/ : /[A-Za-z]{2,}/).test(text.replace(/JC\\d+|housing-in-line|Camunda Platform|Asia\\/Shanghai/g, ''))) found.push(text.trim());
          };
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
          while (walk.nextNode()) {
            const at = walk.currentNode;
            if (!at.checkVisibility() || at.closest('.fjs-container, .desk-line [lang], iframe, svg, script, style, .account, .names, .work-card-person, .work-card-holder, .assignee .view-value')) continue;
            for (const attribute of ['title', 'placeholder', 'aria-label']) say(at.getAttribute(attribute) ?? '');
            if (!at.matches('.variable-label, .variable-value')) say(at.getAttribute('uib-tooltip') ?? '');
            for (const child of at.childNodes) if (child.nodeType === Node.TEXT_NODE) say(child.data);
          }
          return found;
        }""";

    /** On whichever page of the list it stands: what other stories have left behind may be due before it. */
    private static final String FIND = """
        async ([number, step]) => {
          for (let first = 0; first < 1000; first += 50) {
            const answer = await fetch(`/camunda/api/engine/engine/default/filter/all/list`, { method: 'POST',
              headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ firstResult: first, maxResults: 50 }) });
            const tasks = answer.ok ? await answer.json() : [];
            const found = tasks.find(task => task.name.includes(number) && task.name.includes(step));
            if (found || tasks.length < 50) return found?.id;
          }
        }""";

    /** The task is there, and stays for half a second. */
    private static final String SHOWN = """
        async task => {
          const isShown = () => location.hash.includes(task) && document.querySelector('.task-card > header') !== null;
          if (!isShown()) return false;
          await new Promise(later => setTimeout(later, 500));
          return isShown();
        }""";

    /** As long as a person's finger rests on the button. */
    private static final Locator.ClickOptions A_PRESS = new Locator.ClickOptions().setDelay(100);

    private final Page page;
    private final boolean english;

    private Tasklist(Page page, boolean english) {
        this.page = page;
        this.english = english;
    }

    static Tasklist of(Browser.Visitor officer) {
        Page page = officer.goTo("/camunda/app/tasklist/default/");
        return new Tasklist(page, "en".equals(page.evaluate("navigator.language")));
    }

    private String say(String zh, String en) {
        return english ? en : zh;
    }

    Tasklist open(String number) {
        return open(number, "");
    }

    /** @param step its name, where the case was at another just before */
    Tasklist open(String number, String step) {
        Object task = page.waitForFunction(
                        FIND, List.of(number, step), new Page.WaitForFunctionOptions().setPollingInterval(500))
                .jsonValue();
        for (int tries = 0; tries < 12; tries++)
            try {
                page.evaluate("task => { location.hash = '#/?task=' + task }", task);
                page.waitForFunction(SHOWN, task, new Page.WaitForFunctionOptions().setTimeout(5_000));
                return this;
            } catch (TimeoutError wentElsewhere) {
                // Tasklist itself was about to go somewhere: it has just started, or the task before was done
            }
        throw new AssertionError("the task of " + number + " does not open");
    }

    /** Read anew, the lists of what he has or may take have nothing of this case on any page, nor does one that is drawn. */
    Tasklist hasNoCard(String number) {
        page.evaluate("location.hash = '#/?filter=all'");
        page.reload();
        assertThat(page.locator(".work-lists a[data-list=all]")).hasAttribute("aria-current", "page");
        Assertions.assertThat(page.evaluate(FIND, List.of(number, ""))).isNull();
        assertThat(page.locator("li.task", new Page.LocatorOptions().setHasText(number)))
                .hasCount(0);
        return this;
    }

    Tasklist claim() {
        button(say("领取", "Claim")).click();
        return this;
    }

    Tasklist claimed() {
        assertThat(page.locator(".fjs-container").first()).isVisible();
        return this;
    }

    private Locator button(String words) {
        return page.locator("button", new Page.LocatorOptions().setHasText(words))
                .first();
    }

    /** The case's papers beside the form, and back to the form. */
    Tasklist looksAtTheFile(String number, Path picture) {
        page.getByText(say("案卷", "Case file"), new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        assertThat(page.frameLocator("iframe[title='" + say("案卷", "Case file") + "']")
                        .locator("main"))
                .containsText(number);
        page.screenshot(new Page.ScreenshotOptions().setPath(picture));
        page.locator(
                        ".task-details a, [cam-tasklist-task] a, .nav-tabs a",
                        new Page.LocatorOptions().setHasText(say("表单", "Form")))
                .first()
                .click();
        return this;
    }

    Tasklist choose(String label) {
        page.locator(".fjs-container label", new Page.LocatorOptions().setHasText(label))
                .first()
                .click();
        return this;
    }

    Tasklist handIn() {
        button(say("提交办理结果", "Complete")).click(A_PRESS);
        return this;
    }

    /** Said so; the next task of the list, or none, is open now. */
    void done() {
        assertThat(page.locator("[notifications-panel]")).containsText(say("任务已办结", "The task is completed"));
    }

    /** What Tasklist says could not be done, and why. */
    Locator refused(String what) {
        return page.locator("[notifications-panel] .alert", new Page.LocatorOptions().setHasText(what));
    }

    /** Nothing in the other language, and no key instead of a word. */
    Tasklist speaksOneLanguage() {
        Assertions.assertThat((List<?>) page.evaluate(STRANGE, english)).isEmpty();
        return this;
    }
}
