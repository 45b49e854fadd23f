package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Like tasks are approved together on a page: they wait ten minutes, can be taken back, and are then done one by one, each with a record of its own. */
@CaseTest
@Tag("issue-17.6")
class BulkApprovalIT {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog audit;

    @Autowired
    JdbcTemplate db;

    /** What another node does meanwhile. */
    @Autowired
    TransactionTemplate elsewhere;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private static String at(String step) {
        return "/officers/bulk/choice?scheme=skills-award&step=" + step;
    }

    /** The form of the page of like tasks as a browser without scripts sends it, with nothing ticked but these cases. */
    private String ticked(Answer page, String opinion, ApplicantsCase... cases) {
        StringBuilder form = new StringBuilder();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find())
            if (!hidden.group(1).equals("_csrf"))
                form.append(hidden.group(1))
                        .append('=')
                        .append(encode(hidden.group(2)))
                        .append('&');
        for (ApplicantsCase one : cases)
            form.append("in=").append(task(page, one)).append('&');
        return form.append("opinion=").append(encode(opinion)).toString();
    }

    /** Which task the box of this case stands for. */
    private static String task(Answer page, ApplicantsCase one) {
        Matcher box = Pattern.compile("id=\"in-([^\"]+)\"(?:(?!</tr>).)*" + one.number(), Pattern.DOTALL)
                .matcher(page.body());
        assertThat(box.find()).as("a box for " + one.number()).isTrue();
        return box.group(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Chooses these and nothing else. @return the page of the bulk approval */
    private String together(String who, String step, String opinion, ApplicantsCase... cases) {
        Visitor officer = as(who);
        Answer page = officer.get(at(step));
        Answer sent = officer.form("/officers/bulk", ticked(page, opinion, cases), page);
        assertThat(sent.status()).as(sent.body()).isEqualTo(302);
        return sent.location().replaceFirst("^http://[^/]+", "");
    }

    private static String row(Answer page, ApplicantsCase of) {
        return Stream.of(page.body().split("<tr"))
                .filter(row -> row.contains(of.number()))
                .findFirst()
                .orElse("");
    }

    private List<String> kinds(ApplicantsCase of, String account) {
        return audit.search(new AuditLog.Search(of.number(), account, null, null, null), 0, 100).entries().stream()
                .map(e -> e.kind())
                .toList();
    }

    private ApplicantsCase awardToReview() {
        return city.checked("skills-award", "granted");
    }

    @Test
    void likeCasesAreApprovedTogetherAndEachHasARecordOfItsOwn() {
        ApplicantsCase one = awardToReview(), other = awardToReview(), unticked = awardToReview();
        Answer page = as("reviewer").get(at("first-review"));
        assertThat(page.body()).contains(one.number(), other.number(), "将要办理的内容", "合计");
        String bulk = together("reviewer", "first-review", "材料齐全，同意。", one, other);

        Answer waiting = as("reviewer").get(bulk);
        assertThat(row(waiting, one)).contains("等待办理", "撤回");
        assertThat(waiting.body()).contains("材料齐全，同意。").doesNotContain(unticked.number());
        assertThat(as("reviewer").get("/officers/bulk").body()).contains(bulk);
        one.waitsAt("first-review");
        assertThat(one.task("reviewer", "first-review").get("assignee").asText())
                .isEqualTo("reviewer");
        assertThat(db.queryForList(
                        "select sealed_opinion from bulk_approvals where sealed_opinion is not null", String.class))
                .isNotEmpty()
                .noneMatch(kept -> kept.contains("材料"));
        assertThat(as("reviewer").get("/officers/cases/" + one.number()).body())
                .as("whoever sees the case sees that it waits, and whose")
                .contains("已由 reviewer 选入批量办理");
        assertThat(as("reviewer").get("/officers/tasks/held").body()).contains("批量办理，");

        city.passes("PT9M");
        one.waitsAt("first-review");
        city.passes("PT2M");
        one.waitsAt("second-review");
        other.waitsAt("second-review");
        unticked.waitsAt("first-review");
        assertThat(row(as("reviewer").get(bulk), one)).contains("已办理");
        for (ApplicantsCase done : List.of(one, other)) {
            assertThat(db.queryForObject(
                            "select count(*) from opinions where case_number = ? and step = 'first-review' and account = 'reviewer' and outcome = 'approve'",
                            Long.class,
                            done.number()))
                    .isEqualTo(1);
            assertThat(db.queryForObject(
                            "select count(*) from deciding_acts where case_number = ? and step = 'first-review' and account = 'reviewer'",
                            Long.class,
                            done.number()))
                    .isEqualTo(1);
            assertThat(kinds(done, "reviewer")).contains("bulk-chosen", "first-review");
            assertThat(as("senior-reviewer")
                            .get("/officers/cases/" + done.number())
                            .body())
                    .contains("材料齐全，同意。");
        }
        assertThat(db.queryForObject(
                        "select count(*) from bulk_approvals where sealed_opinion is not null and not is_open",
                        Long.class))
                .as("the words are each case's own now")
                .isZero();
        assertThat(row(as("senior-reviewer").get(at("second-review")), one))
                .as("and the next step has them on offer")
                .contains("checked");
    }

    @Test
    void whatWaitsIsTakenBackOneByOneOrAsAWholeAndNeverAfterwards() {
        ApplicantsCase one = awardToReview(), two = awardToReview(), three = awardToReview(), mine = awardToReview();
        mine.claim("reviewer", "first-review").is(204);
        String bulk = together("reviewer", "first-review", "", one, two, three, mine);
        Visitor reviewer = as("reviewer");
        Answer page = reviewer.get(bulk);
        String item = row(page, one).replaceAll("(?s).*name=\"item\" value=\"(\\d+)\".*", "$1");
        assertThat(as("reviewer2")
                        .form(
                                bulk + "/taken-back",
                                "item=" + item,
                                as("reviewer2").get("/"))
                        .status())
                .as("another's")
                .isNotEqualTo(302);
        reviewer.form(bulk + "/taken-back", "item=" + item, page);
        assertThat(row(reviewer.get(bulk), one)).contains("已撤回");
        assertThat(one.task("reviewer2", "first-review").get("assignee").isNull())
                .as("whoever may take it can")
                .isTrue();
        reviewer.form(bulk + "/taken-back", "", page);
        assertThat(reviewer.get(bulk).body()).contains("已撤回").doesNotContain("take-back\"");
        assertThat(mine.task("reviewer", "first-review").get("assignee").asText())
                .as("what was his before stays his")
                .isEqualTo("reviewer");
        city.passes("PT20M");
        for (ApplicantsCase still : List.of(one, two, three, mine)) still.waitsAt("first-review");
        assertThat(kinds(one, "reviewer")).contains("bulk-chosen", "bulk-taken-back");

        String again = together("reviewer", "first-review", "", two);
        city.passes("PT11M");
        two.waitsAt("second-review");
        reviewer.form(again + "/taken-back", "", reviewer.get("/officers/tasks"));
        assertThat(reviewer.get(again).body()).contains("已经办理或已经撤回，不能再撤回。");
        two.waitsAt("second-review");
    }

    @Test
    void whateverAPersonHasToLookAtIsLeftOutWithItsReason() {
        ApplicantsCase partial = city.checked("skills-award", "partial"),
                late = city.checked("skills-award", "refused"),
                recorded = awardToReview(),
                disputed = awardToReview(),
                plain = awardToReview();
        recorded.records("reviewer", "contractMonths", 36);
        disputed.records("reviewer", "contractMonths", 35);
        late.done("reviewer", "first-review", "approve", Map.of("waive", "LATE", "opinion", "证书延迟送达。"));
        plain.done("reviewer", "first-review", "approve");
        recorded.done("reviewer", "first-review", "approve");
        Answer first = as("reviewer").get(at("first-review"));
        assertThat(leftOut(first, disputed)).contains("申请人所填与数据来源不一致");
        assertThat(leftOut(first, partial)).contains("并非全部予以支持：晋江技能人才奖励");
        Answer second = as("senior-reviewer").get(at("second-review"));
        assertThat(leftOut(second, late)).contains("此前有人豁免理由");
        assertThat(leftOut(second, recorded)).contains("由经办人核实后记录");
        assertThat(row(second, plain)).contains("checkbox");
        String crafted = "key=" + UUID.randomUUID() + "&scheme=skills-award&step=second-review&shown="
                + late.task("senior-reviewer", "second-review").get("id").asText() + encode(":500000,")
                + plain.task("senior-reviewer", "second-review").get("id").asText() + encode(":1");
        Visitor senior = as("senior-reviewer");
        Answer sent = senior.form("/officers/bulk", crafted, senior.get(at("second-review")));
        Answer made = senior.get(sent.location().replaceFirst("^http://[^/]+", ""));
        assertThat(row(made, late)).contains("未办理", "此前有人豁免理由");
        assertThat(row(made, plain)).as("not at the sum that was never shown").contains("金额与选择时显示的不同");
        assertThat(plain.task("senior-reviewer", "second-review")
                        .get("assignee")
                        .isNull())
                .isTrue();
    }

    private static String leftOut(Answer page, ApplicantsCase of) {
        int list = page.body().indexOf("id=\"left-out\"");
        assertThat(list).as("something is left out").isPositive();
        return Stream.of(page.body().substring(list).split("govuk-summary-list__row"))
                .filter(row -> row.contains(of.number()))
                .findFirst()
                .orElse("");
    }

    @Test
    void whatChangesMeanwhileIsLeftOutAloneAndGivenBack() {
        ApplicantsCase taken = awardToReview(),
                withdrawn = awardToReview(),
                proven = awardToReview(),
                recused = awardToReview();
        List<ApplicantsCase> fine = List.of(awardToReview(), awardToReview(), awardToReview());
        Visitor reviewer = as("reviewer");
        Answer page = reviewer.get(at("first-review"));
        List<ApplicantsCase> all = new ArrayList<>(fine);
        all.addAll(List.of(taken, withdrawn, proven, recused));
        String form = ticked(page, "同意。", all.toArray(ApplicantsCase[]::new));
        taken.claim("reviewer2", "first-review").is(204);
        withdrawn.withdrawal().is(200);
        String bulk = reviewer.form("/officers/bulk", form, page).location().replaceFirst("^http://[^/]+", "");
        Answer chosen = reviewer.get(bulk);
        assertThat(row(chosen, taken)).contains("未办理", "已被他人领取");
        assertThat(row(chosen, withdrawn)).contains("未办理", "刚刚已由他人领取或办理");

        proven.records("reviewer", "contractMonths", 35);
        PageForm.on(
                        reviewer.get("/officers/cases/" + recused.number()),
                        "/officers/cases/" + recused.number() + "/recusal")
                .with("reason", "申请人是我的大学同学")
                .send(reviewer);
        city.passes("PT11M");
        Answer done = reviewer.get(bulk);
        assertThat(row(done, proven)).contains("未办理", "申请人所填与数据来源不一致");
        assertThat(row(done, recused)).contains("已撤回", "任务已退回");
        fine.forEach(one -> one.waitsAt("second-review"));
        taken.waitsAt("first-review");
        proven.waitsAt("first-review");
        recused.waitsAt("first-review");
        assertThat(proven.task("reviewer2", "first-review").get("assignee").isNull())
                .isTrue();
        assertThat(recused.hasTask("reviewer2", "first-review")).isTrue();
        assertThat(taken.task("reviewer2", "first-review").get("assignee").asText())
                .isEqualTo("reviewer2");
        assertThat(done.body()).as("the others").contains("3 件，合计");
    }

    @Test
    void pressedTwiceItIsOneAndNobodyElsesIsTouched() throws Exception {
        ApplicantsCase one = awardToReview(), other = awardToReview();
        Visitor reviewer = as("reviewer");
        Answer page = reviewer.get(at("first-review"));
        String form = ticked(page, "", one, other);
        Visitor[] windows = {reviewer, as("reviewer")};
        Answer[] pages = {page, windows[1].get(at("first-review"))};
        List<Answer> answers = atOnce(2, n -> windows[n].form("/officers/bulk", form, pages[n]));
        assertThat(answers).extracting(Answer::status).containsOnly(302);
        assertThat(answers.get(0).location()).isEqualTo(answers.get(1).location());
        assertThat(db.queryForObject("select count(*) from bulk_items where case_number = ?", Long.class, one.number()))
                .isEqualTo(1);
        String bulk = answers.get(0).location().replaceFirst("^http://[^/]+", "");
        for (String someoneElse : List.of("reviewer2", "senior-reviewer", "leader"))
            assertThat(as(someoneElse).get(bulk).status()).as(someoneElse).isEqualTo(404);
        assertThat(reviewer.form("/officers/bulk", form.replaceAll("key=[^&]*", "key=x"), page)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void twoOfficersChooseTheSameAtTheSameSecondAndEachCaseIsOnes() throws Exception {
        List<ApplicantsCase> both = List.of(awardToReview(), awardToReview(), awardToReview(), awardToReview());
        Visitor[] people = {as("reviewer"), as("reviewer2")};
        Answer[] pages = {people[0].get(at("first-review")), people[1].get(at("first-review"))};
        List<Answer> sent = atOnce(
                2,
                n -> people[n].form(
                        "/officers/bulk", ticked(pages[n], "", both.toArray(ApplicantsCase[]::new)), pages[n]));
        assertThat(sent)
                .extracting(Answer::status)
                .allSatisfy(status -> assertThat(status).isIn(302, 422));
        city.passes("PT11M");
        for (ApplicantsCase one : both) {
            one.waitsAt("second-review");
            assertThat(db.queryForObject(
                            "select count(*) from bulk_items where case_number = ? and state = 'done'",
                            Long.class,
                            one.number()))
                    .isEqualTo(1);
            assertThat(db.queryForObject(
                            "select count(*) from deciding_acts where case_number = ? and step = 'first-review'",
                            Long.class,
                            one.number()))
                    .isEqualTo(1);
        }
    }

    @Test
    void anOpinionThatIsTooLongTakesNothingAndStays() {
        ApplicantsCase one = awardToReview(), other = awardToReview();
        Visitor reviewer = as("reviewer");
        Answer page = reviewer.get(at("first-review"));
        String words = "同".repeat(10_001);
        Answer refused = reviewer.form("/officers/bulk", ticked(page, words, one), page);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("意见请在10000字以内。", words);
        assertThat(row(refused, one)).contains("checked=\"checked\"");
        assertThat(row(refused, other)).contains("checkbox").doesNotContain("checked=\"checked\"");
        assertThat(one.task("reviewer", "first-review").get("assignee").isNull())
                .isTrue();
        Answer nothing = reviewer.form("/officers/bulk", ticked(page, ""), page);
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.body()).contains("请至少选择一件。");
        String many = "key=" + UUID.randomUUID() + "&scheme=skills-award&step=first-review&shown=";
        StringBuilder shown = new StringBuilder();
        for (int n = 0; n < 501; n++) shown.append(n).append(":1,");
        Answer tooMany = reviewer.form("/officers/bulk", many + encode(shown.toString()), page);
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.body()).contains("一次最多办理 500 件");
    }

    @Test
    void whoHasCompletedOrGivenBackOneByItselfHasTakenItOut() {
        ApplicantsCase done = awardToReview(), back = awardToReview(), waits = awardToReview();
        String bulk = together("reviewer", "first-review", "一并同意。", done, back, waits);
        done.withOpinion("reviewer", "first-review", "reject").waitsAt("second-review");
        city.call(
                        "reviewer",
                        HttpMethod.POST,
                        "/api/tasks/"
                                + back.task("reviewer", "first-review")
                                        .get("id")
                                        .asText() + "/release",
                        null)
                .is(204);
        back.claim("reviewer", "first-review").is(204);
        Answer page = as("reviewer").get(bulk);
        assertThat(row(page, done)).contains("已办理", "已逐件办理");
        assertThat(row(page, back)).contains("已撤回", "任务已退回");
        city.passes("PT11M");
        back.waitsAt("first-review");
        waits.waitsAt("second-review");
        assertThat(db.queryForObject(
                        "select outcome from opinions where case_number = ? and step = 'first-review'",
                        String.class,
                        done.number()))
                .isEqualTo("reject");
    }

    @Test
    void whoMayNotActTogetherGetsNoPage() {
        for (String outside : List.of(
                "applicant",
                "employer",
                "supervisor",
                "expert1",
                "auditor",
                "policy-admin",
                "policy-approver",
                "admin"))
            for (String path : List.of("/officers/bulk", at("first-review"), "/officers/bulk/1")) {
                assertThat(as(outside).get(path).status()).as(outside + path).isEqualTo(403);
                assertThat(as(outside)
                                .form(
                                        "/officers/bulk",
                                        "scheme=skills-award&step=first-review",
                                        as(outside).get("/"))
                                .status())
                        .as(outside)
                        .isEqualTo(403);
                assertThat(as(outside)
                                .form(
                                        "/officers/bulk/1/taken-back",
                                        "",
                                        as(outside).get("/"))
                                .status())
                        .as(outside)
                        .isEqualTo(403);
            }
        assertThat(new Visitor(port).get("/officers/bulk").location()).endsWith("/sign-in");
        ApplicantsCase one = awardToReview();
        String shown = "key=" + UUID.randomUUID() + "&scheme=skills-award&step=first-review&shown="
                + one.task("reviewer", "first-review").get("id").asText() + encode(":500000");
        for (String other : List.of("intake", "senior-reviewer", "leader", "finance", "finance-approver")) {
            Visitor officer = as(other);
            assertThat(officer.get(at("first-review")).body()).as(other).doesNotContain(one.number());
            assertThat(officer.form("/officers/bulk", shown, officer.get("/officers/bulk"))
                            .status())
                    .as(other)
                    .isEqualTo(422);
        }
        assertThat(one.task("reviewer", "first-review").get("assignee").isNull())
                .isTrue();
    }

    @Test
    void aMakerMakesABatchAndACheckerChecksItAsAWhole() {
        ApplicantsCase one = awardToReview(), other = awardToReview();
        for (ApplicantsCase award : List.of(one, other)) award.reviewedByBoth();
        one.noticed();
        other.waitsAt("decision");
        together("leader", "decision", "", one, other);
        city.passes("PT11M");
        assertThat(one.paymentStatuses()).containsExactly("due", "due");

        String made = togetherAll("finance", "payment-make", one, other);
        city.passes("PT9M");
        assertThat(one.paymentStatuses()).containsOnly("due");
        city.passes("PT2M");
        assertThat(one.paymentStatuses()).containsOnly("made");
        assertThat(other.paymentStatuses()).containsOnly("made");

        Visitor checker = as("finance-approver");
        Answer offers = checker.get("/officers/bulk");
        String number = made.replaceAll(".*/", "");
        assertThat(offers.body()).contains("第 " + number + " 批制单");
        Answer batch = checker.get(at("payment-approve") + "&batch=" + number);
        assertThat(batch.body()).contains("4 件，合计", one.number(), other.number());
        Answer sent = checker.form("/officers/bulk", tickedAll(batch, one, other), batch);
        city.passes("PT11M");
        assertThat(one.paymentStatuses()).isSubsetOf("approved", "sent");
        assertThat(other.paymentStatuses()).isSubsetOf("approved", "sent");
        assertThat(checker.form(sent.location().replaceFirst("^http://[^/]+", "") + "/taken-back", "", batch)
                        .status())
                .isEqualTo(302);
        assertThat(one.paymentStatuses()).as("never after").isSubsetOf("approved", "sent");
    }

    private String togetherAll(String who, String step, ApplicantsCase... cases) {
        Visitor officer = as(who);
        Answer page = officer.get(at(step));
        Answer sent = officer.form("/officers/bulk", tickedAll(page, cases), page);
        return sent.location().replaceFirst("^http://[^/]+", "");
    }

    /** Every box of these cases: one of each payment. */
    private String tickedAll(Answer page, ApplicantsCase... cases) {
        StringBuilder form = new StringBuilder(ticked(page, ""));
        for (ApplicantsCase one : cases)
            for (String row : page.body().split("<tr"))
                if (row.contains(one.number()) && row.contains("id=\"in-"))
                    form.append("&in=").append(row.replaceAll("(?s).*id=\"in-([^\"]+)\".*", "$1"));
        return form.toString();
    }

    @Test
    void anOpinionThatDoesNotOpenStopsNobodyElse() {
        ApplicantsCase damaged = awardToReview(), whole = awardToReview();
        String first = together("reviewer", "first-review", "材料齐全", damaged);
        String second = together("reviewer2", "first-review", "与原件一致", whole);
        db.update(
                "update bulk_approvals set sealed_opinion = (select o.sealed_opinion from bulk_approvals o where o.id = ?) where id = ?",
                Long.valueOf(second.replaceFirst(".*/", "")),
                Long.valueOf(first.replaceFirst(".*/", "")));
        city.passes("PT11M");
        whole.waitsAt("second-review");
        damaged.waitsAt("first-review");
        assertThat(row(as("reviewer").get(first), damaged)).contains("未办理");
        assertThat(damaged.hasTask("reviewer2", "first-review"))
                .as("given back")
                .isTrue();
    }

    @Test
    void whatAnotherNodeHasInHandIsLeftToItAndNothingIsOnRecordAsRefused() {
        ApplicantsCase one = awardToReview();
        String bulk = together("reviewer", "first-review", "", one);
        elsewhere.executeWithoutResult(other -> {
            db.queryForList("select id from bulk_items where case_number = ? for update", one.number());
            city.passes("PT11M");
        });
        one.waitsAt("first-review");
        assertThat(row(as("reviewer").get(bulk), one)).doesNotContain("未办理");
        city.passes("PT1M");
        one.waitsAt("second-review");
        assertThat(audit.search(new AuditLog.Search(one.number(), null, null, null, null), 0, 100)
                        .entries())
                .extracting(AuditEntry::kind)
                .isNotEmpty()
                .doesNotContain("refused-attempt");
    }

    @Test
    void whoeverIsLockedMeanwhileApprovesNothing() {
        ApplicantsCase one = awardToReview();
        String bulk = together("reviewer2", "first-review", "", one);
        db.update("update accounts set locked = true where name = 'reviewer2'");
        try {
            city.passes("PT11M");
        } finally {
            db.update("update accounts set locked = false where name = 'reviewer2'");
        }
        assertThat(row(as("reviewer2").get(bulk), one))
                .as("what he held went back to its group")
                .contains("任务已退回，不再等待");
        one.waitsAt("first-review");
        assertThat(one.hasTask("reviewer", "first-review")).isTrue();
    }

    /** Takes, gives back, completes, approves in bulk and takes back by whoever comes, in an order that the seed draws. */
    @Test
    void whateverHappensNobodyDecidesTwiceInACaseAndNoTaskIsLeftThatNobodyMayTake() {
        Map<String, List<String>> officers = Map.of(
                "first-review", List.of("reviewer", "reviewer2"),
                "second-review", List.of("senior-reviewer", "senior-reviewer2"));
        Random drawn = new Random(176);
        List<ApplicantsCase> all = new ArrayList<>();
        for (int n = 0; n < 8; n++) all.add(awardToReview());
        for (int n = 0; n < 120; n++) {
            ApplicantsCase one = all.get(drawn.nextInt(all.size()));
            String step = drawn.nextBoolean() ? "first-review" : "second-review";
            String who = officers.get(step).get(drawn.nextInt(2));
            int what = drawn.nextInt(10);
            if (what == 9) city.passes("PT4M");
            else if (what >= 6) inBulk(who, step, all, drawn);
            else if (what == 5) takesBack(who);
            else if (one.hasTask(who, step)) single(one, who, step, what);
        }
        city.passes("PT11M");
        for (ApplicantsCase one : all) {
            assertThat(db.queryForList(
                            "select account from deciding_acts where case_number = ? group by account having count(distinct step) > 1",
                            one.number()))
                    .as("one person in two steps of " + one.number())
                    .isEmpty();
            String step = one.stage();
            if (officers.containsKey(step))
                assertThat(officers.get(step)).as(one.number()).anyMatch(who -> one.hasTask(who, step));
            else assertThat(step).isEqualTo("public-notice");
        }
        assertThat(db.queryForObject("select count(*) from bulk_items where waiting_task is not null", Long.class))
                .isZero();
    }

    private void single(ApplicantsCase one, String who, String step, int what) {
        String path = "/api/tasks/" + one.task(who, step).get("id").asText();
        switch (what) {
            case 0, 1 -> city.call(who, HttpMethod.POST, path + "/claim", null);
            case 2, 3 -> city.call(who, HttpMethod.POST, path + "/release", null);
            default -> city.call(who, HttpMethod.POST, path + "/completion", Map.of("outcome", "approve"));
        }
    }

    private void inBulk(String who, String step, List<ApplicantsCase> all, Random drawn) {
        Visitor officer = as(who);
        Answer page = officer.get(at(step));
        ApplicantsCase[] some = all.stream()
                .filter(one -> row(page, one).contains("id=\"in-") && drawn.nextInt(3) > 0)
                .toArray(ApplicantsCase[]::new);
        if (some.length > 0) officer.form("/officers/bulk", ticked(page, "", some), page);
    }

    private void takesBack(String who) {
        Visitor officer = as(who);
        Answer page = officer.get("/officers/bulk");
        Matcher mine = Pattern.compile("/officers/bulk/\\d+").matcher(page.body());
        if (mine.find()) officer.form(mine.group() + "/taken-back", "", page);
    }

    private static <T> List<T> atOnce(int many, IntFunction<T> call) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(many);
        CountDownLatch ready = new CountDownLatch(many);
        try {
            List<Future<T>> answers = new ArrayList<>();
            for (int n = 0; n < many; n++) {
                int which = n;
                answers.add(people.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.apply(which);
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> answer : answers) all.add(answer.get());
            return all;
        } finally {
            people.shutdownNow();
        }
    }
}
