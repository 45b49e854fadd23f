package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Ties;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Step;
import cn.jincai.process.people.TasksForNobody;
import cn.jincai.process.people.TasksForNobody.Stuck;
import cn.jincai.process.people.TasksForNobody.Why;
import cn.jincai.process.people.Transfers;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.revision.Rechecks;
import cn.jincai.staffing.Colleagues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Steps of what comes after a decision are offered, handed over and missed by the same rule by which they are taken. */
@CaseTest
@Tag("issue-17.14")
class RevisionsToTakeIT {
    @Autowired
    City city;

    @Autowired
    TaskLists lists;

    @Autowired
    Completions rooms;

    @Autowired
    OpenTaskTable table;

    @Autowired
    Transfers transfers;

    @Autowired
    TasksForNobody alarm;

    @Autowired
    Rechecks rechecks;

    @Autowired
    Colleagues colleagues;

    @Autowired
    Accounts accounts;

    @Autowired
    Ties ties;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @AfterEach
    void theOfficeIsAsItWas() {
        colleagues.leave();
    }

    private ApplicantsCase decided() {
        return city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
    }

    /** Officers of other stories have nothing to do with it. */
    private void onlyFor(ApplicantsCase file, String... these) {
        Stream.of(Role.REVIEWER, Role.SENIOR_REVIEWER)
                .flatMap(role -> accounts.withRole(role).stream())
                .distinct()
                .filter(account -> !List.of(these).contains(account))
                .forEach(account -> isRecused(account, file));
    }

    private void begins(String who, ApplicantsCase file) {
        String benefit = file.show().at("/decision/benefits/0/code").asText();
        city.call(
                        who,
                        HttpMethod.POST,
                        "/api/cases/" + file.number() + "/revisions",
                        Map.of(
                                "kind",
                                "revocation",
                                "reason",
                                "FRAUD",
                                "words",
                                "发证机构书面说明证书系伪造。",
                                "benefits",
                                List.of(benefit)))
                .is(204);
        isHeard(file);
    }

    private void isHeard(ApplicantsCase file) {
        city.call("applicant", HttpMethod.POST, "/api/cases/" + file.number() + "/answer", Map.of("text", "请核实。"))
                .is(204);
    }

    private void isRecused(String account, ApplicantsCase file) {
        ties.recuse(accounts.actor(account), Role.SENIOR_REVIEWER, new CaseNumber(file.number()), "同学");
    }

    /** Who finds it in his list; everybody's list says what the rooms say of each such task, asked one by one. */
    private Set<String> offeredTo(ApplicantsCase file, String step) {
        String waiting = task(file, step).id();
        Set<String> offered = new TreeSet<>();
        for (String account : Stream.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER)
                .flatMap(role -> accounts.withRole(role).stream())
                .distinct()
                .toList()) {
            Actor who = accounts.actor(account);
            Set<String> listed = new TreeSet<>(), may = new TreeSet<>();
            for (OpenTask task : afterDecisions()) {
                if (task.assignee() != null || !who.holds(Role.named(String.valueOf(task.role())))) continue;
                if (lists.of(who, task.number(), task.step()).isPresent()) listed.add(task.id());
                if (rooms.may(who, rooms.ref(task))) may.add(task.id());
            }
            assertThat(listed).as(account).isEqualTo(may);
            if (listed.contains(waiting)) offered.add(account);
        }
        return offered;
    }

    private List<OpenTask> afterDecisions() {
        return db
                .sql("select task from open_tasks where kind = ? order by task")
                .param(Step.Kind.REVISES.code())
                .query(String.class)
                .list()
                .stream()
                .map(id -> table.find(id).orElseThrow())
                .toList();
    }

    private OpenTask task(ApplicantsCase file, String step) {
        return afterDecisions().stream()
                .filter(t -> new CaseNumber(file.number()).equals(t.number())
                        && t.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Stuck> stuck(ApplicantsCase file) {
        return alarm.list().stream()
                .filter(s -> new CaseNumber(file.number()).equals(s.number()))
                .findFirst();
    }

    @Test
    void whoBeganItOrDecidedIsNotOfferedItUntilNobodyElseIsLeft() {
        String began = colleagues.with("t-began", Role.REVIEWER, Role.SENIOR_REVIEWER);
        ApplicantsCase file = decided();
        onlyFor(file, began, "senior-reviewer", "senior-reviewer2");
        begins(began, file);
        assertThat(offeredTo(file, "revision-review")).containsExactly("senior-reviewer2");
        assertThat(stuck(file)).isEmpty();

        isRecused("senior-reviewer2", file);
        assertThat(offeredTo(file, "revision-review"))
                .as("who decided, where no other can")
                .containsExactly("senior-reviewer");
        assertThat(stuck(file)).isEmpty();

        isRecused("senior-reviewer", file);
        assertThat(offeredTo(file, "revision-review")).isEmpty();
        assertThat(stuck(file)).hasValueSatisfying(s -> {
            assertThat(s.why()).isEqualTo(Why.ALL_KEPT_OUT);
            assertThat(s.step().key()).isEqualTo("revision-review");
        });

        String newcomer = colleagues.with("t-new", Role.SENIOR_REVIEWER);
        assertThat(offeredTo(file, "revision-review")).containsExactly(newcomer);
        assertThat(stuck(file)).isEmpty();
        file.done(newcomer, "revision-review", "propose");
        assertThat(offeredTo(file, "revision-signature"))
                .as("the leader who decided may sign")
                .contains("leader");
    }

    @Test
    void itIsHandedOverOnlyToOneWhoNeitherBeganItNorDecided() {
        String began = colleagues.with("t-began", Role.REVIEWER, Role.SENIOR_REVIEWER),
                third = colleagues.with("t-third", Role.SENIOR_REVIEWER);
        ApplicantsCase file = decided();
        onlyFor(file, began, "senior-reviewer", "senior-reviewer2", third);
        begins(began, file);
        file.claim("senior-reviewer2", "revision-review").is(204);
        Actor holder = accounts.actor("senior-reviewer2");
        String id = task(file, "revision-review").id();
        assertThat(transfers.show(holder, id).takers())
                .extracting(Transfers.Colleague::account)
                .containsExactly(third);
        transfers.transfer(holder, id, "senior-reviewer2", third, "请接手。");
        assertThat(task(file, "revision-review").assignee()).isEqualTo(third);
    }

    @Test
    void whoLookedAtItAgainDoesNotWeighItAndIsNoOtherToWhoDecided() {
        String again = colleagues.with("t-again", Role.REVIEWER, Role.SENIOR_REVIEWER);
        ApplicantsCase talent = city.checked("talent-recognition", "granted").reviewedByBoth();
        if (talent.stage().equals("leader-review")) talent.done("leader", "leader-review", "approve");
        talent.noticedAndSigned().isClosed("granted");
        onlyFor(talent, again, "reviewer", "reviewer2", "senior-reviewer", "senior-reviewer2");
        city.at("2027-04-07T09:00");
        rechecks.begin();
        assertThat(offeredTo(talent, "recheck")).containsExactly("reviewer2", again);
        talent.withOpinion(again, "recheck", "end");
        isHeard(talent);
        assertThat(offeredTo(talent, "revision-review")).containsExactly("senior-reviewer2");
        isRecused("senior-reviewer2", talent);
        assertThat(offeredTo(talent, "revision-review")).containsExactly("senior-reviewer");
    }
}
