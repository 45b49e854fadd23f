package cn.jincai.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.Recusals;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recusal that nobody had to declare: what is on record of an officer and of an applicant brings them together, and the case is shut to him from the start. */
@CaseTest
@Tag("issue-17.9")
class DetectedTiesIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Accounts accounts;

    @Autowired
    Colleagues colleagues;

    @Autowired
    Ties ties;

    @Autowired
    Recusals recusals;

    @Autowired
    AuditLog audit;

    @Autowired
    JdbcClient db;

    @Autowired
    DetectedTies detected;

    private String officer, ownCase;

    @BeforeEach
    void anOfficer() {
        city.at("2026-03-02T09:00");
        officer = colleagues.with("close-1", Role.REVIEWER);
    }

    @AfterEach
    void leaves() {
        db.sql("update accounts set person_key = null where name = ?")
                .param(officer)
                .update();
        accounts.changed();
        colleagues.leave();
    }

    /** The officer is a person who has applied for something himself. */
    private ObjectNode hasApplied() {
        ObjectNode own = city.application("skills-award", "granted");
        ApplicantsCase his = city.submitted(own);
        ownCase = his.number();
        db.sql("update accounts set person_key = (select person_key from cases where case_number = ?) where name = ?")
                .params(his.number(), officer)
                .update();
        accounts.changed();
        return own;
    }

    private static String answer(ObjectNode application, String key) {
        return application.at("/answers/" + key).asText();
    }

    private void isShut(ApplicantsCase award, String why) {
        CaseNumber number = new CaseNumber(award.number());
        assertThat(ties.isRecused(officer, number)).isTrue();
        assertThat(recusals.of(accounts.actor(officer)).stream()
                        .filter(d -> d.number().equals(number))
                        .map(Recusals.Declared::why))
                .singleElement()
                .asString()
                .contains(why);
        Visitor visitor = new Visitor(port).signIn(officer);
        assertThat(visitor.get("/officers/cases/" + number).status())
                .as("nor does he read")
                .isEqualTo(404);
        assertThat(award.hasTask(officer, "first-review")).isFalse();
        assertThat(award.hasTask("reviewer", "first-review")).isTrue();
        assertThat(audit.search(new AuditLog.Search(award.number(), "system", "recusal-detected", null, null), 0, 10)
                        .total())
                .isEqualTo(1);
    }

    @Test
    void aTelephoneThatBothHave() {
        ObjectNode own = hasApplied(), other = city.application("skills-award", "granted");
        ((ObjectNode) other.get("answers")).put("phone", answer(own, "phone"));
        isShut(city.checked(other), "与申请人共用电话");
    }

    @Test
    void aBankAccountThatBothHave() {
        ObjectNode own = hasApplied(), other = city.application("skills-award", "granted");
        assertThat(answer(own, "bankAccount")).isNotBlank();
        ((ObjectNode) other.get("answers")).put("bankAccount", answer(own, "bankAccount"));
        isShut(city.checked(other), "与申请人共用银行账户");
    }

    @Test
    void aTelephoneOfHisOtherDocument() {
        hasApplied();
        ObjectNode underAnother = city.application("skills-award", "granted"),
                other = city.application("skills-award", "granted");
        String second = city.submitted(underAnother).number();
        db.sql("""
                insert into person_pairs (one_key, other_key, alike, found_at, same)
                select least(a.person_key, b.person_key), greatest(a.person_key, b.person_key), 'name', current_timestamp, true from cases a, cases b
                where a.case_number = ? and b.case_number = ?""").params(ownCase, second).update();
        try {
            ((ObjectNode) other.get("answers")).put("phone", answer(underAnother, "phone"));
            isShut(city.checked(other), "与申请人共用电话");
        } finally {
            db.sql(
                            "delete from person_pairs where (one_key in (select person_key from cases where case_number = ?) or other_key in (select person_key from cases where case_number = ?)) and same")
                    .params(ownCase, ownCase)
                    .update();
        }
    }

    @Test
    void anEmployerWhomBothNamed() {
        ObjectNode own = hasApplied(), other = city.application("skills-award", "granted");
        ((ObjectNode) other.get("answers")).put("employerCode", answer(own, "employerCode"));
        isShut(city.checked(other), "本人申请时填报过同一单位");
    }

    @Test
    void anEmployerWhoseClerkHeWas() {
        ObjectNode other = city.application("skills-award", "granted");
        db.sql("insert into former_clerks (account, employer_code, until_at) values (?, ?, current_timestamp)")
                .params(officer, answer(other, "employerCode"))
                .update();
        try {
            isShut(city.checked(other), "曾经是申请人单位的经办人");
        } finally {
            db.sql("delete from former_clerks where account = ?").param(officer).update();
        }
    }

    @Test
    void whoHasNothingToDoWithItIsLeftAloneAndWhatASupervisorTookBackStaysSo() {
        ObjectNode own = hasApplied();
        db.sql(
                        "delete from person_marks where kind = 'employer' and person_key = (select person_key from cases where case_number = ?)")
                .param(ownCase) // people of the demo all have the same
                .update();
        ApplicantsCase far = city.checked("skills-award", "granted");
        assertThat(ties.isRecused(officer, new CaseNumber(far.number()))).isFalse();

        ObjectNode other = city.application("skills-award", "granted");
        ((ObjectNode) other.get("answers")).put("phone", answer(own, "phone"));
        ApplicantsCase award = city.checked(other);
        CaseNumber number = new CaseNumber(award.number());
        Actor who = accounts.actor(officer);
        recusals.ask(who, number, "代办点的电话");
        recusals.answer(accounts.actor("supervisor"), number, officer, true);
        detected.detect(number);
        assertThat(ties.isRecused(officer, number)).isFalse();
    }
}
