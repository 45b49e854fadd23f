package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.review.discretion.Discretion;
import cn.jincai.review.discretion.LikeCases;
import cn.jincai.web.Visitor;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reviewers decide beside the assessment: with a kind of reason and words, seen by supervisors, told to the person with its article, and with like cases before their eyes. */
@CaseTest
@Tag("issue-17.8")
class DiscretionIT {
    private static final Map<String, Object> REFUSAL = Map.of("reject", "CITY_AWARD", "opinion", "与规定不符");
    private static final Map<String, Object> OF_DOUBT =
            Map.of("reject", "CITY_AWARD", "opinion", "证书疑似变造", "overrideReason", "doubtful");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Ties ties;

    @Autowired
    Accounts accounts;

    @Autowired
    Discretion discretion;

    @Autowired
    LikeCases likeCases;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aMondayInMarch() {
        city.at("2026-03-02T09:00");
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    @Test
    void beyondTheAssessmentNobodyDecidesWithoutAKindOfReason() {
        var award = city.checked("skills-award", "granted");
        for (Map<String, Object> wrong : List.of(
                Map.<String, Object>of("reject", "CITY_AWARD", "opinion", "与规定不符", "overrideReason", ""),
                Map.<String, Object>of(
                        "reject", "CITY_AWARD", "opinion", "与规定不符", "overrideReason", "none-of-the-list"),
                Map.<String, Object>of("reject", "CITY_AWARD", "overrideReason", "doubtful"))) {
            assertThat(award.does("reviewer", "first-review", "approve", wrong)
                            .is(422)
                            .body()
                            .toString())
                    .contains(wrong.containsKey("opinion") ? "overrideReason" : "opinion");
            award.waitsAt("first-review");
        }
        award.done("reviewer", "first-review", "approve", OF_DOUBT);
        assertThat(db.sql("select kind || ' ' || about || ' ' || reason from overrides where case_number = ?")
                        .param(award.number())
                        .query(String.class)
                        .list())
                .containsExactly("refused CITY_AWARD doubtful");
    }

    @Test
    void whoAgreesWithTheRulesIsAskedForNone() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        assertThat(db.sql("select count(*) from overrides where case_number = ?")
                        .param(award.number())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void supervisorsSeeWhoDecidesBesideTheAssessmentHowOftenAndWhy() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve", OF_DOUBT);
        Visitor supervisor = as("supervisor");
        assertThat(supervisor.get("/officers/discretion").body()).contains("裁量监督", "不予支持测算可以支持的待遇", "材料真实性存疑");
        String behind = "/officers/discretion/cases?account=reviewer&kind=refused&reason=doubtful";
        assertThat(supervisor.get(behind).body())
                .contains(award.number(), "材料真实性存疑")
                .doesNotContain("变造");
        long before = refused();
        ties.recuse(accounts.actor("supervisor"), Role.SUPERVISOR, new CaseNumber(award.number()), "与申请人相识");
        assertThat(supervisor.get(behind).body()).doesNotContain(award.number());
        assertThat(refused()).as("nor is it counted").isEqualTo(before - 1);
        for (String account : List.of("reviewer", "senior-reviewer", "leader", "intake", "finance", "applicant"))
            for (String path : List.of("/officers/discretion", behind))
                assertThat(as(account).get(path).status()).as(account + path).isEqualTo(403);
        assertThat(as("auditor").get("/officers/discretion").status()).isEqualTo(200);
    }

    /** As the supervisor reads it. */
    private long refused() {
        return discretion.counts(accounts.actor("supervisor")).stream()
                .filter(c -> c.account().equals("reviewer") && c.kind().code().equals("refused"))
                .mapToLong(Discretion.Count::count)
                .sum();
    }

    @Test
    void aPanelIsComparedOnlyWithReviewsBeforeIt() {
        var award = city.checked("skills-award", "granted");
        long before = agreement().panels();
        panel(award, "approve");
        try {
            city.at("2026-03-03T09:00");
            award.withOpinion("reviewer", "first-review", "approve");
            assertThat(agreement().panels()).as("he knew what it had come to").isEqualTo(before);
            city.at("2026-03-04T09:00");
            panel(award, "reject");
            assertThat(agreement().panels()).isEqualTo(before + 1);
        } finally {
            db.sql("delete from panels where case_number = ?")
                    .param(award.number())
                    .update();
        }
    }

    private void panel(ApplicantsCase file, String result) {
        db.sql(
                        "insert into panels (case_number, level, result, opened_at, decided_at) values (:number, 1, :result, :now, :now)")
                .param("number", file.number())
                .param("result", result)
                .param("now", clock.timestamp())
                .update();
    }

    private Discretion.Agreement agreement() {
        return discretion.agreement(accounts.actor("auditor")).stream()
                .filter(a -> a.account().equals("reviewer"))
                .findFirst()
                .orElse(new Discretion.Agreement("reviewer", 0, 0, 0, 0, 0, 0));
    }

    @Test
    void howOftenTheNextReviewerComesToTheSameIsCounted() {
        var before = agreement();
        city.checked("skills-award", "granted").reviewedByBoth();
        assertThat(agreement().reviews()).isEqualTo(before.reviews() + 1);
        assertThat(agreement().agreed()).isEqualTo(before.agreed() + 1);
        city.checked("skills-award", "granted")
                .done("reviewer", "first-review", "approve", REFUSAL)
                .withOpinion("senior-reviewer", "second-review", "approve");
        assertThat(agreement().reviews()).isEqualTo(before.reviews() + 2);
        assertThat(agreement().agreed()).isEqualTo(before.agreed() + 1);
    }

    @Test
    void aGrantByWaiverIsCalledOneInTheDecisionWithItsArticle() {
        var award = city.checked("skills-award", "refused").waitsAt("first-review");
        String waivable = "LATE";
        Map<String, Object> waiver =
                Map.of("waive", waivable, "opinion", "台风停运期间无法提交", "overrideReason", "beyond-control");
        award.done("reviewer", "first-review", "approve", waiver)
                .done("senior-reviewer", "second-review", "approve", waiver)
                .done("leader", "leader-review", "approve", waiver)
                .noticed()
                .signedWithGrounds();
        assertThat(as("supervisor").get("/officers/discretion").body()).contains("豁免理由", "不可抗力等正当事由");
    }

    private List<LikeCases.Before> before(String account, ApplicantsCase file) {
        return likeCases.of(accounts.actor(account), new CaseNumber(file.number())).stream()
                .flatMap(a -> a.before().stream())
                .toList();
    }

    @Test
    void howLikeCasesWereDecidedStandsInTheFileWithoutNames() {
        var first = city.checked("skills-award", "refused").waitsAt("first-review");
        first.withOpinion("reviewer", "first-review", "reject")
                .withOpinion("senior-reviewer", "second-review", "reject")
                .done("leader", "decision", "sign")
                .isClosed("refused");
        city.at("2026-03-09T09:00");
        var second = city.checked("skills-award", "refused").waitsAt("first-review");
        String file = as("reviewer").get("/officers/cases/" + second.number()).body();
        String alike = file.substring(file.indexOf("id=\"like-cases\""));
        alike = alike.substring(0, alike.indexOf("</section>"));
        assertThat(alike).contains("类案", "2026年3月2日", "不予支持").doesNotContain("name");
        assertThat(alike).contains(first.number());
        assertThat(as("applicant").get("/cases/" + second.number()).body()).doesNotContain("类案");
        assertThat(before("finance", second))
                .as("whoever may not open it is told neither number nor day")
                .anySatisfy(b -> {
                    assertThat(b.number()).isNull();
                    assertThat(b.decidedOn()).isNull();
                    assertThat(b.month()).isEqualTo(YearMonth.parse("2026-03"));
                });
        int all = before("finance", second).size();
        ties.recuse(accounts.actor("reviewer"), Role.REVIEWER, new CaseNumber(first.number()), "与申请人相识");
        assertThat(before("reviewer", second))
                .as("from a case that is not for him he is told nothing")
                .noneMatch(b -> new CaseNumber(first.number()).equals(b.number()));
        assertThat(all).isPositive();
    }
}
