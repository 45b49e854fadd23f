package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.assessment.explanation.AmountSheet;
import cn.jincai.assessment.explanation.AmountSheets;
import cn.jincai.kernel.Status;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.web.Visitor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Somebody looks for what he can get: by a word, and by the table of who gets how much. */
@CaseTest
@Tag("issue-18.1")
class FrontIT {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @LocalServerPort
    int port;

    @Autowired
    Packages packages;

    @Autowired
    AmountSheets amounts;

    private List<AmountSheet> sheets(String scheme) {
        PolicyPackage pack = packages.inForce(scheme);
        return amounts.read(pack, pack.rulesetOn(DAY), DAY);
    }

    @Test
    void theTableOfASchemeSaysEachLevelWithItsSumAndWhereItComesFrom() {
        List<AmountSheet> skills = sheets("skills-award");
        assertThat(skills).extracting(AmountSheet::benefit).containsExactly("UPGRADE_SUBSIDY", "CITY_AWARD");
        assertThat(skills.get(0).lines()).extracting(AmountSheet.Line::fen).containsExactly(100000L, 150000L, 200000L);
        assertThat(skills.get(0).lines()).allMatch(l -> l.status() == Status.SOURCED);
        assertThat(skills.get(1).lines())
                .extracting(AmountSheet.Line::fen)
                .containsExactly(100000L, 300000L, 500000L, 800000L, 1000000L);
        assertThat(skills.get(1).lines()).allMatch(l -> l.status() == Status.ILLUSTRATIVE);
        assertThat(skills.get(1).lines().get(4).when().zh()).contains("首席技师");
        assertThat(sheets("talent-recognition"))
                .as("a status by its level, an allowance by the month")
                .anySatisfy(s -> assertThat(s.lines()).allMatch(l -> l.fen() == null))
                .allSatisfy(s -> assertThat(s.lines())
                        .allSatisfy(l -> assertThat(l.gives().in(java.util.Locale.ENGLISH))
                                .isNotBlank()
                                .doesNotContainPattern("\\p{IsHan}")));
    }

    @Test
    void eachSchemeThatPaysHasATableAndItsPageShowsIt() {
        for (PolicyPackage pack : packages.offered()) {
            String page = new Visitor(port).get("/schemes/" + pack.scheme()).body();
            assertThat(sheets(pack.scheme())).as(pack.scheme()).isNotEmpty();
            assertThat(page).as(pack.scheme()).contains("id=\"amounts\"");
        }
        assertThat(new Visitor(port).get("/schemes/skills-award").body()).contains("10,000 元", "示例");
    }

    @Test
    void aSchemeIsFoundByWhatPeopleCallIt() {
        assertThat(found("高级工")).contains("/schemes/skills-award").doesNotContain("/schemes/recruitment-subsidy");
        assertThat(found("博士")).contains("/schemes/recruitment-subsidy").doesNotContain("/schemes/skills-award\"");
        assertThat(found("TECHNICIAN")).as("the other language, large letters").contains("/schemes/skills-award");
        assertThat(found("技师 补贴")).as("both words").contains("/schemes/skills-award");
        assertThat(found("　，、")).as("no word at all").contains("/schemes/skills-award", "/schemes/recruitment-subsidy");
    }

    @Test
    void whatIsNotFoundIsSaidWithAWayOnAndNothingTypedBecomesAPage() {
        assertThat(found("渔船<script>alert(1)</script>"))
                .contains("没有找到", "/screener")
                .doesNotContain("<script>alert");
        assertThat(found("长".repeat(500))).contains("没有找到");
    }

    private String found(String words) {
        Visitor.Answer page = new Visitor(port).get("/schemes?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
        assertThat(page.status()).isEqualTo(200);
        return page.body().substring(page.body().indexOf("id=\"found\""));
    }
}
