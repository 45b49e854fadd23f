package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.reading.PackageReader;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemes for which employers apply pass the gate, and what would leave a claim or a line without an answer is refused there. */
@Tag("issue-16.5")
class RosterGateTest {
    private static final List<PackageCheck> CHECKS =
            List.of(GateTest.STRUCTURE, GateTest.FORMS, GateTest.KEYS, GateTest.SCHEME);

    @ParameterizedTest
    @ValueSource(strings = {WeavingRooms.ROOMS, WeavingRooms.APPRENTICES})
    void schemesForEmployersPass(String code) {
        Findings findings = GateTest.gate(code, WeavingRooms.files(code), CHECKS);
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        PolicyPackage pack = WeavingRooms.read(code);
        new RulesCheck().check(pack, findings);
        new Verifier(CityCalendar::calendar, () -> java.time.LocalDate.parse("2026-03-02")).check(pack, findings);
        new ExamplesCheck(Assessments.with(CityCalendar.calendar())).check(pack, findings);
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            applicant: employer               | applicant: person                     | OF_EMPLOYERS
            applicant: employer               | applicant: firm                       | UNKNOWN_WORD
            employerCheck: false              | employerCheck: true                   | ASKS_ITSELF
            atMostLines: 1000                 | atMostLines: 1001                     | LINES
            atMostLines: 1000                 | atMostLines: 0                        | LINES
            atMostLines: 1000                 | mostLines: 1000                       | UNKNOWN_KEY
            person: apprenticeNumber          | person: teacherRank                   | PERSON
            person: apprenticeNumber          | person: quarter                       | PERSON
            person: apprenticeNumber          | person: apprentice                    | UNKNOWN_NAME
            facts: [apprenticeNumber,         | facts: [quarter, apprenticeNumber,    | IN_FORM
            boundOn, type: date, source: applicant | boundOn, type: date, source: insurance | SOURCE
            whose: employee, by: apprenticeNumber | whose: person                     | WHOSE
            facts: [apprenticeNumber, boundOn, teacherRank, apprenticeHad] | facts: [apprenticeNumber, boundOn, teacherRank] | WHOSE
            perLine: true                     | perLine: false                        | NOTHING_PER_LINE
            perLine: true                     | perLines: true                        | UNKNOWN_KEY
            paymentKey: [quarter]             | paymentKey: []                        | PAYMENT_KEY
            paymentKey: [quarter]             | paymentKey: [boundOn]                 | OF_CLAIM
            sameThing: [quarter]              | sameThing: [teacherRank]              | OF_CLAIM
            governingDate: applicationDate    | governingDate: boundOn                | OF_CLAIM
            tables: [loom-gate, loom-money]   | tables: [loom-gate, loom-money, apprentice-gate] | READS
            is: "looms * mostALoomFen"        | is: "looms * mostALoomFen - apprenticeHad" | OF_CLAIM
            """)
    void whatDoesNotGoTogetherIsAFinding(String from, String to, String code) {
        assertThat(codes(WeavingRooms.with(
                        WeavingRooms.APPRENTICES, Map.of("scheme.yaml", text -> text.replace(from, to)))))
                .contains(code);
    }

    @Test
    void aBenefitForEachLineNeedsARoster() {
        assertThat(codes(WeavingRooms.with(
                        WeavingRooms.ROOMS,
                        Map.of(
                                "scheme.yaml",
                                text -> text.replace(
                                        "tables: [loom-gate, loom-money]",
                                        "tables: [loom-gate, loom-money]\n      perLine: true")))))
                .containsExactly("MISSING");
    }

    /** An employer is asked for neither name nor document, which are the register's. */
    @Test
    void itsFormAsksForNoPerson() {
        assertThat(codes(WeavingRooms.with(
                        WeavingRooms.ROOMS,
                        Map.of(
                                "forms/application.form",
                                form -> form.replace("\"key\": \"phone\"", "\"key\": \"documentNumber\"")))))
                .contains("PERSON_ASKED");
    }

    private static List<String> codes(SortedMap<String, byte[]> files) {
        String code = new String(files.get("scheme.yaml"), java.nio.charset.StandardCharsets.UTF_8)
                        .contains(WeavingRooms.APPRENTICES)
                ? WeavingRooms.APPRENTICES
                : WeavingRooms.ROOMS;
        Findings findings = new Findings();
        PackageReader.read(code, files, findings)
                .filter(pack -> findings.isEmpty())
                .ifPresent(pack -> CHECKS.forEach(check -> check.check(pack, findings)));
        assertThat(findings.all()).allSatisfy(m -> assertThat(m.message().zh()).isNotBlank());
        return findings.all().stream().map(Mistake::code).toList();
    }
}
