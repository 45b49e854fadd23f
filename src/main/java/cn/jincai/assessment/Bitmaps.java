package cn.jincai.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All rows of some tables at once. The cells cut a fact's values into classes; for each class two sets of rows are kept: those whose cells on this
 * fact are true (or empty), and those whose cells are not false. A case is one look-up a fact instead of a test a cell. Cells on several facts, on
 * lists and on days that may still move are tested one by one and looked up by their truth.
 */
final class Bitmaps {
    private static final int NEAR = 4096;

    private final int words;
    private final int[] slots;
    private final int[] base;
    private final long[][] cuts;
    /** The class of each number from the one before the first cut to the last, where that is a short way; null where it is not. */
    private final byte[][] near;
    private final int[] classes;
    private final Test[] atoms;
    private final long[] atomNone;
    private final int[] atomBase;
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
        slots = bySlot.keySet().stream().mapToInt(Integer::intValue).toArray();
        base = new int[slots.length];
        cuts = new long[slots.length][];
        near = new byte[slots.length][];
        classes = new int[slots.length];
        atoms = byAtom.keySet().toArray(Test[]::new);
        atomNone = new long[atoms.length];
        atomBase = new int[atoms.length];
        List<long[]> fireWords = new ArrayList<>(), openWords = new ArrayList<>();
        for (int j = 0; j < slots.length; j++) {
            List<Part> parts = bySlot.get(slots[j]);
            Symbol symbol = vocabulary.at(slots[j]);
            cuts[j] = symbol.codes().isEmpty() ? cuts(parts) : null;
            near[j] = cuts[j] == null ? null : near(cuts[j]);
            classes[j] = cuts[j] == null ? symbol.codes().size() : cuts[j].length + 1;
            base[j] = fireWords.size();
            Slots sample = new Slots(vocabulary.size());
            for (int k = 0; k < classes[j] + 2; k++) {
                sample.known = sample.none = 0;
                if (k == classes[j] + 1) sample.setNone(slots[j]);
                else if (k < classes[j]) sample.set(slots[j], cuts[j] == null ? k : k == 0 ? (cuts[j].length == 0 ? 0 : cuts[j][0] - 1) : cuts[j][k - 1]);
                addWords(parts, sample, fireWords, openWords);
            }
        }
        for (int a = 0; a < atoms.length; a++) {
            List<Part> parts = byAtom.get(atoms[a]);
            atomBase[a] = fireWords.size();
            atomNone[a] = parts.get(0).cell.checksNull() ? 0 : parts.get(0).cell.reads();
            for (int truth = Truth.FALSE; truth <= Truth.TRUE; truth++) {
                long[] fire = all(), may = all();
                for (Part part : parts) mark(part.row, truth, fire, may);
                fireWords.add(fire);
                openWords.add(may);
            }
        }
        fires = flat(fireWords);
        open = flat(openWords);
    }

    private record Part(int row, Cell cell) {}

    /** Leaves in {@code fired} only rows that hold for certain, in {@code possible} those that are not false; rows that are not looked at here stay. */
    void apply(Slots s, long[] fired, long[] possible) {
        if (words == 1) applyToOneWord(s, fired, possible);
        else
            for (int i = 0; i < slots.length + atoms.length; i++) {
                int at = (i < slots.length ? slotClass(i, s) : atomClass(i - slots.length, s)) * words;
                for (int w = 0; w < words; w++) {
                    fired[w] &= fires[at + w];
                    possible[w] &= open[at + w];
                }
            }
    }

    /** Up to 64 rows, which is nearly every scheme: both sets stay in registers. */
    private void applyToOneWord(Slots s, long[] fired, long[] possible) {
        long holds = -1, may = -1;
        for (int j = 0; j < slots.length; j++) {
            int at = slotClass(j, s);
            holds &= fires[at];
            may &= open[at];
        }
        for (int a = 0; a < atoms.length; a++) {
            int at = atomClass(a, s);
            holds &= fires[at];
            may &= open[at];
        }
        fired[0] &= holds;
        possible[0] &= may;
    }

    private int slotClass(int j, Slots s) {
        int slot = slots[j];
        if ((s.known >>> slot & 1) != 0) return base[j] + (cuts[j] == null ? (int) s.value[slot] : classOf(j, s.value[slot]));
        return base[j] + classes[j] + (int) (s.none >>> slot & 1);
    }

    private int atomClass(int a, Slots s) {
        return atomBase[a] + ((atomNone[a] & s.none) != 0 ? Truth.FALSE : atoms[a].truth(s));
    }

    private int classOf(int j, long value) {
        byte[] table = near[j];
        if (table != null) return table[(int) Math.max(0, Math.min(table.length - 1, value - cuts[j][0] + 1))];
        int found = Arrays.binarySearch(cuts[j], value);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static byte[] near(long[] cuts) {
        if (cuts.length == 0 || cuts.length > 127 || cuts[cuts.length - 1] - cuts[0] > NEAR) return null;
        byte[] table = new byte[(int) (cuts[cuts.length - 1] - cuts[0]) + 2];
        for (int i = 0, k = 0; i < table.length; i++) {
            while (k < cuts.length && cuts[k] <= cuts[0] - 1 + i) k++;
            table[i] = (byte) k;
        }
        return table;
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
