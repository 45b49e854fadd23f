package cn.jincai.payment;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.BankAccounts;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.filing.Case;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.Subject;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is paid what, in words, and into which account. */
@Component
class Payees {
    private final BankAccounts accounts;
    private final EmployerChanges employers;
    private final Packages packages;
    private final Vault vault;
    private final JsonColumns columns;
    private final ObjectMapper json;

    Payees(
            BankAccounts accounts,
            EmployerChanges employers,
            Packages packages,
            Vault vault,
            JsonColumns columns,
            ObjectMapper json) {
        this.accounts = accounts;
        this.employers = employers;
        this.packages = packages;
        this.vault = vault;
        this.columns = columns;
        this.json = json;
    }

    Scheme scheme(Payment p) {
        return packages.byHash(p.packageHash()).catalogue();
    }

    /** The benefit's name as its package has it, its code where that can't be read; none where another hand has changed the payment. */
    Text benefit(Payment p) {
        return p.altered()
                ? Text.of("payment.thisPayment")
                : packages.ifWhole(p.packageHash())
                        .map(pack -> pack.catalogue().benefit(p.benefit()).name())
                        .orElseGet(() -> Text.same(p.benefit()));
    }

    /** The case's account as it stands now, sealed; null where none was named. */
    @Nullable
    Sealed sealedAccount(Payment p) {
        return accounts.look(p.number())
                .map(account -> vault.seal(PaymentSeals.ACCOUNT, columns.write(account), p.id()))
                .orElse(null);
    }

    /** The account of this payment, or of the case where the payment has none yet, is not to be given again. */
    void setAside(Payment p) {
        if (p.account() == null || p.altered()) accounts.setAsideLast(p.number());
        else accounts.setAside(p.number(), open(p));
    }

    /** Where the money goes or went, to be shown; before it is made, or made again, the case's account as it stands now. Empty where another hand has changed it. */
    Optional<BankAccount> account(Payment p) {
        if (p.altered()) return Optional.empty();
        boolean toBeMade = p.account() == null || p.waits();
        return toBeMade ? accounts.show(p.number()) : Optional.of(open(p));
    }

    BankAccount open(Payment p) {
        return read(Objects.requireNonNull(vault.open(PaymentSeals.ACCOUNT, p.account(), p.id()), "no account"));
    }

    /** As it went to the bank. */
    BankAccount sent(PaymentRows.Item item) {
        return read(vault.open(PaymentSeals.SENT_ACCOUNT, item.account(), item.batch(), item.payment()));
    }

    private BankAccount read(String account) {
        return columns.read(account, BankAccount.class);
    }

    Subject subject(Case file) {
        return new Subject(
                file.answer("name"),
                file.answer("documentType"),
                file.answer("documentNumber"),
                employers.today(file.employerCode()),
                json.convertValue(file.answers(), new TypeReference<Map<String, Object>>() {}));
    }
}
