package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem.Mistake;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("issue-15.14")
class SpellingTest {
    private static final String[] BETWEEN = {
        "", " ", "\u3000", "\u00A0", "-", "－", "–", "—", "\u2212", "\u200B", "\uFEFF", "\u2060", "\u00AD", "\uFE0F",
        "\u3164"
    };

    /** However it is typed: full width or not, small letters or capitals, with blanks, dashes and signs that nobody sees between. */
    @ParameterizedTest
    @ValueSource(
            strings = {"11010519491231002X", "+8613800138000", "6222020000000000017", "91350100M000100Y43", "K1234567"})
    void aCodeIsOneHoweverItIsTyped(String code) {
        Random random = new Random(code.hashCode());
        assertThat(Spelling.ofCode(code)).as("what is right stays").isEqualTo(code);
        for (int n = 0; n < 500; n++) {
            StringBuilder typed = new StringBuilder();
            for (char c : code.toCharArray()) {
                char small = random.nextBoolean() ? Character.toLowerCase(c) : c;
                typed.append(random.nextBoolean() ? (char) (small + 0xFEE0) : small)
                        .append(BETWEEN[random.nextInt(BETWEEN.length)]);
            }
            assertThat(Spelling.ofCode(typed.toString())).as(typed.toString()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "谢国栋,谢国栋",
        "José García,José García",
        "'Jose\u0301','José'",
        "张\u200B芳\uFEFF,张芳",
        "葛\uDB40\uDD00城,葛城",
        "'\u00A0张芳\u3000',张芳",
        "ＭＡＲＩＡ　ＳＡＮＴＯＳ,ＭＡＲＩＡ　ＳＡＮＴＯＳ",
        "阿依古丽·买买提,阿依古丽·买买提",
        "王\uE81A,王㑳",
        "王\uE831,王𡗗",
        "王\uE864,王龻"
    })
    void aNameIsWrittenAsUnicodeHasIt(String typed, String written) {
        assertThat(Spelling.ofName(typed)).isEqualTo(written);
        assertThat(Spelling.mistakeInName("name", typed)).isEmpty();
    }

    /** Each character that Windows had in the area for private use before Unicode had it is another one of Unicode. */
    @Test
    void allEightyCharactersOfGbkAreKnown() {
        assertThat(java.util.stream.IntStream.rangeClosed(0xE815, 0xE864)
                        .mapToObj(c -> Spelling.ofName(Character.toString(c)))
                        .distinct())
                .hasSize(80)
                .allMatch(name -> Character.getType(name.codePointAt(0)) == Character.OTHER_LETTER
                        || Character.getType(name.codePointAt(0)) == Character.OTHER_SYMBOL);
    }

    @ParameterizedTest
    @CsvSource({
        "王\uE000,PRIVATE_CHARACTER",
        "王\uF8FF,PRIVATE_CHARACTER",
        "张\u0007芳,CONTROL_CHARACTER",
        "张\u0085芳,CONTROL_CHARACTER",
        "'张\n芳',CONTROL_CHARACTER",
        "张\uFFFD,CHARACTER_LOST",
        "张\uD842,CHARACTER_LOST"
    })
    void whatCantStandInANameIsToldByItsFieldAndPlace(String name, String code) {
        Mistake mistake = Spelling.mistakeInName("accountHolder", name).orElseThrow();
        assertThat(mistake.field()).isEqualTo("accountHolder");
        assertThat(mistake.code()).isEqualTo(code);
        assertThat(mistake.message().zh()).contains("第2个").doesNotContain("王", "张");
        assertThat(mistake.message().en()).contains("Character 2");
    }
}
