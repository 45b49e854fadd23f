package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Relatives;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** A fact that an officer records counts like a source's: so four eyes and recusal hold for it on the page as by the API, and what proves it is a paper of this case. */
@CaseTest
class RecordedFactIT {
    @Autowired
    City city;

    @Autowired
    Relatives relatives;

    @Autowired
    Accounts accounts;

    @LocalServerPort
    int port;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private int posts(String who, ApplicantsCase file) {
        Visitor officer = new Visitor(port).signIn(who);
        return officer.form(
                        "/officers/cases/" + file.number() + "/facts",
                        "name=contractMonths&value=48&note=%E7%9C%8B%E8%BF%87%E5%8E%9F%E4%BB%B6",
                        officer.get("/officers/cases"))
                .status();
    }

    private static String source(ApplicantsCase file, String fact) {
        return StreamSupport.stream(file.show().get("facts").spliterator(), false)
                .filter(f -> f.get("name").asText().equals(fact))
                .map(f -> f.path("source").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void aRelativeRecordsNothingOnThePageEither() {
        ObjectNode application = city.application("skills-award", "granted");
        relatives.declare(
                accounts.actor("reviewer2"),
                application.at("/answers/documentType").asText(),
                application.at("/answers/documentNumber").asText());
        var file = city.checked(application).waitsAt("first-review");
        String before = source(file, "contractMonths");
        file.records("reviewer2", "contractMonths", 48).is(404);
        assertThat(posts("reviewer2", file))
                .as("for a relative there is no such case")
                .isEqualTo(404);
        assertThat(source(file, "contractMonths")).isEqualTo(before).isNotEqualTo("officer");
        assertThat(new Visitor(port)
                        .signIn("reviewer")
                        .get("/officers/cases/" + file.number())
                        .body())
                .contains("/officers/cases/" + file.number() + "/facts\"");
        assertThat(posts("reviewer", file)).isEqualTo(302);
        assertThat(source(file, "contractMonths")).isEqualTo("officer");
    }

    @Test
    void whatProvesItIsAPaperOfThisCase() {
        var file = city.checked("skills-award", "granted").waitsAt("first-review");
        var another = city.checked("skills-award", "granted");
        long own = papers(file), theirs = papers(another);
        for (long paper : new long[] {99_999_999L, theirs}) {
            var refused = records(file, paper).is(422);
            assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("evidence");
            assertThat(refused.body().at("/errors/0/code").asText()).isEqualTo("UNKNOWN_PAPER");
        }
        assertThat(source(file, "contractMonths")).isNotEqualTo("officer");
        records(file, own).is(200);
        assertThat(source(file, "contractMonths")).isEqualTo("officer");
    }

    private City.Answer records(ApplicantsCase file, long paper) {
        return city.call(
                "reviewer",
                HttpMethod.POST,
                "/api/cases/" + file.number() + "/facts",
                Map.of("name", "contractMonths", "value", 48, "evidence", paper, "note", "看过原件"));
    }

    private static long papers(ApplicantsCase file) {
        JsonNode documents = file.show().get("documents");
        return StreamSupport.stream(documents.spliterator(), false)
                .filter(d -> d.hasNonNull("need"))
                .mapToLong(d -> d.get("id").asLong())
                .findFirst()
                .orElseThrow();
    }
}
