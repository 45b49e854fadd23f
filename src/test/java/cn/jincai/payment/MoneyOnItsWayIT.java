package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.audit.AuditLog;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** A welder's two payments on their way through finance, the bank and back. */
@CaseTest
class MoneyOnItsWayIT {
    @Autowired
    City city;

    @Autowired
    Batches batches;

    @Autowired
    RuntimeService instances;

    @Autowired
    AuditLog record;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private ApplicantsCase decided() {
        return city.checked("skills-award", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .waitsAt("payment-make");
    }

    private JsonNode payments(ApplicantsCase file) {
        return city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null)
                .is(200)
                .body()
                .get("items");
    }

    private List<String> statuses(ApplicantsCase file) {
        List<String> statuses = new ArrayList<>();
        payments(file).forEach(p -> statuses.add(p.get("status").asText()));
        return statuses;
    }

    private void both(ApplicantsCase file, String who, String stage, String outcome) {
        file.done(who, stage, outcome, Map.of()).done(who, stage, outcome, Map.of());
    }

    private String file(long batch) {
        return new String(batches.file(new Actor("finance", Set.of(Role.FINANCE)), batch), BankFile.GB18030);
    }

    @Test
    void bothAreMadeCheckedSentPaidAndTheCaseCloses() {
        var award = decided();
        assertThat(statuses(award)).containsExactly("due", "due");
        both(award, "finance", "payment-make", "submit");
        award.waitsAt("payment-approve");
        both(award, "finance-approver", "payment-approve", "approve");
        award.waitsAt("bank-result");
        assertThat(statuses(award)).containsOnly("sent");
        assertThat(payments(award))
                .allSatisfy(p -> assertThat(p.get("batch").asLong()).isPositive());
        city.bank("accept");
        award.isClosed("granted");
        assertThat(statuses(award)).containsOnly("paid");
        assertThat(payments(award))
                .allSatisfy(p -> assertThat(p.get("bankReference").asText()).isNotBlank());
    }

    @Test
    @Tag("issue-13.13")
    void aCaseThatIsStuckStopsNoOtherOfTheBanksAnswersAndIsNamed() {
        var stuck = sent();
        var other = sent();
        standing(stuck).forEach(instance -> instances.suspendProcessInstanceById(instance));
        JsonNode lines = city.call("admin", HttpMethod.POST, "/api/demo/bank", Map.of("answer", "accept"))
                .is(200)
                .body();
        assertThat(lines.findValuesAsText("zh"))
                .filteredOn(told -> told.contains(stuck.number()))
                .hasSize(2)
                .allSatisfy(told -> assertThat(told).contains("重新载入"));
        other.isClosed("granted");
        assertThat(statuses(other)).containsOnly("paid");
        assertThat(statuses(stuck)).containsOnly("sent");
        assertThat(record.verify().whole()).isTrue();
        assertThat(record.search(new AuditLog.Search(stuck.number(), null, "payment-paid", null, null), 0, 1)
                        .total())
                .as("undone with the line")
                .isZero();

        standing(stuck).forEach(instance -> instances.activateProcessInstanceById(instance));
        city.bank("accept");
        stuck.isClosed("granted");
    }

    private ApplicantsCase sent() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        return award.waitsAt("bank-result");
    }

    private List<String> standing(ApplicantsCase file) {
        return instances.createProcessInstanceQuery().variableValueEquals("caseNumber", file.number()).list().stream()
                .map(Execution::getId)
                .toList();
    }

    @Test
    void aRefusedTransferIsRetriedOnlyAfterTheRefusal() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        city.passes("P20D");
        award.does("finance", "bank-result", "retry", Map.of()).is(422);
        assertThat(statuses(award)).containsOnly("sent");
        city.bank("refuse");
        assertThat(statuses(award)).containsOnly("refused");
        both(award, "finance", "bank-result", "retry");
        award.waitsAt("payment-approve");
        both(award, "finance-approver", "payment-approve", "approve");
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    void aBankThatIsSilentForTenWorkingDaysIsAskedAndItsLateAnswerEndsTheTask() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        city.passes("P9D");
        assertThat(award.hasTask("finance", "bank-result")).isFalse();
        city.passes("P9D");
        assertThat(award.hasTask("finance", "bank-result")).isTrue();
        award.does("finance", "bank-result", "ask-account", Map.of()).is(422);
        city.bank("accept");
        award.isClosed("granted");
        assertThat(award.hasTask("finance", "bank-result")).isFalse();
    }

    @Test
    void whoeverReviewedNeitherMakesNorChecksAndApplicantsSeeTheirOwnPaymentsOnly() {
        var award = decided();
        assertThat(award.hasTask("reviewer", "payment-make")).isFalse();
        assertThat(award.hasTask("finance-approver", "payment-make")).isFalse();
        assertThat(city.call("applicant", HttpMethod.GET, "/api/payments?case=" + award.number(), null)
                        .is(200)
                        .body()
                        .get("total")
                        .asInt())
                .isEqualTo(2);
        city.call("applicant2", HttpMethod.GET, "/api/payments?case=" + award.number(), null)
                .is(404);
        city.call("reviewer", HttpMethod.GET, "/api/payments?case=" + award.number(), null)
                .is(403);
        city.call("auditor", HttpMethod.GET, "/api/payments?size=1", null).is(200);
        city.call(null, HttpMethod.GET, "/api/payments", null).is(401);
        city.call("finance", HttpMethod.POST, "/api/demo/bank", Map.of("answer", "accept"))
                .is(403);
        city.call("admin", HttpMethod.POST, "/api/demo/bank", Map.of("answer", "perhaps"))
                .is(422);
    }

    @Test
    void anotherAccountIsAskedForAndTheMoneyGoesThere() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        String before = award.show().get("answers").get("bankAccount").asText();
        for (JsonNode p : payments(award))
            assertThat(file(p.get("batch").asLong())).contains(before);
        city.bank("refuse");
        both(award, "finance", "bank-result", "ask-account");
        award.answers(Map.of(
                        "accountHolder",
                        award.show().get("answers").get("name").asText(),
                        "bankName",
                        "中国银行晋江支行",
                        "bankAccount",
                        "6216610100010000005"))
                .is(200);
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        for (JsonNode p : payments(award))
            assertThat(file(p.get("batch").asLong()))
                    .contains("6216610100010000005")
                    .doesNotContain(before);
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    @Tag("issue-13.10")
    void whatTheBankRefusedIsNoOtherAccountHoweverItIsTypedAndDigitsAloneGoToTheBank() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        city.bank("refuse");
        both(award, "finance", "bank-result", "ask-account");
        JsonNode told = award.answersAsTold();
        String name = told.get("name").asText(),
                bank = told.get("bankName").asText(),
                before = told.get("bankAccount").asText();
        for (String again : List.of(
                before,
                before.substring(0, 4) + " " + before.substring(4),
                before.substring(0, 6) + "-" + before.substring(6),
                "\t" + before + "\u200B")) {
            JsonNode refused = award.answers(Map.of("accountHolder", name, "bankName", bank, "bankAccount", again))
                    .is(422)
                    .body();
            assertThat(refused.at("/errors/0/code").asText()).as(again).isEqualTo("ACCOUNT_AS_BEFORE");
            assertThat(refused.toString()).doesNotContain(before);
        }
        assertThat(award.answers(Map.of("accountHolder", "王冒名", "bankName", bank, "bankAccount", "6216610100010000005"))
                        .is(422)
                        .body()
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("ACCOUNT_HOLDER");
        for (String wrong : List.of("        ", "1       ", "1234567", "6216A10100010000005", "6".repeat(33)))
            assertThat(award.answers(Map.of("accountHolder", name, "bankName", bank, "bankAccount", wrong))
                            .is(422)
                            .body()
                            .at("/errors/0/field")
                            .asText())
                    .as(wrong)
                    .isEqualTo("bankAccount");
        award.answers(Map.of("accountHolder", name, "bankName", bank, "bankAccount", " ６２１６ 6101 0001-0000 005"))
                .is(200);
        assertThat(award.answersAsTold().get("bankAccount").asText()).isEqualTo("6216610100010000005");
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        for (JsonNode p : payments(award))
            assertThat(file(p.get("batch").asLong())).contains("\"6216610100010000005\"");
    }

    @Test
    void aBanListThatIsSilentAtApprovalParksThePaymentUntilItAnswers() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        city.source("ban", "down");
        both(award, "finance-approver", "payment-approve", "approve");
        city.source("ban", "ok");
        award.waitsAt("payment-make");
        assertThat(payments(award)).allSatisfy(p -> {
            assertThat(p.get("status").asText()).isEqualTo("parked");
            assertThat(p.get("reasonCode").asText()).isEqualTo("SOURCE_SILENT");
            assertThat(p.get("reason").get("zh").asText()).isNotBlank();
        });
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        assertThat(statuses(award)).containsOnly("sent");
    }

    @Test
    void oneIsGivenUpAfterAHearingAndTheOtherPaid() {
        var award = decided();
        award.does("finance", "payment-make", "give-up", Map.of()).is(422);
        award.withOpinion("finance", "payment-make", "give-up");
        city.passes("P15D");
        award.done("leader", "decision", "sign");
        assertThat(statuses(award)).containsExactlyInAnyOrder("given-up", "due");
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.bank("accept");
        award.isClosed("granted");
        assertThat(statuses(award)).containsExactlyInAnyOrder("given-up", "paid");
    }

    @Test
    void theBanksFileIsFinancesAndAnswersAreLoadedByFile() {
        var award = decided();
        both(award, "finance", "payment-make", "submit");
        both(award, "finance-approver", "payment-approve", "approve");
        for (JsonNode p : payments(award)) {
            long batch = p.get("batch").asLong();
            city.call("finance-approver", HttpMethod.GET, "/api/payments/batches/" + batch + "/file?format=csv", null)
                    .is(403);
            city.call("finance", HttpMethod.GET, "/api/payments/batches/" + batch + "/file?format=csv", null)
                    .is(200);
            city.call("finance", HttpMethod.GET, "/api/payments/batches/" + batch + "/file?format=pdf", null)
                    .is(422);
            String sum = "%d.%02d"
                    .formatted(
                            p.get("amountFen").asLong() / 100,
                            p.get("amountFen").asLong() % 100);
            String file = "batch,payment,amount,result,code,reference\n%d,%d,%s,paid,,REF\n%d,999999999,1.00,paid,,R\n"
                    .formatted(batch, p.get("id").asLong(), sum, batch);
            JsonNode loaded = city.upload(
                            "finance",
                            "/api/payments/batches/" + batch + "/answers",
                            Map.of(),
                            "answers.csv",
                            file.getBytes(BankFile.GB18030))
                    .is(200)
                    .body();
            assertThat(loaded.get("lines").get(0).get("found").asText()).isEqualTo("matched");
            assertThat(loaded.get("lines").get(1).get("found").asText()).isEqualTo("unknown-payment");
            city.upload("finance", "/api/payments/batches/" + batch + "/answers", Map.of(), "answers.csv", new byte[0])
                    .is(422);
        }
        award.isClosed("granted");
    }
}
