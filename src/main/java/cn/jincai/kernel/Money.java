package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** A sum in fen 分, never below zero. Yuan exist only on pages and in bank files. */
public record Money(@JsonValue long fen) {
    public static final Money NONE = new Money(0);

    @JsonCreator
    public Money {
        if (fen < 0) throw new IllegalArgumentException("a sum below zero: " + fen + " fen");
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(fen, other.fen));
    }

    /** @throws IllegalArgumentException where more is taken than there is */
    public Money minus(Money other) {
        return new Money(fen - other.fen);
    }

    public Money orLess(Money most) {
        return fen <= most.fen ? this : most;
    }

    /** As many equal parts; the last takes the remainder, so that they add up. */
    public List<Money> inInstalments(int count) {
        long each = fen / count;
        return LongStream.rangeClosed(1, count)
                .mapToObj(n -> new Money(n < count ? each : fen - each * (count - 1)))
                .toList();
    }

    /** As people write it: {@code 50,000.00}. */
    public String yuan() {
        return new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(BigDecimal.valueOf(fen, 2));
    }
}
