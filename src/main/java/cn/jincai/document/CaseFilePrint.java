package cn.jincai.document;

import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** A case's file 电子档案 as a PDF of its own, made for whoever asks: no issued document, without number or seal, and kept nowhere. */
@Component
public class CaseFilePrint {
    private final PdfRenderer renderer;
    private final Typeface typeface;

    CaseFilePrint(PdfRenderer renderer, Typeface typeface) {
        this.renderer = renderer;
        this.typeface = typeface;
    }

    /**
     * @param page a whole page of XHTML that draws on nothing outside, from the characters that the font lacks; what it lacks is printed as 〓
     */
    public byte[] of(Function<List<String>, String> page) {
        List<String> missing = typeface.check(page.apply(List.of())).missing();
        return renderer.pdf(typeface.check(page.apply(missing)).text());
    }
}
