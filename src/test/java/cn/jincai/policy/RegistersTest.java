package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersGate;
import cn.jincai.policy.registers.RegistersReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Registers as they are read, and what a version of them may not take away from those who use it. */
@Tag("issue-16.9")
class RegistersTest {
    private static final PolicyPackage AWARD = CityPackages.of("skills-award");
    private static final CityClock CLOCK = new CityClock();
    private static final LocalDate TODAY = CLOCK.today();

    private final SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.registers());

    private void change(String register, String from, String to) {
        PolicyOffice.change(files, register + ".yaml", from, to);
    }

    private Registers read() {
        Findings findings = new Findings();
        Registers read = RegistersReader.ofVersion(files, findings);
        assertThat(findings.all()).isEmpty();
        return read;
    }

    private Findings gate() {
        Registers now = RegistersReader.ofVersion(CityPackages.FOLDERS.registers(), new Findings());
        Findings findings = new Findings();
        new RegistersGate(() -> now, () -> List.of(AWARD), CLOCK).look(files, findings);
        return findings;
    }

    @Test
    void anEntryHoldsOnItsDaysAndHasItsNameOfThen() {
        change("regions", "en: Elsewhere in Quanzhou}", "en: Elsewhere in Quanzhou}, until: 2026-06-30");
        change(
                "regions",
                "- {code: OTHER",
                "- {code: QUANZHOU, name: {zh: 泉州各地, en: Quanzhou}, from: 2026-07-01}\n- {code: OTHER");
        Registers registers = read();
        LocalDate before = LocalDate.of(2026, 6, 30), after = before.plusDays(1);
        assertThat(registers.nameOf(before, "regions", "QUANZHOU").orElseThrow().en())
                .isEqualTo("Elsewhere in Quanzhou");
        assertThat(registers.nameOf(after, "regions", "QUANZHOU").orElseThrow().zh())
                .isEqualTo("泉州各地");
        assertThat(registers.inForce(after, "regions"))
                .extracting(Entry::code)
                .containsExactly("JINJIANG", "QUANZHOU", "OTHER");
        assertThat(registers.codes("regions")).as("each once").containsExactly("JINJIANG", "QUANZHOU", "OTHER");
    }

    @Test
    void aPackageKeepsTheEntriesWithWhichItWasRead() {
        SortedMap<String, byte[]> frozen = new TreeMap<>(AWARD.files());
        PolicyOffice.change(
                frozen, "common/registers/regions.yaml", "en: Elsewhere}", "en: Elsewhere}, until: 2026-01-31");
        Scheme scheme = PackageReader.read("skills-award", frozen).catalogue();
        Scheme.Value other =
                scheme.fact("employerRegion").orElseThrow().value("OTHER").orElseThrow();
        assertThat(other.holdsOn(LocalDate.of(2026, 1, 31))).isTrue();
        assertThat(other.holdsOn(LocalDate.of(2026, 2, 1))).isFalse();
        assertThat(AWARD.catalogue()
                        .fact("employerRegion")
                        .orElseThrow()
                        .value("OTHER")
                        .orElseThrow()
                        .holdsOn(TODAY))
                .isTrue();
    }

    @Test
    void aFactMayTakeSomeOfARegister() {
        SortedMap<String, byte[]> some = new TreeMap<>(AWARD.files());
        PolicyOffice.change(
                some, "common/common.yaml", "{register: regions}", "{register: regions, only: [QUANZHOU, JINJIANG]}");
        assertThat(PackageReader.read("skills-award", some)
                        .catalogue()
                        .fact("employerRegion")
                        .orElseThrow()
                        .values())
                .extracting(Scheme.Value::code)
                .containsExactly("QUANZHOU", "JINJIANG");
    }

    @Test
    void whatIsUsedIsNotDeleted() {
        change("regions", "- {code: OTHER, name: {zh: 其他地方, en: Elsewhere}}\n", "");
        change("sources", "- {code: certificate", "- {code: certificates");
        change("funds", "- {code: TALENT_FUND, name: {zh: 人才专项资金, en: Talent fund}}\n", "");
        assertThat(gate().all())
                .extracting(Mistake::field, Mistake::code)
                .containsExactlyInAnyOrder(
                        tuple("regions.yaml", "DELETED"),
                        tuple("sources.yaml", "DELETED"),
                        tuple("funds.yaml", "DELETED"));
        Mistake region = gate().all().stream()
                .filter(m -> m.field().equals("regions.yaml"))
                .findFirst()
                .orElseThrow();
        assertThat(region.message().en())
                .contains("'OTHER'", "skills-award " + AWARD.hash().substring(0, 12), "employerRegion", "until");
        assertThat(region.message().zh()).contains("不能删除", "employerRegion");
    }

    @Test
    void whatIsUsedDoesNotEndInThePast() {
        change("regions", "en: Elsewhere}", "en: Elsewhere}, until: " + TODAY.minusDays(1));
        assertThat(gate().all()).singleElement().satisfies(m -> {
            assertThat(m.code()).isEqualTo("ENDED_IN_USE");
            assertThat(m.field()).isEqualTo("regions.yaml, line 4, OTHER");
        });
    }

    /** A package's own codes may end ahead: its forms no longer offer them. A source or fund that is still named then is another matter, and somebody signs it. */
    @Test
    void whatIsUsedMayEndAheadAndOfASourceThatIsSigned() {
        change("regions", "en: Elsewhere}", "en: Elsewhere}, until: " + TODAY.plusDays(30));
        change("sources", "en: Ban list}", "en: Ban list}, until: " + TODAY.plusDays(30));
        assertThat(gate().all()).isEmpty();
        assertThat(gate().warnings()).singleElement().satisfies(w -> {
            assertThat(w.code()).isEqualTo("ENDS_IN_USE");
            assertThat(w.message().en()).contains("'ban'", "banned");
        });
    }

    @Test
    void whatIsUsedHasAnEntryToday() {
        change("regions", "en: Jinjiang}", "en: Jinjiang}, from: " + TODAY.plusDays(1));
        assertThat(gate().all())
                .singleElement()
                .satisfies(found -> assertThat(found.message().en()).contains("JINJIANG", "no entry today"));
    }

    /** More of what applicants answered than before would leave the house. */
    @Test
    void aSourceThatIsAskedOtherwiseIsSigned() {
        change("sources", "en: Ban list}", "en: Ban list}, sends: [phone]");
        assertThat(gate().all()).isEmpty();
        assertThat(gate().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message().en()).contains("ban", "asked otherwise"));
    }

    @Test
    void whoApprovesSeesWhichEntriesAreOthers() {
        change("regions", "en: Elsewhere in Quanzhou}", "en: Elsewhere in Quanzhou}, until: 2099-06-30");
        change("sources", "# 数据源", "# 各数据源");
        Registers now = RegistersReader.ofVersion(CityPackages.FOLDERS.registers(), new Findings());
        assertThat(read().changesSince(now)).singleElement().satisfies(change -> {
            assertThat(change.code()).isEqualTo("QUANZHOU");
            assertThat(change.before().get(0).until()).isNull();
            assertThat(change.after().get(0).until()).isEqualTo("2099-06-30");
        });
    }

    @Test
    void whatNobodyUsesMayGo() {
        change("sources", "- {code: tax, name: {zh: 税务, en: Tax}}\n", "");
        assertThat(gate().all()).isEmpty();
    }

    @Test
    void aVersionNeedsSourcesAndFundsAndHoldsRegistersOnly() {
        files.remove("funds.yaml");
        files.put("rulesets/conditions.dmn", "<x/>".getBytes(StandardCharsets.UTF_8));
        files.put("Bad.yaml", "[]".getBytes(StandardCharsets.UTF_8));
        Findings findings = new Findings();
        RegistersReader.ofVersion(files, findings);
        assertThat(findings.all())
                .extracting(m -> m.field() + " " + m.code())
                .containsExactlyInAnyOrder(
                        "funds.yaml MISSING_FILE", "rulesets/conditions.dmn NO_REGISTER_FILE", "Bad.yaml NAME");
    }
}
