package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.registers.Registers;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An administrator adds a role for the legal review 法制审核, draws its step, and gives it to somebody; a case goes through it, and nobody has written a line of Java. */
@CaseTest
@Tag("issue-16.9")
class RolesOfTheRegisterIT {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));
    private static final String SCHEME = "skills-award", PAGES = "/admin/registers/", ROLE = "legal-reviewer";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    Accounts accounts;

    @Autowired
    PolicyRows rows;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    /** Of this go of a story alone. */
    private final String lawOffice = "law-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt()),
            cashDesk = "cash-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());

    private PolicyOffice office;
    private String registers, pack;
    private Visitor admin;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        office = new PolicyOffice(context);
        registers = inForce();
        pack = packages.inForce(SCHEME).hash();
        admin = new Visitor(port).signIn("policy-admin");
    }

    private String inForce() {
        return publication.versions(Registers.CODE).stream()
                .filter(Publication.Version::inForce)
                .map(Publication.Version::hash)
                .findFirst()
                .orElseThrow();
    }

    /** Other stories know the product's registers. */
    @AfterEach
    void everythingIsAsItWas() {
        if (!packages.inForce(SCHEME).hash().equals(pack)) office.putsBack(SCHEME, pack);
        for (String table : List.of("account_roles", "role_proposals"))
            jdbc.sql("delete from " + table + " where account in (?, ?)")
                    .params(lawOffice, cashDesk)
                    .update();
        accounts.changed();
        publication.proposals(Registers.CODE).stream()
                .filter(Proposal::isOpen)
                .forEach(p -> publication.decline(p.id(), "测试结束", APPROVER));
        theRegistersAreAsTheyWere();
        assertThat(inForce()).isEqualTo(registers);
    }

    private void theRegistersAreAsTheyWere() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from policies_in_force where scheme = ? and package_hash <> ?")
                    .params(Registers.CODE, registers)
                    .update();
            context.publishEvent(CaseEvent.forAuditors(
                    "policy.event." + PolicyRows.KIND,
                    ADMIN,
                    Role.POLICY_ADMIN,
                    Map.of("scheme", Registers.CODE, PolicyRows.HASH, rows.hash(Registers.CODE))));
        });
    }

    /** What the page answers to somebody who would add this role. */
    private Answer adds(String code, String rights) {
        String page = PAGES + inForce() + "/roles";
        return PageForm.on(admin.get(page), page)
                .with("code", code)
                .with("nameZh", "法制审核")
                .with("nameEn", "Legal review")
                .with("rights", rights)
                .send(admin);
    }

    private static String kept(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        return answer.location().replaceFirst(".*/", "");
    }

    /** Proposed on its page by one, published on its page by another. */
    private void published(String version) {
        PageForm.on(admin.get(PAGES + version), PAGES + version + "/proposals/new")
                .with("note", "增设法制审核")
                .send(admin);
        Proposal proposal = publication.proposals(Registers.CODE).stream()
                .filter(Proposal::isOpen)
                .findFirst()
                .orElseThrow();
        Visitor approver = new Visitor(port).signIn("policy-approver");
        Answer shown = approver.get(PAGES + version);
        assertThat(shown.body()).contains("roles.yaml", "法制审核", "Legal review", "初审");
        assertThat(PageForm.on(shown, PAGES + "proposals/" + proposal.id() + "/publish")
                        .send(approver)
                        .status())
                .isEqualTo(302);
        assertThat(inForce()).isEqualTo(version);
    }

    private static SortedMap<String, byte[]> files() {
        return SiteVisit.by(ROLE, SiteVisit.addedTo(CityPackages.FOLDERS.files(SCHEME)));
    }

    /** Somebody of the office who will have the role as soon as a second administrator agrees. */
    private void isToBe(String name, String... roles) {
        accounts.make(Account.of(name, "法制办", Role.INTAKE), name, null);
        Visitor chief = new Visitor(port).signIn("admin");
        String page = "/admin/accounts/" + name;
        Answer form = chief.get(page);
        assertThat(form.body()).contains("法制审核");
        assertThat(chief.get(page + "?lang=en").body()).contains("Legal review");
        String typed = "displayName=x&role=" + String.join("&role=", roles);
        assertThat(chief.form(page, typed, form).status()).isEqualTo(302);
    }

    private void isConfirmed(String name) {
        String waiting = "/admin/role-proposals";
        Visitor second = new Visitor(port).signIn("admin2");
        Answer page = second.get(waiting);
        assertThat(page.body()).contains(name, "法制审核").doesNotContain(">" + ROLE + "<");
        assertThat(second.form(waiting, "account=" + name + "&role=" + ROLE + "&confirmed=true", page)
                        .status())
                .isEqualTo(302);
    }

    @Test
    void aRoleIsAddedGivenByTwoAndACaseGoesThroughItsStep() {
        assertThat(publication.upload(PackageZip.write(files()), ADMIN).mistakes())
                .as("no such role yet")
                .extracting(Mistake::code)
                .contains("UNKNOWN_NAME");
        published(kept(adds(ROLE, "reviewer")));
        String version = office.uploads(files());
        assertThat(publication.warnings(SCHEME, version))
                .as("nobody holds it yet")
                .anySatisfy(w -> {
                    assertThat(w.code()).isEqualTo("ROLE_WITHOUT_PEOPLE");
                    assertThat(w.message().zh()).contains("法制审核");
                });
        office.putsBack(SCHEME, version);

        isToBe(lawOffice, ROLE, "senior-reviewer");
        assertThat(accounts.find(lawOffice).roles())
                .as("one administrator alone gives none")
                .containsExactly(Role.SENIOR_REVIEWER);
        isConfirmed(lawOffice);
        Account held = accounts.find(lawOffice);
        assertThat(held.roles()).extracting(Role::code).containsExactlyInAnyOrder(ROLE, "senior-reviewer");

        ApplicantsCase award = city.checked(SCHEME, "granted")
                .done("reviewer", "first-review", "approve")
                .done("supervisor", "site-visit", "as-stated")
                .waitsAt("legal-review");
        office.putsBack(SCHEME, pack);
        String task = award.task(lawOffice, "legal-review").get("id").asText();
        whoHasItDoes(award, task);
        award.withOpinion(lawOffice, "legal-review", "lawful").waitsAt("second-review");
        isNamed(award);
        assertThat(award.hasTask(lawOffice, "second-review"))
                .as("four eyes: he has decided there, and reviews it for a second time nowhere")
                .isFalse();
        refusesToEnd();
        award.done("senior-reviewer", "second-review", "approve")
                .noticedAndSigned()
                .paid()
                .paid()
                .isClosed("granted");
    }

    /** And nobody else, whatever he may open. */
    private void whoHasItDoes(ApplicantsCase award, String task) {
        for (String other : List.of(
                "reviewer", "senior-reviewer", "intake", "leader", "supervisor", "finance", "admin", "applicant")) {
            var claimed = city.call(other, HttpMethod.POST, "/api/tasks/" + task + "/claim", null);
            assertThat(claimed.status()).as(other).isIn(403, 404);
            var done = city.call(
                    other, HttpMethod.POST, "/api/tasks/" + task + "/completion", Map.of("outcome", "lawful"));
            assertThat(done.status()).as(other).isIn(403, 404);
            if (!other.equals("admin") && !other.equals("applicant"))
                assertThat(award.hasTask(other, "legal-review")).as(other).isFalse();
        }
        assertThat(city.call(lawOffice, HttpMethod.GET, "/api/tasks?group=" + ROLE, null)
                        .is(200)
                        .body()
                        .toString())
                .contains(award.number());
        assertThat(city.call("reviewer", HttpMethod.GET, "/api/tasks?group=" + ROLE, null)
                        .is(200)
                        .body()
                        .get("total")
                        .asInt())
                .isZero();
        Visitor officer = new Visitor(port).signIn(lawOffice);
        assertThat(officer.inTasklist().listed("to-take"))
                .extracting(one -> one.path("id").asText())
                .contains(task);
        assertThat(officer.get("/officers/cases/" + award.number()).status()).isEqualTo(200);
        assertThat(officer.get("/officers/persons").status())
                .as("a page of reviewers")
                .isEqualTo(200);
        assertThat(officer.get("/admin/accounts").status()).isEqualTo(403);
    }

    private void isNamed(ApplicantsCase award) {
        assertThat(award.shownTo("reviewer").body().get("timeline").toString())
                .contains("法制审核：合法", "Legal review: lawful", "legal-reviewer " + lawOffice);
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        String page = "/officers/cases/" + award.number();
        assertThat(reviewer.get(page).body())
                .contains("法制审核 " + lawOffice)
                .doesNotContain("legal-reviewer " + lawOffice);
        assertThat(reviewer.get(page + "?lang=en").body()).contains("Legal review " + lawOffice);
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/cases/" + award.number())
                        .body())
                .contains("法制审核")
                .doesNotContain(ROLE)
                .doesNotContain(lawOffice);
    }

    private void refusesToEnd() {
        String page = PAGES + inForce() + "/roles/" + ROLE;
        Answer refused = PageForm.on(admin.get(page), page + "/end")
                .with("until", "2027-03-01")
                .send(admin);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("还有账号担任或待确认", "legal-review", SCHEME);
        assertThat(refused.body()).as("the page in the other language").doesNotContain("accounts hold it");
    }

    @Test
    void whatIsNoRoleOrHasRightsThatAreNotLentIsToldOnThePage() {
        int versions = publication.versions(Registers.CODE).size();
        Answer there = adds("reviewer", "");
        assertThat(there.status()).isEqualTo(422);
        assertThat(there.body()).contains("日期重叠");
        Answer none = adds(ROLE, "");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.body()).contains("应写明按哪个角色的权限");
        String page = PAGES + inForce() + "/roles";
        Answer form = admin.get(page);
        assertThat(form.body()).contains("value=\"reviewer\"").doesNotContain("value=\"admin\"");
        for (String rights : List.of("applicant", "employer", "policy-admin", "admin", "leader"))
            assertThat(admin.form(page, "code=" + ROLE + "&nameZh=a&nameEn=b&rights=" + rights, form)
                            .status())
                    .as(rights)
                    .isEqualTo(422);
        String leader = PAGES + inForce() + "/roles/leader";
        Answer ended = PageForm.on(admin.get(leader), leader + "/end")
                .with("until", clock.today().plusYears(1).toString())
                .send(admin);
        assertThat(ended.status()).isEqualTo(422);
        assertThat(ended.body()).contains("一直有效");
        assertThat(publication.versions(Registers.CODE)).hasSize(versions);
    }

    @Test
    void aRoleIsHeldTogetherOnlyWithWhatItsRightsAllow() {
        published(kept(adds("second-cashier", "finance")));
        accounts.make(Account.of(cashDesk, "出纳", Role.INTAKE), cashDesk, null);
        Visitor chief = new Visitor(port).signIn("admin");
        String page = "/admin/accounts/" + cashDesk;
        Answer refused = chief.form(page, "displayName=x&role=second-cashier&role=finance-approver", chief.get(page));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("法制审核", "财务审核");
        assertThat(chief.form(page, "displayName=x&role=intake&role=no-such-role", chief.get(page))
                        .status())
                .as("a role that nobody has published is none")
                .isEqualTo(302);
        assertThat(accounts.find(cashDesk).roles()).containsExactly(Role.INTAKE);
    }

    /** An account's rights hang on its role: nobody comes by others, because a code is used again. */
    @Test
    void aRoleThatComesAgainWithOtherRightsIsNotGiven() {
        accounts.make(Account.of(cashDesk, "出纳", Role.INTAKE), cashDesk, null);
        published(kept(adds(cashDesk, "finance")));
        Visitor chief = new Visitor(port).signIn("admin");
        String page = "/admin/accounts/" + cashDesk, asked = "displayName=x&role=intake";
        assertThat(chief.form(page, asked + "&role=" + cashDesk, chief.get(page))
                        .status())
                .isEqualTo(302);
        assertThat(chief.form(page, asked, chief.get(page)).status())
                .as("and taken back before it is confirmed")
                .isEqualTo(302);
        theRegistersAreAsTheyWere();
        published(kept(adds(cashDesk, "reviewer")));
        Answer refused = chief.form(page, asked + "&role=" + cashDesk, chief.get(page));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("法制审核", "财务经办", "另一种权限");
        assertThat(accounts.find(cashDesk).roles()).containsExactly(Role.INTAKE);
    }

    @Test
    void aRoleOfWhichTheLastDayIsKnownIsGivenToNobody() {
        accounts.make(Account.of(cashDesk, "出纳", Role.INTAKE), cashDesk, null);
        String page = PAGES + inForce() + "/roles";
        published(kept(PageForm.on(admin.get(page), page)
                .with("code", cashDesk)
                .with("nameZh", "法制审核")
                .with("nameEn", "Legal review")
                .with("rights", "reviewer")
                .with("until", "2026-12-31")
                .send(admin)));
        assertThat(new Visitor(port)
                        .signIn("admin")
                        .get("/admin/accounts/" + cashDesk)
                        .body())
                .contains("value=\"reviewer\"")
                .doesNotContain("value=\"" + cashDesk + "\"");
    }
}
