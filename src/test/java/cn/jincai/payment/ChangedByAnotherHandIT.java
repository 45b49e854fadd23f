package cn.jincai.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody changes money in the database, past the application: it is found before the bank is told, people read why, and what is put back goes on. */
@CaseTest
@Tag("issue-13.17")
class ChangedByAnotherHandIT {
    private static final String AT_ONCE = "jincai.batches-at-once", NOT_AS_WRITTEN = "记录与办理时的标记不符";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void aMondayMorningOnWhichBatchesWaitForTheirHour() {
        System.setProperty(AT_ONCE, "false");
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void asInTheDemoAgain() {
        System.clearProperty(AT_ONCE);
    }

    private ApplicantsCase signed() {
        return city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
    }

    private static ApplicantsCase approved(ApplicantsCase award) {
        return award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
    }

    private JsonNode payment(ApplicantsCase file) {
        return city.call("finance", HttpMethod.GET, "/api/payments?case=" + file.number(), null)
                .is(200)
                .body()
                .get("items")
                .get(0);
    }

    private long id(ApplicantsCase file) {
        return payment(file).get("id").asLong();
    }

    private void stands(ApplicantsCase file, String status) {
        assertThat(payment(file).get("status").asText()).isEqualTo(status);
    }

    private Object is(String column, long payment) {
        return jdbc.sql("select " + column + " from payments where id = ?")
                .param(payment)
                .query()
                .singleValue();
    }

    private void set(String column, Object value, long payment) {
        assertThat(jdbc.sql("update payments set " + column + " = ? where id = ?")
                        .params(value, payment)
                        .update())
                .isEqualTo(1);
    }

    private String page(String path) {
        return new Visitor(port).signIn("finance").get(path).body();
    }

    @Test
    void aPaymentWhoseSumPayeeAccountFundOrBenefitIsChangedIsNotSentAndGoesOnceItIsPutBack() {
        var another = signed().done("finance", "payment-make", "submit");
        var award = approved(signed());
        long payment = id(award);
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("amount_fen", 9_999_999L);
        changes.put("person_key", is("person_key", id(another)));
        changes.put("sealed_account", is("sealed_account", id(another)));
        changes.put("fund", "TALENT_FUND");
        changes.put("benefit", "CITY_AWARD");
        changes.forEach((column, value) -> {
            Object before = is(column, payment);
            long batch = payment(award).get("batch").asLong();
            set(column, value, payment);
            assertThat(page("/finance/batches/" + batch)).as(column).contains(NOT_AS_WRITTEN);
            city.passes("P1D");
            stands(award, "parked");
            assertThat(payment(award).get("reasonCode").asText()).as(column).isEqualTo("ALTERED");
            assertThat(page("/finance")).contains(NOT_AS_WRITTEN);
            assertThat(page("/finance/payments/" + payment)).contains("暂未拨付：该笔拨付的" + NOT_AS_WRITTEN);
            award.does("finance", "payment-make", "submit", Map.of()).is(409);
            set(column, before, payment);
            approved(award);
            stands(award, "approved");
        });
        assertThat(new Visitor(port)
                        .signIn("auditor")
                        .get("/audit?case=" + award.number())
                        .body())
                .contains(NOT_AS_WRITTEN);
        city.passes("P1D");
        stands(award, "sent");
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    void aSumChangedBeforeItIsCheckedIsParkedByTheChecker() {
        var award = signed().done("finance", "payment-make", "submit");
        long payment = id(award);
        Object before = is("amount_fen", payment);
        set("amount_fen", 1L, payment);
        award.done("finance-approver", "payment-approve", "approve").waitsAt("payment-make");
        assertThat(payment(award).get("reasonCode").asText()).isEqualTo("ALTERED");
        award.does("finance", "payment-make", "give-up", Map.of("opinion", "记录不符"))
                .is(409);
        set("amount_fen", before, payment);
        city.passes("P1D");
        approved(award);
        stands(award, "approved");
    }

    @Test
    void aPaymentThatIsSetToApprovedInTheDatabaseIsNotSentWithTheOthers() {
        var due = signed();
        var award = approved(signed());
        long payment = id(due), batch = payment(award).get("batch").asLong();
        jdbc.sql(
                        "update payments set status = 'approved', batch_id = ?, budget_year = 2026, sealed_account = (select sealed_account from payments where id = ?) where id = ?")
                .params(batch, id(award), payment)
                .update();
        assertThat(page("/finance/batches/" + batch)).contains(NOT_AS_WRITTEN);
        city.passes("P1D");
        stands(award, "sent");
        stands(due, "approved");
        assertThat(payment(due).get("reasonCode").asText()).isEqualTo("ALTERED");
        assertThat(page("/finance/batches/" + batch)).contains(NOT_AS_WRITTEN);
        jdbc.sql(
                        "update payments set status = 'due', batch_id = null, budget_year = null, sealed_account = null where id = ?")
                .param(payment)
                .update();
        approved(due);
        city.passes("P1D");
        stands(due, "sent");
    }

    @Test
    void whatWasSentIsNotTurnedBackAndPaidOnceMore() {
        var award = approved(signed());
        city.passes("P1D");
        stands(award, "sent");
        long payment = id(award);
        set("status", "refused", payment);
        city.passes("P20D");
        award.does("finance", "bank-result", "retry", Map.of()).is(409);
        set("status", "sent", payment);
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    void whatTheBanksFileSaysIsWhatWasSentOrThereIsNoFile() {
        var award = approved(signed());
        city.passes("P1D");
        long batch = payment(award).get("batch").asLong();
        String file = "/api/payments/batches/" + batch + "/file?format=csv";
        Object before = jdbc.sql("select amount_fen from payment_batch_items where payment_id = ?")
                .param(id(award))
                .query()
                .singleValue();
        jdbc.sql("update payment_batch_items set amount_fen = 5 where payment_id = ?")
                .param(id(award))
                .update();
        assertThat(city.call("finance", HttpMethod.GET, file, null).is(409).code())
                .isEqualTo("BATCH_ALTERED");
        assertThat(page("/finance/batches/" + batch)).contains("本批次送出后");
        jdbc.sql("update payment_batch_items set amount_fen = ? where payment_id = ?")
                .params(before, id(award))
                .update();
        assertThat(city.call("finance", HttpMethod.GET, file, null).status()).isEqualTo(200);
        assertThat(page("/finance/batches/" + batch)).doesNotContain("本批次送出后");
        city.bank("accept");
        award.isClosed("granted");
    }

    @Test
    void anAccountExchangedWithAnotherCasesIsFoundWhenThePaymentIsMade() {
        var award = signed();
        var another = signed();
        Map<String, Object> before = jdbc.sql("select * from bank_accounts where case_number = ?")
                .param(award.number())
                .query()
                .singleRow();
        String columns = "sealed_holder = ?, sealed_bank_name = ?, sealed_number = ?, number_mark = ?, mark = ?";
        Map<String, Object> other = jdbc.sql("select * from bank_accounts where case_number = ?")
                .param(another.number())
                .query()
                .singleRow();
        exchanged(columns, other, award.number());
        assertThat(award.does("finance", "payment-make", "submit", Map.of())
                        .is(409)
                        .code())
                .isEqualTo("ACCOUNT_ALTERED");
        stands(award, "due");
        jdbc.sql(
                        "update bank_accounts set sealed_number = 'v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' where case_number = ?")
                .param(award.number())
                .update();
        award.does("finance", "payment-make", "submit", Map.of()).is(409);
        exchanged(columns, before, award.number());
        approved(award);
        stands(award, "approved");
    }

    private void exchanged(String columns, Map<String, Object> row, String number) {
        assertThat(jdbc.sql("update bank_accounts set " + columns + " where case_number = ?")
                        .params(
                                row.get("sealed_holder"),
                                row.get("sealed_bank_name"),
                                row.get("sealed_number"),
                                row.get("number_mark"),
                                row.get("mark"),
                                number)
                        .update())
                .isEqualTo(1);
    }
}
