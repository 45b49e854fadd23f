package cn.jincai.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator pastes what the State Council wrote, or a file as people publish the days. */
@Tag("issue-16.18")
class NoticeReaderTest {
    private static final Map<Integer, String> AS_ISSUED = Map.of(2024, """
            国务院办公厅关于2024年部分节假日安排的通知
            国办发明电〔2023〕7号
            一、元旦：1月1日放假，与周末连休。
            二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
            三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
            四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
            五、端午节：6月10日放假，与周末连休。
            六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
            七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
            """, 2025, """
            国务院办公厅关于2025年部分节假日安排的通知
            国办发明电〔2024〕12号
            经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
            一、元旦：1月1日（周三）放假1天，不调休。
            二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
            三、清明节：4月4日（周五）至6日（周日）放假，共3天。
            四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
            五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
            六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
            """, 2026, """
            国务院办公厅关于2026年
            部分节假日安排的通知
            国办发明电〔2025〕7号
            一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
            二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
            三、清明节：4月4日（周六）至6日（周一）放假，共3天。
            四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
            五、端午节：6月19日（周五）至21日（周日）放假，共3天。
            六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
            七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
            节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。
            国务院办公厅
            2025年11月4日
            """);

    private static CalendarNotice kept(int year) {
        try {
            return CalendarNotice.read(Files.readString(Path.of("src/main/resources/calendar/" + year + ".yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CalendarNotice read(String text) {
        return CalendarNotice.read(NoticeReader.yaml(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {2024, 2025, 2026})
    void theStateCouncilsOwnSentencesComeToTheDaysThatPeopleEntered(int year) {
        CalendarNotice read = read(AS_ISSUED.get(year)), kept = kept(year);
        assertThat(read.worked()).isEqualTo(kept.worked());
        assertThat(kept.sameDays(read)).as(read.yaml()).isTrue();
        assertThat(read.source().zh()).isEqualTo(kept.source().zh());
        read.mustBePlausible(false);
    }

    /** What the days are called, and how they are written, is everybody's own; what is off and what is worked is said in some words by all. */
    @Test
    void theUsualFormsOfDataComeToTheSameDays() {
        CalendarNotice kept = kept(2026);
        BiFunction<String, String, String> days = (format, join) -> {
            TreeMap<LocalDate, Boolean> all = new TreeMap<>();
            kept.rest().forEach(d -> all.put(d, true));
            kept.worked().forEach(d -> all.put(d, false));
            return all.entrySet().stream()
                    .map(e -> format.replace("DATE", e.getKey().toString())
                            .replace("DAY", e.getKey().toString().replace("-", ""))
                            .replace("OFF", e.getValue().toString())
                            .replace("休", e.getValue() ? "休" : "班")
                            .replace("TYPE", e.getValue() ? "holiday" : "workingday"))
                    .collect(Collectors.joining(join));
        };
        for (String text : new String[] {
            "{\"year\": 2026, \"papers\": [\"https://www.gov.cn\"], \"days\": ["
                    + days.apply("{\"name\": \"节\", \"date\": \"DATE\", \"isOffDay\": OFF}", ",") + "]}",
            "{\"code\": 0, \"holiday\": {"
                    + days.apply("\"DATE\": {\"holiday\": OFF, \"name\": \"节\", \"wage\": 3, \"date\": \"DATE\"}", ",")
                    + "}}",
            "[" + days.apply("{\"name\": \"节\", \"range\": [\"DATE\"], \"type\": \"TYPE\"}", ",") + "]",
            "date,name,isOffDay\n" + days.apply("DATE,节,OFF", "\n"),
            "日期;节日;安排\r\n" + days.apply("DATE;节假日安排;休", "\r\n"),
            "BEGIN:VCALENDAR\r\n"
                    + days.apply("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:DAY\r\nSUMMARY:节（休）\r\nEND:VEVENT", "\r\n")
                    + "\r\nEND:VCALENDAR"
        }) assertThat(kept.sameDays(read(text))).as(text).isTrue();
    }

    /** As the New Year of 2019 was: a Monday of 2018 off and a Saturday of 2018 worked for it. */
    @Test
    void aNewYearMayBeginInTheDecemberBefore() {
        CalendarNotice read = read("关于2019年部分节假日安排的通知：元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。");
        WorkingCalendar calendar = new WorkingCalendar(List.of(
                CalendarNotice.read("{year: 2018, source: {zh: a, en: b}, rest: [10-01..10-07], worked: []}"), read));
        assertThat(calendar.isWorkingDay(LocalDate.of(2018, 12, 29))).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.of(2018, 12, 31))).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2018, 12, 28))).isTrue();
        assertThat(read.yaml()).contains("rest: [2018-12-31, 01-01]", "worked: [2018-12-29]");
    }

    @Test
    void aWrongDigitIsSeenByWhatTheTextSaysBesideIt() {
        String text = AS_ISSUED.get(2026);
        assertThat(codes(text.replace("1月4日（周日）", "1月14日（周日）"))).containsExactly("WEEKDAY");
        assertThat(codes(text.replace("5日（周二）放假", "6日放假"))).containsExactly("COUNT");
        assertThat(codes(text.replace("2月28日", "2月30日"))).containsExactly("NO_DAY");
        assertThat(codes("放假安排：10月1日")).containsExactly("YEAR");
        assertThat(codes("2027年放假安排：以后通知，1月1日")).containsExactly("NO_HOLIDAY");
        assertThat(codes("2026-01-01,元旦\n2026-01-02,元旦")).containsExactly("UNCLEAR", "UNCLEAR");
        assertThat(codes("2026-01-01,休\n2027-01-01,休")).containsExactly("SEVERAL_YEARS");
        assertThat(codes("[{\"date\": \"2026-13-01\", \"off\": true}]")).containsExactly("NO_DAY");
    }

    @Test
    void whatComesToMoreOrFewerDaysThanTheLawGivesIsNoNotice() {
        CalendarNotice kept = kept(2026), tooShort = read(AS_ISSUED.get(2026).replaceFirst("三、清明节.*\n", ""));
        kept.mustBePlausible(false);
        kept(2024).mustBePlausible(false);
        Problem problem = catchThrowableOfType(Problem.class, () -> tooShort.mustBePlausible(false));
        assertThat(problem.text().en()).contains("2026 has 13 public holidays by law, and these days come to 12");
        assertThat(catchThrowableOfType(Problem.class, () -> tooShort.mustBePlausible(true)))
                .isNotNull();
        CalendarNotice longer = read(AS_ISSUED.get(2026).replace("7日（周三）放假调休，共7天", "9日（周五）放假调休，共9天"));
        longer.mustBePlausible(true);
        assertThat(catchThrowableOfType(Problem.class, () -> longer.mustBePlausible(false)))
                .isNotNull();
    }

    private static List<String> codes(String text) {
        return catchThrowableOfType(Problem.class, () -> read(text)).mistakes().stream()
                .map(Problem.Mistake::code)
                .toList();
    }
}
