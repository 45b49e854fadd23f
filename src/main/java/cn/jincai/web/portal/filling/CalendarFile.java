package cn.jincai.web.portal.filling;

import cn.jincai.kernel.CaseNumber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * One day of a case for the calendar of a phone (RFC 5545). Written here: of the standard it needs one event of a whole day with four texts, which is what follows; the kept
 * library brings time zones, recurrences and their parser along.
 *
 * @param stamp   when it was written
 * @param summary in one line; no name of a person
 * @param link    to the case
 */
record CalendarFile(CaseNumber number, Instant stamp, LocalDate day, String summary, String text, String link) {
    private static final int OCTETS_A_LINE = 75;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String toString() {
        List<String> lines = List.of(
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//jincai//receipt//ZH",
                "BEGIN:VEVENT",
                "UID:" + number + "@jincai",
                "DTSTAMP:" + STAMP.format(stamp),
                "DTSTART;VALUE=DATE:" + DateTimeFormatter.BASIC_ISO_DATE.format(day),
                "DTEND;VALUE=DATE:" + DateTimeFormatter.BASIC_ISO_DATE.format(day.plusDays(1)),
                "SUMMARY:" + escaped(summary),
                "DESCRIPTION:" + escaped(text),
                "URL:" + link,
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
                "END:VCALENDAR");
        List<String> folded = new ArrayList<>();
        lines.forEach(line -> folded.add(folded(line)));
        return String.join("\r\n", folded) + "\r\n";
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n");
    }

    /** Lines of at most 75 octets, none of which ends within a character. */
    private static String folded(String line) {
        StringBuilder folded = new StringBuilder();
        int octets = 0;
        for (int point : line.codePoints().toArray()) {
            String character = Character.toString(point);
            int length = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > OCTETS_A_LINE) {
                folded.append("\r\n ");
                octets = 1;
            }
            folded.append(character);
            octets += length;
        }
        return folded.toString();
    }
}
