package cn.jincai.assessment.rules;

import cn.jincai.kernel.Period;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was told of months.
 *
 * @param told by the number of the month, see {@link Period}: a whole number, yes as 1, a percentage in its parts; null where it is not known for that month
 */
public record Series(NavigableMap<Integer, @Nullable Long> told) {
    /** @param written by month, as an assessment takes it */
    static Series of(Map<?, ?> written) {
        NavigableMap<Integer, @Nullable Long> told = new TreeMap<>();
        written.forEach((month, value) ->
                told.put(Period.of(String.valueOf(month)).orElseThrow().number(), number(value)));
        return new Series(Collections.unmodifiableNavigableMap(told));
    }

    /** As an assessment takes them. */
    public Map<String, @Nullable Object> written(Scheme.Fact fact) {
        Scheme.Type type = fact.ofOneMonth().type();
        Map<String, @Nullable Object> written = new TreeMap<>();
        told.forEach((month, value) -> written.put(
                new Period(Period.Kind.MONTH, month).written(),
                value == null
                        ? null
                        : type == Scheme.Type.BOOLEAN
                                ? (Object) (value != 0)
                                : type == Scheme.Type.PERCENT ? Percent.value(value) : value));
        return Collections.unmodifiableMap(written);
    }

    private static @Nullable Long number(@Nullable Object value) {
        if (value == null) return null;
        if (value instanceof Boolean flag) return flag ? 1L : 0L;
        return value instanceof Long whole ? whole : Percent.of((Number) value).orElseThrow();
    }
}
