package cn.jincai.staffing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;

/** Officers whom one story needs beside those of the demo. They leave at its end, since other stories count on who is there. */
@TestComponent
@Lazy
public class Colleagues {
    private final Accounts accounts;
    private final Staff staff;
    private final List<String> here = new ArrayList<>();

    Colleagues(Accounts accounts, Staff staff) {
        this.accounts = accounts;
        this.staff = staff;
    }

    /** Signs in with his name. */
    public String with(String name, Role... roles) {
        Set<Role> held = new TreeSet<>(List.of(roles));
        if (accounts.look(name).isEmpty())
            accounts.make(Account.of(name, "同事", roles[0]).with(held, null), name, null);
        else lock(name, false);
        here.add(name);
        return name;
    }

    /** From now on these roles and no other. */
    public void has(String name, Role... roles) {
        staff.change(
                new Staff.Filled(
                        name, accounts.find(name).displayName(), new TreeSet<>(List.of(roles)), "", "", "", ""),
                false,
                accounts.actor("admin"));
    }

    public void leave() {
        here.forEach(name -> lock(name, true));
        here.clear();
    }

    private void lock(String name, boolean locked) {
        Account account = accounts.find(name);
        staff.change(
                new Staff.Filled(name, account.displayName(), account.roles(), "", "", "", ""),
                locked,
                accounts.actor("admin"));
    }
}
