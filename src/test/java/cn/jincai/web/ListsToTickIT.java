package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Reasons, benefits, papers and facts are ticked by their names; the API takes codes as a list or with commas, as ever. */
@CaseTest
@Tag("issue-13.2")
class ListsToTickIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    HistoryService history;

    @Autowired
    ObjectMapper json;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private JsonNode options(ApplicantsCase file, String who, String stage, String key, String language)
            throws JsonProcessingException {
        var officer = new Visitor(port).signIn(who).inTasklist().always("Accept-Language", language);
        JsonNode variables = officer.get("/camunda/api/engine/engine/default/task/"
                        + file.task(who, stage).get("id").asText() + "/form-variables")
                .json();
        return json.readTree(variables.at("/" + key + "/value").asText());
    }

    @Test
    void aReviewerTicksWhatMayBeWaivedInThisCaseAndNothingElse() throws JsonProcessingException {
        var late = city.checked("skills-award", "refused");
        JsonNode waive = options(late, "reviewer", "first-review", "waiveOptions", "zh-CN");
        assertThat(waive.findValuesAsText("value")).containsExactly("LATE");
        assertThat(waive.findValuesAsText("label").get(0)).startsWith("已超过申请期限").doesNotContainPattern("\\d");
        assertThat(options(late, "reviewer", "first-review", "waiveOptions", "en-US")
                        .findValuesAsText("label")
                        .get(0))
                .startsWith("The time to apply is over");
        assertThat(options(late, "reviewer", "first-review", "rejectOptions", "zh-CN")
                        .findValuesAsText("label"))
                .doesNotContainNull()
                .hasSize(2)
                .noneMatch(l -> l.matches("[A-Z_]+"));
        JsonNode items = options(late, "reviewer", "first-review", "itemsOptions", "en");
        assertThat(items.findValuesAsText("value"))
                .contains("CERTIFICATE", "certificateIssuedOn")
                .doesNotContain("LATE");
        assertThat(items.findValuesAsText("label")).noneMatch(l -> l.matches(".*[\\u4e00-\\u9fff].*"));
        var nothing = city.checked("skills-award", "granted");
        assertThat(options(nothing, "reviewer", "first-review", "waiveOptions", "zh-CN"))
                .isEmpty();
        assertThat(new Visitor(port)
                        .signIn("reviewer")
                        .inTasklist()
                        .get("/camunda/api/engine/engine/default/task/"
                                + nothing.task("reviewer", "first-review")
                                        .get("id")
                                        .asText() + "/deployed-form")
                        .body())
                .contains("**豁免的理由**：本案没有可选的内容。")
                .doesNotContain("waiveOptions");
    }

    @Test
    void whatTasklistTickedAndWhatAProgramWritesAreTakenAlikeAndNeverKeptByTheEngine() {
        var late = city.checked("skills-award", "refused");
        String task = late.task("reviewer", "first-review").get("id").asText(),
                path = "/camunda/api/engine/engine/default/task/" + task;
        var reviewer = new Visitor(port).signIn("reviewer").inTasklist();
        assertThat(reviewer.post(path + "/claim", "{\"userId\":\"reviewer\"}").status())
                .isEqualTo(204);
        String ticked =
                "{\"variables\":{\"outcome\":{\"value\":\"approve\"},\"opinion\":{\"value\":\"证书延迟送达。\"},\"waive\":{\"type\":\"Json\",\"value\":\"[\\\"LATE\\\"]\",\"valueInfo\":{}},\"reject\":{\"type\":\"Json\",\"value\":\"[]\"}}}";
        assertThat(reviewer.post(path + "/submit-form", ticked).status()).isEqualTo(204);
        late.waitsAt("second-review")
                .does(
                        "senior-reviewer",
                        "second-review",
                        "approve",
                        Map.of("waive", List.of("BANNED"), "opinion", "理由"))
                .is(422);
        late.done(
                        "senior-reviewer",
                        "second-review",
                        "approve",
                        Map.of("waive", "LATE，LATE", "reject", "", "opinion", "理由"))
                .waitsAt("leader-review");
        late.done("leader", "leader-review", "approve", Map.of("waive", List.of("LATE", "LATE"), "opinion", "理由"))
                .waitsAt("public-notice");
        assertThat(history.createHistoricVariableInstanceQuery().list())
                .as("no code and no word is a variable")
                .noneMatch(v -> String.valueOf(v.getValue()).contains("LATE"));
    }

    @Test
    void theWindowsSecondNoticeOffersWhatTheFirstOneNamed() throws JsonProcessingException {
        var award = city.submitted("skills-award", "granted");
        assertThat(options(award, "intake", "acceptance", "itemsOptions", "zh").size())
                .isGreaterThan(5);
        award.done(
                        "intake",
                        "acceptance",
                        "supplement",
                        Map.of("items", "CERTIFICATE, certificateIssuedOn", "opinion", "看不清。"))
                .waitsAt("supplement")
                .suppliesWhatWasAsked()
                .waitsAt("acceptance");
        assertThat(options(award, "intake", "acceptance", "itemsOptions", "zh").findValuesAsText("value"))
                .containsExactlyInAnyOrder("CERTIFICATE", "certificateIssuedOn");
    }

    @Test
    void factsOfYesAndNoAndOfCodesAreRecordedByChoice() {
        var award = city.checked("skills-award", "granted");
        var reviewer = new Visitor(port).signIn("reviewer");
        String page = "/officers/cases/" + award.number();
        assertThat(reviewer.get(page + "/facts/value?name=inPost").body())
                .contains("type=\"radio\"", "value=\"true\"", "value=\"false\"", "是", "否")
                .doesNotContain("type=\"text\"");
        assertThat(reviewer.get(page + "/facts/value?name=employerRegion").body())
                .contains("type=\"radio\"", "value=\"JINJIANG\"", "晋江");
        assertThat(reviewer.get(page + "/facts/value?name=employerRegion&lang=en")
                        .body())
                .contains("Elsewhere");
        for (String other : List.of("applicant", "employer", "auditor", "finance", "admin"))
            assertThat(new Visitor(port)
                            .signIn(other)
                            .get(page + "/facts/value?name=inPost")
                            .status())
                    .as(other)
                    .isIn(403, 404);
        var refused = reviewer.form(page + "/facts", "name=employerRegion&value=&note=x", reviewer.get(page));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).as("the choices stay").contains("value=\"JINJIANG\"");
        assertThat(reviewer.form(page + "/facts", "name=employerRegion&value=OTHER&note=x", reviewer.get(page))
                        .status())
                .isEqualTo(302);
        assertThat(award.show().get("facts"))
                .anyMatch(f -> f.get("name").asText().equals("employerRegion")
                        && f.get("value").asText().equals("OTHER")
                        && f.get("source").asText().equals("officer"));
    }
}
