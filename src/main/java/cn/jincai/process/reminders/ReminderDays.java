package cn.jincai.process.reminders;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * On which days the city reminds of a limit: {@code opens} is its first day, {@code half} the day on which half of it is over, a number so many calendar days before the last one, which is 0.
 */
record ReminderDays(List<String> words) {
    ReminderDays {
        words.forEach(ReminderDays::check);
    }

    private static void check(String word) {
        if (!word.matches("opens|half|\\d{1,3}"))
            throw new IllegalArgumentException(
                    "jincai.reminders: '" + word + "' is neither opens, half nor a number of days before the last one");
    }

    static ReminderDays of(String words) {
        return new ReminderDays(Stream.of(words.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /** Each within the limit; of whatever a short limit has on its first day only {@code opens} is left, as whoever was asked has just been told. */
    SortedSet<LocalDate> of(LocalDate begins, LocalDate last) {
        SortedSet<LocalDate> days = new TreeSet<>();
        for (String word : words) {
            LocalDate day = day(word, begins, last);
            boolean first = !day.isAfter(begins);
            if (!day.isAfter(last) && (!first || word.equals("opens"))) days.add(day);
        }
        return days;
    }

    private static LocalDate day(String word, LocalDate begins, LocalDate last) {
        return switch (word) {
            case "opens" -> begins;
            case "half" -> begins.plusDays((ChronoUnit.DAYS.between(begins, last) + 1) / 2);
            default -> last.minusDays(Integer.parseInt(word));
        };
    }
}
