package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.filing.deadlines.CaseDeadline;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.process.board.Board;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case that takes long: whoever works on it is reminded, the leader is told on the last lawful day, gives more time with a reason, and sees on the board what is late where. */
@CaseTest
@Tag("issue-17.12")
class DeadlinesIT {
    private static final String REASON = "需向外省核实学历证书，对方回函尚未到达。";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    CaseDeadlines deadlines;

    @Autowired
    Ties ties;

    @Autowired
    Accounts accounts;

    @Autowired
    ObjectMapper json;

    @Autowired
    Board board;

    @Autowired
    Packages packages;

    @Autowired
    List<SmartInitializingSingleton> starting;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aMondayInMarch() {
        city.at("2026-03-02T09:00");
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private static CaseNumber number(ApplicantsCase file) {
        return new CaseNumber(file.number());
    }

    private CaseDeadline deadline(ApplicantsCase file) {
        return deadlines.find(number(file)).orElseThrow();
    }

    private List<String> told(ApplicantsCase file, String kind) {
        return db.sql("select zh from case_timeline where case_number = ? and kind = ?")
                .params(file.number(), kind)
                .query(String.class)
                .list();
    }

    private static String extension(ApplicantsCase file) {
        return "/officers/cases/" + file.number() + "/extension";
    }

    /** Every page of a list, as one text. */
    private String all(String account, String path) {
        StringBuilder all = new StringBuilder();
        for (int page = 0; ; page++) {
            var answer = as(account).get(path + (path.contains("?") ? "&" : "?") + "page=" + page);
            assertThat(answer.status()).isEqualTo(200);
            all.append(answer.body());
            if (!answer.body().contains("rel=\"next\"")) return all.toString();
        }
    }

    @Test
    void onceTwoThirdsOfTheLawfulDaysAreOverHolderAndGroupAreReminded() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        assertThat(deadline(award).promisedBy()).isEqualTo(LocalDate.parse("2026-03-23"));
        assertThat(deadline(award).remindOn())
                .as("the 14th of 20 working days")
                .isEqualTo(LocalDate.parse("2026-03-20"));
        assertThat(deadline(award).lawfulBy()).isEqualTo(LocalDate.parse("2026-03-30"));
        city.passes("P17D");
        assertThat(deadline(award).remindedAt()).isNull();
        city.passes("P1D");
        assertThat(deadline(award).remindedAt()).isNotNull();
        assertThat(told(award, "deadline-near")).containsExactly("办理期限已过三分之二，法定期限至2026年3月30日止，请抓紧办理");
        assertThat(all("reviewer", "/officers/tasks/reminded")).contains(award.number());
        assertThat(all("leader", "/officers/board/cases?which=reminded")).contains(award.number());
        assertThat(as("reviewer").get("/officers/cases/" + award.number()).body())
                .as("the line above form and file")
                .contains("办理期限已过三分之二，法定期限至2026年3月30日止");
        assertThat(as("applicant").get("/cases/" + award.number()).body())
                .as("it is said among officers")
                .doesNotContain("三分之二");
        city.passes("P2D");
        assertThat(told(award, "deadline-near")).as("once").hasSize(1);
        award.withOpinion("reviewer", "first-review", "approve");
        assertThat(all("senior-reviewer", "/officers/tasks/reminded"))
                .as("whoever has it next is reminded too")
                .contains(award.number());
    }

    @Test
    void whileTheClockStandsNobodyIsRemindedAndTheDaysMove() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        LocalDate before = deadline(award).lawfulBy();
        assertThat(deadline(award).stands()).isTrue();
        city.passes("P15D");
        award.waitsAt("decision");
        assertThat(deadline(award).stands()).isFalse();
        assertThat(deadline(award).lawfulBy()).isAfter(before);
        assertThat(deadline(award).remindedAt()).isNull();
        award.done("leader", "decision", "sign");
        assertThat(deadlines.find(number(award))).as("the clock has ended").isEmpty();
        int took = db.sql("select working_days from signed_cases where case_number = ?")
                .param(award.number())
                .query(Integer.class)
                .single();
        assertThat(took).as("the notice does not count").isBetween(1, 6);
        assertThat(as("supervisor")
                        .get("/officers/board/signed?scheme=skills-award")
                        .body())
                .contains(award.number());
    }

    @Test
    void theLeaderGivesMoreTimeOnceAndTheApplicantIsToldWhy() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P18D");
        assertThat(as("reviewer").get(extension(award)).status()).isEqualTo(403);
        Visitor leader = as("leader");
        var form = PageForm.on(leader.get(extension(award)), extension(award));
        PageForm.refused(form.send(leader), "f-reason");
        assertThat(PageForm.refused(form.with("reason", "长".repeat(1001)).send(leader), "f-reason")
                        .body())
                .contains("1000字以内");
        assertThat(form.with("reason", REASON).send(leader).status()).isEqualTo(302);
        assertThat(leader.get("/officers/board/cases?which=reminded").body()).contains("期限已延长，已告知申请人");
        CaseDeadline after = deadline(award);
        assertThat(after.lawfulBy()).as("30 working days").isEqualTo(LocalDate.parse("2026-04-14"));
        assertThat(after.promisedBy()).as("25 working days").isEqualTo(LocalDate.parse("2026-04-07"));
        assertThat(after.remindedAt())
                .as("by the later days somebody is reminded again")
                .isNull();
        String page = as("applicant").get("/cases/" + award.number()).body();
        assertThat(page).contains("由2026年3月23日延至2026年4月7日", REASON, "延长办理期限告知书");
        assertThat(as("applicant").get("/inbox").body()).contains("办理期限延长10个工作日，承诺办结日改为2026年4月7日");
        assertThat(all("reviewer", "/officers/tasks/reminded")).doesNotContain(award.number());
        assertThat(db.sql("select sealed_reason from case_extensions where case_number = ?")
                        .param(award.number())
                        .query(String.class)
                        .single())
                .startsWith("v2.");
        JsonNode moved = award.show().at("/promise/moved/0");
        assertThat(moved.get("extended").asBoolean()).isTrue();
        form.with("reason", REASON).send(leader);
        assertThat(leader.get("/officers/board/cases?which=reminded").body()).contains("本件已延长过一次");
        assertThat(deadline(award).lawfulBy()).isEqualTo(after.lawfulBy());
        city.passes("P15D");
        assertThat(told(award, "deadline-near")).as("again, by the later days").hasSize(2);
        assertThat(as("auditor").get("/audit?case=" + award.number()).body())
                .contains("办理期限延长10个工作日", "办理期限已过三分之二")
                .doesNotContain("外省");
    }

    @Test
    void onTheLastLawfulDayTheLeaderIsToldAndAfterItNothingCanBeExtended() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        assertThat(as("leader").get("/officers/cases/" + award.number()).status())
                .as("the case has not come to him")
                .isEqualTo(404);
        city.passes("P28D");
        assertThat(told(award, "deadline-reached")).containsExactly("已到法定期限最后一日（2026年3月30日），已报本机关负责人");
        assertThat(all("leader", "/officers/board/cases?which=reached&scheme=skills-award"))
                .contains(award.number(), "延长期限");
        assertThat(as("leader").get("/officers/cases/" + award.number()).status())
                .isEqualTo(200);
        city.passes("P1D");
        assertThat(told(award, "deadline-reached")).as("once").hasSize(1);
        Visitor leader = as("leader");
        assertThat(leader.get(extension(award)).status()).isEqualTo(302);
        assertThat(leader.get("/officers/board/cases?which=reminded").body()).contains("法定期限已于2026年3月30日届满");
        assertThat(all("leader", "/officers/board/cases?which=law&scheme=skills-award"))
                .contains(award.number());
        award.withdrawal().is(200);
        assertThat(deadlines.find(number(award))).isEmpty();
        leader.get(extension(award));
        assertThat(leader.get("/officers/board/cases?which=reminded").body()).contains("没有可以延长的期限");
    }

    @Test
    void whileTheClockStandsTheDayOnWhichItStoppedTellsWhetherThereIsTimeToExtend() {
        var inTime = city.checked("skills-award", "granted").waitsAt("first-review");
        var late = city.checked("skills-award", "granted").waitsAt("first-review");
        Map<String, Object> back = Map.of("opinion", "合同看不清", "items", "LABOUR_CONTRACT");
        city.passes("P25D");
        inTime.done("reviewer", "first-review", "return", back).waitsAt("supplement");
        city.passes("P4D");
        late.done("reviewer", "first-review", "return", back).waitsAt("supplement");
        assertThat(deadline(late).lawfulBy())
                .as("over since yesterday")
                .isEqualTo(LocalDate.parse("2026-03-30"))
                .isEqualTo(deadline(inTime).lawfulBy());
        Visitor leader = as("leader");
        assertThat(leader.get(extension(late)).status()).isEqualTo(302);
        assertThat(leader.get("/officers/board/cases?which=reminded").body()).contains("法定期限已于2026年3月30日届满");
        assertThat(leader.get(extension(inTime)).status())
                .as("the clock stopped on the 27th")
                .isEqualTo(200);
    }

    @Test
    void whoWasToldOfADayIsToldAgainOnceItHasMoved() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P28D");
        CaseDeadline told = deadline(award);
        assertThat(told.remindedAt()).isNotNull();
        assertThat(told.escalatedAt()).isNotNull();
        deadlines.count(
                told.number(),
                told.scheme(),
                told.promisedBy(),
                told.remindOn(),
                told.lawfulBy().plusDays(1));
        assertThat(deadline(award).remindedAt()).as("this day is the same").isNotNull();
        assertThat(deadline(award).escalatedAt()).isNull();
        city.passes("P1D");
        assertThat(told(award, "deadline-reached"))
                .containsExactly("已到法定期限最后一日（2026年3月30日），已报本机关负责人", "已到法定期限最后一日（2026年3月31日），已报本机关负责人");
    }

    @Test
    void aCaseThatDoesNotOpenKeepsNoOfficeFromStarting() {
        var whole = city.checked("skills-award", "granted").waitsAt("first-review");
        var exchanged = city.checked("skills-award", "granted").waitsAt("first-review");
        String kept = db.sql("select sealed_answers from cases where case_number = ?")
                .param(exchanged.number())
                .query(String.class)
                .single();
        deadlines.end(number(exchanged));
        deadlines.end(number(whole));
        answers(
                exchanged,
                db.sql("select sealed_answers from cases where case_number = ?")
                        .param(whole.number())
                        .query(String.class)
                        .single());
        try {
            starts();
            assertThat(deadline(whole).lawfulBy()).isEqualTo(LocalDate.parse("2026-03-30"));
            assertThat(deadlines.find(number(exchanged))).isEmpty();
        } finally {
            answers(exchanged, kept);
        }
        starts();
        assertThat(deadline(exchanged).lawfulBy()).isEqualTo(LocalDate.parse("2026-03-30"));
    }

    /** What counts the clocks that are missing when the application starts. */
    private void starts() {
        assertThat(starting)
                .filteredOn(bean -> bean.getClass().getSimpleName().equals("Reminders"))
                .singleElement()
                .satisfies(SmartInitializingSingleton::afterSingletonsInstantiated);
    }

    private void answers(ApplicantsCase file, String sealed) {
        db.sql("update cases set sealed_answers = ? where case_number = ?")
                .params(sealed, file.number())
                .update();
    }

    @Test
    void aPageOfHoldersOfWhichTheReaderSeesNoneLeadsOnToTheNext() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        award.claim("reviewer2", "first-review").is(204);
        for (String number : db.sql(
                        "select distinct case_number from open_tasks where assignee = 'reviewer2' and scheme = 'skills-award' and case_number is not null")
                .query(String.class)
                .list()) ties.recuse(accounts.actor("supervisor"), Role.SUPERVISOR, new CaseNumber(number), "与申请人相识");
        Set<String> found = new TreeSet<>();
        int pages = 0;
        for (String after = ""; after != null; pages++) {
            Board.People page = board.people(accounts.actor("supervisor"), "skills-award", after, 1);
            page.lines().forEach(line -> found.add(line.key()));
            after = page.next();
        }
        assertThat(found)
                .doesNotContain("reviewer2")
                .containsExactlyElementsOf(
                        board.people(accounts.actor("supervisor"), "skills-award", "", 1000).lines().stream()
                                .map(Board.Line::key)
                                .toList());
        assertThat(pages).as("with an empty one").isGreaterThan(found.size());
        assertThat(board.people(accounts.actor("auditor"), "skills-award", "", 1000)
                        .lines())
                .extracting(Board.Line::key)
                .contains("reviewer2");
    }

    @Test
    void runningCasesOfASchemeThatIsNoLongerInForceStandOnTheBoard() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        db.sql("update case_deadlines set scheme = 'scheme-of-before' where case_number = ?")
                .param(award.number())
                .update();
        try {
            assertThat(board.schemes(accounts.actor("auditor")))
                    .filteredOn(line -> line.scheme().equals("scheme-of-before"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.counts()).containsEntry("running", 1L);
                        assertThat(line.name().zh())
                                .as("as the package of its case calls it")
                                .isEqualTo(packages.inForce("skills-award")
                                        .catalogue()
                                        .name()
                                        .zh());
                    });
            assertThat(as("auditor").get("/officers/board").body())
                    .contains("which=running&amp;scheme=scheme-of-before");
        } finally {
            db.sql("update case_deadlines set scheme = 'skills-award' where case_number = ?")
                    .param(award.number())
                    .update();
        }
    }

    @Test
    void whatIsLateIsLateFromTheDayAfterItsLastOne() {
        city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P10D");
        Board.Line line = board.steps(accounts.actor("auditor"), "skills-award").stream()
                .filter(step -> step.key().equals("first-review"))
                .findFirst()
                .orElseThrow();
        LocalDate end = db.sql(
                        "select min(due) from open_tasks where step = 'first-review' and scheme = 'skills-award'")
                .query(OffsetDateTime.class)
                .single()
                .atZoneSameInstant(CityClock.ZONE)
                .toLocalDate();
        assertThat(line.lateSince())
                .as("it was due at the midnight with which this day began")
                .isEqualTo(end);
    }

    @Test
    void theBoardTellsWhatIsLateWhereInWhoseHandsAndLeadsToTheCases() throws IOException {
        var late = city.checked("skills-award", "granted").waitsAt("first-review");
        late.claim("reviewer", "first-review").is(204);
        city.passes("P10D");
        String board =
                as("supervisor").get("/officers/board?scheme=skills-award").body();
        assertThat(board).contains("初审", "of=first-review&amp;which=late", "by=person&amp;of=reviewer&amp;which=late");
        for (String behind : List.of("by=step&of=first-review", "by=person&of=reviewer"))
            assertThat(all("auditor", "/officers/board/tasks?" + behind + "&which=late&scheme=skills-award"))
                    .contains(late.number(), "reviewer", "超期");
        assertThat(all("leader", "/officers/board/tasks?by=step&of=first-review&which=today"))
                .doesNotContain(late.number());
        late.withOpinion("reviewer", "first-review", "approve");
        assertThat(as("leader")
                        .get("/officers/board/done?by=step&of=first-review&scheme=skills-award")
                        .body())
                .contains(late.number(), "8 个工作日", "3 个工作日");
        JsonNode marks = json.readTree(as("leader")
                .get("/officers/board/diagram/marks?scheme=skills-award")
                .body());
        assertThat(marks.at("/first-review/median").asDouble()).isGreaterThanOrEqualTo(0);
        assertThat(marks.at("/second-review/open").asInt()).isPositive();
        assertThat(as("leader")
                        .get("/officers/board/diagram?scheme=skills-award")
                        .body())
                .contains("data-diagram", "复核", ">审核</a>")
                .doesNotContain(">common/review.bpmn</a>");
    }

    @Test
    void aCaseThatIsShutToTheReaderIsNeitherCountedNorTold() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P18D");
        String tasks = "/officers/board/tasks?by=step&of=first-review&which=open",
                cases = "/officers/board/cases?which=reminded";
        assertThat(all("supervisor", tasks)).contains(award.number());
        ties.recuse(accounts.actor("supervisor"), Role.SUPERVISOR, number(award), "与申请人相识");
        assertThat(all("supervisor", tasks)).doesNotContain(award.number());
        assertThat(all("supervisor", cases)).doesNotContain(award.number());
        ties.recuse(accounts.actor("leader"), Role.LEADER, number(award), "与申请人相识");
        assertThat(as("leader").get(extension(award)).status()).isEqualTo(403);
        assertThat(all("auditor", cases)).contains(award.number());
    }

    @Test
    void theBoardIsForLeadersSupervisorsAndAuditorsAlone() {
        for (String path : List.of(
                "",
                "/tasks?by=step&of=first-review&which=open",
                "/done?by=step&of=first-review",
                "/cases?which=running",
                "/signed",
                "/diagram?scheme=skills-award",
                "/diagram/file?scheme=skills-award&path=common/case.bpmn",
                "/diagram/marks?scheme=skills-award")) {
            for (String account : List.of("leader", "supervisor", "auditor"))
                assertThat(as(account).get("/officers/board" + path).status())
                        .as(account + path)
                        .isEqualTo(200);
            for (String account : List.of("applicant", "intake", "reviewer", "senior-reviewer", "finance", "admin"))
                assertThat(as(account).get("/officers/board" + path).status())
                        .as(account + path)
                        .isEqualTo(403);
        }
        for (String path : List.of(
                "/tasks?by=colour&of=x&which=open",
                "/tasks?by=step&of=x&which=never",
                "/cases?which=never",
                "/diagram?scheme=none",
                "/diagram/file?scheme=skills-award&path=scheme.yaml"))
            assertThat(as("leader").get("/officers/board" + path).status())
                    .as(path)
                    .isEqualTo(404);
    }
}
