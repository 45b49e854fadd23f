package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser;
import cn.jincai.document.IssuedDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** What is handed to the applicant on the way of a real case, and from when his time for remedies runs (行政复议法 20, 行政诉讼法 46). */
@CaseTest
class PapersOfACaseIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "不符合条件。");

    @Autowired
    City city;

    @Autowired
    IssuedDocuments issued;

    @LocalServerPort
    int port;

    @Value("${jincai.data}")
    String data;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private String text(ApplicantsCase file, String kind) throws IOException {
        CaseNumber number = new CaseNumber(file.number());
        IssuedDocument paper = issued.of(number).stream()
                .filter(d -> d.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        try (var document = Loader.loadPDF(issued.pdf(number, paper.id()))) {
            return new PDFTextStripper().getText(document).replaceAll("\\R", "");
        }
    }

    private static List<String> kinds(ApplicantsCase file) {
        return file.show().get("documents").findValuesAsText("kind").stream()
                .filter(k -> !k.equals("null"))
                .toList();
    }

    private Visitor.Answer opens(String who, ApplicantsCase file) {
        return new Visitor(port).withPassword(who, who).get("/api/cases/" + file.number() + "/decision");
    }

    @Test
    void acceptedByTheWindowAndAcceptedBySilenceBothGiveTheNotice() throws IOException {
        var accepted = city.submitted("skills-award", "granted").done("intake", "acceptance", "accept");
        var silent = city.submitted("skills-award", "refused").waitsAt("acceptance");
        assertThat(kinds(accepted)).containsExactly("acceptance-notice");
        assertThat(text(accepted, "acceptance-notice")).contains("受理通知书", accepted.number(), "2026年3月2日", "2026年3月23日");
        assertThat(kinds(silent)).isEmpty();
        city.passes("P8D");
        assertThat(kinds(silent)).contains("acceptance-notice");
        assertThat(text(silent, "acceptance-notice")).contains("受理通知书", silent.number());
    }

    @Test
    void theDecisionIsReadOnceItIsSignedAndTheDaysForRemediesRunFromTheFirstReading() throws IOException {
        var refused = city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "reject", WHY)
                .done("senior-reviewer", "second-review", "reject", WHY)
                .waitsAt("decision");
        assertThat(opens("applicant", refused).status()).isEqualTo(404);
        refused.done("leader", "decision", "sign");
        assertThat(kinds(refused)).contains("decision");
        assertThat(text(refused, "decision")).contains(refused.number(), "行政复议", "六个月");
        assertThat(opens("applicant2", refused).status()).as("another's").isEqualTo(404);
        assertThat(opens("auditor", refused).status()).isEqualTo(200);
        assertThat(kinds(refused)).as("nobody has it yet").doesNotContain("service-certificate");
        JsonNode unread = refused.show().at("/decision/remedies");
        assertThat(unread.isNull() || unread.isMissingNode())
                .as("nobody has handed it to him")
                .isTrue();
        city.passes("P2D");
        var read = opens("applicant", refused);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.headers().firstValue("content-type")).contains("application/pdf");
        city.passes("P3D");
        opens("applicant", refused);
        assertThat(kinds(refused)).as("of the first reading alone").containsOnlyOnce("service-certificate");
        assertThat(text(refused, "service-certificate"))
                .contains("送达回证", "晋才送〔2026〕", refused.number(), "电子方式（本人登录平台打开）", "2026年3月4日", "不另行签名")
                .contains("Certificate of service", "opened on the portal", "4 March 2026");
        JsonNode remedies = refused.show().at("/decision/remedies");
        assertThat(remedies.get("knownOn").asText())
                .as("the first reading counts")
                .isEqualTo("2026-03-04");
        assertThat(remedies.get("reconsiderationUntil").asText())
                .as("the sixtieth day is a Sunday of the May holidays")
                .isEqualTo("2026-05-06");
        assertThat(remedies.get("suitUntil").asText()).isEqualTo("2026-09-04");
        assertThat(serves("intake", refused, "2026-03-05", "post")
                        .is(200)
                        .body()
                        .at("/decision/remedies/knownOn")
                        .asText())
                .as("he had read it before the post came")
                .isEqualTo("2026-03-04");
        assertThat(serves("intake", refused, "2026-03-03", "handed-over")
                        .is(200)
                        .body()
                        .at("/decision/remedies/knownOn")
                        .asText())
                .as("the window's receipt is older")
                .isEqualTo("2026-03-03");
        assertThat(kinds(refused))
                .as("each of what was recorded")
                .filteredOn("service-certificate"::equals)
                .hasSize(3);
        CaseNumber number = new CaseNumber(refused.number());
        List<IssuedDocument> all = issued.of(number);
        try (var last =
                Loader.loadPDF(issued.pdf(number, all.get(all.size() - 1).id()))) {
            assertThat(new PDFTextStripper().getText(last))
                    .contains("送达回证", "直接送达", "2026年3月3日", "受送达人签名或者盖章", "代收人签名和代收理由");
        }
    }

    @Test
    @Tag("issue-13.24")
    void whereNothingCanBeKeptNothingIsLostAndNobodyHasOpenedTheDecision() throws IOException {
        var refused = city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "reject", WHY)
                .done("senior-reviewer", "second-review", "reject", WHY)
                .done("leader", "decision", "sign");
        var draft = city.drafted("skills-award", "granted");
        int held = draft.show().get("documents").size();
        Visitor portal = new Visitor(port).signIn("applicant"), english = new Visitor(port).signIn("applicant");
        english.get("/?lang=en");
        String papers = "/cases/" + draft.number() + "/papers";
        Path folder = Path.of(data, "papers"), aside = Path.of(data, "papers-aside");
        Files.move(folder, aside);
        Files.writeString(folder, "in the way");
        try {
            var upload = draft.uploads("CERTIFICATE");
            assertThat(List.of(
                            upload.is(503).code(), upload.body().get("detail").asText()))
                    .containsExactly("PAPERS_UNAVAILABLE", "文件暂时无法保存或打开，请稍后再试。您已填写和已上传的内容都没有丢失。");
            Visitor.Answer page = PageForm.on(portal.get(papers), papers, "CERTIFICATE")
                    .file("a.pdf", Browser.PDF)
                    .send(portal);
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.body()).contains("请稍后再试").doesNotContain("已损坏");
            assertThat(PageForm.on(english.get(papers), papers, "CERTIFICATE")
                            .file("a.pdf", Browser.PDF)
                            .send(english)
                            .body())
                    .contains("Nothing that you have entered or uploaded is lost");
            assertThat(opens("applicant", refused).status()).isEqualTo(503);
            assertThat(new Visitor(port).get("/actuator/health").status()).isEqualTo(503);
            JsonNode health = new Visitor(port)
                    .withPassword("admin", "admin")
                    .get("/actuator/health")
                    .json();
            assertThat(List.of(
                            health.at("/components/papers/status").asText(),
                            health.at("/components/db/status").asText()))
                    .containsExactly("DOWN", "UP");
            assertThat(new Visitor(port).get("/actuator/health/readiness").status())
                    .as("it serves everything else")
                    .isEqualTo(200);
        } finally {
            Files.delete(folder);
            Files.move(aside, folder);
        }
        assertThat(draft.show().get("documents")).hasSize(held);
        JsonNode unread = refused.show().at("/decision/remedies");
        assertThat(unread.isNull() || unread.isMissingNode())
                .as("what could not be shown was not opened")
                .isTrue();
        draft.attach("CERTIFICATE");
        assertThat(opens("applicant", refused).status()).isEqualTo(200);
        assertThat(new Visitor(port).get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aDecisionHandedOverOnPaperIsRecordedByTheWindowAndTheDaysForRemediesRunFromThen() {
        var refused = city.checked("skills-award", "refused")
                .done("reviewer", "first-review", "reject", WHY)
                .done("senior-reviewer", "second-review", "reject", WHY)
                .waitsAt("decision");
        assertThat(serves("intake", refused, "2026-03-02", "post").is(409).code())
                .isEqualTo("NOT_SIGNED");
        refused.done("leader", "decision", "sign");
        city.passes("P9D");
        for (String other : List.of("applicant", "applicant2", "employer", "reviewer", "leader", "auditor"))
            serves(other, refused, "2026-03-06", "post").is(403);
        assertThat(serves("intake", refused, "2026-03-01", "post")
                        .is(422)
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .as("before it was signed")
                .isEqualTo("servedOn");
        assertThat(serves("intake", refused, "2026-03-12", "post")
                        .is(422)
                        .body()
                        .at("/errors/0/code")
                        .asText())
                .as("tomorrow")
                .isEqualTo("OUT_OF_RANGE");
        assertThat(serves("intake", refused, "2026-03-06", "pigeon")
                        .is(422)
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("how");
        assertThat(refused.show().at("/decision/remedies").isMissingNode()
                        || refused.show().at("/decision/remedies").isNull())
                .as("nothing was recorded by all that")
                .isTrue();

        Visitor window = new Visitor(port).signIn("intake");
        String page = "/officers/cases/" + refused.number();
        var wrong = window.form(page + "/service", "servedOn=gestern&how=post", window.get(page));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("href=\"#f-servedOn\"", "日期应写作");
        assertThat(window.form(page + "/service", "servedOn=2026-03-06&how=post", window.get(page))
                        .status())
                .isEqualTo(302);
        assertThat(window.get(page).body()).contains("已于2026年3月6日送达（邮寄送达）", "本人于2026年3月6日知悉决定：申请行政复议至2026年5月6日");

        JsonNode decision = refused.show().get("decision");
        assertThat(decision.at("/service/on").asText()).isEqualTo("2026-03-06");
        assertThat(decision.at("/service/how").asText()).isEqualTo("post");
        assertThat(decision.at("/remedies/knownOn").asText()).isEqualTo("2026-03-06");
        assertThat(decision.at("/remedies/reconsiderationUntil").asText())
                .as("the sixtieth day is a Tuesday of the May holidays")
                .isEqualTo("2026-05-06");
        assertThat(refused.show().get("timeline").toString()).contains("决定已于 2026-03-06 送达（邮寄送达）");
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + refused.number())
                        .body())
                .contains("2026年5月6日");
        city.passes("P1D");
        opens("applicant", refused);
        assertThat(refused.show().at("/decision/remedies/knownOn").asText())
                .as("opened later")
                .isEqualTo("2026-03-06");
    }

    private City.Answer serves(String who, ApplicantsCase file, String day, String how) {
        return city.call(
                who, HttpMethod.POST, "/api/cases/" + file.number() + "/service", Map.of("servedOn", day, "how", how));
    }
}
