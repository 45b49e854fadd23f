package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * A real Chromium, one for the whole run: the one that {@code -Dchromium} names, else the machine's, else the one that the build unpacked into
 * {@code target/chromium}. Each person who looks at pages gets a {@link Visitor} of his own.
 */
public final class Browser {
    private static final Path UNPACKED = Path.of("target/chromium");
    private static final Path OF_THE_MACHINE = Path.of("/usr/bin/chromium");
    /** The smallest paper there is. */
    public static final String PDF = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
        xref
        0 4
        0000000000 65535 f\s
        0000000009 00000 n\s
        0000000052 00000 n\s
        0000000101 00000 n\s
        trailer<</Size 4/Root 1 0 R>>
        startxref
        164
        %%EOF
        """;

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    /** Not by the builder's own analyze(), which sends axe three times to each page, and opens another window to put together all that is in order. */
    private static final String AXE = "() => {" + AxeBuilder.getAxeScript() + "}";

    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    /** Frames show people's own files, which are no pages of ours. */
    private static final String VIOLATIONS = """
        async tags => (await axe.run({runOnly: tags, resultTypes: ['violations'], iframes: false})).violations
            .map(v => `${v.id}: ${v.help} ${v.nodes.map(n => n.target)}`)""";

    /** What a whole page has to have is not asked of a part. */
    /** Where the page itself can be moved sideways: the elements that stand out, without those in a part that is moved by itself. */
    private static final String WIDER = """
        () => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const scrolls = e => { for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) if (getComputedStyle(at).overflowX !== 'visible') return true; return false; };
          const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > wide + 1 && e.getClientRects().length && !scrolls(e));
          return out.filter(e => !out.some(o => o !== e && e.contains(o))).slice(0, 5).map(e => e.outerHTML.slice(0, 160)).concat(document.documentElement.scrollWidth);
        }""";

    private static final String VIOLATIONS_WITHIN = """
        async ([tags, parts]) => (await axe.run({include: parts.map(part => [part])}, {runOnly: tags, resultTypes: ['violations'], iframes: false,
            rules: {region: {enabled: false}, 'page-has-heading-one': {enabled: false}, 'heading-order': {enabled: false}, bypass: {enabled: false}}})).violations
            .map(v => `${v.id}: ${v.help} ${v.nodes.map(n => n.target)}`)""";

    private static com.microsoft.playwright.Browser chromium;

    private Browser() {}

    /** What a restart is to those who have a page open: the server knows none of its sessions any more, and browsers come with the cookies of before. */
    static void restart(ServletWebServerApplicationContext application) {
        var server = (TomcatWebServer) application.getWebServer();
        for (Container context : server.getTomcat().getHost().findChildren())
            for (Session session : ((Context) context).getManager().findSessions()) session.expire();
    }

    private static synchronized com.microsoft.playwright.Browser chromium() {
        if (chromium != null) return chromium;
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        var options = new BrowserType.LaunchOptions()
                .setHeadless(true)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"));
        String named = System.getProperty("chromium", "");
        if (!named.isBlank() || Files.isExecutable(OF_THE_MACHINE)) {
            options.setExecutablePath(named.isBlank() ? OF_THE_MACHINE : Path.of(named));
        } else {
            assertThat(UNPACKED.resolve("chromium"))
                    .as("a browser: -Dchromium=..., /usr/bin/chromium or the one of src/test/browser/install.mjs")
                    .isExecutable();
            Map<String, String> env = new HashMap<>(System.getenv());
            env.put(
                    "LD_LIBRARY_PATH",
                    UNPACKED.resolve("al2023/lib").toAbsolutePath().toString());
            env.put(
                    "FONTCONFIG_FILE",
                    UNPACKED.resolve("fonts.conf").toAbsolutePath().toString());
            options.setExecutablePath(UNPACKED.resolve("chromium")).setEnv(env);
        }
        chromium = playwright.chromium().launch(options);
        return chromium;
    }

    /** Somebody at a desk: 1280 by 900. */
    public static Visitor desktop(String address) {
        return new Visitor(
                chromium()
                        .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                                .setLocale("zh-CN")
                                .setTimezoneId("Asia/Shanghai")
                                .setViewportSize(1280, 900)),
                address);
    }

    /** Somebody with a phone of 360 by 740. */
    public static Visitor phone(String address) {
        return new Visitor(
                chromium()
                        .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                                .setLocale("zh-CN")
                                .setTimezoneId("Asia/Shanghai")
                                .setViewportSize(360, 740)
                                .setIsMobile(true)
                                .setHasTouch(true)
                                .setDeviceScaleFactor(2)),
                address);
    }

    /** Somebody at a desk whose browser prefers English. */
    static Visitor englishDesktop(String address) {
        return new Visitor(
                chromium()
                        .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                                .setLocale("en")
                                .setTimezoneId("Asia/Shanghai")
                                .setViewportSize(1280, 900)),
                address);
    }

    /** Somebody with a narrow window whose browser runs no scripts. */
    public static Visitor withoutScript(String address) {
        return new Visitor(
                chromium()
                        .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                                .setLocale("zh-CN")
                                .setTimezoneId("Asia/Shanghai")
                                .setViewportSize(360, 740)
                                .setJavaScriptEnabled(false)),
                address);
    }

    /** One person's browser window, and what went wrong in it. */
    public static final class Visitor implements AutoCloseable {
        private final BrowserContext context;
        private final String address;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();

        private Visitor(BrowserContext context, String address) {
            this.context = context;
            this.address = address;
            this.page = context.newPage();
            page.setDefaultTimeout(20_000);
            page.onPageError(error -> complaints.add("script: " + error));
            page.onConsoleMessage(m -> {
                if (m.text().contains("Content Security Policy")) complaints.add(m.text());
            });
        }

        public Page page() {
            return page;
        }

        public Page goTo(String path) {
            page.navigate(address + path);
            return page;
        }

        /** Not on the page, which stories about signing in do: everybody else is only to be there. The demo's people have their name as password. */
        public Visitor signIn(String account) {
            return signIn(account, account);
        }

        public Visitor signIn(String account, String password) {
            var requests = context.request();
            var token = TOKEN.matcher(
                    requests.get(address + "/sign-in" + ownLanguage()).text());
            assertThat(token.find()).as("a token on the page").isTrue();
            var answer = requests.post(
                    address + "/sign-in",
                    RequestOptions.create()
                            .setForm(FormData.create()
                                    .set("_csrf", token.group(1))
                                    .set("username", account)
                                    .set("password", password))
                            .setMaxRedirects(0));
            assertThat(answer.status()).as("signed in as " + account).isEqualTo(302);
            return this;
        }

        public Visitor signOut() {
            page.click("form[action$='/sign-out'] button");
            page.waitForLoadState(LoadState.LOAD);
            return this;
        }

        public Visitor english() {
            goTo("/?lang=en");
            return this;
        }

        /** That of this browser, where none was chosen in it: an account keeps the one that another story has chosen. */
        private String ownLanguage() {
            if (context.cookies().stream().anyMatch(cookie -> cookie.name.equals("JCLANG"))) return "";
            return "?lang=" + ("en".equals(page.evaluate("navigator.language")) ? "en" : "zh");
        }

        /** Types what is told of each field that the page asks. */
        public Visitor types(JsonNode answers) {
            for (var answer : answers.properties()) {
                var field =
                        page.locator("main [name='" + answer.getKey() + "']").first();
                if (!field.isVisible()) continue;
                String value = answer.getValue().asText();
                switch (String.valueOf(field.evaluate("e => e.type"))) {
                    case "radio" -> page.check("main [name='" + answer.getKey() + "'][value='" + value + "']");
                    case "checkbox" ->
                        answer.getValue()
                                .forEach(one -> page.check(
                                        "main [name='" + answer.getKey() + "'][value='" + one.asText() + "']"));
                    case "select-one" -> field.selectOption(value);
                    default -> field.fill(value);
                }
            }
            return this;
        }

        /** WCAG 2.2 AA without a violation, nothing wider than the window, no script that failed, nothing that the security policy stopped. */
        public Visitor looksRight() {
            String where = page.url().replaceAll("[?#].*", "");
            if ((boolean) page.evaluate("() => window.axe === undefined")) page.evaluate(AXE);
            assertThat((List<?>) page.evaluate(VIOLATIONS, WCAG)).as(where).isEmpty();
            return fits();
        }

        /** WCAG 2.2 AA without a violation in this part of a page that is not all ours. */
        public Visitor looksRight(String part) {
            return partsLookRight(List.of(part));
        }

        /** Of a page that is not ours, the parts that are: WCAG 2.2 AA without a violation. */
        Visitor partsLookRight(List<String> selectors) {
            if ((boolean) page.evaluate("() => window.axe === undefined")) page.evaluate(AXE);
            assertThat((List<?>) page.evaluate(VIOLATIONS_WITHIN, List.of(WCAG, selectors)))
                    .isEmpty();
            return this;
        }

        /** The same once more in a window as narrow as a phone, without another way there; on phones themselves {@link EveryPageBrowserIT} goes. */
        public Visitor looksRightWideAndNarrow() {
            looksRight();
            page.setViewportSize(360, 740);
            looksRight();
            page.setViewportSize(1280, 900);
            return this;
        }

        /** The narrowest telephone with letters of twice their size (WCAG 1.4.4, 1.4.10): nothing is wider than the page. */
        public Visitor fitsTwiceAsLarge() {
            page.setViewportSize(320, 640);
            page.evaluate("document.documentElement.style.fontSize = '200%'");
            assertThat((List<?>) page.evaluate(WIDER))
                    .as("wider than 320 pixels with letters of twice their size on "
                            + page.url().replaceAll("[?#].*", ""))
                    .isEmpty();
            page.evaluate("document.documentElement.style.removeProperty('font-size')");
            page.setViewportSize(360, 740);
            return this;
        }

        /** What of this can be seen where no scripts run: nothing wider than the window, nothing untranslated. */
        public Visitor fits() {
            String where = page.url().replaceAll("[?#].*", "");
            assertThat(((Number) page.evaluate(
                                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                            .intValue())
                    .as("overflow of " + where)
                    .isLessThanOrEqualTo(0);
            assertThat(complaints).as(where).isEmpty();
            assertThat(page.locator("text=/\\?\\?[a-z.-]+\\?\\?/").count())
                    .as("untranslated words on " + where)
                    .isZero();
            return this;
        }

        /** A picture of the whole page, for people, where {@code -Dpictures} asks for it. */
        public Visitor picture(Path file) {
            if (System.getProperty("pictures") != null)
                page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
            return this;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
