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
            if (worked.contains(day))
                mistakes.add(mistake(
                        "rest", "CONTRADICTION", day + " 既列为放假又列为上班。", day + " is listed both as rest and as worked."));
        for (LocalDate day : worked)
            if (!isWeekend(day))
                mistakes.add(mistake(
                        "worked",
                        "NOT_A_WEEKEND_DAY",
                        day + " 不是周六或周日，本来就上班。",
                        day + " is no Saturday or Sunday; it is worked anyway."));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    /**
     * Reads a notice as in {@code calendar/2026.yaml}: {@code year}, {@code source: {zh, en}}, {@code rest} and {@code worked} as lists of {@code MM-DD} or {@code MM-DD..MM-DD}.
     *
     * @throws Problem INVALID with every mistake
     */
    public static CalendarNotice read(String yaml) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<?, ?> notice = load(yaml);
        for (Object key : notice.keySet())
            if (!KEYS.contains(String.valueOf(key)))
                mistakes.add(mistake(
                        String.valueOf(key),
                        "UNKNOWN_KEY",
                        "不认识“" + key + "”，可用：year、source、rest、worked。",
                        "Unknown key '" + key + "'; known are year, source, rest, worked."));
        int year = year(notice.get("year"), mistakes);
        Text source = source(notice.get("source"), mistakes);
        SortedSet<LocalDate> rest = days(year, "rest", notice.get("rest"), mistakes);
        SortedSet<LocalDate> worked = days(year, "worked", notice.get("worked"), mistakes);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return new CalendarNotice(year, 1, source, rest, worked);
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
            throw Problem.invalid("notice", "NOT_YAML", "通知文件不是有效的 YAML。", "The notice is no valid YAML.");
        }
        throw Problem.invalid(
                "notice",
                "NOT_YAML",
                "通知文件应列出 year、source、rest、worked。",
                "The notice has to list year, source, rest, worked.");
    }

    private static int year(Object value, List<Mistake> mistakes) {
        if (value instanceof String s && s.matches("(19|20|21)\\d\\d")) return Integer.parseInt(s);
        mistakes.add(
                mistake("year", "YEAR", "年份应写作四位数字，如 2027。", "The year is written with four digits, such as 2027."));
        return 2000;
    }

    private static Text source(Object value, List<Mistake> mistakes) {
        if (value instanceof Map<?, ?> m
                && m.get("zh") instanceof String zh
                && m.get("en") instanceof String en
                && !zh.isBlank()
                && !en.isBlank()) return new Text(zh, en);
        mistakes.add(mistake(
                "source",
                "SOURCE",
                "应写明通知名称和文号，中英文（zh、en）都要。",
                "Name the notice and its number, in Chinese and English (zh, en)."));
        return new Text("", "");
    }

    private static SortedSet<LocalDate> days(int year, String field, Object value, List<Mistake> mistakes) {
        SortedSet<LocalDate> days = new TreeSet<>();
        if (!(value instanceof List<?> list)) {
            mistakes.add(mistake(
                    field,
                    "DAYS",
                    "应为日期清单，如 [01-01, 02-10..02-17]。",
                    "This has to be a list of days such as [01-01, 02-10..02-17]."));
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
                    if (!days.add(d)) mistakes.add(mistake(field, "TWICE", d + " 列了两次。", d + " is listed twice."));
            } catch (DateTimeParseException e) {
                mistakes.add(mistake(
                        field,
                        "DAYS",
                        "“" + entry + "”不是" + year + "年的日期或起止日期，应写作 MM-DD 或 MM-DD..MM-DD。",
                        "'" + entry + "' is no day or range of days of " + year + "; write MM-DD or MM-DD..MM-DD."));
            }
        }
        return days;
    }

    private static LocalDate day(int year, String monthAndDay) {
        return LocalDate.parse(Year.of(year) + "-" + monthAndDay.strip());
    }

    private static Mistake mistake(String field, String code, String zh, String en) {
        return new Mistake(field, code, new Text(zh, en));
    }
}
