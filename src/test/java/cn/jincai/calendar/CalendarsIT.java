package cn.jincai.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The notices in the table: loaded once, amended by two persons, and only with the transaction that loads them. */
@CaseTest
class CalendarsIT {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));
    private static final String NEXT = PlausibleNotice.of(
            2027, "国务院办公厅关于2027年部分节假日安排的通知（测试用）", "[01-01, 02-05..02-12, 10-01..10-07]", "[01-30, 02-20]");

    @LocalServerPort
    int port;

    @Autowired
    Calendars calendars;

    @Autowired
    Amendments amendments;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CityClock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void theShippedYearsAreThereFromTheStart() {
        assertThat(calendars.notices()).extracting(CalendarNotice::year).contains(2026, 2025, 2024);
        assertThat(calendars.current().isWorkingDay(LocalDate.of(2026, 2, 28))).isTrue();
    }

    @Test
    void aNewYearEndsWhatWasProvisionalAndARollbackTakesItBack() {
        LocalDate from = LocalDate.of(2026, 2, 6);
        String before = calendars.current().version();
        assertThat(calendars.current().endOfPeriod(from, 12))
                .isEqualTo(new WorkingCalendar.Day(LocalDate.of(2027, 2, 6), true));
        transaction.executeWithoutResult(status -> {
            calendars.load(NEXT, ADMIN);
            // the 6th of February lies in the holiday, and the 13th is a Saturday
            assertThat(calendars.current().endOfPeriod(from, 12))
                    .isEqualTo(new WorkingCalendar.Day(LocalDate.of(2027, 2, 15), false));
            assertThat(calendars.current().version()).isNotEqualTo(before);
            status.setRollbackOnly();
        });
        assertThat(calendars.current().version()).isEqualTo(before);
        assertThat(calendars.current().isLoaded(2027)).isFalse();
    }

    @Test
    void aYearLoadedTwiceWithOtherDaysIsRefusedAndWithTheSameChangesNothing() {
        String yaml =
                "year: 2025\nsource: {zh: 另一份, en: Another}\nrest: [01-01, 01-28..02-04, 04-04..04-06, 05-01..05-05, 05-31..06-02, 10-01..10-08]\nworked: [01-26, 02-08, 04-27, 09-28, 10-11]\n";
        String before = calendars.current().version();
        assertThat(calendars.load(yaml, ADMIN).year()).isEqualTo(2025);
        Problem differs = catchThrowableOfType(
                Problem.class, () -> calendars.load(yaml.replace("10-01..10-08", "10-01..10-07"), ADMIN));
        assertThat(differs.code()).isEqualTo("NOTICE_DIFFERS");
        assertThat(differs.kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThat(calendars.current().version()).isEqualTo(before);
        assertThat(calendars.current().isWorkingDay(LocalDate.of(2025, 10, 8))).isFalse();
    }

    @Test
    void aNoticeThatContradictsItselfIsNotLoaded() {
        Problem wrong = catchThrowableOfType(
                Problem.class,
                () -> calendars.load(NEXT.replace("worked: [01-30, 02-20]", "worked: [02-06, 02-22]"), ADMIN));
        assertThat(wrong.mistakes())
                .extracting(Problem.Mistake::code)
                .containsExactlyInAnyOrder("CONTRADICTION", "NOT_A_WEEKEND_DAY");
        assertThat(calendars.current().isLoaded(2027)).isFalse();
    }

    /** A year that no other test looks at: what is confirmed stays. */
    @Tag("issue-13.16")
    @Test
    void anAmendedNoticeTakesThePlaceOfALoadedOneByTwoPersonsAndTheOldCalendarStaysForReplay() {
        String first = PlausibleNotice.of(2044, "测试", "[01-25..01-30]", "[]"), longer = first.replace("01-30", "02-02");
        assertThatThrownBy(() -> amendments.propose(longer, "延长", ADMIN)).hasMessageContaining("NOTHING_AMENDED");
        calendars.load(first, ADMIN);
        WorkingCalendar before = calendars.current();
        LocalDate monday = LocalDate.of(2044, 2, 1);
        assertThatThrownBy(() -> amendments.propose(longer, " ", ADMIN))
                .isInstanceOfSatisfying(
                        Problem.class,
                        p -> assertThat(p.mistakes())
                                .extracting(Problem.Mistake::field)
                                .containsExactly("note"));
        assertThatThrownBy(() -> amendments.propose(longer, "延长", APPROVER)).hasMessageContaining("ROLE");
        long id = amendments.propose(longer, "假期延长至2月2日", ADMIN).id();
        assertThatThrownBy(() -> amendments.propose(longer, "再来", ADMIN)).hasMessageContaining("PROPOSED_ALREADY");
        assertThat(calendars.current().isWorkingDay(monday))
                .as("nothing holds yet")
                .isTrue();
        Actor both = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER));
        assertThatThrownBy(() -> amendments.confirm(id, both)).hasMessageContaining("SAME_PERSON");
        assertThatThrownBy(() -> amendments.confirm(id, ADMIN)).hasMessageContaining("ROLE");
        amendments.confirm(id, APPROVER);
        assertThat(calendars.current().isWorkingDay(monday)).isFalse();
        assertThat(calendars.current().version()).isNotEqualTo(before.version()).contains("2044.2");
        assertThat(calendars.byVersion(before.version()).isWorkingDay(monday))
                .as("what was decided before")
                .isTrue();
        assertThat(calendars.byVersion(calendars.current().version()).isWorkingDay(monday))
                .isFalse();
        assertThat(calendars.notices())
                .filteredOn(n -> n.year() == 2044)
                .singleElement()
                .satisfies(n -> assertThat(n.rest()).contains(monday));
        assertThatThrownBy(() -> amendments.confirm(id, APPROVER)).hasMessageContaining("DECIDED_ALREADY");
        long back = amendments.propose(first, "录错", ADMIN).id();
        assertThatThrownBy(() -> amendments.decline(back, "", APPROVER)).isInstanceOf(Problem.class);
        amendments.decline(back, "没有依据", APPROVER);
        assertThat(calendars.current().isWorkingDay(monday)).isFalse();
    }

    /** An operator was first, and the product's next version knows other days: which are right is for people to say. */
    @Tag("issue-13.16")
    @Test
    void aVersionWithOtherDaysForALoadedYearStartsAndOffersThemAsAnAmendment() {
        String page = "/admin/calendar", take = "href=\"" + page + "?shipped=2024#notice\"";
        String find = "select content from calendar_notices where calendar_year = 2024",
                put = "update calendar_notices set content = ? where calendar_year = 2024";
        String before = jdbc.sql(find).query(String.class).single();
        Visitor admin = new Visitor(port).signIn("policy-admin");
        assertThat(admin.get(page).body()).doesNotContain(take);
        jdbc.sql(put).param(before.replace("10-01..10-07", "10-01..10-08")).update();
        try {
            Calendars updated = new Calendars(jdbc, clock, events);
            assertThat(updated.current().isWorkingDay(LocalDate.of(2024, 10, 8)))
                    .as("as the operator has it")
                    .isFalse();
            assertThat(new Visitor(port).signIn("policy-approver").get(page).body())
                    .contains("本次更新附带的2024年安排与已录入的不同")
                    .doesNotContain(take);
            assertThat(admin.get(page).body()).contains(take);
            PageForm form = PageForm.on(admin.get(page + "?shipped=2024"), page);
            assertThat(admin.follow(form.with("note", "国办发明电〔2023〕7号").send(admin), page)
                            .body())
                    .contains("国办发明电〔2023〕7号", "待确认")
                    .doesNotContain(take);
            assertThat(amendments.all().get(0).notice().rest())
                    .contains(LocalDate.of(2024, 10, 7))
                    .doesNotContain(LocalDate.of(2024, 10, 8));
        } finally {
            jdbc.sql("delete from calendar_amendments where calendar_year = 2024")
                    .update();
            jdbc.sql(put).param(before).update();
        }
    }

    @Tag("issue-13.16")
    @Test
    void whatAnotherNodeLoadsHoldsHereASecondLater() {
        jdbc.sql(
                        "insert into calendar_notices (calendar_year, content, loaded_at, loaded_by) values (2045, ?, current_timestamp, 'another-node')")
                .param(NEXT.replace("2027", "2045").replace("[01-30, 02-20]", "[]"))
                .update();
        clock.moveTo(clock.offset().plusSeconds(1));
        assertThat(calendars.current().isLoaded(2045)).isTrue();
    }
}
