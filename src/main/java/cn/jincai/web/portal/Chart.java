package cn.jincai.web.portal;

import cn.jincai.assessment.explanation.Rulebook.History;
import cn.jincai.assessment.explanation.Rulebook.Period;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value over time as a line of steps, for an SVG of {@value #WIDTH} by {@value #HEIGHT}; the table beside it says the same.
 *
 * @param path  of the line; a time in which nothing is asked leaves a gap
 * @param today where today is, from the left
 */
record Chart(String path, int today, List<Label> labels) {
    static final int WIDTH = 480, HEIGHT = 120;
    private static final int TOP = 28, BOTTOM = 100, LEFT = 8, RIGHT = WIDTH - 8;

    record Label(int x, int y, Text text) {}

    /** Empty where the value never changed, or is no number. */
    static Optional<Chart> of(History history, LocalDate today) {
        List<Period> periods = history.periods();
        List<Long> numbers = periods.stream()
                .filter(p -> p.is() instanceof Long)
                .map(p -> (Long) p.is())
                .toList();
        if (periods.size() < 2 || numbers.isEmpty()) return Optional.empty();
        long
                start =
                        periods.stream()
                                .filter(p -> p.from() != null)
                                .mapToLong(p -> p.from().toEpochDay())
                                .min()
                                .orElseThrow(),
                end =
                        Math.max(
                                today.toEpochDay(),
                                periods.get(periods.size() - 1).from().toEpochDay());
        long margin = Math.max(365, (end - start) / 6);
        long first = start - margin,
                last = end + margin,
                low = numbers.stream().min(Long::compare).orElseThrow(),
                high = numbers.stream().max(Long::compare).orElseThrow();
        StringBuilder path = new StringBuilder();
        List<Label> labels = new ArrayList<>();
        boolean drawn = false;
        for (Period p : periods) {
            int from = p.from() == null ? LEFT : x(p.from().toEpochDay(), first, last),
                    to = p.until() == null ? RIGHT : x(p.until().toEpochDay() + 1, first, last);
            if (!(p.is() instanceof Long value)) {
                drawn = false;
                continue;
            }
            int y = high == low
                    ? (TOP + BOTTOM) / 2
                    : (int) (BOTTOM - (BOTTOM - TOP) * (value - low) / (double) (high - low));
            path.append(drawn ? "V" + y : "M" + from + " " + y).append("H").append(to);
            labels.add(new Label(from + 3, y - 6, p.shown()));
            drawn = true;
        }
        return Optional.of(new Chart(path.toString(), x(today.toEpochDay(), first, last), labels));
    }

    private static int x(long day, long first, long last) {
        return (int) (LEFT + (RIGHT - LEFT) * (day - first) / (double) (last - first));
    }
}
