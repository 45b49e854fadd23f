package cn.jincai.demo;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.core.type.TypeReference;
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
                () -> jdbc.sql("insert into employers (code, name, first_clerk) values (?, ?, 'employer')")
                        .params(employerCode, employerName)
                        .update(),
                jdbc.sql("select count(*) from employers where code = ?")
                                .param(employerCode)
                                .query(Long.class)
                                .single()
                        > 0);
        for (Sample sample : DemoFile.read("accounts.yaml", new TypeReference<List<Sample>>() {}))
            once(
                    () -> accounts.make(
                            Account.of(sample.name, sample.displayName, sample.role)
                                    .with(Set.of(sample.role), sample.role == Role.EMPLOYER ? employerCode : null),
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
