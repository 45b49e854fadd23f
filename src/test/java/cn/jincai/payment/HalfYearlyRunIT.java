package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.filing.CaseFile;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.registry.EarlierGrant;
import cn.jincai.registry.EarlierGrants;
import cn.jincai.registry.GrantBook;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** The allowance of recognised talents, half-year by half-year: months are counted, one makes, another checks, the bank pays. */
@CaseTest
class HalfYearlyRunIT {
    private static final String MARCH = "RUN-talent-recognition-2027-03", SEPTEMBER = "RUN-talent-recognition-2027-09";

    @Autowired City city;
    @Autowired CaseFile cases;
    @Autowired EarlierGrants earlier;
    @Autowired List<GrantBook> ownRecords;

    @BeforeEach
    void aMondayInNovember() {
        city.at("2026-11-30T09:00");
    }

    /** Signed in December, so that January is the first month. */
    private List<ApplicantsCase> recognised(int people) {
        List<ApplicantsCase> talents = Stream.generate(() -> city.checked("talent-recognition", "granted").reviewedByBoth().waitsAt("public-notice")).limit(people).toList();
        city.passes("P15D");
        talents.forEach(t -> t.done("leader", "decision", "sign").isClosed("granted"));
        return talents;
    }

    private List<JsonNode> payments(ApplicantsCase file) {
        List<JsonNode> all = new ArrayList<>();
        city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null).is(200).body().get("items").forEach(all::add);
        return all;
    }

    private JsonNode task(String who, String stage, String run) {
        for (JsonNode t : city.call(who, HttpMethod.GET, "/api/tasks?stage=" + stage + "&size=100", null).is(200).body().get("items")) if (run.equals(t.path("run").asText())) return t;
        throw new AssertionError("no task of " + run + " at " + stage + " for " + who);
    }

    private City.Answer does(String who, String stage, String run, String outcome) {
        String id = task(who, stage, run).get("id").asText();
        city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/claim", null);
        Map<String, Object> body = new HashMap<>(Map.of("outcome", outcome));
        if (outcome.equals("return") || outcome.equals("give-up")) body.put("opinion", "核实后如此处理。");
        return city.call(who, HttpMethod.POST, "/api/tasks/" + id + "/completion", body);
    }

    private String person(ApplicantsCase file) {
        return cases.get(new CaseNumber(file.number())).personKey();
    }

    private long monthsOnRecord(ApplicantsCase file) {
        return ownRecords.stream().flatMap(r -> r.of(person(file)).stream()).filter(g -> g.months() != null).mapToLong(EarlierGrant::months).sum();
    }

    @Test
    void aRunCountsTheMonthsTwoPeopleSignItAndTheBankPays() {
        var people = recognised(3);
        var talent = people.get(0);
        var subsidised = people.get(1);
        var doubtful = people.get(2);
        earlier.enter(person(subsidised), new EarlierGrant("RECRUITMENT_SUBSIDY", 150_000, null, null, null, 1, null, LocalDate.parse("2025-05-05"), null, Map.of()));
        assertThat(payments(talent)).as("nothing at once").isEmpty();

        city.passes("P95D");
        assertThat(payments(talent)).singleElement().satisfies(p -> {
            assertThat(p.get("run").asText()).isEqualTo(MARCH);
            assertThat(p.get("status").asText()).isEqualTo("due");
            assertThat(p.get("amountFen").asLong()).as("January and February at level 5").isEqualTo(2 * 100_000);
        });
        assertThat(payments(subsidised)).singleElement().satisfies(p -> assertThat(p.get("amountFen").asLong()).as("what exceeds the subsidy").isEqualTo(50_000));
        assertThat(monthsOnRecord(subsidised)).as("set-off months count").isEqualTo(2);
        assertThat(talent.stage()).isEqualTo("closed");

        does("finance", "payment-make", MARCH, "submit").is(204);
        does("finance-approver", "payment-approve", MARCH, "return").is(204);
        does("finance", "payment-make", MARCH, "submit").is(204);
        city.source("ban", "down");
        does("finance-approver", "payment-approve", MARCH, "approve").is(204);
        city.source("ban", "ok");
        assertThat(payments(doubtful)).singleElement().satisfies(p -> assertThat(p.get("status").asText()).isEqualTo("parked"));

        while (anyParked(talent, subsidised, doubtful)) {
            does("finance", "payment-make", MARCH, "submit").is(204);
            does("finance-approver", "payment-approve", MARCH, "approve").is(204);
        }
        city.bank("accept");
        for (var file : List.of(talent, subsidised, doubtful)) assertThat(payments(file)).singleElement().satisfies(p -> assertThat(p.get("status").asText()).isEqualTo("paid"));
        assertThat(monthsOnRecord(talent)).isEqualTo(2);

        city.passes("P190D");
        assertThat(payments(talent)).hasSize(2).first().satisfies(p -> {
            assertThat(p.get("run").asText()).isEqualTo(SEPTEMBER);
            assertThat(p.get("amountFen").asLong()).as("March to August").isEqualTo(6 * 100_000);
        });
        assertThat(monthsOnRecord(talent)).isEqualTo(8);
    }

    private boolean anyParked(ApplicantsCase... files) {
        for (var file : files) for (JsonNode p : payments(file)) if (p.get("status").asText().equals("parked")) return true;
        return false;
    }
}
