package cn.jincai.assessment;

import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Facts of any scheme at the numbers and days that its own tables and parameters name, one less, one more. */
final class BoundaryCase {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w-])\\d+(?![\\w-])"),
            DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private final Scheme scheme;
    private final List<Long> numbers;
    private final List<Long> periods;
    private final List<LocalDate> days;
    private final List<WorkedCase> examples;

    BoundaryCase(PolicyPackage policy) {
        scheme = policy.catalogue();
        examples = WorkedCase.of(policy, policy.rulesets().get(0), new Findings());
        TreeSet<Long> found = new TreeSet<>(List.of(0L, 1L)), months = new TreeSet<>(List.of(0L));
        TreeSet<LocalDate> dates = new TreeSet<>();
        for (Ruleset ruleset : policy.rulesets()) {
            for (Parameter p : ruleset.parameters().values())
                for (Parameter.Dated dated : p.values()) {
                    if (!dated.from().equals(LocalDate.MIN)) dates.add(dated.from());
                    if (dated.is() instanceof LocalDate day) dates.add(day);
                    if (dated.is() instanceof Long number) found.add(number);
                    if (dated.is() instanceof Long number
                            && List.of("months", "years").contains(p.unit()))
                        months.add(p.unit().equals("years") ? 12 * number : number);
                }
            Stream.concat(ruleset.conditions().stream(), ruleset.entitlements().stream())
                    .flatMap(t -> t.rows().stream())
                    .map(Table.Row::cells)
                    .flatMap(List::stream)
                    .forEach(cell -> {
                        for (Matcher m = NUMBER.matcher(cell); m.find(); ) found.add(Long.valueOf(m.group()));
                        for (Matcher m = DAY.matcher(cell); m.find(); ) dates.add(LocalDate.parse(m.group()));
                    });
        }
        numbers = List.copyOf(found);
        periods = List.copyOf(months);
        days = List.copyOf(dates);
    }

    LocalDate applied(Random random) {
        return !days.isEmpty() && random.nextInt(4) == 0
                ? days.get(random.nextInt(days.size())).plusDays(random.nextInt(3) - 1)
                : LocalDate.of(2025, 1, 1).plusDays(random.nextInt(730));
    }

    record Person(LocalDate applied, Map<String, Object> facts) {}

    /** A worked case of which a few facts are others: many of them are granted. */
    Person nearAWorkedCase(Random random) {
        WorkedCase worked = examples.get(random.nextInt(examples.size()));
        Map<String, Object> facts = new HashMap<>(worked.facts());
        for (Scheme.Fact fact : scheme.facts())
            if (random.nextInt(12) == 0) facts.put(fact.name(), value(fact, worked.applicationDate(), random));
        return new Person(worked.applicationDate(), facts);
    }

    /** @param unknown share of facts that nobody tells */
    Map<String, Object> facts(LocalDate applied, Random random, double unknown) {
        Map<String, Object> facts = new HashMap<>();
        for (Scheme.Fact fact : scheme.facts())
            if (random.nextDouble() >= unknown) facts.put(fact.name(), value(fact, applied, random));
        return facts;
    }

    private Object value(Scheme.Fact fact, LocalDate applied, Random random) {
        return switch (fact.type()) {
            case DATE -> {
                LocalDate day = !days.isEmpty() && random.nextInt(6) == 0
                        ? days.get(random.nextInt(days.size()))
                        : applied.minusMonths(periods.get(random.nextInt(periods.size())));
                yield random.nextInt(8) == 0
                        ? applied.minusDays(random.nextInt(20_000))
                        : day.plusDays(random.nextInt(3) - 1)
                                .minusDays(random.nextInt(4) == 0 ? random.nextInt(32) : 0);
            }
            case BOOLEAN -> random.nextInt(5) > 0;
            case INTEGER, FEN ->
                Math.max(
                        fact.min(),
                        Math.min(fact.most(), numbers.get(random.nextInt(numbers.size())) + random.nextInt(3) - 1));
            case SERIES, PERIOD -> throw new IllegalArgumentException("MonthsTest draws them");
            case PERCENT -> Percent.value(fact.min() + (long) (random.nextDouble() * (fact.most() - fact.min())));
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
