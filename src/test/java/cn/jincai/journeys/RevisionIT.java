package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.document.IssuedDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.journeys.City.Answer;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.revision.Rechecks;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;

/** What comes after a decision: begun by one, signed by another, told by a numbered document, and the first decision stays as it was. */
@CaseTest
@Tag("issue-17.14")
class RevisionIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "原文无误，不予更正。");

    @Autowired
    City city;

    @LocalServerPort
    int port;

    @Autowired
    IssuedDocuments issued;

    @Autowired
    Rechecks rechecks;

    @Autowired
    JdbcTemplate db;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private ApplicantsCase decided() {
        return city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
    }

    private static String revisions(ApplicantsCase file) {
        return "/api/cases/" + file.number() + "/revisions";
    }

    private Map<String, Object> correction(ApplicantsCase file) {
        return new HashMap<>(Map.of(
                "kind",
                "correction",
                "reason",
                "WRITTEN_WRONGLY",
                "words",
                "窗口录入时写错一字，经核对身份证件。",
                "wrong",
                file.show().get("answers").get("name").asText(),
                "right",
                "王晓雁"));
    }

    private Answer begins(String who, ApplicantsCase file, Map<String, Object> body) {
        return city.call(who, HttpMethod.POST, revisions(file), body);
    }

    private JsonNode seenBy(String who, ApplicantsCase file) {
        return city.call(who, HttpMethod.GET, revisions(file), null).is(200).body();
    }

    private static List<String> documents(ApplicantsCase file, String kind) {
        return StreamSupport.stream(file.show().get("documents").spliterator(), false)
                .filter(d -> d.path("kind").asText().equals(kind))
                .map(d -> d.path("name").asText())
                .toList();
    }

    @Test
    void aWordOfTheDecisionIsCorrectedByANumberedDocumentAndTheDecisionStays() {
        ApplicantsCase file = decided();
        JsonNode before = file.show().get("decision");
        begins("reviewer2", file, correction(file)).is(204);
        assertThat(file.stage()).as("the case itself stays where it is").isEqualTo("payment-make");
        assertThat(seenBy("leader", file).get(0).get("words").asText()).startsWith("窗口录入");

        file.done("leader", "revision-signature", "sign");
        JsonNode matter = seenBy("auditor", file).get(0);
        assertThat(matter.get("outcome").asText()).isEqualTo("carried-out");
        assertThat(matter.get("said").findValuesAsText("account")).containsExactly("leader");
        String number = matter.get("documentNumber").asText();
        assertThat(number).matches("晋才更〔2026〕\\d+号");
        assertThat(documents(file, "correction")).containsExactly(number);
        assertThat(file.show().get("decision")).isEqualTo(before);
        assertThat(file.show().get("timeline").toString()).contains(number);
    }

    /** What the document of this kind that was issued last says. */
    private String printed(ApplicantsCase file, String kind) throws IOException {
        CaseNumber number = new CaseNumber(file.number());
        IssuedDocument last = issued.of(number).stream()
                .filter(d -> d.kind().equals(kind))
                .reduce((a, b) -> b)
                .orElseThrow();
        try (var document = Loader.loadPDF(issued.pdf(number, last.id()))) {
            return new PDFTextStripper().getText(document).replaceAll("\\R", "");
        }
    }

    @Test
    void anOfficerBeginsItOnTheCaseFileAndTheApplicantFindsItBesideTheDecision() throws IOException {
        ApplicantsCase file = decided();
        String page = "/officers/cases/" + file.number(), begin = page + "/revisions";
        String name = file.show().get("answers").get("name").asText();
        Visitor officer = new Visitor(port).signIn("reviewer2");
        Visitor.Answer refused = PageForm.on(officer.get(page), begin, "correction")
                .with("wrong", "决定书里没有的文字")
                .with("right", "王晓雁")
                .with("words", "写错一字。")
                .send(officer);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#f-reason\"").doesNotContain("revision.wrong");
        Visitor.Answer begun = PageForm.on(refused, begin, "correction")
                .with("reason", "WRITTEN_WRONGLY")
                .with("wrong", name)
                .send(officer);
        assertThat(begun.status()).as(begun.body()).isEqualTo(302);
        assertThat(officer.get(page).body()).contains("写错一字。").doesNotContain("name=\"kind\" value=\"correction\"");
        assertThat(new Visitor(port).signIn("auditor").get(page).body()).doesNotContain(begin + "\"");

        file.done("leader", "revision-signature", "sign");
        String number = documents(file, "correction").get(0);
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + file.number())
                        .body())
                .contains("本决定书已于", number);
        assertThat(officer.get(page).body()).contains(number, "本决定书已于");
        assertThat(printed(file, "correction")).contains(number, name, "王晓雁", "文字书写", "行政复议");
        assertThat(printed(file, "decision")).contains(name).doesNotContain("王晓雁");
    }

    @Test
    void whoBeganItCantSignAndWhatIsDeclinedLeavesTheDecisionAlone() {
        ApplicantsCase file = decided();
        begins("reviewer2", file, correction(file)).is(204);
        assertThat(file.does("leader", "revision-signature", "decline", Map.of())
                        .code())
                .isEqualTo("REQUIRED");
        file.done("leader", "revision-signature", "decline", WHY);
        assertThat(seenBy("reviewer", file).get(0).get("outcome").asText()).isEqualTo("dropped");
        assertThat(documents(file, "correction")).isEmpty();
        begins("reviewer2", file, correction(file)).is(204);
    }

    @Test
    void everybodyElseIsKeptOut() {
        ApplicantsCase file = decided();
        for (String who :
                List.of("applicant", "applicant2", "employer", "intake", "leader", "finance", "auditor", "admin"))
            assertThat(begins(who, file, correction(file)).status()).as(who).isIn(403, 404);
        assertThat(city.call(null, HttpMethod.POST, revisions(file), correction(file))
                        .status())
                .isEqualTo(401);
        for (String who : List.of("applicant", "applicant2", "expert1", "policy-admin"))
            assertThat(city.call(who, HttpMethod.GET, revisions(file), null).status())
                    .as(who)
                    .isIn(403, 404);
        assertThat(seenBy("reviewer", file)).isEmpty();
    }

    @Test
    void whatCantBeCorrectedIsSaidInWordsAndNothingIsBegun() {
        ApplicantsCase open = city.checked("skills-award", "granted");
        assertThat(begins("reviewer", open, correction(open)).is(409).code()).isEqualTo("NOT_DECIDED");
        ApplicantsCase file = decided();
        Map<String, Object> sum = correction(file);
        sum.put(
                "wrong",
                file.show()
                        .get("decision")
                        .get("benefits")
                        .get(0)
                        .get("amountFen")
                        .asText());
        assertThat(begins("reviewer2", file, sum).is(422).body().toString()).contains("NOT_SAID");
        Map<String, Object> empty = new HashMap<>(Map.of("kind", "correction"));
        assertThat(begins("reviewer2", file, empty).is(422).body().toString())
                .contains("\"reason\"", "\"words\"", "\"wrong\"", "\"right\"");
        assertThat(begins("reviewer2", file, Map.of("kind", "annulment"))
                        .is(422)
                        .body()
                        .toString())
                .contains("correction");
        Map<String, Object> same = correction(file);
        same.put("right", same.get("wrong"));
        assertThat(begins("reviewer2", file, same).is(422).body().toString()).contains("THE_SAME");
        Map<String, Object> endless = correction(file);
        endless.put("words", "长".repeat(350_000));
        assertThat(begins("reviewer2", file, endless).status()).isIn(413, 422);
        assertThat(seenBy("reviewer2", file)).isEmpty();
    }

    @Test
    void ofTwoAtTheSameSecondOneIsBegun() throws Exception {
        ApplicantsCase file = decided();
        Map<String, Object> body = correction(file);
        List<Answer> answers =
                together(List.of(() -> begins("reviewer2", file, body), () -> begins("senior-reviewer", file, body)));
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
        assertThat(answers.stream()
                        .filter(a -> a.status() == 409)
                        .findFirst()
                        .orElseThrow()
                        .code())
                .isEqualTo("ONE_AT_A_TIME");
        assertThat(seenBy("leader", file)).hasSize(1);
        assertThat(city.tasks("leader", file.number(), "revision-signature")).hasSize(1);
    }

    private static Map<String, Object> revocation(String reason, String... benefits) {
        return new HashMap<>(Map.of(
                "kind",
                "revocation",
                "reason",
                reason,
                "words",
                "经查，提交的证书系伪造，发证机构已书面说明。",
                "benefits",
                List.of(benefits)));
    }

    private static Map<String, Object> outcome(String result, String... benefits) {
        return new HashMap<>(Map.of(
                "kind",
                "review-outcome",
                "reason",
                "RECONSIDERATION",
                "words",
                "市政府已作出行政复议决定，见所附决定书。",
                "result",
                result,
                "benefits",
                List.of(benefits)));
    }

    private List<String> granted(ApplicantsCase file) {
        return StreamSupport.stream(file.show().get("decision").get("benefits").spliterator(), false)
                .filter(b -> b.get("outcome").asText().equals("granted"))
                .map(b -> b.get("code").asText())
                .toList();
    }

    private String page(ApplicantsCase file) {
        return new Visitor(port)
                .signIn("applicant")
                .get("/cases/" + file.number())
                .body();
    }

    private Answer isHeard(ApplicantsCase file, String words) {
        return city.call(
                "applicant", HttpMethod.POST, "/api/cases/" + file.number() + "/answer", Map.of("text", words));
    }

    @Test
    void aDecisionIsRevokedAfterTheApplicantWasHeardByOthersThanWhoDecidedAndWhatWasPaidIsToBeRepaid()
            throws IOException {
        ApplicantsCase file = decided().paid().paid().isClosed("granted");
        String[] benefits = granted(file).toArray(String[]::new);
        assertThat(benefits).hasSize(2);
        begins("reviewer2", file, revocation("FRAUD", benefits)).is(204);
        file.isClosed("granted");
        assertThat(seenBy("leader", file).get(0).get("hearing").asBoolean()).isTrue();
        assertThat(file.show().get("timeline").toString()).contains("陈述意见");
        assertThat(file.hasTask("senior-reviewer2", "revision-review")).isFalse();
        assertThat(page(file)).contains("本件已办结，拟对原决定作出变更（", "请您在5个工作日内陈述意见。");
        isHeard(file, "证书是真的，我可以提供原件。").is(204);
        assertThat(isHeard(file, "再说一遍。").is(409).code()).isEqualTo("NO_HEARING");

        assertThat(file.hasTask("senior-reviewer", "revision-review"))
                .as("who reviewed the case does not weigh this where another can")
                .isFalse();
        file.claim("senior-reviewer2", "revision-review").is(204);
        file.done("senior-reviewer2", "revision-review", "propose");
        file.done("leader", "revision-signature", "sign");

        JsonNode matter = seenBy("auditor", file).get(0);
        assertThat(matter.get("documentNumber").asText()).matches("晋才撤〔2026〕\\d+号");
        assertThat(matter.get("said").findValuesAsText("account")).containsExactly("senior-reviewer2", "leader");
        assertThat(documents(file, "revocation")).hasSize(1);
        assertThat(page(file))
                .contains(
                        "jc-where--ended",
                        "决定中有待遇已于",
                        "见下面的" + documents(file, "revocation").get(0))
                .doesNotContain("您不用再做什么");
        assertThat(printed(file, "revocation")).contains("自始不再享受", "应退回的款项", "行政许可法");
        assertThat(begins("reviewer2", file, revocation("FRAUD", benefits))
                        .is(409)
                        .code())
                .as("nothing is left to revoke")
                .isEqualTo("NOTHING_IN_FORCE");
        long paid = StreamSupport.stream(file.show().get("payments").spliterator(), false)
                .mapToLong(p -> p.get("amountFen").asLong())
                .sum();
        assertThat(paid).isPositive();
        assertThat(db.queryForObject(
                        "select sum(o.amount_fen) from repayment_orders o join revisions r on r.id = o.revision_id where r.case_number = ?",
                        Long.class,
                        file.number()))
                .isEqualTo(paid);
    }

    @Test
    void whoSaysNothingIsWeighedAllTheSameAfterFiveWorkingDaysAndWhatIsDroppedChangesNothing() {
        ApplicantsCase file = decided().paid().paid();
        begins("reviewer2", file, revocation("GRANTED_BY_MISTAKE", granted(file).get(0)))
                .is(204);
        city.passes("P6D");
        assertThat(file.hasTask("senior-reviewer2", "revision-review")).isFalse();
        city.passes("P2D");
        assertThat(isHeard(file, "我来晚了。").status()).isEqualTo(409);
        assertThat(file.does("senior-reviewer2", "revision-review", "drop", Map.of())
                        .status())
                .as("what goes against who began it needs words")
                .isEqualTo(422);
        file.withOpinion("senior-reviewer2", "revision-review", "drop");
        assertThat(seenBy("reviewer2", file).get(0).get("outcome").asText()).isEqualTo("dropped");
        assertThat(documents(file, "revocation")).isEmpty();
        begins("reviewer2", file, revocation("FRAUD", granted(file).get(0))).is(204);
    }

    @Test
    void nothingIsRevokedWhileAPaymentIsOnItsWay() {
        ApplicantsCase file = decided();
        begins("reviewer2", file, revocation("FRAUD", granted(file).get(0))).is(204);
        isHeard(file, "请核实。").is(204);
        file.done("senior-reviewer2", "revision-review", "propose");
        assertThat(file.does("leader", "revision-signature", "sign", Map.of())
                        .is(409)
                        .code())
                .isEqualTo("PAYMENT_ON_ITS_WAY");
        assertThat(seenBy("leader", file).get(0).has("outcome")).isFalse();
        assertThat(documents(file, "revocation")).isEmpty();
        file.paid().paid();
        file.done("leader", "revision-signature", "sign");
        assertThat(documents(file, "revocation")).hasSize(1);
    }

    @Test
    void theResultOfAReconsiderationIsCarriedOut() throws IOException {
        ApplicantsCase upheld = decided();
        begins("reviewer2", upheld, outcome("upheld")).is(204);
        upheld.done("leader", "revision-signature", "sign");
        assertThat(documents(upheld, "review-outcome")).hasSize(1);
        assertThat(upheld.show().get("timeline").toString()).contains("维持");

        ApplicantsCase revoked = decided().paid().paid();
        assertThat(begins("reviewer2", revoked, outcome("annulled"))
                        .is(422)
                        .body()
                        .toString())
                .contains("upheld, revoked");
        assertThat(begins("reviewer2", revoked, outcome("revoked"))
                        .is(422)
                        .body()
                        .toString())
                .contains("benefits");
        begins("reviewer2", revoked, outcome("revoked", granted(revoked).get(0)))
                .is(204);
        revoked.done("leader", "revision-signature", "sign");
        assertThat(printed(revoked, "review-outcome")).contains("结果：撤销", "行政复议法");
        assertThat(printed(upheld, "review-outcome")).contains("结果：维持");
        assertThat(page(revoked)).contains("复议、诉讼结果已于", "决定是维持还是撤销").doesNotContain("您不用再做什么");
        begins("reviewer2", revoked, revocation("FRAUD", granted(revoked).get(1)))
                .is(204);
    }

    @Test
    void aRecognitionIsLookedAtAgainAYearAfterItsDecision() throws IOException {
        ApplicantsCase talent = city.checked("talent-recognition", "granted").reviewedByBoth();
        if (talent.stage().equals("leader-review")) talent.done("leader", "leader-review", "approve");
        talent.noticedAndSigned().isClosed("granted");
        rechecks.begin();
        assertThat(seenBy("auditor", talent)).as("not before its time").isEmpty();
        city.at("2027-04-07T09:00");
        rechecks.begin();
        assertThat(seenBy("auditor", talent)).hasSize(1);
        assertThat(rechecks.begin()).as("once").isZero();
        assertThat(talent.hasTask("reviewer", "recheck"))
                .as("by another than the first reviewer")
                .isFalse();
        talent.done("reviewer2", "recheck", "confirm").done("leader", "revision-signature", "sign");
        assertThat(printed(talent, "recheck")).contains("仍符合条件，继续享受");
        assertThat(page(talent)).as("what was confirmed stands").contains("本件已办结：予以支持");
        assertThat(talent.show().get("timeline").toString()).contains("仍符合");

        city.at("2028-04-12T09:00");
        rechecks.begin();
        talent.withOpinion("reviewer2", "recheck", "end");
        isHeard(talent, "我仍在晋江工作。").is(204);
        talent.done("senior-reviewer2", "revision-review", "propose").done("leader", "revision-signature", "sign");
        assertThat(documents(talent, "recheck")).hasSize(2);
        assertThat(page(talent)).contains("决定中有待遇不再延续").doesNotContain("本件已办结：予以支持");
        assertThat(printed(talent, "recheck")).contains("享受至2028年4月30日为止");
        assertThat(db.queryForObject(
                        "select ended_on from decided_benefits where case_number = ? and benefit = 'RECOGNITION'",
                        java.time.LocalDate.class,
                        talent.number()))
                .isEqualTo("2028-04-30");
    }

    private interface Step {
        Answer take();
    }

    private static List<Answer> together(List<Step> steps) throws Exception {
        CyclicBarrier start = new CyclicBarrier(steps.size());
        List<Future<Answer>> running = new ArrayList<>();
        var people = Executors.newFixedThreadPool(steps.size());
        try {
            for (Step step : steps)
                running.add(people.submit(() -> {
                    start.await();
                    return step.take();
                }));
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) answers.add(one.get());
            return answers;
        } finally {
            people.shutdown();
        }
    }
}
