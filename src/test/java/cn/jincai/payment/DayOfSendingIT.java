package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** As outside the demo: what was approved goes at 16:00 of its day, and is looked at once more before it goes (rulebook 7.11). */
@CaseTest
class DayOfSendingIT {
    private static final String AT_ONCE = "jincai.batches-at-once";

    @Autowired
    City city;

    @BeforeEach
    void batchesWaitForTheirHour() {
        System.setProperty(AT_ONCE, "false");
    }

    @AfterEach
    void asInTheDemoAgain() {
        System.clearProperty(AT_ONCE);
        city.source("ban", "ok");
    }

    private JsonNode payment(ApplicantsCase file) {
        return city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null)
                .is(200)
                .body()
                .get("items")
                .get(0);
    }

    private ApplicantsCase approvedOnAMorning() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        return award.done("finance", "payment-make", "submit")
                .done("finance-approver", "payment-approve", "approve")
                .waitsAt("bank-result");
    }

    private void stands(ApplicantsCase file, String status) {
        assertThat(payment(file).get("status").asText()).isEqualTo(status);
    }

    private int file(ApplicantsCase award) {
        return city.call(
                        "finance",
                        HttpMethod.GET,
                        "/api/payments/batches/" + payment(award).get("batch").asLong() + "/file?format=csv",
                        null)
                .status();
    }

    @Test
    void theBatchGoesAtFourAndNotBefore() {
        var award = approvedOnAMorning();
        stands(award, "approved");
        assertThat(file(award)).as("not sent yet").isEqualTo(409);
        city.passes("PT6H");
        stands(award, "approved");
        city.passes("PT2H");
        stands(award, "sent");
        assertThat(file(award)).isEqualTo(200);
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    void whatIsApprovedAfterFourGoesTheNextDay() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        city.passes("PT8H");
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT6H");
        stands(award, "approved");
        city.passes("PT18H");
        stands(award, "sent");
    }

    @Test
    void aBanOnTheDayOfSendingBringsThePaymentBackToItsMakerUntilItIsLifted() {
        var award = approvedOnAMorning();
        city.source("ban", "contradicts");
        city.passes("PT8H");
        award.waitsAt("payment-make");
        stands(award, "parked");
        assertThat(payment(award).get("reasonCode").asText()).isEqualTo("CHANGED_BANNED");
        assertThat(award.show().get("timeline").toString()).contains("拨付前复核发现情况变化");
        assertThat(award.hasTask("finance", "payment-make")).isTrue();

        city.source("ban", "ok");
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("P1D");
        stands(award, "sent");
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    void whatTheDayStopsMayBeGivenUpAfterAHearingThatIsAnswered() {
        var award = approvedOnAMorning();
        city.source("ban", "contradicts");
        city.passes("PT8H");
        award.withOpinion("finance", "payment-make", "give-up").waitsAt("hearing");
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/answer",
                        Map.of("text", "该限制有误，正在申诉。"))
                .is(204);
        award.withOpinion("leader", "decision", "return").waitsAt("payment-make");
        award.withOpinion("finance", "payment-make", "give-up").waitsAt("hearing");
        city.passes("P9D");
        award.done("leader", "decision", "sign").isClosed("granted");
        stands(award, "given-up");
        assertThat(award.benefit("UPGRADE_SUBSIDY").get("outcome").asText())
                .as("the decision itself stands")
                .isEqualTo("granted");
    }
}
