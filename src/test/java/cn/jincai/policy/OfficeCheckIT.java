package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.process.BrokenRuns;
import cn.jincai.web.Visitor;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What only the office can say of a package: nobody holds a role that it needs, and cases stand at a step that it drops. */
@CaseTest
@Tag("issue-16")
class OfficeCheckIT {
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
    BrokenRuns standing;

    @Autowired
    JdbcTemplate db;

    @LocalServerPort
    int port;

    private String before;
    private List<String> supervisors = List.of();

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        before = packages.inForce(SCHEME).hash();
    }

    @AfterEach
    void asItWas() {
        supervisors.forEach(name -> db.update("update accounts set locked = false where name = ?", name));
        city.at("2026-03-02T09:00");
        if (!packages.inForce(SCHEME).hash().equals(before)) publish(before);
    }

    private void publish(String hash) {
        List<String> reasons =
                Collections.nCopies(publication.warnings(SCHEME, hash).size(), "试行");
        publication.publish(
                publication
                        .propose(SCHEME, hash, LocalDate.parse(city.today()), "试行", reasons, ADMIN)
                        .id(),
                APPROVER);
    }

    private String withSiteVisit() {
        var upload = publication.upload(PackageZip.write(SiteVisit.addedTo(CityPackages.FOLDERS.files(SCHEME))), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        return upload.hash();
    }

    private List<String> told(String hash) {
        return publication.warnings(SCHEME, hash).stream()
                .filter(w -> w.code().equals("ROLE_WITHOUT_PEOPLE") || w.code().equals("STEP_IN_USE"))
                .map(w -> w.code() + " " + w.field() + " " + w.message().en())
                .toList();
    }

    /** The version with a visit is replaced by one without, while a case waits to be visited: who proposes it is told, and the case goes on and ends on its own. */
    @Test
    void aStepAtWhichCasesStandIsNotDroppedUnseen() {
        publish(withSiteVisit());
        ApplicantsCase award = city.checked(SCHEME, "granted")
                .done("reviewer", "first-review", "approve")
                .waitsAt("site-visit");
        assertThat(told(before))
                .singleElement()
                .asString()
                .contains("STEP_IN_USE steps.yaml, site-visit", "'Site visit'", "1 cases stand", "end there");
        Problem unsigned = Assertions.catchThrowableOfType(
                Problem.class,
                () -> publication.propose(
                        SCHEME,
                        before,
                        LocalDate.parse(city.today()),
                        "恢复",
                        Collections.nCopies(publication.warnings(SCHEME, before).size() - 1, "知悉"),
                        ADMIN));
        assertThat(unsigned.mistakes()).extracting(Mistake::code).containsExactly("REQUIRED");
        assertThat(new Visitor(port)
                        .signIn("policy-admin")
                        .get("/admin/packages/" + SCHEME + "/" + before + "?lang=zh")
                        .body())
                .contains("新版本没有环节“实地核查”，现有 1 件停在此处");
        publish(before);
        award.done("supervisor", "site-visit", "as-stated")
                .waitsAt("legal-review")
                .done("intake", "legal-review", "lawful")
                .done("senior-reviewer", "second-review", "approve")
                .noticedAndSigned()
                .paid()
                .paid()
                .isClosed("granted");
        assertThat(told(before)).isEmpty();
    }

    /** Nobody who may sign in is a supervisor: told at the proposal, and as soon as a case is under way on the administrator's page and in health. */
    @Test
    void aRoleWithoutPeopleIsToldBeforeACaseWaitsForEver() {
        String visited = withSiteVisit();
        assertThat(told(visited)).isEmpty();
        ApplicantsCase award = city.checked(SCHEME, "granted").waitsAt("first-review");
        assertThat(nobodyAt()).isEmpty();
        supervisors = db.queryForList(
                "select a.name from accounts a join account_roles r on r.account = a.name where r.role = 'supervisor' and not a.locked",
                String.class);
        supervisors.forEach(name -> db.update("update accounts set locked = true where name = ?", name));
        assertThat(told(visited))
                .anySatisfy(w -> assertThat(w)
                        .contains("ROLE_WITHOUT_PEOPLE steps.yaml, site-visit", "'Site visit'", "'Supervisor'"));
        assertThat(nobodyAt()).anySatisfy(b -> assertThat(b.why().zh()).contains("异议", "没有可以登录的人"));
        assertThat(new Visitor(port)
                        .signIn("policy-admin")
                        .get("/admin/packages?lang=zh")
                        .body())
                .contains("没有可以登录的人持有这一角色");
        assertThat(new Visitor(port).signIn("admin").get("/actuator/health").status())
                .isEqualTo(503);
        award.withdrawal().is(200);
    }

    private List<BrokenRuns.Broken> nobodyAt() {
        return standing.list().stream()
                .filter(b -> b.scheme().equals(SCHEME) && b.why().zh().contains("没有可以登录的人"))
                .toList();
    }
}
