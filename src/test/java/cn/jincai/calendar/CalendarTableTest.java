package cn.jincai.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped notices against {@link DaysOfTheRulebook}. */
class CalendarTableTest {
    private static final Map<LocalDate, Boolean> WORKED = DaysOfTheRulebook.worked();
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1), LAST = LocalDate.of(2026, 12, 31);

    private final WorkingCalendar calendar = new WorkingCalendar(List.of(shipped(2024), shipped(2025), shipped(2026)));

    @Test
    void everyDayOfThreeYearsIsWorkedOrNotAsTheNoticesSay() {
        assertThat(WORKED).hasSize(366 + 365 + 365);
        WORKED.forEach((day, worked) -> {
            assertThat(calendar.isWorkingDay(day)).as("%s is worked", day).isEqualTo(worked);
            assertThat(calendar.isRestDay(day)).as("%s is a rest day", day).isEqualTo(!worked);
        });
    }

    @Test
    void aYearHasAsManyWorkingDaysAsPeopleCount() {
        assertThat(List.of(workedIn(2024), workedIn(2025), workedIn(2026))).isEqualTo(List.of(251L, 248L, 248L));
    }

    @Test
    void workingDaysAreCountedOneByOneAndTheFirstDayIsNot() {
        for (LocalDate from = FIRST; from.isBefore(LocalDate.of(2026, 10, 1)); from = from.plusDays(1)) {
            int counted = 0;
            for (LocalDate day = from.plusDays(1); counted < 30; day = day.plusDays(1)) {
                if (!WORKED.get(day)) continue;
                counted++;
                assertThat(calendar.plusWorkingDays(from, counted))
                        .as("%s working days after %s", counted, from)
                        .isEqualTo(new WorkingCalendar.Day(day, false));
            }
        }
    }

    @Test
    void aStepNeverStopsInAYearWithoutNoticeButItsDayIsProvisional() {
        // Thursday 31 December 2026 is the last day known to be worked; Friday 1 January 2027 counts until the notice
        // says otherwise
        assertThat(calendar.plusWorkingDays(LocalDate.of(2026, 12, 30), 1))
                .isEqualTo(new WorkingCalendar.Day(LAST, false));
        assertThat(calendar.plusWorkingDays(LAST, 1))
                .isEqualTo(new WorkingCalendar.Day(LocalDate.of(2027, 1, 1), true));
        assertThat(calendar.plusWorkingDays(LAST, 2))
                .isEqualTo(new WorkingCalendar.Day(LocalDate.of(2027, 1, 4), true));
    }

    @Test
    void aPeriodEndsOnItsDayOrOnTheNextThatIsWorked() {
        for (LocalDate from = LocalDate.of(2021, 1, 1); from.getYear() < 2027; from = from.plusDays(1)) {
            for (int months : new int[] {1, 12, 24, 36}) {
                LocalDate nominal = correspondingDay(from, months);
                LocalDate end = nominal;
                while (WORKED.containsKey(end) && !WORKED.get(end)) end = end.plusDays(1);
                boolean loaded = WORKED.containsKey(end);
                assertThat(calendar.endOfPeriod(from, months))
                        .as("%s months from %s", months, from)
                        .isEqualTo(
                                loaded ? new WorkingCalendar.Day(end, false) : new WorkingCalendar.Day(nominal, true));
            }
        }
    }

    @Test
    void aYearWithoutNoticeIsNeverGuessed() {
        for (LocalDate day :
                List.of(FIRST.minusDays(1), LAST.plusDays(1), LocalDate.of(2027, 5, 1), LocalDate.of(2023, 10, 2))) {
            assertThatThrownBy(() -> calendar.isWorkingDay(day)).isInstanceOf(YearNotLoaded.class);
            assertThatThrownBy(() -> calendar.isRestDay(day)).isInstanceOf(YearNotLoaded.class);
        }
    }

    @Test
    void aYearOfLifeIsCompletedOnTheBirthdayAndOnThe28thForThe29thOfFebruary() {
        for (LocalDate birth = LocalDate.of(1984, 2, 20);
                birth.getYear() < 1986;
                birth = birth.plusDays(birth.getMonthValue() == 2 ? 1 : 29)) {
            int years = -1;
            for (LocalDate day = birth.minusDays(1); day.getYear() < 1996; day = day.plusDays(1)) {
                boolean birthday = day.getMonth() == birth.getMonth() && day.getDayOfMonth() == birth.getDayOfMonth();
                boolean instead = birth.getMonthValue() == 2
                        && birth.getDayOfMonth() == 29
                        && !day.isLeapYear()
                        && day.getMonthValue() == 2
                        && day.getDayOfMonth() == 28;
                if (birthday || instead) years++;
                assertThat(WorkingCalendar.completedYears(birth, day))
                        .as("born on %s, on %s", birth, day)
                        .isEqualTo(years);
            }
        }
    }

    /** The same day of the month, or the month's last (民法典 202): by counting the calendar's pages, not by java.time's own arithmetic of months. */
    private static LocalDate correspondingDay(LocalDate from, int months) {
        int month = from.getMonthValue() - 1 + months;
        LocalDate first = LocalDate.of(from.getYear() + month / 12, month % 12 + 1, 1);
        return first.withDayOfMonth(Math.min(from.getDayOfMonth(), first.lengthOfMonth()));
    }

    private static long workedIn(int year) {
        return WORKED.entrySet().stream()
                .filter(day -> day.getKey().getYear() == year && day.getValue())
                .count();
    }

    private static CalendarNotice shipped(int year) {
        try (InputStream file = CalendarTableTest.class.getResourceAsStream("/calendar/" + year + ".yaml")) {
            return CalendarNotice.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
