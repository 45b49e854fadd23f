package cn.jincai.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser.Visitor;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.policy.SecondOpinion;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Running cases and a new version, as the two who decide see it: both versions drawn beside each other, the step that is missing in red. */
@CaseTest
@Tag("issue-17.15")
class VersionMovesBrowserIT {
    private static final String SCHEME = "skills-award";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Packages packages;

    private PolicyOffice office;
    private String before;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        office = new PolicyOffice(context);
        before = packages.inForce(SCHEME).hash();
    }

    @AfterEach
    void theFormerPackageIsPutBackInForce() {
        city.at("2026-03-02T09:00");
        if (!packages.inForce(SCHEME).hash().equals(before)) office.putsBack(SCHEME, before);
    }

    private String inForce(SortedMap<String, byte[]> files) {
        String own = Long.toString(System.nanoTime(), 36);
        PolicyOffice.change(files, "common/review.bpmn", "name=\"初审\"", "name=\"初审" + own + "\"");
        String hash = office.uploads(files);
        office.putsBack(SCHEME, hash);
        return hash;
    }

    @Test
    void aMoveIsTriedOnBothDiagramsDecidedByTwoAndWatched() {
        String from = inForce(SecondOpinion.addedTo(new TreeMap<>(CityPackages.FOLDERS.files(SCHEME))));
        city.checked(SCHEME, "granted").waitsAt("second-opinion");
        ApplicantsCase early = city.submitted(SCHEME, "granted").waitsAt("acceptance");
        inForce(new TreeMap<>(CityPackages.FOLDERS.files(SCHEME)));
        try (Visitor admin = Browser.desktop(address()).signIn("policy-admin");
                Visitor approver = Browser.phone(address()).signIn("policy-approver")) {
            admin.goTo("/admin/moves");
            admin.looksRight();
            admin.page().click("a[href*='from=" + from + "']");
            assertThat(admin.page().locator("main")).containsText("新版本中没有这一环节");
            assertThat(admin.page().locator("[data-diagram] .jc-wrong[data-element-id='second-opinion']"))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
            assertThat(admin.page().locator("[data-diagram] .jc-badge").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
            admin.looksRightWideAndNarrow();
            admin.picture(Path.of("target/pictures/versions-trial.png"));
            admin.page().fill("#reason", "按新政策取消第二意见");
            admin.page().locator("form[action='/admin/moves'] button").click();
            String move = admin.page().url().replaceFirst("^https?://[^/]+", "");

            approver.goTo(move);
            approver.looksRight();
            approver.page().locator("form[action$='/approve'] button").click();
            assertThat(approver.page().locator("main")).containsText("已审定");
            city.passes("PT1S");
            approver.goTo(move);
            assertThat(approver.page().locator("main")).containsText("已转入 1 件，保留 1 件");
            assertThat(approver.page().locator("main")).containsText(early.number());
            approver.looksRight();
            approver.picture(Path.of("target/pictures/versions-moved.png"));
            approver.english().goTo(move);
            assertThat(approver.page().locator("main")).containsText("a step that the new version does not have");
            approver.looksRight();
            approver.page().locator("form[action$='/undo'] button").click();
            city.passes("PT1S");
            approver.goTo(move);
            assertThat(approver.page().locator("main")).containsText("Undone as a whole");
        }
        try (Visitor admin = Browser.desktop(address()).signIn("admin")) {
            admin.goTo("/admin/failures");
            admin.looksRightWideAndNarrow();
            admin.picture(Path.of("target/pictures/versions-failures.png"));
        }
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
