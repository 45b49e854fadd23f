package cn.jincai.web.office;

import cn.jincai.kernel.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A day as officers type it into a form, or as a browser's picker sends it. */
public final class TypedDay {
    private TypedDay() {}

    /** @return null for nothing typed; Problem INVALID for what is no day */
    public static @Nullable LocalDate of(String field, String typed) {
        if (typed.isBlank()) return null;
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeException noDay) {
            throw Problem.invalid(field, "web.day.DATE");
        }
    }
}
