package cn.jincai.review;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.applicant.Relatives;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.TaskRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which tasks of a list a person may take (rulebook 7.5), with a few questions for the whole list. {@link FourEyes} says it of one task, with the
 * reason, and has the last word when it is taken.
 */
@Service
public class OpenTasks {
    private final JdbcClient db;
    private final FourEyes fourEyes;
    private final CaseFile cases;
    private final Accounts accounts;
    private final Relatives relatives;
    private final EmployerChanges changes;
    private final Packages packages;

    OpenTasks(
            JdbcClient db,
            FourEyes fourEyes,
            CaseFile cases,
            Accounts accounts,
            Relatives relatives,
            EmployerChanges changes,
            Packages packages) {
        this.db = db;
        this.fourEyes = fourEyes;
        this.cases = cases;
        this.accounts = accounts;
        this.relatives = relatives;
        this.changes = changes;
        this.packages = packages;
    }

    /** @param tasks of cases, none of a half-yearly run. @return those that the person may take, in their order */
    @Transactional(readOnly = true)
    public List<TaskRef> of(Actor who, List<TaskRef> tasks) {
        if (tasks.isEmpty()) return tasks;
        Account account = accounts.find(who.account());
        Set<CaseNumber> concerned =
                new HashSet<>(cases.concerning(account.name(), relatives.keptFrom(account.name()), employers(account)));
        concerned.addAll(
                cases.shut(who, tasks.stream().map(TaskRef::ofCase).distinct().toList()));
        concerned.addAll(numbers(
                "select distinct case_number from objections where account = :account and case_number in (:numbers)",
                who,
                tasks));
        Set<CaseNumber> saidBefore = numbers(
                "select distinct case_number from opinions where account = :account and case_number in (:numbers)",
                who,
                tasks);
        Map<String, Set<String>> acts = acts(who, tasks);
        return tasks.stream()
                .filter(task -> {
                    Step step = task.step();
                    if (!FourEyes.mayDo(who, step)) return false;
                    boolean decidedElsewhere = step.decides()
                            && acts.getOrDefault(task.ofCase().value(), Set.of()).stream()
                                    .anyMatch(key -> !key.equals(step.key()));
                    if (decidedElsewhere && step.role() != Role.LEADER) return false;
                    boolean asksMore = decidedElsewhere
                            || step.is(Kind.ASKS_EMPLOYER)
                            || step.is(Kind.REVIEWS) && saidBefore.contains(task.ofCase());
                    return asksMore ? fourEyes.mayActSilently(who, task) : !concerned.contains(task.ofCase());
                })
                .toList();
    }

    /**
     * Of tasks of what comes after a decision, those in whose cases he decided and which somebody else of the group can do who did not; {@link FourEyes#mustNotHaveDecidedWhereOthersAre} says it of one. Colleagues
     * are asked one after the other, until each task has found one.
     *
     * @param keptFrom by case, the accounts that may not do it for another reason, and so are no others
     */
    @Transactional(readOnly = true)
    public Set<TaskRef> decidedByHimAndForOthers(
            Actor who, Step step, List<TaskRef> tasks, Map<CaseNumber, Set<String>> keptFrom) {
        Set<TaskRef> forOthers = new HashSet<>();
        List<TaskRef> asked = decided(who, step, tasks);
        List<String> colleagues = step.group().stream()
                .flatMap(role -> accounts.withRole(role).stream())
                .filter(account -> !account.equals(who.account()))
                .toList();
        for (String colleague : colleagues) {
            if (asked.isEmpty()) break;
            Actor other = accounts.actor(colleague);
            Set<TaskRef> decided = Set.copyOf(decided(other, step, asked));
            of(other, asked).stream()
                    .filter(task -> !decided.contains(task))
                    .filter(task ->
                            !keptFrom.getOrDefault(task.ofCase(), Set.of()).contains(colleague))
                    .forEach(forOthers::add);
            asked = asked.stream().filter(task -> !forOthers.contains(task)).toList();
        }
        return forOthers;
    }

    /** Those in whose cases he has acted at a deciding step that is another than this. */
    private List<TaskRef> decided(Actor who, Step step, List<TaskRef> tasks) {
        if (tasks.isEmpty()) return tasks;
        Map<String, Set<String>> acts = acts(who, tasks);
        return tasks.stream()
                .filter(task -> acts.getOrDefault(task.ofCase().value(), Set.of()).stream()
                        .anyMatch(key -> !key.equals(step.key())))
                .toList();
    }

    /** All cases that concern the person as applicant, relative, employer's clerk or objector. Those from which he is recused may be many: {@link Ties} asks for them row by row. */
    @Transactional(readOnly = true)
    public Set<CaseNumber> shut(Actor who) {
        Account account = accounts.find(who.account());
        Set<CaseNumber> shut =
                new HashSet<>(cases.concerning(account.name(), relatives.keptFrom(account.name()), employers(account)));
        shut.addAll(db.sql("select distinct case_number from objections where account = ?")
                .param(account.name())
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
        return shut;
    }

    /** The cases in which this account has said something, of its last opinions. */
    @Transactional(readOnly = true)
    public Set<CaseNumber> lastCases(String account, int opinions) {
        return Set.copyOf(db.sql("select case_number from opinions where account = ? order by id desc limit ?")
                .params(account, opinions)
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
    }

    /** Keys of the leader's steps after which a leader may still sign, in any scheme. */
    public Set<String> leaderSteps() {
        return Stream.concat(
                        Stream.of(Steps.shared()), packages.inForce().stream().map(pack -> packages.steps(pack.hash())))
                .flatMap(steps -> steps.all().stream())
                .filter(FourEyes::isTheLeaders)
                .map(Step::key)
                .collect(Collectors.toSet());
    }

    private Set<String> employers(Account account) {
        return account.employerCode() == null ? Set.of() : changes.codes(account.employerCode());
    }

    private Map<String, Set<String>> acts(Actor who, List<TaskRef> tasks) {
        Map<String, Set<String>> acts = new HashMap<>();
        db.sql(
                        "select distinct case_number, step from deciding_acts where account = :account and case_number in (:numbers)")
                .param("account", who.account())
                .param("numbers", numbers(tasks))
                .query(row -> {
                    acts.computeIfAbsent(row.getString(1), n -> new HashSet<>()).add(row.getString(2));
                });
        return acts;
    }

    private Set<CaseNumber> numbers(String sql, Actor who, List<TaskRef> tasks) {
        return Set.copyOf(db.sql(sql)
                .param("account", who.account())
                .param("numbers", numbers(tasks))
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
    }

    private static Set<String> numbers(List<TaskRef> tasks) {
        return tasks.stream().map(task -> task.ofCase().value()).collect(Collectors.toSet());
    }
}
