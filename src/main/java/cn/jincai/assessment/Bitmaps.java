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
final class Bitmaps implements Program.Work {
    private static final int NEAR = 1024;

    private final int words;
    private final Near near;
    private final Far[] far;
    private final Pair[] pairs;
    private final Listed[] lists;
    private final Atom[] atoms;
    /** By class: rows whose cells are true or empty, then rows whose cells are not false. */
    private final long[] rows;
    /** Rows that some cell decides against, whatever the case: a parameter that asks nothing, a comparison of constants. */
    private final long[] never;

    /** @param words long words that hold one bit for each row of the scheme; {@code rules} those rows that are looked at here */
    Bitmaps(List<Rule> rules, int words, Vocabulary vocabulary) {
        this.words = words;
        never = new long[words];
        Map<Integer, List<Part>> bySlot = new LinkedHashMap<>();
        Map<Test, List<Part>> byAtom = new LinkedHashMap<>();
        for (Rule rule : rules)
            for (Cell cell : rule.cells()) {
                int slot = classSlot(cell, vocabulary);
                if (cell.test() instanceof Test.Always always && always.truth() != Truth.UNKNOWN) {
                    if (always.truth() == Truth.FALSE) never[rule.number() >>> 6] |= 1L << rule.number();
                } else if (slot >= 0) bySlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(new Part(rule.number(), cell));
                else byAtom.computeIfAbsent(cell.test(), t -> new ArrayList<>()).add(new Part(rule.number(), cell));
            }
        List<long[]> fireWords = new ArrayList<>(), openWords = new ArrayList<>();
        List<Classes> close = new ArrayList<>();
        List<Far> wide = new ArrayList<>();
        bySlot.forEach((slot, parts) -> {
            Classes classes = classes(vocabulary.at(slot), parts, vocabulary.size(), fireWords, openWords);
            if (classes.areClose()) close.add(classes);
            else wide.add(new Far(classes));
        });
        far = wide.toArray(Far[]::new);
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
        rows = flat(fireWords, openWords);
        near = new Near(close, rows, words);
    }

    private Classes classes(Symbol symbol, List<Part> parts, int slots, List<long[]> fireWords, List<long[]> openWords) {
        long[] cuts = symbol.codes().isEmpty() ? cuts(parts) : IntStream.range(1, symbol.codes().size()).asLongStream().toArray();
        Classes classes = new Classes(symbol.slot(), fireWords.size(), cuts);
        Slots sample = new Slots(slots);
        for (int k = 0; k < classes.unknown() + 2; k++) {
            sample.known = sample.none = 0;
            if (k == classes.unknown() + 1) sample.setNone(symbol.slot());
            else if (k < classes.unknown()) sample.set(symbol.slot(), k > 0 ? cuts[k - 1] : cuts.length == 0 ? 0 : cuts[0] - 1);
            addWords(parts, sample, fireWords, openWords);
        }
        return classes;
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

    /** How the values of a fact fall into classes: one more than there are cuts, then one for "not known" and one for "known to be none". */
    private record Classes(int slot, int base, long[] cuts) {
        int unknown() {
            return cuts.length + 1;
        }

        /** The way from the first cut to the last is short enough to write down the class of each number. */
        boolean areClose() {
            return cuts.length <= 127 && (cuts.length == 0 || cuts[cuts.length - 1] - cuts[0] <= NEAR);
        }

        int of(long value) {
            int found = Arrays.binarySearch(cuts, value);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }

    /** Codes, and numbers and days whose cuts are close together: what each number between them leads to, side by side for all facts, as every case looks at all. */
    private static final class Near {
        private final int[] slots, bases, unknown, from, last;
        private final long[] before;
        private final byte[] classes;
        /** Rows whose cells are true or empty, by number; for up to 64 rows. */
        private final long[] fires;
        /** All these facts. */
        private long reads;

        Near(List<Classes> facts, long[] rows, int words) {
            slots = facts.stream().mapToInt(Classes::slot).toArray();
            bases = facts.stream().mapToInt(Classes::base).toArray();
            unknown = facts.stream().mapToInt(c -> c.base() + c.unknown()).toArray();
            before = facts.stream().mapToLong(c -> c.cuts().length == 0 ? 0 : c.cuts()[0] - 1).toArray();
            last = facts.stream().mapToInt(c -> c.cuts().length == 0 ? 0 : (int) (c.cuts()[c.cuts().length - 1] - c.cuts()[0]) + 1).toArray();
            from = new int[slots.length];
            int size = 0;
            for (int i = 0; i < slots.length; i++) {
                reads |= 1L << slots[i];
                from[i] = size;
                size += last[i] + 1;
            }
            classes = new byte[size];
            fires = new long[size];
            for (int i = 0; i < slots.length; i++)
                for (int n = 0; n <= last[i]; n++) {
                    classes[from[i] + n] = (byte) facts.get(i).of(before[i] + n);
                    fires[from[i] + n] = words == 1 ? rows[bases[i] + classes[from[i] + n] << 1] : 0;
                }
        }

        int count() {
            return slots.length;
        }

        int at(int i, Slots s) {
            int slot = slots[i];
            if ((s.known >>> slot & 1) == 0) return unknown[i] + (int) (s.none >>> slot & 1);
            return bases[i] + classes[from[i] + within(s.value[slot] - before[i], last[i])];
        }

        /** From 0 to {@code last}, without a branch: which of them it is nobody can foresee. */
        private static int within(long number, long last) {
            long notBelow = number & ~(number >> 63), above = last - notBelow;
            return (int) (notBelow + (above & above >> 63));
        }

        /** Rows that hold by all these facts, each of which is known. */
        long holding(long[] value) {
            long holds = -1;
            for (int i = 0; i < slots.length; i++) holds &= fires[from[i] + within(value[slots[i]] - before[i], last[i])];
            return holds;
        }
    }

    /** A number or day whose cuts lie far apart. */
    private record Far(Classes classes) {
        int at(Slots s) {
            int slot = classes.slot;
            return classes.base + ((s.known >>> slot & 1) != 0 ? classes.of(s.value[slot]) : classes.unknown() + (int) (s.none >>> slot & 1));
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
            return base + (accepts >>> Long.signum(s.value[left] - s.value[right]) + 1 & 1) * Truth.TRUE;
        }
    }

    /** A list that has one of these codes. */
    private record Listed(int base, int slot, long codes) {
        int at(Slots s) {
            if ((s.known >>> slot & 1) != 0) return base + Math.abs(Long.signum(s.value[slot] & codes)) * Truth.TRUE;
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

    @Override public void on(Evaluation e) {
        apply(e.slots, e.fired, e.possible);
    }

    /** Leaves in {@code fired} only rows that hold for certain, in {@code possible} those that are not false; rows that are not looked at here stay. */
    void apply(Slots s, long[] fired, long[] possible) {
        if (words > 1) {
            for (int w = 0; w < words; w++) {
                fired[w] &= ~never[w];
                possible[w] &= ~never[w];
            }
            for (int i = 0; i < near.count(); i++) and(near.at(i, s), fired, possible);
            for (Far wide : far) and(wide.at(s), fired, possible);
            for (Pair pair : pairs) and(pair.at(s), fired, possible);
            for (Listed list : lists) and(list.at(s), fired, possible);
            for (Atom atom : atoms) and(atom.at(s), fired, possible);
            return;
        }
        // up to 64 rows, which is nearly every scheme: both sets stay in registers
        long holds = ~never[0], may;
        if ((near.reads & ~s.known) == 0) {
            holds &= near.holding(s.value);
            may = holds;   // what is known leaves nothing in doubt
        } else {
            may = holds;
            for (int i = 0; i < near.count(); i++) {
                int at = near.at(i, s) << 1;
                holds &= rows[at];
                may &= rows[at + 1];
            }
        }
        for (Far wide : far) {
            int at = wide.at(s) << 1;
            holds &= rows[at];
            may &= rows[at + 1];
        }
        for (Pair pair : pairs) {
            int at = pair.at(s) << 1;
            holds &= rows[at];
            may &= rows[at + 1];
        }
        for (Listed list : lists) {
            int at = list.at(s) << 1;
            holds &= rows[at];
            may &= rows[at + 1];
        }
        for (Atom atom : atoms) {
            int at = atom.at(s) << 1;
            holds &= rows[at];
            may &= rows[at + 1];
        }
        fired[0] &= holds;
        possible[0] &= may;
    }

    private void and(int at, long[] fired, long[] possible) {
        int first = 2 * at * words;
        for (int w = 0; w < words; w++) {
            fired[w] &= rows[first + w];
            possible[w] &= rows[first + words + w];
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

    private long[] flat(List<long[]> fire, List<long[]> may) {
        long[] flat = new long[fire.size() * 2 * words];
        for (int i = 0; i < fire.size(); i++) {
            System.arraycopy(fire.get(i), 0, flat, 2 * i * words, words);
            System.arraycopy(may.get(i), 0, flat, (2 * i + 1) * words, words);
        }
        return flat;
    }
}
