package cn.jincai.assessment;

/**
 * One filled cell of a row.
 *
 * @param column its column's expression
 */
record Cell(String column, Test test, long reads, boolean checksNull) {
    Cell(String column, Test test) {
        this(column, test, test.reads(), test.checksNull());
    }

    int truth(Slots s) {
        return !checksNull && (reads & s.none) != 0 ? Truth.FALSE : test.truth(s);
    }
}
