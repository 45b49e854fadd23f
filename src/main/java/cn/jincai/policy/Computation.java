package cn.jincai.policy;

import java.util.List;

/** The words for derived values, as {@code scheme.yaml} writes them, and the keys that each needs. */
public enum Computation {
    completedYears("from", "on"),
    completedMonths("from", "on"),
    endOfPeriod("from", "months"),
    monthsLater("from", "months"),
    number("of", "values"),
    calculation("is"),
    percent("is"),
    bestForCertain("table"),
    bestPossible("table"),
    limitMissed("table", "column"),
    outputOf("table", "column"),
    sumOf("benefit"),
    verdictOf("benefit"),
    firstDayOf("of"),
    lastDayOf("of"),
    forEachMonth("is"),
    sumOfMonths(true, "of"),
    countMonths(true, "of"),
    longestRun(true, "of"),
    gaps(true, "of"),
    leastOfMonths(true, "of"),
    mostOfMonths(true, "of");

    private final List<String> keys;
    private final boolean ofMonths;

    Computation(String... keys) {
        this(false, keys);
    }

    Computation(boolean ofMonths, String... keys) {
        this.keys = List.of(keys);
        this.ofMonths = ofMonths;
    }

    /** Of a series. */
    boolean isOfMonths() {
        return ofMonths;
    }

    /** It is said over which months. */
    public boolean isOverMonths() {
        return ofMonths || this == forEachMonth;
    }

    public List<String> keys() {
        return keys;
    }
}
