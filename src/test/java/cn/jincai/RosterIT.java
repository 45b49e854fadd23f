package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.ResidentId;
import cn.jincai.demo.KnownEmployees;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.archive.Archive;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import cn.jincai.journeys.TypedWords;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.policy.WeavingRooms;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/**
 * One claim for several employees (decision 165), from draft to paid, for a scheme that was uploaded and published here and of which no Java knows. In the application of
 * {@link EmployerAppliesIT}, as both publish schemes that nobody else is to meet.
 */
@CaseTest
@TestPropertySource(properties = "jincai.quotas.drafts-an-account=999")
@Tag("issue-16.5")
class RosterIT {

    @Autowired
    City city;

    @Autowired
    Accounts accounts;

    @Autowired
    Overheard overheard;

    @Autowired
    Archive archive;

    @Autowired
    Persons persons;

    @Autowired
    IssuedDocuments issued;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcTemplate db;

    @Autowired
    ApplicationContext context;

    @Value("${jincai.demo.employer-name}")
    String name;

    @LocalServerPort
    int port;

    @BeforeEach
    void theSchemeIsInForce() {
        city.at("2026-03-02T09:00");
        String scheme = WeavingRooms.APPRENTICES;
        if (city.call(null, HttpMethod.GET, "/api/schemes", null)
                .body()
                .toString()
                .contains(scheme)) return;
        new PolicyOffice(context).publishes(scheme, WeavingRooms.files(scheme));
    }

    @Test
    void fromDraftToOnePaymentForAllGrantedLines() throws IOException {
        String number = draft("SPRING");
        String first = TypedWords.NUMBER, tooSoon = identity(2);
        assertThat(lines(
                                "employer",
                                number,
                                List.of(
                                        line(TypedWords.NAME, first, "2025-04-01", "MASTER"),
                                        line("庄二喜", tooSoon, "2025-02-28", "MASTER"),
                                        line("洪三多", identity(3), "2025-06-01", "JOURNEYMAN")))
                        .is(200)
                        .body()
                        .get("lines")
                        .asInt())
                .isEqualTo(3);
        ApplicantsCase file = sent(number);
        assertThat(db.queryForList("select sealed_line from case_lines where case_number = ?", String.class, number))
                .hasSize(3)
                .allSatisfy(kept -> assertThat(kept).startsWith("v2.").doesNotContain(first, TypedWords.NAME));
        file.reviewedByBoth().waitsAt("public-notice");
        assertThat(file.notice().toString()).contains(name).doesNotContain(TypedWords.NAME, first);

        JsonNode shown = city.call("employer", HttpMethod.GET, "/api/cases/" + number + "/lines?size=2", null)
                .is(200)
                .body();
        assertThat(shown.get("total").asInt()).isEqualTo(3);
        assertThat(shown.get("items")).hasSize(2);
        assertThat(shown.at("/items/0/number").asText()).isEqualTo(first);
        assertThat(shown.at("/items/0/assessed/verdict").asText()).isEqualTo("APPROVE");
        assertThat(shown.at("/items/0/facts/apprenticeHad").asLong()).isZero();
        assertThat(shown.at("/items/1/assessed/benefits/0/reasons/0/code").asText())
                .isEqualTo("BOUND_TOO_SOON");
        assertThat(city.call("applicant", HttpMethod.GET, "/api/cases/" + number + "/lines", null)
                        .status())
                .isEqualTo(404);
        assertThat(city.call(null, HttpMethod.GET, "/api/cases/" + number + "/lines", null)
                        .status())
                .isEqualTo(401);
        assertThat(lines("employer", number, List.of()).is(409).code()).isEqualTo("NOT_A_DRAFT");

        file.noticedAndSigned();
        assertThat(file.benefit("APPRENTICE_MONEY").get("amountFen").asLong()).isEqualTo(420000);
        assertThat(file.benefit("APPRENTICE_MONEY").get("outcome").asText()).isEqualTo("granted");
        assertThat(decision(file))
                .contains(TypedWords.NAME, "3,000.00元", "庄二喜", "2025-03-01", "350*************")
                .doesNotContain(first, tooSoon);
        isExplainedWithoutItsLines(number);
        theEmployerHasItsRemedies(number);
        file.paid().paid().isClosed("granted");
        assertThat(db.queryForList(
                        "select line || ' ' || amount_fen from decided_lines where case_number = ? order by line",
                        String.class,
                        number))
                .containsExactly("1 300000", "3 120000");
        assertThat(db.queryForList(
                        "select amount_fen from payments where case_number = ? and benefit = 'APPRENTICE_MONEY'",
                        Long.class,
                        number))
                .as("one payment")
                .containsExactly(420000L);
        Actor auditor = accounts.actor("auditor");
        for (int n = 1; n <= archive.of(auditor, new CaseNumber(number)).size(); n++)
            assertThat(archive.replay(auditor, new CaseNumber(number), n).differences())
                    .isEmpty();
        nothingStandsInTheClear();
    }

    /** The explanation of a claim is of the claim: what is decided line by line is named, counted and stands in the roster. */
    private void isExplainedWithoutItsLines(String number) {
        Visitor clerk = new Visitor(port).signIn("employer"), reviewer = new Visitor(port).signIn("reviewer");
        assertThat(clerk.get("/cases/" + number + "/explanation?lang=en").body())
                .contains("The 3 lines of the roster", "/cases/" + number + "/roster", "Loom money")
                .doesNotContain(TypedWords.NAME, "庄二喜");
        assertThat(reviewer.get("/officers/cases/" + number + "/explanation?lang=zh")
                        .body())
                .contains("/officers/cases/" + number + "/lines", "织机补助")
                .doesNotContain(TypedWords.NAME, "庄二喜");
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + number + "/explanation")
                        .status())
                .isEqualTo(404);
    }

    /** An employer asks for reconsideration, or sues, as everybody may: once a clerk has opened the decision both last days are told. */
    private void theEmployerHasItsRemedies(String number) {
        Visitor clerk = new Visitor(port).signIn("employer");
        long decision = StreamSupport.stream(
                        file(number).show().get("documents").spliterator(), false)
                .filter(d -> d.path("kind").asText().equals("decision"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asLong();
        assertThat(clerk.get("/cases/" + number + "/documents/" + decision).status())
                .isEqualTo(200);
        assertThat(file(number).show().at("/decision/remedies/knownOn").asText())
                .as("known since today")
                .isEqualTo(clock.today().toString());
        assertThat(clerk.get("/cases/" + number + "?lang=zh").body()).contains("行政复议", "行政诉讼");
    }

    /** One of three is refused by the reviewers with grounds, one they judge themselves; the limit is shared by those that are granted. */
    @Test
    void reviewersRefuseAndClearSingleLines() throws IOException {
        String number = draft("LATE_SPRING");
        lines(
                        "employer",
                        number,
                        List.of(
                                line("尤一心", identity(50), "2025-04-01", "MASTER"),
                                line("尤二心", identity(51), "2025-04-01", "GUEST"),
                                line("尤三心", identity(52), "2025-04-01", "JOURNEYMAN"),
                                line("尤四心", identity(53), "2025-02-01", "MASTER"),
                                line("尤五心", identity(54), "2025-04-01", "MASTER"),
                                line("尤六心", identity(55), "2025-04-01", "MASTER")))
                .is(200);
        ApplicantsCase file = sent(number);
        Visitor tasklist = new Visitor(port).signIn("reviewer").inTasklist();
        String task = "/camunda/api/engine/engine/default/task/"
                + file.task("reviewer", "first-review").get("id").asText();
        assertThat(tasklist.get(task + "/form-variables").body())
                .contains("rejectLinesOptions", "第 3 行 尤三心", "clearLinesOptions", "第 2 行 尤二心")
                .doesNotContain("第 4 行");
        assertThat(file.does("reviewer", "first-review", "approve", Map.of("rejectLines", "3", "clearLines", "2"))
                        .is(422)
                        .code())
                .as("without words")
                .isEqualTo("REQUIRED");
        assertThat(file.does(
                                "reviewer",
                                "first-review",
                                "approve",
                                Map.of("rejectLines", "4,9,2", "clearLines", "2,1", "opinion", "见附件"))
                        .is(422)
                        .body()
                        .toString())
                .contains("NOT_REFUSABLE", "UNKNOWN_LINE", "NOT_CLEARABLE", "BOTH");
        Map<String, Object> said = Map.of("rejectLines", "3", "clearLines", "2", "opinion", "三号学徒未到岗。");
        file.done("reviewer", "first-review", "approve", said);
        file.done("senior-reviewer", "second-review", "approve", said);
        file.done("leader", "leader-review", "approve", said).noticed();
        assertThat(file.does("leader", "decision", "sign", Map.of())
                        .is(422)
                        .body()
                        .toString())
                .contains("line-3");
        assertThat(file.does(
                                "leader",
                                "decision",
                                "sign",
                                Map.of("grounds", Map.of("line-3", "现场未见该学徒。", "line-1", "？")))
                        .is(422)
                        .body()
                        .toString())
                .contains("line-1");
        file.done("leader", "decision", "sign", Map.of("grounds", Map.of("line-3", "现场未见该学徒。")));
        assertThat(file.benefit("APPRENTICE_MONEY").get("amountFen").asLong())
                .as("four of 3 000 yuan, cut to the limit")
                .isEqualTo(800000);
        assertThat(decision(file)).contains("现场未见该学徒。", "2,000.00元", "尤三心").doesNotContain("3,000.00元");
        assertThat(db.queryForList(
                        "select line || ' ' || amount_fen from decided_lines where case_number = ? order by line",
                        String.class,
                        number))
                .as("a refused line makes no record, and what is recorded adds up to what was granted")
                .containsExactly("1 200000", "2 200000", "5 200000", "6 200000");
        assertThat(db.queryForList(
                        "select sealed_grounds from refused_lines where case_number = ?", String.class, number))
                .singleElement()
                .asString()
                .startsWith("v2.");
        Actor auditor = accounts.actor("auditor");
        for (int n = 1; n <= archive.of(auditor, new CaseNumber(number)).size(); n++)
            assertThat(archive.replay(auditor, new CaseNumber(number), n).differences())
                    .isEmpty();
    }

    /** A source is asked about each employee by himself. While it is silent his line is unknown and refused to nobody; an officer may record what he has seen. */
    @Test
    void aSourceTellsOfEachEmployeeAndItsSilenceRefusesNobody() {
        String number = draft("SPRING_RAIN"), told = identity(70), away = identity(71), late = identity(72);
        KnownEmployees known = new KnownEmployees(context);
        known.known(WeavingRooms.APPRENTICES, away, "尤八心", Map.of("insurance", Map.of("apprenticeInsured", false)));
        known.known(WeavingRooms.APPRENTICES, late, "尤九心", Map.of("insurance", Map.of("apprenticeInsured", true)));
        List<Map<String, Object>> roster = List.of(
                line("尤十心", told, "2025-04-01", "HIRED"),
                line("尤八心", away, "2025-04-01", "HIRED"),
                line("尤九心", late, "2025-04-01", "HIRED"));
        Map<String, Object> himself = new HashMap<>(roster.get(0));
        himself.put("apprenticeInsured", true);
        assertThat(lines("employer", number, List.of(himself)).is(422).body().toString())
                .contains("lines[0].apprenticeInsured", "NOT_TOLD");
        lines("employer", number, roster).is(200);
        city.source("insurance", "down");
        ApplicantsCase file = file(number);
        try {
            file.submission().is(200);
            file.done("intake", "acceptance", "accept");
            city.passes("PT2M");
            file.waitsAt("data-checks");
            JsonNode unknown = shown("intake", number);
            for (int i = 0; i < 3; i++) {
                assertThat(unknown.at("/items/" + i + "/silent/0").asText()).isEqualTo("insurance");
                assertThat(unknown.at("/items/" + i + "/assessed/verdict").asText())
                        .isEqualTo("MANUAL");
            }
            recordedForOneLine(number);
        } finally {
            city.source("insurance", "ok");
        }
        city.passes("PT1H1M");
        file.waitsAt("first-review");
        JsonNode officers = shown("reviewer", number), employers = shown("employer", number);
        assertThat(officers.at("/items/0/recorded/0").asText()).isEqualTo("apprenticeInsured");
        assertThat(officers.at("/items/1/facts/apprenticeInsured").asBoolean(true))
                .isFalse();
        assertThat(officers.at("/items/1/assessed/benefits/0/reasons/0/code").asText())
                .isEqualTo("NOT_INSURED");
        assertThat(officers.at("/items/2/assessed/verdict").asText()).isEqualTo("APPROVE");
        assertThat(officers.toString()).doesNotContain("silent");
        assertThat(employers.toString())
                .as("what a source says of somebody is not his employer's to read")
                .doesNotContain("apprenticeInsured\":", "recorded", "silent");
        JsonNode why = employers.at("/items/1/assessed/benefits/0/reasons/0");
        assertThat(why.at("/code").asText()).isEqualTo("NOT_INSURED");
        assertThat(why.at("/actual").isNull() && why.at("/message").isNull())
                .as("nor is it in the reasons")
                .isTrue();
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        assertThat(reviewer.get("/officers/cases/" + number + "?lang=en").body())
                .contains("Apprentice is insured", "recorded", "Line of the roster");
        assertThat(reviewer.get("/officers/cases/" + number + "/lines?lang=en").body())
                .contains("Apprentice is insured");
        assertThat(db.queryForList(
                        "select sealed_facts from case_line_answers where case_number = ? and answered",
                        String.class,
                        number))
                .hasSize(3)
                .allSatisfy(kept -> assertThat(kept).startsWith("v2."));
        file.reviewedByBoth().noticedAndSigned();
        assertThat(file.benefit("APPRENTICE_MONEY").get("amountFen").asLong()).isEqualTo(600000);
        Actor auditor = accounts.actor("auditor");
        for (int n = 1; n <= archive.of(auditor, new CaseNumber(number)).size(); n++)
            assertThat(archive.replay(auditor, new CaseNumber(number), n).differences())
                    .isEmpty();
        nothingStandsInTheClear();
    }

    private void recordedForOneLine(String number) {
        Map<String, Object> seen =
                new HashMap<>(Map.of("name", "apprenticeInsured", "value", true, "note", "见参保证明。" + TypedWords.NAME));
        assertThat(records("intake", number, seen).is(422).code()).isEqualTo("LINE_NEEDED");
        seen.put("line", 4);
        assertThat(records("intake", number, seen).is(422).code()).isEqualTo("LINE_NEEDED");
        seen.put("line", 1);
        for (String other : List.of("employer", "applicant", "supervisor", "auditor"))
            assertThat(records(other, number, seen).status()).as(other).isEqualTo(403);
        assertThat(records("reviewer", number, seen).status())
                .as("before his step he has no part in the case")
                .isEqualTo(404);
        assertThat(records("intake", number, Map.of("name", "apprenticeNumber", "value", "1", "note", "改", "line", 1))
                        .is(422)
                        .code())
                .isEqualTo("PERSON_OF_LINE");
        assertThat(records("intake", number, Map.of("name", "looms", "value", 4, "note", "改", "line", 1))
                        .is(422)
                        .code())
                .isEqualTo("OF_CLAIM");
        assertThat(records("intake", number, Map.of("name", "apprenticeInsured", "value", true, "line", 1))
                        .is(422)
                        .code())
                .isEqualTo("REQUIRED");
        records("intake", number, seen).is(200);
        JsonNode now = shown("intake", number);
        assertThat(now.at("/items/0/assessed/verdict").asText()).isEqualTo("APPROVE");
        assertThat(now.at("/items/1/assessed/verdict").asText()).isEqualTo("MANUAL");
        assertThat(db.queryForList(
                        "select sealed_note from case_line_facts where case_number = ? and line = 1",
                        String.class,
                        number))
                .singleElement()
                .asString()
                .startsWith("v2.");
    }

    private City.Answer records(String who, String number, Map<String, Object> fact) {
        return city.call(who, HttpMethod.POST, "/api/cases/" + number + "/facts", fact);
    }

    private JsonNode shown(String who, String number) {
        return city.call(who, HttpMethod.GET, "/api/cases/" + number + "/lines", null)
                .is(200)
                .body();
    }

    /** What only people can judge, they judge line by line: to approve is not to clear a line that nobody has ticked. */
    @Test
    void aRosterOfWhichEveryLineIsLeftToPeopleIsNotApprovedUnseen() {
        String number = draft("LATE_SUMMER");
        lines("employer", number, List.of(line("尤七心", identity(57), "2025-04-01", "GUEST")))
                .is(200);
        ApplicantsCase file = sent(number);
        assertThat(file.does("reviewer", "first-review", "approve", Map.of("opinion", "可以。"))
                        .is(422)
                        .code())
                .isEqualTo("STILL_OPEN");
        Map<String, Object> said = Map.of("clearLines", List.of("1"), "opinion", "客座匠师在册。");
        file.done("reviewer", "first-review", "approve", said);
        file.done("senior-reviewer", "second-review", "approve", said);
        file.noticedAndSigned();
        assertThat(file.benefit("APPRENTICE_MONEY").get("amountFen").asLong()).isEqualTo(300000);
    }

    /** The counter asks for the roster again and names the lines of which something is missing; until then, and after that, it stays as it was sent. */
    @Test
    void aRosterThatTheCounterAskedForIsHandedInAgain() {
        String number = draft("LATE_AUTUMN");
        Map<String, Object> gap = line("许一航", identity(60), "2025-04-01", "MASTER");
        gap.remove("teacherRank");
        String stays = identity(61), leaves = identity(62), joins = identity(63);
        Map<String, String> accountsOf = Map.of("applicant2", leaves, "applicant", joins);
        Map<String, Object> keysBefore = new HashMap<>();
        accountsOf.forEach((account, document) -> {
            keysBefore.put(
                    account,
                    db.queryForList("select person_key from accounts where name = ?", String.class, account)
                            .get(0));
            db.update(
                    "update accounts set person_key = ? where name = ?",
                    persons.keep("RESIDENT_ID", document, "许三航", null, null, null),
                    account);
        });
        try {
            handedInAgain(number, gap, stays, leaves, joins);
        } finally {
            keysBefore.forEach(
                    (account, key) -> db.update("update accounts set person_key = ? where name = ?", key, account));
        }
    }

    private void handedInAgain(String number, Map<String, Object> gap, String stays, String leaves, String joins) {
        lines(
                        "employer",
                        number,
                        List.of(
                                line("许二航", stays, "2025-04-01", "MASTER"),
                                gap,
                                line("许三航", leaves, "2025-04-01", "MASTER")))
                .is(200);
        ApplicantsCase file = file(number);
        file.submission().is(200);
        assertThat(new Visitor(port)
                        .signIn("intake")
                        .inTasklist()
                        .get("/camunda/api/engine/engine/default/task/"
                                + file.task("intake", "acceptance").get("id").asText() + "/form-variables")
                        .body())
                .contains("名单（这些行有缺项：2；共 1 行）");
        Visitor left = new Visitor(port).signIn("applicant2"), joined = new Visitor(port).signIn("applicant");
        assertThat(left.get("/inbox?lang=zh").body()).contains("在名单中填报了您");
        assertThat(left.get("/lines/" + number).status()).isEqualTo(200);
        List<Map<String, Object>> again = List.of(
                line("许二航", stays, "2025-04-01", "MASTER"),
                line("许一航", identity(60), "2025-04-01", "MASTER"),
                line("许四航", joins, "2025-04-01", "NOBODY"));
        assertThat(lines("employer", number, again).is(409).code()).isEqualTo("NOT_A_DRAFT");
        file.done("intake", "acceptance", "supplement", Map.of("items", "lines", "opinion", "第2行缺师傅。"));
        assertThat(file.submission().is(422).body().toString()).contains("\"lines\"", "STILL_ASKED");
        for (String other : List.of("applicant", "intake", "leader"))
            assertThat(lines(other, number, again).status()).as(other).isEqualTo(403);
        Visitor clerk = new Visitor(port).signIn("employer");
        assertThat(clerk.get("/cases/" + number + "/supplement").body())
                .contains("/cases/" + number + "/roster", "第2行缺师傅。");
        assertThat(clerk.get("/cases/" + number + "/roster").body()).contains("<textarea");
        city.passes("PT1M");
        lines("employer", number, again).is(200);
        assertThat(left.get("/inbox").body()).contains("名单中不再有您");
        assertThat(left.get("/lines/" + number).status()).isEqualTo(404);
        assertThat(joined.get("/inbox?lang=zh").body()).contains("在名单中填报了您", "/lines/" + number);
        assertThat(db.queryForObject(
                        "select count(*) from case_messages where account = 'applicant' and case_number = ?",
                        Integer.class,
                        number))
                .as("told once")
                .isEqualTo(1);
        file.submission().is(200);
        assertThat(lines("employer", number, again).is(409).code()).isEqualTo("NOT_A_DRAFT");
        file.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        file.reviewedByBoth().noticedAndSigned();
        assertThat(file.benefit("APPRENTICE_MONEY").get("amountFen").asLong()).isEqualTo(600000);
    }

    /** Whoever hands him in: what was granted for an employee counts for him, and he is refused by himself. */
    @Test
    void theSameEmployeeIsPaidForOnceWhicheverRosterNamesHim() {
        String both = identity(10);
        String before = draft("SUMMER");
        lines("employer", before, List.of(line("吴小满", both, "2025-04-01", "MASTER")))
                .is(200);
        sent(before).reviewedByBoth().noticedAndSigned().paid().paid().isClosed("granted");
        String after = draft("AUTUMN");
        lines(
                        "employer",
                        after,
                        List.of(
                                line("吴小满", both, "2025-04-01", "MASTER"),
                                line("郑大雪", identity(11), "2025-04-01", "MASTER")))
                .is(200);
        ApplicantsCase file = sent(after);
        JsonNode shown = city.call("employer", HttpMethod.GET, "/api/cases/" + after + "/lines", null)
                .is(200)
                .body();
        assertThat(shown.at("/items/0/assessed/benefits/0/reasons/0/code").asText())
                .isEqualTo("HAD_ALREADY");
        file.reviewedByBoth().noticedAndSigned();
        assertThat(file.benefit("APPRENTICE_MONEY").get("amountFen").asLong()).isEqualTo(300000);
    }

    @Test
    void everyMistakeInARosterIsToldAndNothingIsKept() {
        String number = draft("WINTER");
        String one = identity(20);
        assertThat(file(number).submission().is(422).body().toString()).contains("\"lines\"", "REQUIRED");
        Map<String, Object> unknown = line("甲子", identity(21), "2025-04-01", "MASTER");
        unknown.put("wages", 1);
        JsonNode told = lines(
                        "employer",
                        number,
                        List.of(
                                line("甲丑", one, "2025-04-01", "MASTER"),
                                line("", identity(22), "2025-04-01", "MASTER"),
                                unknown,
                                line("甲寅", one, "2025-04-01", "MASTER"),
                                line("甲卯", "350582199003070010", "2025-04-31", "MASTER")))
                .is(422)
                .body();
        assertThat(told.toString())
                .contains(
                        "lines[1].name",
                        "lines[2].wages",
                        "lines[3].apprenticeNumber",
                        "PERSON_TWICE",
                        "lines[4].boundOn",
                        "lines[4].apprenticeNumber")
                .doesNotContain(one);
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) many.add(Map.of("name", "甲"));
        assertThat(lines("employer", number, many).is(422).body().toString()).contains("TOO_MANY");
        assertThat(lines("employer", number, List.of()).is(422).body().toString())
                .contains("EMPTY");
        assertThat(city.call("employer", HttpMethod.PUT, "/api/cases/" + number + "/lines", Map.of())
                        .status())
                .isEqualTo(422);
        assertThat(db.queryForObject("select count(*) from case_lines where case_number = ?", Integer.class, number))
                .isZero();
        for (String other : List.of("applicant", "intake", "leader", "admin"))
            assertThat(lines(other, number, List.of()).status()).as(other).isEqualTo(403);
        assertThat(lines(null, number, List.of()).status()).isEqualTo(401);
        assertThat(city.call("employer", HttpMethod.DELETE, "/api/cases/" + number, null)
                        .status())
                .isEqualTo(204);
    }

    /** Copied from a spreadsheet, with the columns as people call them. */
    @Test
    void onThePortalARosterIsPastedAndEveryMistakeToldWithItsLine() {
        String number = draft("WINTER"), page = "/cases/" + number + "/roster", one = identity(30);
        Visitor clerk = new Visitor(port).signIn("employer");
        assertThat(clerk.get("/cases/" + number + "/apply").body()).contains(page, "名单");
        assertThat(clerk.get(page).body()).contains("学徒身份证号码", "拜师日期").doesNotContain("该学徒已计发");
        String head = "姓名\t学徒身份证号码\t拜师日期\t师傅\n";
        var wrong = clerk.form(
                page, typed(head + "施小寒\t" + one + "\t2025/04/01\t匠师\n施大寒\t" + one + "\t昨天\t国王"), clerk.get(page));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("没有一行可以列入名单", "第3行也是此人", "第2行也是此人", "施小寒", "国王", "匠师、熟手");
        assertThat(clerk.form(page, typed("甲,乙\n1,2"), clerk.get(page)).status())
                .isEqualTo(422);
        assertThat(clerk.form(
                                page,
                                typed(head + "施小寒\t" + one + "\t2025/04/01\t匠师\n施大寒\t" + identity(31)
                                        + "\t2025-05-01\t熟手"),
                                clerk.get(page))
                        .location())
                .endsWith(page);
        assertThat(clerk.get(page + "?lang=en").body()).contains("2 employees", "施大寒", one);
        assertThat(new Visitor(port).signIn("applicant").get(page).status()).isEqualTo(403);
        assertThat(new Visitor(port).get(page).location()).endsWith("/sign-in");
        file(number).submission().is(200);
        assertThat(clerk.get("/cases/" + number).body()).contains(page);
        assertThat(clerk.get(page).body()).contains("施大寒").doesNotContain("<textarea");
        file(number).withdrawal().is(200);
    }

    /** A workbook: what is right goes, what is wrong comes back as a workbook, and corrected it goes too. */
    @Test
    @Tag("issue-18.9")
    void rightRowsOfAWorkbookGoAndTheOthersComeBackToBeCorrected() {
        String number = draft("SUMMER_HEAT"), page = "/cases/" + number + "/roster", wrong = "35058219000101000X";
        Visitor clerk = new Visitor(port).signIn("employer");
        assertThat(clerk.get(page + "/template")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElse(""))
                .contains("roster.xlsx");
        String head = "姓名\t学徒身份证号码\t拜师日期\t师傅\n", row = "施大寒\t" + wrong + "\t2025-05-01\t国王";
        assertThat(clerk.form(page, typed(head + "𠮷小寒\t" + identity(81) + "\t2025/04/01\t匠师\n" + row), clerk.get(page))
                        .location())
                .endsWith(page);
        assertThat(clerk.get(page).body())
                .as("who is in the roster and who is not, with his own words")
                .contains("1 人", "𠮷小寒", "1 行没有列入名单", wrong, "国王", page + "/returned");
        assertThat(db.queryForObject(
                        "select sealed_rows from roster_returns where case_number = ?", String.class, number))
                .startsWith("v2.")
                .doesNotContain(wrong);
        assertThat(clerk.get(page + "/returned").status()).isEqualTo(200);
        for (String other : List.of("applicant", "intake", "leader"))
            assertThat(new Visitor(port).signIn(other).get(page + "/returned").status())
                    .as(other)
                    .isEqualTo(403);
        String more =
                typed(head + "施大寒\t" + identity(82) + "\t2025-05-01\t熟手\n𠮷小寒\t" + identity(81) + "\t2025-06-01\t匠师");
        assertThat(clerk.form(page, more + "&further=true", clerk.get(page)).location())
                .endsWith(page);
        assertThat(clerk.get(page).body())
                .as("corrected he is in it too, and a later row about the same person counts")
                .contains("2 人", "施大寒")
                .doesNotContain("没有列入名单", wrong);
        clerk.form(page, typed(head + row) + "&further=true", clerk.get(page));
        file(number).submission().is(200);
        assertThat(db.queryForObject(
                        "select count(*) from roster_returns where case_number = ?", Integer.class, number))
                .as("what was not corrected is no part of the claim, and is not kept")
                .isZero();
        file(number).withdrawal().is(200);
    }

    /** Whoever has an account here is told that he was handed in, and reads his own line and nobody else's. */
    @Test
    void anEmployeeIsToldAndReadsHisOwnLineAlone() {
        String mine = identity(40), others = identity(41);
        String key = persons.keep("RESIDENT_ID", mine, "蔡春分", null, null, null);
        assertThat(city.call("applicant2", HttpMethod.GET, "/api/lines", null)
                        .is(200)
                        .body())
                .isEmpty();
        db.update("update accounts set person_key = ? where name = 'applicant2'", key);
        try {
            String number = draft("LATE_WINTER");
            lines(
                            "employer",
                            number,
                            List.of(
                                    line("丁秋分", others, "2025-04-01", "MASTER"),
                                    line("蔡春分", mine, "2025-01-01", "MASTER")))
                    .is(200);
            assertThat(city.call("applicant2", HttpMethod.GET, "/api/lines", null)
                            .body())
                    .as("a draft is the employer's alone")
                    .isEmpty();
            ApplicantsCase file = sent(number);
            Visitor told = new Visitor(port).signIn("applicant2");
            assertThat(told.get("/inbox").body()).contains("在名单中填报了您", name);
            assertThat(told.get("/inbox?lang=zh-Hant").body())
                    .as("in traditional characters, and the employer's name as it is registered")
                    .contains("在名單中填報了您", name);
            told.get("/inbox?lang=zh");
            JsonNode own = city.call("applicant2", HttpMethod.GET, "/api/lines", null)
                    .is(200)
                    .body();
            assertThat(own).hasSize(1);
            assertThat(own.at("/0/number").asText()).isEqualTo(number);
            assertThat(own.at("/0/facts/boundOn").asText()).isEqualTo("2025-01-01");
            assertThat(own.at("/0/assessed/benefits/0/reasons/0/code").asText()).isEqualTo("BOUND_TOO_SOON");
            assertThat(own.toString()).doesNotContain("丁秋分", others);
            assertThat(city.call("applicant2", HttpMethod.GET, "/api/cases/" + number + "/lines", null)
                            .status())
                    .isEqualTo(404);
            assertThat(city.call("applicant", HttpMethod.GET, "/api/lines", null)
                            .body())
                    .isEmpty();
            for (String other : List.of("intake", "leader", "admin", "auditor"))
                assertThat(city.call(other, HttpMethod.GET, "/api/lines", null).status())
                        .as(other)
                        .isEqualTo(403);
            assertThat(new Visitor(port)
                            .signIn("reviewer")
                            .get("/officers/cases/" + number)
                            .body())
                    .contains("丁秋分", "蔡春分", "2 人");
            Visitor employee = new Visitor(port).signIn("applicant2");
            String page = "/lines/" + number;
            assertThat(employee.get("/inbox").body()).contains(page);
            assertThat(employee.get(page).body())
                    .contains("蔡春分", "2025-01-01", "拜师日期", "现在没有正在进行的公示", name)
                    .doesNotContain("丁秋分", others, "<textarea");
            assertThat(city.call("applicant2", HttpMethod.POST, "/api" + page + "/objections", Map.of("text", "不对"))
                            .is(409)
                            .code())
                    .isEqualTo("NO_NOTICE");
            file.reviewedByBoth().waitsAt("public-notice");
            assertThat(employee.form(page, "text=", employee.get(page)).status())
                    .isEqualTo(422);
            assertThat(employee.form(page, typed(TypedWords.NAME + "是去年四月拜师的。"), employee.get(page))
                            .location())
                    .endsWith(page);
            nobodyElseSees(page);
            assertThat(file.shownTo("supervisor")
                            .is(200)
                            .body()
                            .at("/objections/0/line")
                            .asInt())
                    .isEqualTo(2);
            assertThat(city.call("employer", HttpMethod.GET, "/api/cases/" + number, null)
                            .body()
                            .toString())
                    .doesNotContain("是去年四月拜师的");
            String task = file.task("supervisor", "objection").get("id").asText();
            assertThat(new Visitor(port)
                            .signIn("supervisor")
                            .inTasklist()
                            .get("/camunda/api/engine/engine/default/task/" + task + "/form-variables")
                            .body())
                    .as("its form has no field for what is published")
                    .contains("\"ofLine\":{\"type\":\"Boolean\",\"value\":true");
            file.done("supervisor", "objection", "dismiss", Map.of("opinion", "师徒协议写的是一月。" + TypedWords.NAME));
            assertThat(employee.get("/inbox").body())
                    .contains("已经答复：异议不成立", page)
                    .doesNotContain("师徒协议写的是一月");
            assertThat(employee.get(page + "?lang=en").body()).contains("Dismissed", "师徒协议写的是一月", "Your objections");
            assertThat(city.call("applicant2", HttpMethod.GET, "/api" + page, null)
                            .is(200)
                            .body()
                            .at("/objections/0/outcome")
                            .asText())
                    .isEqualTo("dismiss");
            file.noticedAndSigned();
            assertThat(employee.get(page + "?lang=zh").body()).contains("您这一行不予支持", "拜师日期2025");
            nothingStandsInTheClear();
            db.update("update accounts set person_key = null where name = 'applicant2'");
            assertThat(employee.get(page).status())
                    .as("an account that is his no more")
                    .isEqualTo(404);
        } finally {
            db.update("update accounts set person_key = null where name = 'applicant2'");
        }
    }

    private void nothingStandsInTheClear() {
        assertThat(overheard.lines()).noneMatch(TypedWords::isIn);
        for (Map<String, Object> column : db.queryForList(
                "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type in ('character varying', 'text')"))
            assertThat(db.queryForList(
                            "select " + column.get("column_name") + " from " + column.get("table_name"), String.class))
                    .as(column.toString())
                    .noneMatch(cell -> cell != null && TypedWords.isIn(cell));
    }

    /** Whoever is not in the roster: other people as if there were no such case, everybody else not at all. */
    private void nobodyElseSees(String page) {
        Visitor other = new Visitor(port).signIn("applicant");
        assertThat(other.get(page).status()).isEqualTo(404);
        assertThat(other.form(page, "text=x", other.get("/inbox")).status()).isEqualTo(404);
        assertThat(city.call("applicant", HttpMethod.GET, "/api" + page, null).status())
                .isEqualTo(404);
        assertThat(city.call("applicant", HttpMethod.POST, "/api" + page + "/objections", Map.of("text", "不对"))
                        .status())
                .isEqualTo(404);
        for (String officer : List.of("employer", "intake", "reviewer", "leader", "supervisor", "admin", "auditor")) {
            assertThat(city.call(officer, HttpMethod.GET, "/api" + page, null).status())
                    .as(officer)
                    .isEqualTo(403);
            assertThat(city.call(officer, HttpMethod.POST, "/api" + page + "/objections", Map.of("text", "不对"))
                            .status())
                    .as(officer)
                    .isEqualTo(403);
        }
        assertThat(city.call(null, HttpMethod.GET, "/api" + page, null).status())
                .isEqualTo(401);
        assertThat(new Visitor(port).get(page).location()).endsWith("/sign-in");
    }

    private static String typed(String text) {
        return "text=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** By anybody, without a case: each line with its verdict, the sum of those that are granted. */
    @Test
    void aRosterIsAssessedForWhoeverAsks() {
        Map<String, Object> body = new HashMap<>(Map.of(
                "scheme",
                WeavingRooms.APPRENTICES,
                "facts",
                Map.of("quarter", "SPRING", "looms", 9),
                "lines",
                List.of(
                        Map.of(
                                "id",
                                "x",
                                "apprenticeNumber",
                                "1",
                                "boundOn",
                                "2025-04-01",
                                "teacherRank",
                                "MASTER",
                                "apprenticeHad",
                                0),
                        Map.of("apprenticeNumber", "2", "boundOn", "2024-04-01"))));
        JsonNode answer = city.call(null, HttpMethod.POST, "/api/assessments", body)
                .is(200)
                .body();
        assertThat(answer.at("/lines/0/id").asText()).isEqualTo("x");
        assertThat(answer.at("/lines/0/verdict").asText()).isEqualTo("APPROVE");
        assertThat(answer.at("/lines/1/id").asText()).isEqualTo("2");
        assertThat(answer.at("/lines/1/verdict").asText()).isEqualTo("REJECT");
        assertThat(answer.at("/benefits/1/amountFen").asLong()).isEqualTo(300000);
        body.put("scheme", "skills-award");
        assertThat(city.call(null, HttpMethod.POST, "/api/assessments", body)
                        .is(400)
                        .body()
                        .toString())
                .contains("NO_ROSTER");
    }

    private String decision(ApplicantsCase file) throws IOException {
        long document = StreamSupport.stream(file.show().get("documents").spliterator(), false)
                .filter(d -> d.path("kind").asText().equals("decision"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asLong();
        try (var pdf = Loader.loadPDF(issued.pdf(new CaseNumber(file.number()), document))) {
            return new PDFTextStripper().getText(pdf).replaceAll("\\s", "");
        }
    }

    private String draft(String quarter) {
        String number = city.call(
                        "employer",
                        HttpMethod.POST,
                        "/api/cases",
                        Map.of(
                                "scheme",
                                WeavingRooms.APPRENTICES,
                                "answers",
                                Map.of(
                                        "phone",
                                        "13900000001",
                                        "quarter",
                                        quarter,
                                        "looms",
                                        4,
                                        "accountHolder",
                                        name,
                                        "bankName",
                                        "晋江农商银行青阳支行",
                                        "bankAccount",
                                        "6214830000000018")))
                .is(201)
                .body()
                .get("number")
                .asText();
        file(number).attach("LOOM_PAPER");
        return number;
    }

    private ApplicantsCase sent(String number) {
        ApplicantsCase file = file(number);
        file.submission().is(200);
        file.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        return file;
    }

    private ApplicantsCase file(String number) {
        return new ApplicantsCase(city, number, WeavingRooms.APPRENTICES, "employer");
    }

    private City.Answer lines(String who, String number, List<? extends Map<String, Object>> lines) {
        return city.call(who, HttpMethod.PUT, "/api/cases/" + number + "/lines", Map.of("lines", lines));
    }

    private static Map<String, Object> line(String name, String number, String boundOn, String teacher) {
        return new HashMap<>(
                Map.of("name", name, "apprenticeNumber", number, "boundOn", boundOn, "teacherRank", teacher));
    }

    private static String identity(int n) {
        String body = "35058220000101" + String.format("%03d", 100 + n);
        return body + ResidentId.checkCharacter(body + "0");
    }
}
