package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.browser.Browser;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Where the person of a case is the account's: a wrong name or number is mended in a case whose supplement asks for it, and the account follows when an
 * officer has confirmed it. In a process of its own, with the demo's officers and sources.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MendedIdentityIT {
    private static final String PASSWORD = "correct horse battery", SCHEME = "skills-award";
    private static final Path PICTURES = Path.of("target/pictures/every");
    private static final String GIVEN = "申请人更正了姓名或证件信息", CONFIRMED = "姓名或证件信息已对照身份证件核对";
    private static final Pattern ACCOUNT = Pattern.compile("<code>(p\\d{9})</code>");

    private final ObjectMapper json = new ObjectMapper();
    private Running city;

    @BeforeAll
    void aCityWhoseCasesAreTheAccounts() throws IOException, SQLException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "mended")
                .toAbsolutePath();
        for (String part : List.of("bpmn", "forms")) copy(Path.of(part), folder.resolve(part));
        Map<String, String> environment = new HashMap<>(Map.of(
                "JINCAI_PERSONFROMACCOUNT",
                "true",
                "JINCAI_SAMPLES",
                "false",
                "JINCAI_TICKING",
                "false",
                "CAMUNDA_BPM_JOBEXECUTION_ENABLED",
                "false"));
        if (TestDatabase.isPostgres()) {
            String name = "mended_" + ProcessHandle.current().pid();
            try (Connection any =
                    DriverManager.getConnection(TestDatabase.postgres().getJdbcUrl("postgres", "postgres"))) {
                any.createStatement().execute("create database " + name);
            }
            environment.putAll(Map.of(
                    "SPRING_DATASOURCE_URL",
                    TestDatabase.postgres().getJdbcUrl("postgres", name),
                    "SPRING_DATASOURCE_USERNAME",
                    "postgres"));
        }
        city = Running.start(folder, environment, Running.classes());
        city.untilAnswers("/actuator/health/readiness", 200);
    }

    @AfterAll
    void stop() {
        if (city != null) city.close();
    }

    @Test
    void aWrongNumberIsMendedAtTheWindowAndTheAccountFollows() {
        ObjectNode right = application(), others = application();
        String wrong = withOtherOrder(said(right, "documentNumber"));
        String me = register("章方", wrong);
        register(said(others, "name"), said(others, "documentNumber"));
        String before = file(me, right);
        assertThat(program(me)
                        .post("/api/cases/" + before + "/withdrawal", "{}")
                        .status())
                .isEqualTo(200);
        String begun = begin(me, right), number = file(me, right);
        assertThat(show(me, number).at("/answers/name").asText()).isEqualTo("章方");

        assertThat(paper(me, number).status()).as("nobody has asked").isEqualTo(409);
        done(
                "intake",
                number,
                "acceptance",
                Map.of(
                        "outcome",
                        "supplement",
                        "opinion",
                        "姓名、证件号码与证件不一致。",
                        "items",
                        List.of("name", "documentNumber")));
        assertThat(answer(me, number, Map.of("phone", "13800138001")).status())
                .as("only what was asked")
                .isEqualTo(409);
        assertThat(answer(
                                me,
                                number,
                                Map.of(
                                        "name",
                                        said(right, "name"),
                                        "documentNumber",
                                        wrong.substring(0, 17) + (wrong.endsWith("1") ? "2" : "1")))
                        .status())
                .isEqualTo(200);
        assertThat(refused(me, number)).contains("documentNumber", "IDENTITY_DOCUMENT");
        assertThat(answer(
                                me,
                                number,
                                Map.of(
                                        "documentNumber",
                                        said(others, "documentNumber"),
                                        "birthDate",
                                        said(others, "birthDate")))
                        .status())
                .isEqualTo(200);
        assertThat(paper(me, number).status()).isEqualTo(201);
        assertThat(send(me, number).body()).contains("REGISTERED_ALREADY");
        assertThat(answer(
                                me,
                                number,
                                Map.of(
                                        "documentNumber",
                                        said(right, "documentNumber"),
                                        "birthDate",
                                        said(right, "birthDate")))
                        .status())
                .isEqualTo(200);
        assertThat(send(me, number).status()).isEqualTo(200);

        assertThat(signsIn(said(right, "documentNumber")))
                .as("nobody has confirmed it")
                .isFalse();
        assertThat(show(me, begin(me, right)).at("/answers/name").asText()).isEqualTo("章方");
        done("intake", number, "acceptance", Map.of("outcome", "accept"));
        assertThat(signsIn(said(right, "documentNumber"))).isTrue();
        assertThat(signsIn(wrong)).isFalse();
        JsonNode mended = show(me, begin(me, right)).get("answers");
        assertThat(List.of(mended.get("name"), mended.get("documentNumber")))
                .isEqualTo(List.of(right.at("/answers/name"), right.at("/answers/documentNumber")));
        assertThat(show(me, before).at("/answers/documentNumber").asText())
                .as("what an earlier case said")
                .isEqualTo(wrong);
        assertThat(send(me, begun).body())
                .as("a draft from before is sent for the person as it is now, who has an open case")
                .contains("OPEN_CASE", number);
        assertThat(record(number)).contains(GIVEN, CONFIRMED);
        assertThat(city.console()).doesNotContain(wrong, said(right, "documentNumber"));
    }

    @Test
    void withAnotherOpenCaseUnderTheOldNumberItIsNotMendedHere() {
        ObjectNode right = application(), another = right.deepCopy();
        ((ObjectNode) another.get("answers")).put("occupationCode", "6-29-03-01");
        String me = register(said(right, "name"), withOtherOrder(said(right, "documentNumber")));
        String open = file(me, another), number = file(me, right);
        done(
                "intake",
                number,
                "acceptance",
                Map.of("outcome", "supplement", "opinion", "证件号码与证件不一致。", "items", List.of("documentNumber")));
        answer(
                me,
                number,
                Map.of("documentNumber", said(right, "documentNumber"), "birthDate", said(right, "birthDate")));
        paper(me, number);
        assertThat(send(me, number).body()).contains("OLD_NUMBER_IN_USE");
        program(me).post("/api/cases/" + open + "/withdrawal", "{}");
        assertThat(send(me, number).status()).isEqualTo(200);
    }

    @Test
    void aWrongNameThatTheRegisterFindsIsMendedOnThePortalAndConfirmedByTheReview() {
        ObjectNode right = application();
        String me = register("章方", said(right, "documentNumber"));
        String number = file(me, right);
        done("intake", number, "acceptance", Map.of("outcome", "accept"));
        passes("PT1M");
        assertThat(show(me, number).path("asked"))
                .as("the register knows nobody of this name and number")
                .extracting(a -> a.path("item").asText())
                .contains("name", "documentType", "documentNumber");

        Visitor portal = new Visitor(city.port());
        assertThat(portal.trySignIn(me, PASSWORD).status()).isEqualTo(302);
        Visitor.Answer page = portal.get("/cases/" + number + "/supplement");
        assertThat(page.body())
                .contains("id=\"f-name\"", "id=\"f-birthDate", "need-IDENTITY_DOCUMENT", "有效身份证件")
                .doesNotContain("id=\"f-phone\"");
        if (!TestDatabase.isPostgres()) looksRight(me, number, right);
        StringBuilder typed = new StringBuilder("promises=CERTIFICATE&promises=LABOUR_CONTRACT&promiseName=")
                .append(encode(right.at("/answers/name").asText()));
        right.get("answers")
                .fields()
                .forEachRemaining(e -> typed.append('&')
                        .append(e.getKey())
                        .append('=')
                        .append(encode(e.getValue().asText())));
        String fields = typed + "&shown=";
        Visitor.Answer without = portal.form("/cases/" + number + "/supplement", fields + shown(number, page), page);
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("href=\"#f-IDENTITY_DOCUMENT\"");
        assertThat(portal.parts(
                                "/cases/" + number + "/papers",
                                file("need") + "IDENTITY_DOCUMENT\r\n" + upload(),
                                without)
                        .status())
                .isEqualTo(302);
        page = portal.get("/cases/" + number + "/supplement");
        assertThat(portal.form("/cases/" + number + "/supplement", fields + shown(number, page), page)
                        .location())
                .endsWith("/cases/" + number);
        passes("PT1M");

        assertThat(new Visitor(city.port())
                        .signIn("reviewer")
                        .get("/officers/cases/" + number)
                        .body())
                .as("both names stand side by side")
                .contains(
                        "有效身份证件",
                        "受理或同意即为确认",
                        "<td class=\"govuk-table__cell\">章方</td><td class=\"govuk-table__cell\">" + said(right, "name")
                                + "</td>");
        assertThat(show(me, begin(me, right)).at("/answers/name").asText())
                .as("not yet")
                .isEqualTo("章方");
        done("reviewer", number, "first-review", Map.of("outcome", "approve"));
        assertThat(new Visitor(city.port())
                        .signIn("reviewer")
                        .get("/officers/cases/" + number)
                        .body())
                .as("nothing waits any more")
                .doesNotContain("本人更正的身份信息");
        assertThat(show(me, begin(me, right)).at("/answers/name").asText()).isEqualTo(said(right, "name"));
        assertThat(record(number)).contains(CONFIRMED);
    }

    @Test
    void aNameThatWasTypedAndNeverHandedInCountsForNothing() {
        ObjectNode right = application();
        String me = register("章方", said(right, "documentNumber"));
        String number = file(me, right);
        done("intake", number, "acceptance", Map.of("outcome", "accept"));
        passes("PT1M");
        assertThat(answer(me, number, Map.of("name", "别人")).status()).isEqualTo(200);
        passes("P40D");
        assertThat(show(me, number).path("stage").asText()).isNotEqualTo("supplement");
        assertThat(show(me, number).at("/answers/name").asText()).isEqualTo("章方");
        assertThat(record(number)).contains("逾期未补正").doesNotContain(GIVEN);
    }

    /** The page that asks for the document, in a real browser and both languages; nothing is handed in. */
    private void looksRight(String me, String number, ObjectNode right) {
        for (String language : List.of("zh", "en"))
            try (Browser.Visitor applicant =
                    Browser.phone("http://127.0.0.1:" + city.port()).signIn(me, PASSWORD)) {
                applicant.goTo("/?lang=" + language);
                var page = applicant.goTo("/cases/" + number + "/supplement");
                applicant.looksRight().picture(PICTURES.resolve("supplement-identity." + language + ".png"));
                page.fill("#f-name", said(right, "name"));
                page.click("main form[action$='/supplement'] button");
                assertThat(page.locator(".govuk-error-summary").innerText())
                        .contains(language.equals("zh") ? "请上传有效身份证件" : "Upload the identity document");
                applicant.looksRight().picture(PICTURES.resolve("supplement-identity-refused." + language + ".png"));
            }
    }

    private ObjectNode application() {
        return (ObjectNode) new Visitor(city.port())
                .withPassword("admin", "admin")
                .get("/api/demo/applications/" + SCHEME + "?kind=granted")
                .json();
    }

    private static String said(JsonNode application, String key) {
        return application.at("/answers/" + key).asText();
    }

    /** Of the same day and place, with another order and its check character. */
    private static String withOtherOrder(String number) {
        String seventeen = number.substring(0, 14)
                + String.format("%03d", (Integer.parseInt(number.substring(14, 17)) + 500) % 1000);
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += (seventeen.charAt(i) - '0') * ((1 << 17 - i) % 11);
        return seventeen + "10X98765432".charAt(sum % 11);
    }

    private String register(String name, String number) {
        Visitor visitor = new Visitor(city.port());
        var done = visitor.form(
                "/register",
                "name=" + encode(name) + "&documentType=RESIDENT_ID&documentNumber=" + number
                        + "&phone=13800138000&password=" + encode(PASSWORD) + "&agreed=true",
                visitor.get("/register"));
        assertThat(done.location()).as(done.body()).endsWith("/register/done");
        visitor.trySignIn(number, PASSWORD);
        Matcher account = ACCOUNT.matcher(visitor.get("/account").body());
        assertThat(account.find()).isTrue();
        return account.group(1);
    }

    private Visitor program(String account) {
        return new Visitor(city.port()).withPassword(account, account.startsWith("p") ? PASSWORD : account);
    }

    private String begin(String me, JsonNode application) {
        var begun = program(me).post("/api/cases", application.toString());
        assertThat(begun.status()).as(begun.body()).isEqualTo(201);
        return begun.json().path("number").asText();
    }

    private String file(String me, JsonNode application) {
        String number = begin(me, application);
        var sent = program(me)
                .post("/api/cases/" + number + "/submission", "{\"promises\": [\"CERTIFICATE\", \"LABOUR_CONTRACT\"]}");
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        return number;
    }

    private JsonNode show(String me, String number) {
        return program(me).get("/api/cases/" + number).json();
    }

    private Visitor.Answer answer(String me, String number, Map<String, String> patch) {
        String seen = program(me)
                .get("/api/cases/" + number)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        return program(me)
                .send(
                        "PATCH",
                        "/api/cases/" + number + "/answers",
                        json.valueToTree(patch).toString(),
                        "Content-Type",
                        "application/json",
                        "If-Match",
                        seen);
    }

    private Visitor.Answer paper(String me, String number) {
        return program(me)
                .send(
                        "POST",
                        "/api/cases/" + number + "/documents",
                        file("need") + "IDENTITY_DOCUMENT\r\n" + upload(),
                        "Content-Type",
                        "multipart/form-data; boundary=x");
    }

    private static String file(String field) {
        return "--x\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n";
    }

    private static String upload() {
        return "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"id.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
                + Browser.PDF + "\r\n--x--\r\n";
    }

    private Visitor.Answer send(String me, String number) {
        return program(me)
                .post("/api/cases/" + number + "/submission", "{\"promises\": [\"CERTIFICATE\", \"LABOUR_CONTRACT\"]}");
    }

    private List<String> refused(String me, String number) {
        var refused = send(me, number);
        assertThat(refused.status()).isEqualTo(422);
        return StreamSupport.stream(refused.json().path("errors").spliterator(), false)
                .map(e -> e.path("field").asText())
                .toList();
    }

    private void done(String who, String number, String stage, Map<String, Object> fields) {
        JsonNode tasks =
                program(who).get("/api/tasks?size=100&stage=" + stage).json().path("items");
        String task = StreamSupport.stream(tasks.spliterator(), false)
                .filter(t -> t.path("case").asText().equals(number))
                .findFirst()
                .orElseThrow(() -> new AssertionError(number + " is at "
                        + program("auditor").get("/api/cases/" + number).json().path("stage")))
                .path("id")
                .asText();
        program(who).post("/api/tasks/" + task + "/claim", "");
        var done = program(who)
                .post(
                        "/api/tasks/" + task + "/completion",
                        json.valueToTree(fields).toString());
        assertThat(done.status()).as(done.body()).isEqualTo(204);
    }

    private void passes(String period) {
        assertThat(program("admin")
                        .post("/api/demo/clock", "{\"advance\": \"" + period + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private boolean signsIn(String number) {
        return new Visitor(city.port()).trySignIn(number, PASSWORD).status() == 302;
    }

    /** What stands in the record of the case: the table, and not the kinds that may be looked for. */
    private String record(String number) {
        String page = new Visitor(city.port())
                .signIn("auditor")
                .get("/audit?case=" + number)
                .body();
        return page.substring(page.indexOf("<table"));
    }

    private static String shown(String number, Visitor.Answer page) {
        return encode(PageForm.on(page, "/cases/" + number + "/supplement").shows("shown"));
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
