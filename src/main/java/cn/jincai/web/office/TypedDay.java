package cn.jincai.web.office;

import cn.jincai.kernel.IsoDay;
import cn.jincai.kernel.Problem;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A day as officers type it into a form, or as a browser's picker sends it. */
public final class TypedDay {
    private TypedDay() {}

    /** @return null for nothing typed; Problem INVALID for what is no day */
    public static @Nullable LocalDate of(String field, String typed) {
        if (typed.isBlank()) return null;
        LocalDate day = IsoDay.read(typed.strip()); // of four digits a year: no database holds all that the JDK reads
        if (day == null) throw Problem.invalid(field, "web.day.DATE");
        return day;
    }
}
