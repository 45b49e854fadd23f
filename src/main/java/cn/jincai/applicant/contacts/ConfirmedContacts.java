package cn.jincai.applicant.contacts;

import static cn.jincai.applicant.PersonSeals.ACCOUNT_EMAIL;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.vault.Vault;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** By which phone and address of mail people have shown that they are reached, and which address the server of mail will never take. */
@Service
public class ConfirmedContacts {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Vault vault;
    private final CityClock clock;

    ConfirmedContacts(JdbcClient jdbc, Accounts accounts, Vault vault, CityClock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.vault = vault;
        this.clock = clock;
    }

    /** What he is reached by from now on; a code was shown for it. */
    @Transactional
    public void confirm(String name, Way way, String value) {
        if (way == Way.PHONE)
            write("update accounts set phone_confirmed_at = ? where name = ?")
                    .params(clock.timestamp(), name)
                    .update();
        else
            write(
                            "update accounts set sealed_email = ?, email_confirmed_at = ?, email_refused_at = null where name = ?")
                    .params(vault.seal(ACCOUNT_EMAIL, value, name), clock.timestamp(), name)
                    .update();
    }

    /** Where a link that opens the account may be sent. */
    public Optional<String> email(String name) {
        return jdbc.sql(
                        "select name, sealed_email from accounts where name = ? and email_confirmed_at is not null and email_refused_at is null")
                .param(name)
                .query((row, i) -> Optional.ofNullable(accounts.email(row)).filter(address -> !address.isBlank()))
                .optional()
                .flatMap(address -> address);
    }

    /** The server will never take mail for it. @return whether that is new */
    public boolean refused(String name) {
        return write("update accounts set email_refused_at = ? where name = ? and email_refused_at is null")
                        .params(clock.timestamp(), name)
                        .update()
                == 1;
    }

    /** People whose address of mail is refused, in order of name. */
    public List<String> refused() {
        return jdbc.sql("select name from accounts where email_refused_at is not null order by name")
                .query(String.class)
                .list();
    }

    private JdbcClient.StatementSpec write(String sql) {
        accounts.changed();
        return jdbc.sql(sql);
    }
}
