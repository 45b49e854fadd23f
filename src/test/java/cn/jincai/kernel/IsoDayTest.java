package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A day as people and systems write it, read as the JDK's strict formatter reads it. */
class IsoDayTest {
    private static final DateTimeFormatter STRICT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    private static LocalDate byTheFormatter(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text, STRICT) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Test
    void everyDayOfTwoHundredYearsIsRead() {
        for (LocalDate day = LocalDate.of(1900, 1, 1); day.getYear() < 2101; day = day.plusDays(1))
            assertThat(IsoDay.read(day.toString())).isEqualTo(day);
    }

    @Test
    void aDayThatDoesNotExistIsNone() {
        for (String text : new String[] {
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-01-00",
            "2026-1-1",
            "20260101",
            "2026/01/01",
            "2026-01-01T00:00",
            " 2026-01-1",
            "+026-01-01",
            "-026-01-01",
            "２０２６-０１-０１",
            "0000-01-01",
            "1900-02-29",
            "2000-02-29"
        }) assertThat(IsoDay.read(text)).as(text).isEqualTo(byTheFormatter(text));
    }

    @Test
    void aSlipOfOneCharacterIsReadAsTheFormatterReadsIt() {
        Random random = new Random(1);
        String slips = "0123456789-/. +９a";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(
                    LocalDate.ofEpochDay(random.nextInt(60_000)).toString());
            text.setCharAt(random.nextInt(10), slips.charAt(random.nextInt(slips.length())));
            assertThat(IsoDay.read(text.toString())).as(text.toString()).isEqualTo(byTheFormatter(text.toString()));
        }
    }
}
