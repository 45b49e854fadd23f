package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void anOddSumInTwoInstalmentsLosesNoFen() {
        assertThat(new Money(1_000_001).inInstalments(2)).containsExactly(new Money(500_000), new Money(500_001));
    }

    @Test
    void yuanAreWrittenAsPeopleReadThem() {
        assertThat(new Money(5_000_000).yuan()).isEqualTo("50,000.00");
    }

    @Test
    void noSumIsBelowZero() {
        assertThatThrownBy(() -> new Money(-1)).hasMessageContaining("-1 fen");
    }
}
