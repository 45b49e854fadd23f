package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom people refuse, or grant by a waiver, is told on what grounds, in words that whoever signs answers for. */
@CaseTest
@Tag("issue-13.5")
class GroundsIT {
    private static final String OPINION = "内部意见：该单位已被约谈三次。", WORDS = "经核查，证书与申报的职业不符，\n不予支持。";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    IssuedDocuments issued;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private ApplicantsCase refusedByPeople() {
        Map<String, Object> why = Map.of("opinion", OPINION);
        return city.checked("skills-award", "granted")
                .done("reviewer", "first-review", "reject", why)
                .done("senior-reviewer", "second-review", "reject", why)
                .done("leader", "leader-review", "reject", why)
                .waitsAt("decision");
    }

    private static List<String> benefits(JsonNode file) {
        return StreamSupport.stream(file.at("/assessment/benefits").spliterator(), false)
                .map(b -> b.get("code").asText())
                .toList();
    }

    private String text(ApplicantsCase file) throws IOException {
        long decision = StreamSupport.stream(file.show().get("documents").spliterator(), false)
                .filter(d -> d.path("kind").asText().equals("decision"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asLong();
        try (var pdf = Loader.loadPDF(issued.pdf(new CaseNumber(file.number()), decision))) {
            return new PDFTextStripper().getText(pdf).replaceAll("\\s", "");
        }
    }

    @Test
    void whomPeopleRefuseFindsTheGroundsInTheDecisionAndNotTheirOpinion() throws IOException {
        var award = refusedByPeople();
        List<String> all = benefits(award.show());
        var without = award.does("leader", "decision", "sign", Map.of("opinion", OPINION))
                .is(422)
                .body();
        assertThat(without.at("/errors/0/field").asText()).isEqualTo("grounds");
        assertThat(without.at("/errors/0/message").asText()).contains(all);
        assertThat(award.does("leader", "decision", "sign", Map.of("grounds", Map.of(all.get(0), WORDS)))
                        .is(422)
                        .body()
                        .at("/errors/0/message")
                        .asText())
                .contains(all.get(1))
                .doesNotContain(all.get(0));
        Map<String, String> grounds = Map.of(all.get(0), WORDS, all.get(1), "没有技能奖励，不发生活补助。");
        award.does(
                        "leader",
                        "decision",
                        "sign",
                        Map.of("grounds", Map.of(all.get(0), WORDS, all.get(1), WORDS, "NO_SUCH", WORDS)))
                .is(422);
        award.does(
                        "leader",
                        "decision",
                        "sign",
                        Map.of("grounds", Map.of(all.get(0), "长".repeat(5001), all.get(1), WORDS)))
                .is(422);
        award.does("leader", "decision", "sign", Map.of("grounds", "一句话")).is(422);
        award.does("leader", "decision", "sign", Map.of("grounds", Map.of(all.get(0), List.of(WORDS), all.get(1), 5)))
                .is(422);
        award.waitsAt("decision")
                .done("leader", "decision", "sign", Map.of("grounds", grounds))
                .isClosed("refused");

        for (String code : all)
            assertThat(award.benefit(code).get("grounds").asText()).isEqualTo(grounds.get(code));
        JsonNode words = award.benefit(all.get(0)).at("/reasons/0");
        assertThat(words.at("/code").asText()).isEqualTo("REVIEW_REFUSED");
        assertThat(words.at("/message/zh").asText()).as("the scheme's words").isEqualTo("经审核不予同意该项待遇。");
        assertThat(words.at("/mend/zh").asText()).isEqualTo("可按决定书所列途径申请救济。");
        assertThat(text(award))
                .contains("经核查，证书与申报的职业不符，不予支持。", "没有技能奖励，不发生活补助。", "经审核不予同意该项待遇。")
                .doesNotContain("约谈");
        var portal = new Visitor(port).signIn("applicant").get("/cases/" + award.number());
        assertThat(portal.body()).contains("理由说明", "没有技能奖励，不发生活补助。").doesNotContain("约谈");
        assertThat(award.shownTo("employer").body().at("/decision/benefits").isMissingNode())
                .as("the employer has no part in it")
                .isTrue();
        assertThat(db.sql("select sealed_grounds, benefit_json from decided_benefits where case_number = ?")
                        .param(award.number())
                        .query()
                        .listOfRows()
                        .toString())
                .as("sealed")
                .doesNotContain("证书与申报");
    }

    @Test
    void aWaiverIsToldTooAndTheFormStartsFromTheOpinion() throws IOException {
        Map<String, Object> waiver = Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达，准予豁免。");
        var award = city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .done("leader", "leader-review", "approve", waiver)
                .waitsAt("public-notice");
        city.passes("P15D");
        JsonNode refused =
                award.does("leader", "decision", "sign", Map.of()).is(422).body();
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("grounds");
        String task = "/camunda/api/engine/engine/default/task/"
                + award.task("leader", "decision").get("id").asText();
        var leader = new Visitor(port).signIn("leader").inTasklist();
        JsonNode draft = leader.get(task + "/form-variables").json().get("grounds");
        assertThat(draft.get("value").asText()).contains("证书因系统故障延迟送达");
        JsonNode form = leader.get(task + "/deployed-form").json();
        assertThat(form.findValuesAsText("key").stream().filter(k -> k.startsWith("grounds")))
                .as("one for each benefit that people decided")
                .isNotEmpty()
                .allMatch(k -> k.matches("grounds\\.[A-Z_]+"));
        String body = "{\"variables\":{\"outcome\":{\"value\":\"sign\"},\"grounds\":{\"type\":\"Json\",\"value\":"
                + draft.get("value").toString() + "}}}";
        assertThat(leader.post(task + "/submit-form", body).status()).isEqualTo(204);
        assertThat(text(award).replaceAll("\\s", ""))
                .as("the decision says that it is one by waiver, of what, and by which article")
                .contains("证书因系统故障延迟送达，准予豁免。", "本待遇属豁免准予", "已超过申请期限", "依据：");
        assertThat(award.show().at("/decision/benefits").findValuesAsText("grounds"))
                .contains("证书因系统故障延迟送达，准予豁免。");
    }

    @Test
    void whatTheRulesRefuseOrGrantIsSignedWithoutGrounds() {
        Map<String, Object> why = Map.of("opinion", OPINION);
        city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "reject", why)
                .done("senior-reviewer", "second-review", "reject", why)
                .done("leader", "decision", "sign")
                .isClosed("refused");
        city.checked("skills-award", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .waitsAt("payment-make");
    }
}
