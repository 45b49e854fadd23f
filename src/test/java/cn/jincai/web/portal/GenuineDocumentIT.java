package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.document.IssuedDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Sha256;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** An employer is shown a letter of the city's by somebody, and asks the city whether it is one. */
@CaseTest
@Tag("issue-18.7")
class GenuineDocumentIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    IssuedDocuments documents;

    @Autowired
    JdbcTemplate db;

    private ApplicantsCase award;
    private IssuedDocument notice;
    private byte[] pdf;
    private String code;

    @BeforeEach
    void anAcceptedCase() {
        city.at("2026-03-02T09:00");
        award = city.checked("skills-award", "granted");
        CaseNumber number = new CaseNumber(award.number());
        notice = documents.of(number).get(0);
        pdf = documents.pdf(number, notice.id());
        code = db.queryForObject("select check_code from issued_documents where id = ?", String.class, notice.id());
    }

    private Answer check(String typed) {
        return new Visitor(port).get("/documents?code=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
    }

    @Test
    void theCodeAtItsEndLeadsToTitleNumberDayAndHashAndToNobodysName() throws Exception {
        try (var read = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(read);
            assertThat(text).contains(code, "/documents", "核验本文书真伪");
            assertThat(read.getPage(0).getResources().getXObjectNames())
                    .as("the picture to scan, and the seal")
                    .hasSize(2);
            assertThat(read.getSignatureDictionaries())
                    .singleElement()
                    .satisfies(signature -> assertThat(
                                    signature.getByteRange()[2] + signature.getByteRange()[3])
                            .as("signed to its last byte")
                            .isEqualTo(pdf.length));
        }
        Answer genuine = check(code);
        assertThat(genuine.status()).isEqualTo(200);
        assertThat(genuine.body())
                .contains("是本机关出具的文书", "受理通知书", notice.number(), Sha256.of(pdf))
                .doesNotContain(award.number(), "陈", "applicant");
        assertThat(genuine.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(c -> assertThat(c).contains("no-store"));
        assertThat(check(code.toLowerCase(java.util.Locale.ROOT).replace("-", ""))
                        .status())
                .isEqualTo(200);
        assertThat(new Visitor(port).get("/documents?lang=en&code=" + code).body())
                .contains("We issued this document", "Notice of acceptance", notice.number());
    }

    @Test
    void anotherCodeIsNobodysAndIsSaidSo() {
        String other = (code.startsWith("0") ? "1" : "0") + code.substring(1);
        for (String typed : new String[] {other, "123", notice.number(), "<script>alert(1)</script>", "%27--"}) {
            Answer none = check(typed);
            assertThat(none.status()).as(typed).isEqualTo(404);
            assertThat(none.body())
                    .contains("没有找到使用这个校验码的文书", "id=\"f-code\"")
                    .doesNotContain("<script>alert", Sha256.of(pdf));
        }
        Answer form = new Visitor(port).get("/documents");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body()).contains("输入文书末尾的校验码").doesNotContain("没有找到");
    }

    /** The organ is renamed between the day of a letter and the day on which somebody first opens it. */
    @Test
    void aLetterSaysWhoseItWasOnItsDayWhoeverOpensItLater() throws Exception {
        String now = db.queryForObject(
                "select l.content from issued_documents d join letterheads l on l.hash = d.letterhead_hash where d.id = ?",
                String.class,
                notice.id());
        assertThat(now).contains("人力资源和社会保障局");
        db.update(
                "insert into letterheads (hash, content) select ?, ? where not exists (select 1 from letterheads where hash = ?)",
                "0".repeat(64),
                now.replaceAll("[^\"]*人力资源和社会保障局", "晋江市人才服务局"),
                "0".repeat(64));
        ApplicantsCase earlier = city.checked("skills-award", "granted");
        CaseNumber number = new CaseNumber(earlier.number());
        long id = documents.of(number).get(0).id();
        db.update("update issued_documents set letterhead_hash = ? where id = ?", "0".repeat(64), id);
        byte[] first = documents.pdf(number, id);
        try (var read = Loader.loadPDF(first)) {
            assertThat(new PDFTextStripper().getText(read)).contains("晋江市人才服务局").doesNotContain("人力资源和社会保障局");
        }
        assertThat(documents.pdf(number, id)).as("for everybody and for good").isEqualTo(first);
    }
}
