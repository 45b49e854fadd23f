package cn.jincai.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CalendarPagesTest {
    private static final String NOTICE = "国务院办公厅关于2027年部分节假日安排的通知";

    @Tag("issue-13.16")
    @Test
    void aNoticeIsReadAsItWasWrittenAndNeverWithQuestionMarks() {
        for (Charset encoding : new Charset[] {StandardCharsets.UTF_8, Charset.forName("GB18030")})
            assertThat(CalendarPages.text(NOTICE.getBytes(encoding))).isEqualTo(NOTICE);
        assertThatThrownBy(() -> CalendarPages.text(new byte[] {(byte) 0x89, 'P', (byte) 0xFF, (byte) 0xFF}))
                .hasMessageContaining("INVALID");
    }
}
