package cn.jincai.web.admin;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;

/** A mistake in a package as the page shows it: in which file, at which element, row or line, and what is allowed there. */
public record Finding(String file, String place, String code, Text message) {
    /** A mistake's field is {@code file, place}, {@code file, #element} or {@code file#element}. */
    static Finding of(Mistake mistake) {
        String[] parts = mistake.field().split("(, #?|#)", 2);
        return new Finding(parts[0], parts.length > 1 ? parts[1] : "", mistake.code(), mistake.message());
    }
}
