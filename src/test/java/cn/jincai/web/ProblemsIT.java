package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What goes wrong is told in one form, in the caller's language, naming the field and never the value. */
@CaseTest
class ProblemsIT {
    @LocalServerPort
    int port;

    private Visitor admin() {
        return new Visitor(port).withPassword("admin", "admin");
    }

    private static void isProblem(Visitor.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var json = answer.json();
        assertThat(json.path("status").asInt()).isEqualTo(status);
        assertThat(json.path("code").asText()).isEqualTo(code);
        assertThat(json.path("type").asText()).isNotBlank();
        assertThat(json.path("title").asText()).isNotBlank();
        assertThat(json.path("detail").asText()).isNotBlank();
        assertThat(json.path("errors").isArray()).isTrue();
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "org.springframework", "com.fasterxml");
    }

    @Test
    void eachKindHasItsStatusAndForm() {
        isProblem(new Visitor(port).get("/api/tasks"), 401, "UNAUTHORIZED");
        isProblem(admin().get("/api/tasks"), 403, "FORBIDDEN");
        isProblem(admin().get("/api/no-such-thing"), 404, "NOT_FOUND");
        isProblem(admin().send("DELETE", "/api/demo/clock", null), 405, "METHOD_NOT_ALLOWED");
        isProblem(
                admin().send("POST", "/api/demo/clock", "advance=P1D", "Content-Type", "text/plain"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        isProblem(admin().post("/api/demo/clock", "{\"advance\": "), 400, "MALFORMED");
        isProblem(admin().post("/api/demo/clock", ""), 400, "MALFORMED");
        isProblem(admin().post("/api/demo/clock", "{\"advance\": \"-P1D\"}"), 422, "OUT_OF_RANGE");
        isProblem(admin().post("/api/demo/clock", "{\"advance\": \"" + "x".repeat(2 << 20) + "\"}"), 413, "TOO_LARGE");
    }

    @Test
    void theFieldIsNamedAndTheValueIsNot() {
        var answer = admin().post("/api/demo/clock", "{\"advance\": {\"secret\": 350582199001011234}}");
        isProblem(answer, 400, "MALFORMED");
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo("advance");
        assertThat(answer.body()).doesNotContain("350582199001011234");
    }

    @Test
    void chineseUnlessEnglishIsAskedFor() {
        assertThat(new Visitor(port).get("/api/tasks").json().path("title").asText())
                .isEqualTo("请先登录");
        assertThat(new Visitor(port)
                        .get("/api/tasks", "Accept-Language", "en-US,en;q=0.9")
                        .json()
                        .path("title")
                        .asText())
                .isEqualTo("Please sign in");
        assertThat(new Visitor(port)
                        .get("/api/tasks", "Accept-Language", "fr")
                        .json()
                        .path("title")
                        .asText())
                .isEqualTo("请先登录");
        assertThat(new Visitor(port).get("/api/tasks", "Accept-Language", ";;;").status())
                .isEqualTo(401);
    }

    @Test
    void anyoneElseGetsAPageThatSaysWhatToDo() {
        var page = new Visitor(port).signIn("applicant").get("/no-such-page", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("没有找到").doesNotContain("Whitelabel", "Exception");
    }

    @Test
    void anotherCaseNumberAndNoNumberLookTheSame() {
        var applicant = new Visitor(port).withPassword("applicant", "applicant");
        isProblem(applicant.get("/api/cases/JC2020999999"), 404, "NOT_FOUND");
        isProblem(applicant.get("/api/cases/drop-table"), 404, "NOT_FOUND");
    }
}
