package cn.jincai.assessment.rules;

/** Three truth values as numbers, so that "and" is the smaller and "or" the larger (Kleene). */
public final class Truth {
    public static final int FALSE = 0, UNKNOWN = 1, TRUE = 2;

    private Truth() {}

    static int of(boolean known) {
        return known ? TRUE : FALSE;
    }
}
