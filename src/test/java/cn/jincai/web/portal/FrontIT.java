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

    @Test
    void homeBeginsWithThePersonAndLeadsToWhatIsThereForHim() {
        String home = new Visitor(port).get("/").body();
        assertThat(home.indexOf("我是")).isPositive().isLessThan(home.indexOf("role=\"search\""));
        assertThat(home).contains("博士硕士", "持证技能人才", "高层次人才", "高校毕业生", "用人单位", "帮别人办", "12333");
        assertThat(of("postgraduates"))
                .contains("/schemes/recruitment-subsidy", "/schemes/talent-recognition")
                .doesNotContain("/schemes/skills-award\"");
        assertThat(of("certificate-holders")).contains("/schemes/skills-award", "最高 10,000 元", "示例", "15 个工作日");
    }

    /** Whom a scheme is for stands in its own data: one that is offered tomorrow is there without a line of ours. */
    @Test
    void eachSchemeStandsUnderTheKindsOfPeopleThatItNamesAndNoOther() {
        List<PolicyPackage> offered = packages.offered();
        for (var entry : packages.registers().inForce(DAY, "audiences")) {
            String page = of(entry.code());
            for (PolicyPackage pack : offered)
                assertThat(page.contains("href=\"/schemes/" + pack.scheme() + "\""))
                        .as(pack.scheme() + " for " + entry.code())
                        .isEqualTo(pack.catalogue().front().audiences().contains(entry.code()));
        }
    }

    @Test
    void forWhomNothingIsOfferedIsToldSoAndWhatToDo() {
        assertThat(of("on-behalf")).contains("本人申请", "12333").doesNotContain("目前没有面向");
        for (var entry : packages.registers().inForce(DAY, "audiences"))
            if (!entry.code().equals("on-behalf")
                    && packages.offered().stream()
                            .noneMatch(p -> p.catalogue().front().audiences().contains(entry.code())))
                assertThat(of(entry.code())).as(entry.code()).contains("目前没有面向", "/screener", "12333");
        assertThat(of("nobody%22%3E")).as("no such kind: all of them").contains("/schemes/skills-award");
    }

    @Test
    void theCounterOfTheDemoSaysThatItIsOneAndWithoutOneNoneIsMadeUp() {
        assertThat(new Visitor(port).get("/schemes/skills-award").body())
                .containsAnyOf("窗口地址和办公时间尚未公布", "演示窗口（不是真实地址）");
    }

    @Test
    void thePageOfASchemeLeavesNoQuestionOpen() {
        for (PolicyPackage pack : packages.offered())
            assertThat(new Visitor(port).get("/schemes/" + pack.scheme()).body())
                    .as(pack.scheme())
                    .contains("id=\"papers\"", "id=\"way\"", "id=\"examples\"", "id=\"ask\"", "id=\"basis\"")
                    .contains("og:title", "og:url")
                    .doesNotContain("??");
        for (String scheme : List.of("talent-recognition", "recruitment-subsidy", "skills-award")) {
            String page = new Visitor(port).get("/schemes/" + scheme).body();
            assertThat(page).as(scheme).contains("3 个工作日内", "公示", "拨付");
            assertThat(page.substring(page.indexOf("id=\"examples\""), page.indexOf("id=\"ask\"")))
                    .as("worked cases of " + scheme + " without gaps")
                    .doesNotContain("…", "—", "{");
        }
        String skills = new Visitor(port).get("/schemes/skills-award").body();
        assertThat(skills).contains("自主创业的不用", "每个人都要", "能都拿吗", "不在该项待遇范围内");
        Visitor english = new Visitor(port);
        english.get("/?lang=en");
        assertThat(english.get("/schemes/skills-award").body())
                .contains("not if you work for yourself", "within 3 working days", "Can I have both");
    }

    private String of(String audience) {
        Visitor.Answer page = new Visitor(port).get("/schemes?for=" + audience);
        assertThat(page.status()).isEqualTo(200);
        return page.body().substring(page.body().indexOf("<main"), page.body().indexOf("</main>"));
    }

    private String found(String words) {
        Visitor.Answer page = new Visitor(port).get("/schemes?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
        assertThat(page.status()).isEqualTo(200);
        return page.body().substring(page.body().indexOf("id=\"found\""));
    }
}
