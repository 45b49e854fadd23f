package cn.jincai.web.portal;

import cn.jincai.assessment.explanation.Rulebook.History;
import cn.jincai.assessment.explanation.Rulebook.Period;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
        LongSummaryStatistics numbers = periods.stream()
                .filter(p -> p.is() instanceof Long)
                .mapToLong(p -> (Long) p.is())
                .summaryStatistics();
        if (periods.size() < 2 || numbers.getCount() == 0) return Optional.empty();
        LongSummaryStatistics days = Stream.concat(
                        Stream.of(today), periods.stream().map(Period::from))
                .filter(Objects::nonNull)
                .mapToLong(LocalDate::toEpochDay)
                .summaryStatistics();
        long margin = Math.max(365, (days.getMax() - days.getMin()) / 6);
        long first = days.getMin() - margin, last = days.getMax() + margin;
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
            int y = y(value, numbers.getMin(), numbers.getMax());
            path.append(drawn ? "V" + y : "M" + from + " " + y).append("H").append(to);
            labels.add(new Label(from + 3, y - 6, p.shown()));
            drawn = true;
        }
        return Optional.of(new Chart(path.toString(), x(today.toEpochDay(), first, last), labels));
    }

    private static int y(long value, long low, long high) {
        return high == low
                ? (TOP + BOTTOM) / 2
                : (int) (BOTTOM - (BOTTOM - TOP) * (value - low) / (double) (high - low));
    }

    private static int x(long day, long first, long last) {
        return (int) (LEFT + (RIGHT - LEFT) * (day - first) / (double) (last - first));
    }
}
