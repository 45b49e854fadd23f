package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cases keep, as it was written once: the samples are never written anew. Whoever renames a component leaves its name in the archive; whoever means
 * another shape gives it another format, and its sample a place beside these.
 */
class ArchivedAssessmentTest {
    private static final String SCHEME = "recruitment-subsidy";
    private static final PolicyPackage PACKAGE = CityPackages.read(SCHEME, CityPackages.BEFORE_SHARING.files(SCHEME));

    private record Kept(LocalDate applicationDate, ArchivedAssessment assessment) {
        Assessment again() {
            return Assessments.with(CityCalendar.calendar())
                    .assess(
                            PACKAGE,
                            applicationDate,
                            assessment.readFacts(PACKAGE.catalogue()),
                            assessment.readAdjustments());
        }
    }

    private static List<Kept> sample(int format) throws IOException {
        List<Kept> rows = new ArrayList<>();
        for (JsonNode row : new ObjectMapper()
                .readTree(Path.of("src/test/resources/archive/format-" + format + ".json")
                        .toFile()))
            rows.add(new Kept(
                    LocalDate.parse(row.path("applicationDate").asText()),
                    new ArchivedAssessment(
                            row.path("facts").toString(),
                            row.path("adjustments").toString(),
                            row.path("answer").toString())));
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anAssessmentOfEachFormatComesOutAgain(int format) throws IOException {
        List<Kept> sample = sample(format);
        assertThat(sample).hasSize(2).allSatisfy(kept -> {
            assertThat(kept.assessment.differences(kept.again())).isEmpty();
            assertThat(kept.assessment.assessment().path("ruleset").asText()).isEqualTo("2026-01");
        });
        assertThat(sample.get(0).assessment.readAdjustments().refusedLevels()).containsExactly(3);
    }

    @Test
    void whatIsKeptTodayIsWrittenAsTheNewestSample() throws IOException {
        for (Kept kept : sample(2)) {
            Adjustments adjustments = kept.assessment.readAdjustments();
            ArchivedAssessment today =
                    ArchivedAssessment.of(kept.assessment.readFacts(PACKAGE.catalogue()), adjustments, kept.again());
            assertThat(today.answer())
                    .as("by the evaluator of today")
                    .isEqualTo(kept.assessment.answer().replace("\"evaluator\":1", "\"evaluator\":2"));
            assertThat(today.adjustments()).isEqualTo(kept.assessment.adjustments());
            assertThat(new ObjectMapper().readTree(today.facts()))
                    .isEqualTo(new ObjectMapper().readTree(kept.assessment.facts()));
        }
    }

    @Test
    void aDifferenceNamesItsPlaceAndTheEvaluatorOfThen() throws IOException {
        Kept kept = sample(2).get(1);
        ArchivedAssessment otherwise = new ArchivedAssessment(
                kept.assessment.facts(),
                kept.assessment.adjustments(),
                kept.assessment
                        .answer()
                        .replace("\"evaluator\":1", "\"evaluator\":0")
                        .replaceFirst("\"amountFen\":5000000", "\"amountFen\":1"));
        assertThat(otherwise.differences(kept.again()))
                .extracting(d -> d.path() + " " + d.then() + " " + d.now())
                .containsExactly("/benefits/0/amountFen 1 5000000", "/evaluator 0 2");
    }

    @Test
    void aFormatOfALaterVersionIsNotGuessed() {
        assertThatThrownBy(new ArchivedAssessment("{}", "{}", "{\"format\":3}")::assessment)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an assessment of format 3 is not known here");
    }
}
