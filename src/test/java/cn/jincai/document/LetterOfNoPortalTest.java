package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CaseNumber;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** A letter stays for good: where nobody can reach the portal, it leads nowhere rather than to the reader's own machine. */
@Tag("issue-18.7")
class LetterOfNoPortalTest {
    private static final String CODE = "7K2M-40QX-91BC";

    @Test
    void aLetterLeadsToThePortalOrNowhereAndInTheDemoToThisMachine() throws IOException {
        assertThat(letter("http://127.0.0.1:8080", new MockEnvironment()))
                .contains("不予受理")
                .doesNotContain(CODE, "127.0.0.1", "核验本文书真伪");
        assertThat(letter("https://jincai.example.cn", new MockEnvironment()))
                .contains(CODE, "https://jincai.example.cn/documents");
        var demo = new MockEnvironment();
        demo.setActiveProfiles("demo");
        assertThat(letter("http://127.0.0.1:8080", demo)).contains(CODE, "http://127.0.0.1:8080/documents");
    }

    private static String letter(String portal, MockEnvironment environment) throws IOException {
        byte[] pdf = Letters.press(portal, environment)
                .print(
                        DocumentKind.NOT_ACCEPTED_NOTICE,
                        "晋才不受〔2026〕1号",
                        CODE,
                        LocalDate.of(2026, 3, 2),
                        new CaseNumber("JC2026000001"),
                        "{\"name\": \"陈小芳\", \"documentNumber\": \"350582199001010000\", \"scheme\": {\"zh\": \"技能奖励\", \"en\": \"Skills award\"}, \"reason\": {\"zh\": \"不属于本机关受理范围\", \"en\": \"\"}}",
                        Letterheads.Heading.of(Letters.HEAD));
        try (var read = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(read);
        }
    }
}
