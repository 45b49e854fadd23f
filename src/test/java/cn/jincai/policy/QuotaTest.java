package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.payment.HousingScheme;
import cn.jincai.policy.reading.PackageReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A year's places can be counted, are of the scheme's own benefits, and nobody gets past the line for them. */
@Tag("issue-16")
class QuotaTest {
    private static final String DECISION = "common/decision.bpmn", ASKED = "${not reviews.placeFree(caseNumber)}";
    private static final String TWO = "quota: {perYear: 2, benefits: [HOUSING_RENT]}\n";

    private static SortedMap<String, byte[]> files(String quota) {
        return HousingScheme.files(HousingScheme.QUARTERLY + quota);
    }

    private static List<Mistake> gate(SortedMap<String, byte[]> files) {
        Findings findings = new Findings();
        PackageReader.read(HousingScheme.CODE, files, findings).ifPresent(pack -> {
            GateTest.STRUCTURE.check(pack, findings);
            GateTest.SCHEME.check(pack, findings);
        });
        return findings.all();
    }

    private static List<Mistake> gate(String quota) {
        return gate(files(quota));
    }

    private static List<Mistake> changed(String quota, String from, String to) {
        SortedMap<String, byte[]> files = files(quota);
        PolicyOffice.change(files, DECISION, from, to);
        return gate(files);
    }

    @Test
    void aQuotaIsANumberOrAParameterByDate() {
        assertThat(gate("")).isEmpty();
        assertThat(gate(TWO)).isEmpty();
        SortedMap<String, byte[]> files = files("quota: {perYear: yearlyPlaces, benefits: [HOUSING_RENT]}\n");
        PolicyOffice.change(
                files,
                "rulesets/2025-01/parameters.yaml",
                "parameters:\n",
                "parameters:\n  yearlyPlaces: {unit: count, label: {zh: 年度名额, en: Places of a year}, values: {always: {is: 2, status: ILLUSTRATIVE, source: order}}}\n");
        assertThat(gate(files)).isEmpty();
    }

    @Test
    void whatCannotBeCountedIsTold() {
        assertCode("quota: {perYear: yearlyPlaces, benefits: [HOUSING_RENT]}\n", "NO_PARAMETER");
        assertCode("quota: {perYear: rentFen, benefits: [HOUSING_RENT]}\n", "UNIT");
        assertCode("quota: {perYear: 0, benefits: [HOUSING_RENT]}\n", "PLACES");
        assertCode("quota: {perYear: 2, benefits: []}\n", "NO_BENEFITS");
        assertCode("quota: {perYear: 2, benefits: [SKILL_AWARD]}\n", "NOT_OWN");
        assertCode("quota: {perYear: 2, benefits: [HOUSING_RENT, HOUSING_RENT]}\n", "TWICE");
    }

    private static void assertCode(String quota, String code) {
        assertThat(gate(quota)).as(quota).anySatisfy(m -> {
            assertThat(m.code()).isEqualTo(code);
            assertThat(m.field()).contains("quota");
        });
    }

    @Test
    void aDiagramThatPassesByTheLineIsToldWithTheShortestWay() {
        assertThat(changed(
                        TWO,
                        "sourceRef=\"start\" targetRef=\"next-in-line\"",
                        "sourceRef=\"start\" targetRef=\"decision\""))
                .as("nobody asks")
                .anySatisfy(QuotaTest::passesTheLine);
        assertThat(changed(TWO, ASKED, "${reviews.placeFree(caseNumber)}"))
                .as("the wrong way round")
                .anySatisfy(QuotaTest::passesTheLine);
        assertThat(changed(
                        TWO,
                        "sourceRef=\"waits-in-line\" targetRef=\"next-in-line\"",
                        "sourceRef=\"waits-in-line\" targetRef=\"decision\""))
                .as("whoever was told of a place is not asked again whether it is still there")
                .anySatisfy(QuotaTest::passesTheLine);
        assertThat(changed(
                        TWO,
                        "sourceRef=\"tell-place\" targetRef=\"waits-in-line\"",
                        "sourceRef=\"tell-place\" targetRef=\"decision\""))
                .as("told, but nobody waits")
                .anySatisfy(QuotaTest::passesTheLine);
    }

    private static void passesTheLine(Mistake m) {
        assertThat(m.code()).isEqualTo("PASSED_BY");
        assertThat(m.message().en()).contains("a place of the year", "first-review: ");
    }

    @Test
    void aSchemeWithoutAQuotaHasNoLineAndNeedsNone() {
        assertThat(changed(
                        "",
                        "sourceRef=\"tell-place\" targetRef=\"waits-in-line\"",
                        "sourceRef=\"tell-place\" targetRef=\"decision\""))
                .as("what only a scheme with a quota comes to")
                .noneMatch(m -> m.code().equals("PASSED_BY"));
    }

    @Test
    void theSchemesOfTheRulebookHaveNoQuota() {
        SortedMap<String, byte[]> files = CityPackages.FOLDERS.files("skills-award");
        String text = new String(files.get("scheme.yaml"), StandardCharsets.UTF_8);
        files.put(
                "scheme.yaml",
                (text + "\nquota: {perYear: 100, benefits: [CITY_AWARD]}\n").getBytes(StandardCharsets.UTF_8));
        Findings findings = new Findings();
        PackageReader.read("skills-award", files, findings).ifPresent(pack -> GateTest.SCHEME.check(pack, findings));
        assertThat(findings.all()).anyMatch(m -> m.code().equals("WAY_OF_THE_RULEBOOK"));
    }
}
