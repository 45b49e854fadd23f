package cn.jincai.audit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.ChangedZip;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.web.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people do, and what they are refused, arrives on the record: who, what and when. */
@CaseTest
class AuditTrailIT {
    private static final String SCHEME = "skills-award";
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN));
    private static final Actor ANOTHER = new Actor("policy-approver2", Set.of(Role.POLICY_APPROVER));

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog log;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void theChainHolds() {
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void aClaimThatIsRefusedIsWrittenOnce() {
        var award = city.checked("skills-award", "granted");
        String task = award.task("reviewer", "first-review").get("id").asText();
        var entry = only(() -> city.call("senior-reviewer", HttpMethod.POST, "/api/tasks/" + task + "/claim", null)
                .is(403));
        isAttempt(entry, "senior-reviewer", award.number());
        assertThat(entry.details())
                .containsEntry("task", task)
                .containsEntry("step", "first-review")
                .containsEntry("code", "NOT_YOUR_ROLE");
    }

    @Test
    void oneWhoseStepItIsNotRecordsNoFactByACallOrOnThePage() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        var byCall = only(
                "refused-attempt",
                () -> award.records("reviewer", "certificateVerified", true).is(403));
        isAttempt(byCall, "reviewer", award.number());
        assertThat(byCall.details())
                .isEqualTo(Map.of("code", "NOT_YOUR_ROLE", "method", "POST", "path", "/api/cases/{number}/facts"));

        var reviewer = new Visitor(port).signIn("reviewer");
        String page = "/officers/cases/" + award.number();
        var shown = reviewer.get(page);
        var onThePage = only(
                "refused-attempt",
                () -> assertThat(reviewer.form(page + "/facts", "name=certificateVerified&value=true&note=x", shown)
                                .status())
                        .isEqualTo(403));
        isAttempt(onThePage, "reviewer", award.number());
        assertThat(onThePage.details())
                .isEqualTo(Map.of("code", "NOT_YOUR_ROLE", "method", "POST", "path", "/officers/cases/{number}/facts"));
    }

    @Test
    void aDoorThatIsNotForTheRoleIsWrittenWithoutWhatWasAsked() {
        var byCall = only(() -> city.call(
                        "reviewer",
                        HttpMethod.PUT,
                        "/api/demo/sources/police?person=110101199003070000",
                        Map.of("mode", "normal"))
                .is(403));
        isAttempt(byCall, "reviewer", null);
        assertThat(byCall.details())
                .isEqualTo(Map.of("code", "FORBIDDEN", "method", "PUT", "path", "/api/demo/sources/{name}"));

        var applicant = new Visitor(port).signIn("applicant");
        var onThePage = only(() -> assertThat(
                        applicant.get("/audit?account=110101199003070000").status())
                .isEqualTo(403));
        isAttempt(onThePage, "applicant", null);
        assertThat(onThePage.details()).isEqualTo(Map.of("code", "FORBIDDEN", "method", "GET", "path", "/audit"));

        var inTasklist = only(
                () -> assertThat(applicant.get("/camunda/app/tasklist/default/").status())
                        .isEqualTo(403));
        isAttempt(inTasklist, "applicant", null);
        assertThat(inTasklist.details()).containsEntry("path", "/camunda/**");
    }

    @Test
    void anothersNumberIsWrittenAndANumberThatNobodyHasIsNot() {
        var award = city.submitted("skills-award", "granted");
        var entry = only(() -> award.shownTo("applicant2").is(404));
        isAttempt(entry, "applicant2", award.number());
        assertThat(entry.details())
                .isEqualTo(Map.of("code", "NOT_FOUND", "method", "GET", "path", "/api/cases/{number}"));

        long before = last();
        city.call("applicant2", HttpMethod.GET, "/api/cases/JC2026999999", null).is(404);
        city.call("applicant", HttpMethod.GET, "/api/cases/" + award.number() + "/decision", null)
                .is(404);
        award.shownTo(null).is(401);
        assertThat(since(before)).as("no case, one's own, and nobody at all").isEmpty();
    }

    @Test
    void aFloodIsToldByItsFirstMinutesWorth() {
        city.at("2026-03-09T09:00");
        long before = last();
        var from = clock.instant();
        for (int i = 0; i < 90; i++)
            city.call("finance", HttpMethod.GET, "/api/demo/applications/skills-award?kind=granted", null)
                    .is(403);
        int seconds = (int) Duration.between(from, clock.instant()).toSeconds();
        assertThat(since(before)).hasSizeBetween(60, 61 + seconds).allSatisfy(e -> isAttempt(e, "finance", null));
        city.call("finance-approver", HttpMethod.GET, "/api/demo/applications/skills-award?kind=granted", null)
                .is(403);
        assertThat(newest().account()).isEqualTo("finance-approver");
    }

    @Test
    void whatCannotBeWrittenIsRefusedAllTheSame() {
        var head = jdbc.sql("select seq, hash from audit_head").query().singleRow();
        jdbc.sql("delete from audit_head").update();
        try {
            assertThat(city.call("reviewer", HttpMethod.GET, "/api/demo/applications/skills-award?kind=granted", null)
                            .is(403)
                            .code())
                    .isEqualTo("FORBIDDEN");
        } finally {
            jdbc.sql("insert into audit_head (id, seq, hash) values (1, ?, ?)")
                    .params(head.get("seq"), head.get("hash"))
                    .update();
        }
    }

    @Test
    void anOfficersSearchAndTheLooksOfOfficerAndClerkAreWritten() {
        var subsidy = city.submitted("recruitment-subsidy", "granted").waitsAt("employer-check");
        var clerksCall = only(() -> subsidy.shownTo("employer").is(200));
        isLook(clerksCall, "employer", subsidy.number());
        var clerk = new Visitor(port).signIn("employer");
        var clerksPage = only(() ->
                assertThat(clerk.get("/employer/" + subsidy.number()).status()).isEqualTo(200));
        isLook(clerksPage, "employer", subsidy.number());
        subsidy.done("employer", "employer-check", "confirm");
        isLook(only(() -> subsidy.shownTo("intake").is(200)), "intake", subsidy.number());

        var intake = new Visitor(port).signIn("intake");
        var page = intake.get("/officers/cases");
        var search = only(() -> assertThat(intake.form("/officers/cases", "q=" + subsidy.number(), page)
                        .status())
                .isEqualTo(200));
        isEntry(search, "searched", "intake", "intake", null);
        assertThat(search.details()).isEqualTo(Map.of("by", "words", "found", "1"));
    }

    @Test
    void aDecisionIsWritten() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        isEntry(only("signed", award::noticedAndSigned), "signed", "leader", "leader", award.number());
    }

    @Test
    void aPublicationIsWrittenAndSoIsTheProposersTryToPublishItHimself() {
        String before = packages.inForce(SCHEME).hash();
        String hash = publication
                .upload(
                        ChangedZip.of(
                                publication.zip(SCHEME, before),
                                "scheme.yaml",
                                text -> text.replace("zh: 技能人才奖励,", "zh: 技能人才奖励金,")),
                        ADMIN)
                .hash();
        assertThat(hash).isNotEqualTo(before);
        var approver = new Visitor(port).signIn("policy-approver");
        var page = approver.get("/admin/packages");
        // somebody who lost the one role and was given the other meanwhile
        long own = publication
                .propose(SCHEME, hash, clock.today(), "自己提请", new Actor("policy-approver", Set.of(Role.POLICY_ADMIN)))
                .id();
        var refused = only(() -> assertThat(approver.form("/admin/proposals/" + own + "/publish", "", page)
                        .status())
                .isEqualTo(403));
        isAttempt(refused, "policy-approver", null);
        assertThat(refused.details())
                .isEqualTo(Map.of("code", "SAME_PERSON", "method", "POST", "path", "/admin/proposals/{id}/publish"));
        publication.decline(own, "测试", ANOTHER);

        long proposal =
                publication.propose(SCHEME, hash, clock.today(), "名称", ADMIN).id();
        var published = only(
                "package-published",
                () -> assertThat(approver.form("/admin/proposals/" + proposal + "/publish", "", page)
                                .status())
                        .isEqualTo(302));
        isEntry(published, "package-published", "policy-approver", "policy-approver", null);
        assertThat(published.details()).containsEntry("scheme", SCHEME).containsEntry("hash", hash);
        publication.publish(
                publication.propose(SCHEME, before, clock.today(), "恢复", ADMIN).id(), ANOTHER);
    }

    private static void isLook(AuditEntry entry, String who, String number) {
        isEntry(entry, "looked-at", who, who, number);
    }

    private static void isAttempt(AuditEntry entry, String who, String number) {
        isEntry(entry, "refused-attempt", who, who, number);
    }

    /** The demo's accounts are called as their roles are. */
    private static void isEntry(AuditEntry entry, String kind, String who, String role, String number) {
        assertThat(entry.kind()).isEqualTo(kind);
        assertThat(entry.account()).isEqualTo(who);
        assertThat(entry.role()).isEqualTo(role.replaceAll("\\d$", ""));
        assertThat(entry.caseNumber()).isEqualTo(number);
    }

    /** The one entry that came of it, at the time when it was done. */
    private AuditEntry only(Supplier<?> deed) {
        return one(deed, any -> true);
    }

    /** The one of its kind, beside others. */
    private AuditEntry only(String kind, Supplier<?> deed) {
        return one(deed, entry -> entry.kind().equals(kind));
    }

    private AuditEntry one(Supplier<?> deed, Predicate<AuditEntry> which) {
        long before = last();
        var from = clock.instant().minusMillis(1);
        deed.get();
        var entries = since(before).stream().filter(which).toList();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).at()).isBetween(from, clock.instant());
        return entries.get(0);
    }

    private long last() {
        var newest = newest();
        return newest == null ? 0 : newest.seq();
    }

    private AuditEntry newest() {
        return since(-1).stream().findFirst().orElse(null);
    }

    private List<AuditEntry> since(long seq) {
        return log.search(new AuditLog.Search(null, null, null, null, null), 0, 200).entries().stream()
                .filter(e -> e.seq() > seq)
                .toList();
    }
}
