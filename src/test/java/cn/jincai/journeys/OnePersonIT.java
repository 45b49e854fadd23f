package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.Vault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One number is one person, whatever document it stands on (rulebook 2.9): in open cases, limits, lists of before, and recusal. */
@CaseTest
@Tag("issue-13.19")
class OnePersonIT {
    private static final String PERMIT = "HK_MO_TW_RESIDENCE_PERMIT";

    @Autowired
    City city;

    @Autowired
    Accounts accounts;

    @Autowired
    Persons persons;

    @Autowired
    Relatives relatives;

    @Autowired
    Vault vault;

    @Autowired
    Secrets secrets;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void theKindOfTheDocumentMakesNobodyAnother() {
        ObjectNode first = city.application("skills-award", "partial"), second = asPermit(first);
        var open = city.checked(first);
        var refused = city.drafted(second).submission().is(409);
        assertThat(refused.body().toString()).contains("OPEN_CASE", open.number());
        open.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        assertThat(reasons(city.checked(second).show()))
                .as("had it already, with the other paper")
                .contains("DUPLICATE");
    }

    @Test
    void theOfficersRelativeIsFoundUnderHisOtherDocument() {
        ObjectNode application = city.application("skills-award", "granted");
        relatives.declare(accounts.actor("reviewer2"), PERMIT, number(application));
        var award = city.checked(application).waitsAt("first-review");
        assertThat(award.hasTask("reviewer2", "first-review")).isFalse();
        assertThat(award.hasTask("reviewer", "first-review")).isTrue();
    }

    /** As rows of an earlier release stand there: each type of document had keys of its own. */
    @Test
    void whatWasWrittenDownUnderTwoKeysIsBroughtTogether() {
        ObjectNode application = city.application("skills-award", "partial");
        var award = city.checked(application)
                .reviewedByBoth()
                .noticedAndSigned()
                .paid()
                .isClosed("granted");
        String key = persons.key("RESIDENT_ID", number(application)),
                former = vault.fingerprint("document", PERMIT + " " + number(application));
        jdbc.sql("update person set person_key = ?, document_type = ? where person_key = ?")
                .params(former, PERMIT, key)
                .update();
        secrets.sealedFor("person", key, former);
        for (String table : List.of("cases", "decided_benefits", "payment"))
            jdbc.sql("update " + table + " set person_key = ? where person_key = ?")
                    .params(former, key)
                    .update();
        jdbc.sql(
                        "update payment set pay_key = replace(pay_key, ?, ?), held_key = replace(held_key, ?, ?) where person_key = ?")
                .params(key, former, key, former, former)
                .update();

        persons.bringTogether();

        for (String table : List.of("person", "cases", "decided_benefits", "payment"))
            assertThat(jdbc.sql("select count(*) from " + table + " where person_key = ?")
                            .param(former)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        assertThat(jdbc.sql("select held_key from payment where case_number = ?")
                        .param(award.number())
                        .query(String.class)
                        .single())
                .contains(key);
        assertThat(reasons(city.checked(asPermit(application)).show())).contains("DUPLICATE");
    }

    @Test
    void aListOfBeforeCountsWhateverDocumentItNames() {
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        String former = vault.fingerprint("document", PERMIT + " " + number(application));
        city.call(
                        "policy-admin",
                        HttpMethod.PUT,
                        "/api/earlier-grants/ONE_OFF_2022",
                        List.of(Map.of(
                                "documentType",
                                PERMIT,
                                "documentNumber",
                                number(application),
                                "amountFen",
                                1_000_000,
                                "decidedOn",
                                "2022-11-08")))
                .is(200);
        try {
            jdbc.sql("update earlier_grants set person_key = ? where benefit = 'ONE_OFF_2022'")
                    .param(former)
                    .update(); // loaded by an earlier release
            assertThat(city.checked(application)
                            .show()
                            .at("/assessment/benefits/0/amountFen")
                            .asLong())
                    .isEqualTo(1_500_000);
        } finally {
            city.call("policy-admin", HttpMethod.PUT, "/api/earlier-grants/ONE_OFF_2022", List.of())
                    .is(200);
        }
    }

    @Test
    void aResidencePermitBearsTheCheckCharacterAndTheBirthDate() {
        ObjectNode wrong = asPermit(city.application("skills-award", "granted"));
        ((ObjectNode) wrong.get("answers"))
                .put("documentNumber", "830000199003070011")
                .put("birthDate", "1990-03-07");
        assertThat(city.drafted(wrong).submission().is(422).body().get("errors").toString())
                .contains("RESIDENT_ID_CHECK")
                .doesNotContain("830000199003070011");
        ((ObjectNode) wrong.get("answers"))
                .put("documentNumber", "830000199003070019")
                .put("birthDate", "1991-05-05");
        assertThat(city.drafted(wrong).submission().is(422).body().get("errors").toString())
                .contains("BIRTH_DATE_DIFFERS");
    }

    private static ObjectNode asPermit(ObjectNode application) {
        ObjectNode other = application.deepCopy();
        ((ObjectNode) other.get("answers")).put("documentType", PERMIT);
        return other;
    }

    private static String number(ObjectNode application) {
        return application.get("answers").get("documentNumber").asText();
    }

    private static List<String> reasons(JsonNode file) {
        return StreamSupport.stream(file.at("/assessment/benefits").spliterator(), false)
                .flatMap(b -> StreamSupport.stream(b.get("reasons").spliterator(), false))
                .map(r -> r.get("code").asText())
                .toList();
    }
}
