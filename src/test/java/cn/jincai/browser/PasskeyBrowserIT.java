package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Passkeys;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Role;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Passkeys in a real browser, whose authenticator is Chromium's own virtual one: it makes real keys and signs with them. */
@CaseTest
@Tag("issue-15.7")
class PasskeyBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures");
    private static final String PASSWORD = "correct horse battery", OWN = "/account/second-factor";
    /** What somebody does who has the page in his hands: asks his authenticator otherwise than the server wants. */
    private static final String ASK_OTHERWISE =
            "how => { const real = navigator.credentials.get.bind(navigator.credentials); navigator.credentials.get = asked => real({publicKey: {...asked.publicKey, ...how}}); }";

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    Passkeys passkeys;

    @Autowired
    AuditLog record;

    private String address;

    @BeforeEach
    void underTheNameThatPasskeysAreFor() {
        address = "http://localhost:" + port;
    }

    private Browser.Visitor somebody(String name, Role role) {
        accounts.make(Account.of(name, "新人", role), PASSWORD, null);
        return Browser.desktop(address).signIn(name, PASSWORD);
    }

    /** An authenticator in this window, which knows its holder, or not. */
    private record Authenticator(CDPSession window, String id) {
        static Authenticator in(Page page) {
            CDPSession window = page.context().newCDPSession(page);
            window.send("WebAuthn.enable");
            var options = new JsonObject();
            options.addProperty("protocol", "ctap2");
            options.addProperty("transport", "internal");
            for (String can : new String[] {
                "hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"
            }) options.addProperty(can, true);
            var arguments = new JsonObject();
            arguments.add("options", options);
            return new Authenticator(
                    window,
                    window.send("WebAuthn.addVirtualAuthenticator", arguments)
                            .get("authenticatorId")
                            .getAsString());
        }

        private JsonObject own() {
            var arguments = new JsonObject();
            arguments.addProperty("authenticatorId", id);
            return arguments;
        }

        /** Another finger on it. */
        void forgetsItsHolder() {
            var arguments = own();
            arguments.addProperty("isUserVerified", false);
            window.send("WebAuthn.setUserVerified", arguments);
        }

        /** All that it can sign with is somebody else's. */
        void forgets(Passkeys.Passkey passkey) {
            var arguments = own();
            arguments.addProperty(
                    "credentialId",
                    Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(passkey.id())));
            window.send("WebAuthn.removeCredential", arguments);
        }

        /** Its only passkey is put back as it was when it had signed so often. */
        void isACopyThatHasSigned(int times) {
            var passkey = window.send("WebAuthn.getCredentials", own())
                    .getAsJsonArray("credentials")
                    .get(0)
                    .getAsJsonObject();
            passkey.addProperty("signCount", times);
            window.send("WebAuthn.clearCredentials", own());
            var arguments = own();
            arguments.add("credential", passkey);
            window.send("WebAuthn.addCredential", arguments);
        }
    }

    private static void make(Page page, String label, String password) {
        page.fill("#label", label);
        page.fill("#own-password", password);
        page.click("[data-passkey-make]");
    }

    private boolean isOnRecord(String kind, String account) {
        return !record.search(new AuditLog.Search(null, account, kind, null, null), 0, 20)
                .entries()
                .isEmpty();
    }

    @Test
    void oneIsSetUpWithThePasswordAndSignsInAloneUntilItIsRemoved() {
        String name = "with-a-passkey";
        try (var visitor = somebody(name, Role.APPLICANT)) {
            Page page = visitor.goTo(OWN);
            Authenticator.in(page);
            visitor.looksRightWideAndNarrow();
            make(page, "办公电脑", "not my password");
            assertThat(page.locator("#passkeys [data-passkey-told]:visible")).hasText("原密码不对。");
            Assertions.assertThat(passkeys.of(name)).isEmpty();
            make(page, "办公电脑", PASSWORD);
            assertThat(page.locator("[data-recovery]")).hasCount(10);
            assertThat(page.locator("#passkeys h3").first()).hasText("办公电脑");
            assertThat(page.locator("#passkeys")).containsText("尚未使用");
            for (String language : new String[] {"en", "zh"}) {
                visitor.goTo(OWN + "?lang=" + language);
                page.locator("#passkeys details summary").click();
                visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("passkeys-" + language + ".png"));
            }
            make(page, "再来一次", PASSWORD);
            assertThat(page.locator("#passkeys > form [data-passkey-told]")).hasText("此设备上已有该账号的通行密钥。");

            visitor.signOut();
            visitor.goTo("/sign-in");
            visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("sign-in-passkey.png"));
            page.click("[data-passkey]");
            assertThat(page).hasURL(address + "/");
            visitor.goTo(OWN);
            assertThat(page.locator("#passkeys")).containsText("最近使用");
            visitor.goTo("/account");
            assertThat(page.locator("#sessions")).containsText("Chrome");

            visitor.goTo(OWN);
            page.locator("#passkeys details summary").click();
            page.fill("#code-0", "000000");
            page.locator("#passkeys details .govuk-button--warning").click();
            assertThat(page.locator(".govuk-error-summary")).containsText("动态码不对");
            page.locator("#passkeys details summary").click();
            page.locator("#passkeys details [data-passkey]").click();
            assertThat(page.locator("#passkeys h3")).hasCount(1);
            visitor.signOut();
            visitor.goTo("/sign-in");
            page.click("[data-passkey]");
            assertThat(page.locator(".govuk-error-summary")).containsText("通行密钥未通过验证");
            visitor.looksRight();
        }
        for (String kind : new String[] {"passkey-registered", "passkey-removed", "signed-in"})
            Assertions.assertThat(isOnRecord(kind, name)).as(kind).isTrue();
    }

    @Test
    void afterAPasswordItStandsForTheCodeButNotForAnothersNorAsACopy() {
        String name = "passkey-for-a-code", other = "another-passkey";
        accounts.make(Account.of(other, "旁人", Role.REVIEWER), PASSWORD, null);
        try (var visitor = somebody(name, Role.REVIEWER)) {
            Page page = visitor.goTo(OWN);
            var authenticator = Authenticator.in(page);
            make(page, "钥匙", PASSWORD);
            assertThat(page.locator("[data-recovery]")).hasCount(10);

            visitor.goTo("/").context().clearCookies();
            visitor.signIn(name, PASSWORD);
            visitor.goTo("/account");
            assertThat(page).hasURL(Pattern.compile("/sign-in/code$"));
            visitor.looksRightWideAndNarrow().picture(PICTURES.resolve("sign-in-code-passkey.png"));
            page.click("[data-passkey]");
            assertThat(page).hasURL(Pattern.compile("/camunda/app/tasklist/"));
            visitor.goTo("/account");
            assertThat(page.locator("main")).containsText(name);

            page.context().clearCookies();
            visitor.signIn(name, PASSWORD);
            visitor.goTo("/sign-in/code");
            authenticator.isACopyThatHasSigned(0);
            page.click("[data-passkey]");
            assertThat(page.locator(".govuk-error-summary")).containsText("签名计数倒退");
            visitor.goTo("/account");
            assertThat(page).hasURL(Pattern.compile("/sign-in/code$"));
            Assertions.assertThat(isOnRecord("passkey-copied", name)).isTrue();

            authenticator.isACopyThatHasSigned(20);
            page.context().clearCookies();
            visitor.signIn(other, PASSWORD);
            visitor.goTo(OWN);
            make(page, "钥匙", PASSWORD);
            assertThat(page.locator("[data-recovery]")).hasCount(10);
            authenticator.forgets(passkeys.of(other).get(0));
            visitor.goTo(OWN);
            page.evaluate(ASK_OTHERWISE.replace("...how", "allowCredentials: []"));
            page.locator("#passkeys details summary").click();
            page.locator("#passkeys details [data-passkey]").click();
            assertThat(page.locator(".govuk-error-summary")).containsText("通行密钥未通过验证");
            Assertions.assertThat(passkeys.of(other)).hasSize(1);
        }
    }

    @Test
    void withoutItsHolderItSignsForNobody() {
        String name = "passkey-in-other-hands";
        try (var visitor = somebody(name, Role.APPLICANT)) {
            Page page = visitor.goTo(OWN);
            var authenticator = Authenticator.in(page);
            make(page, "手机", PASSWORD);
            assertThat(page.locator("[data-recovery]")).hasCount(10);
            visitor.signOut();
            visitor.goTo("/sign-in");
            authenticator.forgetsItsHolder();
            page.click("[data-passkey]");
            assertThat(page.locator("[data-passkey-told]")).containsText("没有完成");
            page.evaluate(ASK_OTHERWISE.replace("...how", "userVerification: 'discouraged'"));
            page.click("[data-passkey]");
            assertThat(page.locator(".govuk-error-summary")).containsText("通行密钥未通过验证");
            visitor.goTo("/account");
            assertThat(page).hasURL(Pattern.compile("/sign-in"));
        }
    }

    @Test
    void whatIsNeededIsSaidWithoutScriptsAndUnderAnotherAddress() {
        try (var visitor = Browser.withoutScript(address)) {
            Page page = visitor.goTo("/sign-in");
            assertThat(page.locator("[data-passkey-needs]")).containsText("JavaScript");
            assertThat(page.locator("[data-passkey]")).isHidden();
            visitor.fits();
        }
        try (var visitor = Browser.desktop("http://127.0.0.1:" + port)) {
            Page page = visitor.goTo("/sign-in?lang=en");
            assertThat(page.locator("main")).containsText("Passkeys work only at this address: " + address);
            assertThat(page.locator("[data-passkey]")).hasCount(0);
        }
    }
}
