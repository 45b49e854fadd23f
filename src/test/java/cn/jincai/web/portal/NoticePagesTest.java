package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import cn.jincai.kernel.Problem;
import cn.jincai.review.notice.ObjectionLookUp;
import cn.jincai.review.notice.Objections;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** The objection is there, and the disk is full when its file is to be kept. */
class NoticePagesTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCodeThatIsShownOnceIsShownWhateverHappensToAFile(boolean told) throws IOException {
        var receipt = new Objections.Receipt("YY1", "7K2M-40QX");
        Objections objections = mock();
        ObjectionLookUp lookUps = mock();
        when(objections.raise(any(), any(), anyLong(), any(), any(), any())).thenReturn(receipt);
        doThrow(told ? Problem.diskUnavailable() : new IllegalStateException("no connection"))
                .when(lookUps)
                .attach(any(), any(), any(), any());
        var flash = new RedirectAttributesModelMap();
        String page = new NoticePages(mock(), mock(), objections, lookUps, mock(), mock(), mock())
                .object(
                        Optional.empty(),
                        1,
                        "赵甲",
                        "13900000011",
                        "证书存疑",
                        List.of(new MockMultipartFile("file", "a.pdf", "application/pdf", new byte[] {1})),
                        new ExtendedModelMap(),
                        new MockHttpServletRequest(),
                        new MockHttpServletResponse(),
                        flash);
        assertThat(page).isEqualTo("redirect:/notices/1");
        assertThat(flash.getFlashAttributes().get("raised")).isEqualTo(receipt);
        assertThat(String.valueOf(flash.getFlashAttributes().get("mistakes"))).contains("材料没有全部保存");
    }
}
