package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.City.Answer;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Role;
import cn.jincai.process.RunningCases;
import cn.jincai.process.versions.MoveTrial;
import cn.jincai.process.versions.VersionMove;
import cn.jincai.process.versions.VersionMoves;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A new version while cases run: what they do is tried first, decided by two, done case by case, and taken back as a whole. */
@CaseTest
@Tag("issue-17.15")
class VersionMovesIT {
    private static final String SCHEME = "skills-award", PATH = "/api/version-moves";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Packages packages;

    @Autowired
    RunningCases running;

    @Autowired
    JdbcClient jdbc;

    private PolicyOffice office;
    private String before;
    /** A version that only these cases go by, so that no other story's move. */
    private String own;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        office = new PolicyOffice(context);
        before = packages.inForce(SCHEME).hash();
    }

    @AfterEach
    void theFormerPackageIsPutBackInForce() {
        city.at("2026-03-02T09:00");
        if (!packages.inForce(SCHEME).hash().equals(before)) office.putsBack(SCHEME, before);
    }

    private SortedMap<String, byte[]> files() {
        return new TreeMap<>(CityPackages.FOLDERS.files(SCHEME));
    }

    /** In force from now on; the story's own name in the diagram makes it another version than any other story's. */
    private String goesBy(SortedMap<String, byte[]> files, String story) {
        PolicyOffice.change(files, "common/review.bpmn", "name=\"初审\"", "name=\"初审" + story + "\"");
        String hash = office.uploads(files);
        if (!packages.inForce(SCHEME).hash().equals(hash)) office.putsBack(SCHEME, hash);
        return hash;
    }

    /** Fresh with each try of a story. */
    private static String unique() {
        return Long.toString(System.nanoTime(), 36);
    }

    private JsonNode tried(String to, String rule) {
        return city.call(
                        "policy-admin",
                        HttpMethod.GET,
                        PATH + "/trial?scheme=" + SCHEME + "&from=" + own + "&to=" + to + "&rule=" + rule,
                        null)
                .is(200)
                .body();
    }

    private Answer proposed(String to, String rule) {
        return city.call(
                "policy-admin",
                HttpMethod.POST,
                PATH,
                Map.of("scheme", SCHEME, "from", own, "to", to, "rule", rule, "reason", "更正流程图"));
    }

    private long moves(String to, String rule) {
        long id = proposed(to, rule).is(201).body().get("id").asLong();
        post("policy-approver", id, "approve").is(200);
        city.passes("PT1S");
        assertThat(shown(id).at("/move/state").asText()).isEqualTo("done");
        return id;
    }

    private Answer post(String who, long id, String what) {
        return city.call(who, HttpMethod.POST, PATH + "/" + id + "/" + what, Map.of("reason", "暂不转版"));
    }

    private JsonNode shown(long id) {
        return city.call("auditor", HttpMethod.GET, PATH + "/" + id, null)
                .is(200)
                .body();
    }

    private JsonNode caseOf(long id, ApplicantsCase file) {
        for (JsonNode one : city.call("auditor", HttpMethod.GET, PATH + "/" + id + "/cases?size=100", null)
                .is(200)
                .body()
                .get("items")) if (file.number().equals(one.get("number").asText())) return one;
        throw new AssertionError(file.number());
    }

    private String versionOf(ApplicantsCase file) {
        return jdbc.sql("select package_hash from cases where case_number = ?")
                .param(file.number())
                .query(String.class)
                .single();
    }

    @Test
    void casesGoOnByTheNewDiagramFromWhereTheyStandInTheSameHands() {
        own = goesBy(files(), unique());
        ApplicantsCase claimed = city.checked(SCHEME, "granted").waitsAt("first-review"),
                early = city.submitted(SCHEME, "granted").waitsAt("acceptance");
        claimed.claim("reviewer", "first-review").is(204);
        SortedMap<String, byte[]> next = files();
        PolicyOffice.change(next, "scheme.yaml", "leaderAboveFen: 5000000", "leaderAboveFen: 100000");
        String to = goesBy(next, unique());

        JsonNode trial = tried(to, "move");
        assertThat(trial.get("moving").asInt()).isEqualTo(2);
        assertThat(trial.get("staying").asInt()).isZero();
        assertThat(trial.get("drawings").toString()).contains("common/review.bpmn", "first-review", "common/case.bpmn");
        assertThat(versionOf(claimed)).as("it was only tried").isEqualTo(own);

        long move = moves(to, "move");
        assertThat(shown(move).at("/progress/moved").asInt()).isEqualTo(2);
        assertThat(versionOf(claimed)).isEqualTo(to);
        assertThat(running.of(own)).isZero();
        assertThat(claimed.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
        assertThat(claimed.shownTo("reviewer").body().get("timeline").toString())
                .contains("改按本事项的新版本办理");
        assertThat(new Visitor(port)
                        .signIn("auditor")
                        .get("/audit?case=" + claimed.number())
                        .body())
                .contains("version-changed", to.substring(0, 12));

        claimed.reviewedByBoth().waitsAt("leader-review"); // which the version of its submission did not ask for
        claimed.done("leader", "leader-review", "approve")
                .noticedAndSigned()
                .paid()
                .paid()
                .isClosed("granted");
        // nobody accepted it for five working days: the timer has moved with its case
        early.waitsAt("first-review").reviewedByBoth().waitsAt("leader-review");
    }

    /** The bad input of the issue: nothing is half done, and the reason is told in words, with the step. */
    @Test
    void aCaseAtAStepThatTheNewVersionDoesNotHaveStaysAndIsToldWhy() {
        own = goesBy(SecondOpinion.addedTo(files()), unique());
        ApplicantsCase there = city.checked(SCHEME, "granted").waitsAt("second-opinion"),
                elsewhere = city.submitted(SCHEME, "granted").waitsAt("acceptance");
        String to = goesBy(files(), unique());
        JsonNode trial = tried(to, "move");
        assertThat(trial.get("moving").asInt()).isEqualTo(1);
        assertThat(trial.get("staying").asInt()).isEqualTo(1);
        assertThat(trial.get("lines").toString()).contains("第二意见", "no-step", "新版本中没有这一环节");
        assertThat(trial.get("drawings").toString()).contains("\"lost\":[\"second-opinion\"]");

        long move = moves(to, "move");
        assertThat(shown(move).at("/progress/stayed").asInt()).isEqualTo(1);
        assertThat(caseOf(move, there).at("/why").asText()).isEqualTo("no-step");
        assertThat(caseOf(move, elsewhere).at("/state").asText()).isEqualTo("moved");
        assertThat(versionOf(there)).isEqualTo(own);
        there.withOpinion("supervisor", "second-opinion", "in-favour").waitsAt("first-review");
        elsewhere.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        elsewhere.waitsAt("first-review");
    }

    @Test
    void whatWouldComeToAnotherResultStaysUnlessItIsAskedAgain() {
        own = goesBy(files(), unique());
        ApplicantsCase early = city.submitted(SCHEME, "granted").waitsAt("acceptance"),
                decided = city.checked(SCHEME, "granted").done("reviewer", "first-review", "approve");
        early.claim("intake", "acceptance").is(204);
        String to = goesBy(higherAward(), unique());
        assertThat(tried(to, "move").get("moving").asInt()).isZero();
        assertThat(tried(to, "move").get("lines").toString()).contains("other-result", "结果与原版本不同");
        assertThat(tried(to, "keep").get("staying").asInt()).isEqualTo(2);
        JsonNode again = tried(to, "ask-again");
        assertThat(again.get("moving").asInt()).isEqualTo(1);
        assertThat(again.get("lines").toString()).contains("decided");

        long move = moves(to, "ask-again");
        assertThat(caseOf(move, decided).get("why").asText()).isEqualTo("decided");
        assertThat(versionOf(early)).isEqualTo(to);
        assertThat(early.task("intake", "acceptance").path("assignee").asText("null"))
                .as("done again from the beginning, by whoever of the group takes it")
                .isEqualTo("null");
        assertThat(early.show().toString()).as("the applicant is told").contains("改按本事项的新版本办理");
    }

    /** Beside the rules the reviewers said that it is granted, and of that the two versions would pay another sum. */
    @Test
    void aWaiverCountsWhenResultsAreCompared() {
        own = goesBy(files(), unique());
        ApplicantsCase
                waived =
                        city.checked(SCHEME, "refused")
                                .done(
                                        "reviewer",
                                        "first-review",
                                        "approve",
                                        Map.of("waive", "LATE", "opinion", "证书因系统故障延迟送达。")),
                refused = city.checked(SCHEME, "refused").waitsAt("first-review");
        String to = goesBy(higherAward(), unique());
        long move = moves(to, "move");
        assertThat(caseOf(move, waived).at("/why").asText())
                .as("otherwise another sum would be decided than was reviewed")
                .isEqualTo("other-result");
        assertThat(caseOf(move, refused).at("/state").asText())
                .as("by the rules alone both versions refuse it")
                .isEqualTo("moved");
        long again = moves(goesBy(higherAward(), unique()), "ask-again");
        assertThat(caseOf(again, waived).at("/why").asText()).isEqualTo("decided");
        assertThat(versionOf(waived)).isEqualTo(own);
    }

    @Test
    void whatIsNoLongerInForceWhenItsTurnComesEndsWithAReason() {
        own = goesBy(files(), unique());
        ApplicantsCase award = city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(files(), unique());
        long id = proposed(to, "move").is(201).body().get("id").asLong();
        post("policy-approver", id, "approve").is(200);
        office.putsBack(SCHEME, before); // and time passes
        assertThat(shown(id).at("/move/state").asText()).isEqualTo("called-off");
        assertThat(shown(id).at("/move/ended/why").asText()).isEqualTo("not-in-force");
        assertThat(versionOf(award)).isEqualTo(own);
        assertThat(new Visitor(port).signIn("auditor").get("/admin/moves/" + id).body())
                .contains("未进行", "新版本没有施行");
        assertThat(recorded(id)).containsExactly("move-proposed", "move-approved", "move-ended");
    }

    /** What the record has of a move, in its order. */
    private List<String> recorded(long id) {
        return jdbc.sql("select kind from audit_entries where details like ? order by seq")
                .param("%\"move\":\"" + id + "\"%")
                .query(String.class)
                .list();
    }

    @Test
    void whatWasApprovedIsCalledOffByOneOfTheTwoBeforeItsDay() {
        own = goesBy(files(), unique());
        ApplicantsCase award = city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(files(), unique());
        long id = proposed(to, "move").is(201).body().get("id").asLong();
        assertThat(post("policy-admin", id, "call-off").is(409).code()).isEqualTo("BEGUN");
        post("policy-approver", id, "approve").is(200);
        assertThat(city.call("policy-admin", HttpMethod.POST, PATH + "/" + id + "/call-off", Map.of("reason", " "))
                        .is(422)
                        .code())
                .isEqualTo("REQUIRED");
        String page = "/admin/moves/" + id;
        Visitor approver = new Visitor(port).signIn("policy-approver");
        PageForm.refused(PageForm.on(approver.get(page), page + "/call-off").send(approver), "reason");
        PageForm.on(approver.get(page), page + "/call-off")
                .with("reason", "新版本另有更正")
                .send(approver);
        city.passes("PT1S");
        assertThat(approver.get(page).body()).contains("未进行", "新版本另有更正").doesNotContain("/call-off");
        assertThat(shown(id).at("/move/ended/by").asText()).isEqualTo("policy-approver");
        assertThat(versionOf(award)).isEqualTo(own);
        assertThat(recorded(id)).containsExactly("move-proposed", "move-approved", "move-called-off");

        id = proposed(to, "move").is(201).body().get("id").asLong();
        post("policy-approver", id, "approve").is(200);
        post("policy-admin", id, "call-off").is(200);
        long done = moves(to, "move");
        assertThat(post("policy-approver", done, "call-off").is(409).code()).isEqualTo("BEGUN");
        assertThat(versionOf(award)).isEqualTo(to);
    }

    @Test
    void theRecordSaysThatItIsUndoneOnceItIsAndWhyWhereItIsNot() {
        own = goesBy(files(), unique());
        ApplicantsCase award = city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(files(), unique());
        long move = moves(to, "move");
        post("policy-approver", move, "undo").is(200);
        assertThat(recorded(move)).endsWith("move-undo-asked");
        award.done("reviewer", "first-review", "approve");
        city.passes("PT1S");
        assertThat(shown(move).at("/move/state").asText()).isEqualTo("done");
        assertThat(shown(move).at("/move/ended/why").asText()).isEqualTo("gone-on");
        assertThat(recorded(move)).endsWith("move-undo-asked", "move-not-undone");
        assertThat(versionOf(award)).isEqualTo(to);
    }

    /** Cases of which the engine knows nothing stay quickly; they are many, as one of a popular scheme's versions has. */
    @Test
    void aLargeMoveLeavesTimeForOtherWork() {
        own = goesBy(files(), unique());
        ApplicantsCase award = city.submitted(SCHEME, "granted").waitsAt("acceptance");
        String to = goesBy(files(), unique());
        String columns = "scheme, package_hash, stage, applicant, of_employer, sealed_answers, sample, created_at";
        String copies = "CN-" + unique() + "-";
        int most = 200;
        try {
            for (int i = 0; i <= most; i++)
                jdbc.sql("insert into cases (case_number, " + columns + ") select ?, " + columns
                                + " from cases where case_number = ?")
                        .params(copies + i, award.number())
                        .update();
            long id = proposed(to, "move").is(201).body().get("id").asLong();
            post("policy-approver", id, "approve").is(200);
            DueWork work = context.getBeansOfType(DueWork.class).values().stream()
                    .filter(one -> one.getClass().getSimpleName().startsWith("MoveWork"))
                    .findFirst()
                    .orElseThrow();
            work.run();
            JsonNode progress = shown(id).get("progress");
            assertThat(progress.get("waiting").asInt()).isEqualTo(2);
            assertThat(progress.get("moved").asInt() + progress.get("stayed").asInt())
                    .isEqualTo(most);
            city.passes("PT1S");
            assertThat(shown(id).at("/move/state").asText()).isEqualTo("done");
            assertThat(shown(id).at("/progress/waiting").asInt()).isZero();
        } finally {
            jdbc.sql("delete from cases where case_number like ?")
                    .param(copies + "%")
                    .update();
        }
    }

    @Test
    void whoeverIsRecusedReadsNoNumberOfTheCase() {
        own = goesBy(files(), unique());
        ApplicantsCase shut = city.checked(SCHEME, "granted").waitsAt("first-review"),
                open = city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(files(), unique());
        long move = moves(to, "move");
        Ties ties = context.getBean(Ties.class);
        for (String who : List.of("policy-approver", "auditor"))
            ties.recuse(
                    context.getBean(Accounts.class).actor(who),
                    Role.named(who),
                    new CaseNumber(shut.number()),
                    "与申请人相识");
        for (ApplicantsCase one : List.of(shut, open)) one.done("reviewer", "first-review", "approve");
        for (String who : List.of("policy-approver", "auditor")) {
            for (String path : List.of("", "/cases"))
                assertThat(city.call(who, HttpMethod.GET, PATH + "/" + move + path, null)
                                .body()
                                .toString())
                        .as(who)
                        .contains(open.number())
                        .doesNotContain(shut.number());
            assertThat(new Visitor(port).signIn(who).get("/admin/moves/" + move).body())
                    .contains(open.number(), "须回避", "已有 2 件继续办理")
                    .doesNotContain(shut.number());
        }
        assertThat(post("policy-approver", move, "undo").is(409).body().toString())
                .contains(open.number(), "另有1件")
                .doesNotContain(shut.number());
        assertThat(city.call("policy-admin", HttpMethod.GET, PATH + "/" + move, null)
                        .body()
                        .toString())
                .contains(shut.number());
    }

    /** However many cases have moved, what has gone on is asked in as many questions; a trial asks little of each case, and of at most a hundred. */
    @Test
    void itsPagesAskLittleOfTheDatabase() {
        own = goesBy(files(), unique());
        for (int i = 0; i < 3; i++) city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(higherAward(), unique());
        MoveTrial trials = context.getBean(MoveTrial.class);
        VersionMoves moves = context.getBean(VersionMoves.class);
        Actor auditor = context.getBean(Accounts.class).actor("auditor");
        trials.of(own, to, VersionMove.Rule.MOVE);
        int counted = asked(() -> trials.of(own, to, VersionMove.Rule.KEEP)),
                compared = asked(() -> trials.of(own, to, VersionMove.Rule.MOVE));
        assertThat(compared - counted).as("for three cases that are compared").isBetween(3, 3 * 6);

        String same = goesBy(files(), unique());
        VersionMove move = moves.find(moves(same, "move"));
        assertThat(moves.goneOn(move, auditor).cases()).isZero();
        int ofThree = asked(() -> moves.goneOn(move, auditor));
        assertThat(jdbc.sql(
                                "update moved_cases set state = 'undone' where move_id = ? and case_number = (select max(case_number) from moved_cases where move_id = ?)")
                        .params(move.id(), move.id())
                        .update())
                .isEqualTo(1);
        assertThat(asked(() -> moves.goneOn(move, auditor))).as("of two").isEqualTo(ofThree);
    }

    /** How many statements this thread sends meanwhile. */
    private static int asked(Runnable what) {
        Logger statements = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = statements.getLevel();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        statements.addAppender(heard);
        statements.setAdditive(false);
        statements.setLevel(Level.DEBUG);
        try {
            what.run();
        } finally {
            statements.setLevel(before);
            statements.setAdditive(true);
            statements.detachAppender(heard);
        }
        String here = Thread.currentThread().getName();
        return (int) List.copyOf(heard.list).stream()
                .filter(one -> one.getThreadName().equals(here))
                .filter(one -> one.getFormattedMessage().startsWith("Executing prepared SQL statement"))
                .count();
    }

    /** A higher award for the level that the demo's cases ask for, in the parameters and in the worked cases. */
    private SortedMap<String, byte[]> higherAward() {
        SortedMap<String, byte[]> files = files();
        String folder = "rulesets/2026-01/";
        PolicyOffice.change(
                files,
                folder + "parameters.yaml",
                "always: {is: 100000, status: ILLUSTRATIVE",
                "always: {is: 120000, status: ILLUSTRATIVE");
        files.computeIfPresent(
                folder + "examples.yaml",
                (path, content) -> Pattern.compile("CITY_AWARD: \\{[^}]*}")
                        .matcher(new String(content, StandardCharsets.UTF_8))
                        .replaceAll(award -> award.group().replaceAll("\\b100000\\b", "120000"))
                        .getBytes(StandardCharsets.UTF_8));
        return files;
    }

    @Test
    void aMoveIsUndoneAsAWholeAndNotOnceOneOfItsCasesHasGoneOn() {
        own = goesBy(files(), unique());
        ApplicantsCase one = city.checked(SCHEME, "granted").waitsAt("first-review"),
                two = city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(files(), unique());
        long move = moves(to, "move");
        post("policy-approver", move, "undo").is(200);
        city.passes("PT1S");
        assertThat(shown(move).at("/move/state").asText()).isEqualTo("undone");
        assertThat(List.of(versionOf(one), versionOf(two))).containsOnly(own);
        one.done("reviewer", "first-review", "approve").waitsAt("second-review");

        long next = moves(to, "move");
        two.done("reviewer", "first-review", "approve");
        assertThat(shown(next).get("goneOn").toString()).contains(two.number()).doesNotContain(one.number());
        Answer refused = post("policy-approver", next, "undo").is(409);
        assertThat(refused.code()).isEqualTo("GONE_ON");
        assertThat(refused.body().toString()).contains(two.number());
        assertThat(List.of(versionOf(one), versionOf(two))).as("all or none").containsOnly(to);
        one.done("senior-reviewer", "second-review", "approve").waitsAt("public-notice");
    }

    @Test
    void onItsPagesAMoveIsTriedDrawnProposedApprovedAndUndone() {
        own = goesBy(files(), unique());
        ApplicantsCase award = city.checked(SCHEME, "granted").waitsAt("first-review");
        String to = goesBy(files(), unique());
        Visitor admin = new Visitor(port).signIn("policy-admin"),
                approver = new Visitor(port).signIn("policy-approver");
        String trial = "/admin/moves/new?scheme=" + SCHEME + "&from=" + own;
        assertThat(admin.get("/admin/moves").body()).contains("/admin/moves/new?scheme=" + SCHEME + "&amp;from=" + own);
        assertThat(admin.get("/admin/packages/" + SCHEME + "/" + own).body()).contains("试转");
        assertThat(admin.get(trial).body()).contains("会转入新版本的 1 件，保留原版本的 0 件", "data-diagram", "环节对应");
        assertThat(admin.get("/admin/moves/counts?scheme=" + SCHEME + "&from=" + own + "&to=" + to
                                + "&path=common/review.bpmn&mapped=true")
                        .json()
                        .get("first-review")
                        .asInt())
                .isEqualTo(1);
        PageForm form = PageForm.on(admin.get(trial), "/admin/moves");
        PageForm.refused(form.send(admin), "reason");
        String page = form.with("reason", "更正流程图").send(admin).location().replaceFirst("^http://[^/]+", "");
        assertThat(approver.get(page).body()).contains("更正流程图", "待审定", "会转入新版本的 1 件");
        PageForm.on(approver.get(page), page + "/approve").send(approver);
        city.passes("PT1S");
        assertThat(approver.get(page).body()).contains("已转入 1 件", award.number(), "已转入新版本");
        assertThat(approver.get(page + "?lang=en").body()).contains("Undo as a whole", "Moved to the new version");
        PageForm.on(approver.get(page + "?lang=zh"), page + "/undo").send(approver);
        city.passes("PT1S");
        assertThat(approver.get(page).body()).contains("已整体撤销", "已撤销，回到原版本");
        assertThat(versionOf(award)).isEqualTo(own);
    }

    @Test
    void theRuleIsChosenWhereTheVersionIsProposedAndDecidedOnItsOwn() {
        own = goesBy(files(), unique());
        ApplicantsCase award = city.checked(SCHEME, "granted").waitsAt("first-review");
        SortedMap<String, byte[]> next = files();
        PolicyOffice.change(next, "common/review.bpmn", "name=\"初审\"", "name=\"初审" + unique() + "\"");
        String to = office.uploads(next), version = "/admin/packages/" + SCHEME + "/" + to;
        Visitor admin = new Visitor(port).signIn("policy-admin"),
                approver = new Visitor(port).signIn("policy-approver");
        PageForm form = PageForm.on(admin.get(version), version + "/proposal")
                .with("note", "更正流程图")
                .with("from", "2026-03-02");
        PageForm.refused(form.forged("rule", "sideways").send(admin), "rule");
        form.with("rule", "move").send(admin);
        String proposal = Pattern.compile("/admin/proposals/\\d+")
                .matcher(admin.get(version).body())
                .results()
                .map(found -> found.group())
                .findFirst()
                .orElseThrow();
        assertThat(approver.get(proposal).body()).contains("转入新版本：发布后提出转版，另行审定");
        assertThat(waiting(to)).as("nothing is proposed before").isZero();
        PageForm.on(approver.get(proposal), proposal + "/publish").send(approver);
        city.passes("PT2S");
        assertThat(versionOf(award))
                .as("another question, decided by another word")
                .isEqualTo(own);
        long id = jdbc.sql("select id from version_moves where from_hash = ? and to_hash = ?")
                .params(own, to)
                .query(Long.class)
                .single();
        assertThat(shown(id).at("/move/rule").asText()).isEqualTo("move");
        assertThat(shown(id).at("/move/proposedBy").asText()).isEqualTo("policy-admin");
        assertThat(recorded(id)).containsExactly("move-proposed");
        post("policy-approver", id, "approve").is(200);
        city.passes("PT1S");
        assertThat(versionOf(award)).isEqualTo(to);
    }

    private long waiting(String to) {
        return jdbc.sql("select count(*) from version_moves where to_hash = ? and state = 'open'")
                .param(to)
                .query(Long.class)
                .single();
    }

    @Test
    void itTakesTwoAndAVersionThatIsInForce() {
        own = goesBy(files(), unique());
        city.submitted(SCHEME, "granted");
        SortedMap<String, byte[]> next = files();
        PolicyOffice.change(next, "common/review.bpmn", "name=\"初审\"", "name=\"初审" + unique() + "\"");
        String to = office.uploads(next);
        assertThat(proposed(to, "move").is(409).code()).isEqualTo("NOT_IN_FORCE");
        office.putsBack(SCHEME, to);
        assertThat(proposed(to, "sideways").is(422).code()).isEqualTo("UNKNOWN");
        assertThat(proposed(own, "move").is(422).code()).isEqualTo("SAME_VERSION");
        long id = proposed(to, "move").is(201).body().get("id").asLong();
        assertThat(proposed(to, "keep").is(409).code()).isEqualTo("IN_HAND");
        assertThat(post("policy-approver", id, "undo").is(409).code()).isEqualTo("NOT_DONE");
        post("policy-approver", id, "decline").is(200);
        assertThat(post("policy-approver", id, "approve").is(409).code()).isEqualTo("DECIDED_ALREADY");
        assertThat(shown(id).at("/move/answer").asText()).isEqualTo("暂不转版");
        id = proposed(to, "keep").is(201).body().get("id").asLong();
        post("policy-admin", id, "withdraw").is(200);
    }

    @Test
    void everybodyElseIsRefused() {
        for (String who : List.of("applicant", "employer", "intake", "reviewer", "leader", "admin", "finance")) {
            assertThat(city.call(who, HttpMethod.GET, PATH, null).status())
                    .as(who)
                    .isEqualTo(403);
            for (String what : List.of("approve", "decline", "withdraw", "call-off", "undo"))
                assertThat(post(who, 1, what).status()).as(who + " " + what).isEqualTo(403);
            assertThat(city.call(who, HttpMethod.GET, PATH + "/trial?scheme=s&from=a&to=b&rule=move", null)
                            .status())
                    .isEqualTo(403);
            assertThat(city.call(
                                    who,
                                    HttpMethod.POST,
                                    PATH,
                                    Map.of("scheme", SCHEME, "from", "a", "to", "b", "rule", "move", "reason", "r"))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(post("auditor", 1, "undo").status()).isEqualTo(403);
        assertThat(post("auditor", 1, "call-off").status()).isEqualTo(403);
        assertThat(post("policy-admin", 1, "approve").status()).isEqualTo(403);
        assertThat(post("policy-approver", 1, "withdraw").status()).isEqualTo(403);
        assertThat(city.call(null, HttpMethod.GET, PATH, null).status()).isEqualTo(401);
    }
}
