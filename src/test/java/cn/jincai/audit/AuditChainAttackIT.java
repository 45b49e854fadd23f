package cn.jincai.audit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody with the database in hand, who has read our source and computes every hash anew, but has not the key. Each attack happens in a transaction
 * that is undone: the application looks at it, exports it, and auditors check the export without the application.
 */
@CaseTest
@Tag("issue-15.5")
class AuditChainAttackIT {
    private static final CaseNumber NUMBER = new CaseNumber("JC2026900015");
    private static final Actor REVIEWER = new Actor("reviewer", Set.of(Role.REVIEWER));
    private static final Path CHECKER = Path.of("bin/CheckAudit.java");

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog log;

    @Autowired
    AuditWatch watch;

    @Autowired
    AuditExport export;

    @Autowired
    AuditKey key;

    @Autowired
    SignedHeads heads;

    @Autowired
    TimeStamps stamps;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    /** The last entry when the head was signed. */
    private long signed;

    @BeforeAll
    static void theCheckerIsCompiled() {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), CHECKER.toString()))
                .isZero();
    }

    @BeforeEach
    void aRecordThatIsSigned() {
        city.at("2026-03-02T09:00");
        for (int i = 0; i < 12; i++) happens("approved");
        var look = watch.look(true);
        assertThat(look.check().whole()).as(look.check().found()).isTrue();
        signed = look.head().seq();
    }

    @AfterEach
    void allIsAsItWas() {
        var look = watch.look(true);
        assertThat(look.check().whole()).as(look.check().found()).isTrue();
        assertThat(health().path("status").asText()).isEqualTo("UP");
    }

    @Test
    void anEntryChangedBySqlIsFound() {
        var attack = attacked(() -> set("account = 'reviewer2'", signed - 5));
        attack.isFound("changed", signed - 5, "entry " + (signed - 5) + " was changed");
        attacked(() -> set("details = 'not even JSON'", signed - 5)).isFound("changed", signed - 5, "was changed");
    }

    @Test
    void anEntryChangedAndAllHashesComputedAnewIsFoundByTheSignature() {
        var attack = attacked(() -> {
            set("account = 'reviewer2'", signed - 5);
            madeToFit(signed - 5);
            assertThat(log.verify().whole())
                    .as("by its hashes alone the chain is whole")
                    .isTrue();
        });
        attack.isFound("rewritten", signed, "the entries up to here were rewritten");
    }

    @Test
    void entriesDeletedAreFoundInTheMiddleAndAtTheEnd() {
        attacked(() -> delete("seq = " + (signed - 5))).isFound("missing", signed - 5, "is missing");
        attacked(() -> delete("seq = " + signed)).isFound("cutOff", signed, "the end was cut off");
    }

    @Test
    void anEntryInsertedIsFoundBehindTheEndAndInTheMiddle() {
        attacked(() -> {
                    insertAfter(signed);
                    hashedAnew(signed + 1);
                })
                .isFound("behindTheEnd", signed + 1, "behind the end");
        attacked(() -> {
                    for (long seq = signed; seq > signed - 4; seq--) set("seq = seq + 1", seq);
                    insertAfter(signed - 4);
                    madeToFit(signed - 3);
                    assertThat(log.verify().whole()).isTrue();
                })
                .isFound("rewritten", signed, "were rewritten");
    }

    /** It takes the number of the next entry: every step of everybody would fail, while health looks at what was signed yesterday. */
    @Test
    @Tag("issue-15.4")
    void aRowPutBehindTheEndStopsNobodyAndIsTold() {
        long end = log.end().seq();
        insertAfter(end);
        hashedAnew(end + 1);
        try {
            assertThat(health().path("status").asText()).as("at once").isEqualTo("DOWN");
            assertThat(health().path("details").path("strays").toString()).isEqualTo("[" + (end + 1) + "]");
            assertThat(city.submitted("skills-award", "granted").number()).isNotBlank();
            var told = log.search(new AuditLog.Search(null, null, "rows-set-aside", null, null), 0, 1)
                    .entries()
                    .get(0);
            assertThat(told.seq()).isEqualTo(end + 1);
            assertThat(told.what().zh()).contains("1 行并非本系统所写");
            assertThat(log.verify().whole()).isTrue();
            assertThat(watch.look(true).check().whole()).isTrue();
            assertThat(health().path("status").asText())
                    .as("until somebody has looked at it")
                    .isEqualTo("DOWN");
            assertThat(jdbc.sql("select account from audit_strays")
                            .query(String.class)
                            .single())
                    .as("what was found is kept")
                    .isEqualTo("reviewer2");
        } finally {
            jdbc.sql("delete from audit_strays").update();
        }
    }

    @Test
    void theLastTenTakenAwayAndTheRestMadeToFitAreFound() {
        var attack = attacked(() -> {
            cutTo(signed - 10);
            assertThat(log.verify().whole()).isTrue();
        });
        attack.isFound("shortened", signed - 9, "the end was cut off");
        attacked(() -> {
                    cutTo(signed - 10);
                    for (int i = 0; i < 12; i++) log.add(List.of(log.heard(event("refused"))));
                })
                .isFound("rewritten", signed, "were rewritten");
    }

    @Test
    void anOlderStateRestoredIsFoundByTheFileOutside() throws IOException {
        for (int i = 0; i < 3; i++) happens("approved");
        Path earlier = Files.writeString(folder.resolve("earlier.txt"), exported());
        long newer = watch.look(true).head().seq();
        AtomicReference<String> withoutTheFile = new AtomicReference<>();
        var attack = attacked(() -> {
            cutTo(signed);
            jdbc.sql("delete from audit_heads where seq > ?").param(signed).update();
            withoutTheFile.set(exported().replaceAll("head\t" + newer + "\t.*\n", ""));
            assertThat(log.verify().whole()).isTrue();
        });
        attack.isFound("olderState", signed + 1, "went back to an older state");
        assertThat(checked(withoutTheFile.get()).code())
                .as("it shows nothing itself")
                .isZero();
        Path later = Files.writeString(folder.resolve("later.txt"), exported());
        assertThat(checked(withoutTheFile.get(), earlier).code())
                .as("nor what was signed no later")
                .isZero();
        var known = checked(withoutTheFile.get(), later);
        assertThat(known.code()).isOne();
        assertThat(known.said()).contains("went back to an older state");
    }

    @Test
    void aHeadSignedWithAnotherKeyCountsForNothing() throws Exception {
        var other = new AuditKey(
                new MockEnvironment().withProperty("jincai.audit.key", "YW5vdGhlciBrZXkgb2YgMzIgYnl0ZXMgZm9yIHRlc3Q="));
        assertThat(other.id()).isNotEqualTo(key.id());
        var attack = attacked(() -> {
            cutTo(signed - 10);
            jdbc.sql("delete from audit_heads where seq > ?").param(signed - 10).update();
            var end = log.end();
            var forged = other.sign(new SignedHead(
                    end.seq(), end.hash(), watch.last().orElseThrow().at(), true, other.id(), ""));
            jdbc.sql(
                            "insert into audit_heads (seq, hash, at, whole, signed_by, signature) values (?, ?, current_timestamp, true, ?, ?)")
                    .params(forged.seq(), forged.hash(), forged.signedBy(), forged.signature())
                    .update();
        });
        attack.isFound("olderState", signed - 9, "not signed with this key");
        attacked(() -> jdbc.sql("update audit_heads set hash = ? where seq = ?")
                        .params(AuditEntry.START, signed)
                        .update())
                .isFound("notSigned", signed, "not signed with this key");
    }

    @Test
    void theFileOutsideIsMissedWhereItIsCutAndToldWhereItIsChanged() throws IOException {
        Path file = heads.anchor();
        String whole = Files.readString(file);
        try {
            Files.writeString(file, whole.substring(0, whole.lastIndexOf("head\t")));
            assertThat(watch.look(false).check().found()).isEqualTo("anchorShortened");
            Files.writeString(file, whole.replace("\twhole\t", " whole "));
            assertThat(watch.look(false).check().found()).isEqualTo("anchorChanged");
            Files.delete(file);
            assertThat(watch.look(false).check().found()).isEqualTo("anchorShortened");
        } finally {
            Files.writeString(file, whole);
        }
    }

    @Test
    void aStartLooksFromTheLastSignedHeadAndHealthAndAuditorsAreTold() {
        happens("approved");
        long after = log.end().seq();
        long signatures = heads.kept().size();
        in(() -> {
            set("account = 'reviewer2'", signed - 5);
            assertThat(log.verify(signed, Map.of()).whole())
                    .as("before the head: the day's look has it")
                    .isTrue();
            set("account = 'reviewer2'", after);
            watch.atStart();
        });
        assertThat(watch.last().orElseThrow().check().broken()).isEqualTo(after);
        assertThat(heads.kept()).as("nothing is signed over a finding").hasSize((int) signatures);

        assertThat(health().path("status").asText()).isEqualTo("DOWN");
        assertThat(health().path("details").path("found").asText()).isEqualTo("changed");
        assertThat(health().path("details").path("entry").asLong()).isEqualTo(after);
        assertThat(auditor().get("/audit").body()).contains("第 " + after + " 条不对：内容被改动", "至第 " + signed + " 条");
        assertThat(auditor().get("/audit?lang=en").body())
                .contains("Entry " + after + " is wrong: Its content was changed");
        watch.atStart();
        assertThat(health().path("status").asText()).isEqualTo("UP");
        assertThat(heads.kept()).hasSize((int) signatures + 1);
    }

    @Test
    void eachDayIsSignedOnceAndTheSameLineStandsOutside() throws IOException {
        city.at("2026-03-03T00:01");
        int before = heads.kept().size();
        watch.daily();
        watch.daily();
        assertThat(heads.kept()).hasSize(before + 1);
        assertThat(heads.kept().get(before).whole()).isTrue();
        assertThat(heads.anchored()).last().isEqualTo(heads.kept().get(before).line());
    }

    @Test
    void anAuditorTakesRecordAndKeyAlongAndChecksThemAtHome() throws Exception {
        var auditor = auditor();
        String record = auditor.get("/audit/export").body();
        assertThat(log.search(new AuditLog.Search(null, "auditor", "record-exported", null, null), 0, 1)
                        .total())
                .isPositive();
        assertThat(record).contains("entry\t" + signed + "\t").doesNotContain("\r");
        assertThat(auditor.get("/audit/public-key").body()).isEqualTo(key.pem());
        assertThat(checked(record).said()).contains("entries are linked", "Signed up to entry " + signed);
        assertThat(checked(record).code()).isZero();
        var asDelivered = run(List.of(
                CHECKER.toString(),
                written("export.txt", record).toString(),
                publicKey().toString()));
        assertThat(asDelivered.said()).contains("全部 " + log.end().seq() + " 条记录首尾相连");
        assertThat(checked(record.replaceFirst("\nend\t.*\n", "\n")).said()).contains("not complete");
        assertThat(checked("anything").code()).isEqualTo(2);
    }

    @Test
    void aStampGoesAlongWithItsHeadAndOneOfSomethingElseIsFound() throws Exception {
        try (var service = new StampingService()) {
            var head = heads.kept().get(heads.kept().size() - 1);
            stamps.stamp(head, service.askedFor(Duration.ofSeconds(20)));
            assertThat(stamps.trouble()).isEmpty();
            String record = exported();
            assertThat(checked(record).said()).contains("was stamped: 20", "CN=Test Stamps", "was not checked");
            assertThat(checked(record).code()).isZero();
            String token = stamps.tokens().get(head.signature());
            var former = heads.kept().get(heads.kept().size() - 2);
            assertThat(checked(record.replace("stamp\t" + head.signature(), "stamp\t" + former.signature()))
                            .said())
                    .contains("is not valid: it is of another text");
            assertThat(checked(record.replace(token, token.substring(0, token.length() - 12) + "AAAAAAAAAAAA"))
                            .said())
                    .contains("is not valid: ");
            assertThat(checked(record.replace(head.line() + "\n", "")).said())
                    .contains("a head that was stamped is not there");
        } finally {
            jdbc.sql("delete from audit_stamps").update();
        }
    }

    @Test
    void aServiceThatIsAwayStopsNoSignatureAndHealthIsTold() throws Exception {
        int before = heads.kept().size();
        try (var service = new StampingService()) {
            service.fault = StampingService.Fault.SILENT;
            ReflectionTestUtils.setField(stamps, "service", service.askedFor(Duration.ofMillis(300)));
            assertThat(watch.look(true).check().whole()).isTrue();
            assertThat(heads.kept()).hasSize(before + 1);
            Awaitility.await().until(() -> stamps.trouble().isPresent());
            assertThat(health("timeStamps").path("status").asText()).isEqualTo("UNSTAMPED");
            assertThat(health("timeStamps").path("details").path("why").asText())
                    .isEqualTo("SLOW");
            service.fault = StampingService.Fault.NONE;
            ReflectionTestUtils.setField(stamps, "service", service.askedFor(Duration.ofSeconds(20)));
            var head = watch.look(true).head();
            Awaitility.await().until(() -> stamps.tokens().containsKey(head.signature()));
            Awaitility.await()
                    .until(() -> health("timeStamps").path("status").asText().equals("UP"));
        } finally {
            ReflectionTestUtils.setField(stamps, "service", null);
            jdbc.sql("delete from audit_stamps").update();
        }
    }

    // ---- the attacker's hand

    private void set(String assignment, long seq) {
        jdbc.sql("update audit_entries set " + assignment + " where seq = ?")
                .param(seq)
                .update();
    }

    private void delete(String condition) {
        assertThat(jdbc.sql("delete from audit_entries where " + condition).update())
                .isPositive();
    }

    /** Another entry like the one before it, of which nobody has ever heard. */
    private void insertAfter(long seq) {
        jdbc.sql("""
            insert into audit_entries (seq, at, kind, case_number, stage, what_zh, what_en, account, role, details, previous, hash)
            select seq + 1, at, kind, case_number, stage, what_zh, what_en, 'reviewer2', role, details, hash, 'x' from audit_entries where seq = ?""").param(seq).update();
    }

    private void cutTo(long seq) {
        delete("seq > " + seq);
        madeToFit(seq);
    }

    /** From an entry on every hash is computed anew, and the row with the end says the same. */
    private void madeToFit(long from) {
        AuditEntry last = hashedAnew(from);
        jdbc.sql("update audit_head set seq = ?, hash = ?")
                .params(last.seq(), last.hash())
                .update();
    }

    private AuditEntry hashedAnew(long from) {
        AuditEntry last = log.page(from - 2, from - 1).get(0);
        for (AuditEntry was : log.page(from - 1, Long.MAX_VALUE)) {
            last = new AuditEntry(
                            was.seq(),
                            was.at(),
                            was.kind(),
                            was.caseNumber(),
                            was.stage(),
                            was.what(),
                            was.account(),
                            was.role(),
                            was.details(),
                            last.hash(),
                            "")
                    .sealed();
            jdbc.sql("update audit_entries set previous = ?, hash = ? where seq = ?")
                    .params(last.previous(), last.hash(), last.seq())
                    .update();
        }
        return last;
    }

    private void happens(String kind) {
        events.publishEvent(event(kind));
    }

    private static CaseEvent event(String kind) {
        return new CaseEvent(
                NUMBER,
                kind,
                "first-review",
                new Text("初审\t第一", "First\nreview \\ -"),
                REVIEWER,
                Role.REVIEWER,
                CaseEvent.Audience.OFFICERS,
                Map.of("outcome", "approve", "why", ""));
    }

    // ---- who looks

    private record Checked(int code, String said) {}

    private record Attack(AuditLog.Check seen, Checked outside) {
        void isFound(String found, long entry, String saidOutside) {
            assertThat(seen.found()).isEqualTo(found);
            assertThat(seen.broken()).isEqualTo(entry);
            assertThat(seen.why().zh()).isNotBlank();
            assertThat(outside.code()).as(outside.said()).isOne();
            assertThat(outside.said()).contains(saidOutside);
        }
    }

    private Attack attacked(Runnable deed) {
        AtomicReference<Attack> attack = new AtomicReference<>();
        in(() -> {
            deed.run();
            attack.set(new Attack(watch.look(true).check(), checked(exported())));
        });
        return attack.get();
    }

    private void in(Runnable deed) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            deed.run();
        });
    }

    private String exported() {
        try {
            StringBuilder out = new StringBuilder();
            export.write(out);
            return out.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checked checked(String record, Path... earlier) {
        List<String> arguments = new ArrayList<>(List.of(
                "-cp",
                folder.toString(),
                "CheckAudit",
                written("export.txt", record).toString(),
                publicKey().toString()));
        for (Path file : earlier) arguments.add(file.toString());
        return run(arguments);
    }

    private Path publicKey() {
        return written("public-key.pem", key.pem());
    }

    private static Path written(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Checked run(List<String> arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dstdout.encoding=UTF-8",
                    "-Dfile.encoding=UTF-8"));
            command.addAll(arguments);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Checked(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Visitor auditor() {
        return new Visitor(port).signIn("auditor");
    }

    private JsonNode health() {
        return health("audit");
    }

    private JsonNode health(String part) {
        return city.call("auditor", HttpMethod.GET, "/actuator/health", null)
                .body()
                .path("components")
                .path(part);
    }
}
