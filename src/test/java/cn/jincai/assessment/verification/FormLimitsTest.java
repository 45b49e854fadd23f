package cn.jincai.assessment.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.assessment.CityCalendar;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form that lets through only one side of what a rule tells apart, in each way in which a form can be narrow. */
class FormLimitsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "forms/application.form";

    private static List<Mistake> warnings(PolicyPackage policy) {
        Findings findings = new Findings();
        new FormLimits(policy, CityCalendar.calendar(), LocalDate.of(2026, 11, 25), findings).check();
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings())
                .allSatisfy(m -> assertThat(m.message().zh()).isNotBlank());
        return findings.warnings();
    }

    /** The scheme with one field of its application form written differently. */
    private static PolicyPackage with(String scheme, String key, Consumer<ObjectNode> change) {
        SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.files(scheme));
        try {
            for (String path : files.keySet().stream()
                    .filter(f -> f.equals(FORM) || f.matches("forms/common/parts/.*\\.form"))
                    .toList()) {
                JsonNode form = JSON.readTree(files.get(path));
                form.findParents("key").stream()
                        .filter(n -> n.path("key").asText().equals(key))
                        .forEach(field -> change.accept(written((ObjectNode) field, scheme, key)));
                files.put(path, JSON.writeValueAsBytes(form));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CityPackages.read(scheme, files);
    }

    /** With the choices of its register written out. */
    private static ObjectNode written(ObjectNode field, String scheme, String key) {
        if (field.path("properties").has("register")) {
            ((ObjectNode) field.get("properties")).remove("register");
            ArrayNode values = field.putArray("values");
            CityPackages.of(scheme)
                    .catalogue()
                    .fact(key)
                    .orElseThrow()
                    .values()
                    .forEach(value -> values.addObject()
                            .put("value", value.code())
                            .put("label", value.name().zh()));
        }
        return field;
    }

    private static Consumer<ObjectNode> without(String... values) {
        return field -> {
            for (var options = field.withArray("values").iterator(); options.hasNext(); )
                if (List.of(values).contains(options.next().path("value").asText())) options.remove();
        };
    }

    private static Consumer<ObjectNode> limited(String limit, Object to) {
        return field -> ((ObjectNode) field.path("validate")).putPOJO(limit, to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", "made-up"})
    void whatIsShippedFitsItsRules(String scheme) {
        assertThat(warnings(scheme.equals("made-up") ? MadeUpPackage.read() : CityPackages.of(scheme)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "skills-award | contractMonths | max | 11 | rule C2-08 | false | 12",
                        "skills-award | contractMonths | min | 12 | rule C2-08 | true | 0",
                "talent-recognition | taxedMonthsInJinjiang | max | 5 | rule A1-06 | true | 6",
                        "talent-recognition | annualTaxablePay | max | 149999999 | rule A1-06 | true | 1,500,000.00 yuan",
                "recruitment-subsidy | insuranceGapMonths | max | 2 | rule B2-10 | true | 3"
            })
    void aNumberThatStopsBeforeALimitOfTheRules(
            String scheme, String key, String limit, long to, String rule, boolean truth, String example) {
        assertThat(warnings(with(scheme, key, limited(limit, to)))).anySatisfy(m -> {
            assertThat(m.code()).isEqualTo("FORM_LIMIT");
            assertThat(m.field())
                    .matches("forms/(application|common/parts/contract-employment)\\.form, #f_" + key + ".*");
            assertThat(m.message().en()).contains(rule).contains(" " + truth + ", as this would: " + example);
        });
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "skills-award | contractMonths | max | 12",
                "skills-award | contractMonths | min | 11",
                "recruitment-subsidy | insuranceGapMonths | max | 3"
            })
    void oneNumberOnTheOtherSideIsEnough(String scheme, String key, String limit, long to) {
        assertThat(warnings(with(scheme, key, limited(limit, to)))).isEmpty();
    }

    @Test
    void aLimitThatHeldInEarlierYearsOnlyCountsToo() {
        assertThat(warnings(with("skills-award", "unemploymentInsuredMonths", limited("max", 35))))
                .anySatisfy(m -> assertThat(m.message().en()).contains("rule C1-07", "false, as this would: 36"));
        assertThat(warnings(with("skills-award", "unemploymentInsuredMonths", limited("max", 36))))
                .isEmpty();
    }

    @Test
    void aValueThatARuleKnowsAndNobodyCanChoose() {
        assertThat(warnings(with("skills-award", "certificateLevel", without("CHIEF"))))
                .anySatisfy(m -> assertThat(m.message().en()).contains("certificateLevel \"CHIEF\"", "rule C2-05"));
        assertThat(warnings(with("skills-award", "employerType", without("GOVERNMENT"))))
                .as("the other value of the cell is still there")
                .isEmpty();
        assertThat(warnings(with("skills-award", "employerType", without("GOVERNMENT", "PUBLIC_INSTITUTION"))))
                .extracting(m -> m.message().en())
                .singleElement()
                .asString()
                .contains("rule C0-01", "true");
        assertThat(warnings(with("skills-award", "employerRegion", without("QUANZHOU", "OTHER"))))
                .extracting(m -> m.message().en())
                .singleElement()
                .asString()
                .contains("employerRegion not(\"JINJIANG\")", "true, as this would:");
    }

    @Test
    void aNumberToChooseAndAListToTick() {
        assertThat(warnings(with("recruitment-subsidy", "instalment", without("2"))))
                .anySatisfy(m -> assertThat(m.message().en()).contains("rule B0-05", "true, as this would: 2"));
        assertThat(warnings(with("talent-recognition", "evidence", without("NOBEL_LEVEL_PRIZE", "ACADEMICIAN"))))
                .isEmpty();
        assertThat(warnings(with(
                        "talent-recognition",
                        "evidence",
                        without("NOBEL_LEVEL_PRIZE", "ACADEMICIAN", "STATE_TOP_SCIENCE_PRIZE"))))
                .anySatisfy(m -> assertThat(m.message().en()).contains("rule A1-01", "true"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "maxLength|7|true",
                "maxLength|8|false",
                "pattern|^[O-Q]|true",
                "pattern|^[A-Z]|false",
                "minLength|9|true"
            })
    void aCodeThatCantBeTyped(String limit, String to, boolean tooNarrow) {
        PolicyPackage typed = with("skills-award", "employerRegion", field -> {
            field.put("type", "textfield").remove("values");
            limited(limit, limit.equals("pattern") ? to : (Object) Integer.valueOf(to))
                    .accept(field);
        });
        assertThat(warnings(typed).stream()
                        .anyMatch(m -> m.message().en().contains("employerRegion not(\"JINJIANG\")")))
                .isEqualTo(tooNarrow);
    }

    @Test
    void aChoiceThatNoRuleKnows() {
        SortedMap<String, byte[]> files =
                new TreeMap<>(with("recruitment-subsidy", "degree", field -> {}).files());
        change(
                files,
                "scheme.yaml",
                t -> t.replace(
                        "      - {code: MASTER, ",
                        "      - {code: BACHELOR, name: {zh: 本科, en: Bachelor}}\n      - {code: MASTER, "));
        change(
                files,
                FORM,
                t -> t.replaceFirst("\\{[^{}]*\"MASTER\"[^{}]*}", "{\"label\": \"本科\", \"value\": \"BACHELOR\"},$0"));
        change(files, "forms/en.yaml", t -> t + "\ndegree.BACHELOR: Bachelor\n");
        assertThat(warnings(CityPackages.read("recruitment-subsidy", files))).anySatisfy(m -> {
            assertThat(m.code()).isEqualTo("UNKNOWN_TO_RULES");
            assertThat(m.field()).startsWith(FORM + ", #").endsWith(", BACHELOR");
            assertThat(m.message().en()).contains("no rule knows it");
        });
    }

    private static void change(SortedMap<String, byte[]> files, String path, UnaryOperator<String> change) {
        String before = new String(files.get(path), StandardCharsets.UTF_8);
        assertThat(change.apply(before)).as(path).isNotEqualTo(before);
        files.put(path, change.apply(before).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"contractMonths, increment", "certificateIssuedOn, disallowPassedDates"})
    void aLimitThatOnlyTheBrowserWouldCheckIsRefused(String key, String limit) {
        Problem refused = catchThrowableOfType(
                Problem.class,
                () -> with("skills-award", key, field -> field.put(limit, limit.equals("increment") ? "5" : "true")));
        assertThat(refused.mistakes()).extracting(Mistake::code).containsExactly("LIMIT_NOT_ALLOWED");
    }
}
