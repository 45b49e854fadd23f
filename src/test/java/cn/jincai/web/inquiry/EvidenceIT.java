package cn.jincai.web.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditKey;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.Ties;
import cn.jincai.inquiry.Selection;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case's file as evidence: whole as it was taken, and found where one byte of it or one row of the record is another, here and at home. */
@CaseTest
@Tag("issue-17.16")
class EvidenceIT {
    private static final String PATH = "/inquiry/evidence";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog log;

    @Autowired
    AuditKey key;

    @Autowired
    Selection selection;

    @Autowired
    JdbcClient db;

    @Autowired
    Ties ties;

    @Autowired
    Accounts accounts;

    private ApplicantsCase award;
    private String number, name, document;
    private Visitor auditor;
    private byte[] zip;

    @BeforeEach
    void aDecidedCaseTakenAsEvidence() throws Exception {
        city.at("2026-03-02T09:00");
        ObjectNode application = city.application("skills-award", "granted");
        name = application.at("/answers/name").asText();
        document = application.at("/answers/documentNumber").asText();
        award = city.checked(application).reviewedByBoth();
        number = award.number();
        auditor = new Visitor(port).signIn("auditor");
        HttpResponse<byte[]> taken = send(auditor, PATH, "number=" + number + "&purpose=audit");
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.headers().firstValue("Content-Disposition").orElse(""))
                .contains("jincai-evidence-" + number + ".zip");
        zip = taken.body();
    }

    /** A form of the page; answers come as bytes. */
    private HttpResponse<byte[]> send(Visitor who, String path, String fields) throws Exception {
        return send(
                who,
                path,
                (fields + "&_csrf=" + token(who)).getBytes(StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded");
    }

    private String token(Visitor who) {
        Matcher token = TOKEN.matcher(who.get("/").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<byte[]> send(Visitor who, String path, byte[] body, String type) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Cookie", "JCSESSION=" + who.cookie("JCSESSION") + "; JCLANG=zh")
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private record Page(int status, String body) {}

    private Page checked(byte[] file) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token(auditor)
                        + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"e.zip\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.write(file);
        body.write("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> answer =
                send(auditor, PATH + "/check", body.toByteArray(), "multipart/form-data; boundary=x");
        return new Page(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), in.readAllBytes());
        }
        return files;
    }

    private static byte[] packed(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private record Home(int code, String said) {}

    /** With nothing but a JDK. */
    private Home atHome(String fileName, byte[] file, boolean withRecord) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "bin/CheckEvidence.java",
                Files.write(folder.resolve(fileName), file).toString(),
                Files.writeString(folder.resolve("key.pem"), key.pem()).toString()));
        if (withRecord)
            command.add(Files.writeString(
                            folder.resolve("record.txt"),
                            auditor.get("/audit/export").body())
                    .toString());
        Process checker = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(checker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Home(checker.waitFor(), said);
    }

    @Test
    void whatWasTakenIsWholeHereAndAtHome() throws Exception {
        Map<String, byte[]> files = unpacked(zip);
        assertThat(files).containsKeys("file.pdf", "record.jsonl", "manifest.txt");
        assertThat(files.keySet()).anyMatch(n -> n.startsWith("documents/"));
        assertThat(new String(files.get("file.pdf"), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        String told = new String(files.get("manifest.txt"), StandardCharsets.UTF_8)
                + new String(files.get("record.jsonl"), StandardCharsets.UTF_8);
        assertThat(told).contains("\"kind\":\"evidence-taken\"").doesNotContain(name, document);
        assertThat(checked(zip).body()).contains(number + " 的证据包完好", "逐字节相同").doesNotContain("不符：");
        assertThat(checked(files.get("manifest.txt")).body()).contains("的证据包完好", "签名有效");
        Home home = atHome("evidence.zip", zip, true);
        assertThat(home.said()).contains("All is well", "They stand in the export of the whole record");
        assertThat(home.code()).isZero();
        assertThat(atHome("manifest.txt", files.get("manifest.txt"), false).code())
                .isZero();
        assertThat(log.search(new AuditLog.Search(number, "auditor", "evidence-sealed", null, null), 0, 1)
                        .total())
                .isPositive();
    }

    @Test
    void anyOneByteOfTheZipThatIsAnotherIsFound() throws Exception {
        Random chance = new Random(17);
        for (int i = 0; i < 25; i++) {
            byte[] changed = zip.clone();
            int at = chance.nextInt(changed.length);
            changed[at] ^= (byte) (1 << chance.nextInt(8));
            Page page = checked(changed);
            assertThat(page.body()).as("byte " + at).doesNotContain("的证据包完好");
            assertThat(page.status()).as("byte " + at).isIn(200, 422);
        }
    }

    @Test
    void aChangedFileIsNamedAndAListMadeToFitLacksItsSignature() throws Exception {
        Map<String, byte[]> files = unpacked(zip);
        byte[] pdf = files.get("file.pdf");
        pdf[pdf.length / 2] ^= 1;
        byte[] changed = packed(files);
        assertThat(checked(changed).body()).contains("file.pdf 被改动", "压缩包与取出时不同");
        assertThat(atHome("changed.zip", changed, false))
                .satisfies(home -> assertThat(home.code()).isEqualTo(1))
                .satisfies(home -> assertThat(home.said()).contains("file.pdf was changed"));

        String list = new String(files.get("manifest.txt"), StandardCharsets.UTF_8);
        String was = list.lines()
                .filter(line -> line.contains("\tfile.pdf\t"))
                .findFirst()
                .orElseThrow()
                .split("\t")[1];
        files.put("manifest.txt", list.replace(was, Sha256.of(pdf)).getBytes(StandardCharsets.UTF_8));
        byte[] fitted = packed(files);
        assertThat(checked(fitted).body()).contains("清单被改动").doesNotContain("file.pdf 被改动");
        assertThat(atHome("fitted.zip", fitted, false).said()).contains("the list was changed");

        files = unpacked(zip);
        files.put("another.pdf", pdf);
        files.remove("file.pdf");
        assertThat(checked(packed(files)).body()).contains("another.pdf 不在清单中", "缺少 file.pdf");
        assertThat(atHome("other.zip", packed(files), false).said()).contains("file.pdf is missing");
    }

    /** A list that anybody can write is no key to the record, and a case that is shut to the auditor stays so. */
    @Test
    void ofAListThatWasNotSignedHereOrOfAShutCaseNothingOfTheRecordIsTold() throws Exception {
        String list = new String(unpacked(zip).get("manifest.txt"), StandardCharsets.UTF_8);
        String forged = list.replaceFirst("\nentry\t[^\n]*", "");
        assertThat(checked(forged.getBytes(StandardCharsets.UTF_8)).body())
                .contains("清单被改动", "的证据包有问题")
                .doesNotContain("条审计记录", "链尾");
        ties.recuse(accounts.actor("auditor"), Role.AUDITOR, new CaseNumber(number), "与申请人相识");
        for (byte[] file : List.of(zip, list.getBytes(StandardCharsets.UTF_8))) {
            Page answer = checked(file);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain(number, "条审计记录");
        }
    }

    @Test
    void aRowOfTheRecordThatSomebodyChangesBySqlIsFound() throws Exception {
        byte[] list = unpacked(zip).get("manifest.txt");
        long seq = db.sql("select min(seq) from audit_entries where case_number = ? and kind = 'submitted'")
                .param(number)
                .query(Long.class)
                .single();
        for (String column : List.of("account", "details", "what_zh", "hash", "case_number")) {
            String was = db.sql("select " + column + " from audit_entries where seq = ?")
                    .param(seq)
                    .query(String.class)
                    .single();
            String set = "update audit_entries set " + column + " = ? where seq = ?";
            db.sql(set)
                    .params(column.equals("details") ? "{\"outcome\":\"x\"}" : "JC2026999998", seq)
                    .update();
            try {
                for (byte[] file : List.of(zip, list))
                    assertThat(checked(file).body())
                            .as(column)
                            .contains("第 " + seq + " 条审计记录", "的证据包有问题")
                            .doesNotContain("的证据包完好");
            } finally {
                db.sql(set).params(was, seq).update();
            }
        }
        assertThat(checked(zip).body()).contains("的证据包完好");
    }

    @Test
    void entriesThatWereExportedAreCheckedAtHomeInBothForms() throws Exception {
        Visitor.Answer page = auditor.get("/inquiry");
        for (String format : List.of("lines", "table")) {
            byte[] file = send(auditor, "/inquiry/selection", "format=" + format + "&purpose=audit&number=" + number)
                    .body();
            assertThat(page.status()).isEqualTo(200);
            Home home = atHome(format, file, true);
            assertThat(home.said()).contains("All is well");
            assertThat(home.code()).isZero();
            String text = new String(file, StandardCharsets.UTF_8);
            Home changed = atHome(
                    format + "-changed", text.replaceFirst("申请已提交", "申请已撤回").getBytes(StandardCharsets.UTF_8), false);
            assertThat(changed.code()).as(format).isEqualTo(1);
            assertThat(changed.said()).contains("was changed", "were not signed with this key");
        }
        assertThat(atHome("anything", "anything".getBytes(StandardCharsets.UTF_8), false)
                        .code())
                .isEqualTo(2);
    }

    private static AuditEntry entry(long seq, String said) {
        var unsealed = new AuditEntry(
                seq,
                Instant.parse("2026-03-02T01:00:00.123456Z"),
                "sign-in-failed",
                null,
                null,
                new Text(said, said),
                said,
                null,
                new TreeMap<>(Map.of(said, said)),
                AuditEntry.START,
                "");
        return new AuditEntry(
                seq,
                unsealed.at(),
                unsealed.kind(),
                null,
                null,
                unsealed.what(),
                said,
                null,
                unsealed.details(),
                unsealed.previous(),
                unsealed.computedHash());
    }

    @Test
    void aRowPutInBeforeTheSignatureIsFoundThoughItsHashIsRight() throws Exception {
        String[] of2 = new String(selection.table(List.of(entry(1, "a"), entry(2, "b"))), StandardCharsets.UTF_8)
                .split("\r\n");
        String[] of1 = new String(selection.table(List.of(entry(1, "a"))), StandardCharsets.UTF_8).split("\r\n");
        String whole = String.join("\r\n", of1) + "\r\n";
        assertThat(atHome("one.csv", whole.getBytes(StandardCharsets.UTF_8), false)
                        .said())
                .contains("1 entries");
        for (String end : List.of("\n", "\r\n", "\r")) {
            String forged = of1[0] + "\r\n" + of1[1] + "\r\n" + of2[2] + end + of1[2] + "\r\n";
            Home home = atHome("forged.csv", forged.getBytes(StandardCharsets.UTF_8), false);
            assertThat(home.code()).as(home.said()).isNotZero();
        }
    }

    @Test
    void aSecondListInTheFileIsFoundAtHomeToo() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("manifest.txu", "another list".getBytes(StandardCharsets.UTF_8));
        files.putAll(unpacked(zip));
        String twice = new String(packed(files), StandardCharsets.ISO_8859_1).replace("manifest.txu", "manifest.txt");
        Home home = atHome("twice.zip", twice.getBytes(StandardCharsets.ISO_8859_1), false);
        assertThat(home.code()).as(home.said()).isNotZero();
    }

    @Test
    void aCellThatATableProgramWouldTakeForAFormulaIsNoneAndReadsTheSameAtHome() throws Exception {
        List<AuditEntry> odd = new ArrayList<>();
        for (String risky :
                List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a,\"b\"\nc", "=HYPERLINK(\"x\")")) {
            odd.add(entry(odd.size() + 1L, risky));
        }
        byte[] table = selection.table(odd);
        assertThat(new String(table, StandardCharsets.UTF_8))
                .doesNotContainPattern("(^|[,\n])\"?[=+@\t-]")
                .doesNotContain("\"\r")
                .contains("'=1+1", "''=1");
        assertThat(atHome("odd.csv", table, false).said()).contains("All is well", "9 entries");
        assertThat(atHome("odd.jsonl", selection.lines(odd), false).code()).isZero();
    }

    @Test
    void auditorsAloneTakeAndCheckAndSayWhatFor() throws Exception {
        for (String outside :
                List.of("supervisor", "applicant", "employer", "intake", "reviewer", "leader", "finance", "admin")) {
            Visitor visitor = new Visitor(port).signIn(outside);
            assertThat(visitor.get(PATH).status()).as(outside).isEqualTo(403);
            Visitor.Answer home = visitor.get("/");
            assertThat(visitor.form(PATH, "number=" + number + "&purpose=audit", home)
                            .status())
                    .as(outside)
                    .isEqualTo(403);
            assertThat(visitor.parts(PATH + "/check", "--x--\r\n", home).status())
                    .as(outside)
                    .isEqualTo(403);
        }
        Visitor.Answer page = auditor.get(PATH);
        assertThat(auditor.form(PATH, "number=" + number, page).status()).isEqualTo(422);
        assertThat(auditor.form(PATH, "purpose=audit&number=x", page).body()).contains("不是办件编号");
        assertThat(auditor.form(PATH, "purpose=audit&number=JC2026999997", page).status())
                .isEqualTo(404);
        for (byte[] rubbish : List.of(
                "anything".getBytes(StandardCharsets.UTF_8),
                "PK but no zip".getBytes(StandardCharsets.UTF_8),
                packed(Map.of("a.txt", new byte[3])),
                new byte[0])) {
            Page answer = checked(rubbish);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body()).containsAnyOf("这不是案卷证据包", "压缩包已损坏");
        }
    }
}
