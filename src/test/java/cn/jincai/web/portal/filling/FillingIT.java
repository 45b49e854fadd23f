package cn.jincai.web.portal.filling;

import static cn.jincai.web.PageForm.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An application while it is filled in, over HTTP: what stands beside it, where each page leads back to, and the receipt. */
@CaseTest
@Tag("issue-18.4")
class FillingIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    private Visitor applicant;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        applicant = new Visitor(port).signIn("applicant");
    }

    private static String home(ApplicantsCase file) {
        return "/cases/" + file.number();
    }

    /** What stands beside the form, without its tags. */
    private static String estimate(String page) {
        var beside = Pattern.compile("id=\"estimate-sum\"[^>]*>(.*?)</p>", Pattern.DOTALL)
                .matcher(page);
        assertThat(beside.find()).as(page).isTrue();
        return beside.group(1).replaceAll("<[^>]*>", "").strip();
    }

    @Test
    void whatTheAnswersSoFarComeToStandsBesideTheFormAndFollowsEachAnswer() {
        assertThat(estimate(applicant.get("/cases/" + city.begun() + "/check").body()))
                .as("what is not known is no refusal")
                .startsWith("还不能测算")
                .contains("项未填");

        var award = city.drafted("skills-award", "granted");
        String page = home(award) + "/apply/certificate";
        Answer filled = applicant.get(page);
        String sum = estimate(filled.body());
        assertThat(sum).matches("预计(最多)?[\\d,]+\\s?元.*");
        String level = PageForm.on(filled, page).shows("certificateLevel");
        String other = level.equals("THREE") ? "ONE" : "THREE";
        Answer saved = applicant.form(page + "/draft", "certificateLevel=" + other, filled);
        assertThat(saved.body()).contains("已保存 09:0", "hx-swap-oob=\"innerHTML\"");
        assertThat(estimate(saved.body())).isNotEqualTo(sum);
        assertThat(applicant.get(page + "?lang=en").body()).contains("With your answers so far", "expected");
        applicant.get(page + "?lang=zh");
    }

    @Test
    void changeLeadsBackToTheCheckOfTheAnswersOnceItIsRight() {
        var award = city.drafted("skills-award", "granted");
        String check = home(award) + "/check", page = home(award) + "/apply/person";
        assertThat(applicant.get(check).body()).contains("href=\"" + page + "?from=check#f-phone\"");
        Answer form = applicant.get(page + "?from=check");
        assertThat(form.body()).contains("保存并返回核对").doesNotContain("保存并继续");
        Answer wrong = refused(PageForm.on(form, page).with("phone", "12").send(applicant), "f-phone");
        assertThat(wrong.body()).contains("保存并返回核对");
        applicant.follow(PageForm.on(wrong, page).with("phone", "13700000009").send(applicant), check);
        assertThat(applicant.get(check).body()).contains("13700000009");
    }

    @Test
    void theReceiptSaysWhatWasReceivedWhoIsNextUntilWhenAndHoldsNothingOfThePersonInItsCode() {
        var award = city.submitted("skills-award", "granted");
        String sent = applicant.get(home(award) + "/sent").body();
        assertThat(sent)
                .contains("收件回执", "2026年3月2日 09:0", "已收到 1 个文件", "data:image/png;base64,", home(award) + "/day.ics");
        assertThat(sent).as("the steps of its own way").contains("jc-way", "最迟");
        Answer calendar = applicant.get(home(award) + "/day.ics");
        assertThat(calendar.headers().firstValue("Content-Type")).hasValue("text/calendar;charset=UTF-8");
        assertThat(calendar.body())
                .contains("BEGIN:VEVENT", "DTSTART;VALUE=DATE:2026", award.number())
                .doesNotContain(award.answersAsTold().get("name").asText())
                .doesNotContain(award.answersAsTold().get("documentNumber").asText());
        for (String page : new String[] {"/sent", "/day.ics"}) {
            assertThat(new Visitor(port)
                            .signIn("applicant2")
                            .get(home(award) + page)
                            .status())
                    .as("somebody else's")
                    .isEqualTo(404);
            assertThat(new Visitor(port).get(home(award) + page).status()).isEqualTo(302);
        }
        var draft = city.drafted("skills-award", "granted");
        applicant.follow(applicant.get(home(draft) + "/sent"), home(draft) + "/apply");
        assertThat(applicant.get(home(draft) + "/day.ics").status()).isEqualTo(404);
    }
}
