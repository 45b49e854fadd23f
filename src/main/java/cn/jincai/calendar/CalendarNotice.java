package cn.jincai.calendar;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One year's notice of the State Council on holidays: which days are rest days beside ordinary weekends, and which weekend days are worked.
 *
 * @param revision 1 for the year's first notice, 2 and so on for those that took its place
 * @param rest   days off, whatever the weekday (rulebook 2.13)
 * @param worked Saturdays and Sundays that are working days
 */
public record CalendarNotice(
        int year, int revision, Text source, SortedSet<LocalDate> rest, SortedSet<LocalDate> worked) {
    private static final Set<String> KEYS = Set.of("year", "source", "rest", "worked");

    /** @throws Problem INVALID with every mistake, where the notice contradicts itself */
    public CalendarNotice {
        List<Mistake> mistakes = new ArrayList<>();
        for (LocalDate day : rest)
            if (worked.contains(day)) mistakes.add(Mistake.of("rest", "calendar.notice.CONTRADICTION", day.toString()));
        for (LocalDate day : worked)
            if (!isWeekend(day))
                mistakes.add(Mistake.of("worked", "calendar.notice.NOT_A_WEEKEND_DAY", day.toString()));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    /**
     * Reads a notice as in {@code calendar/2026.yaml}: {@code year}, {@code source: {zh, en}}, {@code rest} and {@code worked} as lists of {@code MM-DD} or {@code MM-DD..MM-DD}; a New Year's holiday that
     * begins in the December before names those days with their year.
     *
     * @throws Problem INVALID with every mistake
     */
    public static CalendarNotice read(String yaml) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<?, ?> notice = load(yaml);
        for (Object key : notice.keySet())
            if (!KEYS.contains(String.valueOf(key)))
                mistakes.add(Mistake.of(String.valueOf(key), "calendar.notice.UNKNOWN_KEY", key));
        int year = year(notice.get("year"), mistakes);
        Text source = source(notice.get("source"), mistakes);
        SortedSet<LocalDate> rest = days(year, "rest", notice.get("rest"), mistakes);
        SortedSet<LocalDate> worked = days(year, "worked", notice.get("worked"), mistakes);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return new CalendarNotice(year, 1, source, rest, worked);
    }

    /** In the form that {@link #read} takes. */
    String yaml() {
        DumperOptions flow = new DumperOptions();
        flow.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        flow.setWidth(1000);
        return "year: " + year + "\nsource: "
                + new Yaml(flow).dump(Map.of("zh", source.zh(), "en", source.en())) + "rest: " + written(rest)
                + "\nworked: " + written(worked) + "\n";
    }

    private String written(SortedSet<LocalDate> days) {
        List<String> spans = new ArrayList<>();
        for (LocalDate day : days) {
            if (days.contains(day.minusDays(1)) && day.minusDays(1).getYear() == day.getYear()) continue;
            LocalDate last = day;
            while (days.contains(last.plusDays(1)) && last.plusDays(1).getYear() == day.getYear())
                last = last.plusDays(1);
            spans.add(last.equals(day) ? written(day) : written(day) + ".." + written(last));
        }
        return spans.toString();
    }

    private String written(LocalDate day) {
        return day.getYear() == year ? day.toString().substring(5) : day.toString();
    }

    /**
     * Whether it may be the State Council's: the weekdays off, less the weekend days worked for them, are the public holidays of the law (全国年节及纪念日放假办法: 11 days, 13 from
     * 2025, each made up for where it falls on a weekend). What is issued later may give more, as in 2015 and 2020, and never less.
     *
     * @throws Problem INVALID
     */
    void mustBePlausible(boolean amends) {
        long weekdays = rest.stream().filter(day -> !isWeekend(day)).count();
        long holidays = weekdays - worked.size(), byLaw = year < 2025 ? 11 : 13;
        if (holidays == byLaw || amends && holidays > byLaw && holidays <= byLaw + 10) return;
        throw Problem.invalid("notice", "calendar.notice.STATUTORY", year, byLaw, holidays, weekdays, worked.size());
    }

    CalendarNotice revision(int number) {
        return new CalendarNotice(year, number, source, rest, worked);
    }

    /** {@code 2026}, or {@code 2026.2} for one that was amended once. */
    String version() {
        return revision == 1 ? String.valueOf(year) : year + "." + revision;
    }

    /** The same days off and worked; the wording of the source does not matter. */
    boolean sameDays(CalendarNotice other) {
        return year == other.year && rest.equals(other.rest) && worked.equals(other.worked);
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static Map<?, ?> load(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        // every scalar stays the text that stands there: 04-04 is a day, no number
        Resolver asWritten = new Resolver() {
            @Override
            protected void addImplicitResolvers() {}
        };
        DumperOptions dumping = new DumperOptions();
        try {
            if (new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, asWritten).load(yaml)
                    instanceof Map<?, ?> map) return map;
        } catch (YAMLException e) {
            throw Problem.invalid("notice", "calendar.notice.NOT_YAML");
        }
        throw Problem.invalid("notice", "calendar.notice.keys.NOT_YAML");
    }

    private static int year(@Nullable Object value, List<Mistake> mistakes) {
        if (value instanceof String s && s.matches("(19|20|21)\\d\\d")) return Integer.parseInt(s);
        mistakes.add(Mistake.of("year", "calendar.notice.YEAR"));
        return 2000;
    }

    private static Text source(@Nullable Object value, List<Mistake> mistakes) {
        if (value instanceof Map<?, ?> m
                && m.get("zh") instanceof String zh
                && m.get("en") instanceof String en
                && !zh.isBlank()
                && !en.isBlank()) return new Text(zh, en);
        mistakes.add(Mistake.of("source", "calendar.notice.SOURCE"));
        return new Text("", "");
    }

    private static SortedSet<LocalDate> days(int year, String field, @Nullable Object value, List<Mistake> mistakes) {
        SortedSet<LocalDate> days = new TreeSet<>();
        if (!(value instanceof List<?> list)) {
            mistakes.add(Mistake.of(field, "calendar.notice.list.DAYS"));
            return days;
        }
        for (Object entry : list) {
            String[] ends = String.valueOf(entry).split("\\.\\.", -1);
            try {
                LocalDate first = day(year, ends[0]);
                LocalDate last = ends.length == 1 ? first : day(year, ends[1]);
                if (ends.length > 2 || last.isBefore(first))
                    throw new DateTimeParseException("range", String.valueOf(entry), 0);
                for (LocalDate d = first; !d.isAfter(last); d = d.plusDays(1))
                    if (!days.add(d)) mistakes.add(Mistake.of(field, "calendar.notice.TWICE", d.toString()));
            } catch (DateTimeParseException e) {
                mistakes.add(Mistake.of(field, "calendar.notice.DAYS", entry, year));
            }
        }
        return days;
    }

    private static LocalDate day(int year, String monthAndDay) {
        String day = monthAndDay.strip();
        return LocalDate.parse(day.startsWith(year - 1 + "-12-") ? day : Year.of(year) + "-" + day);
    }
}
