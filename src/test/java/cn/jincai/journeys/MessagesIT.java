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
        return db
                .sql("select zh from case_messages where account = ? and case_number = ? order by id")
                .params(who, file.number())
                .query(String.class)
                .list()
                .stream()
                .map(m -> m.startsWith("提醒") ? m.split("，")[0] : m)
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
        assertThat(messages("applicant", subsidy))
                .containsExactly(
                        "进入：用人单位核实",
                        "用人单位已核实",
                        "进入：受理",
                        "请补正材料：学历学位证书（国（境）外的附认证书）",
                        "进入：补正",
                        "进入：受理",
                        "申请已受理",
                        "进入：数据核验",
                        "进入：初审",
                        "进入：复核",
                        "开始公示，至2026年3月9日止",
                        "进入：公示",
                        "异议成立，将听取您的意见",
                        "公示结束",
                        "进入：听取意见",
                        "提醒：您还可以陈述意见",
                        "提醒：您还可以陈述意见",
                        "进入：初审",
                        "进入：复核",
                        "进入：决定",
                        "决定已签发：予以支持",
                        "进入：拨付制单",
                        "进入：拨付审核",
                        "引进生活补贴已送银行拨付。",
                        "进入：银行回执",
                        "引进生活补贴已到账。",
                        "办结：予以支持");
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
        assertThat(messages("applicant", award))
                .endsWith(
                        "决定已签发：予以支持",
                        "进入：拨付制单",
                        "晋江技能人才奖励已送银行拨付。",
                        "晋江技能人才奖励被银行退回（代码ACCOUNT_NOT_FOUND），财务正在处理。",
                        "请提供新的收款账户：请在15个工作日内提供本人名下的账户。");
        var late = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "缺页。", "items", "LABOUR_CONTRACT"));
        city.passes("P30D");
        assertThat(messages("applicant", late))
                .containsExactly(
                        "进入：受理",
                        "请补正材料：劳动合同",
                        "进入：补正",
                        "提醒：您的申请还在等您补正",
                        "提醒：您的申请还在等您补正",
                        "提醒：您的申请还在等您补正",
                        "逾期未补正",
                        "进入：受理");
        var not = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "not-accepted", Map.of("opinion", "不在受理范围。"));
        assertThat(messages("applicant", not)).containsExactly("进入：受理", "不予受理", "办结：不予受理");
    }
}
