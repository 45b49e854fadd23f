package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.forms.FieldCheck;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.gate.FormsAgainstFacts;
import cn.jincai.policy.reading.PackageReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class FormsAgainstFactsTest {
    private final FormCheck check = new FormCheck(
            new CityClock(),
            new StaticListableBeanFactory(Map.of(
                            "id",
                            named("resident-id"),
                            "code",
                            named("credit-code"),
                            "occupation",
                            named("occupation-code")))
                    .getBeanProvider(FieldCheck.class));
    private final FormsAgainstFacts against = new FormsAgainstFacts(check);

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void theFormsOfTheThreeSchemesAskWhatTheirRulesReadInBothLanguages(String scheme) {
        PolicyPackage pack = PackageReader.read(scheme, new PackageFolders(Path.of(".")).files(scheme));
        assertThat(findings(pack)).isEmpty();
        assertThat(pack.forms().values())
                .allSatisfy(
                        form -> assertThat(form.untranslated()).as(form.name()).isEmpty());
    }

    @Test
    void ownRecordsAreNotAskedOfApplicants() {
        PolicyPackage pack = PackageReader.read("skills-award", new PackageFolders(Path.of(".")).files("skills-award"));
        assertThat(pack.forms().get("forms/application.form").fields())
                .noneMatch(f -> pack.catalogue()
                        .fact(f.key())
                        .filter(Scheme.Fact::isOwnRecords)
                        .isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "common/parts/contract-employment|\"key\": \"contractMonths\"|\"key\": \"contractYears\"|NO_FACT",
                "application|\"value\": \"THREE\"|\"value\": \"SEVEN\"|FOREIGN_VALUE",
                "common/parts/contract-employment|\"key\": \"contractMonths\"|\"key\": \"certificateVerified\"|OTHER_TYPE",
                "common/parts/employment|\"check\": \"credit-code\"|\"check\": \"lucky-number\"|UNKNOWN_CHECK"
            })
    void whatTheRulesCantReadIsFoundWithItsPlace(String name, String asItStands, String asEdited, String code) {
        String path = "forms/" + name + ".form";
        SortedMap<String, byte[]> files = new PackageFolders(Path.of(".")).files("skills-award");
        String form = new String(files.get(path), StandardCharsets.UTF_8);
        assertThat(form).contains(asItStands);
        files.put(path, form.replace(asItStands, asEdited).getBytes(StandardCharsets.UTF_8));
        assertThat(findings(PackageReader.read("skills-award", files)))
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.code()).isEqualTo(code);
                    assertThat(m.field()).startsWith(path + ", #f_");
                });
    }

    private java.util.List<Problem.Mistake> findings(PolicyPackage pack) {
        Findings findings = new Findings();
        against.check(pack, findings);
        return findings.all();
    }

    private static FieldCheck named(String name) {
        return new FieldCheck(name, Set.of(), null, true, UnaryOperator.identity(), answer -> Optional.empty());
    }
}
