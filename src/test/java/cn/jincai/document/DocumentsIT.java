package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@CaseTest
class DocumentsIT {
    private CaseNumber aCase, another;

    @Autowired
    Evidence evidence;

    @Autowired
    IssuedDocuments issued;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    City city;

    @LocalServerPort
    int port;

    @Value("${jincai.data}")
    String data;

    @BeforeEach
    void twoCases() {
        aCase = city.begun();
        another = city.begun();
    }

    @Test
    void aPaperComesBackAsItWentInAndNobodyElseFindsIt() throws IOException {
        byte[] pdf = Uploads.pdf();
        StoredFile stored = store(aCase, "contract", "张𠮷芳的劳动合同.pdf", pdf);

        assertThat(evidence.open(aCase, stored.id()).readAllBytes()).isEqualTo(pdf);
        assertThat(evidence.of(aCase)).contains(stored);
        assertThat(stored.fileName()).isEqualTo("张𠮷芳的劳动合同.pdf");
        assertThat(stored.bytes()).isEqualTo(pdf.length);
        assertThat(stored.sha256()).isEqualTo(Sha256.of(pdf));
        assertThatThrownBy(() -> evidence.open(another, stored.id())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> evidence.find(another, stored.id())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> evidence.delete(another, stored.id())).isInstanceOf(Problem.class);
    }

    @Test
    void neitherDiskNorTableShowsWhatThePaperHolds() throws IOException {
        StoredFile stored = store(aCase, "identity", "身份证-张𠮷芳.pdf", Uploads.pdf());
        Map<String, Object> row = jdbc.sql("select * from evidence where id = ?")
                .param(stored.id())
                .query()
                .singleRow();
        assertThat(row.values().toString()).doesNotContain("张");
        assertThat(new String(Files.readAllBytes(onDisk(row.get("place").toString())), StandardCharsets.ISO_8859_1))
                .doesNotContain("PDF");
    }

    @Test
    void aPaperTakenBackLeavesNoFile() {
        StoredFile stored = store(aCase, "contract", "a.pdf", Uploads.pdf());
        Path file = onDisk(place(stored.id()));
        assertThat(file).exists();
        evidence.delete(aCase, stored.id());
        assertThat(file).doesNotExist();
        assertThat(evidence.of(aCase)).doesNotContain(stored);
    }

    @Test
    void anUploadThatIsRolledBackLeavesNoFile() {
        long before = filesOnDisk();
        transaction.executeWithoutResult(status -> {
            store(aCase, "contract", "a.pdf", Uploads.pdf());
            status.setRollbackOnly();
        });
        assertThat(filesOnDisk()).isEqualTo(before);
    }

    @Test
    void aRefusedUploadChangesNothing() {
        var before = evidence.of(aCase);
        assertThatThrownBy(() -> store(aCase, "contract", "合同.pdf", "MZ not a PDF".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Problem.class);
        assertThat(evidence.of(aCase)).isEqualTo(before);
    }

    @Test
    @Tag("issue-13.12")
    void aFileThatUnfoldsBeyondMeasureIsRefusedInWords() {
        var draft = city.drafted("skills-award", "granted");
        for (byte[] bomb : List.of(Bombs.packed("", 2_000_000_000L, 0, 0), Bombs.packed("", 0, 0, 400_000_000))) {
            var refused = city.upload(
                            "applicant",
                            "/api/cases/" + draft.number() + "/documents",
                            Map.of("need", "CERTIFICATE"),
                            "证书.pdf",
                            bomb)
                    .is(422);
            assertThat(refused.code()).isEqualTo("FILE_UNFOLDS");
            assertThat(refused.body().at("/errors/0/message").asText()).contains("解压后大得不正常", "另存为新的 PDF");
        }
    }

    @Test
    @Tag("issue-13.12")
    void whereEveryDeskIsTakenOneIsAskedToComeAgainAndOtherPagesAreServed() throws InterruptedException {
        var draft = city.drafted("skills-award", "granted");
        var taken = new CountDownLatch(Evidence.DESKS);
        var slow = new CountDownLatch(1);
        for (int i = 0; i < Evidence.DESKS; i++)
            new Thread(() -> evidence.look(new SequenceInputStream(
                            new LateStream(taken, slow), new ByteArrayInputStream(Uploads.pdf()))))
                    .start();
        try {
            taken.await();
            var upload = new Visitor(port)
                    .withPassword("applicant", "applicant")
                    .send(
                            "POST",
                            "/api/cases/" + draft.number() + "/documents?need=CERTIFICATE",
                            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
                                    + Browser.PDF + "\r\n--x--",
                            "Content-Type",
                            "multipart/form-data; boundary=x",
                            "Accept-Language",
                            "en");
            assertThat(List.of(upload.status(), upload.json().path("code").asText()))
                    .containsExactly(503, "BUSY");
            assertThat(upload.headers().firstValue("Retry-After")).isPresent();
            assertThat(upload.json().path("detail").asText()).contains("upload this one again in a few seconds");
            assertThat(new Visitor(port).get("/").status()).isEqualTo(200);
        } finally {
            slow.countDown();
        }
        city.upload(
                        "applicant",
                        "/api/cases/" + draft.number() + "/documents",
                        Map.of("need", "CERTIFICATE"),
                        "a.pdf",
                        Uploads.pdf())
                .is(201);
    }

    @Test
    @Tag("issue-15.1")
    void whatAStrangerHandedInReachesNothingWhereItIsShown() {
        var pdf = store(aCase, "CERTIFICATE", "a.pdf", Uploads.pdf());
        var photo = store(aCase, "CERTIFICATE", "a.jpg", Uploads.picture("jpeg", 80, 60));
        Visitor applicant = new Visitor(port).signIn("applicant");
        for (StoredFile file : List.of(pdf, photo)) {
            var shown = applicant.get("/cases/" + aCase + "/papers/" + file.id());
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(shown.headers().firstValue("Content-Type")).contains(file.type());
            assertThat(shown.headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'self'")
                    .doesNotContain("script-src");
            assertThat(shown.headers()
                            .allValues("Content-Security-Policy")
                            .get(0)
                            .endsWith("sandbox"))
                    .isEqualTo(file == photo);
        }
        assertThat(new Visitor(port)
                        .signIn("applicant2")
                        .get("/cases/" + aCase + "/papers/" + photo.id())
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("issue-15.1")
    void whoHandsInWithoutEndIsToldWhatToTakeAway() throws IOException {
        var draft = city.drafted("skills-award", "granted");
        CaseNumber number = new CaseNumber(draft.number());
        String papers = "/cases/" + number + "/papers";
        Visitor portal = new Visitor(port).signIn("applicant");
        while (evidence.of(number).stream()
                        .filter(f -> f.need().equals("CERTIFICATE"))
                        .count()
                < 20) store(number, "CERTIFICATE", "a.pdf", Uploads.pdf());
        var refused = upload(number, "CERTIFICATE").is(409);
        assertThat(refused.code()).isEqualTo("TOO_MANY_FILES");
        assertThat(refused.body().get("detail").asText()).contains("这一项材料已有 20 个文件", "合并成一个 PDF");
        Visitor.Answer page = PageForm.on(portal.get(papers + "?lang=en"), papers, "CERTIFICATE")
                .file("a.pdf", Browser.PDF)
                .send(portal);
        assertThat(page.status()).isEqualTo(409);
        assertThat(page.body()).contains("20 files for this document", "put several pages into one PDF");
        evidence.delete(number, evidence.of(number).get(0).id());
        evidence.delete(
                number,
                evidence.of(number).stream()
                        .filter(f -> f.need().equals("CERTIFICATE"))
                        .findFirst()
                        .orElseThrow()
                        .id());
        upload(number, "CERTIFICATE").is(201);
        while (evidence.of(number).size() < 100) store(number, "elsewhere", "a.pdf", Uploads.pdf());
        assertThat(upload(number, "LABOUR_CONTRACT")
                        .is(409)
                        .body()
                        .get("detail")
                        .asText())
                .contains("这份申请已有 100 个文件");
    }

    @Test
    @Tag("issue-15.1")
    void anAccountFillsNoDiskBeforeItIsDecidedOn() throws IOException {
        CaseNumber large = city.begun();
        StoredFile first = store(large, "CERTIFICATE", "a.pdf", Uploads.pdf());
        jdbc.sql("update evidence set bytes = 2147483648 where id = ?")
                .param(first.id())
                .update();
        try {
            var refused = upload(aCase, "CERTIFICATE").is(409);
            assertThat(refused.code()).isEqualTo("TOO_MUCH_STORED");
            assertThat(refused.body().get("detail").asText()).contains("2048 MB", "删除不需要的文件或草稿");
            assertThat(evidence.of(aCase)).isEmpty();
            jdbc.sql("update cases set signed_at = ? where case_number = ?")
                    .params(clock.timestamp(), large.value())
                    .update();
            upload(aCase, "CERTIFICATE").is(201);
        } finally {
            evidence.delete(large, first.id());
        }
    }

    @Test
    @Tag("issue-15.1")
    void anAccountHasOnlySoManyDrafts() {
        String copy = """
            insert into cases (case_number, scheme, package_hash, stage, applicant, sealed_answers, created_at)
            select ?, scheme, package_hash, 'draft', 'applicant2', sealed_answers, created_at from cases where case_number = ?""";
        Map<String, String> begin = Map.of("scheme", "skills-award");
        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 1000; i++)
                jdbc.sql(copy)
                        .params(CaseNumber.of(2001, i + 1).value(), aCase.value())
                        .update();
        });
        try {
            var refused = city.call("applicant2", HttpMethod.POST, "/api/cases", begin)
                    .is(409);
            assertThat(refused.code()).isEqualTo("TOO_MANY_DRAFTS");
            assertThat(refused.body().get("detail").asText()).contains("1000 份未提交的草稿", "我的申请");
            Visitor portal = new Visitor(port).signIn("applicant2");
            var page = PageForm.on(portal.get("/apply/skills-award?lang=en"), "/apply/skills-award")
                    .send(portal);
            assertThat(page.status()).isEqualTo(409);
            assertThat(page.body()).contains("Submit or delete some under ‘My applications’");
        } finally {
            jdbc.sql("delete from cases where case_number like ?")
                    .param(CaseNumber.of(2001, 1).value().replaceAll("2001.*", "2001%"))
                    .update();
        }
        city.call("applicant2", HttpMethod.POST, "/api/cases", begin).is(201);
    }

    private City.Answer upload(CaseNumber number, String need) {
        return city.upload(
                "applicant", "/api/cases/" + number + "/documents", Map.of("need", need), "a.pdf", Uploads.pdf());
    }

    /** Nothing comes of it, and only when one is let go. */
    private static final class LateStream extends InputStream {
        private final CountDownLatch here, goOn;

        LateStream(CountDownLatch here, CountDownLatch goOn) {
            this.here = here;
            this.goOn = goOn;
        }

        @Override
        public int read() throws IOException {
            here.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }
    }

    @Test
    void aDecisionTellsEachBenefitWithSumReasonsArticlesAndRemedies() throws IOException {
        long id = issued.issue(aCase, "decision", decision("张𠮷芳"), clock.instant());
        String text = text(issued.pdf(aCase, id));
        assertThat(text)
                .contains(
                        "张𠮷芳",
                        "决定书",
                        aCase.value(),
                        "技能提升补贴",
                        "准予",
                        "2,000.00 元",
                        "晋江技能人才奖励",
                        "不予",
                        "劳动合同期限不足",
                        "《晋江市技能人才奖励办法》第三条",
                        "行政复议",
                        "六十日",
                        "六个月",
                        "行政诉讼法",
                        "— 1 —",
                        "人民币贰仟元整",
                        "晋江市人力资源和社会保障局");
        assertThat(text).doesNotContain("#");
    }

    @Test
    void whereNoArticleIsKnownNoneIsMadeUp() throws IOException {
        var refused = Map.of(
                "code",
                "CITY_AWARD",
                "outcome",
                "refused",
                "reasons",
                List.of(Map.of(
                        "code", "NOT_PROVEN", "message", new Text("未能证明", "Not proven"), "basis", new Text("", ""))));
        long id = issued.issue(
                aCase,
                "decision",
                Map.of("name", "王芳", "outcome", "refused", "benefits", List.of(refused)),
                clock.instant());
        assertThat(text(issued.pdf(aCase, id))).contains("未能证明").doesNotContain("依据");
    }

    @Test
    void aDocumentIsTheSameBytesEverAfterAndSaysWhichLanguageItIs() throws IOException {
        long id = issued.issue(aCase, "decision", decision("欧阳㛃"), clock.instant());
        byte[] first = issued.pdf(aCase, id);
        assertThat(issued.pdf(aCase, id)).isEqualTo(first);
        try (var document = Loader.loadPDF(first)) {
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("zh-CN");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(document.getDocumentInformation().getTitle()).startsWith("决定书");
        }
    }

    @Test
    void aCharacterThatTheFontLacksIsNamedAndNotFalsified() throws IOException {
        long id = issued.issue(
                aCase,
                "acceptance-notice",
                Map.of(
                        "name",
                        "林" + Character.toString(0x20021),
                        "scheme",
                        new Text("技能人才奖励", "Skills"),
                        "acceptedOn",
                        LocalDate.of(2026, 3, 2),
                        "promisedBy",
                        LocalDate.of(2026, 3, 23)),
                clock.instant());
        assertThat(text(issued.pdf(aCase, id)))
                .containsPattern("林〓：您提交的“技能人才奖励”申请（办件编号 ?" + aCase + "）已收到。经审查") // a line may end before it
                .contains("U+20021", "2026年3月23日")
                .doesNotContain("#");
    }

    @Test
    void theNoticeListsEverythingToMend() throws IOException {
        long id = issued.issue(
                aCase,
                "supplement-notice",
                Map.of(
                        "name",
                        "王芳",
                        "scheme",
                        new Text("技能人才奖励", "Skills award"),
                        "answerBy",
                        LocalDate.of(2026, 3, 30),
                        "items",
                        List.of(
                                Map.of(
                                        "item",
                                        new Text("劳动合同", "Labour contract"),
                                        "reason",
                                        new Text("第二页缺失", "Page two is missing")),
                                Map.of("item", "certificateLevel", "reason", "与证书不一致"))),
                clock.instant());
        assertThat(text(issued.pdf(aCase, id)))
                .contains("一次性告知书", "劳动合同", "第二页缺失", "certificateLevel", "与证书不一致", "2026年3月30日");
    }

    @Test
    void whatIsNotAcceptedIsToldWithRemedies() throws IOException {
        long id = issued.issue(
                aCase,
                "not-accepted-notice",
                Map.of("name", "王芳", "scheme", new Text("技能人才奖励", "Skills award"), "reason", "属于泉州市事项 <b>&"),
                clock.instant());
        assertThat(text(issued.pdf(aCase, id))).contains("不予受理通知书", "属于泉州市事项 <b>&", "行政复议", "六个月");
    }

    @Test
    void numbersFollowOneAnotherWithoutGaps() {
        var at = clock.instant();
        long first = issued.issue(aCase, "acceptance-notice", Map.of("name", "王芳"), at);
        transaction.executeWithoutResult(status -> {
            issued.issue(aCase, "acceptance-notice", Map.of("name", "王芳"), at);
            status.setRollbackOnly();
        });
        long second = issued.issue(aCase, "acceptance-notice", Map.of("name", "王芳"), at);
        assertThat(sequence(issued.find(aCase, second).number()))
                .isEqualTo(sequence(issued.find(aCase, first).number()) + 1);
        assertThat(issued.find(aCase, second).number()).matches("晋才受〔\\d{4}〕\\d+号");
    }

    @Test
    void anotherCasesDocumentIsNotFound() {
        long id = issued.issue(aCase, "acceptance-notice", Map.of("name", "王芳"), clock.instant());
        assertThatThrownBy(() -> issued.pdf(another, id))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.NOT_FOUND));
    }

    private StoredFile store(CaseNumber number, String need, String fileName, byte[] file) {
        return evidence.store(number, need, fileName, evidence.look(new ByteArrayInputStream(file)));
    }

    private static Map<String, Object> decision(String name) {
        var granted = Map.of(
                "code",
                "UPGRADE_SUBSIDY",
                "name",
                new Text("技能提升补贴", "Upgrade subsidy"),
                "outcome",
                "granted",
                "amountFen",
                200000,
                "instalments",
                List.of(Map.of("number", 1, "amountFen", 200000)),
                "reasons",
                List.of());
        var refused = Map.of(
                "code",
                "CITY_AWARD",
                "name",
                new Text("晋江技能人才奖励", "City award"),
                "outcome",
                "refused",
                "amountFen",
                0,
                "reasons",
                List.of(Map.of(
                        "code",
                        "CONTRACT_TOO_SHORT",
                        "message",
                        new Text("劳动合同期限不足12个月", "The contract is shorter than 12 months"),
                        "basis",
                        "《晋江市技能人才奖励办法》第三条")));
        return Map.of(
                "name",
                name,
                "documentNumber",
                "350***********1X",
                "scheme",
                new Text("技能人才奖励", "Skills award"),
                "submittedOn",
                LocalDate.of(2026, 3, 2),
                "outcome",
                "granted",
                "benefits",
                List.of(granted, refused),
                "articles",
                List.of(new Text("《社会保险法》第八十八条", "Social Insurance Law, article 88")));
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\R", ""); // a line may break within a word
        }
    }

    private static int sequence(String number) {
        return Integer.parseInt(number.replaceAll(".*〕(\\d+)号", "$1"));
    }

    private String place(long id) {
        return jdbc.sql("select place from evidence where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private Path onDisk(String place) {
        return Path.of(data, "papers").resolve(place.substring(0, 2)).resolve(place);
    }

    private long filesOnDisk() {
        try (Stream<Path> files = Files.walk(Path.of(data, "papers"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
