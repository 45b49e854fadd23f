package cn.jincai.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tables against java.time, whose rule for 29 February differs on purpose in {@code Period} and agrees in {@code plusYears}. */
class EpochDaysTest {
    @Test
    void theTablesCountLikeTheCalendar() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            LocalDate from = LocalDate.of(1895, 1, 1).plusDays(random.nextInt(95_000)),
                    to = LocalDate.of(1895, 1, 1).plusDays(random.nextInt(95_000));
            if (i % 10 == 0)
                from = LocalDate.of(1896 + 4 * random.nextInt(60), 2, 1)
                        .plusMonths(1)
                        .minusDays(1);
            if (i % 20 == 0) to = from.plusYears(random.nextInt(90)).plusDays(random.nextInt(3) - 1);
            int months = random.nextInt(400) - 100;
            assertThat(EpochDays.plusMonths(from.toEpochDay(), months))
                    .isEqualTo(from.plusMonths(months).toEpochDay());
            int years = EpochDays.completedYears(from.toEpochDay(), to.toEpochDay());
            assertThat(years).as(from + " " + to).isEqualTo(WorkingCalendar.completedYears(from, to));
            assertThat(from.plusYears(years)).isBeforeOrEqualTo(to);
            assertThat(from.plusYears(years + 1)).isAfter(to);
        }
    }
}
