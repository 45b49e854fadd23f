package cn.jincai.process.board;

import java.util.List;

/**
 * How long the last ones took, in working days.
 *
 * @param count how many they were; the others are 0 where there was none
 */
public record Times(int count, double average, double median) {
    static Times of(List<Integer> days) {
        if (days.isEmpty()) return new Times(0, 0, 0);
        List<Integer> sorted = days.stream().sorted().toList();
        int half = sorted.size() / 2;
        return new Times(
                sorted.size(),
                sorted.stream().mapToInt(Integer::intValue).average().orElseThrow(),
                sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2.0);
    }
}
