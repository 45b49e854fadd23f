package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.demo.DemoPeople;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@CaseTest
class AccountsIT {
    @Autowired
    Accounts accounts;

    @Autowired
    Persons persons;

    @Autowired
    Employers employers;

    @Autowired
    Relatives relatives;

    @Autowired
    Staff staff;

    @Autowired
    BankAccounts bankAccounts;

    @Autowired
    DemoPeople demoPeople;

    @Autowired
    City city;

    @Autowired
    JdbcClient jdbc;

    @Value("${jincai.demo.employer-code}")
    String sampleEmployer;

    @Test
    void theDemosPeopleSignInWithTheirNameAndAreStillThereAfterAnotherStart() {
        demoPeople.afterSingletonsInstantiated();
        for (String name : List.of(
                "applicant",
                "applicant2",
                "employer",
                "intake",
                "reviewer",
                "reviewer2",
                "senior-reviewer",
                "senior-reviewer2",
                "leader",
                "finance",
                "finance-approver",
                "supervisor",
                "expert1",
                "expert5",
                "auditor",
                "policy-admin",
                "policy-approver",
                "admin")) assertThat(accounts.signIn(name, name)).as(name).isPresent();
        assertThat(accounts.signIn("reviewer", "reviewer2")).isEmpty();
        assertThat(accounts.signIn("nobody", "nobody")).isEmpty();
        assertThat(accounts.withRole(Role.REVIEWER)).contains("reviewer", "reviewer2");
        assertThat(accounts.experts("材料")).hasSize(5);
        assertThat(accounts.actor("leader").is(Role.LEADER)).isTrue();
    }

    @Test
    @Tag("issue-15.7")
    void aPasswordHashedAsBeforeStillServesAndIsHashedAnew() {
        clerk("hashed-before");
        jdbc.sql("update accounts set password = ? where name = 'hashed-before'")
                .param("{bcrypt}" + new BCryptPasswordEncoder(4).encode("a long password"))
                .update();
        for (int time = 0; time < 2; time++)
            assertThat(accounts.signIn("hashed-before", "a long password")).isPresent();
        assertThat(accounts.signIn("hashed-before", "another password")).isEmpty();
        assertThat(jdbc.sql("select password from accounts where name = 'hashed-before'")
                        .query(String.class)
                        .single())
                .startsWith("{pbkdf2}");
    }

    @Test
    void theSampleEmployersClerkDoesNotConfirmHisOwnCase() {
        assertThat(employers.clerks(sampleEmployer)).contains("employer");
        assertThat(employers.hasClerk(sampleEmployer, "applicant")).isTrue();
        assertThat(CreditCode.check("code", sampleEmployer)).isEmpty();
    }

    @Test
    void nothingPersonalStandsInTheTablesInTheClear() {
        String key = persons.keep(
                "RESIDENT_ID", "11010519491231002x", "张𠮷芳", LocalDate.of(1949, 12, 31), "13800138000", "z@example.cn");
        CaseNumber file = city.begun();
        bankAccounts.name(file, new BankAccount("张𠮷芳", "晋江农商银行", "6222021402000000001"));
        assertThat(persons.find(key).name()).isEqualTo("张𠮷芳");
        assertThat(persons.named("张𠮷芳")).extracting(Person::key).contains(key);
        assertThat(persons.key("RESIDENT_ID", "11010519491231002X")).isEqualTo(key);
        assertThat(bankAccounts.of(file).number()).isEqualTo("6222021402000000001");
        String tables = jdbc.sql("select * from persons").query().listOfRows().toString()
                + jdbc.sql("select * from bank_accounts").query().listOfRows();
        assertThat(tables)
                .doesNotContain(
                        "张𠮷芳",
                        "11010519491231002",
                        "13800138000",
                        "z@example.cn",
                        "1949-12-31",
                        "6222021402000000001");
        assertThat(persons.find(key).toString()).doesNotContain("芳");
    }

    @Test
    @Tag("issue-13.19")
    void numbersOf18CharactersAreOneSpaceAndAPermitKeepsItsFirstNine() {
        String key = persons.key("RESIDENT_ID", "830000198506123018");
        for (String type : Registration.DOCUMENT_TYPES)
            assertThat(persons.key(type, "830000198506123018")).as(type).isEqualTo(key);
        assertThat(persons.key("RESIDENT_ID", "350582800101001"))
                .isEqualTo(persons.key("RESIDENT_ID", "350582198001010015"));
        assertThat(List.of("H12345678", "H1234567800", "h1234567801"))
                .extracting(n -> persons.key("HK_MO_PERMIT", n))
                .containsOnly(persons.key("HK_MO_PERMIT", "H12345678"));
        assertThat(persons.key("HK_MO_PERMIT", "M12345678")).isNotEqualTo(persons.key("HK_MO_PERMIT", "H12345678"));
        assertThat(persons.key("PASSPORT", "H1234567800"))
                .as("of a passport nothing is known")
                .isNotEqualTo(persons.key("PASSPORT", "H12345678"));
    }

    @Test
    void anApplicantWhoBecomesStaffStaysOnRecordAsHeWas() {
        String key =
                persons.keep("PASSPORT", "K7770001", "旧名", LocalDate.of(1990, 3, 7), "13800138000", "old@example.cn");
        staff.make(
                new Staff.Filled("was-applicant", "新名", Set.of(Role.AUDITOR), "", "", "PASSPORT", "k7770001"),
                accounts.actor("admin"));
        assertThat(accounts.find("was-applicant").personKey()).isEqualTo(key);
        assertThat(persons.find(key))
                .satisfies(p -> assertThat(List.of(p.name(), p.birthDate(), p.phone(), p.email()))
                        .containsExactly("旧名", LocalDate.of(1990, 3, 7), "13800138000", "old@example.cn"));
    }

    @Test
    void aRelativeAnOfficerToldKeepsHimOutOfThatPersonsCasesAlone() {
        Actor reviewer = accounts.actor("reviewer2");
        String key = persons.key("PASSPORT", "K1234567");
        assertThat(relatives.concerns("reviewer2", key)).isFalse();
        long before = relatives.count("reviewer2");
        relatives.declare(reviewer, "PASSPORT", "k1234567");
        relatives.declare(reviewer, "PASSPORT", "K1234567");
        assertThat(relatives.concerns("reviewer2", key)).isTrue();
        assertThat(relatives.concerns("reviewer", key)).isFalse();
        assertThat(relatives.count("reviewer2")).as("told twice, one relative").isEqualTo(before + 1);
    }

    @Test
    @Tag("issue-13.20")
    void theWindowProposesTheFirstClerkAndThatOneTheOthersAndEachConsents() {
        clerk("clerk-a");
        clerk("clerk-b");
        String code = "91350100M000100Y43";
        Actor applicant = accounts.actor("clerk-a");
        assertThatThrownBy(() -> employers.propose(applicant, code, "甲公司", "clerk-a"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("NOT_INTAKE");
        assertThatThrownBy(() -> employers.propose(accounts.actor("intake"), "91350100M000100Y44", "甲公司", "nobody"))
                .satisfies(thrown -> assertThat(((Problem) thrown).mistakes())
                        .extracting(Problem.Mistake::field)
                        .containsExactly("employerCode", "account"));
        employers.propose(accounts.actor("intake"), code, "甲公司", "clerk-a");
        assertThat(employers.look(code)).as("he has not said yes").isEmpty();
        assertThat(accounts.find("clerk-a"))
                .satisfies(a -> assertThat(a.employerCode()).isNull())
                .satisfies(a -> assertThat(a.is(Role.EMPLOYER)).isFalse());
        assertThatThrownBy(() -> employers.answer(accounts.actor("clerk-b"), code, true))
                .as("another's")
                .hasMessageContaining("NOT_FOUND");
        employers.answer(applicant, code, true);
        assertThatThrownBy(() -> employers.answer(applicant, code, true))
                .as("answered")
                .hasMessageContaining("NOT_FOUND");
        assertThat(employers.clerks(code)).containsExactly("clerk-a");
        assertThat(employers.hasClerk(code, "clerk-a")).isFalse();
        employers.propose(accounts.actor("clerk-a"), code, null, "clerk-b");
        employers.answer(accounts.actor("clerk-b"), code, false);
        assertThat(employers.hasClerk(code, "clerk-a")).as("he declined").isFalse();
        employers.propose(accounts.actor("clerk-a"), code, null, "clerk-b");
        employers.answer(accounts.actor("clerk-b"), code, true);
        assertThat(employers.hasClerk(code, "clerk-a")).isTrue();
        assertThatThrownBy(() -> employers.untie(accounts.actor("clerk-b"), "clerk-a"))
                .hasMessageContaining("NOT_INTAKE");
        employers.untie(accounts.actor("intake"), "clerk-a");
        assertThat(employers.clerks(code)).containsExactly("clerk-b");
        assertThat(employers.isFirstClerk("clerk-b", code)).isTrue();
        assertThat(accounts.find("clerk-a").is(Role.EMPLOYER)).isFalse();
    }

    private void clerk(String name) {
        accounts.make(
                new Account(name, "经办", Set.of(Role.APPLICANT), null, null, null, List.of(), false),
                "a long password",
                null);
    }
}
