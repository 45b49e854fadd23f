package cn.jincai.applicant;

import static cn.jincai.applicant.PersonSeals.BANK;
import static cn.jincai.applicant.PersonSeals.BANK_NUMBER;
import static cn.jincai.applicant.PersonSeals.HOLDER;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The bank account named for a case, sealed, with a mark that binds it to the case. Earlier ones stay on record; the last one counts. */
@Service
public class BankAccounts implements CaseContents {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;

    BankAccounts(JdbcClient jdbc, Vault vault, CityClock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    private record Row(
            long id,
            CaseNumber number,
            String numberMark,
            Sealed holder,
            Sealed bankName,
            Sealed accountNumber,
            String mark,
            boolean aside) {}

    /** All that were ever named for it. */
    @Override
    public void erase(CaseNumber number) {
        jdbc.sql("delete from bank_accounts where case_number = ?")
                .param(number.value())
                .update();
    }

    @Transactional
    public void name(CaseNumber number, BankAccount account) {
        if (show(number).filter(account::equals).isPresent()) return;
        String numberMark = vault.fingerprint("bank-account", account.number());
        jdbc.sql(
                        "insert into bank_accounts (case_number, sealed_holder, sealed_bank_name, sealed_number, number_mark, mark, named_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        vault.seal(HOLDER, account.holder(), number, numberMark),
                        vault.seal(BANK, account.bankName(), number, numberMark),
                        vault.seal(BANK_NUMBER, account.number(), number, numberMark),
                        numberMark,
                        mark(number, account),
                        clock.timestamp())
                .update();
    }

    /** @throws Problem CONFLICT {@code ACCOUNT_ALTERED} where it is not as it was named: changed, or another case's put in its place */
    public Optional<BankAccount> look(CaseNumber number) {
        return last(number).map(row -> sound(row).orElseThrow(() -> Problem.conflict("applicant.ACCOUNT_ALTERED")));
    }

    /** To be shown: empty where none was named, or where it is not as it was named. */
    public Optional<BankAccount> show(CaseNumber number) {
        return last(number).flatMap(this::sound);
    }

    private Optional<Row> last(CaseNumber number) {
        return jdbc.sql("select * from bank_accounts where case_number = ? order by id desc fetch first 1 rows only")
                .param(number.value())
                .query(BankAccounts::read)
                .optional();
    }

    private Optional<BankAccount> sound(Row row) {
        try {
            BankAccount account = opened(row);
            return Optional.of(account).filter(a -> mark(row.number(), a).equals(row.mark()));
        } catch (Problem exchanged) {
            return Optional.empty();
        }
    }

    private BankAccount opened(Row row) {
        return new BankAccount(
                vault.open(HOLDER, row.holder(), row.number(), row.numberMark()),
                vault.open(BANK, row.bankName(), row.number(), row.numberMark()),
                vault.open(BANK_NUMBER, row.accountNumber(), row.number(), row.numberMark()));
    }

    private String mark(CaseNumber number, BankAccount account) {
        return vault.fingerprint(
                "account-of-case", List.of(number, account.holder(), account.bankName(), account.number()));
    }

    private static Row read(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getLong("id"),
                new CaseNumber(row.getString("case_number")),
                row.getString("number_mark"),
                Sealed.always(row, "sealed_holder"),
                Sealed.always(row, "sealed_bank_name"),
                Sealed.always(row, "sealed_number"),
                row.getString("mark"),
                row.getBoolean("set_aside"));
    }

    /** This account is to be replaced by another, so it is not taken again. */
    @Transactional
    public void setAside(CaseNumber number, BankAccount account) {
        rows(number).stream()
                .filter(row -> sound(row).filter(account::isAs).isPresent())
                .forEach(this::setAside);
    }

    /** The same of the one named last. */
    @Transactional
    public void setAsideLast(CaseNumber number) {
        last(number).ifPresent(this::setAside);
    }

    private void setAside(Row row) {
        jdbc.sql("update bank_accounts set set_aside = true where id = ?")
                .param(row.id())
                .update();
    }

    public boolean isSetAside(CaseNumber number, BankAccount account) {
        return rows(number).stream()
                .filter(Row::aside)
                .anyMatch(row -> sound(row).filter(account::isAs).isPresent());
    }

    private List<Row> rows(CaseNumber number) {
        return jdbc.sql("select * from bank_accounts where case_number = ?")
                .param(number.value())
                .query(BankAccounts::read)
                .list();
    }

    /** @throws Problem NOT_FOUND where none was named */
    public BankAccount of(CaseNumber number) {
        return look(number).orElseThrow(Problem::notFound);
    }
}
