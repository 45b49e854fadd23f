package cn.jincai.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.assessment.CityCalendar;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.kernel.Problem;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkingCalendarTest {
    private final WorkingCalendar calendar = CityCalendar.calendar();

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    @Test
    void aSaturdayThatTheNoticeMakesAWorkingDayIsOneAndAHolidayOnAMondayIsNot() {
        assertThat(calendar.isWorkingDay(day("2026-02-28"))).isTrue();
        assertThat(calendar.isWorkingDay(day("2026-02-16"))).isFalse();
        assertThat(calendar.isWorkingDay(day("2026-02-24"))).isTrue();
        assertThat(calendar.isRestDay(day("2026-03-01"))).isTrue();
    }

    @Test
    void aDayOfAYearWithoutNoticeIsNeverGuessed() {
        assertThatThrownBy(() -> calendar.isWorkingDay(day("2027-01-04")))
                .isInstanceOf(YearNotLoaded.class)
                .extracting(e -> ((YearNotLoaded) e).year())
                .isEqualTo(2027);
    }

    @Test
    void aPeriodThatEndsInTheSpringFestivalEndsOnTheFirstWorkingDayAfterIt() {
        assertThat(calendar.endOfPeriod(day("2025-02-16"), 12))
                .isEqualTo(new WorkingCalendar.Day(day("2026-02-24"), false));
        assertThat(calendar.endOfPeriod(day("2025-02-28"), 12))
                .isEqualTo(new WorkingCalendar.Day(day("2026-02-28"), false));
        assertThat(calendar.endOfPeriod(day("2025-03-01"), 12))
                .isEqualTo(new WorkingCalendar.Day(day("2026-03-02"), false));
    }

    @Test
    void aPeriodEndsOnTheMonthsLastDayWhereThereIsNoCorrespondingOne() {
        assertThat(calendar.endOfPeriod(day("2026-01-31"), 1))
                .isEqualTo(new WorkingCalendar.Day(day("2026-02-28"), false));
        assertThat(calendar.endOfPeriod(day("2024-02-29"), 12))
                .isEqualTo(new WorkingCalendar.Day(day("2025-02-28"), false));
    }

    @Test
    void inAYearWithoutNoticeTheNominalDayStandsProvisionally() {
        assertThat(calendar.endOfPeriod(day("2026-01-02"), 12))
                .isEqualTo(new WorkingCalendar.Day(day("2027-01-02"), true));
        assertThat(calendar.endOfPeriod(day("2022-05-01"), 12))
                .isEqualTo(new WorkingCalendar.Day(day("2023-05-01"), true));
        assertThat(calendar.endOfPeriod(day("2026-05-08"), 12).provisional()).isTrue();
    }

    @Test
    void fiveWorkingDaysOverTheNationalDay() {
        assertThat(calendar.plusWorkingDays(day("2026-09-29"), 5))
                .isEqualTo(new WorkingCalendar.Day(day("2026-10-12"), false));
        assertThat(calendar.plusWorkingDays(day("2026-09-29"), 0).date()).isEqualTo(day("2026-09-29"));
    }

    @Test
    void aStepsLimitNeverStopsAtTheEndOfTheNotices() {
        Deadline deadline = calendar.workingDays(
                day("2026-12-30").atTime(10, 0).atZone(CityClock.ZONE).toInstant(), 3);
        assertThat(deadline.day()).isEqualTo(day("2027-01-04"));
        assertThat(deadline.provisional()).isTrue();
        assertThat(deadline.actsAt()).isEqualTo(deadline.end().plus(31, ChronoUnit.DAYS));
        Deadline sure = calendar.workingDays(
                day("2026-03-02").atTime(23, 59).atZone(CityClock.ZONE).toInstant(), 5);
        assertThat(sure.end())
                .isEqualTo(day("2026-03-10").atStartOfDay(CityClock.ZONE).toInstant());
        assertThat(sure.actsAt()).isEqualTo(sure.end());
    }

    @Test
    void ageIsCompletedOnTheBirthdayAndOn28FebruaryInCommonYears() {
        assertThat(WorkingCalendar.completedYears(day("1985-03-10"), day("2026-03-09")))
                .isEqualTo(40);
        assertThat(WorkingCalendar.completedYears(day("1985-03-10"), day("2026-03-10")))
                .isEqualTo(41);
        assertThat(WorkingCalendar.completedYears(day("1984-02-29"), day("2026-02-27")))
                .isEqualTo(41);
        assertThat(WorkingCalendar.completedYears(day("1984-02-29"), day("2026-02-28")))
                .isEqualTo(42);
        assertThat(WorkingCalendar.completedYears(day("1984-02-29"), day("2028-02-28")))
                .isEqualTo(43);
        assertThat(WorkingCalendar.completedMonths(day("2026-01-31"), day("2026-02-28")))
                .isEqualTo(1);
    }

    @Test
    void aNoticeThatContradictsItselfIsToldWithEachDay() {
        String notice =
                "year: 2027\nsource: {zh: 通知, en: notice}\nrest: [01-01, 02-05..02-03, 02-30, 05-01..05-02]\nworked: [01-04, 05-01]\nweek: 5\n";
        assertThat(mistakes(notice)).containsExactlyInAnyOrder("UNKNOWN_KEY", "DAYS", "DAYS");
        assertThat(mistakes(notice.replace("02-05..02-03, 02-30, ", "").replace("week: 5\n", "")))
                .containsExactlyInAnyOrder("CONTRADICTION", "NOT_A_WEEKEND_DAY");
        assertThat(mistakes("year: 27\nrest: 5\nworked: []\n")).contains("YEAR", "SOURCE", "DAYS");
        assertThat(mistakes("{")).containsExactly("NOT_YAML");
    }

    private static List<String> mistakes(String notice) {
        return catchThrowableOfType(Problem.class, () -> CalendarNotice.read(notice)).mistakes().stream()
                .map(Problem.Mistake::code)
                .toList();
    }
}
