package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How accounts sign in, and what the office has given them for it: passwords that it made, and by whose hand. */
@Service
public class Standings {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final CityClock clock;

    Standings(JdbcClient jdbc, Accounts accounts, CityClock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** With a password that the office made and told him. */
    @Transactional
    void make(Account account, String password, Actor by) {
        accounts.make(account, password, null);
        isGiven(account.name(), by);
    }

    private void isGiven(String name, Actor by) {
        jdbc.sql(
                        "update accounts set password_given = true, password_given_by = ?, password_given_at = ? where name = ?")
                .params(by.account(), clock.timestamp(), name)
                .update();
    }

    /**
     * How an account signs in.
     *
     * @param passwordGiven it is one that the office made, with which nothing is done but change it
     * @param lapsed        it has been too long since the office made it, and nobody has used it to set his own
     * @param program       signs in at the API alone, with its password
     */
    public record Standing(boolean passwordGiven, boolean lapsed, boolean program, boolean secondFactor) {}

    /** @throws Problem NOT_FOUND */
    public Standing of(String name) {
        return jdbc.sql("""
                        select a.password_given, a.password_given and coalesce(a.password_given_at < case when exists (
                        select 1 from account_roles r where r.account = a.name and r.role = 'applicant') then ? else ? end, false) as lapsed,
                        a.program,
                               f.account is not null or exists (select 1 from passkeys p where p.account = a.name) as second_factor
                        from accounts a left join second_factors f on f.account = a.name and f.in_use where a.name = ?""")
                .params(
                        clock.timestamp().minusDays(Passwords.DAYS_HANDED_OVER),
                        clock.timestamp().minusDays(Passwords.DAYS_GIVEN),
                        name)
                .query((row, i) ->
                        new Standing(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** Whether somebody could act as another, since he has made his password or taken his second factor so lately that its holder need not have noticed. */
    boolean hadInHand(String maker, String account) {
        return gavePassword(maker, account) || tookFactor(maker, account);
    }

    boolean gavePassword(String maker, String account) {
        return lately("password_given", maker, account);
    }

    boolean tookFactor(String maker, String account) {
        return lately("factor_taken", maker, account);
    }

    private boolean lately(String what, String maker, String account) {
        return jdbc.sql("select count(*) > 0 from accounts where name = ? and " + what + "_by = ? and " + what
                        + "_at > ?")
                .params(account, maker, clock.timestamp().minusDays(Passwords.DAYS_GIVEN))
                .query(Boolean.class)
                .single();
    }

    void isAProgram(String name) {
        jdbc.sql("update accounts set program = true where name = ?")
                .param(name)
                .update();
    }

    /** Whoever had the account in hand may have tied himself to it: only its holder does so anew. */
    @Transactional
    void give(String name, String password, Actor by) {
        accounts.changePassword(name, password);
        isGiven(name, by);
        jdbc.sql("delete from issuer_identities where account = ?").param(name).update();
    }
}
