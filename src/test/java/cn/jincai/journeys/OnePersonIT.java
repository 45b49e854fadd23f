package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Relatives;
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
    Relatives relatives;

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

    /** As somebody copies it out of another program. */
    private static String wide(String number) {
        return number.replace('1', '１').replaceFirst("^(.{6})(.{8})", "$1-$2\u200B－");
    }

    @Test
    void aListOfBeforeCountsWhateverDocumentItNames() {
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        city.call(
                        "policy-admin",
                        HttpMethod.PUT,
                        "/api/earlier-grants/ONE_OFF_2022",
                        List.of(Map.of(
                                "documentType",
                                PERMIT,
                                "documentNumber",
                                wide(number(application)),
                                "amountFen",
                                1_000_000,
                                "decidedOn",
                                "2022-11-08")))
                .is(200);
        try {
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
