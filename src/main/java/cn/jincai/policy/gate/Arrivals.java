package cn.jincai.policy.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The positions that a walk came to, nearest first, and of them those from which it has not gone on yet. */
final class Arrivals {
    private final Map<String, Arrival> seen = new LinkedHashMap<>();
    private final Deque<Arrival> open = new ArrayDeque<>();

    void add(Arrival from, String step, Position position) {
        seen.computeIfAbsent(position.key(), key -> {
                    Arrival there = new Arrival(from, step, position);
                    open.add(there);
                    return there;
                })
                .from
                .add(from);
    }

    boolean areOpen() {
        return !open.isEmpty();
    }

    Arrival next() {
        return open.remove();
    }

    int count() {
        return seen.size();
    }

    /** The nearest from which no way leads to the end. */
    Optional<Arrival> stuck() {
        backFromTheEnds();
        return seen.values().stream().filter(one -> !one.leadsToTheEnd).findFirst();
    }

    private void backFromTheEnds() {
        Deque<Arrival> back = new ArrayDeque<>();
        seen.values().stream().filter(one -> one.position.over).forEach(end -> {
            end.leadsToTheEnd = true;
            back.add(end);
        });
        while (!back.isEmpty())
            for (Arrival before : back.remove().from)
                if (!before.leadsToTheEnd) {
                    before.leadsToTheEnd = true;
                    back.add(before);
                }
    }
}
