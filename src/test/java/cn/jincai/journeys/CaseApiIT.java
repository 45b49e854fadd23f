package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** What outside systems rely on, and what happens to bad input: a clear answer, nothing changed, nothing lost. */
@CaseTest
class CaseApiIT {
    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void theSameRequestTwiceMakesOneCase() {
        var application = city.application("skills-award", "granted");
        String key = "k-" + System.identityHashCode(application) + application.hashCode();
        var first = city.call("applicant", HttpMethod.POST, "/api/cases", application, Map.of("Idempotency-Key", key))
                .is(201);
        var again = city.call("applicant", HttpMethod.POST, "/api/cases", application, Map.of("Idempotency-Key", key))
                .is(201);
        assertThat(again.body().get("number")).isEqualTo(first.body().get("number"));
        var other = city.application("skills-award", "granted");
        city.call("applicant", HttpMethod.POST, "/api/cases", other, Map.of("Idempotency-Key", key))
                .is(422);
    }

    @Test
    void ofTwoTabsTheSecondIsToldThatTheCaseChanged() {
        var award = city.drafted("skills-award", "granted");
        String seen = award.shownTo("applicant").etag();
        String path = "/api/cases/" + award.number() + "/answers";
        city.call("applicant", HttpMethod.PATCH, path, Map.of("contractMonths", 24), Map.of("If-Match", seen))
                .is(200);
        city.call("applicant", HttpMethod.PATCH, path, Map.of("contractMonths", 12), Map.of("If-Match", seen))
                .is(412);
        city.call("applicant", HttpMethod.PATCH, path, Map.of("contractMonths", 12))
                .is(412);
        assertThat(award.show().at("/answers/contractMonths").asInt()).isEqualTo(24);
    }

    @Test
    void anotherPersonsCaseLooksLikeOneThatDoesNotExist() {
        var award = city.submitted("skills-award", "granted");
        JsonNode others = award.shownTo("applicant2").is(404).body();
        JsonNode none = city.call("applicant2", HttpMethod.GET, "/api/cases/JC2026999999", null)
                .is(404)
                .body();
        JsonNode malformed = city.call("applicant2", HttpMethod.GET, "/api/cases/XYZ", null)
                .is(404)
                .body();
        assertThat(others.get("detail")).isEqualTo(none.get("detail")).isEqualTo(malformed.get("detail"));
        Map.of(
                        "/submission",
                        Map.of(),
                        "/withdrawal",
                        Map.of(),
                        "/rating",
                        Map.of("stars", 5),
                        "/answer",
                        Map.of("text", "x"))
                .forEach((path, body) -> city.call(
                                "applicant2", HttpMethod.POST, "/api/cases/" + award.number() + path, body)
                        .is(404));
        city.call("applicant2", HttpMethod.GET, "/api/cases/" + award.number() + "/decision", null)
                .is(404);
        city.call(null, HttpMethod.GET, "/api/cases/" + award.number(), null).is(401);
    }

    @Test
    void aSubmissionListsEverythingThatIsMissingAtOnceAndLosesNothing() {
        var opened = city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases",
                        Map.of("scheme", "skills-award", "answers", Map.of("certificateLevel", "THREE")))
                .is(201);
        String number = opened.body().get("number").asText();
        var refused = city.call("applicant", HttpMethod.POST, "/api/cases/" + number + "/submission", Map.of())
                .is(422);
        List<String> fields = new ArrayList<>();
        refused.body().get("errors").forEach(e -> fields.add(e.get("field").asText()));
        assertThat(fields)
                .contains(
                        "name",
                        "documentNumber",
                        "certificateIssuedOn",
                        "bankAccount",
                        "CERTIFICATE",
                        "LABOUR_CONTRACT");
        assertThat(city.call("applicant", HttpMethod.GET, "/api/cases/" + number, null)
                        .body()
                        .at("/answers/certificateLevel")
                        .asText())
                .isEqualTo("THREE");
        city.call("applicant", HttpMethod.DELETE, "/api/cases/" + number, null).is(204);
        city.call("applicant", HttpMethod.GET, "/api/cases/" + number, null).is(404);
    }

    @ParameterizedTest
    @CsvSource({
        "documentNumber, 350582199001011230",
        "birthDate, 1991-02-03",
        "employerCode, 91350100M000100Y4Z",
        "certificateIssuedOn, 2027-01-01",
        "certificateIssuedOn, 2025-02-30",
        "certificateLevel, SEVEN",
        "phone, 12"
    })
    void aMalformedAnswerIsToldByItsFieldAndWithoutThePersonsNumber(String field, String value) {
        ObjectNode application = city.application("skills-award", "granted");
        ((ObjectNode) application.get("answers")).put(field, value);
        var award = city.drafted(application);
        var refused = award.submission().is(422);
        assertThat(refused.body().get("errors"))
                .anySatisfy(e -> assertThat(e.get("field").asText()).isEqualTo(field));
        assertThat(refused.body().toString()).doesNotContain("350582199001011230");
        award.waitsAt("draft");
    }

    @Test
    void anAnswerThatTheFormDoesNotKnowIsRefused() {
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases",
                        Map.of("scheme", "skills-award", "answers", Map.of("favouriteColour", "red")))
                .is(422);
        city.call("applicant", HttpMethod.POST, "/api/cases", Map.of("scheme", "no-such-scheme"))
                .is(404);
        city.call("applicant", HttpMethod.POST, "/api/cases", "{\"scheme\": ").is(400);
        city.call("reviewer", HttpMethod.POST, "/api/cases", Map.of("scheme", "skills-award"))
                .is(403);
    }

    @Test
    void aDraftMayBeginEmpty() {
        for (String body :
                List.of("{\"scheme\": \"skills-award\"}", "{\"scheme\": \"skills-award\", \"answers\": null}")) {
            var opened =
                    city.call("applicant", HttpMethod.POST, "/api/cases", body).is(201);
            assertThat(opened.body().get("stage").asText()).isEqualTo("draft");
        }
    }

    @Test
    void aFieldThatABodyDoesNotHaveIsNamedAndNotSwallowed() {
        var misspelt = city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases",
                        Map.of("scheme", "skills-award", "answer", Map.of()))
                .is(400);
        assertThat(misspelt.body().at("/errors/0/field").asText()).isEqualTo("answer");
        assertThat(misspelt.body().at("/errors/0/code").asText()).isEqualTo("UNKNOWN");
    }

    @Test
    void aRatingIsInWholeStars() {
        var award = city.submitted("skills-award", "granted");
        var refused = city.call(
                        "applicant", HttpMethod.POST, "/api/cases/" + award.number() + "/rating", Map.of("stars", 4.7))
                .is(400);
        assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("stars");
    }

    @Test
    void sendingTwiceSendsOnce() {
        var award = city.submitted("skills-award", "granted");
        assertThat(award.submission().is(409).body().toString()).contains(award.number());
        award.waitsAt("acceptance");
    }

    @Test
    void filesThatAreNotWhatTheySayAreRefused() {
        var award = city.drafted("skills-award", "granted");
        String path = "/api/cases/" + award.number() + "/documents";
        city.upload("applicant", path, Map.of("need", "CERTIFICATE"), "leer.pdf", new byte[0])
                .is(422);
        city.upload(
                        "applicant",
                        path,
                        Map.of("need", "CERTIFICATE"),
                        "a.pdf",
                        "MZ\u0090\u0000 this program".getBytes(StandardCharsets.ISO_8859_1))
                .is(422);
        city.upload(
                        "applicant",
                        path,
                        Map.of("need", "CERTIFICATE"),
                        "a.pdf",
                        "%PDF-1.4\n1 0 obj\n<< /Type".getBytes(StandardCharsets.ISO_8859_1))
                .is(422);
        city.upload("applicant", path, Map.of("need", "CERTIFICATE"), "a.pdf", new byte[11 * 1024 * 1024])
                .is(413);
        city.upload("applicant", path, Map.of("need", "NO_SUCH_PAPER"), "a.pdf", new byte[] {1})
                .is(422);
    }

    @Test
    void ofTwoClerksAtTheSameSecondOneGetsTheTask() throws Exception {
        var award = city.submitted("skills-award", "granted");
        String id = award.task("intake", "acceptance").get("id").asText();
        city.call("intake", HttpMethod.POST, "/api/tasks/" + id + "/claim", null)
                .is(204);
        Callable<Integer> accept = () -> city.call(
                        "intake", HttpMethod.POST, "/api/tasks/" + id + "/completion", Map.of("outcome", "accept"))
                .status();
        var pool = Executors.newFixedThreadPool(2);
        List<Integer> statuses = new ArrayList<>();
        for (var answer : pool.invokeAll(List.of(accept, accept))) statuses.add(answer.get());
        pool.shutdown();
        assertThat(statuses).contains(204).doesNotContain(500);
        assertThat(statuses.stream().filter(s -> s == 204)).hasSize(1);
    }

    @Test
    void aTaskIsNotCompletedWithWhatItsFormDoesNotKnow() {
        var award = city.submitted("skills-award", "granted");
        award.does("intake", "acceptance", "explode", Map.of()).is(422);
        award.does("intake", "acceptance", "accept", Map.of("caseNumber", "EVIL"))
                .is(422);
        award.does(
                        "intake",
                        "acceptance",
                        "supplement",
                        Map.of("opinion", "x".repeat(1_000_000), "items", "CERTIFICATE"))
                .is(422);
        award.does("intake", "acceptance", "supplement", Map.of("opinion", "缺", "items", "NO_SUCH"))
                .is(422);
        award.waitsAt("acceptance")
                .done(
                        "intake",
                        "acceptance",
                        "supplement",
                        Map.of("opinion", "<script>alert(1)</script>", "items", "CERTIFICATE"))
                .waitsAt("supplement");
        assertThat(award.show().at("/asked/0/reason/zh").asText()).isEqualTo("<script>alert(1)</script>");
    }

    @Test
    void onlyTheEntitledTakeATaskHoweverTheyAsk() {
        var award = city.submitted("skills-award", "granted");
        String id = award.task("intake", "acceptance").get("id").asText();
        for (String who : List.of("reviewer", "leader", "finance", "employer", "expert1")) {
            assertThat(city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/claim", null)
                            .status())
                    .as(who)
                    .isIn(403, 404);
            assertThat(city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/completion", Map.of("outcome", "accept"))
                            .status())
                    .as(who)
                    .isIn(403, 404);
        }
        assertThat(city.call("applicant", HttpMethod.POST, "/api/tasks/" + id + "/claim", null)
                        .status())
                .isEqualTo(403);
        award.waitsAt("acceptance");
    }

    @Test
    void listsArePagedNewestFirst() {
        city.at("2026-11-02T09:00");
        var older = city.drafted("skills-award", "granted");
        var newer = city.drafted("skills-award", "granted");
        JsonNode page = city.call("applicant", HttpMethod.GET, "/api/cases?size=2&stage=draft", null)
                .is(200)
                .body();
        assertThat(page.get("size").asInt()).isEqualTo(2);
        assertThat(page.get("items").get(0).get("number").asText()).isEqualTo(newer.number());
        assertThat(page.get("items").get(1).get("number").asText()).isEqualTo(older.number());
        assertThat(page.get("total").asLong()).isGreaterThanOrEqualTo(2);
    }
}
