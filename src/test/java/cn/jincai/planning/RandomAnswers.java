package cn.jincai.planning;

import cn.jincai.policy.forms.Form;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** An answer of anybody to any question, by its type; mostly near small limits, as rules are. */
final class RandomAnswers {
    private static final long[] NUMBERS = {
        0, 1, 2, 3, 5, 6, 11, 12, 24, 36, 37, 60, 100_000, 2_000_000, 12_000_000, 18_000_000, 60_000_000
    };

    private final Random random;
    private final LocalDate today;

    RandomAnswers(Random random, LocalDate today) {
        this.random = random;
        this.today = today;
    }

    Object to(Form.Field field) {
        return switch (field.type()) {
            case "checkbox" -> random.nextInt(4) > 0;
            case "number" -> Math.min(field.most(), Math.max(field.least(), NUMBERS[random.nextInt(NUMBERS.length)]));
            case "date" ->
                today.minusMonths(random.nextInt(3) == 0 ? random.nextInt(700) : random.nextInt(24))
                        .minusDays(random.nextInt(3))
                        .toString();
            case "checklist" ->
                field.values().stream()
                        .filter(o -> random.nextInt(field.values().size()) == 0)
                        .map(Form.Option::value)
                        .toList();
            case "select", "radio" -> any(field.values()).value();
            default -> "6-18-02-04";
        };
    }

    private Form.Option any(List<Form.Option> options) {
        return options.get(random.nextInt(options.size()));
    }
}
