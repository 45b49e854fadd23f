package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("issue-15.14")
class TextFileTest {
    private static final String NOTICE = "国务院办公厅关于2027年部分节假日安排的通知，张𠮷芳";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void aFileIsReadAsItWasWrittenWithTheMarkOrWithout(String encoding) {
        Charset charset = Charset.forName(encoding);
        assertThat(TextFile.read("file", NOTICE.getBytes(charset))).isEqualTo(NOTICE);
        assertThat(TextFile.read("file", ("\uFEFF" + NOTICE).getBytes(charset))).isEqualTo(NOTICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16IsReadWhereItSaysSoAndToldWhereNot(String encoding) {
        Charset charset = Charset.forName(encoding);
        assertThat(TextFile.read("file", ("\uFEFF" + NOTICE).getBytes(charset))).isEqualTo(NOTICE);
        refused("batch,payment\r\n".getBytes(charset), "ENCODING", "UTF-16");
    }

    @Test
    void whatIsNoTextIsRefusedWithTheEncodingsAndTheWayOut() {
        refused(new byte[] {(byte) 0x89, 'P', (byte) 0xFF, (byte) 0xFF}, "ENCODING", "UTF-8");
        refused(new byte[] {-1, -2, 'a'}, "ENCODING", "UTF-8");
        refused("PK\3\4\0\0".getBytes(StandardCharsets.UTF_8), "ENCODING", "CSV UTF-8");
    }

    @Test
    void aCharacterThatWasLostBeforeIsToldByItsLineAndNeverTaken() {
        for (String encoding : new String[] {"UTF-8", "GB18030"})
            refused("年\n月\n\uFFFD\uFFFD日".getBytes(Charset.forName(encoding)), "CHARACTER_LOST", "3");
    }

    private static void refused(byte[] file, String code, String told) {
        assertThatThrownBy(() -> TextFile.read("file", file)).isInstanceOfSatisfying(Problem.class, p -> {
            assertThat(p.kind()).isEqualTo(Problem.Kind.INVALID);
            assertThat(p.mistakes().get(0).field()).isEqualTo("file");
            assertThat(p.code()).isEqualTo(code);
            assertThat(p.text().zh()).contains(told);
            assertThat(p.text().en()).contains(told);
        });
    }
}
