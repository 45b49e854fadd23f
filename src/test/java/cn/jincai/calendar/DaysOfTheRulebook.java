package cn.jincai.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of every single day of 2024 to 2026, made from the rulebook's wording and not from the notices' files. */
public final class DaysOfTheRulebook {
    /** Rulebook 8: rest days beside ordinary weekends, then weekend days that are worked. */
    private static final String RULEBOOK = """
        2024: rest 01-01; 02-10..02-17; 04-04..04-06; 05-01..05-05; 06-10; 09-15..09-17; 10-01..10-07. Worked 02-04, 02-18, 04-07, 04-28, 05-11, 09-14, 09-29, 10-12.
        2025: rest 01-01; 01-28..02-04; 04-04..04-06; 05-01..05-05; 05-31..06-02; 10-01..10-08. Worked 01-26, 02-08, 04-27, 09-28, 10-11.
        2026: rest 01-01..01-03; 02-15..02-23; 04-04..04-06; 05-01..05-05; 06-19..06-21; 09-25..09-27; 10-01..10-07. Worked 01-04, 02-14, 02-28, 05-09, 09-20, 10-10.
        """;

    private DaysOfTheRulebook() {}

    /** All days of the three years, in order; whether they are worked. */
    public static Map<LocalDate, Boolean> worked() {
        Map<LocalDate, Boolean> worked = new TreeMap<>();
        for (LocalDate day = LocalDate.of(2024, 1, 1); day.getYear() < 2027; day = day.plusDays(1))
            worked.put(day, !weekend(day));
        for (String line : RULEBOOK.split("\n")) {
            int year = Integer.parseInt(line.substring(0, 4));
            int split = line.indexOf(". Worked");
            days(line.substring(line.indexOf("rest") + 4, split), year).forEach(day -> worked.put(day, false));
            days(line.substring(split + 8), year).forEach(day -> worked.put(day, true));
        }
        return worked;
    }

    private static List<LocalDate> days(String list, int year) {
        List<LocalDate> days = new ArrayList<>();
        for (String entry : list.split("[;,]")) {
            String[] ends = entry.strip().replaceAll("\\.$", "").split("\\.\\.");
            LocalDate last = LocalDate.parse(year + "-" + ends[ends.length - 1]);
            for (LocalDate day = LocalDate.parse(year + "-" + ends[0]); !day.isAfter(last); day = day.plusDays(1))
                days.add(day);
        }
        return days;
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
