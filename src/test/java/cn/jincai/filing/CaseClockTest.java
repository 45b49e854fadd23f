package cn.jincai.filing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.CityCalendar;
import cn.jincai.calendar.DaysOfTheRulebook;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.CaseClock.Stop;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The day promised to an applicant (rulebook 7.8), against a table of days that is walked day by day. */
class CaseClockTest {
    private static final WorkingCalendar CALENDAR = CityCalendar.calendar();
    private static final Map<LocalDate, Boolean> WORKED = DaysOfTheRulebook.worked();
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1), LAST_TO_ACCEPT = LocalDate.of(2026, 5, 31);
    private static final int CASES = 20_000, MOST_DAYS = 60;

    private final Random random = new Random(7);

    private LocalDate accepted() {
        return FIRST.plusDays(random.nextInt((int) (LAST_TO_ACCEPT.toEpochDay() - FIRST.toEpochDay() + 1)));
    }

    /** Anywhere after acceptance, on working and on rest days, one in another, end to end, of no length at all. */
    private List<Stop> stops(LocalDate accepted) {
        List<Stop> stops = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            LocalDate from = stops.isEmpty() || random.nextInt(3) > 0
                    ? accepted.plusDays(random.nextInt(40))
                    : stops.get(stops.size() - 1).to();
            stops.add(new Stop(from, from.plusDays(random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(20))));
        }
        return stops;
    }

    /** By the table: the day on which so many worked days, none of them inside a stop, have gone by. */
    private static LocalDate walked(LocalDate accepted, int days, List<Stop> stops) {
        int counted = 0;
        LocalDate day = accepted;
        while (counted < days) {
            day = day.plusDays(1);
            if (WORKED.get(day) && !isInside(day, stops)) counted++;
        }
        return day;
    }

    private static boolean isInside(LocalDate day, List<Stop> stops) {
        for (Stop stop : stops)
            for (LocalDate inside = stop.from().plusDays(1); inside.isBefore(stop.to()); inside = inside.plusDays(1))
                if (inside.equals(day)) return true;
        return false;
    }

    @Test
    void thePromisedDayIsThatOfTheTable() {
        int moved = 0;
        for (int n = 0; n < CASES; n++) {
            LocalDate accepted = accepted();
            int days = random.nextInt(MOST_DAYS + 1);
            List<Stop> stops = stops(accepted);
            LocalDate promised = CaseClock.promised(CALENDAR, accepted, days, stops),
                    without = CaseClock.promised(CALENDAR, accepted, days, List.of());
            assertThat(promised)
                    .as("%s days from %s with %s", days, accepted, stops)
                    .isEqualTo(walked(accepted, days, stops))
                    .isAfterOrEqualTo(without);
            assertThat(without)
                    .isEqualTo(CALENDAR.plusWorkingDays(accepted, days).date());
            if (promised.isAfter(without)) moved++;
        }
        assertThat(moved).as("stops were met").isGreaterThan(CASES / 4);
    }

    @Test
    void aStopMoreOrALongerOneNeverBringsTheDayForward() {
        for (int n = 0; n < CASES; n++) {
            LocalDate accepted = accepted();
            int days = 1 + random.nextInt(MOST_DAYS);
            List<Stop> stops = stops(accepted), more = new ArrayList<>(stops), longer = new ArrayList<>(stops);
            LocalDate promised = CaseClock.promised(CALENDAR, accepted, days, stops);
            more.addAll(stops(accepted));
            assertThat(CaseClock.promised(CALENDAR, accepted, days, more))
                    .as("%s then %s", stops, more)
                    .isAfterOrEqualTo(promised);
            if (longer.isEmpty()) continue;
            Stop last = longer.remove(longer.size() - 1);
            longer.add(new Stop(last.from(), last.to().plusDays(random.nextInt(5))));
            assertThat(CaseClock.promised(CALENDAR, accepted, days, longer))
                    .as("%s then %s", stops, longer)
                    .isAfterOrEqualTo(promised);
            assertThat(CaseClock.promised(CALENDAR, accepted, days + 1, stops))
                    .as("a day more")
                    .isAfter(promised);
            assertThat(CaseClock.promised(CALENDAR, accepted.plusDays(1), days, stops))
                    .as("accepted a day later")
                    .isAfterOrEqualTo(promised);
        }
    }

    /** A stop that begins or ends on rest days, or holds nothing but rest days, takes no day from anybody. */
    @Test
    void restDaysInAStopChangeNothing() {
        for (LocalDate day : WORKED.keySet()) {
            if (day.isAfter(LAST_TO_ACCEPT) || WORKED.get(day)) continue;
            LocalDate accepted = day.minusDays(20).isBefore(FIRST) ? FIRST : day.minusDays(20);
            assertThat(CaseClock.promised(CALENDAR, accepted, 30, List.of(new Stop(day.minusDays(1), day.plusDays(1)))))
                    .as("%s rests", day)
                    .isEqualTo(CaseClock.promised(CALENDAR, accepted, 30, List.of()));
        }
    }

    /** As cases go: the clock stops at some minute and runs on at another. A day counts if it ran for a minute of it; whoever writes down minutes comes to the same day. */
    @Test
    void aDayCountsOnWhichTheClockRanAtAll() {
        for (int n = 0; n < CASES / 20; n++) {
            LocalDate accepted = accepted();
            LocalDateTime now = accepted.atTime(8 + random.nextInt(9), random.nextInt(60));
            List<Stop> stops = new ArrayList<>();
            List<LocalDateTime> moments = new ArrayList<>();
            for (int s = random.nextInt(4); s > 0; s--) {
                now = now.plusMinutes(1 + random.nextInt(6 * 24 * 60));
                moments.add(now);
                LocalDate from = now.toLocalDate();
                now = now.plusMinutes(1 + random.nextInt(12 * 24 * 60));
                moments.add(now);
                stops.add(new Stop(from, now.toLocalDate()));
            }
            int days = 1 + random.nextInt(30), counted = 0;
            LocalDate day = accepted;
            while (counted < days) {
                day = day.plusDays(1);
                if (WORKED.get(day) && ranOn(day, moments)) counted++;
            }
            assertThat(CaseClock.promised(CALENDAR, accepted, days, stops))
                    .as("%s days from %s with %s", days, accepted, moments)
                    .isEqualTo(day);
        }
    }

    /** In the minute in which it stops it still runs, and in that in which it runs on it does again. */
    private static boolean ranOn(LocalDate day, List<LocalDateTime> moments) {
        for (int minute = 0; minute < 24 * 60; minute++) {
            LocalDateTime now = day.atStartOfDay().plusMinutes(minute);
            if (moments.contains(now)
                    || moments.stream().filter(m -> m.isBefore(now)).count() % 2 == 0) return true;
        }
        return false;
    }

    /** Whatever is counted to a day is what has gone by on that day. */
    @Test
    void onTheDayThatWasCountedToSoManyDaysHaveGoneBy() {
        for (int i = 0; i < CASES; i++) {
            LocalDate accepted = accepted();
            int days = 1 + random.nextInt(30);
            List<Stop> stops = stops(accepted);
            LocalDate last = CaseClock.promised(CALENDAR, accepted, days, stops);
            assertThat(CaseClock.used(CALENDAR, accepted, last, stops))
                    .as(accepted + " + " + days + " " + stops)
                    .isEqualTo(days);
            assertThat(CaseClock.used(CALENDAR, accepted, last.minusDays(1), stops))
                    .isEqualTo(days - 1);
        }
    }
}
