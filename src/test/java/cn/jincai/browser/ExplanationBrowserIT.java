package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CityClock;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Why exactly, and the rules in full, as people read them: on a desk and on a phone, in both languages. */
@CaseTest
class ExplanationBrowserIT {
    private static final Path PICTURES = Path.of("target", "pictures");

    @LocalServerPort
    int port;

    @Autowired
    CityClock clock;

    @Autowired
    City city;

    private String address;

    @BeforeEach
    void address() {
        address = "http://127.0.0.1:" + port;
    }

    @Test
    void theScreenersAnswerIsExplainedConditionByCondition() {
        for (String language : List.of("zh", "en")) {
            try (var visitor = Browser.desktop(address)) {
                visitor.goTo("/?lang=" + language);
                var told = Map.of(
                        "employerType", "PRIVATE_ENTERPRISE",
                        "employerRegion", "JINJIANG",
                        "inPost", "true",
                        "contractMonths", "36",
                        "insuredMonthsConsecutive", "4",
                        "unemploymentInsuredMonths", "40",
                        "certificateLevel", "THREE",
                        "certificateIssuedOn", clock.today().minusMonths(2).toString());
                Screened.answers(visitor, told);
                Page page = visitor.goTo("/screener/skills-award/explanation");
                assertThat(page.locator("main"))
                        .containsText(language.equals("zh") ? "再增加2个月（达到6个月）" : "2 months more (6 months)");
                assertThat(page.locator("main"))
                        .containsText(
                                language.equals("zh")
                                        ? "您的情况：在晋江最近连续参保月数：4个月"
                                        : "In your case: Latest unbroken months of insurance in Jinjiang: 4 months");
                assertThat(page.locator("main table").first())
                        .containsText(language.equals("zh") ? "2,000 元" : "CNY 2,000");
                page.locator("main details > summary").all().forEach(com.microsoft.playwright.Locator::click);
                assertThat(page.locator("main"))
                        .containsText(
                                language.equals("zh")
                                        ? "累计缴纳失业保险费36个月以上"
                                        : "Insured against unemployment with 36 months or more");
                Assertions.assertThat(page.url()).doesNotContain("?");
                visitor.looksRightWideAndNarrow();
                visitor.picture(PICTURES.resolve("explanation-" + language + ".png"));
            }
        }
    }

    @Test
    void aCaseIsExplainedToItsApplicantAndToItsOfficer() {
        String number = city.checked("talent-recognition", "refused").number();
        for (String language : List.of("zh", "en")) {
            try (var applicant = Browser.phone(address).signIn("applicant");
                    var officer = Browser.desktop(address).signIn("reviewer")) {
                applicant.goTo("/?lang=" + language);
                Page own = applicant.goTo("/cases/" + number);
                own.click("a[href$='/explanation']");
                assertThat(own.locator("main")).containsText(language.equals("zh") ? "您的情况：" : "In your case:");
                assertThat(own.locator("main")).not().containsText(language.equals("zh") ? "查明：" : "Found:");
                applicant.looksRight().picture(PICTURES.resolve("case-explained-applicant-" + language + ".png"));
                officer.goTo("/?lang=" + language);
                Page file = officer.goTo("/officers/cases/" + number);
                file.click("a[href$='/explanation']");
                assertThat(file.locator("main")).containsText(language.equals("zh") ? "依据：" : "By:");
                assertThat(file.locator("main nav li")).hasCount(2);
                officer.looksRight().picture(PICTURES.resolve("case-explained-officer-" + language + ".png"));
                officer.goTo("/officers/cases/" + number + "/explanation?n=1");
                officer.looksRight();
            }
        }
    }

    @Test
    void anybodyReadsTheRulesInFull() {
        for (String language : List.of("zh", "en")) {
            try (var visitor = Browser.desktop(address)) {
                visitor.goTo("/?lang=" + language);
                for (String scheme : List.of("talent-recognition", "recruitment-subsidy", "skills-award")) {
                    visitor.goTo("/schemes/" + scheme + "/rules");
                    visitor.looksRightWideAndNarrow();
                    visitor.goTo("/schemes/" + scheme + "/rules/differences");
                    visitor.looksRightWideAndNarrow();
                }
                Page page = visitor.goTo("/schemes/skills-award");
                page.click("a[href$='/rules']");
                assertThat(page.locator("main"))
                        .containsText(
                                language.equals("zh")
                                        ? "在晋江最近连续参保月数少于6个月（连续参保至少）的，不予支持。"
                                        : "If Latest unbroken months of insurance in Jinjiang is below 6 months (Unbroken insurance at least): refused.");
                assertThat(page.locator("#value-unemploymentInsuredMonthsAtLeast svg text"))
                        .hasCount(3);
                assertThat(page.locator("#value-unemploymentInsuredMonthsAtLeast"))
                        .containsText(language.equals("zh") ? "12个月" : "12 months");
                visitor.picture(PICTURES.resolve("rules-" + language + ".png"));
            }
        }
    }
}
