package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was granted before this system, by somebody else's lists: unknown until they are here, and then counted (rulebook 2.10, 3). */
@CaseTest
class RecordsOfBeforeIT {
    @Autowired
    City city;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void theListIsThereAgain() {
        load(List.of()).is(200);
    }

    private City.Answer load(List<Map<String, Object>> lines) {
        return city.call("policy-admin", HttpMethod.PUT, "/api/earlier-grants/ONE_OFF_2022", lines);
    }

    private static Map<String, Object> line(ObjectNode application, long fen) {
        return new TreeMap<>(Map.of(
                "documentType",
                "RESIDENT_ID",
                "documentNumber",
                application.get("answers").get("documentNumber").asText(),
                "amountFen",
                fen,
                "decidedOn",
                "2022-11-08"));
    }

    @Test
    void withoutTheListNobodyIsTakenToHaveReceivedNothingAndAnOfficerRecordsIt() {
        jdbc.sql("delete from earlier_grant_lists where benefit = 'ONE_OFF_2022'")
                .update();
        var subsidy = city.checked("recruitment-subsidy", "granted").waitsAt("first-review");
        var reason = subsidy.show().at("/assessment/benefits/0/reasons/0");
        assertThat(List.of(reason.get("code").asText(), reason.get("fact").asText()))
                .containsExactly("DATA_UNAVAILABLE", "priorSubsidy");
        subsidy.does("reviewer", "first-review", "approve", Map.of("opinion", "情况属实"))
                .is(422);
        subsidy.records("reviewer", "priorSubsidy", 1_000_000).is(200);
        subsidy.reviewedByBoth().noticedAndSigned();
        assertThat(subsidy.benefit("RECRUITMENT_SUBSIDY").get("amountFen").asLong())
                .isEqualTo(1_500_000);
    }

    @Test
    void withTheListWhatWasReceivedIsDeductedFromTheFirstHalf() {
        ObjectNode received = city.application("recruitment-subsidy", "granted");
        load(List.of(line(received, 1_000_000))).is(200);
        load(List.of(line(received, 1_000_000))).is(200); // the whole list once more: nothing counts twice
        var subsidy = city.checked(received).reviewedByBoth().noticedAndSigned();
        assertThat(subsidy.benefit("RECRUITMENT_SUBSIDY").get("amountFen").asLong())
                .isEqualTo(1_500_000);
        subsidy.paid().isClosed("granted");
        assertThat(city.checked("recruitment-subsidy", "granted")
                        .show()
                        .at("/assessment/benefits/0/amountFen")
                        .asLong())
                .isEqualTo(2_500_000);
    }

    @Test
    void aListWithMistakesIsToldLineByLineAndChangesNothing() {
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        List<Map<String, Object>> lines =
                new ArrayList<>(List.of(line(application, 1_000_000), line(application, -1), line(application, 1)));
        lines.get(2).put("documentNumber", "350582199001010000");
        lines.get(2).put("decidedOn", "2026-03-03");
        var refused = load(lines).is(422).body();
        assertThat(refused.get("errors"))
                .extracting(e -> e.get("field").asText())
                .containsExactly("[1].amountFen", "[2].documentNumber", "[2].decidedOn");
        assertThat(refused.toString()).doesNotContain("350582199001010000");
        assertThat(jdbc.sql("select count(*) from earlier_grants where benefit = 'ONE_OFF_2022'")
                        .query(Long.class)
                        .single())
                .isZero();
        Map<String, Object> misspelt = line(application, 1_000_000);
        misspelt.put("validTo", "2027-11-08");
        assertThat(load(List.of(misspelt)).is(400).body().toString())
                .as("a field that nobody reads")
                .contains("validTo");
        city.call("policy-admin", HttpMethod.PUT, "/api/earlier-grants/NO_SUCH_BENEFIT", List.of())
                .is(422);
        city.call("admin", HttpMethod.PUT, "/api/earlier-grants/ONE_OFF_2022", List.of())
                .is(403);
    }
}
