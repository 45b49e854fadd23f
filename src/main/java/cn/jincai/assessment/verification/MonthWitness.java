package cn.jincai.assessment.verification;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.kernel.Period;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Months for a case that a search found with values made of months, which it took for facts of their own: one who would make these values. Tried are months held in a
 * row, of sums that are near what the search found; where none of them does it, it is open whether anybody can.
 */
final class MonthWitness {
    private static final long[] TIMES = {1, 2, 3, 10, 100};
    private static final int MOST_MONTHS = 36;

    private final Scheme scheme;
    private final SearchModel model;
    private final Columns columns;

    MonthWitness(Scheme scheme, SearchModel model, Columns columns) {
        this.scheme = scheme;
        this.model = model;
        this.columns = columns;
    }

    /** Something made of months is behind. */
    boolean isBehind(Bits behind) {
        for (int c = behind.first(); c >= 0; c = behind.next(c + 1)) if (columns.ofMonths(c) != null) return true;
        return false;
    }

    /** Somebody for whom both rows hold. @param found the case that a search found */
    boolean isFor(Box found, int row, int otherRow) {
        Map<String, Object> facts = columns.facts(found, false);
        Set<Long> sums = new TreeSet<>(Set.of(0L, 1L));
        for (int c = 1; c < columns.size(); c++) {
            if (columns.ofMonths(c) == null) continue;
            facts.remove(columns.at(c).name());
            if (found.status[c] == Box.KNOWN)
                for (long times : TIMES) sums.add(Math.min(Scheme.LARGEST / times, found.lo[c]) * times);
        }
        LocalDate applied = columns.applied(found);
        List<YearMonth> months = months(facts, applied);
        for (int held = 0; held <= months.size(); held++)
            for (long sum : sums) {
                Map<String, Object> tried = new HashMap<>(facts);
                for (Scheme.Fact fact : scheme.facts())
                    if (fact.type() == Scheme.Type.SERIES) tried.put(fact.name(), series(fact, months, held, sum));
                Evaluation e = Evaluation.of(
                        model.rules, model.rules.vocabulary.slots(applied, tried), model.calendar, Adjustments.NONE);
                if (e.isFired(row) && e.isFired(otherRow)) return true;
            }
        return false;
    }

    /** Those of the claimed period, or the last ones before the application. */
    private List<YearMonth> months(Map<String, Object> facts, LocalDate applied) {
        for (Scheme.Fact fact : scheme.facts())
            if (fact.type() == Scheme.Type.PERIOD && facts.get(fact.name()) instanceof String written)
                return Period.of(written).orElseThrow().months();
        Period last = Period.on(Period.Kind.MONTH, applied);
        return java.util.stream.IntStream.range(0, MOST_MONTHS)
                .mapToObj(i -> last.plus(i - MOST_MONTHS).firstMonth())
                .toList();
    }

    private static Map<String, Object> series(Scheme.Fact fact, List<YearMonth> months, int held, long sum) {
        Map<String, Object> series = new TreeMap<>();
        for (int i = 0; i < months.size(); i++) {
            long value = i >= held ? 0 : i == 0 ? sum / held + sum % held : sum / held;
            value = Math.max(fact.min(), Math.min(fact.most(), value));
            series.put(
                    months.get(i).toString(),
                    switch (fact.of()) {
                        case "boolean" -> i < held;
                        case "percent" -> cn.jincai.policy.Percent.value(value);
                        default -> value;
                    });
        }
        return series;
    }
}
