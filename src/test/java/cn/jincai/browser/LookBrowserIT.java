package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser.Visitor;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every component in every look, and what somebody who needs another one does to get it. */
@CaseTest
@Tag("issue-18.12")
class LookBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures/look");
    private static final String GROUND = "() => getComputedStyle(document.body).backgroundColor",
            LETTERS = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)",
            MOVES =
                    "() => { const h = document.querySelector('h1'); h.style.transition = 'opacity 1s'; return getComputedStyle(h).transitionDuration }";

    @LocalServerPort
    int port;

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,plain", "DARK,plain", "LIGHT,elders", "DARK,elders"})
    void everyComponentIsReadableInEachLook(ColorScheme device, String look) {
        for (Visitor reader :
                List.of(Browser.phone(address()), Browser.desktop(address()).english()))
            try (reader) {
                reader.page().emulateMedia(new EmulateMediaOptions().setColorScheme(device));
                for (String page : List.of(
                        "/design",
                        "/",
                        "/schemes/skills-award",
                        "/schemes?for=on-behalf",
                        "/display",
                        "/sign-in",
                        "/register")) {
                    reader.goTo(page + (page.contains("?") ? "&" : "?") + "look=" + look);
                    reader.looksRight()
                            .picture(PICTURES.resolve(device + "-" + look + page.replaceAll("[/?=]", "-") + "-"
                                    + reader.page().viewportSize().width + ".png"));
                }
            }
    }

    @Test
    void whoReadsInTheDarkOrChoosesOtherwiseNeedsNoScript() {
        try (Visitor reader = Browser.withoutScript(address())) {
            var page = reader.goTo("/schemes");
            String light = page.evaluate(GROUND).toString();
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            String dark = page.evaluate(GROUND).toString();
            assertThat(dark).isNotEqualTo(light);
            page.click("footer a[href*='/display']");
            page.check("#colours-light");
            page.check("#word-large");
            page.click("main form button[type=submit]");
            assertThat(page.url()).as("back where he was").isEqualTo(address() + "/schemes");
            assertThat(page.evaluate(GROUND))
                    .as("what he chose, whatever the device asks for")
                    .isEqualTo(light);
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.click("footer a[href*='/display']");
            page.check("#colours-dark");
            page.uncheck("#word-large");
            page.click("main form button[type=submit]");
            assertThat(page.evaluate(GROUND)).isEqualTo(dark);
            page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.evaluate(GROUND)).as("on paper").isEqualTo("rgb(255, 255, 255)");
        }
    }

    @Test
    void lettersAreAQuarterLargerAndNothingMovesForThoseWhoAskSo() {
        try (Visitor reader = Browser.phone(address())) {
            var page = reader.goTo("/");
            double usual = ((Number) page.evaluate(LETTERS)).doubleValue();
            assertThat(page.evaluate(MOVES)).isEqualTo("1s");
            page.emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            assertThat(page.evaluate(MOVES)).isEqualTo("0s");
            page.emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
            page.click("header a[href$='look=elders']");
            assertThat(((Number) page.evaluate(LETTERS)).doubleValue()).isEqualTo(usual * 1.25);
            reader.goTo("/display").check("#word-still");
            page.click("main form button[type=submit]");
            assertThat(page.evaluate(MOVES)).isEqualTo("0s");
            page.click("header a[href$='look=plain']");
            assertThat(((Number) page.evaluate(LETTERS)).doubleValue()).isEqualTo(usual);
        }
    }

    @Test
    void whatIsPaleIsSeen() {
        try (Visitor reader = Browser.phone(address())) {
            reader.goTo("/?look=plain").evaluate("() => document.querySelector('main p').style.color = '#bbb'");
            assertThatThrownBy(reader::looksRight).hasMessageContaining("color-contrast");
        }
    }
}
