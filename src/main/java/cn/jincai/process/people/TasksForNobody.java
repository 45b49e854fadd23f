package cn.jincai.process.people;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tasks that wait for nobody: their role is held by nobody who may sign in, all who hold it are away, or each of those who are there is kept out of the case by four eyes, a recusal
 * or his district. Tasks for people by name (an employer's clerks, the experts of a panel) are not looked at: their steps end by themselves.
 */
@Service
public class TasksForNobody {
    /** How many of a group are looked at one by one; where there are more, some of them are told and the rest when these are gone. */
    static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TasksForNobody.class);
    private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(1);

    private final EverybodysTasks open;
    private final TaskLists lists;
    private final Completions rooms;
    private final Accounts accounts;
    private final Absences absences;
    private final CityClock clock;

    private volatile @Nullable Seen seen;

    TasksForNobody(
            EverybodysTasks open,
            TaskLists lists,
            Completions rooms,
            Accounts accounts,
            Absences absences,
            CityClock clock) {
        this.open = open;
        this.lists = lists;
        this.rooms = rooms;
        this.accounts = accounts;
        this.absences = absences;
        this.clock = clock;
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
     * @param holder who has it and is away, or may not do it any more; null where nobody has it
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

    /**
     * @param tasks group by group, what is due first, first
     * @param more  whether there may be more of a group than were looked at
     */
    public record Alarm(List<Stuck> tasks, boolean more) {}

    private record Seen(Instant at, Alarm alarm) {}

    /** As it was at most a minute ago, for pages and health, which ask again and again. */
    public Alarm seen() {
        Instant now = clock.instant();
        Seen known = seen;
        if (known == null || now.isBefore(known.at) || now.isAfter(known.at.plus(LOOKED_AT_EVERY)))
            seen = known = new Seen(now, look());
        return known.alarm;
    }

    /** Whoever gives a role or ends an absence for it sees at once what is left. */
    @TransactionalEventListener(
            condition =
                    "{'staff-made', 'staff-changed', 'staff-locked', 'role-confirmed', 'role-withdrawn', 'absence-entered', 'absence-ended'}.contains(#event.kind())",
            fallbackExecution = true)
    void peopleHaveChanged(CaseEvent event) {
        seen = null;
    }

    /** Of these the cases with which whoever looks has nothing to do. */
    public Set<CaseNumber> shut(Actor who, Alarm alarm) {
        return rooms.concerned(
                who,
                alarm.tasks().stream()
                        .map(Stuck::number)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    /** As it is now. */
    public List<Stuck> list() {
        return look().tasks();
    }

    private Alarm look() {
        boolean more = false;
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
            List<OpenTask> found = open.forNoneOf(group, readers, away, MOST);
            more |= found.size() == MOST;
            found.forEach(task -> ifForNobody(task, role, why, there).ifPresent(stuck::add));
        }
        return new Alarm(List.copyOf(stuck), more);
    }

    /** By scheme and step, for those who watch the application and are told of no case. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        seen().tasks()
                .forEach(s -> counts.merge(
                        Objects.toString(s.scheme(), "") + " " + s.step().key() + " "
                                + s.why().code(),
                        1L,
                        Long::sum));
        return counts;
    }

    /** One task of which the rooms can say nothing does not hide the others. */
    private Optional<Stuck> ifForNobody(OpenTask task, Role role, Why why, List<String> there) {
        try {
            return isForNobody(task, there) ? Optional.of(stuck(task, role, why)) : Optional.empty();
        } catch (RuntimeException failed) {
            LOG.warn(
                    "whether somebody may do a task could not be found out: {}",
                    failed.getClass().getName());
            return Optional.empty();
        }
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
