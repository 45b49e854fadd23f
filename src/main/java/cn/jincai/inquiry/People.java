package cn.jincai.inquiry;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who stands behind an account, as auditors and supervisors are told: colleagues by their names, applicants and clerks masked. */
@Component
public class People {
    private static final Set<Role> OUTSIDE = Set.of(Role.APPLICANT, Role.EMPLOYER);

    private final Accounts accounts;

    People(Accounts accounts) {
        this.accounts = accounts;
    }

    /** What nobody is called stands as the record has it, masked by whoever wrote it there. */
    public Text of(String account) {
        if (account.equals(Actor.SYSTEM.account())) return Text.of("inquiry.system");
        Optional<Account> known = accounts.look(account);
        return Text.same(known.map(a -> isOutside(a) ? Persons.mask(a.displayName()) : a.displayName())
                .orElse(account));
    }

    /** Whether it is an applicant's or a clerk's. */
    boolean isOutside(String account) {
        return accounts.look(account).filter(People::isOutside).isPresent();
    }

    private static boolean isOutside(Account account) {
        return account.roles().stream().anyMatch(OUTSIDE::contains);
    }

    /** The accounts that are meant: the one of this name, or those of colleagues who are called so. */
    List<String> meant(String typed) {
        if (accounts.look(typed).isPresent() || typed.equals(Actor.SYSTEM.account())) return List.of(typed);
        List<String> called = accounts.everybody().stream()
                .filter(who -> who.roles().stream().noneMatch(OUTSIDE::contains))
                .map(Actor::account)
                .filter(name -> accounts.look(name)
                        .filter(a -> a.displayName().equals(typed))
                        .isPresent())
                .toList();
        return called.isEmpty() ? List.of(typed) : called;
    }
}
