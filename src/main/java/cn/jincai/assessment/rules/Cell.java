package cn.jincai.assessment.rules;

/**
 * One filled cell of a row.
 *
 * @param column its column's expression
 */
public record Cell(String column, CellTest test, Bits reads, boolean checksNull) {
    Cell(String column, CellTest test) {
        this(column, test, test.reads(), test.checksNull());
    }

    /** Unknown as soon as something that it reads is: one comparison or one look into a list, not several joined. */
    boolean isPlain() {
        CellTest plain = test instanceof CellTest.Not not ? not.a() : test;
        return plain instanceof CellTest.Compare || plain instanceof CellTest.OneOf || plain instanceof CellTest.Holds;
    }

    public int truth(Slots s) {
        return !checksNull && s.isAnyNone(reads) ? Truth.FALSE : test.truth(s);
    }
}
