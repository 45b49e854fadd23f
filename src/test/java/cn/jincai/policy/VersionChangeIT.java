package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.process.RunningCases;
import cn.jincai.review.ReviewTasks;
import cn.jincai.web.Visitor;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The rules change while cases run: who has applied finds the rules and the diagram of that day to the end, whoever applies now gets the new ones. */
@CaseTest
class VersionChangeIT {
    private static final String SCHEME = "skills-award";

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Packages packages;

    @Autowired
    RunningCases running;

    @Autowired
    ReviewTasks desk;

    @LocalServerPort
    int port;

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
        city.at("2026-03-02T09:00"); // of the day on which it was replaced, or the other would be in force in between
        if (!packages.inForce(SCHEME).hash().equals(before)) office.putsBack(SCHEME, before);
    }

    /** From today a leader reviews whatever is above 1 000 yuan, and the diagram calls the first review otherwise. */
    private String stricter() {
        SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.files(SCHEME));
        PolicyOffice.change(files, "scheme.yaml", "leaderAboveFen: 5000000", "leaderAboveFen: 100000");
        PolicyOffice.change(
                files, "common/review.bpmn", "id=\"first-review\" name=\"初审\"", "id=\"first-review\" name=\"初审（新）\"");
        return office.uploads(files);
    }

    @Test
    void aRunningCaseIsPaidByTheRulesOfItsDayAndANewOneGoesByTheNewRules() {
        var under = city.checked(SCHEME, "granted").waitsAt("first-review");
        var draft = city.drafted(SCHEME, "granted");
        long runningBefore = running.of(before);
        String after = stricter();
        office.putsBack(SCHEME, after);
        assertThat(running.of(before)).isEqualTo(runningBefore);

        var fresh = city.checked(SCHEME, "granted").waitsAt("first-review");
        draft.submission().is(200);
        draft.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        assertThat(running.of(after))
                .as("a draft moves on to the package in force")
                .isEqualTo(2);
        assertThat(running.at(after, "common/review.bpmn")).containsEntry("first-review", 2);

        under.reviewedByBoth().waitsAt("public-notice");
        fresh.reviewedByBoth().waitsAt("leader-review");
        draft.reviewedByBoth().waitsAt("leader-review");
        fresh.done("leader", "leader-review", "approve").waitsAt("public-notice");
        city.passes("P15D");
        under.done("leader", "decision", "sign").paid().paid().isClosed("granted");
        fresh.done("leader", "decision", "sign").paid().paid().isClosed("granted");
        draft.waitsAt("leader-review");
    }

    @Test
    void aCaseOfTheNewPackageKeepsItWhenTheFormerOneIsPutBack() {
        office.putsBack(SCHEME, stricter());
        var between = city.checked(SCHEME, "granted").done("reviewer", "first-review", "approve");
        office.putsBack(SCHEME, before);
        var again = city.checked(SCHEME, "granted").reviewedByBoth().waitsAt("public-notice");
        between.done("senior-reviewer", "second-review", "approve").waitsAt("leader-review");
        assertThat(again.stage()).isEqualTo("public-notice");
    }

    /** It is handed in as an official would; people find it among their tasks, and the law's limits hold for it as for each step that decides. */
    @Test
    void aSchemeAddsAStepOfItsOwnAndACaseGoesThroughIt() {
        String version = office.uploads(SecondOpinion.addedTo(CityPackages.FOLDERS.files(SCHEME)));
        office.putsBack(SCHEME, version);
        var award = city.checked(SCHEME, "granted").waitsAt("second-opinion");
        office.putsBack(SCHEME, before);
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + award.number())
                        .body())
                .contains("待第二意见");
        assertThat(award.hasTask("reviewer", "second-opinion")).isFalse();
        assertThat(award.does("supervisor", "second-opinion", "approve", Map.of())
                        .code())
                .isEqualTo("INVALID");
        assertThat(award.does("supervisor", "second-opinion", "against", Map.of())
                        .body()
                        .toString())
                .contains("opinion", "REQUIRED");
        award.withOpinion("supervisor", "second-opinion", "against");
        city.passes("PT1M");
        award.waitsAt("second-opinion")
                .done("supervisor", "second-opinion", "in-favour")
                .waitsAt("first-review");
        assertThat(award.shownTo("reviewer").body().get("timeline").toString())
                .contains("第二意见：不赞成", "Second opinion: in favour");
        Actor everybody = new Actor("supervisor", Set.of(Role.values()));
        var review =
                new TaskRef("t", Steps.shared().first(Step.Kind.REVIEWS), new CaseNumber(award.number()), null, null);
        assertThatThrownBy(() -> desk.mayTake(everybody, review)).isInstanceOfSatisfying(Problem.class, p -> {
            assertThat(p.code()).isEqualTo("SAME_PERSON_TWICE");
            assertThat(p.text().zh()).contains("第二意见");
        });
        award.reviewedByBoth().noticedAndSigned().paid().paid().isClosed("granted");
    }

    /** Between the two reviews, by somebody else than either; and above a sum the law is looked at. From draft to paid, and no Java was written. */
    @Test
    @Tag("issue-16")
    void aSiteVisitBetweenTheReviewsAndALegalReviewAboveASumGoFromDraftToPaid() {
        String version = office.uploads(SiteVisit.addedTo(CityPackages.FOLDERS.files(SCHEME)));
        office.putsBack(SCHEME, version);
        var award = city.checked(SCHEME, "granted")
                .done("reviewer", "first-review", "approve")
                .waitsAt("site-visit");
        office.putsBack(SCHEME, before);
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + award.number())
                        .body())
                .contains("待实地核查");
        award.withOpinion("supervisor", "site-visit", "otherwise")
                .waitsAt("first-review")
                .done("reviewer", "first-review", "approve")
                .done("supervisor", "site-visit", "as-stated")
                .waitsAt("legal-review");
        Actor everybody = new Actor("supervisor", Set.of(Role.values()));
        var review = new TaskRef("t", Steps.shared().get("second-review"), new CaseNumber(award.number()), null, null);
        assertThatThrownBy(() -> desk.mayTake(everybody, review))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("SAME_PERSON_TWICE"));
        award.done("intake", "legal-review", "lawful")
                .done("senior-reviewer", "second-review", "approve")
                .noticedAndSigned()
                .paid()
                .paid()
                .isClosed("granted");
        assertThat(award.shownTo("reviewer").body().get("timeline").toString())
                .contains("实地核查：与申报不符", "Site visit: as stated", "法制审核：合法");
    }

    /** As packages were before schemes shared a diagram, texts and parts of forms: it is published, and a case goes its own way to the end. */
    @Test
    void aPackageWithItsOwnCopyOfEverythingLeadsACaseFromFilingToPayment() {
        String scheme = "recruitment-subsidy", shared = packages.inForce(scheme).hash();
        String version = office.uploads(CityPackages.BEFORE_SHARING.files(scheme));
        office.putsBack(scheme, version);
        var subsidy = city.submitted(scheme, "granted").waitsAt("employer-check");
        office.putsBack(scheme, shared);
        subsidy.done("employer", "employer-check", "confirm").done("intake", "acceptance", "accept");
        city.passes("PT1M");
        assertThat(running.at(version, "process.bpmn")).containsEntry("review", 1);
        subsidy.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        assertThat(running.at(version, "process.bpmn")).containsOnlyKeys("closing"); // open for a rating
    }
}
