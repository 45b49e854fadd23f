package cn.jincai.web.portal;

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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What somebody does about a case on the portal's pages, without JavaScript: with the forms that stand there, well filled in and badly. */
@CaseTest
class CaseFormsIT {
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

    private static String told(ApplicantsCase file, String answer) {
        return file.answersAsTold().path(answer).asText();
    }

    /** In the words of the office, on the page in both languages and to programs. */
    @ParameterizedTest
    @CsvSource({
        "PASSPORT, 护照号码应为5至20位, number of a passport has 5 to 20",
        "HK_MO_PERMIT, 港澳居民来往内地通行证号码, Hong Kong and Macao residents has 5 to 20",
        "TW_PERMIT, 台湾居民来往大陆通行证号码, Taiwan residents has 5 to 20",
        "HK_MO_TW_RESIDENCE_PERMIT, 港澳台居民居住证号码应为18位, residence permit for Hong Kong",
        "RESIDENT_ID, 居民身份证号码应为18位, resident identity card has 18"
    })
    @Tag("issue-15.14")
    void aMistakeInADocumentsNumberNamesTheDocumentAtHand(String type, String zh, String en) {
        var draft = city.drafted(city.application("skills-award", "granted"));
        String page = home(draft) + "/apply/person";
        Answer wrong = refused(
                PageForm.on(applicant.get(page), page)
                        .with("documentType", type)
                        .with("documentNumber", "1#")
                        .send(applicant),
                "f-documentNumber");
        assertThat(wrong.body()).contains(zh);
        assertThat(applicant.get(page + "?lang=en").body()).contains(en);
        applicant.get(page + "?lang=zh");
        assertThat(told(draft, "documentNumber")).as("kept as it was typed").isEqualTo("1#");
        assertThat(draft.submission().is(422).body().toString()).contains(zh);
    }

    @Test
    void aSupplementIsAnsweredWithTheFaultyItemsAlone() {
        var award = city.submitted("skills-award", "granted")
                .done(
                        "intake",
                        "acceptance",
                        "supplement",
                        Map.of("opinion", "合同缺页，手机打不通。", "items", "phone,LABOUR_CONTRACT"));
        String page = home(award) + "/supplement", papers = home(award) + "/papers";
        String phone = told(award, "phone"), mail = told(award, "email");
        assertThat(applicant.get(home(award)).body()).contains("href=\"" + page + "\"");
        Answer open = applicant.get(page);
        assertThat(open.body())
                .contains("合同缺页，手机打不通。", "id=\"need-LABOUR_CONTRACT\"")
                .doesNotContain("need-CERTIFICATE");
        assertThat(PageForm.on(open, page).has("email")).isFalse();

        Answer wrong = refused(
                PageForm.on(open, page)
                        .with("phone", "12")
                        .with("promises", "LABOUR_CONTRACT")
                        .send(applicant),
                "f-phone");
        assertThat(PageForm.on(wrong, page).shows("phone")).isEqualTo("12");
        assertThat(PageForm.on(wrong, page).shows("promises"))
                .as("what was ticked")
                .isEqualTo("LABOUR_CONTRACT");
        assertThat(told(award, "phone")).isEqualTo(phone);
        assertThat(refused(
                                PageForm.on(wrong, page)
                                        .with("phone", "13700000001")
                                        .with("promises")
                                        .forged("email", "other@example.cn")
                                        .send(applicant),
                                "f-LABOUR_CONTRACT")
                        .body())
                .contains("请重新上传");
        assertThat(List.of(told(award, "phone"), told(award, "email")))
                .as("only what is open is kept")
                .containsExactly("13700000001", mail);

        Answer closed = PageForm.on(open, papers, "LABOUR_CONTRACT")
                .forged("need", "CERTIFICATE")
                .file("new.pdf", Browser.PDF)
                .send(applicant);
        assertThat(closed.status()).isEqualTo(409);
        assertThat(closed.body()).contains("这份材料现在不能更换。");
        assertThat(award.show().get("documents").toString()).doesNotContain("new.pdf");
        applicant.follow(
                PageForm.on(open, papers, "LABOUR_CONTRACT")
                        .file("全文.pdf", Browser.PDF)
                        .send(applicant),
                page + "#need-LABOUR_CONTRACT");
        award.answers(Map.of("phone", "13700000002")).is(200);
        Answer stale = PageForm.on(open, page).with("phone", "13700000003").send(applicant);
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.body()).contains("刚在另一个窗口或设备改为“13700000002”");
        assertThat(told(award, "phone")).isEqualTo("13700000002");
        assertThat(applicant
                        .follow(PageForm.on(stale, page).send(applicant), home(award))
                        .body())
                .contains("补正内容已提交。", "全文.pdf");
        award.waitsAt("acceptance");
        assertThat(told(award, "phone")).as("what stood on the page").isEqualTo("13700000003");
        assertThat(applicant
                        .follow(PageForm.on(stale, page).send(applicant), home(award))
                        .body())
                .as("sent twice")
                .doesNotContain("补正内容已提交。");
    }

    @Test
    @Tag("issue-13.10")
    void anAccountOfSomebodyElseIsToldWhereItIsTyped() {
        ObjectNode application = city.application("skills-award", "granted");
        ((ObjectNode) application.get("answers"))
                .put("name", "谢国栋")
                .put("accountHolder", "謝國棟")
                .put("bankAccount", "６２２２　0200 0000-0000 017");
        var award = city.drafted(application);
        String page = home(award) + "/apply/account";
        assertThat(told(award, "bankAccount")).as("kept as the bank takes it").isEqualTo("6222020000000000017");
        assertThat(PageForm.on(applicant.get(page), page).send(applicant).status())
                .as("the same name in other characters")
                .isEqualTo(302);
        Answer wrong = refused(
                PageForm.on(applicant.get(page), page)
                        .with("accountHolder", "谢太太")
                        .with("bankAccount", "1       ")
                        .send(applicant),
                "f-bankAccount");
        assertThat(wrong.body()).contains("开户人不是申请人本人");
        assertThat(PageForm.on(wrong, page).shows("accountHolder")).isEqualTo("谢太太");
        assertThat(told(award, "accountHolder"))
                .as("told, and kept all the same")
                .isEqualTo("谢太太");
        assertThat(applicant
                        .form(page + "/draft", "accountHolder=Mr+Xie", applicant.get(page))
                        .body())
                .as("as one types")
                .contains("开户人不是申请人本人");
        assertThat(applicant.get(home(award) + "/check").body())
                .as("before it is sent")
                .contains("开户人不是申请人本人");
        award.answers(Map.of("accountHolder", "谢国栋")).is(200);
        assertThat(applicant.get(home(award) + "/check").body()).doesNotContain("开户人不是申请人本人");
        assertThat(PageForm.on(applicant.get(page), page)
                        .with("bankAccount", "6222 0200 0000 0000 017")
                        .send(applicant)
                        .status())
                .isEqualTo(302);
        assertThat(told(award, "bankAccount")).isEqualTo("6222020000000000017");
        award.submission().is(200);
    }

    @Test
    void aCaseIsTakenBackWithAReasonAndNotTwice() {
        var award = city.submitted("skills-award", "granted");
        String page = home(award) + "/withdrawal";
        assertThat(new Visitor(port).signIn("applicant2").get(page).status())
                .as("somebody else's")
                .isEqualTo(404);
        assertThat(applicant.get(home(award)).body()).contains("href=\"" + page + "\"");
        Answer question = applicant.get(page);
        assertThat(question.body()).contains("撤回申请 " + award.number() + "？");
        Answer tooLong = refused(
                PageForm.on(question, page).with("reason", "长".repeat(1001)).send(applicant), "f-reason");
        assertThat(PageForm.on(tooLong, page).shows("reason")).hasSize(1001);
        award.waitsAt("acceptance");
        String reason = "单位替我申请了<b>\n".repeat(70);
        assertThat(applicant
                        .follow(
                                PageForm.on(tooLong, page)
                                        .with("reason", reason + "长".repeat(1000 - reason.length()))
                                        .send(applicant),
                                home(award))
                        .body())
                .contains("申请已撤回。", "单位替我申请了&lt;b&gt;")
                .doesNotContain("href=\"" + page + "\"");
        award.isClosed("withdrawn");
        applicant.follow(applicant.get(page), home(award));
        assertThat(applicant
                        .follow(PageForm.on(question, page).send(applicant), home(award))
                        .body())
                .contains("不能撤回")
                .doesNotContain("申请已撤回。");
    }

    /** The page of the withdrawal stays open while the decision is signed. */
    @Test
    void afterTheSignatureItIsTooLateThenAnotherAccountIsGivenAndTheCaseRated() {
        var award = city.checked("skills-award", "partial").reviewedByBoth();
        Answer question = applicant.get(home(award) + "/withdrawal");
        award.noticedAndSigned();
        assertThat(applicant
                        .follow(
                                PageForm.on(question, home(award) + "/withdrawal")
                                        .send(applicant),
                                home(award))
                        .body())
                .contains("决定已经签发或办件已办结，不能撤回。");
        award.waitsAt("payment-make");

        String account = home(award) + "/account", name = told(award, "name"), before = told(award, "bankAccount");
        applicant.follow(applicant.get(account), home(award));
        award.done("finance", "payment-make", "ask-account");
        assertThat(applicant.get(home(award)).body()).contains("href=\"" + account + "\"");
        Answer asked = applicant.get(account);
        assertThat(PageForm.on(asked, account).has("phone")).isFalse();
        Answer wrong = refused(
                PageForm.on(asked, account)
                        .with("bankName", "农商银行")
                        .with("bankAccount", "62166")
                        .send(applicant),
                "f-bankAccount");
        assertThat(List.of(
                        PageForm.on(wrong, account).shows("bankName"),
                        PageForm.on(wrong, account).shows("bankAccount")))
                .containsExactly("农商银行", "62166");
        refused(PageForm.on(asked, account).with("accountHolder", " ").send(applicant), "f-accountHolder");
        assertThat(List.of(told(award, "accountHolder"), told(award, "bankAccount")))
                .containsExactly(name, before);
        assertThat(applicant
                        .follow(
                                PageForm.on(wrong, account)
                                        .with("bankAccount", "6216610100010000005")
                                        .send(applicant),
                                home(award))
                        .body())
                .contains("收款账户已提交。")
                .doesNotContain("href=\"" + account + "\"");
        assertThat(List.of(told(award, "bankName"), told(award, "bankAccount")))
                .containsExactly("农商银行", "6216610100010000005");
        applicant.follow(PageForm.on(wrong, account).send(applicant), home(award));

        assertThat(applicant.get(home(award)).body()).doesNotContain("/rating");
        award.paid().isClosed("granted");
        String rating = home(award) + "/rating";
        Answer closed = applicant.get(home(award));
        Answer without =
                refused(PageForm.on(closed, rating).with("text", "很快，<i>谢谢</i>").send(applicant), "f-stars");
        assertThat(PageForm.on(without, rating).shows("text"))
                .as("what was written")
                .isEqualTo("很快，<i>谢谢</i>");
        Answer lengthy = refused(
                PageForm.on(closed, rating)
                        .with("stars", "4")
                        .with("text", "长".repeat(5001))
                        .send(applicant),
                "f-text");
        assertThat(PageForm.on(lengthy, rating).shows("stars")).isEqualTo("4");
        assertThat(award.show().path("rating").isNull()).isTrue();
        Answer rated =
                applicant.follow(PageForm.on(without, rating).with("stars", "4").send(applicant), home(award));
        assertThat(rated.body()).contains("感谢您的评价。", "很快，&lt;i&gt;谢谢&lt;/i&gt;").doesNotContain("<i>谢谢");
        assertThat(award.show().at("/rating/stars").asInt()).isEqualTo(4);
        assertThat(applicant
                        .follow(PageForm.on(closed, rating).with("stars", "1").send(applicant), home(award))
                        .body())
                .contains("您已经评价过了。");
    }

    @Test
    void somebodyObjectsByNameAndTheApplicantAnswersAtTheHearing() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        Visitor anybody = new Visitor(port);
        String notice = "/notices/" + award.notice().get("id").asLong();
        assertThat(anybody.get("/notices").body()).contains("href=\"" + notice + "\"");
        Answer page = anybody.get(notice);
        Answer wrong = refused(
                PageForm.on(page, notice)
                        .with("name", " ")
                        .with("contact", "13900000001")
                        .with("text", "长".repeat(5001))
                        .send(anybody),
                "f-name",
                "f-text");
        assertThat(PageForm.on(wrong, notice).shows("contact")).isEqualTo("13900000001");
        assertThat(PageForm.on(wrong, notice).shows("text")).hasSize(5001);
        refused(
                PageForm.on(page, notice)
                        .with("name", "王五")
                        .with("contact", "13900000001")
                        .with("text", "\n \n")
                        .send(anybody),
                "f-text");
        assertThat(refused(
                                PageForm.on(page, notice)
                                        .with("name", "王".repeat(101))
                                        .with("contact", "13900000001")
                                        .with("text", "异议")
                                        .send(anybody),
                                "f-name")
                        .body())
                .contains("100字以内");
        assertThat(award.hasTask("supervisor", "objection")).isFalse();

        Answer raised = anybody.follow(
                PageForm.on(wrong, notice)
                        .with("name", "王五")
                        .with("text", "<b>不在岗</b>\n<script>alert(1)</script>")
                        .send(anybody),
                notice);
        assertThat(raised.body())
                .contains("异议已收到")
                .containsPattern("<strong>YY\\d+</strong>")
                .doesNotContain("不在岗");
        String file = "/officers/cases/" + award.number(), escaped = "&lt;b&gt;不在岗&lt;/b&gt;";
        assertThat(new Visitor(port).signIn("supervisor").get(file).body())
                .contains(escaped, "王五 · 13900000001")
                .doesNotContain("<b>不在岗", "<script>alert");
        assertThat(new Visitor(port).signIn("reviewer").get(file).body())
                .as("who objected")
                .contains(escaped)
                .doesNotContain("王五");

        award.done("supervisor", "objection", "uphold", Map.of("opinion", "<u>考勤</u>不全。"));
        city.passes("P15D");
        Answer over = PageForm.on(page, notice)
                .with("name", "王五")
                .with("contact", "139")
                .with("text", "又一项")
                .send(anybody);
        assertThat(List.of(over.status(), over.body().contains("公示期已过"))).containsExactly(409, true);
        String hearing = home(award) + "/hearing";
        assertThat(applicant.get(home(award.waitsAt("hearing"))).body()).contains("href=\"" + hearing + "\"");
        Answer heard = applicant.get(hearing);
        assertThat(heard.body()).contains("&lt;u&gt;考勤&lt;/u&gt;不全。").doesNotContain("王五", "不在岗");
        Answer tooLong = refused(
                PageForm.on(heard, hearing).with("text", "我".repeat(5001)).send(applicant), "f-text");
        assertThat(PageForm.on(tooLong, hearing).shows("text")).hasSize(5001);
        award.waitsAt("hearing");
        assertThat(applicant
                        .follow(
                                PageForm.on(tooLong, hearing)
                                        .with("text", "<b>在岗</b>，有考勤。")
                                        .send(applicant),
                                home(award))
                        .body())
                .contains("您的意见已提交。", "&lt;b&gt;在岗&lt;/b&gt;，有考勤。")
                .doesNotContain("href=\"" + hearing + "\"");
        award.waitsAt("first-review");
    }

    @Test
    void aPaperOfADraftIsRemovedAndAnotherUploaded() {
        var draft = city.drafted("skills-award", "granted");
        String papers = home(draft) + "/papers";
        Answer page = applicant.get(papers);
        long first = paper(draft, "CERTIFICATE").get(0).get("id").asLong();
        for (String[] bad : new String[][] {
            {"empty.pdf", "", "文件是空的"},
            {"", "", "文件是空的"},
            {"setup.exe.pdf", "MZ\0\0This program cannot be run in DOS mode.", "只接受 PDF、JPEG 或 PNG"},
            {"half.pdf", Browser.PDF.substring(0, Browser.PDF.length() / 2), "文件不完整或已损坏"}
        }) {
            Answer refused = refused(
                    PageForm.on(page, papers, "CERTIFICATE")
                            .file(bad[0], bad[1])
                            .send(applicant),
                    "f-CERTIFICATE");
            assertThat(refused.body()).contains(bad[2], "这个文件没有上传");
            assertThat(paper(draft, "CERTIFICATE"))
                    .as(bad[0])
                    .extracting(p -> p.get("id").asLong())
                    .containsExactly(first);
        }
        assertThat(PageForm.on(page, papers, "CERTIFICATE")
                        .forged("need", "NOBODY_ASKS")
                        .file("a.pdf", Browser.PDF)
                        .send(applicant)
                        .status())
                .isIn(404, 422);

        String remove = papers + "/" + first + "/remove";
        assertThat(applicant
                        .follow(PageForm.on(page, remove).send(applicant), papers)
                        .body())
                .doesNotContain(remove);
        assertThat(paper(draft, "CERTIFICATE")).isEmpty();
        assertThat(PageForm.on(page, remove).send(applicant).status())
                .as("removed twice")
                .isEqualTo(404);
        Answer another = applicant.follow(
                PageForm.on(page, papers, "CERTIFICATE")
                        .file("<证书>.pdf", Browser.PDF)
                        .send(applicant),
                papers + "#need-CERTIFICATE");
        assertThat(another.body()).contains("证书.pdf").doesNotContain("<证书>");
        assertThat(paper(draft, "CERTIFICATE"))
                .hasSize(1)
                .allSatisfy(p -> assertThat(p.get("id").asLong()).isNotEqualTo(first));

        draft.submission().is(200);
        long kept = paper(draft, "CERTIFICATE").get(0).get("id").asLong();
        Answer late = PageForm.on(another, papers + "/" + kept + "/remove").send(applicant);
        assertThat(List.of(late.status(), late.body().contains("这份材料现在不能更换。"))).containsExactly(409, true);
        applicant.follow(
                PageForm.on(another, papers, "CERTIFICATE")
                        .file("late.pdf", Browser.PDF)
                        .send(applicant),
                home(draft));
        assertThat(paper(draft, "CERTIFICATE"))
                .extracting(p -> p.get("id").asLong())
                .containsExactly(kept);
    }

    @Test
    void messagesAreUnreadUntilTheApplicantSaysOtherwise() {
        for (int n = 0; n < 2 || !applicant.get("/inbox").body().contains("href=\"/inbox?page=1\""); n++)
            city.submitted("skills-award", "granted").withdrawal().is(200);
        Answer page = applicant.get("/inbox");
        assertThat(page.body()).contains("jc-unread", "class=\"jc-count\"");
        assertThat(applicant.get("/inbox?page=1").body()).contains("href=\"/inbox?page=0\"");
        assertThat(applicant.get("/inbox?page=1000").status()).isEqualTo(200);
        assertThat(applicant.get("/inbox").body()).as("looking is not reading").contains("jc-unread");
        Answer read = applicant.follow(PageForm.on(page, "/inbox/read").send(applicant), "/inbox");
        assertThat(read.body()).doesNotContain("jc-unread", "class=\"jc-count\"", "action=\"/inbox/read\"");
        applicant.follow(PageForm.on(page, "/inbox/read").send(applicant), "/inbox");
        var award = city.submitted("skills-award", "granted");
        assertThat(applicant.get("/inbox").body())
                .containsOnlyOnce("class=\"jc-unread\"")
                .contains("href=\"/cases/" + award.number() + "\"");
    }

    private static List<JsonNode> paper(ApplicantsCase file, String need) {
        return StreamSupport.stream(file.show().get("documents").spliterator(), false)
                .filter(d -> d.path("need").asText().equals(need))
                .toList();
    }
}
