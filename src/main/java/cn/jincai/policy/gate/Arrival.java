package cn.jincai.policy.gate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A position that a walk came to, with the shortest way there and every position from which one comes to it. */
final class Arrival {
    private static final int LONGEST_WAY_TOLD = 24;

    final Position position;
    final List<Arrival> from = new ArrayList<>();
    boolean leadsToTheEnd;

    private final @Nullable Arrival before;
    private final String step;

    Arrival(@Nullable Arrival before, String step, Position position) {
        this.before = before;
        this.step = step;
        this.position = position;
    }

    String way() {
        List<String> steps = new ArrayList<>();
        for (Arrival at = this; at.before != null; at = at.before) steps.add(0, at.step);
        int cut = steps.size() - LONGEST_WAY_TOLD;
        if (cut > 0) steps = new ArrayList<>(steps.subList(cut, steps.size()));
        return (cut > 0 ? "… → " : "") + String.join(" → ", steps);
    }
}
