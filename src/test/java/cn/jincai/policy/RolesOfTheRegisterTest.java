package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.registers.RegisterCheck;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersGate;
import cn.jincai.policy.registers.RegistersReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A legal reviewer 法制审核: what a register may say of a role, what a package may do with it, and what its rights are. */
@Tag("issue-16.9")
class RolesOfTheRegisterTest {
    private static final CityClock CLOCK = new CityClock();
    private static final LocalDate TODAY = CLOCK.today();
    private static final String FILE = "roles.yaml", OWN = "common/registers/" + FILE;
    private static final String LEGAL = "{code: legal-reviewer, name: {zh: 法制审核, en: Legal review}, rights: reviewer";

    private static SortedMap<String, byte[]> registers(String... more) {
        SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.registers());
        StringBuilder all = new StringBuilder(new String(files.get(FILE), StandardCharsets.UTF_8));
        for (String entry : more) all.append("- ").append(entry).append("}\n");
        files.put(FILE, all.toString().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static List<Mistake> told(SortedMap<String, byte[]> files) {
        Findings findings = new Findings();
        RegistersReader.ofVersion(files, findings);
        return findings.all();
    }

    private static Registers read(String... more) {
        assertThat(told(registers(more))).isEmpty();
        return RegistersReader.ofVersion(registers(more), new Findings());
    }

    /** The skills award in which a legal reviewer looks at what the law says. */
    private static SortedMap<String, byte[]> files(String... more) {
        SortedMap<String, byte[]> files = SiteVisit.addedTo(CityPackages.FOLDERS.files("skills-award"));
        files.put(OWN, registers(more).get(FILE));
        return SiteVisit.by("legal-reviewer", files);
    }

    private static List<Mistake> gate(SortedMap<String, byte[]> files, Registers today) {
        Findings findings = new Findings();
        var read = GateTest.read("skills-award", files, findings);
        if (!findings.isEmpty()) return findings.all();
        GateTest.STRUCTURE.check(read.orElseThrow(), findings);
        new RegisterCheck(() -> today, CLOCK).check(read.orElseThrow(), findings);
        return findings.all();
    }

    private static List<Mistake> next(SortedMap<String, byte[]> next, Set<String> held, PolicyPackage... inUse) {
        Findings findings = new Findings();
        Registers now = read(LEGAL);
        new RegistersGate(() -> now, () -> List.of(inUse), () -> held, CLOCK).look(next, findings);
        return findings.all();
    }

    @Test
    void asShippedTheRegisterCallsTheProductsOwnAsTheProductDoes() {
        Registers shipped = read();
        for (Role role : Role.values())
            assertThat(shipped.nameOf(TODAY, Registers.ROLES, role.code())).contains(role.text());
        assertThat(shipped.roles()).containsExactly(Role.values());
    }

    @Test
    void aFurtherRoleHasTheRightsOfAnOwnOneAndNoneOfItsTasks() {
        Role legal = read(LEGAL).role("legal-reviewer").orElseThrow();
        assertThat(legal.rights()).isEqualTo(Role.REVIEWER);
        assertThat(legal.text()).isEqualTo(new Text("法制审核", "Legal review"));
        Actor officer = new Actor("law-office", Set.of(legal));
        assertThat(officer.is(Role.REVIEWER)).isTrue();
        assertThat(officer.holds(Role.REVIEWER)).isFalse();
        assertThat(officer.holds(Role.named("legal-reviewer"))).isTrue();
        assertThat(officer.isAny(Role.INTAKE, Role.ADMIN)).isFalse();
        assertThat(new Actor("reviewer", Set.of(Role.REVIEWER)).holds(legal)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "applicant",
                "employer",
                "leader",
                "expert",
                "auditor",
                "policy-admin",
                "policy-approver",
                "admin",
                "nobody",
                "legal-reviewer"
            })
    void someRightsAreNotLent(String rights) {
        assertThat(told(registers(LEGAL.replace("rights: reviewer", "rights: " + rights))))
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.code()).isEqualTo("RIGHTS");
                    assertThat(m.field()).matches("roles.yaml, line \\d+, legal-reviewer");
                    assertThat(m.message().en()).contains("'" + rights + "'", "senior-reviewer", "finance-approver");
                    assertThat(m.message().zh()).contains(rights, "finance-approver");
                });
        assertThatThrownBy(() -> Role.further("legal-reviewer", Role.named(rights), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRoleWithoutRightsIsNone() {
        assertThat(told(registers(LEGAL.replace(", rights: reviewer", ""))))
                .extracting(Mistake::code)
                .containsExactly("RIGHTS");
    }

    @Test
    void theProductsOwnStayWithTheirRightsAndMayBeCalledOtherwise() {
        SortedMap<String, byte[]> gone = registers();
        PolicyOffice.change(gone, FILE, "- {code: leader, name: {zh: 分管领导, en: Leader}}\n", "");
        assertThat(told(gone)).extracting(Mistake::code).containsExactly("OWN_MISSING");
        for (String end : List.of("until: 2099-01-01", "from: 2026-01-01")) {
            SortedMap<String, byte[]> ended = registers();
            PolicyOffice.change(ended, FILE, "en: Leader}}", "en: Leader}, " + end + "}");
            assertThat(told(ended)).extracting(Mistake::code).containsExactly("OWN_HOLDS");
        }
        SortedMap<String, byte[]> rights = registers();
        PolicyOffice.change(rights, FILE, "en: Leader}}", "en: Leader}, rights: intake}");
        assertThat(told(rights)).extracting(Mistake::code).containsExactly("OWN_RIGHTS");
        assertThat(told(registers("{code: leader, name: {zh: 分管, en: Head}, rights: reviewer")))
                .extracting(Mistake::code)
                .as("a role that there is")
                .contains("OVERLAP", "OWN_RIGHTS");
        SortedMap<String, byte[]> renamed = registers("{code: leader, name: {zh: 分管负责人, en: Head}, from: 2099-01-02");
        PolicyOffice.change(renamed, FILE, "en: Leader}}", "en: Leader}, until: 2099-01-01}");
        assertThat(told(renamed)).isEmpty();
        SortedMap<String, byte[]> gap = registers("{code: leader, name: {zh: 分管负责人, en: Head}, from: 2099-01-03");
        PolicyOffice.change(gap, FILE, "en: Leader}}", "en: Leader}, until: 2099-01-01}");
        assertThat(told(gap)).extracting(Mistake::code).containsExactly("OWN_HOLDS");
    }

    @Test
    void aStepAndItsTaskTakeTheRoleAndAreCalledByIt() {
        assertThat(gate(files(LEGAL), read(LEGAL))).isEmpty();
        Step step = PackageReader.read("skills-award", files(LEGAL)).steps().get("legal-review");
        assertThat(step.doneBy().code()).isEqualTo("legal-reviewer");
        assertThat(step.doneBy().text().en()).isEqualTo("Legal review");
    }

    @Test
    void aRoleThatTheRegisterDoesNotHaveIsAFinding() {
        assertThat(gate(files(), read(LEGAL)))
                .as("not in the register of the package")
                .anySatisfy(m -> {
                    assertThat(m.field()).startsWith("steps.yaml");
                    assertThat(m.message().en()).contains("legal-reviewer");
                });
        assertThat(gate(files(LEGAL), read()))
                .as("not in the one of today")
                .extracting(Mistake::code)
                .containsExactly("GONE");
        String over = ", until: " + TODAY.minusDays(1);
        assertThat(gate(files(LEGAL + over), read(LEGAL + over)))
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.code()).isEqualTo("ENDED");
                    assertThat(m.field()).startsWith("steps.yaml");
                });
        SortedMap<String, byte[]> group = files(LEGAL);
        PolicyOffice.change(
                group,
                "common/review.bpmn",
                "camunda:candidateGroups=\"legal-reviewer\"",
                "camunda:candidateGroups=\"law-reviewer\"");
        assertThat(gate(group, read(LEGAL))).extracting(Mistake::code).contains("GROUP_UNKNOWN", "GROUP_MAY_NOT");
    }

    @Test
    void aPackageIsProposedForADayOnWhichItsRoleHolds() {
        LocalDate first = TODAY.plusDays(10);
        String later = LEGAL + ", from: " + first;
        PolicyPackage pack = PackageReader.read("skills-award", files(later));
        assertThat(gate(files(later), read(later))).as("it may be kept before").isEmpty();
        RegisterCheck.mustHaveItsRoles(pack, read(later), first);
        assertThatThrownBy(() -> RegisterCheck.mustHaveItsRoles(pack, read(later), first.minusDays(1)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        p -> assertThat(p.mistakes()).singleElement().satisfies(m -> {
                            assertThat(m.field()).isEqualTo("from");
                            assertThat(m.code()).isEqualTo("NOT_ON_DAY");
                            assertThat(m.message().en()).contains("legal-reviewer", "legal-review");
                        }));
    }

    @Test
    void noPackageComesIntoForceWithARoleOfWhichTheLastDayIsKnown() {
        String ending = LEGAL + ", until: " + TODAY.plusYears(1);
        PolicyPackage pack = PackageReader.read("skills-award", files(ending));
        assertThatThrownBy(() -> RegisterCheck.mustHaveItsRoles(pack, read(ending), TODAY))
                .isInstanceOfSatisfying(
                        Problem.class,
                        p -> assertThat(p.mistakes()).singleElement().satisfies(m -> {
                            assertThat(m.field()).isEqualTo("from");
                            assertThat(m.code()).isEqualTo("DOES_NOT_LAST");
                            assertThat(m.message().en()).contains("legal-reviewer", "legal-review");
                        }));
    }

    @Test
    void whatAPackageUsesNeitherEndsNorGoes() {
        PolicyPackage pack = PackageReader.read("skills-award", files(LEGAL));
        assertThat(next(registers(LEGAL + ", until: " + TODAY.plusYears(1)), Set.of(), pack))
                .as("not even ahead: a case that came there would wait for ever")
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.code()).isEqualTo("ENDS_IN_USE");
                    assertThat(m.message().en())
                            .contains(
                                    "legal-reviewer",
                                    "legal-review",
                                    "skills-award " + pack.hash().substring(0, 12));
                });
        assertThat(next(registers(), Set.of(), pack)).extracting(Mistake::code).containsExactly("DELETED");
        assertThat(next(registers(), Set.of())).as("used by nobody").isEmpty();
        SortedMap<String, byte[]> renamed =
                registers(LEGAL + ", until: " + TODAY, LEGAL.replace("法制审核", "合法性审查") + ", from: " + TODAY.plusDays(1));
        assertThat(next(renamed, Set.of("legal-reviewer"), pack)).isEmpty();
    }

    @Test
    void whatAnAccountHoldsNeitherEndsNorGoesNorHasOtherRights() {
        Set<String> held = Set.of("legal-reviewer", "reviewer");
        assertThat(next(registers(), held)).extracting(Mistake::code).containsExactly("HELD");
        assertThat(next(registers(LEGAL + ", until: " + TODAY.plusYears(1)), held))
                .extracting(Mistake::code)
                .containsExactly("HELD");
        assertThat(next(registers(LEGAL.replace("rights: reviewer", "rights: supervisor")), Set.of()))
                .extracting(Mistake::code)
                .containsExactly("RIGHTS_KEPT");
        assertThat(told(registers(
                        LEGAL + ", until: 2026-12-31",
                        LEGAL.replace("rights: reviewer", "rights: finance") + ", from: 2027-01-01")))
                .extracting(Mistake::code)
                .containsExactly("RIGHTS_KEPT");
        SortedMap<String, byte[]> without = registers(LEGAL);
        without.remove(FILE);
        assertThat(next(without, Set.of())).extracting(Mistake::code).contains("MISSING_FILE");
    }
}
