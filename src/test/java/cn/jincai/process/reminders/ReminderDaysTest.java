package cn.jincai.process.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On which days the city reminds of a limit. */
@Tag("issue-18.5")
class ReminderDaysTest {
    private static Stream<String> days(String words, String begins, String last) {
        return ReminderDays.of(words).of(LocalDate.parse(begins), LocalDate.parse(last)).stream()
                .map(LocalDate::toString);
    }

    @Test
    void halfOfTheTimeTheDayBeforeAndTheLastDay() {
        assertThat(days("half, 1, 0", "2026-03-02", "2026-03-23"))
                .containsExactly("2026-03-13", "2026-03-22", "2026-03-23");
    }

    @Test
    void aTimeForAnApplicationIsToldWhenItOpens() {
        assertThat(days("opens, 30, 0", "2028-02-17", "2029-02-17"))
                .containsExactly("2028-02-17", "2029-01-18", "2029-02-17");
    }

    @Test
    void whoeverWasAskedTodayIsNotRemindedToday() {
        assertThat(days("half, 1, 0", "2026-03-02", "2026-03-02")).isEmpty();
        assertThat(days("half, 1, 0", "2026-03-02", "2026-03-03")).containsExactly("2026-03-03");
        assertThat(days("half, 30, 0", "2026-03-02", "2026-03-06")).containsExactly("2026-03-04", "2026-03-06");
    }

    @Test
    void aWordThatNobodyKnowsIsNamed() {
        assertThatThrownBy(() -> ReminderDays.of("half, soon")).hasMessageContaining("'soon'");
        assertThatThrownBy(() -> ReminderDays.of("-1")).hasMessageContaining("'-1'");
    }
}
