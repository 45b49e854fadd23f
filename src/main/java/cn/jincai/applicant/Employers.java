package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Employers and their clerks. The counter proposes the first clerk, upon business licence and authorisation; that one proposes the others. Nobody becomes one before he has accepted it himself. */
@Service
public class Employers {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final EmployerChanges changes;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Employers(
            JdbcClient jdbc,
            Accounts accounts,
            EmployerChanges changes,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.changes = changes;
        this.clock = clock;
        this.events = events;
    }

    public Optional<Employer> look(String code) {
        return jdbc.sql("select code, name from employers where code = ?")
                .param(Spelling.ofCode(code))
                .query(Employer.class)
                .optional();
    }

    /** The code itself, under all that it has been known by, and those whose names have this in them. */
    public Set<String> codesLike(String codeOrName) {
        Set<String> codes = new HashSet<>(changes.codes(Spelling.ofCode(codeOrName)));
        codes.addAll(jdbc.sql(
                        "select code from employers where position(lower(:part) in lower(name)) > 0 order by code limit 200")
                .param("part", codeOrName.strip())
                .query(String.class)
                .list());
        return codes;
    }

    /** In order of name. */
    public List<Employer> all() {
        return jdbc.sql("select code, name from employers order by name, code")
                .query(Employer.class)
                .list();
    }

    /** Whether the employer has a clerk here who may sign in, other than this account (the applicant himself does not confirm his own case). */
    public boolean hasClerk(String code, String otherThanAccount) {
        return clerks(code).stream().anyMatch(clerk -> !clerk.equals(otherThanAccount));
    }

    /** Accounts of the employer's clerks that may sign in, under whatever code it was known when they became so. */
    public List<String> clerks(String code) {
        return changes.codes(code).stream()
                .flatMap(each -> accounts.ofEmployer(each).stream())
                .filter(a -> a.is(Role.EMPLOYER) && !a.locked())
                .map(Account::name)
                .toList();
    }

    /** Whether this account is the employer's first clerk, who may name others. */
    public boolean isFirstClerk(String account, String code) {
        return jdbc.sql("select count(*) > 0 from employers where code = ? and first_clerk = ?")
                .params(Spelling.ofCode(code), account)
                .query(Boolean.class)
                .single();
    }

    /** Somebody is to be an employer's clerk; he has not answered yet. */
    public record Proposal(String account, String employerCode, String employerName) {}

    /**
     * Proposes an account as an employer's clerk; once more changes nothing.
     *
     * @param name of the employer; counts only where the code is new here
     * @throws Problem FORBIDDEN unless by {@code intake} or, for his own employer, its first clerk; INVALID with the mistakes
     */
    @Transactional
    public void propose(Actor by, String code, String name, String account) {
        String written = code == null ? "" : Spelling.ofCode(code);
        boolean firstClerk = isFirstClerk(by.account(), written);
        if (!by.is(Role.INTAKE) && !firstClerk) throw Problem.forbidden("applicant.propose.NOT_INTAKE");
        Account clerk = checked(written, name, account);
        if (written.equals(clerk.employerCode())
                || proposalsTo(clerk.name()).stream()
                        .anyMatch(p -> p.employerCode().equals(written))) return;
        jdbc.sql(
                        "insert into clerk_proposals (account, employer_code, employer_name, proposed_by, proposed_at) values (?, ?, ?, ?, ?)")
                .params(
                        clerk.name(),
                        written,
                        look(written).map(Employer::name).orElseGet(() -> Spelling.ofName(name)),
                        by.account(),
                        clock.timestamp())
                .update();
        tell("applicant.event.clerk-proposed", by, firstClerk ? Role.EMPLOYER : Role.INTAKE, clerk.name(), written);
    }

    /** What this account was proposed for and has not answered. */
    public List<Proposal> proposalsTo(String account) {
        return proposals("where account = ?", account);
    }

    /** Who was proposed for this employer and has not answered. */
    public List<Proposal> proposalsOf(String code) {
        return proposals("where employer_code = ?", code);
    }

    /** All that nobody has answered, for the counter. */
    public List<Proposal> proposals() {
        return proposals("");
    }

    private List<Proposal> proposals(String which, Object... params) {
        return jdbc.sql("select account, employer_code, employer_name from clerk_proposals " + which
                        + " order by employer_code, account")
                .params(params)
                .query(Proposal.class)
                .list();
    }

    /**
     * The account's own word. With its consent it is a clerk, the employer's first where there is none.
     *
     * @throws Problem NOT_FOUND where it was not proposed, or no more; CONFLICT where it has become another employer's clerk or staff meanwhile
     */
    @Transactional
    public void answer(Actor by, String code, boolean accepted) {
        Proposal proposal = proposalsTo(by.account()).stream()
                .filter(p -> p.employerCode().equals(code))
                .findFirst()
                .orElseThrow(Problem::notFound);
        if (jdbc.sql("delete from clerk_proposals where account = ? and employer_code = ?")
                        .params(by.account(), code)
                        .update()
                == 0) throw Problem.notFound();
        if (accepted) tie(accounts.find(by.account()), proposal);
        tell(
                accepted ? "applicant.event.clerk-tied" : "applicant.event.clerk-declined",
                by,
                Role.APPLICANT,
                by.account(),
                code);
    }

    void tie(Account clerk, Proposal proposal) {
        if (clerk.employerCode() != null && !changes.isSame(clerk.employerCode(), proposal.employerCode())
                || Staff.isStaff(clerk)) throw Problem.conflict("applicant.CLERK_ELSEWHERE");
        if (look(proposal.employerCode()).isEmpty())
            jdbc.sql("insert into employers (code, name, first_clerk) values (?, ?, ?)")
                    .params(proposal.employerCode(), proposal.employerName(), clerk.name())
                    .update();
        else
            jdbc.sql("update employers set first_clerk = coalesce(first_clerk, ?) where code = ?")
                    .params(clerk.name(), proposal.employerCode())
                    .update();
        Set<Role> roles = new TreeSet<>(Set.of(Role.EMPLOYER));
        roles.addAll(clerk.roles());
        accounts.change(clerk.with(roles, proposal.employerCode()));
    }

    /** Takes a proposal back that was not answered. */
    @Transactional
    public void takeBack(Actor by, String code, String account) {
        if (!by.is(Role.INTAKE) && !isFirstClerk(by.account(), code))
            throw Problem.forbidden("applicant.untie.NOT_INTAKE");
        if (jdbc.sql("delete from clerk_proposals where account = ? and employer_code = ?")
                        .params(account, code)
                        .update()
                == 0) throw Problem.notFound();
        tell(
                "applicant.event.clerk-proposal-ended",
                by,
                by.is(Role.INTAKE) ? Role.INTAKE : Role.EMPLOYER,
                account,
                code);
    }

    /** Ends it. The first clerk is followed by the next one, if there is any. */
    @Transactional
    public void untie(Actor by, String account) {
        Account clerk = accounts.find(account);
        String code = clerk.employerCode();
        if (code == null) throw Problem.notFound();
        boolean firstClerk = isFirstClerk(by.account(), code);
        if (!by.is(Role.INTAKE) && !firstClerk) throw Problem.forbidden("applicant.untie.NOT_INTAKE");
        Set<Role> roles = new HashSet<>(clerk.roles());
        roles.remove(Role.EMPLOYER);
        accounts.change(clerk.with(roles, null));
        wasClerk(account, code);
        if (isFirstClerk(account, code))
            jdbc.sql("update employers set first_clerk = ? where code = ?")
                    .param(1, clerks(code).stream().findFirst().orElse(null))
                    .param(2, code)
                    .update();
        tell("applicant.event.clerk-untied", by, firstClerk ? Role.EMPLOYER : Role.INTAKE, account, code);
    }

    /** Another clerk administers from now on. @throws Problem FORBIDDEN unless by the administrator or {@code intake}; NOT_FOUND where the account is no clerk of that employer */
    @Transactional
    public void handOver(Actor by, String account) {
        String code = accounts.find(account).employerCode();
        if (code == null || !clerks(code).contains(account)) throw Problem.notFound();
        boolean firstClerk = isFirstClerk(by.account(), code);
        if (!by.is(Role.INTAKE) && !firstClerk) throw Problem.forbidden("applicant.untie.NOT_INTAKE");
        jdbc.sql("update employers set first_clerk = ? where code = ?")
                .params(account, code)
                .update();
        tell("applicant.event.clerk-administers", by, firstClerk ? Role.EMPLOYER : Role.INTAKE, account, code);
    }

    /** Who administers for this employer, or nobody. */
    public Optional<String> firstClerk(String code) {
        return jdbc.sql("select first_clerk from employers where code = ? and first_clerk is not null")
                .param(Spelling.ofCode(code))
                .query(String.class)
                .optional();
    }

    /** Should he become an officer, its cases are not his to decide. */
    private void wasClerk(String account, String code) {
        if (jdbc.sql("update former_clerks set until_at = ? where account = ? and employer_code = ?")
                        .params(clock.timestamp(), account, code)
                        .update()
                == 0)
            jdbc.sql("insert into former_clerks (account, employer_code, until_at) values (?, ?, ?)")
                    .params(account, code, clock.timestamp())
                    .update();
    }

    private Account checked(String code, String name, String account) {
        List<Mistake> mistakes = new ArrayList<>();
        CreditCode.check("employerCode", code).ifPresent(mistakes::add);
        if (mistakes.isEmpty() && look(code).isEmpty() && (name == null || name.isBlank()))
            mistakes.add(Mistake.of("employerName", "applicant.employerName.REQUIRED"));
        if (name != null) Spelling.mistakeInName("employerName", name).ifPresent(mistakes::add);
        Optional<Account> clerk = account == null ? Optional.empty() : accounts.look(account.strip());
        if (clerk.isEmpty()) mistakes.add(Mistake.of("account", "applicant.UNKNOWN_ACCOUNT"));
        else if (clerk.get().employerCode() != null
                && !changes.isSame(clerk.get().employerCode(), code))
            mistakes.add(Mistake.of("account", "applicant.OTHER_EMPLOYER"));
        else if (Staff.isStaff(clerk.get())) mistakes.add(Mistake.of("account", "applicant.clerk.STAFF"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return clerk.get();
    }

    private void tell(String key, Actor by, Role as, String account, String code) {
        events.publishEvent(CaseEvent.forAuditors(key, by, as, Map.of("account", account, "employer", code)));
    }
}
