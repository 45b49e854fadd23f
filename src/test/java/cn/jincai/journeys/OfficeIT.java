package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Running;
import cn.jincai.TestDatabase;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real installation from its first start: profile {@code postgresql} in a process of its own, told everything by its environment and met over
 * HTTP alone. One story, in order.
 */
@EnabledIfSystemProperty(
        named = "db",
        matches = "postgresql",
        disabledReason = "profile postgresql is tried in the run on PostgreSQL")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OfficeIT {
    private static final String TOKEN = "a-token-of-the-office",
            PASSWORD = "correct horse battery",
            EMPLOYER = "91350582MA2XY0014Y",
            SCHEME = "skills-award";
    private static final Pattern SECRET = Pattern.compile("<code class=\"jc-big\">([a-z0-9]{16})</code>"),
            ACCOUNT = Pattern.compile("<code>(p\\d{9})</code>");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> passwords = new HashMap<>();
    private Path folder;
    private String database;
    private Running office;
    private String applicant, first, second, number;

    @BeforeAll
    void anEmptyDatabaseAndTheFoldersAsDelivered() throws IOException, SQLException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "office")
                .toAbsolutePath();
        for (String part : List.of("bpmn", "forms")) copy(Path.of(part), folder.resolve(part));
        try (Connection any =
                DriverManager.getConnection(TestDatabase.postgres().getJdbcUrl("postgres", "postgres"))) {
            any.createStatement()
                    .execute("create database office_" + ProcessHandle.current().pid());
        }
        database = TestDatabase.postgres()
                .getJdbcUrl("postgres", "office_" + ProcessHandle.current().pid());
        environment.put("SPRING_PROFILES_ACTIVE", "postgresql");
        environment.put(
                "JINCAI_SECOND_FACTOR_FOR",
                "finance"); // of whom there is none in this story; SecondFactorIT tells the other
    }

    @AfterAll
    void stop() {
        if (office != null) office.close();
    }

    @Test
    @Order(1)
    void withoutItsSettingsItSaysAllThatIsMissingAndDoesNotStart() {
        try (Running refused = start()) {
            assertThat(refused.untilEnded()).isNotZero();
            assertThat(refused.console())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "JINCAI_DB_URL",
                            "JINCAI_DB_USER",
                            "JINCAI_KEY",
                            "openssl rand -base64 32")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @Order(2)
    void aDatabaseThatDoesNotAnswerIsToldInWords() {
        environment.putAll(Map.of(
                "JINCAI_DB_URL",
                database.replaceFirst("office_\\d+", "no_such_database"),
                "JINCAI_DB_USER",
                "postgres",
                "JINCAI_KEY",
                Base64.getEncoder()
                        .encodeToString("thirty-two bytes for these tests".getBytes(StandardCharsets.US_ASCII)),
                "JINCAI_ADMIN_TOKEN",
                TOKEN));
        try (Running refused = start()) {
            assertThat(refused.untilEnded()).isNotZero();
            assertThat(refused.console())
                    .contains("APPLICATION FAILED TO START", "no_such_database", "Check JINCAI_DB_URL");
        }
    }

    @Test
    @Order(3)
    void theFirstStartHasTheSchemesAndNothingOfTheDemo() {
        environment.put("JINCAI_DB_URL", database);
        office = start();
        office.untilAnswers("/actuator/health/readiness", 200);
        Visitor anybody = visitor();
        assertThat(anybody.get("/api/schemes").json())
                .extracting(s -> s.path("code").asText())
                .containsExactly("recruitment-subsidy", "skills-award", "talent-recognition");
        assertThat(anybody.get("/").body()).doesNotContain("jc-demo");
        assertThat(anybody.get("/sign-in").body()).doesNotContain("senior-reviewer");
        for (String name : List.of("applicant", "admin", "intake"))
            assertThat(visitor().trySignIn(name, name).status()).as(name).isEqualTo(401);
        assertThat(anybody.get("/api/demo/clock").status()).isEqualTo(401);
        assertThat(anybody.post("/simulator/sources/identity", "{}").status()).isNotEqualTo(200);
        assertThat(rows("select count(*) from accounts")).isEqualTo("0");
        assertThat(rows("select count(*) from cases")).isEqualTo("0");
        assertThat(rows("select scheme from policies_in_force order by scheme"))
                .isEqualTo("recruitment-subsidy registers skills-award talent-recognition");
    }

    @Test
    @Order(4)
    void theTokenMakesTwoAdministratorsAndNoMore() {
        Visitor chief = visitor();
        assertThat(first(chief, "not-the-token-at-all", "chief").status()).isEqualTo(422);
        assertThat(first(chief, TOKEN, "chief").location()).endsWith("/sign-in");
        passwords.put("chief", PASSWORD);
        assertThat(chief.get("/first-administrator").body()).contains("第一位已设立");
        assertThat(first(visitor(), TOKEN, "deputy").location()).endsWith("/sign-in");
        passwords.put("deputy", PASSWORD);
        assertThat(chief.get("/first-administrator").status()).isEqualTo(404);
        assertThat(chief.form(
                                "/first-administrator",
                                "token=" + TOKEN + "&name=second&displayName=x&password=another-password",
                                chief.get("/sign-in"))
                        .status())
                .isEqualTo(404);
        for (String call : List.of("/api/demo/sources", "/api/demo/applications/skills-award"))
            assertThat(program("chief").get(call).status())
                    .as(call + " does not exist, also for an administrator")
                    .isEqualTo(404);
        assertThat(program("chief")
                        .post("/api/demo/clock", "{\"advance\":\"P1D\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Order(5)
    void theAdministratorMakesStaffWithRoles() {
        Visitor chief = signedIn("chief");
        hire(chief, "window-one", "intake");
        hire(chief, "policy-one", "policy-admin");
        assertThat(signedIn("policy-one").get("/admin/packages").status())
                .as("not yet confirmed")
                .isEqualTo(403);
        Visitor deputy = signedIn("deputy");
        assertThat(deputy.form(
                                "/admin/role-proposals",
                                "account=policy-one&role=policy-admin&confirmed=true",
                                deputy.get("/admin/role-proposals"))
                        .location())
                .endsWith("/admin/role-proposals");
        assertThat(signedIn("window-one").get("/camunda/app/tasklist/default/").status())
                .isEqualTo(200);
        assertThat(signedIn("window-one").get("/admin/accounts").status()).isEqualTo(403);
        assertThat(signedIn("policy-one").get("/camunda/app/tasklist/default/").status())
                .isEqualTo(403);
    }

    @Test
    @Order(6)
    void peopleRegisterAndClerksAreTiedByTheWindowAndThenByTheFirstClerk() {
        applicant = register("张𠮷芳", "35058219900307123");
        first = register("林一", "35058219850101123");
        second = register("林二", "35058219860101123");
        assertThat(tie(
                                signedIn("window-one"),
                                "employerCode=" + EMPLOYER + "&employerName=" + encode("样例公司") + "&account=" + first)
                        .location())
                .endsWith("/admin/employers");
        assertThat(signedIn(first).get("/admin/employers").status())
                .as("he has not consented")
                .isEqualTo(403);
        accepts(first);
        assertThat(signedIn(second).get("/admin/employers").status())
                .as("not yet")
                .isEqualTo(403);
        assertThat(tie(signedIn(first), "employerCode=" + EMPLOYER + "&account=" + second)
                        .location())
                .endsWith("/admin/employers");
        assertThat(rows("select count(employer_code) from accounts where name = '" + second + "'"))
                .isEqualTo("0");
        accepts(second);
        assertThat(rows("select employer_code from accounts where name = '" + second + "'"))
                .isEqualTo(EMPLOYER);
        assertThat(rows("select count(*) from accounts where sealed_display_name like '%林%'"))
                .as("sealed")
                .isEqualTo("0");
    }

    @Test
    @Order(7)
    void attemptsAreLimited() {
        for (int i = 0; i < 10; i++)
            assertThat(visitor().trySignIn(second, "a wrong password").status()).isEqualTo(401);
        assertThat(visitor().trySignIn(second, PASSWORD).status()).isEqualTo(429);
    }

    @Test
    @Order(8)
    void theRegisteredApplicantAppliesOnThePortalAsHimself() {
        Visitor portal = signedIn(applicant);
        number = portal.form("/apply/" + SCHEME, "request=one", portal.get("/apply/" + SCHEME))
                .location()
                .replaceFirst(".*/cases/(JC\\d+)/apply", "$1");
        assertThat(portal.get("/cases/" + number + "/apply/person").body()).contains("张𠮷芳", "RESIDENT_ID");
        fill(
                portal,
                "person",
                Map.of(
                        "name",
                        "张𠮷芳",
                        "documentType",
                        "RESIDENT_ID",
                        "documentNumber",
                        document("35058219900307123"),
                        "birthDate",
                        "1990-03-07",
                        "phone",
                        "13800138000"));
        fill(
                portal,
                "employer",
                Map.of(
                        "employerType",
                        "PRIVATE_ENTERPRISE",
                        "employerRegion",
                        "JINJIANG",
                        "employerName",
                        "样例公司",
                        "employerCode",
                        EMPLOYER,
                        "inPost",
                        "true",
                        "contractMonths",
                        "36",
                        "insuredMonthsConsecutive",
                        "24",
                        "unemploymentInsuredMonths",
                        "40"));
        fill(
                portal,
                "certificate",
                Map.of(
                        "certificateLevel",
                        "THREE",
                        "certificateIssuedOn",
                        java.time.LocalDate.now(cn.jincai.kernel.CityClock.ZONE)
                                .minusMonths(3)
                                .toString(),
                        "occupationCode",
                        "6-18-02-04"));
        fill(
                portal,
                "account",
                Map.of("accountHolder", "张𠮷芳", "bankName", "中国农业银行晋江支行", "bankAccount", "6228480402564890018"));
        Visitor.Answer sent = portal.form(
                "/cases/" + number + "/submission",
                "promises=CERTIFICATE&promises=LABOUR_CONTRACT&promiseName=" + "张𠮷芳",
                portal.get("/cases/" + number + "/check"));
        assertThat(sent.location()).as(sent.body()).endsWith("/cases/" + number + "/sent");
        JsonNode file = program(applicant).get("/api/cases/" + number).json();
        assertThat(file.at("/answers/name").asText()).isEqualTo("张𠮷芳");
        assertThat(file.at("/answers/documentNumber").asText()).isEqualTo(document("35058219900307123"));
        assertThat(file.path("stage").asText()).isIn("employer-check", "acceptance");
        assertThat(rows(
                        "select count(*) from cases c join accounts a on a.person_key = c.person_key where c.case_number = '"
                                + number + "' and a.name = '" + applicant + "'"))
                .isEqualTo("1");
    }

    @Test
    @Order(9)
    void noAnswerNamesSomebodyElseThanTheAccount() {
        var changed = program(applicant)
                .post(
                        "/api/cases",
                        "{\"scheme\": \"recruitment-subsidy\", \"answers\": {\"name\": \"别人\", \"documentNumber\": \""
                                + document("35058219850101123") + "\"}}");
        assertThat(changed.status()).isEqualTo(201);
        assertThat(changed.json().at("/answers/name").asText()).isEqualTo("张𠮷芳");
        String draft = changed.json().path("number").asText();
        assertThat(program(applicant)
                        .send(
                                "PATCH",
                                "/api/cases/" + draft + "/answers",
                                "{\"name\": \"别人\"}",
                                "Content-Type",
                                "application/json",
                                "If-Match",
                                changed.headers().firstValue("ETag").orElseThrow())
                        .status())
                .isEqualTo(409);
    }

    @Test
    @Order(10)
    void aProgramsPasswordTravelsOverTlsOnly() {
        assertThat(program(applicant).get("/api/cases").status())
                .as("on the machine itself")
                .isEqualTo(200);
        assertThat(program(applicant)
                        .always("X-Forwarded-For", "203.0.113.7")
                        .always("X-Forwarded-Proto", "https")
                        .get("/api/cases")
                        .status())
                .isEqualTo(200);
        var clear = program(applicant).always("X-Forwarded-For", "203.0.113.7").get("/api/cases");
        assertThat(clear.status()).isEqualTo(403);
        assertThat(clear.json().path("code").asText()).isEqualTo("TLS_REQUIRED");
        assertThat(program(applicant).headersHaveNoCookie("/api/cases")).isTrue();
        assertThat(new Visitor(office.port())
                        .always("X-Forwarded-For", "203.0.113.7")
                        .get("/api/schemes")
                        .status())
                .as("without a password anybody reads what is public")
                .isEqualTo(200);
    }

    @Test
    @Order(10)
    void overTlsABrowserIsToldToStayThereAndToSendTheSessionToNobodyElse() {
        var page = new Visitor(office.port()).overTls().get("/sign-in").headers();
        assertThat(page.firstValue("Strict-Transport-Security")).contains("max-age=31536000 ; includeSubDomains");
        assertThat(page.allValues("Set-Cookie"))
                .anyMatch(c -> c.matches("__Host-JCSESSION=[^;]+; Path=/; Secure; HttpOnly; SameSite=Lax"));
    }

    @Test
    @Order(11)
    void aChangeOfWhatSchemesShareIsAProposalForEachAtTheNextStartAndNothingElseHasChanged() throws IOException {
        String before = rows("select package_hash from policies_in_force where scheme = '" + SCHEME + "'");
        office.close();
        Files.writeString(
                folder.resolve("bpmn/common/common.yaml"), "\n# another edition\n", StandardOpenOption.APPEND);
        Path waiting = folder.resolve("bpmn/startup-hiring-subsidy/scheme.yaml");
        Files.writeString(waiting, Files.readString(waiting).replace("offered: false", "offered: true"));
        office = start();
        office.untilAnswers("/actuator/health/readiness", 200);
        assertThat(rows("select package_hash from policies_in_force where scheme = '" + SCHEME + "'"))
                .isEqualTo(before);
        assertThat(rows("select scheme from policy_proposals where state = 'open' order by scheme"))
                .as("a scheme that is offered from now on waits for a second person as well")
                .isEqualTo("recruitment-subsidy skills-award startup-hiring-subsidy talent-recognition");
        assertThat(rows("select distinct scheme from policies_in_force order by scheme"))
                .isEqualTo("recruitment-subsidy registers skills-award talent-recognition");
        assertThat(signedIn("policy-one").get("/admin/packages").status()).isEqualTo(200);
        assertThat(visitor().get("/first-administrator").status())
                .as("the token has served")
                .isEqualTo(404);
        assertThat(program(applicant)
                        .get("/api/cases/" + number)
                        .json()
                        .at("/answers/name")
                        .asText())
                .isEqualTo("张𠮷芳");
        assertThat(office.console()).doesNotContain("张𠮷芳", document("35058219900307123"), TOKEN, PASSWORD);
    }

    private Running start() {
        return Running.start(folder, environment, Running.classes());
    }

    private Visitor visitor() {
        return new Visitor(office.port()).overTls();
    }

    private Visitor signedIn(String name) {
        Visitor visitor = visitor();
        assertThat(visitor.trySignIn(name, passwords.get(name)).status())
                .as(name + " signs in")
                .isEqualTo(302);
        return visitor;
    }

    /** On the machine itself, without TLS. */
    private Visitor program(String name) {
        return new Visitor(office.port()).withPassword(name, passwords.get(name));
    }

    private static Visitor.Answer first(Visitor who, String token, String name) {
        return who.form(
                "/first-administrator",
                "token=" + token + "&name=" + name + "&displayName=" + encode("主任") + "&password=" + encode(PASSWORD),
                who.get("/first-administrator"));
    }

    private void hire(Visitor chief, String name, String role) {
        assertThat(chief.form(
                                "/admin/accounts/new",
                                "name=" + name + "&displayName=" + encode("新人") + "&role=" + role,
                                chief.get("/admin/accounts/new"))
                        .status())
                .isEqualTo(302);
        Matcher told = SECRET.matcher(chief.get("/admin/accounts").body());
        assertThat(told.find()).as("the first password is told once").isTrue();
        Visitor hired = visitor();
        assertThat(hired.trySignIn(name, told.group(1)).status()).isEqualTo(302);
        assertThat(hired.get("/camunda/app/tasklist/default/").location())
                .as("first the password")
                .endsWith("/account");
        assertThat(hired.form(
                                "/account/password",
                                "old=" + told.group(1) + "&password=" + encode(PASSWORD + name),
                                hired.get("/account"))
                        .location())
                .endsWith("/sign-in?changed");
        passwords.put(name, PASSWORD + name);
        assertThat(SECRET.matcher(chief.get("/admin/accounts").body()).find()).isFalse();
    }

    private String register(String name, String withoutCheck) {
        Visitor visitor = visitor();
        var done = visitor.form(
                "/register",
                "name=" + encode(name) + "&documentType=RESIDENT_ID&documentNumber=" + document(withoutCheck)
                        + "&phone=13800138000&password=" + encode(PASSWORD) + "&agreed=true",
                visitor.get("/register"));
        assertThat(done.location()).as(done.body()).endsWith("/register/done");
        assertThat(visitor.trySignIn(document(withoutCheck), PASSWORD).status())
                .as("signs in with the document's number")
                .isEqualTo(302);
        Matcher account = ACCOUNT.matcher(visitor.get("/account").body());
        assertThat(account.find()).isTrue();
        passwords.put(account.group(1), PASSWORD);
        return account.group(1);
    }

    private static Visitor.Answer tie(Visitor who, String fields) {
        return who.form("/admin/employers", fields, who.get("/admin/employers"));
    }

    private void accepts(String clerk) {
        Visitor visitor = signedIn(clerk);
        assertThat(visitor.form(
                                "/account/employer",
                                "employerCode=" + EMPLOYER + "&accepted=true",
                                visitor.get("/account"))
                        .location())
                .endsWith("/sign-in?clerk");
    }

    private void fill(Visitor portal, String section, Map<String, String> answers) {
        String address = "/cases/" + number + "/apply/" + section;
        PageForm form = PageForm.on(portal.get(address), address);
        answers.forEach(form::with);
        Visitor.Answer saved = form.send(portal);
        assertThat(saved.status()).as(section + " " + saved.body()).isEqualTo(302);
    }

    /** A number of GB 11643 with its check character. */
    private static String document(String seventeen) {
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += (seventeen.charAt(i) - '0') * ((1 << 17 - i) % 11);
        return seventeen + "10X98765432".charAt(sum % 11);
    }

    private String rows(String sql) {
        try (Connection connection = DriverManager.getConnection(database);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            StringBuilder all = new StringBuilder();
            while (rows.next()) all.append(all.isEmpty() ? "" : " ").append(rows.getString(1));
            return all.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList())
                Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
