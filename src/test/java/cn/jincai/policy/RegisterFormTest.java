package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.filing.FieldChecks;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormReader;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A form's choices that a register gives. */
@Tag("issue-16.9")
class RegisterFormTest {
    private static final String FORM = "forms/application.form";
    private final CityClock clock = new CityClock();
    private final SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.files("skills-award"));

    private Form.Field region() {
        return FormReader.readAll(files).get(FORM).field("employerRegion").orElseThrow();
    }

    @Test
    void theChoicesAreTheEntriesWithTheirNames() {
        assertThat(region().values())
                .extracting(
                        o -> o.code() + " " + o.label().zh() + " " + o.label().en())
                .containsExactly(
                        "JINJIANG 晋江 Jinjiang", "QUANZHOU 泉州其他县市区 Elsewhere in Quanzhou", "OTHER 其他地方 Elsewhere");
    }

    @Test
    void whatIsOverIsNeitherOfferedNorTaken() {
        LocalDate today = clock.today();
        PolicyOffice.change(
                files,
                "common/registers/regions.yaml",
                "en: Elsewhere}",
                "en: Elsewhere}, until: " + today.minusDays(1));
        Form.Option over = region().option("OTHER").orElseThrow();
        assertThat(over.isOfferedOn(today)).isFalse();
        assertThat(over.isOfferedOn(today.minusDays(1))).isTrue();
        Form form = FormReader.readAll(files).get(FORM);
        FormCheck check = new FormCheck(clock, FieldChecks.all(clock));
        assertThat(check.checkDraft(form, Map.of("employerRegion", "OTHER")))
                .filteredOn(m -> m.field().equals("employerRegion"))
                .singleElement()
                .satisfies(m -> assertThat(m.code()).isEqualTo("NOT_OFFERED"));
        assertThat(check.checkDraft(form, Map.of("employerRegion", "JINJIANG")))
                .filteredOn(m -> m.field().equals("employerRegion"))
                .isEmpty();
    }

    @Test
    void aRegisterThatIsNotThereIsAFinding() {
        PolicyOffice.change(
                files, "forms/common/parts/employment.form", "\"register\": \"regions\"", "\"register\": \"region\"");
        Problem problem = Assertions.catchThrowableOfType(Problem.class, () -> FormReader.readAll(files));
        assertThat(problem.mistakes()).anySatisfy(m -> {
            assertThat(m.code()).isEqualTo("NO_REGISTER");
            assertThat(m.field()).isEqualTo("forms/common/parts/employment.form#f_employerRegion");
        });
    }
}
