package cn.jincai.assessment;

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
final class Bitmaps {
    private static final int NEAR = 4096;

    private final int words;
    private final Column[] columns;
    private final Pair[] pairs;
    private final Listed[] lists;
    private final Atom[] atoms;
    /** By class: rows whose cells are true or empty, and rows whose cells are not false. */
    private final long[] fires;
    private final long[] open;

    /** @param words long words that hold one bit for each row of the scheme; {@code rules} those rows that are looked at here */
    Bitmaps(List<Rule> rules, int words, Vocabulary vocabulary) {
        this.words = words;
        Map<Integer, List<Part>> bySlot = new LinkedHashMap<>();
        Map<Test, List<Part>> byAtom = new LinkedHashMap<>();
        for (Rule rule : rules)
            for (Cell cell : rule.cells()) {
                int slot = classSlot(cell, vocabulary);
                if (slot >= 0) bySlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(new Part(rule.number(), cell));
                else byAtom.computeIfAbsent(cell.test(), t -> new ArrayList<>()).add(new Part(rule.number(), cell));
            }
        List<long[]> fireWords = new ArrayList<>(), openWords = new ArrayList<>();
        columns = bySlot.entrySet().stream().map(e -> column(vocabulary.at(e.getKey()), e.getValue(), vocabulary.size(), fireWords, openWords)).toArray(Column[]::new);
        List<Pair> two = new ArrayList<>();
        List<Listed> listed = new ArrayList<>();
        List<Atom> others = new ArrayList<>();
        byAtom.forEach((test, parts) -> {
            int base = addByTruth(parts, fireWords, openWords);
            if (test instanceof Test.Compare c && c.leftSlot() >= 0 && c.rightSlot() >= 0) two.add(new Pair(base, c));
            else if (test instanceof Test.Holds h) listed.add(new Listed(base, h.slot(), h.codes()));
            else others.add(new Atom(base, test, parts.get(0).cell.checksNull() ? 0 : parts.get(0).cell.reads()));
        });
        pairs = two.toArray(Pair[]::new);
        lists = listed.toArray(Listed[]::new);
        atoms = others.toArray(Atom[]::new);
        fires = flat(fireWords);
        open = flat(openWords);
    }

    private Column column(Symbol symbol, List<Part> parts, int slots, List<long[]> fireWords, List<long[]> openWords) {
        long[] cuts = symbol.codes().isEmpty() ? cuts(parts) : IntStream.range(1, symbol.codes().size()).asLongStream().toArray();
        Column column = new Column(symbol.slot(), fireWords.size(), cuts);
        Slots sample = new Slots(slots);
        for (int k = 0; k < column.classes + 2; k++) {
            sample.known = sample.none = 0;
            if (k == column.classes + 1) sample.setNone(symbol.slot());
            else if (k < column.classes) sample.set(symbol.slot(), k > 0 ? cuts[k - 1] : cuts.length == 0 ? 0 : cuts[0] - 1);
            addWords(parts, sample, fireWords, openWords);
        }
        return column;
    }

    private int addByTruth(List<Part> parts, List<long[]> fireWords, List<long[]> openWords) {
        int base = fireWords.size();
        for (int truth = Truth.FALSE; truth <= Truth.TRUE; truth++) {
            long[] fire = all(), may = all();
            for (Part part : parts) mark(part.row, truth, fire, may);
            fireWords.add(fire);
            openWords.add(may);
        }
        return base;
    }

    /** A fact whose values fall into classes; after them one for "not known" and one for "known to be none". */
    private static final class Column {
        final int slot, base, classes;
        private final long[] cuts;
        /** The class of each number from the one before the first cut to the last, where that is a short way; null where it is not. */
        private final byte[] near;
        private final long before;

        Column(int slot, int base, long[] cuts) {
            this.slot = slot;
            this.base = base;
            this.cuts = cuts;
            classes = cuts.length + 1;
            before = cuts.length == 0 ? 0 : cuts[0] - 1;
            near = near(cuts);
        }

        int at(Slots s) {
            if ((s.known >>> slot & 1) == 0) return base + classes + (int) (s.none >>> slot & 1);
            long value = s.value[slot];
            if (near != null) return base + near[(int) Math.max(0, Math.min(near.length - 1, value - before))];
            int found = Arrays.binarySearch(cuts, value);
            return base + (found >= 0 ? found + 1 : -found - 1);
        }

        private static byte[] near(long[] cuts) {
            if (cuts.length == 0) return new byte[1];
            if (cuts.length > 127 || cuts[cuts.length - 1] - cuts[0] > NEAR) return null;
            byte[] near = new byte[(int) (cuts[cuts.length - 1] - cuts[0]) + 2];
            for (int i = 0, k = 0; i < near.length; i++) {
                while (k < cuts.length && cuts[k] <= cuts[0] - 1 + i) k++;
                near[i] = (byte) k;
            }
            return near;
        }
    }

    /** Two facts compared. */
    private static final class Pair {
        private final int base, left, right;
        private final long reads;
        /** A bit each for below, equal and above. */
        private final int accepts;
        private final Test.Compare test;

        Pair(int base, Test.Compare test) {
            this.base = base;
            this.test = test;
            left = test.leftSlot();
            right = test.rightSlot();
            reads = test.reads();
            accepts = switch (test.op()) { case BELOW -> 1; case UP_TO -> 3; case ABOVE -> 4; case FROM -> 6; case EQUAL -> 2; };
        }

        int at(Slots s) {
            if ((reads & (s.none | s.provisional | ~s.known)) != 0) return base + test.truth(s);
            return base + (accepts >>> Long.compare(s.value[left], s.value[right]) + 1 & 1) * Truth.TRUE;
        }
    }

    /** A list that has one of these codes. */
    private record Listed(int base, int slot, long codes) {
        int at(Slots s) {
            if ((s.known >>> slot & 1) != 0) return base + ((s.value[slot] & codes) != 0 ? Truth.TRUE : Truth.FALSE);
            return base + (s.isNone(slot) ? Truth.FALSE : Truth.UNKNOWN);
        }
    }

    /** Any other test, looked up by its truth. */
    private record Atom(int base, Test test, long falseWhereNone) {
        int at(Slots s) {
            return base + ((falseWhereNone & s.none) != 0 ? Truth.FALSE : test.truth(s));
        }
    }

    private record Part(int row, Cell cell) {}

    /** Leaves in {@code fired} only rows that hold for certain, in {@code possible} those that are not false; rows that are not looked at here stay. */
    void apply(Slots s, long[] fired, long[] possible) {
        if (words > 1) {
            for (Column column : columns) and(column.at(s), fired, possible);
            for (Pair pair : pairs) and(pair.at(s), fired, possible);
            for (Listed list : lists) and(list.at(s), fired, possible);
            for (Atom atom : atoms) and(atom.at(s), fired, possible);
            return;
        }
        long holds = -1, may = -1;   // up to 64 rows, which is nearly every scheme: both sets stay in registers
        for (Column column : columns) {
            int at = column.at(s);
            holds &= fires[at];
            may &= open[at];
        }
        for (Pair pair : pairs) {
            int at = pair.at(s);
            holds &= fires[at];
            may &= open[at];
        }
        for (Listed list : lists) {
            int at = list.at(s);
            holds &= fires[at];
            may &= open[at];
        }
        for (Atom atom : atoms) {
            int at = atom.at(s);
            holds &= fires[at];
            may &= open[at];
        }
        fired[0] &= holds;
        possible[0] &= may;
    }

    private void and(int at, long[] fired, long[] possible) {
        for (int w = 0; w < words; w++) {
            fired[w] &= fires[at * words + w];
            possible[w] &= open[at * words + w];
        }
    }

    /** The one slot whose classes decide this cell, or -1. */
    private static int classSlot(Cell cell, Vocabulary vocabulary) {
        if (Long.bitCount(cell.reads()) != 1) return -1;
        int slot = Long.numberOfTrailingZeros(cell.reads());
        Symbol symbol = vocabulary.at(slot);
        return !symbol.provisional() && symbol.kind() != Symbol.Kind.LIST && isPlain(cell.test()) ? slot : -1;
    }

    private static boolean isPlain(Test test) {
        if (test instanceof Test.Compare c) return c.left() instanceof Num.Slot && c.right() instanceof Num.Constant;
        if (test instanceof Test.Both b) return isPlain(b.a()) && isPlain(b.b());
        if (test instanceof Test.Either e) return isPlain(e.a()) && isPlain(e.b());
        if (test instanceof Test.Not n) return isPlain(n.a());
        return true;
    }

    /** Where the truth of these cells changes: from a constant on, or from the number after it. */
    private static long[] cuts(List<Part> parts) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (Part part : parts) collect(part.cell.test(), cuts);
        return cuts.stream().mapToLong(Long::longValue).toArray();
    }

    private static void collect(Test test, TreeSet<Long> cuts) {
        if (test instanceof Test.Compare c) {
            long constant = ((Num.Constant) c.right()).value();
            if (c.op() != Test.Op.UP_TO && c.op() != Test.Op.ABOVE) cuts.add(constant);
            if (c.op() != Test.Op.BELOW && c.op() != Test.Op.FROM) cuts.add(constant + 1);
        }
        if (test instanceof Test.Both b) { collect(b.a(), cuts); collect(b.b(), cuts); }
        if (test instanceof Test.Either e) { collect(e.a(), cuts); collect(e.b(), cuts); }
        if (test instanceof Test.Not n) collect(n.a(), cuts);
    }

    private void addWords(List<Part> parts, Slots sample, List<long[]> fireWords, List<long[]> openWords) {
        long[] fire = all(), may = all();
        for (Part part : parts) mark(part.row, part.cell.truth(sample), fire, may);
        fireWords.add(fire);
        openWords.add(may);
    }

    private static void mark(int row, int truth, long[] fire, long[] may) {
        if (truth != Truth.TRUE) fire[row >>> 6] &= ~(1L << row);
        if (truth == Truth.FALSE) may[row >>> 6] &= ~(1L << row);
    }

    private long[] all() {
        long[] all = new long[words];
        Arrays.fill(all, -1);
        return all;
    }

    private long[] flat(List<long[]> list) {
        long[] flat = new long[list.size() * words];
        for (int i = 0; i < list.size(); i++) System.arraycopy(list.get(i), 0, flat, i * words, words);
        return flat;
    }
}
