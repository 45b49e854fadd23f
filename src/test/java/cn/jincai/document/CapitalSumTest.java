package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums as a cashier writes them by hand. */
@Tag("issue-18.7")
class CapitalSumTest {
    private static final String DIGITS = "零壹贰叁肆伍陆柒捌玖", PLACES = "拾佰仟";

    @ParameterizedTest
    @CsvSource({
        "0, 人民币零元整",
        "1, 人民币壹分",
        "10, 人民币壹角整",
        "105, 人民币壹元零伍分",
        "12_34, 人民币壹拾贰元叁角肆分",
        "200000, 人民币贰仟元整",
        "80005, 人民币捌佰元零伍分",
        "10050000, 人民币壹拾万零伍佰元整",
        "10000100, 人民币壹拾万零壹元整",
        "100000000, 人民币壹佰万元整",
        "100500000, 人民币壹佰万伍仟元整",
        "140950, 人民币壹仟肆佰零玖元伍角整",
        "600714, 人民币陆仟零柒元壹角肆分",
        "1000000000000, 人民币壹佰亿元整",
        "1000000000100, 人民币壹佰亿零壹元整",
        "1010101010101, 人民币壹佰零壹亿零壹佰零壹万零壹佰零壹元零壹分"
    })
    void asTheRulesForChequesHaveIt(String fen, String written) {
        assertThat(CapitalSum.of(Long.parseLong(fen.replace("_", "")))).isEqualTo(written);
    }

    @Test
    void whoeverReadsItBackHasTheSum() {
        var lot = new Random(18);
        LongSupplier sums = () -> Math.abs(lot.nextLong()) % (long) Math.pow(10, 1 + lot.nextInt(14));
        for (int i = 1; i < 20_000; i++) {
            long fen = i < 2_000 ? i : 1 + sums.getAsLong();
            String written = CapitalSum.of(fen);
            assertThat(read(written)).as(written).isEqualTo(fen);
            assertThat(written).as("%d fen", fen).doesNotContain("零零", "零元", "零万", "零亿");
        }
    }

    @Test
    void belowNoughtAndBeyondAllBudgetsNothingIsWritten() {
        assertThatThrownBy(() -> CapitalSum.of(100_000_000_000_000L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CapitalSum.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long read(String written) {
        long whole = 0, group = 0, digit = 0, fen = 0;
        for (char sign : written.substring("人民币".length()).toCharArray()) {
            int place = PLACES.indexOf(sign);
            if (DIGITS.indexOf(sign) >= 0) digit = DIGITS.indexOf(sign);
            else if (place >= 0) {
                group += digit * (long) Math.pow(10, place + 1);
                digit = 0;
            } else if (sign == '角') fen += 10 * digit;
            else if (sign == '分') fen += digit;
            else if (sign != '整') {
                group += digit;
                digit = 0;
                if (sign == '亿') {
                    whole = (whole + group) * 100_000_000;
                    group = 0;
                } else if (sign == '万') {
                    whole += group * 10_000;
                    group = 0;
                } else {
                    whole += group;
                    group = 0;
                }
            }
            if (sign == '角' || sign == '分') digit = 0;
        }
        return whole * 100 + fen;
    }
}
