package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import cn.jincai.CaseTest;
import cn.jincai.assessment.Assessments;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.util.MultiValueMap;

/** Somebody who only asks, without JavaScript and without signing in: what is open to him, what is not and why, and what nobody can say yet. */
@CaseTest
@Tag("issue-13.8")
class ScreenerIT {
    private static final String ALL = "/screener",
            ONE = "/screener/skills-award",
            NOTHING = "目前没有可以享受的政策",
            OPEN = "尚不能确定";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    FormCheck check;

    @Autowired
    CityClock clock;

    private Visitor visitor;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        visitor = new Visitor(port);
    }

    private PageForm form(String path) {
        return PageForm.on(visitor.get(path), path + "#answer");
    }

    private Answer answered(PageForm form, String path) {
        return visitor.follow(form.send(visitor), path);
    }

    /** What the page says of the answer, without its questions. */
    private static String said(Answer page) {
        int from = page.body().indexOf("id=\"answer\"");
        assertThat(from).as("an answer").isPositive();
        return page.body()
                .substring(from, page.body().indexOf("</section>\n", page.body().indexOf("</details>", from)));
    }

    @Test
    void whatIsUnknownIsNeverANo() {
        String said = said(answered(form(ALL).with("employerType", "PRIVATE_ENTERPRISE"), ALL));
        assertThat(said).contains("现在不能断定", OPEN, "尚不知道“在岗参保”").doesNotContain(NOTHING);
        for (PolicyPackage p : packages.inForce())
            assertThat(said).as("listed").contains(p.catalogue().name().zh());
        assertThat(said).as("leads to the question").contains("href=\"#f-inPost\"");
    }

    @Test
    void whatIsCertainlyRefusedIsToldWithItsReasonAndTheRestStaysOpen() {
        String said = said(answered(form(ALL).with("employerType", "GOVERNMENT"), ALL));
        assertThat(said).contains(NOTHING, "不符合条件", "用人单位性质为机关单位，不在本政策范围内。").doesNotContain(OPEN);
        said = said(answered(form(ALL).with("employerType", "STATE_ENTERPRISE"), ALL));
        assertThat(said)
                .as("state enterprises have no subsidy for newcomers, the other two are open")
                .contains("不符合条件", OPEN)
                .doesNotContain(NOTHING);
    }

    @Test
    void aSchemesOwnScreenerSaysOnlyThatThereIsNothingLeftToAskWhereThereIsNot() {
        Answer page = answered(form(ONE).with("certificateLevel", "THREE"), ONE);
        assertThat(page.body())
                .contains("class=\"jc-big\">" + OPEN, "还能改变结果的问题")
                .doesNotContain("需要人工核实</p>", "本页其余的问题已不会改变结果");
        page = answered(form(ONE).with("employerType", "GOVERNMENT"), ONE);
        assertThat(page.body()).contains("class=\"jc-big\">不符合条件", "本页其余的问题已不会改变结果");
    }

    @Test
    void answersSurviveTheReasonsTheWayBackAndTheOtherLanguage() {
        Answer page = visitor.get(ONE);
        Answer why = visitor.form(
                ONE + "/explanation",
                "employerType=PRIVATE_ENTERPRISE&certificateLevel=THREE&contractMonths=36&insuredMonthsConsecutive=vier",
                page);
        assertThat(visitor.follow(why, ONE + "/explanation").body()).contains("href=\"" + ONE + "\"", OPEN);
        for (String path : new String[] {ONE, ONE + "?lang=en", ONE + "?lang=zh"}) {
            PageForm back = PageForm.on(visitor.get(path), ONE + "#answer");
            assertThat(back.shows("employerType") + back.shows("certificateLevel") + back.shows("contractMonths"))
                    .as(path)
                    .isEqualTo("PRIVATE_ENTERPRISETHREE36");
            assertThat(back.shows("insuredMonthsConsecutive"))
                    .as("also what is wrong")
                    .isEqualTo("vier");
        }
        // chosen before anything was sent: the header's button takes along what stands in the form
        Answer english = visitor.follow(
                visitor.form(ONE + "?lang=en", "employerType=STATE_ENTERPRISE&certificateLevel=TWO", visitor.get(ONE)),
                ONE);
        assertThat(english.body()).contains("lang=\"en\"", "Not certain yet");
        assertThat(PageForm.on(english, ONE + "#answer").shows("certificateLevel"))
                .isEqualTo("TWO");
        assertThat(visitor.get(ALL).body())
                .as("one screener knows what another was told")
                .contains("value=\"STATE_ENTERPRISE\" selected=\"selected\"");
        visitor.follow(visitor.form(ONE + "/clear", "", english), ONE);
        assertThat(form(ONE).shows("certificateLevel")).isEmpty();
        assertThat(visitor.follow(visitor.form(ONE + "/clear", "", english), ONE)
                        .body())
                .doesNotContain("Not certain yet");
        assertThat(new Visitor(port).get(ONE).body()).as("nobody else's").doesNotContain("selected=\"selected\"");
    }

    @Test
    void answersGoAlongToTheApplicationThroughSigningIn() {
        Answer on = visitor.form(
                ONE + "/application",
                "employerType=PRIVATE_ENTERPRISE&certificateLevel=THREE&contractMonths=sechs&identityVerified=true",
                visitor.get(ONE));
        assertThat(visitor.follow(on, "/apply/skills-award").location()).endsWith("/sign-in");
        visitor.signIn("applicant");
        Answer start = visitor.get("/apply/skills-award");
        assertThat(start.body()).contains("用资格测算时的回答先填好");
        Answer begun = PageForm.on(start, "/apply/skills-award").send(visitor);
        assertThat(begun.location()).contains("/cases/").doesNotContain("THREE");
        String number = begun.location().replaceFirst(".*/cases/", "").replaceFirst("/apply", "");
        JsonNode answers = city.call("applicant", HttpMethod.GET, "/api/cases/" + number, null)
                .is(200)
                .body()
                .get("answers");
        assertThat(answers.path("certificateLevel").asText()
                        + answers.path("employerType").asText())
                .isEqualTo("THREEPRIVATE_ENTERPRISE");
        assertThat(answers.has("contractMonths")).as("what was wrong").isFalse();
        assertThat(answers.has("identityVerified"))
                .as("what the application does not ask")
                .isFalse();

        Answer anew = PageForm.on(visitor.get("/apply/skills-award"), "/apply/skills-award")
                .with("told")
                .send(visitor);
        number = anew.location().replaceFirst(".*/cases/", "").replaceFirst("/apply", "");
        assertThat(city.call("applicant", HttpMethod.GET, "/api/cases/" + number, null)
                        .body()
                        .get("answers")
                        .has("certificateLevel"))
                .as("who does not want it begins anew")
                .isFalse();
        assertThat(new Visitor(port)
                        .signIn("applicant2")
                        .get("/apply/skills-award")
                        .body())
                .doesNotContain("资格测算时的回答");
    }

    /** No scheme of today decides by a code, so that here one is made to read it. */
    @Test
    @Tag("issue-15.14")
    void rulesHearACodeInTheSpellingInWhichAnApplicationKeepsIt() {
        Assessments readsIt = mock();
        when(readsIt.factsRead(any())).thenReturn(Set.of("occupationCode"));
        var screener = new Screener(packages, readsIt, mock(), check, mock(), clock, new ObjectMapper());
        for (String typed : List.of("6-18-02-04", "６－18–02—04", " 6 18 02\u00A004 ", "６１８０２０４", "6-18-02-04\u200B"))
            assertThat(told(screener, typed)).as(typed).containsExactly(Map.entry("occupationCode", "6-18-02-04"));
        assertThat(told(screener, "6-18\uFFFD")).as("lost on the way").isEmpty();
    }

    private Map<String, Object> told(Screener screener, String occupationCode) {
        var visit = new MockHttpSession();
        screener.keep("skills-award", MultiValueMap.fromSingleValue(Map.of("occupationCode", occupationCode)), visit);
        return screener.facts(packages.inForce("skills-award"), visit);
    }
}
