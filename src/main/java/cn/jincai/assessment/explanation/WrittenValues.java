package cn.jincai.assessment.explanation;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Scale;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as people write them: sums, days, percentages, levels, scales. */
final class WrittenValues {
    static final Text NOTHING = Text.of("assessment.value.none");

    private WrittenValues() {}

    static Text number(long number, Unit unit) {
        return switch (unit) {
            case PERCENT -> Text.same(Percent.said(number));
            case MONTHS, YEARS, AGE -> Text.of("assessment.count." + unit + (number == 1 ? ".one" : ".many"), number);
            case LEVEL -> Text.of("assessment.value.level", number);
            case FEN -> Text.of("assessment.value.fen", yuan(number));
            case DAY -> day(LocalDate.ofEpochDay(number));
            case FLAG -> flag(number != 0);
            case NUMBER -> new Text(String.valueOf(number), String.valueOf(number));
        };
    }

    private static String yuan(long fen) {
        String yuan = new Money(Math.abs(fen)).yuan().replaceFirst("\\.00$", "");
        return fen < 0 ? "-" + yuan : yuan;
    }

    static Text day(LocalDate day) {
        return new Text(Text.of(day).zh(), day.toString());
    }

    static Text flag(boolean flag) {
        return Text.of(flag ? "assessment.value.yes" : "assessment.value.no");
    }

    /** What a parameter holds; "nothing is asked" where it is none. */
    static Text held(@Nullable Object is, Unit unit) {
        if (is == null) return Text.of("assessment.value.notAsked");
        if (is instanceof LocalDate day) return day(day);
        if (is instanceof Boolean flag) return flag(flag);
        if (is instanceof Rate rate) return Text.same(rate.said());
        if (is instanceof Scale scale) return scale(scale);
        return number((Long) is, unit);
    }

    static Text scale(Scale scale) {
        Unit unit = Unit.of(scale.gives());
        List<Text> parts = new ArrayList<>();
        for (Scale.Bracket bracket : scale.brackets())
            parts.add(Text.of(
                    scale.each() ? "assessment.scale.each" : "assessment.scale.flat",
                    bracket(bracket),
                    number(bracket.gives(), unit)));
        if (scale.atMost() != null) parts.add(Text.of("assessment.scale.atMost", number(scale.atMost(), unit)));
        return Text.joined("assessment.scale.next", parts);
    }

    static Text bracket(Scale.Bracket bracket) {
        return bracket.to() == null
                ? Text.of("assessment.scale.from", bracket.from())
                : bracket.to() == bracket.from()
                        ? Text.same(String.valueOf(bracket.from()))
                        : Text.of("assessment.scale.fromTo", bracket.from(), bracket.to());
    }

    /** A scale stands beside its name, any other value behind it. */
    static Text found(Parameter p, @Nullable Object is) {
        Text value = held(is, Unit.of(p));
        return Text.of(is instanceof Scale ? "assessment.value.noted" : "assessment.value.found", p.label(), value);
    }

    static Text verdict(String code) {
        return Text.of("assessment.verdict." + code);
    }

    static Text parameterLabel(Parameter parameter) {
        return Text.of("assessment.value.quoted", parameter.label());
    }
}
