package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.process.RunningCases;
import cn.jincai.review.ReviewTasks;
import cn.jincai.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
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

/** The rules change while cases run: who has applied finds the rules and the diagram of that day to the end, whoever applies now gets the new ones. */
@CaseTest
class VersionChangeIT {
    private static final String SCHEME = "skills-award";
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    @Autowired
    City city;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    RunningCases running;

    @Autowired
    CityClock clock;

    @Autowired
    ReviewTasks desk;

    @LocalServerPort
    int port;

    private String before;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        before = packages.inForce(SCHEME).hash();
    }

    @AfterEach
    void theFormerPackageIsPutBackInForce() {
        city.at("2026-03-02T09:00"); // of the day on which it was replaced, or the other would be in force in between
        if (!packages.inForce(SCHEME).hash().equals(before)) publish(before, "恢复原版本");
    }

    private void publish(String hash, String why) {
        publish(SCHEME, hash, why);
    }

    private void publish(String scheme, String hash, String why) {
        List<String> reasons =
                Collections.nCopies(publication.warnings(scheme, hash).size(), "沿用省文件的行");
        publication.publish(
                publication
                        .propose(scheme, hash, clock.today(), why, reasons, ADMIN)
                        .id(),
                APPROVER);
    }

    /** From today a leader reviews whatever is above 1 000 yuan, and the diagram calls the first review otherwise. */
    private String stricter() {
        SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.files(SCHEME));
        change(files, "scheme.yaml", "leaderAboveFen: 5000000", "leaderAboveFen: 100000");
        change(files, "common/review.bpmn", "id=\"first-review\" name=\"初审\"", "id=\"first-review\" name=\"初审（新）\"");
        var upload = publication.upload(PackageZip.write(files), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        return upload.hash();
    }

    private static void change(SortedMap<String, byte[]> files, String file, String from, String to) {
        String text = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        files.put(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRunningCaseIsPaidByTheRulesOfItsDayAndANewOneGoesByTheNewRules() {
        var under = city.checked(SCHEME, "granted").waitsAt("first-review");
        var draft = city.drafted(SCHEME, "granted");
        long runningBefore = running.of(before);
        String after = stricter();
        publish(after, "超过1000元的由领导审核");
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
        publish(stricter(), "超过1000元的由领导审核");
        var between = city.checked(SCHEME, "granted").done("reviewer", "first-review", "approve");
        publish(before, "恢复原版本");
        var again = city.checked(SCHEME, "granted").reviewedByBoth().waitsAt("public-notice");
        between.done("senior-reviewer", "second-review", "approve").waitsAt("leader-review");
        assertThat(again.stage()).isEqualTo("public-notice");
    }

    /** It is handed in as an official would; people find it among their tasks, and the law's limits hold for it as for each step that decides. */
    @Test
    void aSchemeAddsAStepOfItsOwnAndACaseGoesThroughIt() {
        var upload =
                publication.upload(PackageZip.write(SecondOpinion.addedTo(CityPackages.FOLDERS.files(SCHEME))), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        publish(upload.hash(), "审核之前征求第二意见");
        var award = city.checked(SCHEME, "granted").waitsAt("second-opinion");
        publish(before, "恢复原版本");
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
        var upload = publication.upload(PackageZip.write(SiteVisit.addedTo(CityPackages.FOLDERS.files(SCHEME))), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        publish(upload.hash(), "初审后实地核查，超过2500元的法制审核");
        var award = city.checked(SCHEME, "granted")
                .done("reviewer", "first-review", "approve")
                .waitsAt("site-visit");
        publish(before, "恢复原版本");
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
        var upload = publication.upload(PackageZip.write(CityPackages.BEFORE_SHARING.files(scheme)), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        publish(scheme, upload.hash(), "恢复2026年的流程图");
        var subsidy = city.submitted(scheme, "granted").waitsAt("employer-check");
        publish(scheme, shared, "恢复共用的流程图");
        subsidy.done("employer", "employer-check", "confirm").done("intake", "acceptance", "accept");
        city.passes("PT1M");
        assertThat(running.at(upload.hash(), "process.bpmn")).containsEntry("review", 1);
        subsidy.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        assertThat(running.at(upload.hash(), "process.bpmn")).containsOnlyKeys("closing"); // open for a rating
    }
}
