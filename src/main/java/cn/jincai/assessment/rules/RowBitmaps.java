package cn.jincai.assessment.rules;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * All rows of some tables at once. The cells cut a fact's values into classes; for each class two sets of rows are kept: those whose cells on this
 * fact are true (or empty), and those whose cells are not false. A case is one look-up a fact instead of a test a cell. Cells on several facts, on
 * lists and on days that may still move are tested one by one and looked up by their truth.
 */
public final class RowBitmaps {
    private static final int NEAR = 1024;

    private final int words;
    private final Rows rows;

    /** Rows by what one look at a case says. @param rows by that number: those that hold, then those that may */
    record Column(FactClassifier look, Bits reads, long[] rows) {
        Column(FactClassifier look, long[] rows) {
            this(look, look.reads(), rows);
        }

        /** Of up to 64 rows those that hold, all where something that is looked at is not known. */
        long known(long left, Slots s) {
            return s.areKnown(reads) ? left & rows[2 * look.known(s)] : left;
        }
    }

    /** Leaves in {@code fired} only rows that hold for certain, in {@code possible} those that are not false; rows that are not looked at here stay. */
    private interface Rows extends EvaluationProgram.Work {
        void apply(Slots s, long[] fired, long[] possible);

        @Override
        default void on(Evaluation e) {
            apply(e.slots, e.fired, e.possible);
        }
    }

    /** @param words long words that hold one bit for each row of the scheme; {@code rules} those rows that are looked at here */
    RowBitmaps(List<Rule> rules, int words, Vocabulary vocabulary) {
        this.words = words;
        long[] never = new long[words];
        Map<Integer, List<Part>> bySlot = new LinkedHashMap<>();
        Map<CellTest, List<Part>> byTest = new LinkedHashMap<>();
        for (Rule rule : rules)
            for (Cell cell : rule.cells()) {
                int slot = classSlot(cell, vocabulary);
                if (cell.test() instanceof CellTest.Always always) {
                    if (always.truth() != Truth.TRUE) never[rule.number() >>> 6] |= 1L << rule.number();
                } else if (slot >= 0)
                    bySlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(new Part(rule.number(), cell));
                else byTest.computeIfAbsent(cell.test(), t -> new ArrayList<>()).add(new Part(rule.number(), cell));
            }
        List<Column> columns = new ArrayList<>();
        bySlot.forEach((slot, parts) -> columns.add(byClass(vocabulary.at(slot), parts, vocabulary.places())));
        byTest.forEach((test, parts) -> columns.add(byTruth(test, parts)));
        rows = words == 1
                ? OneWord.of(never[0], columns, vocabulary)
                : new ManyWords(words, never, columns.toArray(Column[]::new));
    }

    EvaluationProgram.Work work() {
        return rows;
    }

    public void apply(Slots s, long[] fired, long[] possible) {
        rows.apply(s, fired, possible);
    }

    /**
     * Up to 64 rows, which is nearly every scheme. What is known leaves nothing in doubt, and all looks at that are one piece of code. Days that may still move
     * stand apart, as they often do.
     */
    private record OneWord(long never, Bits reads, MethodHandle known, Column[] still, Column[] moving)
            implements Rows {
        static OneWord of(long never, List<Column> columns, Vocabulary vocabulary) {
            Bits moves = Bits.NONE;
            for (int slot = 0; slot < vocabulary.size(); slot++)
                if (vocabulary.at(slot).provisional()) moves = moves.with(slot);
            List<Column> still = new ArrayList<>(), moving = new ArrayList<>();
            for (Column column : columns) (column.reads.and(moves).isEmpty() ? still : moving).add(column);
            Bits reads = still.stream().map(Column::reads).reduce(Bits.NONE, Bits::or);
            return new OneWord(
                    never,
                    reads,
                    EvaluationProgram.all(still),
                    still.toArray(Column[]::new),
                    moving.toArray(Column[]::new));
        }

        @Override
        public void apply(Slots s, long[] fired, long[] possible) {
            long left = EvaluationProgram.run(known, ~never, s);
            fired[0] &= left;
            possible[0] &= left;
            if (!s.areKnown(reads)) open(s, fired, possible);
            if (moving.length > 0) moving(s, fired, possible);
        }

        private void open(Slots s, long[] fired, long[] possible) {
            for (Column column : still)
                if (!s.areKnown(column.reads)) {
                    int at = 2 * column.look.at(s);
                    fired[0] &= column.rows[at];
                    possible[0] &= column.rows[at + 1];
                }
        }

        private void moving(Slots s, long[] fired, long[] possible) {
            for (Column column : moving) {
                int at = 2 * column.look.at(s);
                fired[0] &= column.rows[at];
                possible[0] &= column.rows[at + 1];
            }
        }
    }

    private record ManyWords(int words, long[] never, Column[] columns) implements Rows {
        @Override
        public void apply(Slots s, long[] fired, long[] possible) {
            for (int w = 0; w < words; w++) {
                fired[w] &= ~never[w];
                possible[w] &= ~never[w];
            }
            for (Column column : columns) {
                int first = 2 * words * column.look.at(s);
                for (int w = 0; w < words; w++) {
                    fired[w] &= column.rows[first + w];
                    possible[w] &= column.rows[first + words + w];
                }
            }
        }
    }

    /** How the values of a fact fall into classes: one more than there are cuts, then one for "not known" and one for "known to be none". */
    private Column byClass(Symbol symbol, List<Part> parts, int slots) {
        int slot = symbol.slot();
        long[] cuts = symbol.codes().isEmpty()
                ? cuts(parts)
                : IntStream.range(1, symbol.codes().size()).asLongStream().toArray();
        long span = cuts.length == 0 ? 0 : cuts[cuts.length - 1] - cuts[0] + 1;
        boolean numbered =
                words == 1 && span <= NEAR || span == cuts.length; // rows for each number, so that it needs no search
        List<long[]> made = new ArrayList<>();
        Slots sample = new Slots(slots);
        for (int k = 0; k <= cuts.length; k++) {
            sample.set(slot, k > 0 ? cuts[k - 1] : cuts.length == 0 ? 0 : cuts[0] - 1);
            long[] own = rows(parts, sample);
            long times = numbered && k > 0 && k < cuts.length ? cuts[k] - cuts[k - 1] : 1;
            for (long n = 0; n < times; n++) made.add(own);
        }
        made.add(rows(parts, new Slots(slots)));
        Slots none = new Slots(slots);
        none.setNone(slot);
        made.add(rows(parts, none));
        return new Column(look(symbol, cuts, numbered, (int) span), flat(made));
    }

    private static FactClassifier look(Symbol symbol, long[] cuts, boolean numbered, int span) {
        if (!symbol.codes().isEmpty())
            return new FactClassifier.Coded(symbol.slot(), symbol.codes().size());
        return numbered
                ? new FactClassifier.Numbered(symbol.slot(), cuts.length == 0 ? 0 : cuts[0] - 1, span)
                : new FactClassifier.Sorted(symbol.slot(), cuts);
    }

    private Column byTruth(CellTest test, List<Part> parts) {
        List<long[]> made = new ArrayList<>();
        for (int truth = Truth.FALSE; truth <= Truth.TRUE; truth++) {
            long[] rows = all();
            for (Part part : parts) mark(part.row, truth, rows);
            made.add(rows);
        }
        FactClassifier look = test instanceof CellTest.Compare c && c.leftSlot() >= 0 && c.rightSlot() >= 0
                ? new FactClassifier.Pair(c)
                : test instanceof CellTest.Holds h
                        ? new FactClassifier.Listed(h.slot(), h.further(), h.codes())
                        : new FactClassifier.Other(
                                test,
                                test.reads(),
                                parts.get(0).cell.checksNull()
                                        ? Bits.NONE
                                        : parts.get(0).cell.reads());
        return new Column(look, flat(made));
    }

    private record Part(int row, Cell cell) {}

    /** The one slot whose classes decide this cell, or -1. */
    private static int classSlot(Cell cell, Vocabulary vocabulary) {
        if (cell.reads().count() != 1) return -1;
        int slot = cell.reads().first();
        Symbol symbol = vocabulary.at(slot);
        return !symbol.provisional() && symbol.kind() != Symbol.Kind.LIST && isPlain(cell.test()) ? slot : -1;
    }

    private static boolean isPlain(CellTest test) {
        if (test instanceof CellTest.Compare c)
            return c.left() instanceof NumericExpression.Slot && c.right() instanceof NumericExpression.Constant;
        if (test instanceof CellTest.Both b) return isPlain(b.a()) && isPlain(b.b());
        if (test instanceof CellTest.Either e) return isPlain(e.a()) && isPlain(e.b());
        if (test instanceof CellTest.Not n) return isPlain(n.a());
        return true;
    }

    /** Where the truth of these cells changes: from a constant on, or from the number after it. */
    private static long[] cuts(List<Part> parts) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (Part part : parts)
            part.cell.test().comparisons(c -> {
                long constant = ((NumericExpression.Constant) c.right()).value();
                if (c.op() != CellTest.Op.UP_TO && c.op() != CellTest.Op.ABOVE) cuts.add(constant);
                if (c.op() != CellTest.Op.BELOW && c.op() != CellTest.Op.FROM) cuts.add(constant + 1);
            });
        return cuts.stream().mapToLong(Long::longValue).toArray();
    }

    private long[] rows(List<Part> parts, Slots sample) {
        long[] rows = all();
        for (Part part : parts) mark(part.row, part.cell.truth(sample), rows);
        return rows;
    }

    private void mark(int row, int truth, long[] rows) {
        if (truth != Truth.TRUE) rows[row >>> 6] &= ~(1L << row);
        if (truth == Truth.FALSE) rows[words + (row >>> 6)] &= ~(1L << row);
    }

    private long[] all() {
        long[] all = new long[2 * words];
        Arrays.fill(all, -1);
        return all;
    }

    private static long[] flat(List<long[]> made) {
        return made.stream().flatMapToLong(Arrays::stream).toArray();
    }
}
