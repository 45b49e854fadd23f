package cn.jincai.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.RolesChanged;
import cn.jincai.applicant.SignInPlaces;
import cn.jincai.applicant.Staff;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Coming in: by form, by password with each call, never by guessing; and what stays shut for all. */
@CaseTest
class SignInIT {
    @LocalServerPort
    int port;

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Registration registration;

    @Autowired
    CityClock clock;

    @Autowired
    SignInPlaces places;

    @Autowired
    AuditLog record;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ConfigurableListableBeanFactory beans;

    @Test
    void aNewSessionBeginsAtSignIn() {
        var visitor = new Visitor(port);
        visitor.get("/sign-in");
        String before = visitor.cookie("JCSESSION");
        visitor.signIn("applicant");
        assertThat(visitor.cookie("JCSESSION")).isNotEqualTo(before);
    }

    @Test
    void oneGoesOnToThePageThatWasAskedFor() {
        var visitor = new Visitor(port);
        assertThat(visitor.get("/camunda/app/tasklist/default/", "Accept", "text/html")
                        .location())
                .endsWith("/sign-in");
        assertThat(visitor.trySignIn("reviewer", "reviewer").location()).endsWith("/camunda/app/tasklist/default/");
    }

    @ParameterizedTest
    @Tag("issue-13.4")
    @CsvSource({
        "intake, /camunda/app/tasklist/default/",
        "expert1, /camunda/app/tasklist/default/",
        "finance-approver, /camunda/app/tasklist/default/",
        "applicant, /",
        "employer, /",
        "auditor, /",
        "admin, /"
    })
    void whoWorksOnTasksLandsOnTheDesk(String name, String place) {
        assertThat(new Visitor(port).trySignIn(name, name).location()).isEqualTo("http://127.0.0.1:" + port + place);
    }

    @Test
    @Tag("issue-13.4")
    void theDeskIsFoundWithoutASlash() {
        assertThat(new Visitor(port)
                        .get("/camunda/app/tasklist", "Accept", "text/html")
                        .location())
                .endsWith("/sign-in");
        var visitor = new Visitor(port).signIn("reviewer");
        assertThat(visitor.get("/camunda/app/tasklist").location()).endsWith("/camunda/app/tasklist/");
        assertThat(visitor.get("/camunda/app/tasklist/").status()).isIn(200, 302);
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/camunda/app/tasklist")
                        .status())
                .isEqualTo(403);
        assertThat(visitor.post(
                                "/camunda/api/admin/auth/user/default/login/tasklist",
                                "username=reviewer&password=reviewer")
                        .status())
                .as("the engine's own sign-in")
                .isEqualTo(403);
        events.publishEvent(new RolesChanged("reviewer"));
        assertThat(visitor.get("/camunda/app/tasklist/default/", "Accept", "text/html")
                        .location())
                .endsWith("/sign-in?ended");
        assertThat(visitor.trySignIn("reviewer", "reviewer").location()).endsWith("/camunda/app/tasklist/default/");
    }

    /** A form of a page that somebody had open while the session ended, sent from there. */
    private Visitor.Answer late(
            Visitor visitor, Visitor.Answer page, String from, String origin, String path, String fields) {
        visitor.always("Referer", from).always("Origin", origin);
        return visitor.form(path, fields, page);
    }

    @Test
    @Tag("issue-13.6")
    void whatWasTypedIsGivenBackToItsAuthorAloneAndNotToAnotherSite() {
        String here = "http://127.0.0.1:" + port;
        var page = new Visitor(port).signIn("reviewer").get("/account");
        for (String name : List.of("reviewer", "reviewer2")) {
            var visitor = new Visitor(port);
            assertThat(late(
                                    visitor,
                                    page,
                                    here + "/account?lang=zh",
                                    here,
                                    "/account/relatives",
                                    "name=&documentNumber=only-mine%22&password=secret-1")
                            .location())
                    .endsWith("/sign-in?ended");
            assertThat(visitor.get("/account").body()).doesNotContain("only-mine");
            var signedIn = visitor.trySignIn(name, name);
            assertThat(signedIn.location())
                    .endsWith(name.equals("reviewer") ? "/account?lang=zh" : "/camunda/app/tasklist/default/");
            assertThat(visitor.get("/account").body().contains("value=\"only-mine&quot;\""))
                    .as(name)
                    .isEqualTo(name.equals("reviewer"));
            assertThat(visitor.get("/account").body()).doesNotContain("secret-1");
        }
        for (String elsewhere : List.of("https://evil.example", "http://127.0.0.1", "null"))
            assertThat(late(
                                    new Visitor(port),
                                    page,
                                    here + "/account",
                                    elsewhere,
                                    "/account/relatives",
                                    "documentNumber=x")
                            .status())
                    .as(elsewhere)
                    .isEqualTo(403);
        for (String from : List.of(
                "https://evil.example/account",
                here + ".evil.example/",
                here + "//evil.example/",
                here + "/\\evil.example",
                here))
            assertThat(late(new Visitor(port), page, from, here, "/account/relatives", "documentNumber=x")
                            .status())
                    .as(from)
                    .isEqualTo(403);
        var forged = new Visitor(port).always("Referer", here + "/account").always("Origin", here);
        assertThat(forged.send(
                                "POST",
                                "/account/relatives",
                                "documentNumber=x&_csrf=" + "A".repeat(268),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .location())
                .as("nobody's page")
                .doesNotContain("evil");
        assertThat(forged.send(
                                "POST",
                                "/account/relatives",
                                "documentNumber=x",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(403);
        var other = new Visitor(port).signIn("applicant2");
        assertThat(late(other, page, here + "/account", here, "/account/relatives", "documentNumber=x")
                        .status())
                .as("signed in as somebody else meanwhile")
                .isEqualTo(403);
        assertThat(late(
                                new Visitor(port),
                                page,
                                here + "/account",
                                here,
                                "/account/relatives",
                                "documentNumber=" + "x".repeat(300_000))
                        .status())
                .as("too much to keep")
                .isEqualTo(403);
        assertThat(late(new Visitor(port), page, here + "/account", here, "/sign-out", "")
                        .location())
                .endsWith("/");
        assertThat(new Visitor(port)
                        .always("HX-Request", "true")
                        .form("/account/relatives", "documentNumber=x", page)
                        .status())
                .as("the page says so itself")
                .isEqualTo(401);
    }

    @Test
    @Tag("issue-13.6")
    void aFileThatWentWithItHasToBeChosenAgain() {
        String here = "http://127.0.0.1:" + port, page = "/admin/calendar";
        var form = PageForm.on(new Visitor(port).signIn("policy-admin").get(page), page)
                .with("note", "延长春节假期")
                .file("2027.yaml", "year: 2027");
        var visitor = new Visitor(port).always("Referer", here + page).always("Origin", here);
        assertThat(form.send(visitor).location()).endsWith("/sign-in?ended");
        assertThat(visitor.trySignIn("policy-admin", "policy-admin").location()).endsWith(page);
        assertThat(visitor.get(page).body()).contains("延长春节假期", "所选的文件没有保留，请重新选择");
    }

    /** Somebody who wrote for an hour without signing in, on a page that all may see. */
    @Test
    @Tag("issue-13.6")
    void aPageOfNobodyThatWasOpenForTooLongComesBackFilledIn() {
        String here = "http://127.0.0.1:" + port;
        var page = new Visitor(port).get("/register");
        var visitor = new Visitor(port);
        assertThat(late(
                                visitor,
                                page,
                                here + "/register",
                                here,
                                "/register",
                                "name=%E5%BC%A0%E4%B8%89%22%3E%3Cb%3E&password=secret-1")
                        .location())
                .endsWith("/register");
        assertThat(visitor.get("/register").body())
                .contains("value=\"张三&quot;&gt;&lt;b&gt;\"", "您刚才输入的内容还在")
                .doesNotContain("secret-1");
        visitor.signIn("applicant");
        assertThat(visitor.get("/register").body()).doesNotContain("张三");
    }

    @Test
    void aWrongPasswordTellsNothingAndKeepsNothingInTheAddress() {
        var wrong = new Visitor(port).trySignIn("intake", "wrong");
        var nobody = new Visitor(port).trySignIn("nobody-of-that-name", "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("账号或密码不正确").doesNotContain("value=\"wrong\"");
    }

    @Test
    void guessingIsStoppedByAccountAndOnlyThere() {
        String account = "guessed-" + System.nanoTime();
        for (int n = 0; n < 10; n++)
            assertThat(new Visitor(port)
                            .withPassword(account, "x" + n)
                            .get("/api/cases")
                            .status())
                    .isEqualTo(401);
        var eleventh = new Visitor(port).withPassword(account, "x").get("/api/cases");
        assertThat(eleventh.status()).isEqualTo(429);
        assertThat(Long.parseLong(eleventh.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
        assertThat(eleventh.json().path("code").asText()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(new Visitor(port).trySignIn(account, "x").status())
                .as("the same count at the form")
                .isEqualTo(429);
        assertThat(new Visitor(port)
                        .withPassword("reviewer", "reviewer")
                        .get("/api/tasks")
                        .status())
                .as("others sign in as before")
                .isEqualTo(200);
    }

    @Test
    @Tag("issue-13.21")
    void oneAccountIsOneHoweverItsNumberIsTyped() {
        String number = "11010519491231002X", wide = "１１０１０５１９４９１２３１００２Ｘ";
        String account = registration
                .register(
                        new Registration.Filled("张芳", "RESIDENT_ID", number, "", "13800138000", "", PASSWORD, true),
                        "198.51.100.21")
                .orElseThrow();
        assertThat(new Visitor(port).trySignIn(wide, PASSWORD).status()).isEqualTo(302);
        List<String> spellings = List.of(
                number,
                number.toLowerCase(),
                " " + number,
                "110105-1949－1231 002X",
                wide,
                account,
                account.toUpperCase(),
                account + " ",
                "１１０１０５19491231002x",
                number + "\u200B");
        for (String spelt : spellings)
            assertThat(new Visitor(port).trySignIn(spelt, "wrong").status())
                    .as(spelt)
                    .isEqualTo(401);
        assertThat(new Visitor(port)
                        .trySignIn("110105-19491231002X".replace("-", "\u00A0"), "wrong")
                        .status())
                .isEqualTo(429);
        assertThat(new Visitor(port)
                        .withPassword(account, PASSWORD)
                        .get("/api/cases")
                        .status())
                .as("at the API too")
                .isEqualTo(429);
        events.publishEvent(new RolesChanged(account));
        assertThat(new Visitor(port).trySignIn(number, PASSWORD).status())
                .as("with a new password from the window nobody has to wait")
                .isEqualTo(302);
    }

    @Test
    @Tag("issue-13.21")
    void anIpv6NetworkIsOneAddress() {
        var limit = new SignInLimit(clock, places);
        for (int n = 0; n < 100; n++) limit.wrong("somebody-" + n, "2001:db8:1:2::" + Integer.toHexString(n), null);
        assertThat(limit.waitFor("another", "2001:db8:1:2:ffff::9", null)).isPositive();
        assertThat(limit.waitFor("another", "2001:db8:1:3::9", null)).isZero();
    }

    @Test
    @Tag("issue-15.2")
    void whoTriesAnothersAccountKeepsHimOutOfNoBrowserThatKnowsHim() {
        String name = "reviewer2";
        var owner = new Visitor(port).signIn(name);
        owner.signOut();
        for (int n = 0; n < 10; n++)
            assertThat(new Visitor(port).trySignIn(name, "wrong").status()).isEqualTo(401);
        assertThat(new Visitor(port).trySignIn(name, name).status())
                .as("from the same network with the right one: the guess is not looked at")
                .isEqualTo(429);
        for (int n = 0; n < 9; n++)
            assertThat(owner.trySignIn(name, "mistyped").status()).as("%d", n).isEqualTo(401);
        assertThat(owner.trySignIn(name, name).status())
                .as("in his own browser")
                .isEqualTo(302);
        assertThat(new Visitor(port).trySignIn(name, name).status())
                .as("a right password ends the wait")
                .isEqualTo(302);
    }

    @Test
    @Tag("issue-15.2")
    void wrongPasswordsFromEverywhereKeepOutNeitherAKnownBrowserNorAProgramAtItsPlace() {
        var limit = new SignInLimit(clock, places);
        String name = "reviewer", browser = "a browser of his", machine = "198.51.100.77";
        limit.right(name, machine, null);
        limit.right(name, "198.51.100.78", browser);
        for (int network = 0; network < 10; network++)
            for (int n = 0; n < 10; n++) limit.wrong(name, "203.0.113." + network, null);
        assertThat(limit.waitFor(name, "192.0.2.1", null)).as("a new place").isPositive();
        assertThat(limit.waitFor(name, machine, null)).as("the program's").isZero();
        assertThat(limit.waitFor(name, "192.0.2.1", browser))
                .as("the browser, wherever it is")
                .isZero();
        assertThat(limit.waitFor(name, "192.0.2.1", "another browser")).isPositive();
        assertThat(limit.waitFor("reviewer2", "192.0.2.1", null))
                .as("of another account")
                .isZero();
        for (int n = 0; n < 10; n++) limit.wrong(name, "192.0.2.1", browser);
        assertThat(limit.waitFor(name, "192.0.2.1", browser))
                .as("who has the browser may not try it through either")
                .isPositive();
        assertThat(limit.waitFor(name, machine, null)).isZero();
    }

    @Test
    @Tag("issue-15.7")
    void aPasswordOfTheOfficeThatNobodyUsedIsOfNoUseAfterAWeek() {
        String first = staff.make(
                new Staff.Filled("late-officer", "新人", Set.of(Role.INTAKE), "", "", "", ""),
                new Actor("admin", Set.of(Role.ADMIN)));
        assertThat(new Visitor(port).trySignIn("late-officer", first).status()).isEqualTo(302);
        jdbc.sql("update accounts set password_given_at = ? where name = 'late-officer'")
                .param(clock.timestamp().minusDays(8))
                .update();
        var late = new Visitor(port).trySignIn("late-officer", first);
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.body()).contains("这个初始密码已过期");
        assertThat(new Visitor(port)
                        .withPassword("late-officer", first)
                        .get("/api/tasks")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void withoutThePagesTokenNothingIsSent() {
        var visitor = new Visitor(port).signIn("applicant");
        assertThat(visitor.send("POST", "/sign-out", "", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(403);
        assertThat(new Visitor(port)
                        .send(
                                "POST",
                                "/sign-in",
                                "username=applicant&password=applicant",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoseRolesChangeSignsInAgain() {
        var visitor = new Visitor(port).signIn("supervisor").inTasklist();
        events.publishEvent(new RolesChanged("supervisor"));
        assertThat(visitor.get("/camunda/api/engine/engine/default/filter").status())
                .isEqualTo(401);
        assertThat(visitor.get("/cases", "Accept", "text/html").status()).isEqualTo(302);
    }

    @Test
    @Tag("issue-15.7")
    void whereOneIsSignedInIsListedAndEndedByOneselfOrAnAdministrator() {
        String name = "senior-reviewer2";
        events.publishEvent(new RolesChanged(name));
        var here = new Visitor(port)
                .always("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0")
                .signIn(name);
        var there = new Visitor(port)
                .always("User-Agent", "Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537")
                .signIn(name)
                .inTasklist();
        var page = here.get("/account");
        assertThat(page.body())
                .contains("Firefox · Windows", "Chrome · Android", "（当前）", "结束其他所有登录")
                .doesNotContain(here.cookie("JCSESSION"), there.cookie("JCSESSION"));
        var mark = Pattern.compile("name=\"mark\" value=\"([0-9a-f]{32})\"").matcher(page.body());
        assertThat(mark.find()).isTrue();
        assertThat(new Visitor(port)
                        .signIn("reviewer")
                        .form("/account/sessions", "mark=" + mark.group(1), page)
                        .status())
                .as("another's page")
                .isEqualTo(403);
        var stranger = new Visitor(port).signIn("reviewer");
        stranger.form("/account/sessions", "mark=" + mark.group(1), stranger.get("/account"));
        assertThat(there.get("/cases", "Accept", "text/html").location())
                .as("another's mark ends nothing")
                .isEmpty();
        assertThat(here.form("/account/sessions", "mark=" + mark.group(1), page).location())
                .endsWith("/account");
        assertThat(there.get("/camunda/api/engine/engine/default/filter").status())
                .as("Tasklist with it")
                .isEqualTo(401);
        assertThat(here.get("/account?lang=en").body())
                .contains("Where you are signed in")
                .doesNotContain("Chrome");
        var admin = new Visitor(port).signIn("admin");
        assertThat(admin.get("/admin/accounts/" + name).body()).contains("1处登录");
        admin.form("/admin/accounts/" + name + "/sessions", "", admin.get("/admin/accounts/" + name));
        assertThat(here.get("/account", "Accept", "text/html").location()).endsWith("/sign-in?ended");
        assertThat(record.search(new AuditLog.Search(null, "admin", "sessions-ended", null, null), 0, 5)
                        .entries())
                .anyMatch(e -> name.equals(e.details().get("account")));
    }

    @Test
    @Tag("issue-15.8")
    void withoutAnIssuerNothingOfItIsThere() {
        var visitor = new Visitor(port);
        assertThat(visitor.get("/sign-in").body()).doesNotContain("/sign-in/by/");
        assertThat(visitor.get("/sign-in/by/city", "Accept", "text/html").status())
                .isEqualTo(404);
        assertThat(visitor.signIn("applicant").get("/sign-in/by/city").status()).isEqualTo(404);
        assertThat(visitor.get("/account").body()).doesNotContain("统一身份认证");
        assertThat(new Visitor(port)
                        .always("Authorization", "Bearer x.y.z")
                        .get("/api/tasks")
                        .status())
                .isEqualTo(401);
        assertThat(Stream.of(beans.getBeanDefinitionNames())
                        .map(name -> String.valueOf(beans.getType(name, false)))
                        .filter(type -> type.matches(".*(oauth2|OAuth2|nimbus).*") && !type.contains("springdoc")))
                .isEmpty();
    }

    /** Beside a page whose session has ended such a request would begin another than that of the sign-in, which would then be asked for twice. */
    @Test
    @Tag("issue-15.13")
    void whatAPageFramesBeginsNoSession() {
        var visitor = new Visitor(port);
        String[] framed = {"Sec-Fetch-Dest", "iframe", "Accept", "text/html"};
        assertThat(visitor.get("/cases/by-task/any/file", framed).location()).endsWith("/sign-in");
        var frame = visitor.get("/sign-in", framed);
        assertThat(frame.status()).isEqualTo(200);
        assertThat(frame.body()).contains("target=\"_top\"").doesNotContain("<form");
        assertThat(visitor.get("/camunda/api/engine/engine/default/filter").status())
                .isEqualTo(401);
        assertThat(visitor.cookie("JCSESSION")).isNull();
    }

    @Test
    void theApiKnowsNoSession() {
        var inBrowser = new Visitor(port).signIn("reviewer");
        assertThat(inBrowser.get("/api/tasks").status()).isEqualTo(401);
        var program = new Visitor(port).withPassword("reviewer", "reviewer").get("/api/tasks");
        assertThat(program.status()).isEqualTo(200);
        assertThat(program.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/task",
                "/engine-rest/engine",
                "/h2-console",
                "/h2-console/",
                "/actuator",
                "/actuator/env",
                "/actuator/beans",
                "/actuator/heapdump",
                "/actuator/mappings",
                "/actuator/metrics",
                "/actuator/loggers",
                "/actuator/httpexchanges"
            })
    void whatOthersLeaveOpenDoesNotExist(String path) {
        assertThat(new Visitor(port).get(path).status()).isEqualTo(404);
        assertThat(new Visitor(port).signIn("admin").get(path).status()).isEqualTo(404);
        assertThat(new Visitor(port).withPassword("admin", "admin").get(path).status())
                .isEqualTo(404);
    }

    @Test
    void healthTellsNoDetails() {
        for (String path :
                new String[] {"/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"}) {
            var health = new Visitor(port).get(path);
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("UP");
            assertThat(health.json().has("components")).isFalse();
        }
    }

    @Test
    void pagesCarryAStrictPolicy() {
        var page = new Visitor(port).get("/sign-in");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'self'", "object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }
}
