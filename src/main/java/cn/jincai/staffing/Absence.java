package cn.jincai.staffing;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days on which an officer is not there. Why is nobody's business and is not kept.
 *
 * @param first     and {@code last}: whole days of the city, both included
 * @param deputy    who stands in for him, null where his group does
 * @param enteredBy himself, a leader or an administrator
 * @param begun     whether what he held has been passed on
 */
public record Absence(
        long id,
        String account,
        LocalDate first,
        LocalDate last,
        @Nullable String deputy,
        String enteredBy,
        boolean begun) {
    public boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
