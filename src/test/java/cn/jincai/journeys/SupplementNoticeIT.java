package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.document.IssuedDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The notice that tells once all that is missing (行政许可法 32): what settles most first, and what no longer matters is told as such. */
@CaseTest
class SupplementNoticeIT {
    @Autowired
    City city;

    @Autowired
    IssuedDocuments issued;

    @LocalServerPort
    int port;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private static List<String> items(ApplicantsCase file) {
        return StreamSupport.stream(file.show().get("asked").spliterator(), false)
                .map(a -> a.get("item").asText())
                .toList();
    }

    private static JsonNode asked(ApplicantsCase file, String item) {
        return StreamSupport.stream(file.show().get("asked").spliterator(), false)
                .filter(a -> a.get("item").asText().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private String notice(ApplicantsCase file) throws IOException {
        CaseNumber number = new CaseNumber(file.number());
        IssuedDocument notice = issued.of(number).stream()
                .filter(d -> d.kind().equals("supplement-notice"))
                .reduce((a, b) -> b)
                .orElseThrow();
        try (var document = Loader.loadPDF(issued.pdf(number, notice.id()))) {
            return new PDFTextStripper().getText(document).replaceAll("\\R", "");
        }
    }

    /** The certificate gives the governing date, without which nothing can be said; the contract bears on one benefit; the telephone on none. */
    @Test
    void whatSettlesMostStandsFirstAndNothingIsLeftOut() throws IOException {
        var award = city.submitted("skills-award", "granted")
                .done(
                        "intake",
                        "acceptance",
                        "supplement",
                        Map.of(
                                "opinion",
                                "均不清楚",
                                "items",
                                "phone,contractMonths,LABOUR_CONTRACT,CERTIFICATE,certificateIssuedOn"))
                .waitsAt("supplement");
        assertThat(items(award))
                .containsExactly("CERTIFICATE", "certificateIssuedOn", "contractMonths", "LABOUR_CONTRACT", "phone");
        assertThat(award.show().get("asked"))
                .allSatisfy(a -> assertThat(a.get("optional").asBoolean()).isFalse());
        assertThat(notice(award))
                .containsSubsequence("证书", "发证日期", "劳动合同期限", "手机")
                .doesNotContain("可以不补");
        var page = new Visitor(port).signIn("applicant").get("/cases/" + award.number() + "/supplement");
        assertThat(page.body())
                .containsSubsequence("职业资格或技能等级证书", "发证日期", "劳动合同期限")
                .doesNotContain("可以不补");
    }

    /** Whoever is barred is refused whatever the contract says: it is told all the same, but an answer is needed only for the paper that the scheme requires. */
    @Test
    void whatNoLongerMattersIsToldButNeedNotBeAnswered() throws IOException {
        var award = city.checked("skills-award", "granted");
        award.records("reviewer", "banned", true).is(200);
        award.done(
                        "reviewer",
                        "first-review",
                        "return",
                        Map.of("opinion", "合同看不清", "items", "contractMonths,occupationCode,phone,LABOUR_CONTRACT"))
                .waitsAt("supplement");
        assertThat(items(award))
                .as("none left out, those that don't matter last")
                .containsExactlyInAnyOrder("contractMonths", "occupationCode", "phone", "LABOUR_CONTRACT")
                .endsWith("contractMonths", "occupationCode");
        assertThat(asked(award, "contractMonths").get("optional").asBoolean()).isTrue();
        assertThat(asked(award, "contractMonths").at("/reason/zh").asText()).contains("合同看不清", "可以不补");
        assertThat(asked(award, "contractMonths").at("/reason/en").asText()).contains("you need not");
        assertThat(asked(award, "phone").get("optional").asBoolean())
                .as("formal")
                .isFalse();
        assertThat(asked(award, "LABOUR_CONTRACT").get("optional").asBoolean())
                .as("required by the scheme")
                .isFalse();
        assertThat(notice(award)).contains("合同期限", "可以不补", "手机", "劳动合同");
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + award.number() + "/supplement")
                        .body())
                .contains("可以不补");
        assertThat(award.submission().is(422).body().at("/errors/0/code").asText())
                .isEqualTo("STILL_ASKED");
        award.attach("LABOUR_CONTRACT");
        award.submission().is(200);
        city.passes("PT1M");
        award.waitsAt("first-review");
    }

    /** A leader may waive the region, so the contract may still matter. */
    @Test
    void aRefusalThatMayBeWaivedClosesNothing() {
        var award = city.checked("skills-award", "granted");
        award.records("reviewer", "employerRegion", "OTHER").is(200);
        award.done("reviewer", "first-review", "return", Map.of("opinion", "合同看不清", "items", "contractMonths"))
                .waitsAt("supplement");
        assertThat(asked(award, "contractMonths").get("optional").asBoolean()).isFalse();
    }

    /** A paper that the scheme does not require in this case, asked for all the same, of somebody who is refused whatever it says. */
    @Test
    void aPaperThatIsNotRequiredAndDoesNotMatterNeedNotBeUploaded() {
        var application = city.application("talent-recognition", "granted");
        ((ObjectNode) application.get("answers")).remove(List.of("annualTaxablePay", "taxedMonthsInJinjiang"));
        var talent = city.checked(application);
        talent.records("reviewer", "banned", true).is(200);
        talent.done("reviewer", "first-review", "return", Map.of("opinion", "补充纳税记录", "items", "TAX_PROOF"))
                .waitsAt("supplement");
        assertThat(asked(talent, "TAX_PROOF").get("optional").asBoolean()).isTrue();
        talent.submission().is(200);
        city.passes("PT1M");
        talent.waitsAt("first-review");
    }
}
