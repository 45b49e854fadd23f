package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.payment.HousingScheme;
import cn.jincai.payment.Runs;
import cn.jincai.policy.PolicyOffice;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Whoever waits for a place of the year reads at which place he stands, on a desk and on a phone, in both languages; so does whoever looks at his case. */
@CaseTest
@Tag("issue-16")
class LineForAPlaceBrowserIT {
    private static final String SCHEME = "housing-in-line";

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Runs runs;

    @LocalServerPort
    int port;

    @BeforeEach
    void onePlaceAYear() {
        int year = runs.list().stream()
                .findFirst()
                .map(r -> r.opensOn().getYear() + 1)
                .orElse(2026);
        city.at(year + "-11-02T09:00");
        new PolicyOffice(context)
                .publishes(
                        SCHEME,
                        HousingScheme.withPlaces(SCHEME, "always: {is: 1, status: ILLUSTRATIVE, source: order}"));
    }

    @AfterEach
    void theSchemeIsNoMore() {
        new PolicyOffice(context).forgets(SCHEME);
    }

    private ApplicantsCase approved() {
        ApplicantsCase file = city.submitted(SCHEME, "granted");
        city.passes("PT1M");
        return file.done("reviewer", "first-review", "approve");
    }

    @Test
    void thePlaceInLineStandsOnThePageOfTheCaseAndIsTold() {
        String address = "http://127.0.0.1:" + port;
        approved().waitsAt("decision");
        approved().waitsAt("waits-in-line");
        ApplicantsCase third = approved().waitsAt("waits-in-line");
        for (String language : List.of("zh", "en"))
            try (var applicant = Browser.desktop(address).signIn("applicant")) {
                applicant.goTo("/?lang=" + language);
                Page page = applicant.goTo("/cases/" + third.number());
                assertThat(page.locator("main")).containsText(language.equals("zh") ? "第2位" : "Place 2");
                applicant.looksRightWideAndNarrow();
                Page inbox = applicant.goTo("/inbox");
                assertThat(inbox.locator("main")).containsText(language.equals("zh") ? "您排第2位" : "at place 2");
            }
    }
}
