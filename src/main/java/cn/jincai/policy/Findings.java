package cn.jincai.policy;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that is wrong in a package, collected: one reading tells everything, and nothing is half loaded. */
public final class Findings {
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Mistake> warnings = new ArrayList<>();
    /** How many others each explains. */
    private final Map<Mistake, Integer> explaining = new LinkedHashMap<>();

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

    /** One that was found is why another was: whoever mends this first is spared the other. */
    public void explains(Mistake cause) {
        explaining.merge(cause, 1, Integer::sum);
    }

    /**
     * @param stops    whether the package is refused for it; otherwise whoever proposes the package signs it
     * @param explains how many others go with it
     */
    public record Found(Mistake mistake, boolean stops, int explains) {}

    /** Mistakes and warnings as they are best read: first what explains most of the others, then what stops the package. */
    public List<Found> inOrder() {
        return Stream.concat(
                        mistakes.stream().map(m -> found(m, true)),
                        warnings.stream().map(w -> found(w, false)))
                .sorted(Comparator.comparingInt(Found::explains).reversed())
                .toList();
    }

    private Found found(Mistake mistake, boolean stops) {
        return new Found(mistake, stops, explaining.getOrDefault(mistake, 0));
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
