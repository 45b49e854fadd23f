package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem.Mistake;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** Which passwords are taken: long ones that nobody knows, of whatever characters. */
@Tag("issue-15.7")
class PasswordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "晋江人才政策办公室管理系统密码",
                "kq7wzmr3tnvb8xce",
                "woaijinjianghaixian",
                "          one two          "
            })
    void longOnesAreTakenOfWhateverCharacters(String password) {
        assertThat(Passwords.check(password, "clerk-one")).isEmpty();
        assertThat(Passwords.check(password + "x".repeat(64 - password.length()) + "!7 ok", "clerk-one"))
                .as("and at least 64 characters")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "passwordpassword, PASSWORD_KNOWN",
        "P@ssw0rdP@ssw0rd, PASSWORD_KNOWN",
        "123456789012345, PASSWORD_KNOWN",
        "1qaz2wsx3edc4rfv, PASSWORD_KNOWN",
        "qwertyuiopasdfg, PASSWORD_KNOWN",
        "iloveyou1314520, PASSWORD_KNOWN",
        "1990030719900307, PASSWORD_KNOWN",
        "jincaijincaijincai, PASSWORD_KNOWN",
        "clerk-oneclerk-one, PASSWORD_KNOWN",
        "35058219900307123X, PASSWORD_GUESSED",
        "Wq7!zR3x#b8Kt2, PASSWORD_SHORT"
    })
    void whatIsKnownOrShortIsRefused(String password, String code) {
        assertThat(Passwords.check(password, "clerk-one", "35058219900307123x").map(Mistake::code))
                .contains(code);
    }

    @Test
    void aPasswordIsOneWhicheverWayItsCharactersAreComposedAndCountsWhole() {
        var encoder =
                new Passwords().passwordEncoder(new MockEnvironment().withProperty("spring.profiles.active", "demo"));
        String composed = "caf\u00e9 caf\u00e9 caf\u00e9 noir", apart = "cafe\u0301 cafe\u0301 cafe\u0301 noir";
        assertThat(Passwords.typed(apart)).isEqualTo(Passwords.typed(composed));
        String long1 = "密".repeat(63) + "一", long2 = "密".repeat(63) + "二";
        assertThat(encoder.matches(long1, encoder.encode(long1))).isTrue();
        assertThat(encoder.matches(long2, encoder.encode(long1)))
                .as("nothing is cut off")
                .isFalse();
        assertThat(Passwords.check("密".repeat(129)).map(Mistake::code)).contains("PASSWORD_LONG");
    }
}
