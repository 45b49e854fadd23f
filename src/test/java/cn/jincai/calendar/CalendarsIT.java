package cn.jincai.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The notices in the table: loaded once, never changed, and only with the transaction that loads them. */
@CaseTest
class CalendarsIT {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN));
    private static final String NEXT = """
        year: 2027
        source: {zh: 国务院办公厅关于2027年部分节假日安排的通知（测试用）, en: Notice on holidays of 2027 (for tests)}
        rest: [01-01, 02-05..02-12, 10-01..10-07]
        worked: [01-30, 02-20]
        """;

    @Autowired Calendars calendars;
    @Autowired TransactionTemplate transaction;

    @Test void theShippedYearsAreThereFromTheStart() {
        assertThat(calendars.notices()).extracting(CalendarNotice::year).contains(2026, 2025, 2024);
        assertThat(calendars.current().isWorkingDay(LocalDate.of(2026, 2, 28))).isTrue();
    }

    @Test void aNewYearEndsWhatWasProvisionalAndARollbackTakesItBack() {
        LocalDate from = LocalDate.of(2026, 2, 6);
        String before = calendars.current().version();
        assertThat(calendars.current().endOfPeriod(from, 12)).isEqualTo(new WorkingCalendar.Day(LocalDate.of(2027, 2, 6), true));
        transaction.executeWithoutResult(status -> {
            calendars.load(NEXT, ADMIN);
            // the 6th of February lies in the holiday, and the 13th is a Saturday
            assertThat(calendars.current().endOfPeriod(from, 12)).isEqualTo(new WorkingCalendar.Day(LocalDate.of(2027, 2, 15), false));
            assertThat(calendars.current().version()).isNotEqualTo(before);
            status.setRollbackOnly();
        });
        assertThat(calendars.current().version()).isEqualTo(before);
        assertThat(calendars.current().isLoaded(2027)).isFalse();
    }

    @Test void aYearLoadedTwiceWithOtherDaysIsRefusedAndWithTheSameChangesNothing() {
        String yaml = "year: 2025\nsource: {zh: 另一份, en: Another}\nrest: [01-01, 01-28..02-04, 04-04..04-06, 05-01..05-05, 05-31..06-02, 10-01..10-08]\nworked: [01-26, 02-08, 04-27, 09-28, 10-11]\n";
        String before = calendars.current().version();
        assertThat(calendars.load(yaml, ADMIN).year()).isEqualTo(2025);
        Problem differs = catchThrowableOfType(Problem.class, () -> calendars.load(yaml.replace("10-01..10-08", "10-01..10-07"), ADMIN));
        assertThat(differs.code()).isEqualTo("NOTICE_DIFFERS");
        assertThat(differs.kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThat(calendars.current().version()).isEqualTo(before);
        assertThat(calendars.current().isWorkingDay(LocalDate.of(2025, 10, 8))).isFalse();
    }

    @Test void aNoticeThatContradictsItselfIsNotLoaded() {
        Problem wrong = catchThrowableOfType(Problem.class, () -> calendars.load(NEXT.replace("worked: [01-30, 02-20]", "worked: [02-06, 02-22]"), ADMIN));
        assertThat(wrong.mistakes()).extracting(Problem.Mistake::code).containsExactlyInAnyOrder("CONTRADICTION", "NOT_A_WEEKEND_DAY");
        assertThat(calendars.current().isLoaded(2027)).isFalse();
    }
}
