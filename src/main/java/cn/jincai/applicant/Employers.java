package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Employers and their clerks. The window ties the first clerk to an employer's code, on paper; that one names the others. */
@Service
public class Employers {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;

    Employers(JdbcClient jdbc, Accounts accounts, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.events = events;
    }

    public Optional<Employer> look(String code) {
        return jdbc.sql("select code, name from employer where code = ?").param(CreditCode.written(code)).query(Employer.class).optional();
    }

    /** In order of name. */
    public List<Employer> all() {
        return jdbc.sql("select code, name from employer order by name, code").query(Employer.class).list();
    }

    /** Whether the employer has a clerk here who may sign in, other than this account (the applicant himself does not confirm his own case). */
    public boolean hasClerk(String code, String otherThanAccount) {
        return clerks(code).stream().anyMatch(clerk -> !clerk.equals(otherThanAccount));
    }

    /** Accounts of the employer's clerks that may sign in. */
    public List<String> clerks(String code) {
        return accounts.ofEmployer(CreditCode.written(code)).stream().filter(a -> a.is(Role.EMPLOYER) && !a.locked()).map(Account::name).toList();
    }

    /** Whether this account is the employer's first clerk, who may name others. */
    public boolean isFirstClerk(String account, String code) {
        return jdbc.sql("select count(*) from employer where code = ? and first_clerk = ?").params(CreditCode.written(code), account).query(Long.class).single() > 0;
    }

    /**
     * Ties an account to an employer as its clerk.
     *
     * @param name of the employer; counts only where the code is new here
     * @throws Problem FORBIDDEN unless by {@code intake} or, for his own employer, its first clerk; INVALID with the mistakes
     */
    @Transactional
    public void tie(Actor by, String code, String name, String account) {
        String written = code == null ? "" : CreditCode.written(code);
        boolean firstClerk = isFirstClerk(by.account(), written);
        if (!by.is(Role.INTAKE) && !firstClerk) throw Problem.forbidden("NOT_INTAKE", "只有受理窗口或该单位的首位经办人可以登记经办人。",
            "Only the window or the employer's first clerk ties a clerk to an employer.");
        Account clerk = checked(written, name, account, by);
        if (look(written).isEmpty()) jdbc.sql("insert into employer (code, name, first_clerk) values (?, ?, ?)").params(written, name.strip(), clerk.name()).update();
        else jdbc.sql("update employer set first_clerk = coalesce(first_clerk, ?) where code = ?").params(clerk.name(), written).update();
        Set<Role> roles = EnumSet.of(Role.EMPLOYER);
        roles.addAll(clerk.roles());
        accounts.change(new Account(clerk.name(), clerk.displayName(), roles, clerk.personKey(), written, clerk.email(), clerk.fields(), clerk.locked()));
        tell("clerk-tied", "单位经办人已登记", "A clerk was tied to an employer", by, firstClerk ? Role.EMPLOYER : Role.INTAKE, clerk.name(), written);
    }

    /** Ends it. The first clerk is followed by the next one, if there is any. */
    @Transactional
    public void untie(Actor by, String account) {
        Account clerk = accounts.find(account);
        String code = clerk.employerCode();
        if (code == null) throw Problem.notFound();
        boolean firstClerk = isFirstClerk(by.account(), code);
        if (!by.is(Role.INTAKE) && !firstClerk) throw Problem.forbidden("NOT_INTAKE", "只有受理窗口或该单位的首位经办人可以取消经办人。",
            "Only the window or the employer's first clerk ends a clerk's tie.");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(clerk.roles());
        roles.remove(Role.EMPLOYER);
        accounts.change(new Account(clerk.name(), clerk.displayName(), roles, clerk.personKey(), null, clerk.email(), clerk.fields(), clerk.locked()));
        if (isFirstClerk(account, code))
            jdbc.sql("update employer set first_clerk = ? where code = ?").params(java.util.Arrays.asList(clerks(code).stream().findFirst().orElse(null), code)).update();
        tell("clerk-untied", "单位经办人已取消", "A clerk's tie to an employer was ended", by, firstClerk ? Role.EMPLOYER : Role.INTAKE, account, code);
    }

    private Account checked(String code, String name, String account, Actor by) {
        List<Mistake> mistakes = new ArrayList<>();
        CreditCode.check("employerCode", code).ifPresent(mistakes::add);
        if (mistakes.isEmpty() && look(code).isEmpty() && (name == null || name.isBlank()))
            mistakes.add(new Mistake("employerName", "REQUIRED", new Text("请填写单位名称。", "Enter the employer's name.")));
        Optional<Account> clerk = account == null ? Optional.empty() : accounts.look(account.strip());
        if (clerk.isEmpty()) mistakes.add(new Mistake("account", "UNKNOWN_ACCOUNT", new Text("没有这个账号，请先注册。", "There is no such account. It must be registered first.")));
        else if (clerk.get().employerCode() != null && !clerk.get().employerCode().equals(code))
            mistakes.add(new Mistake("account", "OTHER_EMPLOYER", new Text("该账号已是其他单位的经办人，请先取消。", "This account is another employer's clerk; end that first.")));
        else if (clerk.get().roles().stream().anyMatch(r -> r != Role.APPLICANT && r != Role.EMPLOYER))
            mistakes.add(new Mistake("account", "STAFF", new Text("工作人员账号不能登记为单位经办人。", "A staff account can't be an employer's clerk.")));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return clerk.get();
    }

    private void tell(String kind, String zh, String en, Actor by, Role as, String account, String code) {
        events.publishEvent(new CaseEvent(null, kind, null, new Text(zh, en), by, as, CaseEvent.Audience.AUDITORS, Map.of("account", account, "employer", code)));
    }
}
