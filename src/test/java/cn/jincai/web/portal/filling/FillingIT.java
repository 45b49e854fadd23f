package cn.jincai.web.portal.filling;

import static cn.jincai.web.PageForm.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.browser.Browser;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An application while it is filled in, over HTTP: what stands beside it, where each page leads back to, and the receipt. */
@CaseTest
@Tag("issue-18.4")
class FillingIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    JdbcClient db;

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
        assertThat(PageForm.on(filled, page).shows("certificateLevel")).isNotEqualTo("FIVE");
        Answer saved = types(page, filled, "certificateLevel", "FIVE");
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

    private Answer types(String page, Answer shown, String field, String value) {
        return applicant.form(
                page + "/draft",
                field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&shown="
                        + URLEncoder.encode(PageForm.on(shown, page).shows("shown"), StandardCharsets.UTF_8),
                shown);
    }

    @Test
    void aSupplementIsSavedAsOneTypesAndWhatIsWrongIsToldAndNotKept() {
        var award = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "手机打不通。", "items", "phone"));
        String page = home(award) + "/supplement";
        Answer form = applicant.get(page);
        assertThat(types(page, form, "phone", "13700000011").body()).contains("已保存 09:0");
        assertThat(award.answersAsTold().get("phone").asText()).isEqualTo("13700000011");
        award.waitsAt("supplement");
        assertThat(types(page, applicant.get(page), "phone", "12").body()).contains("尚未保存", "href=\"#f-phone\"");
        assertThat(award.answersAsTold().get("phone").asText()).isEqualTo("13700000011");
        Visitor other = new Visitor(port).signIn("applicant2");
        assertThat(other.form(page + "/draft", "phone=13700000012", other.get("/account"))
                        .status())
                .isEqualTo(404);
        applicant.follow(PageForm.on(applicant.get(page), page).send(applicant), home(award));
        assertThat(types(page, form, "phone", "13700000013").headers().firstValue("HX-Redirect"))
                .as("the page was left open")
                .hasValue(home(award));
    }

    /** Typed by people, not by programs: understood, or told with what they typed, and none of it becomes a tag. */
    @ParameterizedTest
    @CsvSource({
        "certificate, certificateIssuedOn, 20260115, 2026-01-15",
        "certificate, certificateIssuedOn, ２０２６年１月１５日, 2026-01-15",
        "certificate, certificateIssuedOn, 20260231, ",
        "person, name, 𠮷田張三, 𠮷田張三",
        "person, name, 张三😀, ",
        "person, name, <script>alert(1)</script>, ",
        "person, phone, +49 170 1234567, +491701234567",
        "person, phone, 49 170, ",
        "person, phone, 0086 137-0000-0014, "
    })
    void whatPeopleTypeIsUnderstoodOrToldAndStaysInItsField(
            String section, String field, String typed, @Nullable String kept) {
        var award = city.drafted("skills-award", "granted");
        String page = home(award) + "/apply/" + section;
        Answer said = PageForm.on(applicant.get(page), page).with(field, typed).send(applicant);
        if (kept == null) {
            refused(said, "f-" + field);
            assertThat(PageForm.on(said, page).shows(field)).contains(typed.substring(0, 2));
            assertThat(said.body()).doesNotContain("<script>alert");
        } else {
            assertThat(said.status()).isEqualTo(302);
            assertThat(award.answersAsTold().get(field).asText()).isEqualTo(kept);
        }
    }

    @Test
    void aPromiseIsSignedWithTheNameOfWhoeverMakesIt() {
        var award = city.drafted("skills-award", "granted");
        String check = home(award) + "/check", send = home(award) + "/submission", papers = home(award) + "/papers";
        for (JsonNode paper : award.show().get("documents"))
            applicant.form(papers + "/" + paper.get("id").asLong() + "/remove", "", applicant.get(papers));
        Answer page = applicant.get(check);
        Answer unsigned = refused(
                PageForm.on(page, send)
                        .with("promises", "CERTIFICATE", "LABOUR_CONTRACT")
                        .send(applicant),
                "f-promiseName");
        Answer another =
                refused(PageForm.on(unsigned, send).with("promiseName", "李四").send(applicant), "f-promiseName");
        assertThat(another.body()).contains("“李四”与申请中的姓名不一致");
        award.waitsAt("draft");
        applicant.follow(
                PageForm.on(another, send)
                        .with("promiseName", award.answersAsTold().get("name").asText())
                        .send(applicant),
                home(award) + "/sent");
        assertThat(applicant.get(home(award) + "/sent").body()).contains("以承诺代替");
    }

    private Answer part(Visitor who, String path, Answer page, long first, String content) {
        String token =
                PageForm.on(page, path.substring(0, path.indexOf("/parts"))).shows("_csrf");
        String field = "--x\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
        return who.send(
                "POST",
                path,
                field.formatted("_csrf", "", token)
                        + field.formatted("first", "", first)
                        + field.formatted("part", "; filename=\"blob\"", content)
                        + "--x--\r\n",
                "Content-Type",
                "multipart/form-data; boundary=x");
    }

    @Test
    void aFileThatTravelsInPartsGoesOnWhereItWas() {
        var award = city.drafted("skills-award", "granted");
        String parts = home(award) + "/papers/parts";
        Answer page = applicant.get(home(award) + "/papers");
        String whole = Browser.PDF, begun = "need=CERTIFICATE&name=%F0%A0%AE%B7.pdf&mark=1&size=";
        Answer first = applicant.form(parts, begun + whole.length(), page);
        assertThat(first.json().get("received").asLong()).isZero();
        String key = parts + "/" + first.json().get("key").asText();
        assertThat(part(applicant, key, page, 0, whole.substring(0, 100))
                        .json()
                        .get("received")
                        .asLong())
                .isEqualTo(100);
        assertThat(part(applicant, key, page, 50, "twice")
                        .json()
                        .get("received")
                        .asLong())
                .as("a part that does not follow changes nothing")
                .isEqualTo(100);
        assertThat(award.show().get("documents").toString()).doesNotContain("𠮷");

        Answer again = new Visitor(port).signIn("applicant").form(parts, begun + whole.length(), page);
        assertThat(again.status()).as("another session has another token").isEqualTo(403);
        again = applicant.form(parts, begun + whole.length(), page);
        assertThat(again.json().get("key"))
                .as("chosen again")
                .isEqualTo(first.json().get("key"));
        assertThat(again.json().get("received").asLong()).isEqualTo(100);
        Answer done = part(applicant, key, page, 100, whole.substring(100));
        assertThat(done.json().get("done").asBoolean()).as(done.body()).isTrue();
        assertThat(applicant.get(home(award) + "/papers").body()).contains("𠮷.pdf");
        assertThat(part(applicant, key, page, 0, "once more").status()).isEqualTo(404);
    }

    @Test
    void whatIsNoPaperIsRefusedInWordsBesideItsFieldAndNobodySendsIntoAnothersCase() {
        var award = city.drafted("skills-award", "granted");
        String parts = home(award) + "/papers/parts";
        Answer page = applicant.get(home(award) + "/papers");
        String begun = "need=CERTIFICATE&name=a.pdf&mark=2&size=";
        assertThat(applicant.form(parts, begun + 0, page).body()).contains("文件是空的");
        Answer huge = applicant.form(parts, begun + (200L << 20), page);
        assertThat(huge.status()).isEqualTo(413);
        assertThat(huge.body()).contains("10 MB");
        Answer program = applicant.form(parts, begun + 2, page);
        String key = parts + "/" + program.json().get("key").asText();
        assertThat(part(applicant, key, page, 0, "MZ and more than was said").body())
                .contains("不完整");
        Answer refused = part(applicant, key, page, 0, "MZ");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("只接受 PDF");
        assertThat(part(applicant, key, page, 0, "MZ").status()).as("forgotten").isEqualTo(404);

        Visitor other = new Visitor(port).signIn("applicant2");
        Answer own = other.get("/account");
        assertThat(other.form(parts, begun + 10, own).status()).isEqualTo(404);
        String forged = PageForm.on(page, home(award) + "/papers").shows("_csrf");
        assertThat(new Visitor(port)
                        .send(
                                "POST",
                                parts,
                                "_csrf=" + forged + "&" + begun + 10,
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isNotEqualTo(200);
    }

    /** A day later nothing of it is kept, nor once its draft is discarded. */
    @Test
    void whatNeverCameToItsEndIsForgotten() {
        var award = city.drafted("skills-award", "granted");
        String parts = home(award) + "/papers/parts";
        Answer page = applicant.get(home(award) + "/papers");
        String begun = "need=CERTIFICATE&name=a.pdf&mark=3&size=500";
        String key = applicant.form(parts, begun, page).json().get("key").asText();
        part(applicant, parts + "/" + key, page, 0, "x".repeat(100));
        city.at("2026-03-03T09:01");
        assertThat(applicant.form(parts, begun, page).json().get("key").asText())
                .isNotEqualTo(key);
        assertThat(part(applicant, parts + "/" + key, page, 100, "x").status()).isEqualTo(404);
        applicant.form(home(award) + "/discard", "", page);
        assertThat(db.sql("select count(*) from uploads where case_number = ?")
                        .param(award.number())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aPhotoIsShownSmallAndTurnedAndAnotherTakesItsPlace() throws IOException {
        var award = city.drafted("skills-award", "granted");
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        assertThat(city.upload(
                                "applicant",
                                "/api/cases/" + award.number() + "/documents",
                                Map.of("need", "CERTIFICATE"),
                                "照片.jpg",
                                jpeg.toByteArray())
                        .status())
                .isEqualTo(201);
        JsonNode first = named(award, "照片.jpg");
        long id = first.get("id").asLong();
        String papers = home(award) + "/papers", photo = papers + "/" + id;
        Answer page = applicant.get(papers);
        assertThat(page.body()).contains(photo + "/small?v=", "向右旋转");
        Answer small = applicant.get(photo + "/small");
        assertThat(small.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(small.body().length()).isLessThan(20_000);
        applicant.follow(PageForm.on(page, photo + "/turn").send(applicant), papers);
        JsonNode turned = named(award, "照片.jpg");
        assertThat(turned.get("sha256")).isNotEqualTo(first.get("sha256"));
        assertThat(turned.get("id")).isEqualTo(first.get("id"));
        Visitor other = new Visitor(port).signIn("applicant2");
        assertThat(other.get(photo + "/small").status()).isEqualTo(404);
        assertThat(other.form(photo + "/turn", "", other.get("/account")).status())
                .isEqualTo(404);
        long pdf = named(award, "paper.pdf").get("id").asLong();
        assertThat(applicant.get(papers + "/" + pdf + "/small").status()).isEqualTo(404);
        assertThat(applicant.form(papers + "/" + pdf + "/turn", "", page).status())
                .isEqualTo(422);
    }

    private static JsonNode named(ApplicantsCase file, String name) {
        return StreamSupport.stream(file.show().get("documents").spliterator(), false)
                .filter(d -> d.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
