package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.policy.NewForms;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A draft that was begun with an older form: the applicant is told what changed, loses nothing, and can send it. */
@CaseTest
class NewFormIT {
    private static final String SCHEME = "skills-award";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    NewForms forms;

    private ApplicantsCase draft;
    private String home, mail;
    private Visitor applicant;

    @BeforeEach
    void aDraftAndThenANewerForm() {
        city.at("2026-03-02T09:00");
        draft = city.drafted(SCHEME, "granted");
        home = "/cases/" + draft.number();
        mail = draft.answersAsTold().get("email").asText();
        forms.fieldOfWorkInsteadOfEmail(SCHEME);
        applicant = new Visitor(port).signIn("applicant");
    }

    @AfterEach
    void theFoldersFormAgain() {
        forms.backToTheFolder(SCHEME);
    }

    @Test
    void thePortalSaysWhatIsNewAndWhatIsNoLongerAskedAndKeepsEveryAnswer() {
        for (String path : List.of("/apply", "/apply/person", "/papers", "/check"))
            assertThat(applicant.get(home + path).location()).as(path).endsWith(home + "/new-form");
        Visitor.Answer page = applicant.get(home + "/new-form");
        assertThat(page.body()).contains("表单有了新版本", "专业领域", "不再询问", "电子邮箱", mail);
        assertThat(applicant.get(home + "/new-form?lang=en").body())
                .contains("The form has a new version", "Field of work", "E-mail", mail);
        assertThat(applicant
                        .form(home + "/submission", "promises=CERTIFICATE", page)
                        .location())
                .as("sent from a page that was open")
                .endsWith(home + "/new-form");
        assertThat(draft.answersAsTold().get("email").asText()).isEqualTo(mail);

        assertThat(applicant.form(home + "/new-form", "", page).location()).endsWith(home + "/apply");
        assertThat(applicant.get(home + "/new-form").location())
                .as("nothing more to tell")
                .endsWith(home + "/apply");
        assertThat(applicant.get(home + "/apply/person").body())
                .contains("name=\"field\"")
                .doesNotContain("name=\"email\"");
        assertThat(draft.answersAsTold().get("email").asText())
                .as("kept until it is sent")
                .isEqualTo(mail);
        Visitor.Answer refused = applicant.form(home + "/submission", "", page);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(home + "/apply/person?from=check#f-field");
        draft.answers(Map.of("field", "鞋服制造")).is(200);
        assertThat(applicant.form(home + "/submission", "", page).location()).endsWith(home + "/sent");
        assertThat(draft.answersAsTold().has("email")).isFalse();
    }

    @Test
    void overHttpTheMissingAnswerIsNamedAndMayBeGiven() {
        assertThat(draft.submission().is(422).body().get("errors"))
                .anySatisfy(e -> assertThat(e.get("field").asText()).isEqualTo("field"));
        draft.answers(Map.of("field", "鞋服制造", "phone", "13600000009")).is(200);
        assertThat(draft.answers(Map.of("nobodyAsks", "x")).is(422).body().toString())
                .contains("answers.nobodyAsks");
        draft.submission().is(200);
    }

    @Test
    void whereOnlyTheRestOfThePackageChangedNobodyIsStopped() {
        forms.backToTheFolder(SCHEME);
        forms.inForce(SCHEME, Map.of("scheme.yaml", text -> text.replace("zh: 技能人才奖励,", "zh: 技能人才奖励（新）,")));
        assertThat(applicant.get(home + "/apply").status()).isEqualTo(200);
        assertThat(applicant
                        .form(home + "/submission", "", applicant.get(home + "/check"))
                        .location())
                .endsWith(home + "/sent");
    }
}
