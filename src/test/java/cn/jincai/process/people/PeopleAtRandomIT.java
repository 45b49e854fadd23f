package cn.jincai.process.people;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.LongRun;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.process.Tasks;
import cn.jincai.staffing.Absence;
import cn.jincai.staffing.Absences;
import cn.jincai.staffing.Colleagues;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small office whose people take, hand over, give back and do tasks, go away, stand in and are recused in any order: nobody decides at two steps of one case, and a task that
 * nobody may take is told by the alarm, as no other is. Every step goes to the services that pages, programs and Tasklist go to, on a real database.
 */
@CaseTest
@Tag("issue-17.7")
class PeopleAtRandomIT {
    private static final int STEPS = LongRun.of(10_000), LOOKED_AT_EVERY = 40, CASES = 5;

    @Autowired
    City city;

    @Autowired
    Tasks tasks;

    @Autowired
    Transfers transfers;

    @Autowired
    NextTask next;

    @Autowired
    AbsenceStarts starts;

    @Autowired
    TasksForNobody alarm;

    @Autowired
    Absences absences;

    @Autowired
    Accounts accounts;

    @Autowired
    Colleagues colleagues;

    @Autowired
    Ties ties;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    private enum Deed {
        CLAIM,
        RELEASE,
        TRANSFER,
        NEXT,
        COMPLETE,
        GO_AWAY,
        COME_BACK,
        RECUSE
    }

    private record Open(String task, String step, String group, String number, String holder) {}

    private final Random random = new Random(177);
    private final Map<Deed, Integer> done = new EnumMap<>(Deed.class);
    private final List<String> people = new ArrayList<>();
    private final List<String> cases = new ArrayList<>(), all = new ArrayList<>();
    private int stuckSeen;

    @BeforeEach
    void anOfficeOfItsOwn() {
        city.at("2026-03-02T09:00");
        Actor admin = accounts.actor("admin");
        absences.of(admin).forEach(a -> absences.end(admin, a.id()));
        Stream.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER)
                .flatMap(role -> accounts.withRole(role).stream())
                .distinct()
                .forEach(this::isOnLeave);
        people.add(colleagues.with("x-1", Role.REVIEWER));
        people.add(colleagues.with("x-2", Role.REVIEWER, Role.SENIOR_REVIEWER));
        people.add(colleagues.with("x-3", Role.REVIEWER, Role.SENIOR_REVIEWER));
        people.add(colleagues.with("x-4", Role.SENIOR_REVIEWER));
        people.add(colleagues.with("x-5", Role.LEADER, Role.SENIOR_REVIEWER));
        people.add(colleagues.with("x-6", Role.LEADER, Role.REVIEWER));
    }

    @AfterEach
    void everybodyIsBack() {
        Actor admin = accounts.actor("admin");
        absences.of(admin).forEach(a -> absences.end(admin, a.id()));
        colleagues.leave();
    }

    private void isOnLeave(String account) {
        absences.enter(
                accounts.actor("admin"), account, clock.today(), clock.today().plusDays(300), "");
    }

    @Test
    void nobodyDecidesTwiceAndNoTaskIsForNobodyInSilence() {
        for (int step = 0; step < STEPS; step++) {
            if (step % (STEPS / 4) == STEPS / 8) city.passes("P15D"); // through the notices, to the leader
            while (open().size() < CASES) another();
            Deed deed = deed();
            if (happens(deed)) done.merge(deed, 1, Integer::sum);
            assertThat(twice()).as("after step %d, %s", step, deed).isEmpty();
            if (step % LOOKED_AT_EVERY == 0) theAlarmSaysWhatIsSo(step);
        }
        theAlarmSaysWhatIsSo(STEPS);
        assertThat(done.keySet()).as("everything happened: %s", done).containsExactlyInAnyOrder(Deed.values());
        assertThat(stuckSeen).as("tasks for nobody").isPositive();
    }

    private void another() {
        cases.add(city.checked("skills-award", "granted").number());
        all.add(cases.get(cases.size() - 1));
    }

    private Deed deed() {
        int n = random.nextInt(100);
        if (n < 25) return Deed.CLAIM;
        if (n < 33) return Deed.RELEASE;
        if (n < 53) return Deed.TRANSFER;
        if (n < 58) return Deed.NEXT;
        if (n < 80) return Deed.COMPLETE;
        if (n < 89) return Deed.GO_AWAY;
        return n < 99 ? Deed.COME_BACK : Deed.RECUSE;
    }

    private boolean happens(Deed deed) {
        Actor who = accounts.actor(any(people));
        Open at = any(open());
        try {
            switch (deed) {
                case CLAIM -> tasks.claim(who, at.task());
                case RELEASE -> tasks.release(who, at.task(), null);
                case TRANSFER ->
                    transfers.transfer(
                            random.nextInt(4) == 0 || at.holder() == null ? who : accounts.actor(at.holder()),
                            at.task(),
                            at.holder() == null ? "" : at.holder(),
                            any(people),
                            "请接手");
                case NEXT -> next.of(who);
                case COMPLETE ->
                    tasks.complete(
                            random.nextInt(4) == 0 || at.holder() == null ? who : accounts.actor(at.holder()),
                            at.task(),
                            Map.of("outcome", outcome(at.step()), "opinion", "见卷"));
                case GO_AWAY -> {
                    LocalDate today = clock.today();
                    absences.enter(
                            who,
                            who.account(),
                            today,
                            today.plusDays(random.nextInt(3)),
                            random.nextBoolean() ? any(people) : "");
                    if (random.nextBoolean()) starts.run();
                }
                case COME_BACK -> {
                    List<Absence> all = absences.of(accounts.actor("admin")).stream()
                            .filter(a -> people.contains(a.account()))
                            .toList();
                    if (all.isEmpty()) return false;
                    absences.end(accounts.actor("admin"), any(all).id());
                }
                case RECUSE -> {
                    CaseNumber number = new CaseNumber(at.number());
                    tasks.releaseAll(who, number);
                    ties.recuse(who, Role.REVIEWER, number, "同学");
                }
            }
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    private String outcome(String step) {
        if (!step.equals("first-review") && random.nextInt(4) > 0) return "return";
        return step.equals("decision") ? "sign" : "approve";
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Those of this office's cases that a group may take. */
    private List<Open> open() {
        return cases.isEmpty()
                ? List.of()
                : db.sql(
                                "select task, step, group_code, case_number, assignee from open_tasks where step in ('first-review', 'second-review', 'decision') and case_number in (:cases) order by case_number, task")
                        .param("cases", cases)
                        .query((row, n) -> new Open(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5)))
                        .list();
    }

    /** Whoever has decided at two steps of one case, but for a leader who signs what leaders reviewed. */
    private List<String> twice() {
        return db.sql(
                        "select case_number || ' ' || account from deciding_acts where case_number in (:cases) and step not in ('leader-review', 'decision') group by case_number, account having count(distinct step) > 1"
                                + " union select a.case_number || ' ' || a.account from deciding_acts a join deciding_acts b on b.case_number = a.case_number and b.account = a.account where a.case_number in (:cases) and a.step in ('leader-review', 'decision') and b.step not in ('leader-review', 'decision')")
                .param("cases", all)
                .query(String.class)
                .list();
    }

    /** Who may take a task is found out by taking it, each in a transaction that is undone. */
    private void theAlarmSaysWhatIsSo(int step) {
        Set<String> away = absences.away(), forNobody = new TreeSet<>();
        for (Open task : open())
            if ((task.holder() == null || away.contains(task.holder()))
                    && accounts.withRole(Role.named(task.group())).stream()
                            .noneMatch(one -> !away.contains(one) && takes(one, task))) forNobody.add(task.task());
        Set<String> own = open().stream().map(Open::task).collect(Collectors.toSet());
        Set<String> told = new TreeSet<>(
                alarm.list().stream().map(TasksForNobody.Stuck::task).toList());
        told.retainAll(own);
        assertThat(told).as("after step %d, away: %s", step, away).isEqualTo(forNobody);
        stuckSeen += forNobody.size();
        open().stream()
                .filter(task -> forNobody.contains(task.task()) && random.nextBoolean())
                .forEach(task -> cases.remove(task.number())); // left to those whom the alarm tells
    }

    private boolean takes(String account, Open task) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            status.setRollbackOnly();
            try {
                if (task.holder() != null) tasks.give(Actor.SYSTEM, task.task(), task.holder(), null, ref -> {});
                tasks.claim(accounts.actor(account), task.task());
                return true;
            } catch (Problem refused) {
                return false;
            }
        }));
    }
}
