package cn.jincai.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayKeyTest {
    @Test
    void theSameThingHasTheSameKey() {
        assertThat(PayKey.of("p", "AWARD", List.of("6-18-01-01", "THREE")))
                .isEqualTo(PayKey.of("p", "AWARD", List.of("6-18-01-01", "THREE")));
        assertThat(PayKey.of("p", "SUBSIDY", List.of(1L))).isEqualTo(PayKey.of("p", "SUBSIDY", List.of(1)));
    }

    @Test
    void noTwoThingsHaveTheSameKeyHoweverTheyAreWritten() {
        assertThat(List.of(
                        PayKey.of("p", "AWARD", List.of("a", "b")),
                        PayKey.of("p", "AWARD", List.of("a\",\"b")),
                        PayKey.of("p", "AWARD", List.of("a|b")),
                        PayKey.of("p", "AWARD", List.of()),
                        PayKey.of("p", "AWARD", List.of("")),
                        PayKey.of("p", "AWARD", Arrays.asList((Object) null)),
                        PayKey.of("p", "AWARD", List.of("null")),
                        PayKey.of("q", "AWARD", List.of("a", "b"))))
                .doesNotHaveDuplicates();
    }
}
