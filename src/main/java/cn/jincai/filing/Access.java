package cn.jincai.filing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may look at a case: its applicant, its employer's clerks (their own part), officers with a part in it and auditors. For everybody else
 * it does not exist.
 */
@Component
class Access {
    private final JdbcClient db;
    private final Accounts accounts;
    private final EmployerChanges changes;

    Access(JdbcClient db, Accounts accounts, EmployerChanges changes) {
        this.db = db;
        this.accounts = accounts;
        this.changes = changes;
    }

    /** From now on the role, or the one account, has a part in the case. */
    void give(CaseNumber number, Role role) {
        give(number, role.code());
    }

    void give(CaseNumber number, String account) {
        if (parts(number).contains(account)) return;
        db.sql("insert into case_parts (case_number, part) values (?, ?)")
                .params(number.value(), account)
                .update();
    }

    static String account(String name) {
        return "@" + name;
    }

    Timeline.Reader reader(Actor who, Case file) {
        if (who.isSystem()) return Timeline.Reader.OFFICER;
        if (who.account().equals(file.applicant())) return Timeline.Reader.APPLICANT;
        if (file.isDraft()) throw Problem.notFound();
        if (who.is(Role.AUDITOR)) return Timeline.Reader.OFFICER;
        List<String> parts = parts(file.number());
        if (parts.contains(account(who.account()))) return Timeline.Reader.OFFICER;
        boolean officer = who.roles().stream()
                .anyMatch(r -> r != Role.EMPLOYER && r != Role.APPLICANT && parts.contains(r.code()));
        if (officer) return Timeline.Reader.OFFICER;
        if (who.is(Role.EMPLOYER) && parts.contains(Role.EMPLOYER.code()) && isClerkOf(who, file))
            return Timeline.Reader.EMPLOYER;
        throw Problem.notFound();
    }

    private boolean isClerkOf(Actor who, Case file) {
        Account account = accounts.find(who.account());
        return changes.isSame(file.employerCode(), account.employerCode());
    }

    /** The cases that the person may list, as a clause over the table of cases with its values. */
    Clause listable(Actor who) {
        if (who.is(Role.AUDITOR)) return new Clause("stage <> 'draft'", List.of());
        List<Object> values = new ArrayList<>();
        List<String> any = new ArrayList<>();
        any.add("applicant = ?");
        values.add(who.account());
        if (who.is(Role.EMPLOYER)) {
            Set<String> codes =
                    changes.codes(String.valueOf(accounts.find(who.account()).employerCode()));
            any.add(
                    "(employer_code in (" + String.join(", ", Collections.nCopies(codes.size(), "?"))
                            + ") and exists (select 1 from case_parts p where p.case_number = cases.case_number and p.part = 'employer'))");
            values.addAll(codes);
        }
        for (Role role : who.roles()) {
            if (role == Role.APPLICANT || role == Role.EMPLOYER) continue;
            any.add("exists (select 1 from case_parts p where p.case_number = cases.case_number and p.part = ?)");
            values.add(role.code());
        }
        any.add("exists (select 1 from case_parts p where p.case_number = cases.case_number and p.part = ?)");
        values.add(account(who.account()));
        return new Clause("(" + String.join(" or ", any) + ")", values);
    }

    record Clause(String sql, List<Object> values) {}

    private List<String> parts(CaseNumber number) {
        return db.sql("select part from case_parts where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list();
    }
}
