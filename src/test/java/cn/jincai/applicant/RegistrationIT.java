package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CaseTest
class RegistrationIT {
    private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMIN)),
            SECOND = new Actor("admin2", Set.of(Role.ADMIN));

    @Autowired
    Registration registration;

    @Autowired
    Staff staff;

    @Autowired
    RoleProposals proposals;

    @Autowired
    Accounts accounts;

    @Autowired
    Persons persons;

    @Autowired
    Consents consents;

    @Autowired
    AuditLog record;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CityClock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void whoRegistersSignsInByDocumentAndIsKnownByNameNowhere() {
        String number = "35058219900307123" + ResidentId.checkCharacter("35058219900307123");
        String account = registration
                .register(filled("张𠮷芳", "RESIDENT_ID", number, "", "correct horse battery"), "198.51.100.1")
                .orElseThrow();
        assertThat(account).matches("p\\d{9}");
        assertThat(accounts.signIn(number, "correct horse battery")
                        .orElseThrow()
                        .name())
                .isEqualTo(account);
        assertThat(accounts.signIn(number.toLowerCase(), "correct horse battery"))
                .isPresent();
        assertThat(accounts.signIn(account, "correct horse battery")).isPresent();
        assertThat(accounts.signIn(account, "wrong horse")).isEmpty();
        assertThat(persons.of(accounts.find(account)).birthDate()).hasToString("1990-03-07");
        assertThat(consents.given(account, "registration")).isTrue();
        assertThat(registration.register(
                        filled("李四", "RESIDENT_ID", number, "", "battery staple umbrella"), "198.51.100.1"))
                .as("nobody is told that there is one, and it stays as it was")
                .isEmpty();
        assertThat(accounts.signIn(number, "battery staple umbrella")).isEmpty();
        assertThat(persons.of(accounts.find(account)).name()).isEqualTo("张𠮷芳");
    }

    @Test
    void everyMistakeIsToldAtOnceAndNothingIsKept() {
        long before =
                jdbc.sql("select count(*) from accounts").query(Long.class).single();
        assertThatThrownBy(() -> registration.register(
                        new Registration.Filled(
                                " ", "RESIDENT_ID", "110105194912310021", "", "12345", "no address", "short", false),
                        "198.51.100.2"))
                .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                        .extracting(Mistake::field)
                        .containsExactly("name", "documentNumber", "phone", "email", "password", "agreed"));
        assertThatThrownBy(() -> registration.register(
                        filled(
                                "李",
                                "TW_PERMIT",
                                "12345678",
                                clock.today().plusDays(1).toString(),
                                "long enough and unknown"),
                        "198.51.100.2"))
                .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                        .extracting(Mistake::code)
                        .containsExactly("FUTURE"));
        assertThat(jdbc.sql("select count(*) from accounts").query(Long.class).single())
                .isEqualTo(before);
    }

    @Test
    void tenTriesFromOneAddressAreEnough() {
        for (int i = 0; i < 10; i++)
            assertThatThrownBy(() -> registration.register(filled("", "PASSPORT", "", "", ""), "198.51.100.3"))
                    .hasMessageContaining("INVALID");
        assertThatThrownBy(() -> registration.register(filled("", "PASSPORT", "", "", ""), "198.51.100.3"))
                .hasMessageContaining("TOO_MANY");
    }

    @Test
    void staffAreMadeChangedAndLockedOnRecord() {
        String password = staff.make(new Staff.Filled("window-9", "新窗口", Set.of(Role.INTAKE), "", "", "", ""), ADMIN);
        assertThat(accounts.signIn("window-9", password)).isPresent();
        staff.change(
                new Staff.Filled("window-9", "新窗口", Set.of(Role.INTAKE, Role.SUPERVISOR), "", "", "", ""),
                false,
                ADMIN);
        assertThat(accounts.withRole(Role.SUPERVISOR)).contains("window-9");
        staff.change(new Staff.Filled("window-9", "新窗口", Set.of(Role.INTAKE), "", "", "", ""), true, ADMIN);
        assertThat(accounts.signIn("window-9", password)).isEmpty();
        assertThat(record.search(new AuditLog.Search(null, "admin", "staff-locked", null, null), 0, 50)
                        .entries())
                .anyMatch(e -> "window-9".equals(e.details().get("account")));
        assertThatThrownBy(() ->
                        staff.make(new Staff.Filled("window-9", "又一个", Set.of(Role.INTAKE), "", "", "", ""), ADMIN))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(
                        () -> staff.make(new Staff.Filled("x1", "外人", Set.of(Role.APPLICANT), "", "", "", ""), ADMIN))
                .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                        .extracting(Mistake::field)
                        .containsExactly("name", "roles"));
        assertThatThrownBy(() -> staff.make(
                        new Staff.Filled("window-8", "无权", Set.of(Role.INTAKE), "", "", "", ""),
                        accounts.actor("intake")))
                .hasMessageContaining("ROLE");
    }

    @Test
    void nobodyTakesTheAdministratorsRoleFromHimself() {
        assertThatThrownBy(() -> staff.change(
                        new Staff.Filled("admin", "系统管理员", Set.of(Role.AUDITOR), "", "", "", ""), false, ADMIN))
                .hasMessageContaining("OWN_ADMIN_ROLE");
        assertThatThrownBy(() -> staff.change(
                        new Staff.Filled("admin", "系统管理员", Set.of(Role.ADMIN), "", "", "", ""), true, ADMIN))
                .hasMessageContaining("OWN_ADMIN_ROLE");
        assertThat(accounts.find("admin").is(Role.ADMIN)).isTrue();
    }

    @Test
    void theTokenServesForTwoAdministratorsAndOnlyWhereThereAreNotTwo() {
        FirstAdministrator first =
                new FirstAdministrator("a-token-of-the-office", accounts, new Attempts(clock), jdbc, clock, events);
        assertThat(first.isAwaited()).isFalse();
        assertThat(new FirstAdministrator("", accounts, new Attempts(clock), jdbc, clock, events).isAwaited())
                .isFalse();
        // as in an office without sample people: nobody is an administrator yet; undone at the end
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql("delete from account_roles where role = 'admin'").update();
            assertThat(first.isAwaited()).isTrue();
            assertThatThrownBy(() -> first.make("another-token-here", "chief", "主任", "a long password", "198.51.100.4"))
                    .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                            .extracting(Mistake::field)
                            .containsExactly("token"));
            assertThat(first.isSecond()).isFalse();
            first.make("a-token-of-the-office", "chief", "主任", "a long password", "198.51.100.4");
            assertThat(accounts.find("chief").is(Role.ADMIN)).isTrue();
            assertThat(first.isSecond()).isTrue();
            Actor chief = accounts.actor("chief");
            staff.make(filled("money-1", Role.FINANCE, Role.INTAKE), chief);
            assertThat(accounts.find("money-1").roles())
                    .as("the first grant needs both")
                    .containsExactly(Role.INTAKE);
            assertThatThrownBy(() -> proposals.confirm("money-1", Role.FINANCE, chief))
                    .hasMessageContaining("SECOND_ADMINISTRATOR");
            first.make("a-token-of-the-office", "deputy", "副主任", "a long password", "198.51.100.4");
            proposals.confirm("money-1", Role.FINANCE, accounts.actor("deputy"));
            assertThat(accounts.find("money-1").roles()).containsExactly(Role.FINANCE, Role.INTAKE);
            jdbc.sql("delete from account_roles where role = 'admin'").update();
            assertThatThrownBy(() ->
                            first.make("a-token-of-the-office", "chief2", "副主任", "a long password", "198.51.100.4"))
                    .hasMessageContaining("NOT_FOUND");
            status.setRollbackOnly();
        });
    }

    private static Staff.Filled filled(String name, Role... roles) {
        return new Staff.Filled(name, "测试人员", Set.of(roles), "", "", "", "");
    }

    @Test
    @Tag("issue-15.7")
    void whatExcludesEachOtherIsNotHeldByOnePersonWhoeverGivesIt() {
        Set<Role> acting = new HashSet<>(Staff.ROLES);
        acting.removeAll(Set.of(Role.ADMIN, Role.AUDITOR));
        for (Role alone : List.of(Role.ADMIN, Role.AUDITOR))
            for (Role role : acting)
                assertThatThrownBy(() -> staff.make(filled("two-parts", alone, role), ADMIN))
                        .as(alone + " and " + role)
                        .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                                .extracting(Mistake::code)
                                .containsExactly("ROLES_CHECK_EACH_OTHER"))
                        .satisfies(thrown -> assertThat(((Problem) thrown)
                                        .mistakes()
                                        .get(0)
                                        .message()
                                        .zh())
                                .contains(alone.text().zh(), role.text().zh()));
        Account account = Account.of("two-parts", "两岗", Role.FINANCE);
        assertThatThrownBy(() -> accounts.make(
                        account.with(Set.of(Role.FINANCE, Role.POLICY_APPROVER), null), "a long password", null))
                .as("by no other way either")
                .hasMessageContaining("INVALID");
        assertThatThrownBy(() -> staff.change(
                        new Staff.Filled("admin", "系统管理员", Set.of(Role.ADMIN, Role.LEADER), "", "", "", ""),
                        false,
                        ADMIN))
                .as("an administrator to himself")
                .hasMessageContaining("INVALID");
        assertThat(accounts.look("two-parts")).isEmpty();
        assertThat(proposals.heldTogether()).isEmpty();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql("insert into account_roles (account, role) values ('auditor', 'leader')")
                    .update();
            assertThat(proposals.heldTogether())
                    .as("from before, or by another hand: shown to administrators and auditors")
                    .extracting(Actor::account)
                    .containsExactly("auditor");
            status.setRollbackOnly();
        });
        String key = persons.keep("PASSPORT", "K7770009", "黎一凡", null, null, null);
        accounts.make(
                new Account("one-hand", "黎一凡", Set.of(Role.FINANCE), key, null, null, List.of(), false),
                "a long password",
                null);
        assertThatThrownBy(() -> accounts.make(
                        new Account(
                                "other-hand", "黎一凡", Set.of(Role.FINANCE_APPROVER), key, null, null, List.of(), false),
                        "a long password",
                        null))
                .as("by another account of the same person")
                .hasMessageContaining("INVALID");
    }

    @Test
    @Tag("issue-15.7")
    void aRoleOfAuditMoneyPolicyOrAdministrationIsGivenByTwo() {
        staff.make(filled("to-audit", Role.AUDITOR), ADMIN);
        assertThat(accounts.find("to-audit").roles()).isEmpty();
        assertThat(proposals.of("to-audit")).containsExactly(Role.AUDITOR);
        assertThatThrownBy(() -> proposals.confirm("to-audit", Role.AUDITOR, ADMIN))
                .as("by himself")
                .hasMessageContaining("SECOND_ADMINISTRATOR");
        assertThatThrownBy(() -> proposals.confirm("to-audit", Role.AUDITOR, accounts.actor("auditor")))
                .hasMessageContaining("ROLE");
        staff.resetPassword("admin2", ADMIN);
        assertThatThrownBy(() -> proposals.confirm("to-audit", Role.AUDITOR, SECOND))
                .as("by himself under another's account")
                .hasMessageContaining("SAME_HANDS");
        jdbc.sql("update accounts set password_given = false, password_given_by = null where name = 'admin2'")
                .update();
        proposals.confirm("to-audit", Role.AUDITOR, SECOND);
        assertThat(accounts.find("to-audit").roles()).containsExactly(Role.AUDITOR);
        assertThat(record.search(new AuditLog.Search(null, "admin2", "role-confirmed", null, null), 0, 50)
                        .entries())
                .anySatisfy(e -> assertThat(e.details())
                        .containsEntry("account", "to-audit")
                        .containsEntry("roles", "auditor")
                        .containsEntry("proposedBy", "admin"));
        staff.change(filled("to-audit", Role.POLICY_ADMIN), false, ADMIN);
        assertThat(accounts.find("to-audit").roles()).as("taken at once").isEmpty();
        staff.change(filled("to-audit", Role.INTAKE), false, ADMIN);
        assertThat(proposals.of("to-audit")).as("taken back").isEmpty();
        staff.change(filled("to-audit", Role.ADMIN), false, ADMIN);
        proposals.decline("to-audit", Role.ADMIN, SECOND);
        assertThatThrownBy(() -> proposals.confirm("to-audit", Role.ADMIN, SECOND))
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void onesOwnPasswordIsChangedWithTheOldOne() {
        String first = staff.make(new Staff.Filled("window-7", "窗口七", Set.of(Role.INTAKE), "", "", "", ""), ADMIN);
        Actor own = accounts.actor("window-7");
        assertThatThrownBy(() -> staff.changeOwnPassword("wrong", "another password", own))
                .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                        .extracting(Mistake::code)
                        .containsExactly("PASSWORD_WRONG"));
        staff.changeOwnPassword(first, "another password", own);
        assertThat(accounts.signIn("window-7", "another password")).isPresent();
        assertThat(accounts.signIn("window-7", first)).isEmpty();
    }

    private static Registration.Filled filled(String name, String type, String number, String born, String password) {
        return new Registration.Filled(name, type, number, born, "13800138000", "", password, true);
    }
}
