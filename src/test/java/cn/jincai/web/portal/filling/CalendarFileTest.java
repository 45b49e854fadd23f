package cn.jincai.web.portal.filling;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CaseNumber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("issue-18.4")
class CalendarFileTest {
    private static final String TEXT = "甲；乙，丙, 丁; 戊\\己\n" + "𠮷".repeat(60);
    private final String file = new CalendarFile(
                    new CaseNumber("JC2026000001"),
                    Instant.parse("2026-03-02T01:00:00Z"),
                    LocalDate.of(2026, 3, 9),
                    "受理最后一日",
                    TEXT,
                    "https://jincai.example.cn/cases/JC2026000001")
            .toString();

    @Test
    void aWholeDayInOneEvent() {
        assertThat(file.split("\r\n"))
                .startsWith("BEGIN:VCALENDAR", "VERSION:2.0")
                .contains(
                        "BEGIN:VEVENT",
                        "UID:JC2026000001@jincai",
                        "DTSTAMP:20260302T010000Z",
                        "DTSTART;VALUE=DATE:20260309",
                        "DTEND;VALUE=DATE:20260310",
                        "SUMMARY:受理最后一日",
                        "END:VEVENT")
                .endsWith("END:VCALENDAR");
        assertThat(file).endsWith("\r\n").doesNotContainPattern("(?<!\r)\n");
    }

    @Test
    void noLineIsLongerThan75OctetsAndUnfoldedItSaysTheSame() {
        assertThat(file.split("\r\n")).allSatisfy(line -> {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
            assertThat(line).as("no half of a character").doesNotContain("\ufffd");
        });
        assertThat(file.replace("\r\n ", ""))
                .contains("DESCRIPTION:甲；乙，丙\\, 丁\\; 戊\\\\己\\n" + "𠮷".repeat(60) + "\r\n");
    }
}
