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

/** One review is enough only where the scheme says so and the rules grant: the gate walks every way and names the shortest that passes the second by. */
@Tag("issue-16")
class OneReviewTest {
    private static final String RUN = """
            run:
              months: [1, 4, 7, 10]
              covers: 3
            """;
    private static final String REVIEW = "common/review.bpmn", ASKED = "${not reviews.secondAsked(caseNumber)}";

    private static List<Mistake> gate(String more, String file, String from, String to) {
        SortedMap<String, byte[]> files = HousingScheme.files(more + RUN);
        String text = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        files.put(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
        Findings findings = new Findings();
        PackageReader.read(HousingScheme.CODE, files, findings)
                .ifPresent(pack -> GateTest.STRUCTURE.check(pack, findings));
        return findings.all();
    }

    private static List<Mistake> gate(String more) {
        return gate(more, REVIEW, ASKED, ASKED);
    }

    @Test
    void oneReviewAndAutomaticAcceptancePassTheGateWhereTheSchemeSaysSo() {
        assertThat(gate("")).isEmpty();
        assertThat(gate("reviews: one\n")).isEmpty();
        assertThat(gate("reviews: one\nacceptance: automatic\n")).isEmpty();
    }

    @Test
    void aDiagramThatPassesTheSecondReviewByIsToldWithTheShortestWay() {
        for (String scheme : List.of("", "reviews: one\n"))
            assertThat(gate(scheme, REVIEW, ASKED, "${true}"))
                    .as("without asking: " + scheme)
                    .anySatisfy(m -> {
                        assertThat(m.code()).isEqualTo("PASSED_BY");
                        assertThat(m.message().en()).contains("first-review: ", "two reviews");
                    });
        assertThat(gate("reviews: one\n", REVIEW, ASKED, "${reviews.secondAsked(caseNumber)}"))
                .as("the other way round")
                .anyMatch(m -> m.code().equals("PASSED_BY"));
    }

    /** With one review an approval is enough; the way of a refusal that leaves the second out is still one that passes it by. */
    @Test
    void aRefusalNeverGoesByOneReview() {
        assertThat(gate(
                        "reviews: one\n",
                        REVIEW,
                        "sourceRef=\"first-said\" targetRef=\"after-first\"",
                        "sourceRef=\"first-said\" targetRef=\"then\""))
                .anySatisfy(m -> {
                    assertThat(m.code()).isEqualTo("PASSED_BY");
                    assertThat(m.message().en()).contains("first-review: ", "two reviews");
                });
    }

    @Test
    void anAcceptanceByTheSystemThatNobodyAskedForIsOnePassedBy() {
        assertThat(gate(
                        "acceptance: automatic\n",
                        "common/acceptance.bpmn",
                        "${cases.isComplete(caseNumber)}",
                        "${true}"))
                .anySatisfy(m -> {
                    assertThat(m.code()).isEqualTo("PASSED_BY");
                    assertThat(m.message().en()).contains("acceptance");
                });
    }

    @Test
    void theSchemesOfTheRulebookKeepTheirWay() {
        for (String otherwise : List.of("reviews: one", "acceptance: automatic")) {
            SortedMap<String, byte[]> files = CityPackages.FOLDERS.files("skills-award");
            String text = new String(files.get("scheme.yaml"), StandardCharsets.UTF_8);
            files.put("scheme.yaml", (text + "\n" + otherwise + "\n").getBytes(StandardCharsets.UTF_8));
            Findings findings = new Findings();
            PackageReader.read("skills-award", files, findings)
                    .ifPresent(pack -> GateTest.SCHEME.check(pack, findings));
            assertThat(findings.all()).anyMatch(m -> m.code().equals("WAY_OF_THE_RULEBOOK"));
        }
    }
}
