package cn.jincai.process.people;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Completions;
import cn.jincai.process.TaskLists;
import cn.jincai.process.worklists.EverybodysTasks;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.TaskReader;
import cn.jincai.staffing.Absences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Tasks that wait for nobody: their role is held by nobody who may sign in, all who hold it are away, or each of those who are there is kept out of the case by four eyes, a recusal
 * or his district. Tasks for people by name (an employer's clerks, the experts of a panel) are not looked at: their steps end by themselves.
 */
@Service
public class TasksForNobody {
    /** How many of a group are looked at one by one; where there are more, some of them are told and the rest when these are gone. */
    static final int MOST = 100;

    private final EverybodysTasks open;
    private final TaskLists lists;
    private final Completions rooms;
    private final Accounts accounts;
    private final Absences absences;

    TasksForNobody(EverybodysTasks open, TaskLists lists, Completions rooms, Accounts accounts, Absences absences) {
        this.open = open;
        this.lists = lists;
        this.rooms = rooms;
        this.accounts = accounts;
        this.absences = absences;
    }

    public enum Why {
        NOBODY_HOLDS("nobody-holds"),
        ALL_AWAY("all-away"),
        ALL_KEPT_OUT("all-kept-out");

        private final String code;

        Why(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public Text text(Role role) {
            return Text.of("process.nobody." + code, role.text());
        }
    }

    /**
     * @param scheme code, null for what belongs to none
     * @param number null for a task of a half-yearly run
     * @param holder who has it and is away; null where nobody has it
     */
    public record Stuck(
            String task,
            Step step,
            Role role,
            @Nullable String scheme,
            @Nullable CaseNumber number,
            @Nullable String run,
            @Nullable String holder,
            Why why) {}

    /** Group by group, what is due first, first. */
    public List<Stuck> list() {
        Set<String> away = absences.away();
        List<Stuck> stuck = new ArrayList<>();
        for (String group : open.groupsWithoutHands(away)) {
            Role role = Role.named(group);
            List<String> holders = accounts.withRole(role);
            List<String> there =
                    holders.stream().filter(account -> !away.contains(account)).toList();
            Why why = holders.isEmpty() ? Why.NOBODY_HOLDS : there.isEmpty() ? Why.ALL_AWAY : Why.ALL_KEPT_OUT;
            List<TaskReader> readers =
                    there.stream().map(accounts::actor).map(lists::reader).toList();
            open.forNoneOf(group, readers, away, MOST).stream()
                    .filter(task -> isForNobody(task, there))
                    .map(task -> stuck(task, role, why))
                    .forEach(stuck::add);
        }
        return List.copyOf(stuck);
    }

    /** By scheme and step, for those who watch the application and are told of no case. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        list().forEach(s -> counts.merge(
                Objects.toString(s.scheme(), "") + " " + s.step().key() + " "
                        + s.why().code(),
                1L,
                Long::sum));
        return counts;
    }

    /** The lists narrow it down, the rooms have the last word. */
    private boolean isForNobody(OpenTask task, List<String> there) {
        TaskRef ref = rooms.ref(task);
        return there.stream().map(accounts::actor).noneMatch(who -> rooms.may(who, ref));
    }

    private Stuck stuck(OpenTask task, Role role, Why why) {
        return new Stuck(
                task.id(),
                rooms.ref(task).step(),
                role,
                task.scheme(),
                task.number(),
                task.run(),
                task.assignee(),
                why);
    }
}
