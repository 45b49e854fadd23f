package cn.jincai.process.people;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Steps;
import cn.jincai.process.Completions;
import cn.jincai.process.TaskLists;
import cn.jincai.process.worklists.EverybodysTasks;
import cn.jincai.process.worklists.EverybodysTasks.Load;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.staffing.Absences;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who has how much to do, for a leader: by person, what nobody has taken by group, what has waited longest and what will be overdue tomorrow. */
@Service
public class WorkByPerson {
    /** How many tasks stand in each of the two lists. */
    private static final int LONGEST_LIST = 20;

    private final EverybodysTasks open;
    private final TaskLists lists;
    private final Completions rooms;
    private final Accounts accounts;
    private final Absences absences;
    private final CityClock clock;

    WorkByPerson(
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

    /** @param away today */
    public record Person(String account, String name, Set<Role> roles, boolean away, Load load) {}

    public record Group(Role role, long people, Load load) {}

    /** A task with since when it has waited. @param shut whether its case is shut to whoever looks @param transferable whether it is a group's and not shut, so that he may give it to somebody */
    public record Waited(TaskLists.Waiting task, Instant since, boolean shut, boolean transferable) {}

    /**
     * @param people       who holds most, first
     * @param longest      at their step for longest
     * @param lateTomorrow due today, and nobody has done them yet
     */
    public record Overview(List<Person> people, List<Group> groups, List<Waited> longest, List<Waited> lateTomorrow) {}

    @Transactional(readOnly = true)
    public Overview today(Actor who) {
        LocalDate today = clock.today();
        Instant end = today.plusDays(1).atStartOfDay(CityClock.ZONE).toInstant(),
                begin = today.atStartOfDay(CityClock.ZONE).toInstant();
        var held = open.held(begin, end);
        var free = open.waiting(begin, end);
        Set<String> away = absences.away();
        Set<Role> workers = new TreeSet<>(Steps.shared().officers());
        free.keySet().stream().map(Role::named).forEach(workers::add);
        Set<String> names = Stream.concat(
                        workers.stream().flatMap(role -> accounts.withRole(role).stream()), held.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Person> people = names.stream()
                .flatMap(name -> accounts.look(name).stream())
                .filter(account -> !account.is(Role.EMPLOYER) || account.roles().size() > 1)
                .map(account -> person(account, away, held.getOrDefault(account.name(), Load.NONE)))
                .sorted((a, b) -> Long.compare(b.load().tasks(), a.load().tasks()))
                .toList();
        List<Group> groups = workers.stream()
                .map(role -> new Group(
                        role,
                        accounts.withRole(role).stream()
                                .filter(account -> !away.contains(account))
                                .count(),
                        free.getOrDefault(role.code(), Load.NONE)))
                .toList();
        return new Overview(
                people,
                groups,
                waited(who, open.longest(LONGEST_LIST)),
                waited(who, open.due(begin, end, LONGEST_LIST)));
    }

    private static Person person(Account account, Set<String> away, Load load) {
        return new Person(
                account.name(),
                account.displayName(),
                new TreeSet<>(account.roles()),
                away.contains(account.name()),
                load);
    }

    private List<Waited> waited(Actor who, List<OpenTask> tasks) {
        Map<String, CaseNumber> about = new HashMap<>();
        tasks.forEach(task -> rooms.about(rooms.ref(task)).ifPresent(number -> about.put(task.id(), number)));
        Set<CaseNumber> concerned = rooms.concerned(who, Set.copyOf(about.values()));
        List<TaskLists.Waiting> told = lists.waiting(tasks);
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> {
                    OpenTask task = tasks.get(i);
                    boolean shut = concerned.contains(about.get(task.id()));
                    return new Waited(told.get(i), task.since(), shut, !shut && task.role() != null);
                })
                .toList();
    }
}
