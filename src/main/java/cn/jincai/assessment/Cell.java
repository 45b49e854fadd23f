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

    /** Unknown as soon as something that it reads is: one comparison or one look into a list, not several joined. */
    boolean isPlain() {
        Test plain = test instanceof Test.Not not ? not.a() : test;
        return plain instanceof Test.Compare || plain instanceof Test.OneOf || plain instanceof Test.Holds;
    }

    int truth(Slots s) {
        return !checksNull && (reads & s.none) != 0 ? Truth.FALSE : test.truth(s);
    }
}
