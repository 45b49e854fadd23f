package cn.jincai.process.engine;

import cn.jincai.applicant.Accounts;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Codes of roles that somebody holds or is proposed for: the registers keep them, in a room below that of the accounts. */
@Component("rolesHeld")
class RolesOfAccounts implements Supplier<Set<String>> {
    private final Accounts accounts;

    RolesOfAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Set<String> get() {
        return accounts.rolesHeld();
    }
}
