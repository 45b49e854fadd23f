package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever waits for a case hears of each step: the applicant of all that happens to it, the employer's clerk of what is asked of him. */
@CaseTest
class MessagesIT {
    @Autowired
    City city;

    @Autowired
    JdbcClient db;

    private List<String> messages(String who, ApplicantsCase file) {
        return db.sql("select zh from case_messages where account = ? and case_number = ? order by id")
                .params(who, file.number())
                .query(String.class)
                .list();
    }

    /** How each begins, whatever the day. */
    private List<String> told(String who, ApplicantsCase file) {
        return messages(who, file).stream()
                .map(m -> m.split("[。；]")[0].replaceAll("2026年\\d+月\\d+日", "某日").replaceAll("还有\\d+天", "还有几天"))
                .toList();
    }

    @Test
    void fromTheFormToTheMoneyEachStepIsTold() {
        city.at("2026-03-02T09:00");
        var subsidy = city.submitted("recruitment-subsidy", "granted").waitsAt("employer-check");
        assertThat(messages("employer", subsidy)).containsExactly("有一件本单位职工的申请，请核实");
        subsidy.done("employer", "employer-check", "confirm");
        subsidy.done("intake", "acceptance", "supplement", Map.of("opinion", "证书缺页。", "items", "DEGREE_CERTIFICATE"))
                .waitsAt("supplement");
        subsidy.suppliesWhatWasAsked().done("intake", "acceptance", "accept");
        city.passes("PT1M");
        subsidy.reviewedByBoth()
                .waitsAt("public-notice")
                .objection("此人并不在该公司工作。")
                .is(201);
        subsidy.withOpinion("supervisor", "objection", "uphold");
        city.passes("P15D");
        city.passes("P15D");
        subsidy.waitsAt("first-review")
                .done("reviewer2", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .waitsAt("decision")
                .done("leader", "decision", "sign")
                .paid();
        assertThat(told("applicant", subsidy))
                .containsExactly(
                        "已请用人单位核实您的任职情况，您不用做什么",
                        "用人单位已核实",
                        "您的申请正在等待受理，您不用做什么",
                        "请补正材料：学历学位证书（国（境）外的附认证书）",
                        "请您最迟某日补正：打开本件页面，在“需要您处理”中逐项提交",
                        "您的申请正在等待受理，您不用做什么",
                        "申请已受理",
                        "您的申请进入“数据核验”，您不用做什么",
                        "您的申请进入“初审”，您不用做什么",
                        "您的申请进入“复核”，您不用做什么",
                        "开始公示，至某日止",
                        "您的申请进入“公示”，您不用做什么",
                        "异议成立，将听取您的意见",
                        "公示结束",
                        "请您最迟某日陈述意见：打开本件页面，在“需要您处理”中填写",
                        "提醒：您还可以陈述意见，最迟某日（还有几天）",
                        "提醒：您还可以陈述意见，最迟某日（今天）",
                        "您的申请进入“初审”，您不用做什么",
                        "您的申请进入“复核”，您不用做什么",
                        "您的申请进入“决定”，您不用做什么",
                        "决定已签发：予以支持",
                        "您的申请进入“拨付制单”，您不用做什么",
                        "您的申请进入“拨付审核”，您不用做什么",
                        "引进生活补贴已送银行拨付",
                        "您的申请进入“银行回执”，您不用做什么",
                        "引进生活补贴已到账",
                        "办结：予以支持");
        assertThat(messages("applicant", subsidy))
                .as("what it means, what to do, until when")
                .contains(
                        "已请用人单位核实您的任职情况，您不用做什么；单位最迟2026年3月5日答复，不答复的也继续办理。",
                        "请您最迟2026年3月23日补正：打开本件页面，在“需要您处理”中逐项提交；逾期的，要求补正的内容按未提交处理。",
                        "您的申请进入“初审”，您不用做什么；最迟2026年3月23日作出决定。",
                        "办结：予以支持。您不用再做什么，可以在本件页面评价本次办理。");
        assertThat(messages("employer", subsidy)).as("his part is done").hasSize(1);
    }

    @Test
    void aRefusedTransferAndACaseThatIsNotAcceptedAreToldToo() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        award.done("finance", "payment-make", "submit").done("finance-approver", "payment-approve", "approve");
        city.passes("PT1M");
        city.bank("refuse");
        city.passes("PT1M");
        award.done("finance", "bank-result", "ask-account");
        assertThat(told("applicant", award))
                .endsWith(
                        "决定已签发：予以支持",
                        "您的申请进入“拨付制单”，您不用做什么",
                        "晋江技能人才奖励已送银行拨付",
                        "晋江技能人才奖励被银行退回，财务正在处理",
                        "请提供新的收款账户：请在15个工作日内提供本人名下的账户");
        var late = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "缺页。", "items", "LABOUR_CONTRACT"));
        city.passes("P30D");
        assertThat(told("applicant", late))
                .containsExactly(
                        "您的申请正在等待受理，您不用做什么",
                        "请补正材料：劳动合同",
                        "请您最迟某日补正：打开本件页面，在“需要您处理”中逐项提交",
                        "提醒：您的申请还在等您补正，最迟某日（还有几天）",
                        "提醒：您的申请还在等您补正，最迟某日（还有几天）",
                        "提醒：您的申请还在等您补正，最迟某日（今天）",
                        "逾期未补正",
                        "您的申请正在等待受理，您不用做什么");
        var not = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "not-accepted", Map.of("opinion", "不在受理范围。"));
        assertThat(told("applicant", not)).containsExactly("您的申请正在等待受理，您不用做什么", "不予受理", "办结：不予受理");
    }
}
