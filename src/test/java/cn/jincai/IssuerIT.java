package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.RoleProposals;
import cn.jincai.applicant.SecondFactors;
import cn.jincai.applicant.Staff;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.web.Telephone;
import cn.jincai.web.Visitor;
import cn.jincai.web.security.issuer.SignInByIssuer;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.AopTestUtils;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * Sign-in by an issuer, over HTTP from the button to the last log-out, and its tokens for programs: it says who somebody is, and the product what he may do. It has an application
 * of its own, so it comes late: Tasklist knows only one engine in a process.
 */
@CaseTest
@Tag("issue-15.8")
class IssuerIT {
    private static final IssuerOfTheCity ISSUER = new IssuerOfTheCity();
    private static final String HERE = "correct horse battery", DESK = "/camunda/app/tasklist/default/";
    private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMIN)),
            SECOND = new Actor("admin2", Set.of(Role.ADMIN));

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        String city = "jincai.issuers.city.";
        Map.ofEntries(
                        Map.entry("url", ISSUER.url()),
                        Map.entry("name.zh", "市民统一身份认证"),
                        Map.entry("name.en", "City identity"),
                        Map.entry("client-id", IssuerOfTheCity.CLIENT),
                        Map.entry("client-secret", IssuerOfTheCity.SECRET),
                        Map.entry("roles-claim", "realm_access.roles"),
                        Map.entry("roles.intake", "jc-window"),
                        Map.entry("roles.reviewer", "jc-review"),
                        Map.entry("roles.finance", "jc-finance"),
                        Map.entry("roles.finance-approver", "jc-finance-check"),
                        Map.entry("roles.admin", "jc-admin"),
                        Map.entry("second-factor-amr", "otp"),
                        Map.entry("document.type-claim", "cert_type"),
                        Map.entry("document.number-claim", "cert_no"),
                        Map.entry("document.verified-claim", "real_name"),
                        Map.entry("document.types.RESIDENT_ID", "01"),
                        Map.entry("audience", IssuerOfTheCity.AUDIENCE),
                        Map.entry("programs[0].client", "treasury"),
                        Map.entry("programs[0].account", "treasury-by-token"))
                .forEach((name, value) -> settings.add(city + name, () -> value));
        settings.add("jincai.issuers.away.url", () -> "http://127.0.0.1:1");
        settings.add("jincai.issuers.away.client-id", () -> "x");
        settings.add("jincai.issuers.away.client-secret", () -> "x");
        settings.add("jincai.issuers.pretends.url", () -> "http://localhost:" + ISSUER.port);
        settings.add("jincai.issuers.pretends.client-id", () -> "x");
        settings.add("jincai.issuers.pretends.client-secret", () -> "x");
    }

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    Staff staff;

    @Autowired
    Persons persons;

    @Autowired
    Registration registration;

    @Autowired
    RoleProposals proposals;

    @Autowired
    SecondFactors factors;

    @Autowired
    AuditLog record;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SignInByIssuer rules;

    @BeforeEach
    void theIssuerKnowsWhereWeAre() {
        ISSUER.serves(port);
    }

    /** A browser: what it has of us, and of the issuer. */
    private class Browser {
        final Visitor here = new Visitor(port), there = new Visitor(ISSUER.port);

        /** @return what the application answers in the end, after the button was pressed */
        Visitor.Answer signIn(String person) {
            return comesBack(here.get("/sign-in/by/city"), person);
        }

        Visitor.Answer comesBack(Visitor.Answer sent, String person) {
            assertThat(sent.location()).as(sent.body()).startsWith(ISSUER.url() + "/oauth2/authorize?");
            var asked = there.get(path(sent), "Accept", "text/html");
            if (asked.location().endsWith("/login")) {
                var known = there.send(
                        "POST",
                        "/login",
                        "username=" + person + "&password=" + IssuerOfTheCity.PASSWORD,
                        "Content-Type",
                        "application/x-www-form-urlencoded");
                asked = there.get(path(known), "Accept", "text/html");
            }
            assertThat(asked.location()).startsWith("http://127.0.0.1:" + port + "/sign-in/answer/city?code=");
            return here.get(path(asked));
        }

        /** What the sign-in page says after it came to nothing. */
        String refusal(Visitor.Answer answer) {
            assertThat(answer.location()).endsWith("/sign-in");
            var page = here.get("/sign-in");
            assertThat(page.status()).isEqualTo(403);
            assertThat(here.get("/sign-in").status()).as("told once").isEqualTo(200);
            return page.body();
        }

        Visitor.Answer tie(String person, String password) {
            return comesBack(
                    here.get(path(here.form(
                            "/account/issuers/city", "issuerPassword=" + encode(password), here.get("/account")))),
                    person);
        }
    }

    private static String path(Visitor.Answer answer) {
        URI next = URI.create(answer.location());
        return next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void person(String name, String... roles) {
        ISSUER.person(name, Map.of("realm_access", Map.of("roles", List.of(roles))), Map.of());
    }

    private void account(String name, Role... roles) {
        accounts.make(Account.of(name, "新人", Role.INTAKE).with(Set.of(roles), null), HERE, null);
    }

    /** An account with these roles, tied to a person of the issuer who has these there. */
    private Browser tied(String name, Set<Role> roles, String... claims) {
        account(name, roles.toArray(Role[]::new));
        person("u-" + name, claims);
        var browser = new Browser();
        browser.here.trySignIn(name, HERE);
        assertThat(browser.tie("u-" + name, HERE).location()).endsWith("/account?tied");
        return browser;
    }

    private Set<Role> roles(String name) {
        return accounts.find(name).roles();
    }

    private List<? extends Map<String, String>> recorded(String account, String kind) {
        return record.search(new AuditLog.Search(null, account, kind, null, null), 0, 20).entries().stream()
                .map(e -> e.details())
                .toList();
    }

    @Test
    void theButtonIsOfferedInBothLanguagesAndLeadsThereWithACodeChallenge() {
        var visitor = new Visitor(port);
        assertThat(visitor.get("/sign-in").body()).contains("使用市民统一身份认证登录", "href=\"/sign-in/by/city\"");
        assertThat(visitor.get("/sign-in?lang=en").body()).contains("Sign in with City identity");
        assertThat(visitor.get("/sign-in/by/city").location())
                .contains("code_challenge_method=S256", "state=", "nonce=", "scope=openid&")
                .doesNotContain("secret");
        assertThat(visitor.get("/sign-in")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .as("where one signs out")
                .containsPattern("form-action 'self'[^;]* " + ISSUER.url());
        for (String nobodys :
                List.of("/sign-in/answer/city?code=x&state=y", "/sign-in/answer/city", "/sign-in/by/none"))
            assertThat(visitor.get(nobodys).location()).as(nobodys).endsWith("/sign-in");
        assertThat(visitor.get("/sign-in?lang=zh").body()).contains("统一身份认证登录没有成功");
        visitor.get("/sign-in/by/pretends");
        assertThat(visitor.get("/sign-in").body())
                .as("it calls itself otherwise than the settings")
                .contains("pretends暂时没有应答");
    }

    @Test
    void anAnswerCountsOnceInItsSessionAndWhereItsIssuerSendsIt() {
        tied("answers-once", Set.of(Role.REVIEWER), "jc-review").here.signOut();
        var begun = new Browser();
        var asked = begun.there.get(path(begun.here.get("/sign-in/by/city")), "Accept", "text/html");
        assertThat(asked.location()).endsWith("/login");
        var known = begun.there.send(
                "POST",
                "/login",
                "username=u-answers-once&password=" + IssuerOfTheCity.PASSWORD,
                "Content-Type",
                "application/x-www-form-urlencoded");
        String answer = path(begun.there.get(path(known), "Accept", "text/html"));
        assertThat(new Visitor(port).get(answer).location())
                .as("in another's browser")
                .endsWith("/sign-in");
        var elsewhere = new Browser();
        String state = elsewhere.here.get("/sign-in/by/city").location().replaceFirst(".*[?&]state=([^&]+).*", "$1");
        assertThat(elsewhere
                        .here
                        .get("/sign-in/answer/away?code=x&state=" + state)
                        .location())
                .as("at another issuer's address")
                .endsWith("/sign-in");
        assertThat(begun.here.get(answer).location()).endsWith(DESK);
        assertThat(begun.here.get(answer).location()).as("a second time").endsWith("/sign-in");
        var declined = new Browser();
        state = declined.here.get("/sign-in/by/city").location().replaceFirst(".*[?&]state=([^&]+).*", "$1");
        declined.here.get("/sign-in/answer/city?error=access_denied&state=" + state);
        assertThat(declined.here.get("/sign-in").body()).contains("您没有完成统一身份认证登录");
    }

    @Test
    void anOfficerTiesHisAccountWithHisPasswordAndIsSignedInToPortalAndTasklist() {
        account("ties-himself", Role.REVIEWER);
        person("u-ties-himself", "jc-review");
        var stranger = new Browser();
        assertThat(stranger.refusal(stranger.signIn("u-ties-himself"))).contains("没有与该身份绑定的账号");
        assertThat(jdbc.sql("select count(*) from issuer_identities where account = 'ties-himself'")
                        .query(Integer.class)
                        .single())
                .isZero();

        var browser = new Browser();
        browser.here.trySignIn("ties-himself", HERE);
        var wrong = browser.here.form("/account/issuers/city", "issuerPassword=not-it", browser.here.get("/account"));
        assertThat(browser.here.follow(wrong, "/account#issuers").body()).contains("原密码不对");
        assertThat(browser.signIn("u-ties-himself").location())
                .as("without having asked for it in this session nothing is tied")
                .endsWith("/sign-in");
        assertThat(browser.tie("u-ties-himself", HERE).location()).endsWith("/account?tied");
        assertThat(browser.here.get("/account?tied").body()).contains("已绑定", "解除绑定");

        var another = new Browser();
        another.here.get(DESK, "Accept", "text/html");
        another.here.get("/sign-in");
        String before = another.here.cookie("JCSESSION");
        assertThat(another.signIn("u-ties-himself").location())
                .as("the page that was asked for")
                .contains(DESK);
        assertThat(another.here.cookie("JCSESSION")).as("a new session").isNotEqualTo(before);
        assertThat(another.here
                        .inTasklist()
                        .get("/camunda/api/engine/engine/default/filter")
                        .status())
                .isEqualTo(200);
        assertThat(another.here.get("/officers/tasks").status()).isEqualTo(200);
        assertThat(another.here.get("/account").body()).contains("ties-himself", "（当前）");
        assertThat(recorded("ties-himself", "signed-in")).isNotEmpty();
        assertThat(recorded("ties-himself", "issuer-tied")).isNotEmpty();
        assertThat(jdbc.sql("select subject_mark from issuer_identities where account = 'ties-himself'")
                        .query(String.class)
                        .single())
                .as("the issuer's name for him is not kept")
                .doesNotContain("u-ties");

        account("wants-him-too", Role.REVIEWER);
        var thief = new Browser();
        thief.here.trySignIn("wants-him-too", HERE);
        assertThat(thief.refusal(thief.tie("u-ties-himself", HERE))).contains("已与另一方绑定");

        browser.here.form("/account/issuers/city/off", "", browser.here.get("/account"));
        assertThat(stranger.refusal(stranger.signIn("u-ties-himself"))).contains("没有与该身份绑定的账号");
    }

    @Test
    void onlyWhoIsSignedInTies() {
        for (String path : List.of("/account/issuers/city", "/account/issuers/city/off")) {
            var nobody = new Visitor(port);
            assertThat(nobody.form(path, "issuerPassword=x", nobody.get("/sign-in"))
                            .location())
                    .as(path)
                    .endsWith("/sign-in");
            assertThat(new Visitor(port)
                            .signIn("applicant")
                            .send("POST", path, "", "Content-Type", "application/x-www-form-urlencoded")
                            .status())
                    .as("without the page's token")
                    .isEqualTo(403);
        }
        var visitor = new Visitor(port).signIn("applicant");
        assertThat(visitor.form("/account/issuers/none", "issuerPassword=x", visitor.get("/account"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void claimsGiveTheRolesThatOneMayGiveAndAskForThoseThatTwoGive() {
        var browser = tied("claims-much", Set.of(Role.REVIEWER), "jc-review");
        person("u-claims-much", "jc-review", "jc-window", "jc-finance");
        browser.signIn("u-claims-much");
        assertThat(roles("claims-much"))
                .as("money is not given by a claim")
                .containsExactlyInAnyOrder(Role.REVIEWER, Role.INTAKE);
        assertThat(proposals.of("claims-much")).containsExactly(Role.FINANCE);
        var admin = new Visitor(port).signIn("admin");
        assertThat(admin.get("/admin/role-proposals").body()).contains("统一身份认证要求", "提出");
        assertThat(proposals.confirm("claims-much", Role.FINANCE, ADMIN))
                .as("the first administrator proposes it")
                .isFalse();
        assertThat(roles("claims-much")).doesNotContain(Role.FINANCE);
        assertThatThrownBy(() -> proposals.confirm("claims-much", Role.FINANCE, ADMIN))
                .hasMessageContaining("SECOND_ADMINISTRATOR");
        assertThat(proposals.confirm("claims-much", Role.FINANCE, SECOND)).isTrue();
        assertThat(roles("claims-much")).contains(Role.FINANCE);
        assertThat(browser.here.get("/officers/tasks", "Accept", "text/html").location())
                .as("signs in again with the new role")
                .endsWith("/sign-in?ended");

        person("u-claims-much", "jc-window");
        browser.signIn("u-claims-much");
        assertThat(roles("claims-much"))
                .as("what is not claimed any more is gone")
                .containsExactly(Role.INTAKE);
        person("u-claims-much", "jc-window", "jc-finance");
        browser.signIn("u-claims-much");
        assertThat(roles("claims-much")).as("and comes back by two alone").containsExactly(Role.INTAKE);
        assertThat(proposals.of("claims-much")).containsExactly(Role.FINANCE);
        person("u-claims-much", "jc-window");
        browser.signIn("u-claims-much");
        assertThat(proposals.of("claims-much")).as("nothing is asked for").isEmpty();
        person("u-claims-much");
        assertThat(browser.refusal(browser.signIn("u-claims-much"))).contains("还没有可用的角色");
        assertThat(roles("claims-much")).isEmpty();
        assertThat(recorded("system", "roles-by-issuer"))
                .anyMatch(d -> d.get("account").equals("claims-much"));
    }

    @Test
    void rolesOfWhichTheIssuerDoesNotSpeakStayAsTheyWereGiven() {
        var browser = tied("leads-too", Set.of(Role.LEADER, Role.REVIEWER), "jc-review");
        person("u-leads-too");
        browser.signIn("u-leads-too");
        assertThat(roles("leads-too")).containsExactly(Role.LEADER);
    }

    @Test
    void rolesThatExcludeEachOtherAreRefusedAndNothingIsWritten() {
        var browser = tied("wants-both", Set.of(Role.REVIEWER), "jc-review");
        String words = "互不相容";
        for (String[] claims : new String[][] {{"jc-finance", "jc-finance-check"}, {"jc-review", "jc-admin"}}) {
            person("u-wants-both", claims);
            assertThat(browser.refusal(browser.signIn("u-wants-both"))).contains(words);
            assertThat(roles("wants-both")).containsExactly(Role.REVIEWER);
            assertThat(proposals.of("wants-both")).isEmpty();
        }
    }

    @Test
    void theLastTwoAdministratorsAreNotTakenByAClaim() {
        assertThat(accounts.withRole(Role.ADMIN)).containsExactly("admin", "admin2");
        person("u-admin2", "jc-admin");
        var browser = new Browser();
        browser.here.signIn("admin2");
        browser.tie("u-admin2", "admin2");
        person("u-admin2", "jc-review");
        assertThat(browser.refusal(browser.signIn("u-admin2"))).contains("用账号和密码登录");
        assertThat(roles("admin2")).containsExactly(Role.ADMIN);
    }

    @Test
    void aLockedAccountAndAProgramsStayOutAndAPasswordOfTheOfficeEndsTheTie() {
        var browser = tied("locked-later", Set.of(Role.INTAKE), "jc-window");
        staff.change(new Staff.Filled("locked-later", "新人", Set.of(Role.INTAKE), "", "", "", ""), true, ADMIN);
        assertThat(browser.refusal(browser.signIn("u-locked-later"))).contains("已停用");
        assertThat(recorded("system", "issuer-sign-in-refused"))
                .anyMatch(d -> d.get("code").equals("LOCKED"));

        var other = tied("reset-later", Set.of(Role.INTAKE), "jc-window");
        staff.resetPassword("reset-later", ADMIN);
        assertThat(other.refusal(other.signIn("u-reset-later"))).contains("没有与该身份绑定的账号");
    }

    @Test
    void anApplicantIsFoundByAVerifiedDocumentAloneAndNeverStaff() {
        String number = "350582198803074133";
        String account = registration
                .register(
                        new Registration.Filled("陈丽", "RESIDENT_ID", number, "", "13800138001", "", HERE, true),
                        "198.51.100.31")
                .orElseThrow();
        var document = Map.<String, Object>of("cert_type", "01", "cert_no", number);
        ISSUER.person("c-1", Map.of(), document);
        var unverified = new Browser();
        assertThat(unverified.refusal(unverified.signIn("c-1"))).contains("没有与该身份绑定的账号");

        var verified = Map.<String, Object>of("cert_type", "01", "cert_no", number, "real_name", true);
        ISSUER.person("c-1", Map.of(), verified);
        var browser = new Browser();
        assertThat(browser.signIn("c-1").location()).endsWith("/");
        assertThat(browser.here.get("/account").body()).contains(account);
        assertThat(browser.here.get("/cases").status()).isEqualTo(200);

        ISSUER.person("c-2", Map.of(), verified);
        var second = new Browser();
        assertThat(second.refusal(second.signIn("c-2")))
                .as("a second identity with the same document")
                .contains("已与另一方绑定");
        ISSUER.person(
                "c-1",
                Map.of("realm_access", Map.of("roles", List.of("jc-review", "jc-finance"))),
                Map.of("cert_type", "01", "cert_no", "11010519491231002X", "real_name", true));
        var changed = new Browser();
        assertThat(changed.refusal(changed.signIn("c-1"))).contains("不是同一人");
        ISSUER.person("c-1", Map.of("realm_access", Map.of("roles", List.of("jc-review", "jc-finance"))), verified);
        new Browser().signIn("c-1");
        assertThat(roles(account)).as("a claim makes no officer").containsExactly(Role.APPLICANT);

        staff.make(
                new Staff.Filled(
                        "has-a-document", "新人", Set.of(Role.INTAKE), "", "", "RESIDENT_ID", "350582197501011239"),
                ADMIN);
        ISSUER.person("c-3", Map.of(), Map.of("cert_type", "01", "cert_no", "350582197501011239", "real_name", true));
        var officer = new Browser();
        assertThat(officer.refusal(officer.signIn("c-3"))).contains("没有与该身份绑定的账号");
    }

    @Test
    void theSecondFactorIsAskedForHereWhereTheIssuerHasSeenNone() {
        var browser = tied("with-factor", Set.of(Role.REVIEWER), "jc-review");
        Object kept = AopTestUtils.getTargetObject(factors);
        Object settings = ReflectionTestUtils.getField(kept, "requiredFor");
        ReflectionTestUtils.setField(kept, "requiredFor", Set.of(Role.REVIEWER));
        try {
            assertThat(browser.signIn("u-with-factor").location()).endsWith("/account/second-factor");
            assertThat(browser.here.get(DESK, "Accept", "text/html").location()).endsWith("/account/second-factor");
            String page = "/account/second-factor";
            var telephone =
                    Telephone.at(browser.here.follow(browser.here.form(page, "", browser.here.get(page)), page));
            browser.here.form(page + "/code", "code=" + telephone.code(0), browser.here.get(page));
            assertThat(browser.here.get(DESK).status()).isEqualTo(200);

            var again = new Browser();
            assertThat(again.signIn("u-with-factor").location()).endsWith("/sign-in/code");
            assertThat(again.here.get("/officers/tasks", "Accept", "text/html").location())
                    .endsWith("/sign-in/code");
            again.here.form("/sign-in/code", "code=" + telephone.code(1), again.here.get("/sign-in/code"));
            assertThat(again.here.get(DESK).status()).isEqualTo(200);
            assertThat(again.here.signOut().location())
                    .as("still signed in by the issuer")
                    .startsWith(ISSUER.url());

            ISSUER.person(
                    "u-with-factor",
                    Map.of("realm_access", Map.of("roles", List.of("jc-review")), "amr", List.of("pwd", "otp")),
                    Map.of());
            assertThat(new Browser().signIn("u-with-factor").location()).endsWith(DESK);
        } finally {
            ReflectionTestUtils.setField(kept, "requiredFor", settings);
        }
    }

    @Test
    void signingOutEndsBothAndFromTasklistToo() {
        var browser = tied("leaves", Set.of(Role.REVIEWER), "jc-review");
        var out = browser.here.signOut();
        assertThat(out.location()).startsWith(ISSUER.url() + "/connect/logout?id_token_hint=");
        assertThat(browser.there.get(path(out)).location()).isEqualTo("http://127.0.0.1:" + port + "/");
        assertThat(browser.here.get("/account", "Accept", "text/html").location())
                .contains("/sign-in");
        assertThat(browser.there
                        .get(path(browser.here.get("/sign-in/by/city")), "Accept", "text/html")
                        .location())
                .as("has to sign in there again")
                .endsWith("/login");

        browser.signIn("u-leaves");
        browser.here.inTasklist();
        assertThat(browser.here
                        .post("/camunda/api/admin/auth/user/default/logout", "")
                        .status())
                .isEqualTo(204);
        var next = browser.here.get("/sign-in");
        assertThat(next.location()).startsWith(ISSUER.url() + "/connect/logout?id_token_hint=");
        browser.there.get(path(next));
        assertThat(browser.here.get("/sign-in").status()).as("once").isEqualTo(200);
        assertThat(browser.there
                        .get(path(browser.here.get("/sign-in/by/city")), "Accept", "text/html")
                        .location())
                .endsWith("/login");
        assertThat(new Visitor(port).signIn("applicant").signOut().location())
                .as("with a password nothing has changed")
                .endsWith("/");
    }

    @Test
    void theIssuerEndsSessionsByABackChannelAndNobodyElseDoes() {
        var browser = tied("told-away", Set.of(Role.REVIEWER), "jc-review");
        browser.here.inTasklist();
        String call = "/logout/connect/back-channel/city";
        Consumer<JwtClaimsSet.Builder> out = token -> token.subject("u-told-away")
                .audience(List.of(IssuerOfTheCity.CLIENT))
                .id(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        for (String forged : List.of(
                "nonsense",
                "",
                new PlainJWT(new JWTClaimsSet.Builder()
                                .issuer(ISSUER.url())
                                .subject("u-told-away")
                                .audience(IssuerOfTheCity.CLIENT)
                                .build())
                        .serialize(),
                ISSUER.signed("logout+jwt", out.andThen(t -> t.audience(List.of("another")))),
                ISSUER.signed("logout+jwt", out.andThen(t -> t.issuer("https://another.example"))),
                ISSUER.signed("logout+jwt", out.andThen(t -> t.claim("nonce", "x")))))
            assertThat(tell(call, forged).status()).as(forged).isEqualTo(400);
        assertThat(tell("/logout/connect/back-channel/none", "x").status()).isEqualTo(400);
        assertThat(tell("/logout/connect/back-channel/away", "x").status()).isEqualTo(503);
        assertThat(browser.here.get(DESK).status()).as("goes on").isEqualTo(200);

        assertThat(tell(call, ISSUER.signed("logout+jwt", out)).status()).isEqualTo(200);
        assertThat(browser.here.get("/camunda/api/engine/engine/default/filter").status())
                .isEqualTo(401);
        assertThat(browser.here.get("/account", "Accept", "text/html").location())
                .contains("/sign-in");
        assertThat(recorded("told-away", "signed-out-by-issuer")).isNotEmpty();
    }

    /** As if the issuer had told another node of the same database: this one finds nobody of whom it was told. */
    @Test
    void aSignOutOfWhichAnotherNodeWasToldEndsTheSessionsHereToo() {
        var browser = tied("told-elsewhere", Set.of(Role.REVIEWER), "jc-review");
        browser.here.inTasklist();
        var other = tied("stays", Set.of(Role.REVIEWER), "jc-review");
        ReflectionTestUtils.setField(
                ReflectionTestUtils.getField(rules, "theirs"), "sessions", new ConcurrentHashMap<>());
        String out = ISSUER.signed(
                "logout+jwt",
                token -> token.subject("u-told-elsewhere")
                        .audience(List.of(IssuerOfTheCity.CLIENT))
                        .id(UUID.randomUUID().toString())
                        .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        assertThat(tell("/logout/connect/back-channel/city", out).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(browser.here
                        .get("/camunda/api/engine/engine/default/filter")
                        .status())
                .isEqualTo(401));
        assertThat(browser.here.get("/account", "Accept", "text/html").location())
                .contains("/sign-in");
        assertThat(recorded("told-elsewhere", "signed-out-by-issuer")).hasSize(1);
        assertThat(other.here.get("/account").status()).isEqualTo(200);
        browser.signIn("u-told-elsewhere");
        assertThat(browser.here.get(DESK).status()).as("signed in since").isEqualTo(200);
    }

    private Visitor.Answer tell(String call, String token) {
        return new Visitor(port)
                .send(
                        "POST",
                        call,
                        "logout_token=" + encode(token),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    @Test
    void anIssuerThatIsAwayKeepsNobodyFromSigningInAndIsNamed() {
        var visitor = new Visitor(port);
        assertThat(visitor.get("/sign-in/by/away").location()).endsWith("/sign-in");
        assertThat(visitor.get("/sign-in?lang=en").body()).contains("away is not answering at the moment");
        assertThat(visitor.signIn("reviewer").get("/account").status()).isEqualTo(200);
        var health = new Visitor(port).withPassword("admin", "admin").get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().at("/components/issuers/status").asText()).isEqualTo("AWAY");
        assertThat(health.json().at("/components/issuers/details").toString())
                .contains("\"away\":\"ConnectException\"", "pretends")
                .doesNotContain("city");
    }

    private void program(String name, Role role) {
        if (accounts.look(name).isEmpty())
            staff.make(new Staff.Filled(name, "国库程序", Set.of(role), "", "", "", "", true), ADMIN);
    }

    private Visitor bearer(String token) {
        return new Visitor(port).always("Authorization", "Bearer " + token);
    }

    private String credentials(String client) {
        var answer = new Visitor(ISSUER.port)
                .withPassword(encode(client), encode(IssuerOfTheCity.SECRET))
                .send(
                        "POST",
                        "/oauth2/token",
                        "grant_type=client_credentials",
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("access_token").asText();
    }

    @Test
    void aProgramUsesTheApiWithItsClientCredentialsUnderItsAccount() {
        program("treasury-by-token", Role.INTAKE);
        var treasury = bearer(credentials("treasury"));
        assertThat(treasury.get("/api/tasks").status()).isEqualTo(200);
        var assessed = treasury.post("/api/assessments", "{\"scheme\": \"skills-award\", \"answers\": {}}");
        assertThat(assessed.status())
                .isEqualTo(new Visitor(port)
                        .withPassword("reviewer", "reviewer")
                        .post("/api/assessments", "{\"scheme\": \"skills-award\", \"answers\": {}}")
                        .status());
        assertThat(treasury.get("/api/tasks").headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(treasury.get("/account", "Accept", "text/html").location())
                .as("no page opens with it")
                .endsWith("/sign-in");

        var stranger = bearer(credentials("stranger")).get("/api/tasks");
        assertThat(stranger.status()).as("a client that nobody has named").isEqualTo(401);
        assertThat(stranger.json().path("code").asText()).isEqualTo("TOKEN_REFUSED");
        staff.change(new Staff.Filled("treasury-by-token", "国库程序", Set.of(Role.INTAKE), "", "", "", ""), true, ADMIN);
        assertThat(treasury.get("/api/tasks").status()).as("locked").isEqualTo(401);
        staff.change(new Staff.Filled("treasury-by-token", "国库程序", Set.of(Role.INTAKE), "", "", "", ""), false, ADMIN);
        assertThat(treasury.get("/api/tasks").status()).isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherAudienceTimeIssuerOrSignatureIsRefused() throws Exception {
        program("treasury-by-token", Role.INTAKE);
        Consumer<JwtClaimsSet.Builder> right = token -> token.subject("treasury")
                .audience(List.of(IssuerOfTheCity.AUDIENCE))
                .claim("client_id", "treasury");
        assertThat(bearer(ISSUER.signed("at+jwt", right)).get("/api/tasks").status())
                .isEqualTo(200);
        var plain = new JWTClaimsSet.Builder()
                .issuer(ISSUER.url())
                .subject("treasury")
                .audience(IssuerOfTheCity.AUDIENCE)
                .claim("client_id", "treasury")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        var byPublicKey = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), plain);
        byPublicKey.sign(new MACSigner(ISSUER.publicKey().toRSAPublicKey().getEncoded()));
        Map<String, String> refused = Map.ofEntries(
                Map.entry("another audience", ISSUER.signed("JWT", right.andThen(t -> t.audience(List.of("x"))))),
                Map.entry(
                        "of the sign-in",
                        ISSUER.signed("JWT", right.andThen(t -> t.audience(List.of(IssuerOfTheCity.CLIENT))))),
                Map.entry(
                        "expired",
                        ISSUER.signed(
                                "JWT",
                                right.andThen(t -> t.issuedAt(Instant.now().minusSeconds(900))
                                        .expiresAt(Instant.now().minusSeconds(600))))),
                Map.entry("for ever", ISSUER.signed("JWT", right.andThen(t -> t.claims(all -> all.remove("exp"))))),
                Map.entry("another issuer", ISSUER.signed("JWT", right.andThen(t -> t.issuer("https://evil.example")))),
                Map.entry(
                        "an issuer without programs",
                        ISSUER.signed("JWT", right.andThen(t -> t.issuer("http://127.0.0.1:1")))),
                Map.entry(
                        "no client",
                        ISSUER.signed("JWT", right.andThen(t -> t.claims(all -> all.remove("client_id"))))),
                Map.entry("of a person", ISSUER.signed("JWT", right.andThen(t -> t.claim("auth_time", 1)))),
                Map.entry("a sign-out", ISSUER.signed("logout+jwt", right)),
                Map.entry("alg none", new PlainJWT(plain).serialize()),
                Map.entry("signed with the public key", byPublicKey.serialize()),
                Map.entry(
                        "another key", new IssuerOfTheCity().signed("JWT", right.andThen(t -> t.issuer(ISSUER.url())))),
                Map.entry("changed", ISSUER.signed("JWT", right).replaceFirst("\\.[^.]{20}", ".eyJpc3MiOiJodHRwOi8v")),
                Map.entry("nonsense", "not.a.token"));
        refused.forEach((why, token) -> {
            var answer = bearer(token).get("/api/tasks");
            assertThat(answer.status()).as(why).isEqualTo(401);
            assertThat(answer.json().path("code").asText()).as(why).isEqualTo("TOKEN_REFUSED");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer ");
        });
        assertThat(recorded("system", "token-refused")).isNotEmpty();
        assertThat(new Visitor(port)
                        .withPassword("reviewer", "reviewer")
                        .get("/api/tasks")
                        .status())
                .as("passwords go on")
                .isEqualTo(200);
    }
}
