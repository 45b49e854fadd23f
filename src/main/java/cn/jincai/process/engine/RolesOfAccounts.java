package cn.jincai.process.engine;

import cn.jincai.applicant.Accounts;
import cn.jincai.policy.registers.RolesHeld;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Groups that have members, whoever gave them the role. */
@Component
class RolesOfAccounts implements RolesHeld {
    private final Accounts accounts;

    RolesOfAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Set<String> codes() {
        return accounts.rolesHeld();
    }
}
