package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.EarlierGrants;
import cn.jincai.planning.GrantRecords;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.process.people.Transfers;
import cn.jincai.process.worklists.Card;
import cn.jincai.process.worklists.WorkList;
import cn.jincai.process.worklists.WorkLists;
import cn.jincai.staffing.Colleagues;
import cn.jincai.staffing.Handover;
import cn.jincai.staffing.Handovers;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The allowance of recognised talents, half-year by half-year: months are counted, one makes, another checks, the bank pays. */
@CaseTest
class HalfYearlyRunIT {
    private static final long LEVEL_5 = 100_000;

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    CaseFile cases;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Packages packages;

    @Autowired
    Runs runs;

    @Autowired
    Budget budget;

    @Autowired
    WorkLists lists;

    @Autowired
    Ties ties;

    @Autowired
    Transfers transfers;

    @Autowired
    Handovers handovers;

    @Autowired
    Colleagues colleagues;

    @Autowired
    EarlierGrants earlier;

    @Autowired
    List<GrantRecords> ownRecords;

    private String march, september;

    /** Time never goes back for a run: the first autumn after those that other tests have opened. */
    @BeforeEach
    void anAutumnWithoutARun() {
        int year =
                runs.list().stream().findFirst().map(r -> r.opensOn().getYear()).orElse(2026);
        city.at(year + "-09-07T09:00");
        city.passes("PT1M");
        march = "RUN-talent-recognition-" + (year + 1) + "-03";
        for (int y = year; y <= year + 2; y++) {
            int each = y;
            if (budget.lines().stream().noneMatch(l -> l.fund().equals("TALENT_FUND") && l.year() == each))
                budget.enter(Actor.SYSTEM, "TALENT_FUND", y, 1_000_000_000);
        }
        september = "RUN-talent-recognition-" + (year + 1) + "-09";
    }

    /** Signed in November, so that December is the first month; a year without a notice lets the public notice wait for a month. */
    private List<ApplicantsCase> recognised(String... kinds) {
        List<ApplicantsCase> talents = Stream.of(kinds)
                .map(kind -> city.checked("talent-recognition", kind)
                        .reviewedByBoth()
                        .waitsAt("public-notice"))
                .toList();
        city.passes("P60D");
        talents.forEach(t -> t.done("leader", "decision", "sign").isClosed("granted"));
        return talents;
    }

    @AfterEach
    void allSourcesAnswerAgain() {
        for (String source : List.of("employer", "insurance")) city.source(source, "ok");
    }

    private List<JsonNode> payments(ApplicantsCase file) {
        List<JsonNode> all = new ArrayList<>();
        city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null)
                .is(200)
                .body()
                .get("items")
                .forEach(all::add);
        return all;
    }

    /** Every task of the run at this stage, of the run as a whole or of its single payments, those of other tests' people too. */
    private void each(String who, String stage, String run, String outcome, int answer) {
        List<JsonNode> tasks = new ArrayList<>();
        for (JsonNode t : city.call(who, HttpMethod.GET, "/api/tasks?stage=" + stage + "&size=100", null)
                .is(200)
                .body()
                .get("items")) if (run.equals(t.path("run").asText())) tasks.add(t);
        assertThat(tasks).as(run + " at " + stage + " for " + who).isNotEmpty();
        Map<String, Object> body = new HashMap<>(Map.of("outcome", outcome));
        if (outcome.equals("return") || outcome.equals("give-up")) body.put("opinion", "核实后如此处理。");
        for (JsonNode task : tasks) {
            String id = task.get("id").asText();
            city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/claim", null);
            city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/completion", body)
                    .is(answer);
        }
    }

    private String person(ApplicantsCase file) {
        return cases.get(new CaseNumber(file.number())).personKey();
    }

    private long monthsOnRecord(ApplicantsCase file) {
        return ownRecords.stream()
                .flatMap(r -> r.of(person(file)).stream())
                .filter(g -> g.months() != null)
                .mapToLong(EarlierGrant::months)
                .sum();
    }

    private JsonNode only(ApplicantsCase file) {
        assertThat(payments(file)).hasSize(1);
        return payments(file).get(0);
    }

    private static void stands(JsonNode payment, String status, long fen) {
        assertThat(payment.get("status").asText()).isEqualTo(status);
        assertThat(payment.get("amountFen").asLong()).isEqualTo(fen);
    }

    @Test
    void aRunCountsTheMonthsTwoPeopleSignItAndTheBankPays() {
        var people = recognised("granted", "granted", "absent");
        ApplicantsCase talent = people.get(0), subsidised = people.get(1), absent = people.get(2);
        earlier.enter(
                person(subsidised),
                new EarlierGrant(
                        "RECRUITMENT_SUBSIDY",
                        250_000,
                        null,
                        null,
                        null,
                        1,
                        null,
                        LocalDate.parse("2025-05-05"),
                        null,
                        Map.of()));
        assertThat(payments(talent)).as("nothing at once").isEmpty();

        city.passes("P120D");
        assertThat(only(talent).get("run").asText()).isEqualTo(march);
        stands(only(talent), "due", 3 * LEVEL_5);
        stands(only(subsidised), "due", 3 * LEVEL_5 - 250_000);
        stands(only(absent), "due", 2 * LEVEL_5);
        assertThat(monthsOnRecord(subsidised))
                .as("months that the subsidy covers count")
                .isEqualTo(3);
        assertThat(monthsOnRecord(absent)).as("a month out of post does not").isEqualTo(2);
        assertThat(talent.stage()).isEqualTo("closed");
        city.tasks("finance", march, "payment-make")
                .forEach(t -> city.call(
                                "finance",
                                HttpMethod.POST,
                                "/api/tasks/" + t.get("id").asText() + "/claim",
                                null)
                        .is(204));
        var held = new Visitor(port).signIn("finance").get("/officers/tasks/held");
        assertThat(held.status()).as("a run has no number of a case").isEqualTo(200);
        assertThat(held.body()).contains(march.substring(march.length() - 7, march.length() - 3) + "年3月批次");

        each("finance", "payment-make", march, "submit", 204);
        each("finance-approver", "payment-approve", march, "return", 204);
        each("finance", "payment-make", march, "submit", 204);
        city.source("employer", "contradicts");
        each("finance-approver", "payment-approve", march, "approve", 204);
        city.source("employer", "ok");
        for (var file : people)
            assertThat(only(file).get("reasonCode").asText())
                    .as("the employer left the city")
                    .isEqualTo("CHANGED_EMPLOYER_REGION");

        each("finance", "payment-make", march, "submit", 204);
        each("finance-approver", "payment-approve", march, "approve", 204);
        city.bank("accept");
        for (var file : people) assertThat(only(file).get("status").asText()).isEqualTo("paid");

        city.passes("P190D");
        assertThat(payments(talent)).hasSize(2);
        assertThat(payments(talent).get(0).get("run").asText()).isEqualTo(september);
        stands(payments(talent).get(0), "due", 6 * LEVEL_5);
        assertThat(monthsOnRecord(talent)).isEqualTo(9);
    }

    /** A second scheme whose run breaks, beside the city's: in the database only, since no gate lets its diagram pass. */
    @Test
    @Tag("issue-13.15")
    void oneSchemesBrokenRunStopsNoOthersAndTheClockAndHealthNameIt() {
        var people = recognised("granted", "granted");
        ApplicantsCase talent = people.get(0), unlucky = people.get(1);
        jdbc.sql("update run_benefits set scheme = 'broken-run' where case_number = ?")
                .param(unlucky.number())
                .update();
        inForce(diagram -> diagram.replace("${limits.workingDays(5)}", "${nothing.there}"));
        try {
            JsonNode told = city.call("admin", HttpMethod.POST, "/api/demo/clock", Map.of("advance", "P120D"))
                    .is(200)
                    .body();
            assertThat(told.path("broken")).hasSize(1);
            assertThat(told.path("broken").get(0).path("scheme").asText()).isEqualTo("broken-run");
            assertThat(told.path("broken").get(0).path("why").path("en").asText())
                    .contains("run.bpmn", "nothing");
            assertThat(only(talent).get("run").asText())
                    .as("the city's own run")
                    .isEqualTo(march);
            assertThat(new Visitor(port).get("/actuator/health").status()).isEqualTo(503);
            assertThat(new Visitor(port)
                            .withPassword("policy-admin", "policy-admin")
                            .get("/actuator/health")
                            .json()
                            .path("components")
                            .path("runs")
                            .toString())
                    .contains("DOWN", "broken-run", "nothing");
            assertThat(new Visitor(port)
                            .signIn("auditor")
                            .get("/audit?kind=run-broken")
                            .body())
                    .contains("broken-run");

            inForce(diagram -> diagram);
            assertThat(city.call("admin", HttpMethod.POST, "/api/demo/clock", Map.of("advance", "P2D"))
                            .is(200)
                            .body()
                            .has("broken"))
                    .as("mended")
                    .isFalse();
            assertThat(only(unlucky).get("run").asText()).isEqualTo(march.replace("talent-recognition", "broken-run"));
            assertThat(city.tasks("finance", march.replace("talent-recognition", "broken-run"), "payment-make"))
                    .hasSize(1);
            assertThat(new Visitor(port).get("/actuator/health").status()).isEqualTo(200);
        } finally {
            jdbc.sql("delete from policies_in_force where scheme = 'broken-run'")
                    .update();
            jdbc.sql("delete from broken_runs").update();
            city.passes("PT2S"); // what is in force is held for a second
        }
    }

    private void inForce(UnaryOperator<String> run) {
        var files = new TreeMap<String, byte[]>();
        packages.inForce("talent-recognition")
                .files()
                .forEach((path, content) -> files.put(
                        path,
                        path.startsWith("common/")
                                ? content
                                : new String(content, StandardCharsets.UTF_8)
                                        .replace("talent-recognition", "broken-run")
                                        .getBytes(StandardCharsets.UTF_8)));
        files.computeIfPresent(
                "run.bpmn",
                (path, content) ->
                        run.apply(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        String hash = PolicyPackage.hash(files);
        var now = OffsetDateTime.parse("2026-01-01T00:00:00Z");
        jdbc.sql(
                        "insert into policy_packages (hash, scheme, origin, frozen_by, frozen_at, calendar_version) values (?, 'broken-run', 'upload', 'test', ?, '')")
                .params(hash, now)
                .update();
        files.forEach(
                (path, content) -> jdbc.sql("insert into policy_files (package_hash, path, content) values (?, ?, ?)")
                        .params(hash, path, content)
                        .update());
        jdbc.sql(
                        "insert into policies_in_force (scheme, package_hash, from_day, decided_by, decided_at) values ('broken-run', ?, ?, 'test', ?)")
                .params(hash, LocalDate.parse("2026-01-01"), now)
                .update();
    }

    /** The case is closed, and still its page leads to the hearing: told by message, answered once, then the leader's turn. */
    private void isHeardOnThePortal(ApplicantsCase talent) {
        Visitor applicant = new Visitor(port).signIn("applicant");
        String home = "/cases/" + talent.number(), hearing = home + "/hearing";
        assertThat(applicant.get("/inbox").body()).contains("拟不再拨付。请在5个工作日内陈述意见", "href=\"" + home + "\"");
        assertThat(applicant.get(home).body()).contains("href=\"" + hearing + "\"");
        Visitor.Answer page = applicant.get(hearing);
        assertThat(page.body())
                .contains(
                        "3,000 元",
                        "核实后如此处理。",
                        "2027年3月批次".replace("2027", march.replaceAll("\\D", "").substring(0, 4)));
        assertThat(applicant.get(hearing + "?lang=en").body()).contains("run of March", "Finance proposes not to make");
        applicant.get("/?lang=zh");
        assertThat(applicant.form(hearing, "text=", page)).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("govuk-error-summary", "href=\"#f-text\"");
        });
        assertThat(new Visitor(port).signIn("applicant2").get(hearing).status())
                .as("somebody else's")
                .isEqualTo(404);
        assertThat(applicant
                        .form(hearing, "text=%E4%BB%8D%E5%9C%A8%E5%B2%97", page)
                        .location())
                .endsWith(home);
        assertThat(applicant.get(home).body()).contains("仍在岗").doesNotContain("href=\"" + hearing + "\"");
        assertThat(applicant.form(hearing, "text=again", page).location())
                .as("sent twice")
                .endsWith(home);
    }

    @Test
    void whereTheInsuranceIsSilentThePaymentWaitsAndMayBeGivenUp() {
        var talent = recognised("granted").get(0);
        city.source("insurance", "down");
        city.passes("P120D");
        stands(only(talent), "parked", 0);
        assertThat(only(talent).get("reasonCode").asText()).isEqualTo("SOURCE_SILENT");
        each("finance", "payment-make", march, "submit", 204);
        each("finance-approver", "payment-approve", march, "approve", 204);
        each("finance", "payment-make", march, "submit", 409);
        city.source("insurance", "ok");

        each("finance", "payment-make", march, "submit", 204);
        stands(only(talent), "made", 3 * LEVEL_5);
        assertThat(monthsOnRecord(talent)).isEqualTo(3);
        each("finance-approver", "payment-approve", march, "return", 204);
        each("finance", "payment-make", march, "give-up", 204);
        isHeardOnThePortal(talent);
        each("leader", "decision", march, "sign", 204);
        stands(only(talent), "given-up", 3 * LEVEL_5);
        assertThat(monthsOnRecord(talent)).as("neither paid nor counted").isZero();
    }

    @Test
    void aFailedReCheckIsGivenUpAfterAHearingThatIsAnswered() {
        var talent = recognised("granted").get(0);
        answers(talent, "现在没有听证事项", 409);
        city.passes("P120D");
        each("finance", "payment-make", march, "submit", 204);
        city.source("employer", "contradicts");
        each("finance-approver", "payment-approve", march, "approve", 204);
        city.source("employer", "ok");
        assertThat(only(talent).get("reasonCode").asText()).isEqualTo("CHANGED_EMPLOYER_REGION");

        each("finance", "payment-make", march, "give-up", 204);
        answers(talent, "单位迁出只是登记错误，已经更正。", 204);
        assertThat(talent.stage()).as("the case stays closed").isEqualTo("closed");
        each("leader", "decision", march, "return", 204);
        stands(only(talent), "parked", 3 * LEVEL_5);
        each("finance", "payment-make", march, "give-up", 204);
        answers(talent, "同意不再发放。", 204);
        each("leader", "decision", march, "sign", 204);
        stands(only(talent), "given-up", 3 * LEVEL_5);
        assertThat(monthsOnRecord(talent)).as("neither paid nor counted").isZero();
        assertThat(talent.benefit("RECOGNITION_ALLOWANCE").get("outcome").asText())
                .as("only these months are given up")
                .isEqualTo("granted");
    }

    @Test
    @Tag("issue-17.4")
    void whoHasATieIsToldNothingOfAPaymentThatAColleagueHasTaken() {
        var talent = recognised("granted").get(0);
        city.passes("P120D");
        each("finance", "payment-make", march, "submit", 204);
        city.source("employer", "contradicts");
        each("finance-approver", "payment-approve", march, "approve", 204);
        city.source("employer", "ok");
        String id = null;
        for (JsonNode t : city.call("finance", HttpMethod.GET, "/api/tasks?stage=payment-make&size=100", null)
                .is(200)
                .body()
                .get("items"))
            if (t.at("/payment/id").asLong() == only(talent).get("id").asLong())
                id = t.get("id").asText();
        assertThat(id).isNotNull();
        var colleague = new Actor("reviewer2", Set.of(Role.FINANCE));
        city.call("finance", HttpMethod.POST, "/api/tasks/" + id + "/claim", null)
                .is(204);
        assertThat(lists.cards(colleague, List.of(id))).hasSize(1);
        ties.recuse(colleague, Role.FINANCE, new CaseNumber(talent.number()), "申请人是我的大学同学");
        assertThat(lists.cards(colleague, List.of(id))).isEmpty();
        assertThat(lists.page(colleague, WorkList.find("colleagues").orElseThrow(), 0, 50)
                        .cards())
                .extracting(Card::id)
                .doesNotContain(id);
        each("finance", "payment-make", march, "give-up", 204);
        answers(talent, "同意不再发放。", 204);
        each("leader", "decision", march, "sign", 204);
    }

    /** Such a task belongs to the run and yet is about one case: the words go into its file, and a tie to it counts. */
    @Test
    @Tag("issue-17.7")
    void theWordsWithWhichAPaymentIsHandedOverStandInTheFileOfItsCase() {
        var talent = recognised("granted").get(0);
        city.passes("P120D");
        each("finance", "payment-make", march, "submit", 204);
        city.source("employer", "contradicts");
        each("finance-approver", "payment-approve", march, "approve", 204);
        city.source("employer", "ok");
        String id = taskOf(talent);
        city.call("finance", HttpMethod.POST, "/api/tasks/" + id + "/claim", null)
                .is(204);
        Actor leader = new Actor("leader", Set.of(Role.LEADER));
        CaseNumber number = new CaseNumber(talent.number());
        String other = colleagues.with("pays-1", Role.FINANCE);
        transfers.transfer(leader, id, "finance", other, "请核对用人单位的答复。");
        assertThat(handovers.of(number)).extracting(Handover::words).containsExactly("请核对用人单位的答复。");
        ties.recuse(leader, Role.LEADER, number, "申请人是我的大学同学");
        try {
            assertThatThrownBy(() -> transfers.transfer(leader, id, other, "finance", "请接手"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("FORBIDDEN");
        } finally {
            colleagues.leave();
            jdbc.sql("delete from case_recusals where case_number = ?")
                    .param(talent.number())
                    .update();
        }
        transfers.transfer(leader, id, other, "finance", "请接手");
        each("finance", "payment-make", march, "give-up", 204);
        answers(talent, "同意不再发放。", 204);
        each("leader", "decision", march, "sign", 204);
    }

    private String taskOf(ApplicantsCase talent) {
        long payment = only(talent).get("id").asLong();
        for (JsonNode t : city.call("finance", HttpMethod.GET, "/api/tasks?stage=payment-make&size=100", null)
                .is(200)
                .body()
                .get("items"))
            if (t.at("/payment/id").asLong() == payment) return t.get("id").asText();
        throw new AssertionError("no task for " + talent.number());
    }

    private void answers(ApplicantsCase file, String text, int expected) {
        city.call("applicant", HttpMethod.POST, "/api/cases/" + file.number() + "/answer", Map.of("text", text))
                .is(expected);
    }

    @Test
    void aSubsidyThatWasDecidedHereIsSetOffMonthByMonth() {
        var master = city.application("recruitment-subsidy", "granted");
        var subsidy = city.checked(master).reviewedByBoth().waitsAt("public-notice");
        city.passes("P45D");
        subsidy.done("leader", "decision", "sign").paid().isClosed("granted");
        var application = city.application("talent-recognition", "granted");
        var answers = (ObjectNode) application.get("answers");
        for (String key : List.of("name", "documentNumber", "birthDate", "accountHolder"))
            answers.set(key, master.get("answers").get(key));
        var talent = city.checked(application).reviewedByBoth().waitsAt("public-notice");
        city.passes("P60D");
        talent.done("leader", "decision", "sign").isClosed("granted");

        city.passes("P120D");
        assertThat(payments(talent)).as("25 000 yuan cover the first months").isEmpty();
        var months = runs.find(march).months().stream()
                .filter(m -> m.number().value().equals(talent.number()))
                .toList();
        assertThat(months)
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.setOff()).isEqualTo(m.rate()).isEqualTo(new Money(LEVEL_5)));
        assertThat(monthsOnRecord(talent)).as("they count").isEqualTo(months.size());
    }
}
