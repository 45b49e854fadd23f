package cn.jincai.assessment;

import cn.jincai.calendar.CalendarNotice;
import cn.jincai.calendar.WorkingCalendar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The notices of 2024 to 2026 that come with the product, without a database. */
public final class CityCalendar {
    private CityCalendar() {}

    public static WorkingCalendar calendar() {
        return new WorkingCalendar(
                Stream.of("2024", "2025", "2026").map(CityCalendar::notice).toList());
    }

    private static CalendarNotice notice(String year) {
        try {
            return CalendarNotice.read(Files.readString(Path.of("src/main/resources/calendar", year + ".yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
