package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.journeys.City.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.springframework.http.HttpMethod;

/** One case on its way, moved by the people of the demo. */
public class ApplicantsCase {
    private static final byte[] PAPER = paper();
    private static final List<String> REVIEWS = List.of("first-review", "second-review", "leader-review");

    private final City city;
    private final String number;
    private final String scheme;
    private final String applicant;

    ApplicantsCase(City city, String number, String scheme) {
        this(city, number, scheme, "applicant");
    }

    /** @param applicant who sent it: an employer's clerk where the employer applies */
    public ApplicantsCase(City city, String number, String scheme, String applicant) {
        this.applicant = applicant;
        this.city = city;
        this.number = number;
        this.scheme = scheme;
    }

    public String number() {
        return number;
    }

    public JsonNode show() {
        return shownTo(applicant).is(200).body();
    }

    public Answer shownTo(String who) {
        return city.call(who, HttpMethod.GET, "/api/cases/" + number, null);
    }

    public String stage() {
        return show().get("stage").asText();
    }

    public ApplicantsCase waitsAt(String stage) {
        assertThat(stage()).isEqualTo(stage);
        return this;
    }

    public ApplicantsCase isClosed(String outcome) {
        JsonNode file = show();
        assertThat(List.of(file.get("stage").asText(), file.get("outcome").asText()))
                .containsExactly("closed", outcome);
        return this;
    }

    /** Uploads every paper that the scheme lists. */
    void papers() {
        for (JsonNode need : city.scheme(scheme).get("documents"))
            attach(need.get("code").asText());
    }

    public void attach(String need) {
        attach(need, 201);
    }

    void attach(String need, int expected) {
        uploads(need).is(expected);
    }

    Answer uploads(String need) {
        return city.upload(applicant, "/api/cases/" + number + "/documents", Map.of("need", need), "paper.pdf", PAPER);
    }

    public Answer answers(Map<String, Object> patch) {
        return city.call(
                applicant,
                HttpMethod.PATCH,
                "/api/cases/" + number + "/answers",
                patch,
                Map.of("If-Match", shownTo(applicant).etag()));
    }

    public Answer submission() {
        return city.call(applicant, HttpMethod.POST, "/api/cases/" + number + "/submission", Map.of());
    }

    public Answer withdrawal() {
        return withdrawal(null);
    }

    Answer withdrawal(String reason) {
        return city.call(
                applicant,
                HttpMethod.POST,
                "/api/cases/" + number + "/withdrawal",
                reason == null ? Map.of() : Map.of("reason", reason));
    }

    /** Answers each thing that was asked: papers are uploaded again, answers stay or are given by the patch before. */
    public ApplicantsCase suppliesWhatWasAsked() {
        List<String> papers = StreamSupport.stream(
                        city.scheme(scheme).get("documents").spliterator(), false)
                .map(d -> d.get("code").asText())
                .toList();
        for (JsonNode asked : show().get("asked"))
            if (papers.contains(asked.get("item").asText()))
                attach(asked.get("item").asText());
        submission().is(200);
        city.passes("PT1M");
        return this;
    }

    public JsonNode task(String who, String stage) {
        List<JsonNode> tasks = city.tasks(who, number, stage);
        assertThat(tasks)
                .as(who + " at " + stage + ", the case is at " + stage())
                .isNotEmpty();
        return tasks.get(0);
    }

    public boolean hasTask(String who, String stage) {
        return !city.tasks(who, number, stage).isEmpty();
    }

    public Answer claim(String who, String stage) {
        return city.call(
                who, HttpMethod.POST, "/api/tasks/" + task(who, stage).get("id").asText() + "/claim", null);
    }

    /** Claims where nobody has, and completes; the answer is looked at by the caller. */
    public Answer does(String who, String stage, String outcome, Map<String, Object> fields) {
        JsonNode task = task(who, stage);
        String id = task.get("id").asText();
        if (task.path("assignee").isNull() || task.path("assignee").isMissingNode()) {
            Answer claimed = city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/claim", null);
            if (claimed.status() != 204) return claimed;
        }
        Map<String, Object> body = new HashMap<>(fields);
        body.put("outcome", outcome);
        if (REVIEWS.contains(stage)
                && (outcome.equals("reject") || body.containsKey("waive") || body.containsKey("reject")))
            body.putIfAbsent("overrideReason", "other");
        return city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/completion", body);
    }

    public ApplicantsCase done(String who, String stage, String outcome) {
        return done(who, stage, outcome, Map.of());
    }

    public ApplicantsCase done(String who, String stage, String outcome, Map<String, Object> fields) {
        does(who, stage, outcome, fields).is(204);
        return this;
    }

    public ApplicantsCase withOpinion(String who, String stage, String outcome) {
        return done(who, stage, outcome, Map.of("opinion", "情况属实，理由如上。"));
    }

    public Answer records(String who, String fact, Object value) {
        return city.call(
                who,
                HttpMethod.POST,
                "/api/cases/" + number + "/facts",
                Map.of("name", fact, "value", value, "note", "已核对原件"));
    }

    public ApplicantsCase reviewedByBoth() {
        return done("reviewer", "first-review", "approve").done("senior-reviewer", "second-review", "approve");
    }

    /** Signed where people refused or waived: the person is told the grounds of each benefit. */
    public ApplicantsCase signedWithGrounds() {
        Map<String, String> grounds = new HashMap<>();
        for (JsonNode b : show().get("assessment").get("benefits"))
            grounds.put(b.get("code").asText(), "经核查，理由如上。");
        return done("leader", "decision", "sign", Map.of("grounds", grounds));
    }

    /** Through the notice, nobody objecting. */
    public ApplicantsCase noticed() {
        waitsAt("public-notice");
        city.passes("P15D");
        return this;
    }

    public ApplicantsCase noticedAndSigned() {
        return noticed().done("leader", "decision", "sign");
    }

    public ApplicantsCase paid() {
        city.passes("PT1M");
        done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT1M");
        city.bank("accept");
        city.passes("PT1M");
        return this;
    }

    public List<String> paymentStatuses() {
        return StreamSupport.stream(show().get("payments").spliterator(), false)
                .map(p -> p.get("status").asText())
                .toList();
    }

    public JsonNode benefit(String code) {
        for (JsonNode b : show().get("decision").get("benefits"))
            if (b.get("code").asText().equals(code)) return b;
        throw new IllegalArgumentException(code);
    }

    public JsonNode notice() {
        for (JsonNode n : city.call(null, HttpMethod.GET, "/api/notices?size=100", null)
                .is(200)
                .body()
                .get("items")) {
            if (n.get("number").asText().equals(number)) return n;
        }
        throw new IllegalStateException("no notice of " + number);
    }

    public Answer objection(String text) {
        return city.call(
                null,
                HttpMethod.POST,
                "/api/notices/" + notice().get("id").asLong() + "/objections",
                Map.of("name", "王五", "contact", "13900000001", "text", text));
    }

    public ObjectNode answersAsTold() {
        return (ObjectNode) show().get("answers");
    }

    public static byte[] paper() {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            pdf.addPage(new PDPage());
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
