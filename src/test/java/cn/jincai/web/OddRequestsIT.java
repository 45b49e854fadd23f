package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** What nobody sends by himself: it is refused in words, or does no harm, and none of it is our error. */
@CaseTest
@Tag("issue-13.13")
class OddRequestsIT {
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\""),
            LINK = Pattern.compile("(?:href|action)=\"([^\"#?]+)");
    private static final List<String> ODD = List.of(
            "q=sesame=open", "q=%", "q=%zzsesame", "%=sesame", "=", "", "q=sesame%00", "q=a+sesame%2Fb&q=%C3%28");
    private static final String HUGE = "1234567890123456789012345678901",
            DEEP = "[".repeat(900) + "]".repeat(900),
            TOO_DEEP = "[".repeat(5000) + "]".repeat(5000);

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Overheard overheard;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** As it stands, which a client with manners would not send. */
    private int status(String path, String cookie) throws IOException {
        try (Socket line = new Socket("127.0.0.1", port)) {
            line.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nAccept: text/html\r\nConnection: close\r\nCookie: JCSESSION=" + cookie
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.startsWith("HTTP/1.1 200") && answer.contains("text/html"))
                assertThat(answer).as(path).contains("</html>").doesNotContain("系统出错");
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void aQueryThatMeansNothingChangesNoPageAndIsNotKept() throws IOException {
        ApplicantsCase award = city.checked("skills-award", "granted");
        ApplicantsCase draft = city.drafted("skills-award", "granted");
        Map<String, List<String>> pages = new LinkedHashMap<>();
        pages.put(
                "nobody",
                List.of(
                        "/",
                        "/schemes",
                        "/schemes/skills-award",
                        "/screener",
                        "/screener/question/certificateLevel",
                        "/notices",
                        "/sign-in",
                        "/register",
                        "/no-such-page"));
        pages.put(
                "applicant",
                List.of(
                        "/",
                        "/cases",
                        "/cases/" + draft.number(),
                        "/cases/" + award.number(),
                        "/inbox",
                        "/officers/cases"));
        pages.put("employer", List.of("/employer"));
        pages.put(
                "reviewer",
                List.of(
                        "/officers/cases",
                        "/officers/cases/" + award.number(),
                        "/officers/tasks",
                        "/camunda/app/tasklist/default/"));
        pages.put("finance", List.of("/finance", "/finance/batches", "/finance/budget"));
        pages.put("policy-admin", List.of("/admin/packages", "/admin/what-if", "/admin/calendar"));
        pages.put("intake", List.of("/admin/employers"));
        pages.put("admin", List.of("/admin/accounts"));
        pages.put("auditor", List.of("/audit", "/audit?case=x"));
        for (var entry : pages.entrySet()) {
            String cookie = entry.getKey().equals("nobody")
                    ? ""
                    : new Visitor(port).signIn(entry.getKey()).cookie("JCSESSION");
            for (String page : entry.getValue()) {
                int plain = status(page, cookie);
                assertThat(plain).as(page).isLessThan(500);
                assertThat(status(page + (page.contains("?") ? "&" : "?") + String.join("&", ODD), cookie))
                        .as(page)
                        .isEqualTo(plain);
            }
        }
        for (String query : ODD)
            assertThat(status("/schemes?" + query, "")).as(query).isEqualTo(200);
        assertThat(status("/schemes?q=<sesame>", "")).isEqualTo(400);
        assertThat(overheard.lines()).noneMatch(line -> line.contains("sesame"));
    }

    /** No page can be chosen for what is no request: plain words in both languages, and nothing of what serves them. */
    @Test
    @Tag("issue-15.3")
    void whatTheContainerRefusesByItselfIsToldInWordsToo() throws IOException {
        for (String head : List.of(
                "GET /%zz HTTP/1.1\r\nHost: x",
                "GET /%2e%2e/%c0%af HTTP/1.1\r\nHost: x",
                "GET /schemes?q=<sesame> HTTP/1.1\r\nHost: x",
                "GET / HTTP/1.1\r\nHost: a b",
                "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000),
                "GET /\u0001 HTTP/1.1\r\nHost: x")) {
            String answer = raw(head + "\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .as(head)
                    .matches("(?s)HTTP/1.1 4\\d\\d .*")
                    .doesNotContain("omcat", "sesame", "xception");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
                    .as(head)
                    .contains("请求有误。 The request is malformed.");
        }
    }

    private String raw(String request) throws IOException {
        try (Socket line = new Socket("127.0.0.1", port)) {
            line.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theOtherLanguageKeepsWhatWasAskedForAndLeavesOutWhatIsBroken() {
        assertThat(new Visitor(port).get("/schemes?a=b=c&lang=zh&d=e").body())
                .contains("href=\"/schemes?a=b=c&amp;d=e&amp;lang=en\"");
    }

    /** Refused as malformed or as wrong, never as our error; and the case is as it was. */
    private void refused(City.Answer answer) {
        assertThat(answer.status()).as(String.valueOf(answer.body())).isIn(400, 404, 409, 422);
        assertThat(answer.body().path("detail").asText()).isNotBlank();
    }

    @Test
    void aDayThatNoCalendarHasIsToldAtItsField() {
        Visitor auditor = new Visitor(port).signIn("auditor");
        for (String day : List.of("-999999999-01-01", "%2B999999999-12-31", "10000-01-01", "2026-02-30"))
            for (String field : List.of("from", "to")) {
                Visitor.Answer answer = auditor.get("/audit?" + field + "=" + day);
                assertThat(answer.status()).as(field + "=" + day).isLessThan(500);
                assertThat(answer.body()).as(field + "=" + day).contains("href=\"#" + field + "\"");
            }
    }

    @Test
    void anAnswerThatNoFormCouldHoldIsRefusedByName() {
        ApplicantsCase draft = city.drafted("skills-award", "granted");
        for (String value :
                List.of(HUGE, "-" + HUGE, "1e400", DEEP, TOO_DEEP, "[null]", "{}", "[[1]]", "9007199254740992")) {
            String etag = draft.shownTo("applicant").etag();
            City.Answer answer = city.call(
                    "applicant",
                    HttpMethod.PATCH,
                    "/api/cases/" + draft.number() + "/answers",
                    "{\"accountHolder\":" + value + "}",
                    Map.of("If-Match", etag));
            refused(answer);
            if (!value.equals(TOO_DEEP))
                assertThat(answer.body().toString())
                        .as(value)
                        .contains("accountHolder")
                        .doesNotContain(HUGE);
            refused(city.call(
                    "applicant",
                    HttpMethod.POST,
                    "/api/cases",
                    "{\"scheme\":\"skills-award\",\"answers\":{\"accountHolder\":" + value + "}}"));
        }
        refused(city.call(
                "applicant",
                HttpMethod.POST,
                "/api/cases",
                "{\"scheme\":\"skills-award\",\"answers\":{\"accountHolder\":\"a\",\"accountHolder\":\"b\"}}"));
        refused(city.call(
                "applicant", HttpMethod.POST, "/api/cases/" + draft.number() + "/submission", "{\"promises\":[null]}"));
        draft.submission().is(200);
    }

    @Test
    void aNumberThatNoFieldHoldsIsToldBesideItsField() {
        ApplicantsCase draft = city.drafted("recruitment-subsidy", "granted");
        Visitor applicant = new Visitor(port).signIn("applicant");
        List<String> pages =
                new ArrayList<>(List.of("/screener/question/contractMonths", "/screener/question/certificateLevel"));
        LINK.matcher(applicant.get("/cases/" + draft.number() + "/apply").body())
                .results()
                .map(link -> link.group(1))
                .filter(link -> link.contains("/apply/"))
                .distinct()
                .forEach(pages::add);
        assertThat(pages).hasSizeGreaterThan(3);
        for (String path : pages) {
            Visitor.Answer page = applicant.get(path);
            String everywhere = FIELD.matcher(page.body())
                    .results()
                    .map(field -> field.group(1))
                    .filter(name -> !List.of("_csrf", "then", "lang").contains(name))
                    .distinct()
                    .map(name -> name + "="
                            + (name.equals("version")
                                    ? draft.show().get("version").asText()
                                    : HUGE))
                    .collect(Collectors.joining("&"));
            for (String form : path.contains("/apply/") ? List.of(path, path + "/draft") : List.of(path))
                assertThat(applicant.form(form, everywhere, page).status())
                        .as(form)
                        .isLessThan(500);
            assertThat(applicant.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(applicant.get("/cases/" + draft.number()).status()).isLessThan(400);
        assertThat(draft.shownTo("applicant").status()).isEqualTo(200);
    }

    @Test
    void recordsOfBeforeWithNothingInThemAreToldByLine() {
        for (String lines : List.of(
                "[null]",
                "[{}]",
                "[{\"documentType\":null}]",
                "[{\"facts\":{\"a\":null}}]",
                "[{\"amountFen\":" + HUGE + "}]",
                "[" + DEEP + "]",
                "{}",
                "null",
                "[{\"documentType\":\"PASSPORT\",\"documentNumber\":\"E1\",\"amountFen\":1,\"decidedOn\":\"2022-01-01\",\"governingDate\":\"+999999999-01-01\"}]",
                "[{\"documentType\":\"PASSPORT\",\"documentNumber\":\"E1\",\"amountFen\":9007199254740992,\"decidedOn\":\"2022-01-01\"}]",
                "[{\"documentType\":\"PASSPORT\",\"documentNumber\":\"E1\",\"amountFen\":1,\"decidedOn\":\"2022-01-01\",\"facts\":{\"a\":"
                        + HUGE + "}}]")) {
            City.Answer answer = city.call("policy-admin", HttpMethod.PUT, "/api/earlier-grants/ONE_OFF_2022", lines);
            refused(answer);
            if (lines.startsWith("[") && !lines.startsWith("[["))
                assertThat(answer.body().at("/errors/0/field").asText())
                        .as(lines)
                        .startsWith("[0]");
        }
    }

    @Test
    void whatTheOtherBodiesHoldIsRefusedTheSameWay() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        String task =
                "/api/tasks/" + award.task("reviewer", "first-review").get("id").asText();
        city.call("reviewer", HttpMethod.POST, task + "/claim", null).is(204);
        for (String value : List.of(HUGE, "[null]", "{}", DEEP, "null", "1e400"))
            for (String fields :
                    List.of("\"outcome\":V", "\"outcome\":\"no-such-outcome\",\"opinion\":V,\"waive\":V,\"items\":V"))
                refused(city.call(
                        "reviewer", HttpMethod.POST, task + "/completion", "{" + fields.replace("V", value) + "}"));
        for (String value : List.of(HUGE, "[null]", "{}", DEEP, "null", "1e400")) {
            String facts = "{\"scheme\":\"skills-award\",\"facts\":{\"certificateLevel\":" + value + "}}";
            for (String call : List.of("", "/explanation", "/next-question")) {
                City.Answer answer = city.call(null, HttpMethod.POST, "/api/assessments" + call, facts);
                assertThat(answer.status()).as(call + value).isEqualTo(value.equals("null") ? 200 : 400);
            }
            assertThat(city.call(
                                    null,
                                    HttpMethod.POST,
                                    "/api/assessments/all",
                                    facts.replace("\"scheme\":\"skills-award\",", ""))
                            .status())
                    .isEqualTo(value.equals("null") ? 200 : 400);
            refused(city.call(
                    "reviewer",
                    HttpMethod.POST,
                    "/api/cases/" + award.number() + "/facts",
                    "{\"name\":\"certificateLevel\",\"value\":" + value + ",\"note\":\"x\"}"));
            refused(city.call(
                    "reviewer",
                    HttpMethod.POST,
                    "/api/cases/" + award.number() + "/facts",
                    "{\"name\":\"certificateLevel\",\"value\":1,\"evidence\":"
                            + (value.equals("null") ? "\"x\"" : value) + ",\"note\":\"x\"}"));
            refused(city.call(
                    "applicant",
                    HttpMethod.POST,
                    "/api/cases/" + award.number() + "/rating",
                    "{\"stars\":" + value + "}"));
            refused(city.call(
                    "policy-admin",
                    HttpMethod.POST,
                    "/api/what-if",
                    "{\"scheme\":\"skills-award\",\"people\":" + value + "}"));
        }
        for (String name : List.of("null", "[null]", HUGE))
            refused(city.call(
                    "reviewer",
                    HttpMethod.POST,
                    "/api/cases/" + award.number() + "/facts",
                    "{\"name\":" + name + ",\"value\":1,\"note\":\"x\"}"));
        String many = "9".repeat(31);
        for (String path : List.of(
                "/api/cases?page=" + many,
                "/api/cases?size=-1&page=-1",
                "/api/notices?page=2147483647&size=2147483647",
                "/api/notices/" + many,
                "/api/tasks?page=2147483647",
                "/api/tasks?stage=%00",
                "/api/cases?stage=%00",
                "/api/notices/9223372036854775807",
                "/api/cases/JC2026000000/decision"))
            assertThat(city.call("reviewer", HttpMethod.GET, path, null).status())
                    .as(path)
                    .isLessThan(500);
    }

    @Test
    @Tag("issue-15.3")
    void whatNoBrowserPutsIntoHeadersAndFormsIsRefusedInWords() {
        Visitor nobody = new Visitor(port);
        for (String language : List.of("-", "-,-", ";;;"))
            assertThat(nobody.get("/api/tasks", "Accept-Language", language).status())
                    .isEqualTo(401);
        assertThat(nobody.send("FROB", "/api/cases", null).json().path("code").asText())
                .isEqualTo("BAD_REQUEST");
        for (String kind : List.of("*/*", "application/*", "application/*+json"))
            assertThat(nobody.send("POST", "/api/assessments", "{}", "Content-Type", kind)
                            .status())
                    .as(kind)
                    .isEqualTo(415);
        for (String kind : List.of("application/cbor", "application/yaml"))
            assertThat(new Visitor(port)
                            .withPassword("applicant", "applicant")
                            .send("PUT", "/api/account/password", "{}", "Content-Type", kind)
                            .status())
                    .as(kind)
                    .isEqualTo(415);
        assertThat(nobody.form("/register", "name=x", nobody.get("/register")).status())
                .isEqualTo(422);
        Visitor applicant = new Visitor(port).signIn("applicant");
        assertThat(applicant
                        .send("PUT", "/account", "a=%", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isLessThan(500);
    }
}
