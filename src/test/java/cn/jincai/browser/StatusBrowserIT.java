package cn.jincai.browser;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How a case looks to its applicant in each of its states: on a phone, at a desk in English, and where no scripts run. Leaves the pictures of {@code docs/pictures} with {@code -Dpictures}. */
@CaseTest
@Tag("issue-18.5")
class StatusBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures/status");
    private static final int NARROWEST = 320;

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMonday() {
        city.at("2026-03-02T09:00");
    }

    /** The sentence in both languages, nothing that anybody can't read, and a picture of each. */
    private void reads(ApplicantsCase file, String state, String zh, String en) {
        String address = "http://127.0.0.1:" + port, path = "/cases/" + file.number();
        try (var phone = Browser.phone(address).signIn("applicant")) {
            phone.goTo(path + "?lang=zh");
            assertThat(phone.page().locator(".jc-where__sentence").innerText()).contains(zh);
            phone.looksRight().picture(PICTURES.resolve("status-" + state + "-phone.png"));
            phone.page().setViewportSize(NARROWEST, 640);
            phone.fits();
        }
        try (var plain = Browser.withoutScript(address).signIn("applicant")) {
            plain.goTo(path);
            assertThat(plain.page().locator(".jc-where__sentence").innerText()).contains(zh);
            plain.page().locator("#timeline > summary").click();
            assertThat(plain.page().locator("#timeline li").first().isVisible()).isTrue();
            plain.fits();
        }
        try (var desk = Browser.desktop(address).signIn("applicant").english()) {
            desk.goTo(path);
            assertThat(desk.page().locator(".jc-where__sentence").innerText()).contains(en);
            desk.looksRight().picture(PICTURES.resolve("status-" + state + "-en.png"));
        }
    }

    private String now(ApplicantsCase file) {
        try (var applicant = Browser.desktop("http://127.0.0.1:" + port).signIn("applicant")) {
            applicant.goTo("/cases/" + file.number());
            return applicant.page().locator(".jc-step[aria-current=step]").innerText();
        }
    }

    @Test
    void beforeItIsAcceptedItsOwnLimitIsTold() {
        var subsidy = city.submitted("recruitment-subsidy", "granted").waitsAt("employer-check");
        reads(subsidy, "employer", "正在请用人单位核实，您不用做什么，单位最迟", "Your employer has been asked to confirm");
        var award = city.submitted("skills-award", "granted").waitsAt("acceptance");
        reads(award, "acceptance", "正在等待受理，您不用做什么，最迟2026年3月9日受理或者告知您结果", "by 9 March 2026 at the latest");
    }

    @Test
    void whileItIsReviewedTheDayIsToldAndWhatDoesNotCount() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        reads(
                award.waitsAt("second-review"),
                "running",
                "正在复核，您不用做什么，最迟2026年3月23日作出决定；如需公示，公示的5个工作日不计入。",
                "the decision will be made by 23 March 2026");
        assertThat(now(award)).contains("审核", "初审", "复核").doesNotContain("领导审核");
    }

    @Test
    void whileTheClockStandsItSaysSoAndAfterwardsWhyTheDayMoved() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        reads(award, "stands", "公示的时间不计入期限，作出决定的日期（目前为2026年3月23日）会相应顺延", "does not count");
        city.passes("P15D");
        reads(award.waitsAt("decision"), "moved", "审核已毕，正在等待签发决定，您不用做什么，最迟2026年", "waiting to be signed");
        try (var applicant = Browser.desktop("http://127.0.0.1:" + port).signIn("applicant")) {
            applicant.goTo("/cases/" + award.number());
            assertThat(applicant.page().locator(".jc-where__moved").innerText())
                    .contains("为什么变了", "由2026年3月23日顺延至", "公示的时间不计入承诺期限");
        }
    }

    @Test
    void pastThePromisedDayItSaysSoAndWhatHappens() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        city.passes("P40D");
        reads(award, "past", "但承诺的2026年3月23日已过，还没有作出决定：已列入分管领导的催办清单", "has passed without a decision");
    }

    @Test
    void aDayThatMayMoveLooksProvisional() {
        city.at("2026-12-21T09:00");
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        reads(award, "provisional", "（暂定，放假安排公布后可能顺延）作出决定", "provisional");
    }

    @Test
    void whatTheApplicantHasToDoStandsInTheSentence() {
        var award = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "合同缺第3页。", "items", "LABOUR_CONTRACT"));
        reads(award.waitsAt("supplement"), "supplement", "正在等您补正，请您最迟2026年3月", "please submit your supplement by");
        assertThat(now(award)).contains("受理", "补正");
    }

    @Test
    void whatWasRefusedHasSeenNoNoticeAndSaysWhereTheGroundsAre() {
        var refused = city.checked("skills-award", "refused")
                .withOpinion("reviewer", "first-review", "reject")
                .withOpinion("senior-reviewer", "second-review", "reject")
                .done("leader", "decision", "sign");
        refused.isClosed("refused");
        reads(refused, "refused", "本件已办结：不予支持，理由和不服时可以怎么办见下面的决定。", "refused");
        var not = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "not-accepted", Map.of("opinion", "不在受理范围。"));
        reads(not.isClosed("not-accepted"), "not-accepted", "本件已办结：不予受理", "not accepted");
    }

    @Test
    void whatIsGrantedTellsWhenTheNextInstalmentOpens() {
        var subsidy =
                city.checked("recruitment-subsidy", "granted").reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        reads(subsidy, "paying", "决定已经作出，正在办理拨付，您不用做什么", "the payment is being prepared");
        subsidy.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT1M");
        city.bank("refuse");
        city.passes("PT1M");
        subsidy.done("finance", "bank-result", "ask-account");
        reads(subsidy, "account", "请您最迟", "please provide another bank account by");
        var other =
                city.checked("recruitment-subsidy", "granted").reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        other.paid().isClosed("granted");
        reads(other, "granted", "本件已办结：予以支持，您不用再做什么；第2期自20", "instalment 2 can be applied for from");
    }

    @Test
    void whatIsAskedOnAPhoneIsAnsweredAtADeskAndBothReadIt() {
        String address = "http://127.0.0.1:" + port;
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        String asks = "/cases/" + award.number() + "/enquiries", answers = "/officers" + asks;
        try (var phone = Browser.phone(address).signIn("applicant")) {
            phone.goTo("/cases/" + award.number() + "?lang=zh").click("a[href$='/enquiries']");
            phone.page().click("main form button[type=submit]");
            assertThat(phone.page().locator(".govuk-error-summary a").getAttribute("href"))
                    .isEqualTo("#f-words");
            phone.looksRight().picture(PICTURES.resolve("enquiry-refused-phone.png"));
            phone.page().fill("#f-words", "公示的时候会写我的身份证号吗？");
            phone.page().click("main form button[type=submit]");
            assertThat(phone.page().locator(".jc-enquiry").innerText()).contains("身份证号", "等待答复");
            phone.looksRight().picture(PICTURES.resolve("enquiry-asked-phone.png"));
            phone.page().setViewportSize(NARROWEST, 640);
            phone.fits();
        }
        try (var desk = Browser.desktop(address).signIn("reviewer").english()) {
            desk.goTo("/officers/enquiries");
            desk.looksRight().picture(PICTURES.resolve("enquiries-waiting-en.png"));
            desk.goTo(answers);
            desk.looksRight().picture(PICTURES.resolve("enquiry-to-answer-en.png"));
        }
        try (var plain = Browser.withoutScript(address).signIn("reviewer")) {
            plain.goTo(answers);
            plain.page().fill("main textarea", "不会，证件号码不公示。");
            plain.page().locator("main form button[type=submit]").press("Enter");
            assertThat(plain.page().locator(".jc-enquiry__answer").innerText()).contains("不会，证件号码不公示。");
        }
        try (var phone = Browser.phone(address).signIn("applicant")) {
            phone.goTo(asks);
            assertThat(phone.page().locator(".jc-enquiry__answer").innerText()).contains("不会，证件号码不公示。");
            phone.looksRight().picture(PICTURES.resolve("enquiry-answered-phone.png"));
        }
    }
}
