package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.process.bulk.BulkApprovals;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

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

    @Autowired
    BulkApprovals bulks;

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
}
