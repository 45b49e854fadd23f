package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Finance's pages, in both languages, for those whom they concern. */
@CaseTest
class FinancePagesIT {
    @LocalServerPort
    int port;

    @Autowired
    BeanFactory city;

    @Test
    void financeSeesEachPageInBothLanguages() {
        var finance = new Visitor(port).signIn("finance");
        for (String page : List.of("/finance", "/finance/budget", "/finance/batches", "/finance/runs")) {
            assertThat(finance.get(page).status()).as(page).isEqualTo(200);
            String english = finance.get(page + "?lang=en").body();
            assertThat(english).contains("lang=\"en").doesNotContain("??");
            String chinese = finance.get(page + "?lang=zh").body();
            assertThat(chinese).contains("财务").doesNotContain("??");
        }
        assertThat(finance.get("/finance/payments/999999999").status()).isEqualTo(404);
        assertThat(finance.get("/finance/batches/999999999").status()).isEqualTo(404);
        assertThat(finance.get("/finance/runs/none").status()).isEqualTo(404);
        assertThat(finance.get("/finance?case=nonsense").body()).contains("没有这个办件号", "href=\"#f-case\"");
        assertThat(finance.get("/finance?case=JC2001000001").body()).contains("暂无");
    }

    @Test
    void othersDoNot() {
        for (String who : List.of("applicant", "reviewer", "leader", "admin")) {
            var visitor = new Visitor(port).signIn(who);
            for (String page : List.of("/finance", "/finance/budget", "/finance/batches", "/finance/runs"))
                assertThat(visitor.get(page).status()).as(who + " " + page).isEqualTo(403);
        }
        assertThat(new Visitor(port).get("/finance").location()).contains("/sign-in");
    }

    @Test
    void aBudgetIsEnteredAndWhatIsWrongIsSaidBesideTheField() {
        var finance = new Visitor(port).signIn("finance");
        var page = finance.get("/finance/budget");
        assertThat(finance.form("/finance/budget", "fund=TALENT_FUND&year=2040&sum=1,000,000.5", page)
                        .status())
                .isEqualTo(302);
        assertThat(finance.get("/finance/budget").body()).contains("2040", "1,000,000.50");
        for (String wrong : List.of(
                "fund=TALENT_FUND&year=40&sum=1",
                "fund=TALENT_FUND&year=2040&sum=-1",
                "fund=TALENT_FUND&year=2040&sum=1.005",
                "fund=OTHER&year=2040&sum=1",
                "fund=TALENT_FUND&year=1999&sum=1"))
            assertThat(finance.form("/finance/budget", wrong, page).body())
                    .as(wrong)
                    .contains("govuk-error-summary");
        var auditor = new Visitor(port).signIn("auditor");
        assertThat(auditor.get("/finance/budget").body())
                .doesNotContain("<form method=\"post\" action=\"/finance/budget\"");
        assertThat(auditor.form("/finance/budget", "fund=TALENT_FUND&year=2041&sum=1", auditor.get("/finance"))
                        .status())
                .isEqualTo(403);
    }
}
