package cn.jincai.demo;

import static cn.jincai.kernel.Role.*;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Role;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sample people whose password is their user name. They exist in the demo only; those already there stay as they are. */
@Component
@Profile("demo")
public class DemoPeople implements SmartInitializingSingleton {
    private record Sample(String name, String displayName, Role role) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("applicant", "申请人·林晓燕", APPLICANT),
            new Sample("applicant2", "申请人·陈志强", APPLICANT),
            new Sample("employer", "单位经办人·庄丽", EMPLOYER),
            new Sample("intake", "受理窗口·许敏", INTAKE),
            new Sample("reviewer", "初审·王海峰", REVIEWER),
            new Sample("reviewer2", "初审·蔡文静", REVIEWER),
            new Sample("senior-reviewer", "复核·施国栋", SENIOR_REVIEWER),
            new Sample("senior-reviewer2", "复核·吴秋萍", SENIOR_REVIEWER),
            new Sample("leader", "分管领导·洪建明", LEADER),
            new Sample("finance", "财务经办·苏雅", FINANCE),
            new Sample("finance-approver", "财务审核·郑宏", FINANCE_APPROVER),
            new Sample("supervisor", "监督·柯永安", SUPERVISOR),
            new Sample("expert1", "评审专家·周教授", EXPERT),
            new Sample("expert2", "评审专家·黄高工", EXPERT),
            new Sample("expert3", "评审专家·何研究员", EXPERT),
            new Sample("expert4", "评审专家·谢技师", EXPERT),
            new Sample("expert5", "评审专家·曾教授", EXPERT),
            new Sample("auditor", "审计·方正", AUDITOR),
            new Sample("policy-admin", "政策管理·叶青", POLICY_ADMIN),
            new Sample("policy-approver", "政策发布·杨帆", POLICY_APPROVER),
            new Sample("admin", "系统管理员", ADMIN));

    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final String employerCode;
    private final String employerName;

    DemoPeople(
            Accounts accounts,
            JdbcClient jdbc,
            @Value("${jincai.demo.employer-code}") String employerCode,
            @Value("${jincai.demo.employer-name}") String employerName) {
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.employerCode = employerCode;
        this.employerName = employerName;
    }

    @Override
    public void afterSingletonsInstantiated() {
        once(
                () -> jdbc.sql("insert into employer (code, name, first_clerk) values (?, ?, 'employer')")
                        .params(employerCode, employerName)
                        .update(),
                jdbc.sql("select count(*) from employer where code = ?")
                                .param(employerCode)
                                .query(Long.class)
                                .single()
                        > 0);
        for (Sample sample : SAMPLES)
            once(
                    () -> accounts.make(
                            new Account(
                                    sample.name,
                                    sample.displayName,
                                    Set.of(sample.role),
                                    null,
                                    sample.role == EMPLOYER ? employerCode : null,
                                    null,
                                    List.of(),
                                    false),
                            sample.name,
                            null),
                    accounts.look(sample.name).isPresent());
    }

    private static void once(Runnable make, boolean there) {
        if (there) return;
        try {
            make.run();
        } catch (DuplicateKeyException another) {
            // a second node of the demo started in the same second and made it
        }
    }
}
