package cn.jincai.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeDaysTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

    @ParameterizedTest
    @CsvSource({
        "today, 2026-03-31",
        "today - 1 month, 2026-02-28",
        "today - 24 months, 2024-03-31",
        "today - 2 years + 1 day, 2024-04-01",
        "today + 10 days, 2026-04-10",
        "2025-09-01, 2025-09-01",
        "month of today, 2026-03",
        "month of today - 4 months, 2025-11"
    })
    void daysMoveWithTime(String words, String written) {
        assertThat(RelativeDays.written(words, TODAY)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "today - 3 weeks", "today -3 months", "todays", "today - months", "张今天"})
    void otherWordsAreNoDays(String words) {
        assertThat(RelativeDays.isTime(words)).isFalse();
    }

    @Test
    void aDayIsNotTakenForAPlaceholder() {
        assertThat(RelativeDays.isTime("{birthDate}")).isFalse();
    }
}
