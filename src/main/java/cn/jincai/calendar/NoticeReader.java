package cn.jincai.calendar;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A year's notice as people have it: the State Council's own sentences, or the days as data (JSON, CSV, an iCalendar), into the form in which it is kept. Whatever a
 * sentence says beside the days (the weekday, how many they are) has to be so, since a wrong digit is a deadline that is wrong.
 */
final class NoticeReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern
            DAY = Pattern.compile("(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:[（(]([^）)]*)[）)])?"),
            WORD = Pattern.compile(DAY.pattern() + "|(至|到|—|–|-|~|～)|(放假)|(上班)|共(\\d{1,2})天|(起)"),
            WEEKDAY = Pattern.compile("(?:周|星期)([一二三四五六日天])"),
            OF_YEAR = Pattern.compile("(?:关于|现将)(\\d{4})年"),
            NUMBER = Pattern.compile("国办发(?:明电)?[〔\\[［(（]\\d{4}[〕\\]］)）]\\d{1,3}号"),
            DATE = Pattern.compile("(\\d{4})[-/.年]?(\\d{1,2})[-/.月]?(\\d{1,2})日?");
    private static final List<String>
            REST = List.of("holiday", "off", "offday", "rest", "true", "休", "放假", "假", "休息", "节假日"),
            WORKED = List.of("workingday", "workday", "work", "worked", "false", "班", "上班", "补班", "调休上班", "工作日");

    private final SortedMap<LocalDate, Boolean> rests = new TreeMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    private NoticeReader() {}

    /**
     * The notice in the form of {@code calendar/2026.yaml}; a text in that form as it is.
     *
     * @throws Problem INVALID with every mistake
     */
    static String yaml(String text) {
        NoticeReader reader = new NoticeReader();
        String plain = text.strip();
        if (plain.startsWith("BEGIN:VCALENDAR")) return reader.calendar(plain).written(null, "");
        JsonNode data = json(plain);
        if (data != null && !data.has("rest")) return reader.data(data).written(year(data), "");
        if (plain.contains("放假") && DAY.matcher(plain).find() && !plain.contains("rest:"))
            return reader.sentences(plain);
        if (plain.lines().filter(line -> DATE.matcher(cells(line)[0]).matches()).count() > 1)
            return reader.table(plain).written(null, "");
        return text;
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return text.startsWith("{") || text.startsWith("[") ? JSON.readTree(text) : null;
        } catch (IOException yaml) {
            return null;
        }
    }

    private static @Nullable Integer year(JsonNode data) {
        return data.path("year").isInt() ? (Integer) data.path("year").intValue() : null;
    }

    /** An encouragement to rest is no holiday, and "from the 3rd on work as usual" no day that is worked instead. */
    private String sentences(String text) {
        String flowing = text.replaceAll("\\s", "");
        Matcher named = OF_YEAR.matcher(flowing),
                year = Pattern.compile("(\\d{4})年").matcher(flowing);
        if (!named.find() && !year.find()) throw Problem.invalid("year", "calendar.notice.YEAR");
        int of = Integer.parseInt(named.reset().find() ? named.group(1) : year.group(1));
        for (String sentence : flowing.split("[。；;]")) if (!sentence.startsWith("鼓励")) sentence(of, sentence);
        Matcher number = NUMBER.matcher(flowing);
        return written(of, number.find() ? number.group() : "");
    }

    private void sentence(int year, String sentence) {
        List<LocalDate> said = new ArrayList<>(), days = new ArrayList<>();
        boolean until = false;
        int month = 0, of = year;
        Matcher word = WORD.matcher(sentence);
        while (word.find()) {
            if (word.group(3) != null) {
                of = word.group(1) == null ? of : Integer.parseInt(word.group(1));
                month = word.group(2) == null ? month : Integer.parseInt(word.group(2));
                LocalDate day = day(of, month, Integer.parseInt(word.group(3)), word.group());
                if (day == null) return;
                weekday(day, word.group(4));
                for (LocalDate d = until && !said.isEmpty()
                                ? said.get(said.size() - 1).plusDays(1)
                                : day;
                        !d.isAfter(day);
                        d = d.plusDays(1)) said.add(d);
                until = false;
            } else if (word.group(5) != null) until = true;
            else if (word.group(6) != null || word.group(7) != null) {
                boolean rest = word.group(6) != null;
                said.forEach(d -> put(d, rest));
                if (rest) days = List.copyOf(said);
                said = new ArrayList<>();
            } else if (word.group(8) != null) {
                if (days.size() != Integer.parseInt(word.group(8)))
                    wrong("calendar.notice.COUNT", sentence, word.group(8), days.size());
            } else said = new ArrayList<>();
        }
    }

    private void weekday(LocalDate day, @Nullable String beside) {
        Matcher said = WEEKDAY.matcher(beside == null ? "" : beside);
        if (!said.find()) return;
        int number = said.group(1).equals("天") ? 7 : 1 + "一二三四五六日".indexOf(said.group(1));
        if (number == day.getDayOfWeek().getValue()) return;
        Text is = new Text(name(day, Locale.CHINA), name(day, Locale.UK));
        wrong("calendar.notice.WEEKDAY", day, is, said.group());
    }

    private static String name(LocalDate day, Locale locale) {
        return day.getDayOfWeek().getDisplayName(TextStyle.FULL, locale);
    }

    /** Every object with a {@code date} or a {@code range}, wherever it stands: so do all who publish them. */
    private NoticeReader data(JsonNode node) {
        JsonNode range = node.has("range") ? node.path("range") : node.path("date");
        if (range.isTextual() || range.isArray() && range.size() > 0) {
            LocalDate first = date(range.isArray() ? range.get(0).asText() : range.asText()),
                    last = range.size() > 1 ? date(range.get(1).asText()) : first;
            String says = "";
            for (String key : new String[] {"isOffDay", "holiday", "isHoliday", "off", "type"})
                if (says.isEmpty() && node.path(key).isValueNode())
                    says = node.path(key).asText();
            if (first != null && last != null) span(first, last, says);
        } else node.forEach(this::data);
        return this;
    }

    private NoticeReader table(String text) {
        text.lines().forEach(line -> {
            String[] cells = cells(line);
            if (!DATE.matcher(cells[0]).matches()) return; // the head
            LocalDate day = date(cells[0]);
            String says = "";
            for (int i = 1; i < cells.length; i++)
                if (REST.contains(cells[i].toLowerCase(Locale.ROOT))
                        || WORKED.contains(cells[i].toLowerCase(Locale.ROOT))) says = cells[i];
            if (day != null) span(day, day, says);
        });
        return this;
    }

    private static String[] cells(String line) {
        String[] cells = line.replace("\"", "").split("[,;\\t，]", -1);
        for (int i = 0; i < cells.length; i++) cells[i] = cells[i].strip();
        return cells;
    }

    /** Lines that go on are joined (RFC 5545, 3.1); the end of an event is the day behind it. */
    private NoticeReader calendar(String text) {
        for (String event : text.replaceAll("\\r?\\n[ \\t]", "").split("BEGIN:VEVENT")) {
            String starts = line(event, "DTSTART"), ends = line(event, "DTEND");
            if (starts.isEmpty()) continue;
            LocalDate first = date(starts), behind = ends.isEmpty() ? null : date(ends);
            String about = line(event, "SUMMARY") + line(event, "X-APPLE-SPECIAL-DAY");
            boolean worked = about.contains("班") || about.contains("ALTERNATE-WORKDAY"),
                    rest = about.contains("休") || about.contains("假") || about.contains("WORK-HOLIDAY");
            if (first != null && (worked || rest))
                span(first, behind == null ? first : behind.minusDays(1), worked ? "班" : "休");
        }
        return this;
    }

    private static String line(String event, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + "(?:;[^:\\r\\n]*)?:([^\\r\\n]*)")
                .matcher(event);
        return line.find() ? line.group(1).replaceFirst("T\\d{6}Z?$", "") : "";
    }

    private void span(LocalDate first, LocalDate last, String says) {
        String word = says.toLowerCase(Locale.ROOT);
        if (!REST.contains(word) && !WORKED.contains(word)) wrong("calendar.notice.UNCLEAR", first, says);
        else
            for (LocalDate d = first; !d.isAfter(last) && rests.size() < 400; d = d.plusDays(1))
                put(d, REST.contains(word));
    }

    private void put(LocalDate day, boolean rest) {
        Boolean before = rests.put(day, rest);
        if (before != null && before != rest) wrong("calendar.notice.CONTRADICTION", day.toString());
    }

    private @Nullable LocalDate date(String text) {
        Matcher date = DATE.matcher(text.strip());
        return date.matches()
                ? day(
                        Integer.parseInt(date.group(1)),
                        Integer.parseInt(date.group(2)),
                        Integer.parseInt(date.group(3)),
                        text)
                : day(0, 0, 0, text);
    }

    private @Nullable LocalDate day(int year, int month, int day, String text) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException none) {
            wrong("calendar.notice.NO_DAY", text);
            return null;
        }
    }

    private void wrong(String key, Object... values) {
        mistakes.add(Mistake.of("notice", key, values));
    }

    /** A New Year's holiday may begin in the December before. */
    private String written(@Nullable Integer told, String number) {
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        SortedSet<Integer> years = new TreeSet<>();
        rests.keySet()
                .forEach(d ->
                        years.add(d.getMonthValue() == 12 && d.getDayOfMonth() > 28 ? d.getYear() + 1 : d.getYear()));
        if (rests.isEmpty()) throw Problem.invalid("notice", "calendar.notice.NO_HOLIDAY");
        if (years.size() > 1) throw Problem.invalid("notice", "calendar.notice.SEVERAL_YEARS", years);
        int year = told == null ? years.first() : told;
        SortedSet<LocalDate> rest = new TreeSet<>(), worked = new TreeSet<>();
        rests.forEach((day, off) -> {
            if (day.getYear() == year || CalendarNotice.isWeekend(day) != off) (off ? rest : worked).add(day);
        });
        Text source = Text.of("calendar.notice.title", String.valueOf(year));
        Text named = number.isEmpty() ? source : Text.of("calendar.notice.titleAndNumber", source, number);
        return new CalendarNotice(year, 1, named, rest, worked).yaml();
    }
}
