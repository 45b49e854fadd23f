package cn.jincai.policy.editing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quarter and a half year are read as people write them. */
class FactTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-Q2|quarter|2026-Q2",
                "2026年第2季度|quarter|2026-Q2",
                "2026年第二季度|quarter|2026-Q2",
                "2026年四季度|quarter|2026-Q4",
                "２０２６年第３季度|quarter|2026-Q3",
                "２０２６－Ｑ１|quarter|2026-Q1",
                "2026年第五季度|quarter|",
                "2026年上半年|half-year|2026-H1",
                "２０２６年下半年|half-year|2026-H2",
                "2026年第二季度|half-year|"
            })
    void periods(String typed, String kind, String yaml) {
        Scheme.Fact fact = new Scheme.Fact(
                "claimedPeriod",
                Scheme.Type.PERIOD,
                List.of(),
                false,
                new Text("申领期间", "Period claimed"),
                "applicant",
                null,
                new Scheme.Absent(false, null),
                0,
                null,
                Scheme.Changes.values()[0],
                false,
                List.of(),
                false,
                kind);
        assertThat(FactText.yaml(fact, typed).orElse(null)).isEqualTo(yaml);
    }
}
