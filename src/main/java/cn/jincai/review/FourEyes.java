package cn.jincai.review;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.applicant.Relatives;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may act at a step (rulebook 7.5): the role; nobody in two deciding steps of one case, save that the leader of the leader's review may sign;
 * nobody in a case of which he is applicant, employer's clerk, relative or objector, to which he declared himself tied, or of another district than his.
 */
@Component
public class FourEyes {
    private final JdbcClient db;
    private final CaseFile cases;
    private final Accounts accounts;
    private final Relatives relatives;
    private final EmployerChanges changes;
    private final Mandates mandates;
    private final Ties ties;
    private final CityClock clock;

    FourEyes(
            JdbcClient db,
            CaseFile cases,
            Accounts accounts,
            Relatives relatives,
            EmployerChanges changes,
            Mandates mandates,
            Ties ties,
            CityClock clock) {
        this.db = db;
        this.cases = cases;
        this.accounts = accounts;
        this.relatives = relatives;
        this.changes = changes;
        this.mandates = mandates;
        this.ties = ties;
        this.clock = clock;
    }

    /** @throws Problem FORBIDDEN with the reason in words */
    public void mayAct(Actor who, TaskRef task) {
        Step step = task.step();
        if (!mayDo(who, step))
            throw Problem.forbidden(
                    "review.NOT_YOUR_ROLE",
                    step.role() == null ? step.name() : step.role().text());
        Steps steps = Steps.shared();
        if (task.number() != null) {
            Case file = cases.get(task.number());
            steps = file.stage().steps();
            if (step.is(Kind.ASKS_EMPLOYER)) mustBeTheEmployersClerk(who, file);
            else mustNotBeConcerned(who, file);
            if (step.is(Kind.REVIEWS) && steps.isFirst(step)) mustBeAnotherAfterAnUpheldObjection(who, file, step);
        }
        if (step.decides()) mustNotHaveDecidedElsewhere(who, task, steps);
    }

    /** Whether the step is one of the person's roles, whatever the case. */
    static boolean mayDo(Actor who, Step step) {
        return step.kind().isTask() && step.role() != null && who.holds(step.role());
    }

    /** Whoever is away is replaced by one who may act (rulebook 7.5): a leader hands the task back to its group, and is himself not concerned in the case. */
    void mayHandBack(Actor who, TaskRef task) {
        if (!who.is(Role.LEADER)) throw Problem.forbidden("review.NOT_ASSIGNEE");
        if (task.number() != null) mustNotBeConcerned(who, cases.get(task.number()));
    }

    boolean mayActSilently(Actor who, TaskRef task) {
        return refusal(who, task).isEmpty();
    }

    /** Why he may not; empty where he may. */
    Optional<Problem> refusal(Actor who, TaskRef task) {
        try {
            mayAct(who, task);
            return Optional.empty();
        } catch (Problem refused) {
            return Optional.of(refused);
        }
    }

    /** Acting at a deciding step is remembered; acceptance, data checks, bank answers and follow-up are none. */
    public void acted(Actor who, TaskRef task) {
        if (!task.step().decides()) return;
        db.sql("insert into deciding_acts (" + matter(task) + ", step, account, at) values (?, ?, ?, ?)")
                .params(number(task), task.step().key(), who.account(), clock.timestamp())
                .update();
    }

    /** The column that says what the task is about: a case or a half-yearly run. */
    private static String matter(TaskRef task) {
        return task.number() != null ? "case_number" : "run_number";
    }

    private static @Nullable String number(TaskRef task) {
        return task.number() != null ? task.number().value() : task.run();
    }

    private void mustBeTheEmployersClerk(Actor who, Case file) {
        Account account = accounts.find(who.account());
        if (!changes.isSame(account.employerCode(), file.employerCode())) throw Problem.notFound();
        if (who.account().equals(file.applicant()) || relatives.isHimself(who.account(), file.personKey()))
            throw Problem.forbidden("review.employer.OWN_CASE");
    }

    /** @throws Problem FORBIDDEN for whom the case concerns, or in whose district it is not */
    public void mustNotBeConcerned(Actor who, Case file) {
        Account account = accounts.find(who.account());
        if (who.account().equals(file.applicant()) || relatives.isHimself(who.account(), file.personKey()))
            throw Problem.forbidden("review.OWN_CASE");
        if (mandates.wasHeld(who.account(), file.number())) throw Problem.forbidden("review.FILED_FOR");
        if (changes.isSame(account.employerCode(), file.employerCode()))
            throw Problem.forbidden("review.EMPLOYERS_CLERK");
        if (file.personKey() != null && relatives.concerns(who.account(), file.personKey()))
            throw Problem.forbidden("review.RELATIVE");
        boolean objector = db.sql("select count(*) > 0 from objections where case_number = ? and account = ?")
                .params(file.number().value(), who.account())
                .query(Boolean.class)
                .single();
        if (objector) throw Problem.forbidden("review.OBJECTOR");
        if (ties.isRecused(who.account(), file.number())) throw Problem.forbidden("review.RECUSED");
        if (ties.isElsewhere(who.account(), file.number())) throw Problem.forbidden("review.OTHER_DISTRICT");
    }

    private void mustNotHaveDecidedElsewhere(Actor who, TaskRef task, Steps steps) {
        List<String> acts = db.sql(
                        "select distinct step from deciding_acts where " + matter(task) + " = ? and account = ?")
                .params(number(task), who.account())
                .query(String.class)
                .list();
        for (String key : acts) {
            Step before = steps.find(key).orElseGet(() -> Step.undeclared(key));
            if (key.equals(task.step().key()) || isTheLeaders(before) && isTheLeaders(task.step())) continue;
            throw Problem.forbidden("review.SAME_PERSON_TWICE", before.name());
        }
    }

    /** The leader's review and the signature. */
    static boolean isTheLeaders(Step step) {
        return step.role() == Role.LEADER && step.is(Kind.REVIEWS, Kind.SIGNS);
    }

    /** After an upheld objection the first review is done by others than before, where there are any. */
    private void mustBeAnotherAfterAnUpheldObjection(Actor who, Case file, Step step) {
        Set<String> before = reviewersBeforeUpheld(file, step);
        if (!before.contains(who.account())) return;
        boolean others = step.group().stream()
                .flatMap(role -> accounts.withRole(role).stream())
                .filter(a -> !before.contains(a))
                .map(accounts::actor)
                .anyMatch(a -> isFree(a, file, step));
        if (others) throw Problem.forbidden("review.REVIEWED_BEFORE_OBJECTION");
    }

    /**
     * What comes after a decision is weighed by others than those who decided, where there are any.
     *
     * @param besides accounts that may not do it for another reason, and so are no others
     * @throws Problem FORBIDDEN
     */
    public void mustNotHaveDecidedWhereOthersAre(Actor who, Case file, Step step, Set<String> besides) {
        if (isFree(who, file, step)) return;
        boolean others = step.group().stream()
                .flatMap(role -> accounts.withRole(role).stream())
                .filter(a -> !besides.contains(a) && !a.equals(who.account()))
                .map(accounts::actor)
                .anyMatch(a -> isFree(a, file, step));
        if (others) throw Problem.forbidden("review.DECIDED_BEFORE");
    }

    private boolean isFree(Actor who, Case file, Step step) {
        try {
            mustNotBeConcerned(who, file);
        } catch (Problem concerned) {
            return false;
        }
        return db.sql("select count(*) = 0 from deciding_acts where case_number = ? and account = ? and step <> ?")
                .params(file.number().value(), who.account(), step.key())
                .query(Boolean.class)
                .single();
    }

    private Set<String> reviewersBeforeUpheld(Case file, Step step) {
        return Set.copyOf(db.sql("""
            select distinct o.account from opinions o where o.case_number = :number and o.step = :step
            and o.id < (select coalesce(max(u.id), 0) from opinions u where u.case_number = o.case_number and u.step in (:objections) and u.outcome = 'uphold')""")
                .param("number", file.number().value())
                .param("step", step.key())
                .param("objections", file.stage().steps().keys(Kind.OBJECTION))
                .query(String.class)
                .list());
    }
}
