package cn.jincai.policy.editing;

import cn.jincai.kernel.Money;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Rate;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A dated value of a parameter as it was typed.
 *
 * @param from       the first day on which it holds, as people write days; empty where there is none
 * @param is         as people write it: yuan for a sum, a percentage with its sign or not, {@code true} or {@code false}; empty for "nothing is asked in that time"
 * @param source     code of a document of the ruleset
 * @param comparedOn the day on which a person compared it with the text, or empty
 * @param noteZh     both or none
 */
public record ValueEdit(
        String from,
        String is,
        String status,
        String source,
        @Nullable String comparedOn,
        @Nullable String noteZh,
        @Nullable String noteEn) {
    /** As its form shows it. */
    public static ValueEdit of(Parameter parameter, Parameter.Dated dated) {
        return new ValueEdit(
                dated.from().equals(LocalDate.MIN) ? "" : dated.from().toString(),
                asTyped(parameter, dated.is()),
                dated.status().name(),
                dated.source(),
                dated.comparedOn() == null ? "" : dated.comparedOn().toString(),
                dated.note() == null ? "" : dated.note().zh(),
                dated.note() == null ? "" : dated.note().en());
    }

    /** Of a form that does not send all of it. */
    public ValueEdit whole() {
        return new ValueEdit(
                EntryEdit.word(from),
                EntryEdit.word(is),
                EntryEdit.word(status),
                EntryEdit.word(source),
                comparedOn,
                noteZh,
                noteEn);
    }

    private static String asTyped(Parameter parameter, @Nullable Object is) {
        if (is == null) return "";
        if (is instanceof Long fen && parameter.unit().equals("fen")) return new Money(fen).yuan();
        return is instanceof Rate rate ? rate.said().replace("%", "") : is.toString();
    }
}
