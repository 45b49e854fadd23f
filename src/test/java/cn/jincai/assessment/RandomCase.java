package cn.jincai.assessment;

import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Facts of any scheme, drawn by their types, mostly near small limits. */
public final class RandomCase {
    private static final long[] SUMS = {
        0, 100_000, 1_900_000, 2_000_000, 5_000_000, 10_000_000, 40_000_000, 60_000_000, 100_000_000, 150_000_000
    };
    private static final int[] COUNTS = {0, 1, 2, 3, 5, 6, 11, 12, 35, 36, 37};

    private RandomCase() {}

    /** @param unknown share of facts that nobody tells */
    public static Map<String, Object> facts(Scheme scheme, LocalDate applied, Random random, double unknown) {
        Map<String, Object> facts = new HashMap<>();
        for (Scheme.Fact fact : scheme.facts())
            if (random.nextDouble() >= unknown) facts.put(fact.name(), value(fact, applied, random));
        return facts;
    }

    private static Object value(Scheme.Fact fact, LocalDate applied, Random random) {
        return switch (fact.type()) {
            case DATE ->
                applied.minusMonths(random.nextInt(4) == 0 ? random.nextInt(840) : 12L * random.nextInt(4))
                        .minusDays(random.nextInt(5) - 1);
            case BOOLEAN -> random.nextInt(6) > 0;
            case FEN -> Math.max(0, SUMS[random.nextInt(SUMS.length)] + random.nextInt(3) - 1);
            case SERIES, PERIOD -> throw new IllegalArgumentException("MonthsTest draws them");
            case PERCENT -> Percent.value(random.nextLong(fact.most() + 1));
            case INTEGER ->
                Math.min(
                        fact.max() == null ? Long.MAX_VALUE : fact.max(),
                        Math.max(fact.min(), COUNTS[random.nextInt(COUNTS.length)]));
            case TEXT ->
                fact.values().isEmpty()
                        ? "4-07"
                        : fact.values()
                                .get(random.nextInt(fact.values().size()))
                                .code();
            case LIST -> {
                List<Object> items = new ArrayList<>();
                for (Scheme.Value value : fact.values())
                    if (random.nextInt(fact.values().size()) == 0)
                        items.add(fact.numbers() ? (Object) Long.valueOf(value.code()) : value.code());
                yield items;
            }
        };
    }
}
