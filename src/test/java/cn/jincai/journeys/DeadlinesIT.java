package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.filing.deadlines.CaseDeadline;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
        assertThat(told(award, "deadline-reached")).containsExactly("已到法定期限最后一日（2026年3月30日），已报分管领导");
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
                .contains("data-diagram", "复核");
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
