package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("issue-18.7")
class CheckCodeTest {
    @Test
    void eachIsAnotherAndIsReadAsItIsWritten() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String code = CheckCode.next();
            assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}");
            assertThat(CheckCode.read(code)).hasValue(code);
            all.add(code);
        }
        assertThat(all).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7K2M-40QX-91BC",
                "7k2m40qx91bc",
                " 7K2M 40QX 91BC ",
                "７Ｋ２Ｍ－４０ＱＸ－９１ＢＣ",
                "7K2M–4OQX–9lBC",
                "7k2m-4oqx-9ibc"
            })
    void itIsReadHoweverItIsTypedFromALetter(String typed) {
        assertThat(CheckCode.read(typed)).hasValue("7K2M-40QX-91BC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7K2M-40QX-91B", "7K2M-40QX-91BCC", "7K2M-40QX-91BU", "晋才决〔2026〕1号", "' or 1=1 --"})
    void anythingElseIsNoCode(String typed) {
        assertThat(CheckCode.read(typed)).isEmpty();
    }
}
