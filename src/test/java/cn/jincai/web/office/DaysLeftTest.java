package cn.jincai.web.office;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.calendar.Calendars;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a limit is counted in working days, and its light turns on the last but one. */
@Tag("issue-17.1")
class DaysLeftTest {
    private static DaysLeft left(String today, String last) {
        return DaysLeft.of(LocalDate.parse(last), LocalDate.parse(today), Calendars.ofTheProduct());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02, 2026-03-05, 3, calm",
        "2026-03-02, 2026-03-03, 1, soon",
        "2026-03-02, 2026-03-02, 0, soon",
        "2026-03-06, 2026-03-09, 1, soon", // over the weekend
        "2026-03-07, 2026-03-09, 1, soon", // on a Saturday
        "2026-03-02, 2026-02-27, 3, late"
    })
    void daysAndLight(String today, String last, long days, String light) {
        DaysLeft left = left(today, last);
        assertThat(left.days()).isEqualTo(days);
        assertThat(left.light()).isEqualTo(light);
    }

    /** Years ahead nobody has announced the holidays, which hinders no light. */
    @Test
    void aYearWithoutNoticeIsCountedAsWell() {
        assertThat(left("2031-03-03", "2031-03-06").days()).isEqualTo(3);
        assertThat(left("2026-03-02", "2031-03-06").days()).isEqualTo(60);
    }
}
