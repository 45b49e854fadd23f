package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The file of a case as one PDF 电子档案: all that people said, a table of contents that leads there, and no more than its reader sees on the page. */
@CaseTest
@Tag("issue-17.3")
class FilePdfIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Enquiries enquiries;

    @Autowired
    Accounts accounts;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private byte[] pdf(ApplicantsCase file, String who) throws IOException, InterruptedException {
        String session = new Visitor(port).signIn(who).cookie("JCSESSION");
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + port + "/officers/cases/" + file.number() + "/file.pdf"))
                                .header("Cookie", "JCSESSION=" + session + "; JCLANG=zh")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return answer.body();
    }

    @Test
    void allThatWasSaidIsInItWithContentsThatLeadThere() throws Exception {
        var award = city.checked("skills-award", "granted");
        String identity = award.answersAsTold().get("documentNumber").asText();
        award.done("reviewer", "first-review", "approve", Map.of("opinion", "原件与登记一致。"))
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("public-notice");
        award.objection("此人并不在该公司工作。").is(201);
        var number = new CaseNumber(award.number());
        enquiries.ask(accounts.actor("applicant"), number, "公示几天？");
        award.done("supervisor", "objection", "dismiss", Map.of("opinion", "经查，社保记录连续。"));
        try (PDDocument pdf = Loader.loadPDF(pdf(award, "reviewer"))) {
            String text = new PDFTextStripper().getText(pdf).replaceAll("\\s", "");
            assertThat(text)
                    .contains("电子档案" + award.number(), "目录", "事实", "证书等级")
                    .contains("原件与登记一致。", "此人并不在该公司工作。", "经查，社保记录连续。", "公示几天？")
                    .doesNotContain(identity, "王五");
            assertThat(pdf.getDocumentCatalog().getDocumentOutline().children()).hasSize(9);
            assertThat(pdf.getPage(0).getAnnotations()).as("contents are links").hasSizeGreaterThanOrEqualTo(9);
        }
    }

    @Test
    void whoeverHasNoPartInTheCaseGetsNone() {
        var award = city.checked("skills-award", "granted");
        for (String other : List.of("applicant", "applicant2", "employer", "finance", "admin", "expert1"))
            assertThat(new Visitor(port)
                            .signIn(other)
                            .get("/officers/cases/" + award.number() + "/file.pdf")
                            .status())
                    .as(other)
                    .isIn(403, 404);
    }
}
