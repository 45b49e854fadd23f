package cn.jincai.policy;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All that is wrong in a package, collected: one reading tells everything, and nothing is half loaded. */
public final class Findings {
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Mistake> warnings = new ArrayList<>();

    /**
     * @param file  path inside the package
     * @param place line, element, table, row, column: where somebody has to look
     */
    public void add(String file, String place, String key, Object... values) {
        Mistake mistake = Mistake.of(at(file, place), key, values);
        if (!mistakes.contains(mistake)) mistakes.add(mistake); // of a part once, however many forms include it
    }

    /** Odd, but it may be meant: it stops nothing, and whoever proposes the package says why. Places and keys as in {@link #add}. */
    public void warn(String file, String place, String key, Object... values) {
        warnings.add(Mistake.of(at(file, place), key, values));
    }

    private static String at(String file, String place) {
        return place.isEmpty() ? file : file + ", " + place;
    }

    public List<Mistake> warnings() {
        return List.copyOf(warnings);
    }

    public void addAll(Collection<Mistake> others) {
        mistakes.addAll(others);
    }

    /** With their warnings. */
    public void addAllOf(Findings others) {
        mistakes.addAll(others.mistakes);
        warnings.addAll(others.warnings);
    }

    /** Without warnings. */
    public boolean isEmpty() {
        return mistakes.isEmpty();
    }

    public List<Mistake> all() {
        return List.copyOf(mistakes);
    }

    /** @throws Problem INVALID {@code PACKAGE} with every finding, if there is one */
    public void throwIfAny() {
        if (isEmpty()) return;
        throw new Problem(Problem.Kind.INVALID, "PACKAGE", Text.of("policy.PACKAGE", mistakes.size()), mistakes);
    }
}
