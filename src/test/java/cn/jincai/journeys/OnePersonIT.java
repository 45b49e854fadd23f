package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.likeness.Likeness;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.demo.OtherPapers;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/**
 * One number is one person, whatever document it stands on (rulebook 2.9): in open cases, limits, lists of before, and recusal. Another document of somebody is found by
 * likeness, and nothing is granted or paid before somebody has joined or parted the two (rulebook 7.10).
 */
@CaseTest
@Tag("issue-13.19")
@Tag("issue-15.11")
class OnePersonIT {
    private static final String PERMIT = "HK_MO_TW_RESIDENCE_PERMIT";

    @Autowired
    City city;

    @Autowired
    Accounts accounts;

    @Autowired
    Relatives relatives;

    @Autowired
    Persons persons;

    @Autowired
    Likenesses likenesses;

    @Autowired
    BeanFactory beans;

    @LocalServerPort
    int port;

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

    @Test
    void aRenewedPassportCountsForNothingUntilSomebodyJoinsItAndNoLongerOnceItIsParted() {
        ObjectNode card = city.application("skills-award", "partial");
        ObjectNode old = passport(card, "E10000001"), renewed = passport(card, "E20000002");
        city.checked(old).reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        var again = city.checked(renewed).waitsAt("first-review");
        assertThat(reasons(again.show())).doesNotContain("DUPLICATE");
        assertThat(again.does("reviewer", "first-review", "approve", Map.of()).code())
                .isEqualTo("LIKENESS_OPEN");

        judge("intake", renewed, true);
        assertThat(reasons(again.show())).as("he had it with the old one").contains("DUPLICATE");
        judge("senior-reviewer", renewed, false);
        assertThat(reasons(again.show())).as("as if they had never been joined").doesNotContain("DUPLICATE");
        again.done("reviewer", "first-review", "approve");
    }

    @Test
    void onePersonsOpenCasesAreAsManyAsTheSchemeAllowsWithHoweverManyPassports() {
        ObjectNode card = city.application("skills-award", "granted");
        var first = city.checked(passport(card, "E30000001"));
        ObjectNode renewed = passport(card, "E30000002"), third = passport(card, "E30000003");
        var second = city.checked(renewed);
        judge("intake", renewed, true);
        assertThat(second.does("reviewer", "first-review", "approve", Map.of())
                        .is(409)
                        .body()
                        .toString())
                .contains("EARLIER_CASE_OPEN", first.number());
        assertThat(city.drafted(renewed).submission().is(409).body().toString()).contains("OPEN_CASE", first.number());

        var other = city.submitted(third); // nobody knows yet whose it is
        judge("intake", third, true);
        assertThat(city.drafted(third).submission().is(409).body().toString())
                .contains("OPEN_CASE")
                .doesNotContain(other.number());
        first.done("reviewer", "first-review", "approve");
    }

    @Test
    void aBanUnderTheOldPassportHoldsForTheRenewedOneOnceTheyAreJoined() {
        ObjectNode card = city.application("skills-award", "granted");
        ObjectNode old = passport(card, "E60000001", Map.of("ban", Map.of("banned", true)));
        ObjectNode renewed = passport(card, "E60000002");
        assertThat(reasons(city.checked(old).show())).contains("BANNED");
        var again = city.checked(renewed);
        assertThat(reasons(again.show())).doesNotContain("BANNED");
        judge("intake", renewed, true);
        assertThat(reasons(again.show())).contains("BANNED");
        judge("intake", renewed, false);
        assertThat(reasons(again.show())).doesNotContain("BANNED");
    }

    @Test
    void whoIsCloseToSomebodyKeepsOutOfHisCasesUnderEveryDocument() {
        ObjectNode card = city.application("skills-award", "granted");
        ObjectNode old = passport(card, "E40000001"), renewed = passport(card, "E40000002");
        city.submitted(old);
        relatives.declare(accounts.actor("reviewer2"), "PASSPORT", "E40000001");
        var again = city.checked(renewed);
        assertThat(again.hasTask("reviewer2", "first-review")).isTrue();
        assertThatThrownBy(() -> judge("reviewer2", renewed, false)).hasMessageContaining("CONCERNED");
        judge("intake", renewed, true);
        assertThat(again.hasTask("reviewer2", "first-review")).isFalse();
        assertThat(again.hasTask("reviewer", "first-review")).isTrue();
    }

    @Test
    void twoCitizensOfOneNameAndPhoneAreTwo() {
        ObjectNode one = city.application("skills-award", "granted"),
                twin = city.application("skills-award", "granted");
        ObjectNode answers = (ObjectNode) twin.get("answers");
        for (String same : List.of("phone", "bankAccount"))
            answers.set(same, one.get("answers").get(same));
        city.submitted(one);
        city.submitted(twin);
        assertThat(likenesses.of(key(twin))).isEmpty();
    }

    @Test
    void whoHasThePapersJudgesOnTheCaseFileWithAReasonAndNobodyElseDoes() {
        ObjectNode card = city.application("skills-award", "granted");
        ObjectNode old = passport(card, "E50000001"), renewed = passport(card, "E50000002");
        city.submitted(old);
        var again = city.checked(renewed);
        String number = card.get("answers").get("documentNumber").asText(),
                phone = card.get("answers").get("phone").asText();
        String page = "/officers/cases/" + again.number();
        Visitor intake = as("intake");
        var file = intake.get(page);
        assertThat(file.body()).contains("可能为同一人", "手机号码", "银行账号", "E50").doesNotContain("E50000001");
        assertThat(as("finance").get("/officers/persons").status()).isEqualTo(403);
        String judgement =
                "/officers/persons/" + likenesses.of(key(renewed)).get(0).id();
        for (String other : List.of("applicant", "employer", "expert1", "leader", "finance", "auditor", "admin"))
            assertThat(as(other)
                            .form(judgement, "same=true&reason=x", as(other).get("/account"))
                            .status())
                    .as(other)
                    .isEqualTo(403);
        assertThat(new Visitor(port).get("/officers/persons").location()).endsWith("/sign-in");

        var empty = intake.form(judgement, "same=true&reason=+", file);
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.body()).contains("请写明判断依据");
        assertThat(intake.form(judgement, "same=true&reason=" + "%E4%B8%A4%E6%9C%AC" + "&case=" + again.number(), file)
                        .location())
                .endsWith(page);
        assertThat(intake.get(page).body()).contains("同一人", "两本", "intake");
        var all = as("auditor").get("/officers/persons");
        assertThat(all.body()).contains("两本", again.number()).doesNotContain(number, phone, "E50000002");
        assertThat(as("auditor").get("/officers/persons?lang=en").body())
                .contains("Possibly the same person", "One person");
    }

    private Visitor as(String who) {
        return new Visitor(port).signIn(who);
    }

    /** The same person with a passport, by which the sources know him too. */
    private ObjectNode passport(ObjectNode card, String number) {
        return passport(card, number, Map.of());
    }

    private ObjectNode passport(ObjectNode card, String number, Map<String, Map<String, Object>> otherwise) {
        new OtherPapers(beans).known(number(card), "PASSPORT", number, otherwise);
        ObjectNode other = card.deepCopy();
        ((ObjectNode) other.get("answers")).put("documentType", "PASSPORT").put("documentNumber", number);
        return other;
    }

    private void judge(String who, ObjectNode application, boolean same) {
        for (Likeness pair : likenesses.of(key(application)))
            if (!Boolean.valueOf(same).equals(pair.same()))
                likenesses.judge(accounts.actor(who), pair.id(), same, "两本护照及本人到窗口核对");
    }

    private String key(ObjectNode application) {
        return persons.key(application.get("answers").get("documentType").asText(), number(application));
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
