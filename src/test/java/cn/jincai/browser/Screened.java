package cn.jincai.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;

/** Answers questions of the screener, each on its page. */
final class Screened {
    private Screened() {}

    static void answers(Browser.Visitor visitor, Map<String, String> told) {
        told.forEach((key, answer) -> answer(visitor, key, answer));
    }

    static void answer(Browser.Visitor visitor, String key, String answer) {
        Page page = visitor.goTo("/screener/question/" + key);
        Locator field = page.locator("main [name='" + key + "']").first();
        switch (String.valueOf(field.evaluate("e => e.type"))) {
            case "radio", "checkbox" ->
                page.locator("main [name='" + key + "'][value='" + answer + "']")
                        .check(new Locator.CheckOptions().setForce(true));
            case "select-one" -> field.selectOption(answer);
            default -> field.fill(answer);
        }
        page.locator(".jc-screener__buttons button").first().click();
        page.waitForURL(url -> !url.endsWith("/question/" + key));
    }

    /** Each question that is asked next, where something is told of it; of the others that one does not know. */
    static void walk(Browser.Visitor visitor, String scheme, JsonNode told) {
        Page page = visitor.goTo("/screener/next?scheme=" + scheme);
        while (page.url().contains("/screener/question/")) {
            String key = page.url().replaceAll(".*/question/([A-Za-z0-9]+).*", "$1"), before = page.url();
            if (told.path(key).isArray() && !told.get(key).isEmpty())
                told.get(key)
                        .forEach(one -> page.locator("main [name='" + key + "'][value='" + one.asText() + "']")
                                .check(new Locator.CheckOptions().setForce(true)));
            else if (told.has(key) && !told.get(key).isArray())
                fill(page, key, told.get(key).asText());
            page.locator(told.has(key) ? ".jc-screener__buttons button >> nth=0" : "button[name=unknown]")
                    .click();
            page.waitForURL(url -> !url.equals(before));
        }
    }

    private static void fill(Page page, String key, String answer) {
        Locator choice = page.locator("main [name='" + key + "'][value='" + answer + "']");
        Locator field = page.locator("main [name='" + key + "']").first();
        if (String.valueOf(field.evaluate("e => e.type")).equals("radio"))
            choice.check(new Locator.CheckOptions().setForce(true));
        else field.fill(answer);
    }
}
