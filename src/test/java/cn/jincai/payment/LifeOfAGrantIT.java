package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.TypedWords;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.GrantRecords;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.policy.Scheme;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;

/** A grant that runs pay, from draft to its end, in a scheme that is data alone: it ends with a purchase, rests while somebody is out of post, follows new rates. */
@CaseTest
@Tag("issue-16")
class LifeOfAGrantIT {
    private static final String MONTHLY = """
            run:
              months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
              covers: 1
            """, YEARLY = """
            run:
              months: [1, 4, 7, 10]
              covers: 3
              recheck: yearly
            """;

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    CityClock clock;

    @Autowired
    ApplicationContext context;

    @Autowired
    Runs runs;

    @Autowired
    Grants grants;

    @Autowired
    EarlierEnds earlierEnds;

    @Autowired
    GrantsOfRuns grantsOfRuns;

    @Autowired
    Packages packages;

    @Autowired
    CaseFacts facts;

    @Autowired
    Budget budget;

    @Autowired
    CaseFile cases;

    @Autowired
    List<GrantRecords> ownRecords;

    private int year;

    /** The first December after all runs that other tests have opened. */
    @BeforeEach
    void aDecemberWithoutARun() {
        year = runs.list().stream().findFirst().map(r -> r.opensOn().getYear()).orElse(2026);
        city.at(year + "-12-07T09:00");
        city.passes("PT1M");
        for (int y = year; y <= year + 3; y++) {
            int each = y;
            if (budget.lines().stream().noneMatch(l -> l.fund().equals("TALENT_FUND") && l.year() == each))
                budget.enter(Actor.SYSTEM, "TALENT_FUND", y, 1_000_000_000);
        }
    }

    @AfterEach
    void theSchemeIsNoMore() {
        for (String source : List.of("identity", "insurance", "ban")) city.source(source, "ok");
        new PolicyOffice(context).forgets(HousingScheme.CODE);
    }

    private void published(SortedMap<String, byte[]> files) {
        new PolicyOffice(context).publishes(HousingScheme.CODE, files);
    }

    /** Applied in December; signed in the same or the next month, as notices and holidays will have it. */
    private ApplicantsCase granted() {
        return decided(city.checked(HousingScheme.CODE, "granted"));
    }

    private ApplicantsCase decided(ApplicantsCase file) {
        file.reviewedByBoth().waitsAt("public-notice");
        city.passes("P40D");
        return file.done("leader", "decision", "sign").isClosed("granted");
    }

    private List<JsonNode> payments(ApplicantsCase file) {
        List<JsonNode> all = new ArrayList<>();
        file.show().get("payments").forEach(all::add);
        return all;
    }

    private JsonNode grant(ApplicantsCase file) {
        assertThat(file.show().get("grants")).hasSize(1);
        return file.show().get("grants").get(0);
    }

    /** To the morning of this day, on which a run may open. */
    private void until(String day) {
        LocalDate to = LocalDate.parse(day);
        assertThat(to).isAfter(clock.today());
        city.passes("P" + ChronoUnit.DAYS.between(clock.today(), to) + "D");
    }

    private void paidByTheBank(String run) {
        each("finance", "payment-make", run, "submit");
        each("finance-approver", "payment-approve", run, "approve");
        city.passes("PT1M");
        city.bank("accept");
        city.passes("PT1M");
    }

    private void each(String who, String stage, String run, String outcome) {
        List<JsonNode> tasks = city.tasks(who, run, stage);
        assertThat(tasks).as(run + " at " + stage).isNotEmpty();
        for (JsonNode task : tasks) {
            String id = task.get("id").asText();
            city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/claim", null);
            city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/completion", Map.of("outcome", outcome))
                    .is(204);
        }
    }

    private String run(int year, int month) {
        return "RUN-%s-%d-%02d".formatted(HousingScheme.CODE, year, month);
    }

    private List<String> months(int year, int month, ApplicantsCase file) {
        return runs.find(run(year, month)).months().stream()
                .filter(m -> m.number().value().equals(file.number()))
                .map(m -> m.month() + " " + m.outcome().code())
                .toList();
    }

    private List<EarlierGrant> onRecord(ApplicantsCase file) {
        String person = cases.get(new CaseNumber(file.number())).person();
        return ownRecords.stream().flatMap(r -> r.of(person).stream()).toList();
    }

    /** Signed in January: February is the first month. In May the home is bought, so that April alone of the second quarter is paid. */
    @Test
    void aHousingGrantEndsWithAPurchaseAndIsNeverOrderedAgain() {
        published(HousingScheme.files(HousingScheme.QUARTERLY));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        assertThat(payments(tenant)).as("nothing at once").isEmpty();
        assertThat(grant(tenant).get("state").asText()).isEqualTo("running");

        until(next + "-04-01");
        assertThat(months(next, 4, tenant)).containsExactly(next + "-02 counted", next + "-03 counted");
        paidByTheBank(run(next, 4));
        assertThat(tenant.paymentStatuses()).containsExactly("paid");

        until(next + "-06-20");
        city.source("identity", "contradicts"); // a home bought forty days before it is asked: on 22 May
        until(next + "-07-01");
        assertThat(months(next, 7, tenant))
                .containsExactly(next + "-04 counted", next + "-05 ended", next + "-06 ended");
        JsonNode ended = grant(tenant);
        assertThat(ended.get("state").asText()).isEqualTo("ended");
        assertThat(ended.get("endedOn").asText()).isEqualTo(next + "-04-30");
        assertThat(ended.get("reason").asText()).isEqualTo("HOME_BOUGHT");
        assertThat(ended.get("appeal").get("zh").asText()).contains("行政复议");
        paidByTheBank(run(next, 7));
        assertThat(payments(tenant).get(1).get("amountFen").asLong()).isEqualTo(HousingScheme.A_MONTH);

        city.source("identity", "ok"); // sold, or a slip of the register: that begins nothing anew
        until(next + "-10-01");
        until((next + 1) + "-01-01");
        assertThat(payments(tenant)).as("no later run orders it").hasSize(2);
        assertThat(months(next, 10, tenant)).isEmpty();
        assertThat(months(next + 1, 1, tenant)).isEmpty();
        isTold(tenant, next);
        comesOutTheSame(tenant);
        assertThat(onRecord(tenant).stream().filter(g -> g.monthlyFen() != null))
                .singleElement()
                .satisfies(g -> {
                    assertThat(g.validUntil()).isEqualTo(next + "-04-30");
                    assertThat(g.amountFen()).isEqualTo(3 * HousingScheme.A_MONTH);
                });
    }

    /** What was told then ends the grant from the same month for the same reason whenever it is looked at. */
    private void comesOutTheSame(ApplicantsCase tenant) {
        Grants.Ended kept = grants.of(tenant.number(), HousingScheme.BENEFIT).orElseThrow();
        Scheme scheme = packages.byHash(
                        cases.get(new CaseNumber(tenant.number())).packageHash())
                .catalogue();
        var again = GrantLife.turned(
                scheme,
                facts.typed(scheme, kept.grounds().told()),
                kept.grounds().asOf());
        assertThat(again.ending()).satisfies(e -> {
            assertThat(e.from()).isEqualTo(kept.from());
            assertThat(e.grounds().reason()).isEqualTo(kept.grounds().reason());
            assertThat(e.grounds().message()).isEqualTo(kept.grounds().message());
        });
    }

    private void isTold(ApplicantsCase tenant, int next) {
        Visitor applicant = new Visitor(port).signIn("applicant");
        String home = "/cases/" + tenant.number();
        assertThat(applicant.get("/inbox").body())
                .contains("“租金补助”自" + next + "年5月起停止发放", "在本市已有自有住房。", "可再次申请", "行政复议");
        assertThat(applicant.get(home).body()).contains("已停发", "发放至" + next + "年4月30日止", next + "年7月季度发放");
        assertThat(applicant.get(home + "?lang=en").body())
                .contains(
                        "A home here is owned.",
                        "Paid until 30 April " + next,
                        "Quarterly run of July " + next,
                        "no longer paid from May " + next);
        applicant.get("/?lang=zh");
        assertThat(new Visitor(port)
                        .signIn("auditor")
                        .get("/officers/cases/" + tenant.number())
                        .body())
                .contains("已停发", "在本市已有自有住房。");
    }

    /** A slip of the register ended the grant in May. Two officers take that back in July: the October run pays from May on, each month once. */
    @Test
    void anEndThatRestedOnASlipOfTheRegisterIsTakenBackAndItsMonthsArePaidOnce() {
        published(HousingScheme.files(HousingScheme.QUARTERLY));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        until(next + "-04-01");
        paidByTheBank(run(next, 4));
        until(next + "-06-20");
        city.source("identity", "contradicts");
        until(next + "-07-01");
        paidByTheBank(run(next, 7));
        assertThat(grant(tenant).get("state").asText()).isEqualTo("ended");
        String end = "/api/cases/" + tenant.number() + "/ends/" + HousingScheme.BENEFIT;
        Map<String, Object> why = Map.of("why", "不动产登记同名误登，见更正通知书。" + TypedWords.NAME);
        for (String other : List.of("applicant", "intake", "leader", "finance", "auditor", "admin"))
            assertThat(city.call(other, HttpMethod.POST, end, why).status())
                    .as(other)
                    .isEqualTo(403);
        assertThat(city.call(null, HttpMethod.POST, end, why).status()).isEqualTo(401);
        assertThat(city.call("leader", HttpMethod.POST, end + "/approval", null)
                        .is(409)
                        .code())
                .isEqualTo("NOBODY_ASKED");
        assertThat(city.call("senior-reviewer", HttpMethod.POST, end, Map.of())
                        .is(422)
                        .code())
                .isEqualTo("REQUIRED");
        city.call("senior-reviewer", HttpMethod.POST, end, why).is(204);
        assertThat(city.call("reviewer", HttpMethod.POST, end, why).is(409).code())
                .isEqualTo("ASKED_ALREADY");
        assertThat(grant(tenant).get("state").asText())
                .as("one person alone takes nothing back")
                .isEqualTo("ended");
        for (String other : List.of("applicant", "reviewer", "senior-reviewer", "finance", "auditor"))
            assertThat(city.call(other, HttpMethod.POST, end + "/approval", null)
                            .status())
                    .as(other)
                    .isEqualTo(403);
        assertThat(city.call("leader", HttpMethod.POST, end + "/refusal", Map.of())
                        .is(422)
                        .code())
                .isEqualTo("REQUIRED");
        assertThat(new Visitor(port)
                        .signIn("leader")
                        .get("/officers/cases/" + tenant.number() + "?lang=en")
                        .body())
                .contains("Take the end back", "同名误登", "senior-reviewer");
        city.call("leader", HttpMethod.POST, end + "/approval", null).is(204);
        assertThat(city.call("leader", HttpMethod.POST, end + "/approval", null).status())
                .isEqualTo(409);
        assertThat(grant(tenant).get("state").asText()).isEqualTo("running");
        assertThat(onRecord(tenant).stream().filter(g -> g.monthlyFen() != null))
                .as("as it was decided")
                .singleElement()
                .satisfies(g -> assertThat(g.validUntil()).isNull());
        assertThat(new Visitor(port).signIn("applicant").get("/inbox?lang=zh").body())
                .contains("停发已撤销并恢复发放");
        assertThat(tenant.show().get("documents").toString()).contains("grant-resumed", "晋才续〔" + next + "〕");

        theSameWordEndsNothing(tenant);
        city.source("identity", "ok"); // the register is corrected
        until(next + "-10-01");
        assertThat(months(next, 10, tenant))
                .containsExactly(
                        next + "-05 counted",
                        next + "-06 counted",
                        next + "-07 counted",
                        next + "-08 counted",
                        next + "-09 counted");
        paidByTheBank(run(next, 10));
        assertThat(payments(tenant).get(2).get("amountFen").asLong()).isEqualTo(5 * HousingScheme.A_MONTH);
        until((next + 1) + "-01-01");
        assertThat(months(next + 1, 1, tenant))
                .as("nothing twice")
                .containsExactly(next + "-10 counted", next + "-11 counted", next + "-12 counted");
        city.source("identity", "contradicts");
        until((next + 1) + "-04-01");
        assertThat(grant(tenant).get("state").asText())
                .as("the register has said otherwise meanwhile, so this is a purchase of its own")
                .isEqualTo("ended");
        nothingIsKeptInTheClear();
    }

    /** Said again word by word it is the same error; another day, or a home that is owned no more, is another word, after which the old one counts again. */
    private void theSameWordEndsNothing(ApplicantsCase tenant) {
        List<EarlierEnds.Word> errors = words(tenant);
        assertThat(errors).hasSize(1);
        Scheme scheme = packages.byHash(
                        cases.get(new CaseNumber(tenant.number())).packageHash())
                .catalogue();
        Map<String, Object> said =
                new HashMap<>(facts.typed(scheme, errors.get(0).grounds().told()));
        GrantLife.Found again = GrantLife.turned(scheme, said, clock.today(), errors);
        assertThat(again.ending()).isNull();
        assertThat(again.changed()).isEmpty();
        assertThat(GrantLife.turned(scheme, said, clock.today(), List.of()).ending())
                .isNotNull();
        said.put("homeBoughtOn", clock.today().minusDays(1));
        GrantLife.Found another = GrantLife.turned(scheme, said, clock.today(), errors);
        assertThat(another.ending()).isNotNull();
        assertThat(another.changed()).containsExactly(errors.get(0).key());
        said.put("ownsHome", false);
        assertThat(GrantLife.turned(scheme, said, clock.today(), errors)).satisfies(sold -> {
            assertThat(sold.ending()).isNull();
            assertThat(sold.changed()).hasSize(1);
        });
    }

    private void nothingIsKeptInTheClear() {
        JdbcTemplate db = context.getBean(JdbcTemplate.class);
        assertThat(db.queryForList("select sealed_reason from taken_back_ends", String.class))
                .isNotEmpty()
                .allSatisfy(kept -> assertThat(kept).startsWith("v2."));
        for (Map<String, Object> column : db.queryForList(
                "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type in ('character varying', 'text')"))
            assertThat(db.queryForList(
                            "select " + column.get("column_name") + " from " + column.get("table_name"), String.class))
                    .as(column.toString())
                    .noneMatch(cell -> cell != null && TypedWords.isIn(cell));
    }

    private static final String EACH_MONTH = HousingScheme.QUARTERLY
            .replace("[1, 4, 7, 10]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]")
            .replace("covers: 3", "covers: 1");

    private void takenBack(ApplicantsCase file) {
        String end = "/api/cases/" + file.number() + "/ends/" + HousingScheme.BENEFIT;
        city.call("reviewer", HttpMethod.POST, end, Map.of("why", "登记有误")).is(204);
        city.call("leader", HttpMethod.POST, end + "/approval", null).is(204);
    }

    private List<EarlierEnds.Word> words(ApplicantsCase file) {
        return earlierEnds.words(cases.get(new CaseNumber(file.number())).person(), HousingScheme.BENEFIT);
    }

    /** The end of February is taken back in March. The run of April finds the register silent, so March waits there; the run of May pays what the end took, not what waits. */
    @Test
    void monthsOfALaterRunWhosePaymentWaitsAreLeftToIt() {
        published(HousingScheme.files(EACH_MONTH));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        until(next + "-02-10");
        city.source("identity", "contradicts");
        until(next + "-03-01");
        assertThat(months(next, 3, tenant)).containsExactly(next + "-02 ended");
        takenBack(tenant);
        city.source("identity", "down");
        until(next + "-04-01");
        assertThat(payments(tenant).get(0).get("reasonCode").asText()).isEqualTo("SOURCE_SILENT");
        city.source("identity", "ok");
        until(next + "-05-01");
        assertThat(months(next, 5, tenant)).containsExactly(next + "-02 counted", next + "-04 counted");
        city.passes("P5D");
        paidByTheBank(run(next, 4));
        assertThat(months(next, 4, tenant)).containsExactly(next + "-03 counted");
        String hash = cases.get(new CaseNumber(tenant.number())).packageHash();
        JdbcTemplate db = context.getBean(JdbcTemplate.class);
        db.update("update run_benefits set months_limit = 3 where case_number = ?", tenant.number());
        assertThat(grantsOfRuns.hashes()).as("all three months are paid").doesNotContain(hash);
        db.update("update run_months set held_key = null where case_number = ?", tenant.number());
        assertThat(grantsOfRuns.hashes())
                .as("given up, they are still to be paid")
                .contains(hash);
    }

    /** Applied for once more while the first grant is paid: a run ends both, and taking back the newer one's end takes back the older one's. */
    @Test
    void bothGrantsOfOnePersonThatARunEndedAreInForceAgain() {
        published(HousingScheme.files(EACH_MONTH));
        ObjectNode application = city.application(HousingScheme.CODE, "granted");
        ApplicantsCase first = decided(city.checked(application));
        ApplicantsCase second = decided(city.checked(application));
        String opens = clock.today().plusMonths(1).withDayOfMonth(1).toString();
        city.source("identity", "contradicts");
        until(opens);
        for (ApplicantsCase file : List.of(first, second))
            assertThat(grant(file).get("state").asText()).isEqualTo("ended");
        takenBack(first);
        for (ApplicantsCase file : List.of(first, second)) {
            assertThat(grant(file).get("state").asText()).isEqualTo("running");
            assertThat(onRecord(file)).allMatch(g -> g.validUntil() == null);
            assertThat(words(file)).isNotEmpty();
        }
        city.source("identity", "ok");
        LocalDate later = clock.today().plusMonths(1);
        until(later.toString());
        assertThat(runs.find(run(later.getYear(), later.getMonthValue())).months())
                .as("both are paid, each month once")
                .isNotEmpty()
                .allMatch(m -> m.outcome() == MonthOutcome.COUNTED);
    }

    /** After the end the person was granted the rent anew, since nothing counted any more: the end can't be taken back beside that. */
    @Test
    void anEndOnWhichALaterGrantCountedIsNotTakenBack() {
        var files = HousingScheme.files(EACH_MONTH);
        PolicyOffice.change(files, "scheme.yaml", "  - inPost\n", """
                  - inPost
                  - {name: rentBefore, type: fen, source: own-records, count: {of: amountFen, benefits: [HOUSING_RENT], within: inForce}, label: {zh: 已批租金补助, en: Rent granted before}}
                """);
        published(files);
        ObjectNode application = city.application(HousingScheme.CODE, "granted");
        ApplicantsCase first = decided(city.checked(application));
        until(year + 1 + "-02-10");
        city.source("identity", "contradicts");
        until(year + 1 + "-03-01");
        assertThat(grant(first).get("state").asText()).isEqualTo("ended");
        city.source("identity", "ok");
        ApplicantsCase second = decided(city.checked(application));
        String end = "/api/cases/" + first.number() + "/ends/" + HousingScheme.BENEFIT;
        city.call("reviewer", HttpMethod.POST, end, Map.of("why", "登记有误")).is(204);
        City.Answer refused =
                city.call("leader", HttpMethod.POST, end + "/approval", null).is(409);
        assertThat(refused.code()).isEqualTo("GRANTED_SINCE");
        assertThat(refused.body().toString()).contains(second.number());
        assertThat(grant(first).get("state").asText()).isEqualTo("ended");
    }

    /** Ended in December by an error, so that the run of the anniversary passed it by: the run that pays January after all asks everything again. */
    @Test
    void theYearlyReCheckIsMadeUpForWhenTheEndIsTakenBack() {
        var files = HousingScheme.files(EACH_MONTH + "  recheck: yearly\n");
        PolicyOffice.change(files, "samples.yaml", "contradicts:\n", "contradicts:\n  ban: {banned: true}\n");
        published(files);
        ApplicantsCase tenant = granted();
        int after = year + 2;
        until(after - 1 + "-12-20");
        city.source("identity", "contradicts");
        until(after + "-01-01");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("ended");
        until(after + "-02-10");
        takenBack(tenant);
        city.source("identity", "ok");
        city.source("ban", "contradicts");
        until(after + "-03-01");
        assertThat(months(after, 3, tenant)).contains(after + "-01 counted", after + "-02 ended");
        assertThat(grant(tenant).get("reason").asText()).isEqualTo("BANNED");
    }

    /** What the yearly question found was an error. A year later the register says otherwise: from then on the same word is a word of its own. */
    @Test
    void aWordOfTheYearlyQuestionCountsAnewOnceTheQuestionIsAnsweredOtherwise() {
        published(HousingScheme.files(YEARLY));
        ApplicantsCase tenant = granted();
        city.source("identity", "contradicts");
        until(year + 2 + "-04-01");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("ended");
        takenBack(tenant);
        assertThat(words(tenant)).hasSize(1);
        city.source("identity", "ok");
        until(year + 3 + "-01-01");
        assertThat(words(tenant)).as("nothing was asked").hasSize(1);
        until(year + 3 + "-04-01");
        assertThat(words(tenant)).isEmpty();
    }

    /** The leader leaves it: the grant stays ended, with his words. */
    @Test
    void anEndThatWasRightStays() {
        published(HousingScheme.files(HousingScheme.QUARTERLY));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        city.source("identity", "contradicts");
        until(next + "-04-01");
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        String page = "/officers/cases/" + tenant.number();
        assertThat(reviewer.form(page + "/end", "benefit=" + HousingScheme.BENEFIT + "&why=", reviewer.get(page))
                        .status())
                .isEqualTo(422);
        assertThat(reviewer.form(
                                page + "/end",
                                "benefit=" + HousingScheme.BENEFIT + "&why="
                                        + URLEncoder.encode("登记有误", StandardCharsets.UTF_8),
                                reviewer.get(page))
                        .location())
                .endsWith(page);
        assertThat(reviewer.get(page + "?lang=en").body()).contains("the person reads these words as they stand");
        Visitor leader = new Visitor(port).signIn("leader");
        assertThat(leader.form(
                                page + "/end/decision",
                                "outcome=decline&benefit=" + HousingScheme.BENEFIT + "&why="
                                        + URLEncoder.encode("登记无误", StandardCharsets.UTF_8),
                                leader.get(page))
                        .location())
                .endsWith(page);
        assertThat(leader.get(page + "?lang=zh").body()).contains("不予撤销", "登记无误");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("ended");
    }

    /** Each month by itself: out of post in March, in post again in April; the lifetime of the grant is not used up meanwhile. */
    @Test
    void aGrantRestsWhileSomebodyIsOutOfPostAndGoesOnByItself() {
        published(HousingScheme.files(MONTHLY + "  suspendedWhen: [{fact: inPost, is: false}]\n"));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        until(next + "-03-01");
        assertThat(months(next, 3, tenant)).containsExactly(next + "-02 counted");
        city.source("insurance", "contradicts");
        until(next + "-04-01");
        assertThat(months(next, 4, tenant)).containsExactly(next + "-03 suspended");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("suspended");
        assertThat(new Visitor(port).signIn("applicant").get("/inbox").body())
                .contains("有月份暂停发放", "在岗参保：否", "恢复后自动续发", "行政复议");
        city.source("insurance", "ok");
        until(next + "-05-01");
        assertThat(months(next, 5, tenant)).containsExactly(next + "-04 counted");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("running");
        assertThat(grant(tenant).get("months").asInt())
                .as("March is neither paid nor counted")
                .isEqualTo(2);
        assertThat(payments(tenant)).hasSize(2);
    }

    /** Applied in December, signed in February: the first run pays January too, once. */
    @Test
    void aGrantIsPaidFromTheMonthAfterTheApplicationWhereTheSchemeSaysSo() {
        published(HousingScheme.files(MONTHLY + "  paysFrom: application\n"));
        ApplicantsCase tenant =
                city.checked(HousingScheme.CODE, "granted").reviewedByBoth().waitsAt("public-notice");
        city.passes("P75D");
        tenant.done("leader", "decision", "sign").isClosed("granted");
        int next = year + 1;
        until(next + "-03-01");
        assertThat(months(next, 3, tenant)).containsExactly(next + "-01 counted", next + "-02 counted");
        until(next + "-04-01");
        assertThat(months(next, 4, tenant)).containsExactly(next + "-03 counted");
    }

    /** Two tenants of one rent: the rate rises in April, by a package that is published in May. */
    @Test
    void aNewRateIsFollowedMonthByMonthOrTheDecidedOneKept() {
        String rates = "{2020-01-01: {is: 80000, status: ILLUSTRATIVE, source: order}%s}";
        for (String rate : List.of("new", "kept")) {
            aDecemberWithoutARun();
            int next = year + 1;
            String run = HousingScheme.QUARTERLY + "  rate: " + rate + "\n";
            published(HousingScheme.files(run, rates.formatted("")));
            ApplicantsCase tenant = granted();
            until(next + "-05-20");
            published(HousingScheme.files(
                    run, rates.formatted(", " + next + "-05-01: {is: 90000, status: ILLUSTRATIVE, source: order}")));
            until(next + "-07-01");
            assertThat(months(next, 7, tenant)).hasSize(3).allMatch(m -> m.endsWith("counted"));
            assertThat(payments(tenant).get(1).get("amountFen").asLong())
                    .as(rate)
                    .isEqualTo(rate.equals("new") ? 80_000 + 2 * 90_000 : 3 * 80_000);
            theSchemeIsNoMore();
        }
    }

    /** A year after the decision every source is asked again; until then nobody is asked about homes. */
    @Test
    void aYearlyReCheckEndsWhatTheRulesRefuseByThen() {
        published(HousingScheme.files(YEARLY));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        city.source("identity", "contradicts");
        until((next + 1) + "-01-01");
        assertThat(months(next + 1, 1, tenant)).hasSize(3).allMatch(m -> m.endsWith("counted"));
        until((next + 1) + "-04-01");
        assertThat(months(next + 1, 4, tenant))
                .containsExactly((next + 1) + "-01 counted", (next + 1) + "-02 ended", (next + 1) + "-03 ended");
        assertThat(grant(tenant).get("reason").asText()).isEqualTo("HOME_BOUGHT");
    }

    /** The register is silent when the run opens: nothing ends and nothing is paid, until it speaks. */
    @Test
    void whereTheSourceIsSilentThePaymentWaitsAndTheGrantEndsOnceItSpeaks() {
        published(HousingScheme.files(HousingScheme.QUARTERLY));
        ApplicantsCase tenant = granted();
        int next = year + 1;
        city.source("identity", "down");
        until(next + "-04-01");
        assertThat(payments(tenant).get(0).get("reasonCode").asText()).isEqualTo("SOURCE_SILENT");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("running");
        city.source("identity", "contradicts");
        city.passes("P5D");
        paidByTheBank(run(next, 4));
        assertThat(months(next, 4, tenant)).containsExactly(next + "-02 ended", next + "-03 ended");
        assertThat(grant(tenant).get("state").asText()).isEqualTo("ended");
    }
}
