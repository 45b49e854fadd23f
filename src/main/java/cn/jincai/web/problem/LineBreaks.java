package cn.jincai.web.problem;

import java.beans.PropertyEditorSupport;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** A line break that somebody types counts as one character, as it does for the field's {@code maxlength}; browsers send two. */
@ControllerAdvice
class LineBreaks {
    @InitBinder
    void oneEach(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(text == null ? null : text.replace("\r\n", "\n"));
            }
        });
    }
}
