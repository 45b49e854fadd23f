package cn.jincai.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.SecondFactors;
import cn.jincai.applicant.Staff;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.web.Telephone;
import cn.jincai.web.Visitor;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;
import org.springframework.test.util.ReflectionTestUtils;

/** A code after the password: set up, asked for, used once, lost and taken. {@code AccessIT} tries every door between the two. */
@CaseTest
@Tag("issue-15.7")
class SecondFactorIT {
    private static final String PASSWORD = "correct horse battery", DESK = "/camunda/app/tasklist/default/";
    private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMIN)),
            SECOND = new Actor("admin2", Set.of(Role.ADMIN));

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    SecondFactors factors;

    @Autowired
    Staff staff;

    @Autowired
    AuditLog record;

    @Autowired
    JdbcClient jdbc;

    private Visitor officer(String name, Role role) {
        if (accounts.look(name).isEmpty()) accounts.make(Account.of(name, "新人", role), PASSWORD, null);
        Visitor visitor = new Visitor(port);
        assertThat(visitor.trySignIn(name, PASSWORD).status()).isEqualTo(302);
        return visitor;
    }

    private static Visitor.Answer code(Visitor visitor, String code) {
        return visitor.form("/sign-in/code", "code=" + code, visitor.get("/sign-in/code"));
    }

    /** @return the codes on paper */
    private static List<String> setUp(Visitor visitor, Telephone telephone) {
        String page = "/account/second-factor";
        var set = visitor.follow(visitor.form(page + "/code", "code=" + telephone.code(0), visitor.get(page)), page);
        return Pattern.compile("data-recovery>([a-z2-7-]{19})<")
                .matcher(set.body())
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    private static Telephone begin(Visitor visitor) {
        String page = "/account/second-factor";
        return Telephone.at(visitor.follow(visitor.form(page, "", visitor.get(page)), page));
    }

    @Test
    void whoHasSetItUpIsAskedForItOnceEachAndIsNobodyBefore() {
        String name = "with-a-phone";
        Visitor first = officer(name, Role.REVIEWER);
        assertThat(first.get("/account").body()).contains("未启用");
        Telephone telephone = begin(first);
        assertThat(first.get("/account/second-factor").body())
                .contains("data:image/svg+xml;base64,", "otpauth://totp/", "secret=" + telephone.key());
        assertThat(first.form("/account/second-factor/code", "code=000000", first.get("/account/second-factor"))
                        .status())
                .isEqualTo(422);
        List<String> paper = setUp(first, telephone);
        assertThat(paper).hasSize(10).doesNotHaveDuplicates();
        assertThat(first.get("/account/second-factor").body())
                .as("told once")
                .doesNotContain(paper.get(0), telephone.key());
        assertThat(jdbc.sql("select sealed_secret from second_factors where account = ?")
                        .param(name)
                        .query(String.class)
                        .single())
                .startsWith("v2.")
                .doesNotContain(telephone.key());

        Visitor visitor = new Visitor(port);
        visitor.get("/officers/tasks?days=3", "Accept", "text/html");
        assertThat(visitor.trySignIn(name, PASSWORD).location()).endsWith("/sign-in/code");
        String before = visitor.cookie("JCSESSION");
        for (String page : List.of(DESK, "/officers/tasks", "/account", "/"))
            assertThat(visitor.get(page, "Accept", "text/html").location())
                    .as(page)
                    .endsWith("/sign-in/code");
        assertThat(visitor.get("/camunda/api/engine/engine/default/filter").status())
                .isEqualTo(403);
        assertThat(code(visitor, telephone.code(0)).status())
                .as("the code that set it up")
                .isEqualTo(422);
        assertThat(code(visitor, "123 456").body()).contains("动态码不对");
        String next = telephone.code(1); // another half minute may begin meanwhile
        assertThat(code(visitor, next).location()).as("where he wanted to go").contains("/officers/tasks?days=3");
        assertThat(visitor.cookie("JCSESSION")).isNotEqualTo(before);
        assertThat(visitor.inTasklist()
                        .get("/camunda/api/engine/engine/default/filter")
                        .status())
                .isEqualTo(200);

        Visitor again = officer(name, Role.REVIEWER);
        assertThat(code(again, next).status()).as("a code is used once").isEqualTo(422);
        assertThat(code(again, paper.get(3).toUpperCase()).location()).endsWith(DESK);
        Visitor third = officer(name, Role.REVIEWER);
        assertThat(code(third, paper.get(3)).status()).as("paper too").isEqualTo(422);
        assertThat(new Visitor(port)
                        .withPassword(name, PASSWORD)
                        .get("/api/tasks")
                        .json()
                        .path("code")
                        .asText())
                .as("a password alone is no way in at the API")
                .isEqualTo("SECOND_FACTOR_DUE");
        for (int n = 0; n < 10; n++) code(third, "00000" + n);
        assertThat(code(third, paper.get(4)).status()).as("tries are limited").isEqualTo(429);
        for (String kind : List.of("second-factor-set", "signed-in", "code-failed"))
            assertThat(record.search(new AuditLog.Search(null, name, kind, null, null), 0, 20)
                            .entries())
                    .as(kind)
                    .isNotEmpty();
    }

    @Test
    void whoseRoleAsksForItSetsItUpBeforeAnythingElse() {
        Object setting = ReflectionTestUtils.getField(factors(), "requiredFor");
        ReflectionTestUtils.setField(factors(), "requiredFor", Set.of(Role.LEADER));
        try {
            Visitor leader = officer("leader-to-be", Role.LEADER);
            assertThat(leader.get(DESK, "Accept", "text/html").location()).endsWith("/account/second-factor");
            assertThat(leader.get("/account/second-factor?lang=en").body()).contains("Your role requires");
            leader.get("/account/second-factor?lang=zh");
            setUp(leader, begin(leader));
            assertThat(leader.get(DESK).status()).isEqualTo(200);
            assertThat(leader.form("/account/second-factor/off", "code=000000", leader.get("/account/second-factor"))
                            .status())
                    .as("it stays")
                    .isEqualTo(409);
            assertThat(new Visitor(port)
                            .withPassword("leader", "leader")
                            .get("/api/tasks")
                            .status())
                    .isEqualTo(403);
        } finally {
            ReflectionTestUtils.setField(factors(), "requiredFor", setting);
        }
    }

    @Test
    void inRealUseAllOfStaffButTheCounterNeedOneAndInTheDemoNobody() throws IOException {
        var settings = new YamlPropertySourceLoader().load("settings", new ClassPathResource("application.yaml"));
        assertThat(settings.get(0).getProperty("jincai.second-factor-for")).isEqualTo("");
        var inRealUse = settings.stream()
                .filter(part -> "postgresql".equals(part.getProperty("spring.config.activate.on-profile")))
                .findFirst()
                .orElseThrow();
        assertThat(Stream.of(String.valueOf(inRealUse.getProperty("jincai.second-factor-for"))
                                .split(", "))
                        .map(Role::of))
                .containsExactlyInAnyOrderElementsOf(
                        Staff.ROLES.stream().filter(role -> role != Role.INTAKE).toList());
    }

    private Object factors() {
        return AopTestUtils.getTargetObject(factors);
    }

    @Test
    void oneAdministratorDoesNotTakeBothOfSomebodysFactors() {
        String name = "lost-a-phone";
        Visitor visitor = officer(name, Role.INTAKE);
        setUp(visitor, begin(visitor));
        staff.resetPassword(name, ADMIN);
        assertThatThrownBy(() -> staff.takeSecondFactor(name, ADMIN)).hasMessageContaining("BOTH_FACTORS");
        assertThatThrownBy(() -> staff.takeSecondFactor(name, accounts.actor("intake")))
                .hasMessageContaining("ROLE");
        staff.takeSecondFactor(name, SECOND);
        assertThat(factors.isInUse(name)).isFalse();
        assertThatThrownBy(() -> staff.resetPassword(name, SECOND)).hasMessageContaining("BOTH_FACTORS");
    }

    @Test
    void anApplicantMayHaveOneAndTurnsItOffWithACode() {
        Visitor visitor = officer("careful-person", Role.APPLICANT);
        Telephone telephone = begin(visitor);
        List<String> paper = setUp(visitor, telephone);
        String page = "/account/second-factor";
        assertThat(visitor.form(page + "/recovery-codes", "code=" + paper.get(0), visitor.get(page))
                        .status())
                .isEqualTo(302);
        assertThat(visitor.form(page + "/off", "code=" + paper.get(1), visitor.get(page))
                        .status())
                .as("those of before are of no use")
                .isEqualTo(422);
        assertThat(visitor.form(page + "/off", "code=" + telephone.code(1), visitor.get(page))
                        .status())
                .isEqualTo(302);
        assertThat(new Visitor(port).trySignIn("careful-person", PASSWORD).location())
                .doesNotContain("code");
    }

    /** What a real authenticator signs is tried in a browser; here is what anybody may send. */
    @Test
    void aPasskeyIsMadeWithThePasswordAloneAndNothingElseIsTakenForOne() {
        String name = "passkey-by-hand", make = "/account/passkeys/options", page = "/account/second-factor";
        Visitor visitor = officer(name, Role.APPLICANT);
        for (String fields : List.of("label=x&password=wrong", "label=&password=x", "label=" + "x".repeat(41)))
            assertThat(visitor.form(make, fields, visitor.get(page)).status())
                    .as(fields)
                    .isEqualTo(422);
        var asked = visitor.form(make, "label=Key&password=" + PASSWORD.replace(" ", "+"), visitor.get(page));
        assertThat(asked.json().at("/rp/id").asText()).isEqualTo("localhost");
        assertThat(asked.json().at("/authenticatorSelection/userVerification").asText())
                .isEqualTo("required");
        assertThat(asked.json().at("/user/id").asText()).isNotBlank();
        assertThat(visitor.form("/account/passkeys", "passkey=%7B%22id%22%3A1%7D", visitor.get(page))
                        .body())
                .contains("通行密钥未通过验证");
        assertThat(visitor.form("/account/passkeys", "passkey=%7B%7D", visitor.get(page))
                        .body())
                .as("a question serves once")
                .contains("等待时间过长");
        for (int n = 0; n < 10; n++) visitor.form(make, "label=x&password=wrong" + n, visitor.get(page));
        assertThat(visitor.form(make, "label=x&password=x", visitor.get(page)).status())
                .isEqualTo(429);

        Visitor nobody = new Visitor(port);
        assertThat(nobody.form(make, "label=x", nobody.get("/sign-in")).location())
                .contains("/sign-in");
        assertThat(nobody.form("/passkey/options", "", nobody.get("/sign-in"))
                        .json()
                        .path("allowCredentials")
                        .size())
                .as("strangers learn of nobody")
                .isZero();
        for (String sent : List.of("", "x", "%7B%22rawId%22%3A%22AAAA%22%7D", "%5Bnull%5D")) {
            nobody.form("/passkey/options", "", nobody.get("/sign-in"));
            var refused = nobody.form("/sign-in/passkey", "passkey=" + sent, nobody.get("/sign-in"));
            assertThat(refused.status()).as(sent).isEqualTo(422);
            assertThat(refused.body()).contains("通行密钥未通过验证");
        }
        assertThat(nobody.get("/account", "Accept", "text/html").location()).contains("/sign-in");
    }

    @Test
    void aProgramHasNoneAndIsForTheApiAlone() {
        String first = staff.make(
                new Staff.Filled("treasury-program", "国库程序", Set.of(Role.INTAKE), "", "", "", "", true), ADMIN);
        staff.changeOwnPassword(first, PASSWORD, accounts.actor("treasury-program"));
        var refused = new Visitor(port).trySignIn("treasury-program", PASSWORD);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("这是程序账号");
        assertThat(new Visitor(port)
                        .withPassword("treasury-program", PASSWORD)
                        .get("/api/tasks")
                        .status())
                .isEqualTo(200);
    }
}
