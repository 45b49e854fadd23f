package cn.jincai.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseTest
class AssessmentApiIT {
    private static final String WELDER = """
        {"scheme": "skills-award", "applicationDate": "2026-03-02",
         "facts": {"identityVerified": true, "banned": false, "inPost": true, "employerType": "PRIVATE_ENTERPRISE", "employerRegion": "JINJIANG",
                   "contractMonths": 36, "insuredMonthsConsecutive": 8, "certificateLevel": "THREE", "certificateIssuedOn": "2025-09-01",
                   "unemploymentInsuredMonths": 40, "levelsPaidForOccupation": [], "claimsThisYear": 0, "allowanceForSameCertificate": false,
                   "awardPaidThisYear": 0}}""";

    @LocalServerPort
    int port;

    private Visitor.Answer ask(String body) {
        return new Visitor(port).post("/api/assessments", body);
    }

    @Test
    void theWelderOfTheHandbookIsAskedForTheCertificateOnly() {
        Visitor.Answer answer = ask(WELDER);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode a = answer.json();
        assertThat(a.path("ruleset").asText()).isEqualTo("2026-01");
        assertThat(a.path("governingDate").asText()).isEqualTo("2025-09-01");
        assertThat(a.path("verdict").asText()).isEqualTo("SUPPLEMENT");
        JsonNode subsidy = a.path("benefits").path(0);
        assertThat(names(a))
                .containsExactlyInAnyOrder(
                        "scheme", "ruleset", "governingDate", "applicationDate", "verdict", "benefits");
        assertThat(names(subsidy))
                .containsExactlyInAnyOrder(
                        "code",
                        "verdict",
                        "fund",
                        "amountFen",
                        "level",
                        "monthlyFen",
                        "months",
                        "instalments",
                        "matchedRules",
                        "reasons");
        assertThat(subsidy.path("instalments").toString())
                .isEqualTo("[{\"number\":1,\"amountFen\":200000,\"from\":null,\"to\":null,\"provisional\":false}]");
        assertThat(subsidy.path("matchedRules").toString()).isEqualTo("[\"C1-03\"]");
        assertThat(subsidy.path("level").isNull()).isTrue();
        assertThat(subsidy.path("reasons")).hasSize(1);
        JsonNode reason = subsidy.path("reasons").path(0);
        assertThat(names(reason))
                .containsExactlyInAnyOrder(
                        "code",
                        "rule",
                        "effect",
                        "fact",
                        "actual",
                        "required",
                        "basis",
                        "status",
                        "mend",
                        "deadline",
                        "appeal",
                        "message");
        assertThat(reason.path("rule").asText()).isEqualTo("C0-02");
        assertThat(reason.path("actual").isNull()).isTrue();
        assertThat(reason.path("required").booleanValue()).isTrue();
        assertThat(reason.path("basis").asText()).contains("人社部发〔2017〕40号").contains("2017-05-15");
        for (String text : new String[] {"mend", "appeal", "message"})
            assertThat(List.of(
                            reason.path(text).path("zh").asText(),
                            reason.path(text).path("en").asText()))
                    .doesNotContain("");
    }

    @Test
    void theSameRequestIsExplained() {
        Visitor.Answer answer = new Visitor(port).post("/api/assessments/explanation", WELDER);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode why = answer.json();
        assertThat(why.path("verdict")).isEqualTo(ask(WELDER).json().path("verdict"));
        JsonNode subsidy = why.path("benefits").path(0);
        assertThat(subsidy.path("sum")
                        .path(subsidy.path("sum").size() - 1)
                        .path("value")
                        .asLong())
                .isEqualTo(200000);
        assertThat(subsidy.path("changes").path(0).path("fact").asText()).isEqualTo("certificateVerified");
        assertThat(subsidy.path("changes").path(0).path("text").path("zh").asText())
                .isEqualTo("“证书核验”查明为是：可以支持。");
        JsonNode months = null;
        for (JsonNode c : subsidy.path("conditions"))
            if (c.path("rule").asText().equals("C1-07")) months = c;
        assertThat(months.path("state").asText()).isEqualTo("met");
        assertThat(months.path("thresholds").path(0).path("value").asLong()).isEqualTo(12);
        assertThat(months.path("thresholds").path(0).path("until").asText()).isEqualTo("2026-12-31");
        assertThat(months.path("basis").path("text").path("zh").asText()).contains("36个月");
        assertThat(new Visitor(port).post("/api/assessments/explanation", "{").status())
                .isEqualTo(400);
        assertThat(new Visitor(port)
                        .post("/api/assessments/explanation", "{\"scheme\": \"nothing\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aDayNotToldIsToday() {
        JsonNode answer = ask("{\"scheme\": \"talent-recognition\", \"applicationDate\": null, \"facts\": null}")
                .json();
        assertThat(answer.path("applicationDate").asText())
                .isEqualTo(answer.path("governingDate").asText())
                .hasSize(10);
        assertThat(answer.path("benefits")).hasSize(2);
    }

    @Test
    void whatAnotherSchemeAsksIsCheckedForItsFormAndThenIgnored() {
        assertThat(ask(WELDER.replace("\"facts\": {", "\"facts\": {\"degree\": \"DOCTOR\", "))
                        .json())
                .isEqualTo(ask(WELDER).json());
        assertThat(field(ask(WELDER.replace("\"facts\": {", "\"facts\": {\"degree\": \"CLEVER\", "))))
                .isEqualTo("facts.degree");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "facts.nickname | {`scheme`: `skills-award`, `facts`: {`nickname`: 1}}",
                "facts.banned | {`scheme`: `skills-award`, `facts`: {`banned`: `no`}}",
                "facts.contractMonths | {`scheme`: `skills-award`, `facts`: {`contractMonths`: 36.0}}",
                "facts.contractMonths | {`scheme`: `skills-award`, `facts`: {`contractMonths`: -1}}",
                "facts.contractMonths | {`scheme`: `skills-award`, `facts`: {`contractMonths`: `36`}}",
                "facts.awardPaidThisYear | {`scheme`: `skills-award`, `facts`: {`awardPaidThisYear`: 9007199254740992}}",
                "facts.awardPaidThisYear | {`scheme`: `skills-award`, `facts`: {`awardPaidThisYear`: 99999999999999999999999}}",
                "facts.certificateIssuedOn | {`scheme`: `skills-award`, `facts`: {`certificateIssuedOn`: `2026-02-30`}}",
                "facts.certificateIssuedOn | {`scheme`: `skills-award`, `facts`: {`certificateIssuedOn`: `2026-2-3`}}",
                "facts.certificateLevel | {`scheme`: `skills-award`, `facts`: {`certificateLevel`: `three`}}",
                "facts.levelsPaidForOccupation | {`scheme`: `skills-award`, `facts`: {`levelsPaidForOccupation`: [`THREE`]}}",
                "facts.levelsPaidForOccupation | {`scheme`: `skills-award`, `facts`: {`levelsPaidForOccupation`: `UPGRADE:ONE`}}",
                "facts.recognisedLevel | {`scheme`: `talent-recognition`, `facts`: {`recognisedLevel`: 6}}",
                "facts.instalment | {`scheme`: `recruitment-subsidy`, `facts`: {`instalment`: 3}}",
                "facts.instalmentsGranted | {`scheme`: `recruitment-subsidy`, `facts`: {`instalmentsGranted`: [3]}}",
                "facts | {`scheme`: `skills-award`, `facts`: []}",
                "scheme | {`scheme`: `free-lunch`}",
                "scheme | {`facts`: {}}",
                "applicationDate | {`scheme`: `skills-award`, `applicationDate`: `2025-02-29`}",
                "applicationDate | {`scheme`: `skills-award`, `applicationDate`: 20250101}",
                "person | {`scheme`: `skills-award`, `person`: {}}"
            })
    void aMistakeIsToldByItsField(String field, String body) {
        Visitor.Answer answer = ask(body.replace('`', '"'));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(field(answer)).isEqualTo(field);
        assertThat(answer.json().path("errors").path(0).path("code").asText()).isNotEmpty();
        assertThat(answer.json().path("errors").path(0).path("message").asText())
                .isNotEmpty();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        JsonNode errors =
                ask("{\"scheme\": \"free-lunch\", \"applicationDate\": \"soon\", \"x\": 1, \"facts\": {\"banned\": 1, \"inPost\": \"yes\", \"y\": 2}}")
                        .json()
                        .path("errors");
        assertThat(errors).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"skills-award\"",
                "{} {}",
                "{\"scheme\": \"skills-award\", \"scheme\": \"talent-recognition\"}",
                "{\"facts\": {\"banned\": tru}}"
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThat(ask(body).status()).isEqualTo(400);
    }

    @Test
    void twoMebibytesAreTooMuch() {
        Visitor.Answer answer = ask("{\"scheme\": \"" + "x".repeat(2 << 20) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void theSchemesAreListedForEverybody() {
        JsonNode schemes = new Visitor(port).get("/api/schemes").json();
        assertThat(schemes.findValuesAsText("code"))
                .contains("talent-recognition", "recruitment-subsidy", "skills-award");
        for (JsonNode scheme : schemes) {
            assertThat(names(scheme)).contains("code", "name", "ruleset", "benefits", "facts", "documents", "form");
            assertThat(scheme.path("form").path("fields")).isNotEmpty();
            for (JsonNode document : scheme.path("documents"))
                assertThat(names(document)).contains("code", "name", "required", "promisable");
        }
    }

    @Test
    void theCallIsDescribed() {
        JsonNode paths = new Visitor(port).get("/v3/api-docs").json().path("paths");
        assertThat(paths.path("/api/assessments")
                        .path("post")
                        .path("requestBody")
                        .isMissingNode())
                .isFalse();
        assertThat(paths.path("/api/schemes").path("get").isMissingNode()).isFalse();
    }

    @Test
    void allSchemesAreAnsweredForOnePersonInOneCall() {
        Visitor.Answer answer = new Visitor(port).post("/api/assessments/all", """
            {"applicationDate": "2026-03-02", "period": "P2Y", "facts": {"birthDate": "1992-05-01", "identityVerified": true, "banned": false, "inPost": true, "employerType": "PRIVATE_ENTERPRISE",
             "employerRegion": "JINJIANG", "contractMonths": 36, "insuredMonthsConsecutive": 8, "certificateLevel": "ONE", "certificateVerified": true, "certificateIssuedOn": "2025-09-01",
             "occupationCode": "6-18-02-04", "unemploymentInsuredMonths": 40, "evidence": ["SENIOR_TECHNICIAN"], "listedIndustry": true, "annualTaxablePay": 9000000, "taxedMonthsInJinjiang": 12}}""");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode a = answer.json();
        assertThat(names(a))
                .containsExactlyInAnyOrder(
                        "applicationDate",
                        "until",
                        "assumed",
                        "schemes",
                        "alone",
                        "relations",
                        "best",
                        "searched",
                        "least",
                        "complete",
                        "remarks");
        assertThat(a.path("until").asText()).isEqualTo("2028-03-02");
        assertThat(a.path("schemes").findValuesAsText("scheme"))
                .contains("talent-recognition", "recruitment-subsidy", "skills-award");
        assertThat(a.path("best").path("steps").findValuesAsText("day")).containsExactly("2026-03-02", "2026-03-02");
        assertThat(a.path("best").path("steps").path(0).path("scheme").asText()).isEqualTo("skills-award");
        assertThat(a.path("best").path("totalFen").asLong()).isEqualTo(4_100_000);
        assertThat(a.path("least").path("totalFen").asLong()).isEqualTo(3_600_000);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scheme | {`scheme`: `skills-award`}",
                "period | {`period`: `3Y`}",
                "period | {`period`: `P11Y`}",
                "period | {`period`: 3}",
                "period | {`period`: `P`}",
                "period | {`period`: `PT5H`}",
                "facts.nickname | {`facts`: {`nickname`: 1}}",
                "facts.banned | {`facts`: {`banned`: `no`}}",
                "applicationDate | {`applicationDate`: `2025-02-29`}",
                "body | []"
            })
    void mistakesInTheCallForAllAreToldByTheirField(String field, String body) {
        Visitor.Answer answer = new Visitor(port).post("/api/assessments/all", body.replace('`', '"'));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(field(answer)).isEqualTo(field);
    }

    private static String field(Visitor.Answer answer) {
        return answer.json().path("errors").path(0).path("field").asText();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
