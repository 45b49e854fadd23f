package cn.jincai.policy.forms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an official writes in a notice is understood when he types it. */
class WrittenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026年3月1日|2026-03-01",
                "2026-3-1|2026-03-01",
                "２０２６．３．１|2026-03-01",
                "2026/03/01|2026-03-01",
                "2026年2月30日|",
                "明年|",
                "01/07/2027|"
            })
    void days(String typed, String day) {
        assertThat(Written.day(typed).map(Object::toString).orElse(null)).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5万元|1500000",
                "1.5 万|1500000",
                "8,500|850000",
                "８，５００元|850000",
                "8500.50|850050",
                "￥3|300",
                "￥1,234,567.80|123456780",
                "1,500万元|1500000000",
                "1 500|150000",
                "1,5万元|",
                "1，5万元|",
                "8,50|",
                "85,00|",
                "8500,000|",
                "1,500,00|",
                "0,500|",
                ",500|",
                "1.000,500|",
                "0.3亿|3000000000",
                "0.00001万元|10",
                "0.000001万元|1",
                "0.0000001万元|",
                "10.005|",
                "-3|",
                "minus one|",
                "万元|",
                "999999999999亿|"
            })
    void sums(String typed, Long fen) {
        assertThat(Written.fen(typed).orElse(null)).isEqualTo(fen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"60%|60", "60|60", "５.５％|5.5", "六成|"})
    void percentages(String typed, String percent) {
        assertThat(Written.percent(typed).orElse(null)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2026年3月|2026-03", "2026-3|2026-03", "2026-13|", "三月|"})
    void months(String typed, String month) {
        assertThat(Written.month(typed).orElse(null)).isEqualTo(month);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"１２|12", "1,200|1200", "1,2|", "12,|", "1 200|1200"})
    void numbers(String typed, Long number) {
        assertThat(Written.number(typed).orElse(null)).isEqualTo(number);
    }
}
