package cn.jincai.review;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Relatives;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Stage;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.TaskRef;
import cn.jincai.kernel.Text;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may act at a step (rulebook 7.5): the role; nobody in two deciding steps of one case, save that the leader of the leader's review may sign;
 * nobody in a case of which he is applicant, employer's clerk, relative or objector.
 */
@Component
public class FourEyes {
    static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("employer-check", Role.EMPLOYER),
            Map.entry("acceptance", Role.INTAKE),
            Map.entry("data-checks", Role.INTAKE),
            Map.entry("first-review", Role.REVIEWER),
            Map.entry("second-review", Role.SENIOR_REVIEWER),
            Map.entry("leader-review", Role.LEADER),
            Map.entry("expert-panel", Role.EXPERT),
            Map.entry("objection", Role.SUPERVISOR),
            Map.entry("decision", Role.LEADER),
            Map.entry("payment-make", Role.FINANCE),
            Map.entry("payment-approve", Role.FINANCE_APPROVER),
            Map.entry("bank-result", Role.FINANCE),
            Map.entry("rating-follow-up", Role.SUPERVISOR));
    static final Set<String> DECIDING = Set.of(
            "first-review",
            "second-review",
            "leader-review",
            "expert-panel",
            "objection",
            "decision",
            "payment-make",
            "payment-approve");
    static final Set<String> LEADERS = Set.of("leader-review", "decision");

    private final JdbcClient db;
    private final CaseFile cases;
    private final Accounts accounts;
    private final Relatives relatives;
    private final CityClock clock;

    FourEyes(JdbcClient db, CaseFile cases, Accounts accounts, Relatives relatives, CityClock clock) {
        this.db = db;
        this.cases = cases;
        this.accounts = accounts;
        this.relatives = relatives;
        this.clock = clock;
    }

    /** @return whose step it is, null for one that nobody knows */
    public static Role role(String step) {
        return ROLES.get(step);
    }

    /** @throws Problem FORBIDDEN with the reason in words */
    public void mayAct(Actor who, TaskRef task) {
        Role role = ROLES.get(task.step());
        if (role == null || !who.is(role))
            throw Problem.forbidden("review.NOT_YOUR_ROLE", role == null ? task.step() : role.text());
        if (task.number() != null) {
            Case file = cases.get(task.number());
            if (task.step().equals("employer-check")) mustBeTheEmployersClerk(who, file);
            else mustNotBeConcerned(who, file);
            if (task.step().equals("first-review")) mustBeAnotherAfterAnUpheldObjection(who, task.number());
        }
        if (DECIDING.contains(task.step())) mustNotHaveDecidedElsewhere(who, task);
    }

    /** Whoever is away is replaced by one who may act (rulebook 7.5): a leader hands the task back to its group, and is himself not concerned in the case. */
    void mayHandBack(Actor who, TaskRef task) {
        if (!who.is(Role.LEADER)) throw Problem.forbidden("review.NOT_ASSIGNEE");
        if (task.number() != null) mustNotBeConcerned(who, cases.get(task.number()));
    }

    boolean mayActSilently(Actor who, TaskRef task) {
        try {
            mayAct(who, task);
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    /** Acting at a deciding step is remembered; acceptance, data checks, bank answers and follow-up are none. */
    public void acted(Actor who, TaskRef task) {
        if (!DECIDING.contains(task.step())) return;
        db.sql("insert into deciding_acts (matter, step, account, at) values (?, ?, ?, ?)")
                .params(
                        matter(task),
                        task.step(),
                        who.account(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static String matter(TaskRef task) {
        return task.number() != null ? task.number().value() : task.run();
    }

    private void mustBeTheEmployersClerk(Actor who, Case file) {
        Account account = accounts.find(who.account());
        if (!Objects.equals(account.employerCode(), file.employerCode()) || file.employerCode() == null)
            throw Problem.notFound();
        if (who.account().equals(file.applicant())
                || Objects.equals(account.personKey(), file.personKey()) && file.personKey() != null) {
            throw Problem.forbidden("review.employer.OWN_CASE");
        }
    }

    void mustNotBeConcerned(Actor who, Case file) {
        Account account = accounts.find(who.account());
        if (who.account().equals(file.applicant())
                || account.personKey() != null && account.personKey().equals(file.personKey())) {
            throw Problem.forbidden("review.OWN_CASE");
        }
        if (account.employerCode() != null && account.employerCode().equals(file.employerCode()))
            throw Problem.forbidden("review.EMPLOYERS_CLERK");
        if (file.personKey() != null && relatives.concerns(who.account(), file.personKey()))
            throw Problem.forbidden("review.RELATIVE");
        boolean objector = db.sql("select count(*) from objections where number = ? and account = ?")
                        .params(file.number().value(), who.account())
                        .query(Long.class)
                        .single()
                > 0;
        if (objector) throw Problem.forbidden("review.OBJECTOR");
    }

    private void mustNotHaveDecidedElsewhere(Actor who, TaskRef task) {
        List<String> steps = db.sql("select distinct step from deciding_acts where matter = ? and account = ?")
                .params(matter(task), who.account())
                .query(String.class)
                .list();
        for (String step : steps) {
            if (step.equals(task.step()) || LEADERS.contains(step) && LEADERS.contains(task.step())) continue;
            throw Problem.forbidden("review.SAME_PERSON_TWICE", name(step));
        }
    }

    private static Text name(String step) {
        return Stage.find(step)
                .map(Stage::text)
                .orElse(step.equals("objection") ? new Text("异议处理", "Objection") : new Text(step, step));
    }

    /** After an upheld objection the first review is done by others than before, where there are any. */
    private void mustBeAnotherAfterAnUpheldObjection(Actor who, CaseNumber number) {
        Set<String> before = reviewersBeforeUpheld(number);
        if (!before.contains(who.account())) return;
        TaskRef anywhere = new TaskRef("", "second-review-free", number, null, null);
        boolean others = accounts.withRole(Role.REVIEWER).stream()
                .filter(a -> !before.contains(a))
                .map(accounts::actor)
                .anyMatch(a -> isFree(a, anywhere));
        if (others) throw Problem.forbidden("review.REVIEWED_BEFORE_OBJECTION");
    }

    private boolean isFree(Actor who, TaskRef task) {
        try {
            mustNotBeConcerned(who, cases.get(task.number()));
        } catch (Problem concerned) {
            return false;
        }
        return db.sql("select count(*) from deciding_acts where matter = ? and account = ? and step <> 'first-review'")
                        .params(task.number().value(), who.account())
                        .query(Long.class)
                        .single()
                == 0;
    }

    private Set<String> reviewersBeforeUpheld(CaseNumber number) {
        return Set.copyOf(db.sql("""
            select distinct o.account from opinions o where o.number = ? and o.step = 'first-review'
            and o.id < (select coalesce(max(u.id), 0) from opinions u where u.number = o.number and u.step = 'objection' and u.outcome = 'uphold')""").param(number.value()).query(String.class).list());
    }
}
