package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.Staff;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A list of tasks holds what the reader may take, all of it and nothing else (rulebook 7.5), and its total says so. */
@CaseTest
class TasksToTakeIT {
    private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMIN));

    @Autowired
    City city;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskLists lists;

    @Autowired
    Completions rooms;

    @Autowired
    TaskService engine;

    @Autowired
    Staff staff;

    @Autowired
    Relatives relatives;

    @BeforeEach
    void monday() {
        city.at("2026-03-02T09:00:00");
    }

    @Test
    void whoReviewedFirstFindsTheSecondReviewOfOtherCasesOnly() {
        Actor both = officer("both-reviews", Role.REVIEWER, Role.SENIOR_REVIEWER);
        ApplicantsCase own = city.checked("skills-award", "granted"), others = city.checked("skills-award", "granted");
        reviews(both, own);
        others.done("reviewer", "first-review", "approve");
        assertThat(numbers(both, "second-review")).contains(others.number()).doesNotContain(own.number());
        assertThat(numbers(actor("senior-reviewer", Role.SENIOR_REVIEWER), "second-review"))
                .contains(own.number(), others.number());
        agrees(both);
    }

    @Test
    void aRelativesCaseIsNotOffered() {
        Actor reviewer = officer("reviewer-with-a-cousin", Role.REVIEWER);
        var application = city.application("skills-award", "granted");
        relatives.declare(
                reviewer,
                application.at("/answers/documentType").asText(),
                application.at("/answers/documentNumber").asText());
        ApplicantsCase cousins = city.checked(application), strangers = city.checked("skills-award", "granted");
        assertThat(numbers(reviewer, "first-review"))
                .contains(strangers.number())
                .doesNotContain(cousins.number());
        agrees(reviewer);
    }

    @Test
    void pagesAddUpToTheTotal() {
        Actor both = officer("both-again", Role.REVIEWER, Role.SENIOR_REVIEWER);
        for (int i = 0; i < 3; i++) reviews(both, city.checked("skills-award", "granted"));
        city.checked("skills-award", "granted");
        List<String> whole = all(both, 100), byTwo = all(both, 2);
        assertThat(byTwo).isEqualTo(whole).doesNotHaveDuplicates();
        assertThat(lists.list(both, null, null, 0, 1).total()).isEqualTo(whole.size());
    }

    @Test
    void twoPaymentsOfOneCaseAreToldApart() {
        ApplicantsCase file =
                city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        Set<Long> ordered = new TreeSet<>(), listed = new TreeSet<>();
        file.show().get("payments").forEach(p -> ordered.add(p.get("id").asLong()));
        lists.list(actor("finance", Role.FINANCE), null, "payment-make", 0, 100).items().stream()
                .filter(t -> t.number() != null && t.number().value().equals(file.number()))
                .forEach(t -> {
                    assertThat(t.payment().benefit()).isNotBlank();
                    listed.add(t.payment().id());
                });
        assertThat(listed).isNotEmpty().isEqualTo(ordered);
    }

    @Test
    void theListAndTheRoomsSayTheSameOfEveryTask() {
        for (Role role : List.of(
                Role.INTAKE,
                Role.REVIEWER,
                Role.SENIOR_REVIEWER,
                Role.LEADER,
                Role.SUPERVISOR,
                Role.FINANCE,
                Role.FINANCE_APPROVER,
                Role.EMPLOYER)) agrees(actor(role.code(), role));
    }

    /** One by one, with the question that claiming asks. */
    private void agrees(Actor who) {
        Set<String> expected = new TreeSet<>();
        for (Task task : engine.createTaskQuery().active().list()) {
            boolean theirs = who.account().equals(task.getAssignee())
                    || task.getAssignee() == null
                            && engine.getIdentityLinksForTask(task.getId()).stream()
                                    .anyMatch(l -> who.account().equals(l.getUserId())
                                            || who.roles().stream()
                                                    .anyMatch(r -> r.code().equals(l.getGroupId())));
            if (theirs && (who.account().equals(task.getAssignee()) || may(who, task))) expected.add(task.getId());
        }
        assertThat(new TreeSet<>(all(who, 100))).as(who.account()).isEqualTo(expected);
    }

    private boolean may(Actor who, Task task) {
        try {
            rooms.mayTake(
                    who,
                    rooms.ref(
                            task.getId(),
                            task.getProcessDefinitionId(),
                            task.getTaskDefinitionKey(),
                            engine.getVariables(task.getId(), Completions.NAMES)));
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    private List<String> all(Actor who, int size) {
        List<String> ids = new ArrayList<>();
        for (int page = 0; ; page++) {
            Page<TaskLists.Waiting> list = lists.list(who, null, null, page, size);
            list.items().forEach(t -> ids.add(t.id()));
            if ((page + 1L) * size >= list.total()) return ids;
        }
    }

    private List<String> numbers(Actor who, String stage) {
        return lists.list(who, null, stage, 0, 100).items().stream()
                .map(t -> t.number().value())
                .toList();
    }

    private void reviews(Actor who, ApplicantsCase file) {
        String id = lists.list(who, null, "first-review", 0, 100).items().stream()
                .filter(t -> t.number().value().equals(file.number()))
                .findFirst()
                .orElseThrow()
                .id();
        tasks.claim(who, id);
        tasks.complete(who, id, Map.of("outcome", "approve"));
    }

    private Actor officer(String name, Role... roles) {
        staff.make(new Staff.Filled(name, "测试人员", Set.of(roles), "", "", "", ""), ADMIN);
        return actor(name, roles);
    }

    private static Actor actor(String name, Role... roles) {
        return new Actor(name, Set.of(roles));
    }
}
