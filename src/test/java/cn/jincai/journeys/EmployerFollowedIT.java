package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.kernel.CityClock;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** An employer whose code changed, or that merged, is followed from the day on (decision 141). */
@CaseTest
@Tag("issue-15.12")
class EmployerFollowedIT {
    private static final String BEFORE = "91350582MA31ABCD1Q", PAGE = "/admin/employer-changes";

    @Autowired
    City city;

    @Autowired
    EmployerChanges changes;

    @Autowired
    Accounts accounts;

    @Autowired
    CityClock clock;

    @LocalServerPort
    int port;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void everyEmployerIsItselfAgain() {
        changes.all().forEach(change -> changes.takeBack(accounts.actor("admin"), change.id()));
    }

    @Test
    void whoActsForTheNewCodeConfirmsTheCasesOfTheOldOneFromTheDayOn() {
        String now = code(city.application("recruitment-subsidy", "granted"));
        changes.enter(accounts.actor("admin"), BEFORE, now, clock.today().plusDays(1), "晋市监变〔2026〕1号");
        var today = city.submitted(ofTheOldCode());
        assertThat(today.stage()).as("nobody here acts for it yet").isNotEqualTo("employer-check");
        assertThat(today.shownTo("employer").status()).isEqualTo(404);

        city.at("2026-03-03T09:00");
        assertThat(changes.codes(now)).containsExactlyInAnyOrder(now, BEFORE);
        var merged = city.submitted(ofTheOldCode()).waitsAt("employer-check");
        assertThat(city.call("employer", HttpMethod.GET, "/api/cases", null)
                        .body()
                        .toString())
                .contains(merged.number());
        assertThat(merged.shownTo("employer")
                        .is(200)
                        .body()
                        .at("/answers/employerCode")
                        .asText())
                .as("as it was written")
                .isEqualTo(BEFORE);
        merged.done("employer", "employer-check", "confirm").waitsAt("acceptance");
    }

    @Test
    void anAdministratorEntersItWithItsReasonAndNobodyElseDoes() {
        String now = code(city.application("recruitment-subsidy", "granted"));
        String typed = "oldCode=" + BEFORE + "&newCode=" + now + "&from=2026-03-01&reason=notice";
        Visitor admin = as("admin");
        for (String other : List.of("applicant", "employer", "intake", "auditor", "policy-admin", "leader", "finance"))
            assertThat(as(other).form(PAGE, typed, as(other).get("/account")).status())
                    .as(other)
                    .isEqualTo(403);
        assertThat(new Visitor(port).get(PAGE).location()).endsWith("/sign-in");
        var wrong = admin.form(PAGE, "oldCode=91350582MA31ABCD1R&newCode=" + now, admin.get(PAGE));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("统一社会信用代码", "请填写自哪一天起变更", "请写明依据", "91350582MA31ABCD1R");
        assertThat(admin.form(PAGE, typed, admin.get(PAGE)).location()).endsWith(PAGE);
        assertThat(admin.form(PAGE, typed, admin.get(PAGE)).body()).contains("原代码已登记过变更");
        String back = "oldCode=" + now + "&newCode=" + BEFORE + "&from=2026-03-01&reason=notice";
        assertThat(admin.form(PAGE + "?lang=en", back, admin.get(PAGE)).body()).contains("leads back to the old one");
        assertThat(as("auditor").get(PAGE + "?lang=en").body()).contains("Changes of employers", BEFORE, now);
        long entered = changes.all().get(0).id();
        assertThat(admin.form(PAGE + "/" + entered + "/take-back", "", admin.get(PAGE))
                        .location())
                .endsWith(PAGE);
        assertThat(changes.codes(now)).containsExactly(now);
    }

    private ObjectNode ofTheOldCode() {
        ObjectNode application = city.application("recruitment-subsidy", "granted");
        ((ObjectNode) application.get("answers")).put("employerCode", BEFORE);
        return application;
    }

    private static String code(ObjectNode application) {
        return application.get("answers").get("employerCode").asText();
    }

    private Visitor as(String who) {
        return new Visitor(port).signIn(who);
    }
}
