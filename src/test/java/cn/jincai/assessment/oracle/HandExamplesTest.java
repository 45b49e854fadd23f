package cn.jincai.assessment.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.oracle.HandAnswer.Benefit;
import cn.jincai.assessment.oracle.WorkedCases.WorkedCase;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked cases that applicants read come out the same from the rules written by hand, so that neither is only believed. */
class HandExamplesTest {
    private static final Map<String, String> CODES = Map.of(
            "talent-recognition",
                    "IDENTITY_UNVERIFIED BANNED DUPLICATE EMPLOYER_UNVERIFIED EMPLOYER_REGION EMPLOYER_TYPE NOT_IN_POST DATA_UNAVAILABLE "
                            + "AGE_ABOVE_LIMIT NO_CRITERION CONTRACT_TOO_SHORT INSURANCE_TOO_SHORT LIFETIME_LIMIT",
            "recruitment-subsidy",
                    "IDENTITY_UNVERIFIED BANNED DUPLICATE LATE NOT_IN_SCOPE EMPLOYER_UNVERIFIED EMPLOYER_REGION EMPLOYER_TYPE NOT_IN_POST "
                            + "DATA_UNAVAILABLE AGE_ABOVE_LIMIT DEGREE_UNVERIFIED STUDY_MODE TOO_EARLY INSURANCE_GAP HIGHER_BENEFIT_HELD",
            "skills-award",
                    "IDENTITY_UNVERIFIED BANNED DUPLICATE LATE NOT_IN_SCOPE EMPLOYER_UNVERIFIED EMPLOYER_REGION EMPLOYER_TYPE NOT_IN_POST "
                            + "DATA_UNAVAILABLE NOT_COVERED CERTIFICATE_UNVERIFIED INSURANCE_TOO_SHORT YEARLY_LIMIT CONTRACT_TOO_SHORT HIGHER_BENEFIT_HELD");

    static Stream<Arguments> cases() {
        return WorkedCases.SCHEMES.stream()
                .flatMap(scheme -> WorkedCases.of(scheme).cases().stream().map(worked -> Arguments.of(scheme, worked)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void comesOutAsPromised(String scheme, WorkedCase worked) {
        HandAnswer answer = HandAnswer.assess(scheme, worked.applied(), worked.facts());
        worked.expect().forEach((key, value) -> {
            if (key.equals("case")) assertThat(answer.verdict()).hasToString((String) value);
            else
                compare(
                        answer.benefits().stream()
                                .filter(benefit -> benefit.code().equals(key))
                                .findFirst()
                                .orElseThrow(),
                        WorkedCases.map(value));
        });
    }

    private static void compare(Benefit benefit, Map<String, Object> expected) {
        expected.forEach((key, value) -> {
            Object found = switch (key) {
                case "verdict" -> benefit.verdict().name();
                case "amountFen" -> benefit.amountFen();
                case "level" -> benefit.level();
                case "monthlyFen" -> benefit.monthlyFen();
                case "months" -> benefit.months();
                case "reasons" ->
                    benefit.reasons().stream()
                            .map(HandAnswer.Reason::code)
                            .sorted()
                            .toList();
                case "instalments" ->
                    benefit.instalments().stream()
                            .map(HandAnswer.Instalment::amountFen)
                            .toList();
                default -> throw new IllegalArgumentException("unknown word in expect: " + key);
            };
            Object wanted = key.equals("reasons")
                    ? ((List<?>) value).stream().map(Object::toString).sorted().toList()
                    : value;
            assertThat(String.valueOf(found)).as(benefit.code() + " " + key).isEqualTo(String.valueOf(wanted));
        });
    }

    @Test
    void everySchemeShowsEachOfItsReasonsAndIsNamedInBothLanguages() {
        for (String scheme : WorkedCases.SCHEMES) {
            List<WorkedCase> cases = WorkedCases.of(scheme).cases();
            Set<String> shown = new TreeSet<>();
            for (WorkedCase worked : cases) {
                worked.expect().forEach((key, value) -> {
                    if (value instanceof Map<?, ?> benefit && benefit.get("reasons") instanceof List<?> reasons)
                        reasons.forEach(code -> shown.add((String) code));
                });
            }
            assertThat(shown)
                    .as(scheme)
                    .isEqualTo(new TreeSet<>(Arrays.asList(CODES.get(scheme).split(" "))));
            assertThat(cases).hasSizeGreaterThanOrEqualTo(28).allSatisfy(worked -> {
                assertThat(worked.zh()).matches(".*\\p{IsHan}.*");
                assertThat(worked.en()).isNotBlank();
            });
            assertThat(new HashSet<>(cases.stream().map(WorkedCase::zh).toList()))
                    .as(scheme + ": names are told apart")
                    .hasSameSizeAs(cases);
        }
    }

    @Test
    void theExampleOfThePublicCallAsksForTheCertificateOnly() {
        Map<String, Object> facts = new HashMap<>(Map.of(
                "identityVerified",
                true,
                "banned",
                false,
                "inPost",
                true,
                "employerType",
                "PRIVATE_ENTERPRISE",
                "employerRegion",
                "JINJIANG",
                "contractMonths",
                36L,
                "insuredMonthsConsecutive",
                8L,
                "certificateLevel",
                "THREE",
                "certificateIssuedOn",
                LocalDate.of(2025, 9, 1),
                "unemploymentInsuredMonths",
                40L));
        facts.putAll(Map.of(
                "levelsPaidForOccupation",
                List.of(),
                "claimsThisYear",
                0L,
                "allowanceForSameCertificate",
                false,
                "awardPaidThisYear",
                0L));
        HandAnswer answer = HandAnswer.assess("skills-award", LocalDate.of(2026, 3, 2), facts);
        assertThat(answer.verdict()).isEqualTo(Verdict.SUPPLEMENT);
        assertThat(answer.governingDate()).isEqualTo(LocalDate.of(2025, 9, 1));
        assertThat(answer.benefits()).extracting(Benefit::amountFen).containsExactly(200_000L, 100_000L);
        assertThat(answer.benefits())
                .allSatisfy(benefit -> assertThat(benefit.reasons())
                        .containsExactly(new HandAnswer.Reason(
                                "CERTIFICATE_UNVERIFIED", Verdict.SUPPLEMENT, "certificateVerified")));
    }
}
