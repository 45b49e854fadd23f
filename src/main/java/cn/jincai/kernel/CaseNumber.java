package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number of a case, JC, the year and six digits. It names nobody, so it may stand in the engine, in logs and in addresses. */
public record CaseNumber(@JsonValue String value) {
    @JsonCreator
    public CaseNumber {
        if (value == null || !isOne(value)) throw Problem.notFound();
    }

    /** Whether it is written as a number of a case. */
    public static boolean isOne(String value) {
        return value.matches("JC\\d{10}");
    }

    public static CaseNumber of(int year, long sequence) {
        return new CaseNumber("JC%04d%06d".formatted(year, sequence));
    }

    @Override
    public String toString() {
        return value;
    }
}
