package cn.jincai.applicant;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The bank account named for a case, sealed. Earlier ones stay on record; the last one counts. */
@Service
public class BankAccounts {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;

    BankAccounts(JdbcClient jdbc, Vault vault, CityClock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    @Transactional
    public void name(CaseNumber number, BankAccount account) {
        if (look(number).filter(account::equals).isPresent()) return;
        jdbc.sql("insert into bank_account (case_number, sealed_holder, sealed_bank_name, sealed_number, number_mark, named_at) values (?, ?, ?, ?, ?, ?)")
            .params(number.value(), vault.seal(account.holder()), vault.seal(account.bankName()), vault.seal(account.number()),
                vault.fingerprint("bank-account", account.number()), clock.instant().atOffset(ZoneOffset.UTC)).update();
    }

    public Optional<BankAccount> look(CaseNumber number) {
        return jdbc.sql("select sealed_holder, sealed_bank_name, sealed_number from bank_account where case_number = ? order by id desc fetch first 1 rows only").param(number.value())
            .query((row, i) -> new BankAccount(vault.open(row.getString(1)), vault.open(row.getString(2)), vault.open(row.getString(3)))).optional();
    }

    /** @throws Problem NOT_FOUND where none was named */
    public BankAccount of(CaseNumber number) {
        return look(number).orElseThrow(Problem::notFound);
    }
}
