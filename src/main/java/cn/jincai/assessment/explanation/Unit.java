package cn.jincai.assessment.explanation;

import cn.jincai.policy.Parameter;

/** What a number counts, and so how it is written. */
enum Unit {
    NUMBER,
    MONTHS,
    YEARS,
    AGE,
    PERCENT,
    FEN,
    LEVEL,
    DAY,
    FLAG;

    static Unit of(Parameter parameter) {
        return of(parameter.gives());
    }

    /** @param gives as packages name it */
    static Unit of(String gives) {
        return switch (gives) {
            case "fen" -> Unit.FEN;
            case "months" -> Unit.MONTHS;
            case "years" -> Unit.YEARS;
            case "date" -> Unit.DAY;
            case "flag" -> Unit.FLAG;
            case Parameter.PERCENT -> Unit.PERCENT;
            default -> Unit.NUMBER;
        };
    }
}
