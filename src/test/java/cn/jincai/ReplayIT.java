package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.audit.AuditLog;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.PlausibleNotice;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/**
 * What a case rested on comes out byte for byte the same after twenty later packages, with another calendar and after a restart. It has a database of its
 * own, because a notice that is loaded stays, and comes late (the pom's run order), because Tasklist knows only one engine in a process.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "jincai.samples=false",
            "jincai.ticking=false",
            "jincai.key=" + ReplayIT.KEY
        })
@Import(City.class)
@ContextConfiguration(initializers = ReplayIT.OwnDatabase.class)
class ReplayIT {
    static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String NEW_KEY = "YW5vdGhlciBrZXkgb2YgMzIgYnl0ZXMgZm9yIHRlc3Q=";
    private static final int VERSIONS = 20;
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    static class OwnDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String url = "jdbc:h2:mem:replay;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", user = "sa";
            if (TestDatabase.isPostgres()) {
                try (var connection =
                                TestDatabase.postgres().getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database replay");
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
                url = TestDatabase.postgres().getJdbcUrl("postgres", "replay");
                user = "postgres";
                if (!FirstData.isWritten())
                    FirstData.load(TestDatabase.postgres().getDatabase("postgres", "replay"));
            }
            TestPropertyValues.of(
                            "spring.datasource.url=" + url,
                            "spring.datasource.username=" + user,
                            "spring.datasource.password=")
                    .applyTo(context);
        }
    }

    @Autowired
    City city;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    Calendars calendars;

    @Autowired
    CityClock clock;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient db;

    @Autowired
    DataSource tables;

    @Autowired
    AuditLog audit;

    @Autowired
    ObjectMapper json;

    @BeforeEach
    void aMonday() {
        city.at("2026-03-02T09:00");
    }

    private Visitor as(String who) {
        return new Visitor(Integer.parseInt(environment.getRequiredProperty("local.server.port")))
                .withPassword(who, who);
    }

    @Test
    void everyAnswerIsTheSameAfterTwentyPackagesAnotherCalendarAndARestart() throws IOException {
        List<String> numbers = List.of(
                city.checked("skills-award", "granted").number(),
                city.checked("talent-recognition", "refused").number(),
                city.checked("recruitment-subsidy", "granted").number());
        for (int i = 1; i <= VERSIONS; i++) renamed("skills-award", i);
        for (String scheme : List.of("talent-recognition", "recruitment-subsidy")) renamed(scheme, 1);
        assertThat(packages.inForce("skills-award").rulesets().get(0).name()).isEqualTo("v" + VERSIONS);
        LocalDate lastDay = LocalDate.parse(as("auditor")
                .get("/api/cases/" + numbers.get(2) + "/assessments")
                .json()
                .path(0)
                .path("assessment")
                .at("/benefits/0/instalments/1/to")
                .asText());
        int year = lastDay.getYear();
        calendars.load(PlausibleNotice.of(year, "测试", "[" + lastDay.toString().substring(5) + "]", "[]"), ADMIN);
        int replayed = db.sql("select count(*) from case_assessments where case_number = ?")
                .param(FirstData.CASE)
                .query(Integer.class)
                .single();
        for (String number : numbers) {
            JsonNode kept =
                    as("auditor").get("/api/cases/" + number + "/assessments").json();
            assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
            for (JsonNode k : kept) {
                assertThat(k.path("calendar").asText()).isEqualTo("2024,2025,2026");
                Visitor.Answer again = as("auditor")
                        .get("/api/cases/" + number + "/assessments/"
                                + k.path("n").asInt() + "/replay");
                assertThat(again.status()).as(again.body()).isEqualTo(200);
                assertThat(again.body()).isEqualTo(json.writeValueAsString(k.path("assessment")));
                assertThat(again.json().path("ruleset").asText()).isEqualTo("2026-01");
                JsonNode why = as("applicant")
                        .get("/api/cases/" + number + "/assessments/"
                                + k.path("n").asInt() + "/explanation")
                        .json();
                assertThat(why.path("verdict")).isEqualTo(again.json().path("verdict"));
                assertThat(why.path("ruleset").asText()).isEqualTo("2026-01");
                replayed++;
            }
        }
        String told = restarted(0);
        assertThat(told).contains(replayed + " / " + replayed, replayed + " replayed, 0 different, 0 not replayable");
        whatDiffersIsSaid(numbers.get(2), replayed, year);
    }

    /** With the calendar of now it would come out differently: so the one of then was used, and a difference is found. */
    private void whatDiffersIsSaid(String number, int replayed, int year) throws IOException {
        long id = db.sql("select max(id) from case_assessments where case_number = ?")
                .param(number)
                .query(Long.class)
                .single();
        db.sql("update case_assessments set calendar_version = ? where id = ?")
                .params("2024,2025,2026," + year, id)
                .update();
        int n = as("auditor")
                .get("/api/cases/" + number + "/assessments")
                .json()
                .size();
        Visitor.Answer again = as("auditor").get("/api/cases/" + number + "/assessments/" + n + "/replay");
        assertThat(again.status()).isEqualTo(409);
        JsonNode difference = again.json().path("differences").path(0);
        assertThat(difference.path("path").asText()).startsWith("/benefits/0/instalments/1/");
        assertThat(difference.path("then")).isNotEqualTo(difference.path("now"));
        assertThat(restarted(1)).contains(number, "/benefits/0/instalments/1/", replayed + " replayed, 1 different");
        db.sql("""
            insert into policy_packages (hash, scheme, origin, frozen_by, frozen_at, calendar_version)
            select 'without files', scheme, origin, frozen_by, frozen_at, calendar_version from policy_packages fetch first 1 rows only""").update();
        db.sql("update case_assessments set package_hash = 'without files' where id = ?")
                .param(id)
                .update();
        assertThat(restarted(1)).contains(number + " data-checks", "can't be replayed", "1 not replayable");
    }

    /** Replayed it is with the others, above. */
    @Test
    @EnabledIfSystemProperty(named = "db", matches = "postgresql", disabledReason = "the first data is PostgreSQL's")
    void theCaseOfTheFirstDataIsReadAfterTheUpgradeWithItsPaymentAndItsDecision() {
        if (FirstData.isWritten()) {
            assertThat(city.checked(FirstData.SCHEME, "partial")
                            .reviewedByBoth()
                            .noticedAndSigned()
                            .paid()
                            .isClosed("granted")
                            .number())
                    .as("alone, on a database without any")
                    .isEqualTo(FirstData.CASE);
            FirstData.write(tables);
        }
        String path = "/api/cases/" + FirstData.CASE;
        JsonNode file = as("auditor").get(path).json();
        assertThat(file.path("outcome").asText()).isEqualTo("granted");
        assertThat(file.at("/answers/name").asText()).as("was sealed").matches("\\p{IsHan}{2,4}");
        JsonNode payment =
                as("finance").get("/api/payments?case=" + FirstData.CASE).json().at("/items/0");
        assertThat(payment.path("status").asText()).isEqualTo("paid");
        assertThat(payment.path("amountFen").asLong()).isPositive();
        assertThat(payment.path("reasonCode").asText("")).as("its marks fit").isEmpty();
        assertThat(file.at("/decision/outcome").asText()).isEqualTo("granted");
        assertThat(as("applicant").get(path + "/decision").body())
                .as("made now of what was sealed then")
                .startsWith("%PDF");
        assertThat(audit.verify()).satisfies(check -> {
            assertThat(check.whole()).isTrue();
            assertThat(check.entries()).isGreaterThan(20);
        });
    }

    @Test
    void onlyOfficersOfTheCaseAndAuditorsReplay() {
        String number = city.submitted("skills-award", "granted").number(),
                path = "/api/cases/" + number + "/assessments/1/replay";
        assertThat(as("auditor").get(path).status()).isEqualTo(200);
        assertThat(as("intake").get(path).status()).isEqualTo(200);
        assertThat(as("applicant").get(path).status()).isEqualTo(403);
        assertThat(as("applicant")
                        .get("/api/cases/" + number + "/assessments/1/explanation")
                        .status())
                .isEqualTo(200);
        assertThat(as("applicant2").get(path).status()).isEqualTo(404);
        assertThat(as("employer").get("/api/cases/" + number + "/assessments").status())
                .isEqualTo(404);
        assertThat(as("auditor")
                        .get("/api/cases/" + number + "/assessments/7/replay")
                        .status())
                .isEqualTo(404);
        assertThat(city.call(null, HttpMethod.GET, path, null).status()).isEqualTo(401);
        assertThat(db.sql("select count(*) from audit_entries where case_number = ? and kind = 'looked-at'")
                        .param(number)
                        .query(Long.class)
                        .single())
                .as("the auditor and the intake; of what there is not nobody saw anything")
                .isEqualTo(2);
    }

    /** A node that was not started with the new key reads nothing any more; once its own key is the one in use again it goes on. */
    @Test
    void aNewKeyTakesOverByCommandAndTheOldOneAgain() {
        String number = city.drafted("skills-award", "granted").number();
        assertThat(command(ResealRun::run, 0, "reseal", "--jincai.key=" + NEW_KEY, "--jincai.key-former=" + KEY))
                .contains("case.answers: ", " 0 not opened", "JINCAI_KEY_FORMER is not needed any more");
        Visitor.Answer refused = as("applicant").get("/api/cases/" + number);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("VALUE_EXCHANGED");
        command(ResealRun::run, 0, "reseal", "--jincai.key=" + KEY, "--jincai.key-former=" + NEW_KEY);
        assertThat(as("applicant").get("/api/cases/" + number).status()).isEqualTo(200);
        assertThat(command(ResealRun::run, 0, "reseal", "--jincai.key=" + KEY)).contains("0 sealed anew");
    }

    private String restarted(int expected) {
        return command(ReplayRun::run, expected, "replay", "--all", "--jincai.key=" + KEY);
    }

    /** The tool is another application on the same database: nothing is left in memory. */
    private String command(BiFunction<String[], PrintStream, Integer> run, int expected, String... args) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        String[] all = Stream.concat(
                        Stream.of(args),
                        Stream.of(
                                "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
                                "--spring.datasource.username=" + environment.getProperty("spring.datasource.username"),
                                "--spring.datasource.password="))
                .toArray(String[]::new);
        assertThat(run.apply(all, new PrintStream(told, true, StandardCharsets.UTF_8)))
                .as(told.toString(StandardCharsets.UTF_8))
                .isEqualTo(expected);
        return told.toString(StandardCharsets.UTF_8);
    }

    /** The same rules under another label, which every answer tells. */
    private void renamed(String scheme, int version) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(
                        new ByteArrayInputStream(
                                publication.zip(scheme, packages.inForce(scheme).hash())),
                        StandardCharsets.UTF_8);
                ZipOutputStream out = new ZipOutputStream(zip, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(
                        new ZipEntry(entry.getName().replaceFirst("rulesets/[^/]+/", "rulesets/v" + version + "/")));
                out.write(in.readAllBytes());
                out.closeEntry();
            }
        }
        var upload = publication.upload(zip.toByteArray(), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        List<String> signed = publication.warnings(scheme, upload.hash()).stream()
                .map(warning -> "与现行版本相同")
                .toList();
        publication.publish(
                publication
                        .propose(scheme, upload.hash(), clock.today(), "另一版本", signed, ADMIN)
                        .id(),
                APPROVER);
    }
}
