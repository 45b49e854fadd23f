package cn.jincai.assessment.explanation;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.explanation.Explained.Change;
import cn.jincai.assessment.explanation.Explained.FirstDay;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Changes;
import cn.jincai.policy.Scheme.Fact;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What would have to change: other values of one fact at a time, and other days. Every value at which any comparison of the rules turns is tried, and every
 * day, each by a whole evaluation; nothing is guessed from the rules' form.
 */
final class Counterfactuals {
    /** How far ahead a day is looked for. */
    static final int YEARS = 10;

    private static final long LARGEST = 1L << 50;
    /** A list that is known to be what it is so far. */
    private static final long AS_IT_IS = -1;

    private final SchemeRules rules;
    private final FactLabels wording;
    private final WorkingCalendar calendar;
    private final LocalDate day;
    private final Map<String, Object> facts;
    private final Adjustments adjustments;
    private final Vocabulary vocabulary;
    private final Slots now;
    /** A date beyond the application date counts as unknown until its day has come. */
    private final boolean waitsForADay;
    /** All comparisons of the rules as they stand for this case; no number picks other rules. */
    private final List<CellTest.Compare> compares = new ArrayList<>();

    private final List<Trial> trials = new ArrayList<>();

    Counterfactuals(
            SchemeRules rules,
            FactLabels wording,
            WorkingCalendar calendar,
            LocalDate day,
            Map<String, Object> facts,
            Adjustments adjustments) {
        this.rules = rules;
        this.wording = wording;
        this.calendar = calendar;
        this.day = day;
        this.facts = facts;
        this.adjustments = adjustments;
        this.vocabulary = rules.vocabulary;
        this.now = vocabulary.slots(day, facts);
        this.waitsForADay =
                facts.values().stream().anyMatch(value -> value instanceof LocalDate date && date.isAfter(day));
        for (Rule rule : rules.on(now, adjustments.waived()).rules)
            for (Cell cell : rule.cells()) cell.test().comparisons(compares::add);
        List<Fact> all = vocabulary.scheme.facts();
        for (int slot = 0; slot < all.size(); slot++) tryAll(all.get(slot), slot);
    }

    /** A value of one fact (of a list: a code more or less, {@link #AS_IT_IS} for none) with what it makes of each benefit. */
    private record Trial(int slot, long value, Verdict[] verdicts) {}

    private Evaluation with(int slot, long value) {
        Slots slots = now.copy();
        slots.forget(slot);
        if (vocabulary.at(slot).kind() == Symbol.Kind.LIST) slots.set(vocabulary.at(slot), turned(held(slot), value));
        else slots.set(slot, value);
        return evaluate(slots);
    }

    private Bits held(int slot) {
        return now.list(vocabulary.at(slot));
    }

    private static Bits turned(Bits held, long code) {
        if (code == AS_IT_IS) return held;
        return held.has((int) code) ? held.without(Bits.of((int) code)) : held.with((int) code);
    }

    private Evaluation evaluate(Slots slots) {
        return Evaluation.of(rules.on(slots, adjustments.waived()), slots, calendar, adjustments);
    }

    private void tryAll(Fact fact, int slot) {
        if (fact.changes() == Changes.never) return;
        if (fact.type() == Scheme.Type.TEXT && fact.values().isEmpty()) return;
        for (long value : values(fact, slot))
            if (!now.isKnown(slot) || value != (fact.type() == Scheme.Type.LIST ? AS_IT_IS : now.value[slot]))
                trials.add(new Trial(slot, value, verdicts(with(slot, value))));
    }

    private static Verdict[] verdicts(Evaluation e) {
        Verdict[] verdicts = new Verdict[e.outcomes.length];
        for (int i = 0; i < verdicts.length; i++) verdicts[i] = e.outcomes[i].verdict;
        return verdicts;
    }

    private Iterable<Long> values(Fact fact, int slot) {
        TreeSet<Long> values = new TreeSet<>();
        switch (fact.type()) {
            case BOOLEAN -> values.addAll(List.of(0L, 1L));
            case TEXT -> {
                for (long code = 0; code < fact.values().size(); code++) values.add(code);
            }
            case LIST -> {
                for (long code = AS_IT_IS; code < fact.values().size(); code++) values.add(code);
            }
            case INTEGER, FEN, PERCENT -> turningPoints(fact, slot, values);
            case DATE, SERIES, PERIOD -> {}
        }
        return values;
    }

    /** Each number at which some comparison turns, with its neighbours. */
    private void turningPoints(Fact fact, int slot, TreeSet<Long> values) {
        long low = fact.min(),
                high =
                        fact.max() == null && fact.type() != Scheme.Type.PERCENT
                                ? Math.max(LARGEST, now.value[slot])
                                : fact.most();
        List<Long> ends = now.isKnown(slot) && now.value[slot] > low && now.value[slot] < high
                ? List.of(low, now.value[slot], high)
                : List.of(low, high);
        values.addAll(ends);
        for (int i = 0; i + 1 < ends.size(); i++) {
            Slots at = with(slot, ends.get(i)).slots, then = with(slot, ends.get(i + 1)).slots;
            for (CellTest.Compare test : compares)
                if (sign(test, at) != sign(test, then))
                    bisect(slot, test, ends.get(i), ends.get(i + 1), sign(test, at), sign(test, then), values);
        }
    }

    /** Below, equal or above: each is met once on the way from one end to the other. */
    private void bisect(int slot, CellTest.Compare test, long from, long to, int sign, int end, TreeSet<Long> values) {
        long a = from, b = to;
        int turned = end;
        while (b - a > 1) {
            long middle = a + (b - a) / 2;
            int here = sign(test, with(slot, middle).slots);
            if (here == sign) {
                a = middle;
            } else {
                b = middle;
                turned = here;
            }
        }
        values.addAll(List.of(a, b));
        if (turned != end) bisect(slot, test, b, to, turned, end, values);
    }

    private static int sign(CellTest.Compare test, Slots s) {
        return Long.compare(test.left().at(s), test.right().at(s));
    }

    /** Single changes that make this benefit better than it is, one a fact, those with the best outcome first. */
    List<Change> changes(int benefit, Verdict now) {
        List<Change> changes = new ArrayList<>();
        for (int slot = 0; slot < vocabulary.scheme.facts().size(); slot++) {
            int own = slot;
            List<Trial> better = trials.stream()
                    .filter(t -> t.slot == own && t.verdicts[benefit].compareTo(now) > 0)
                    .toList();
            Verdict best = better.stream()
                    .map(t -> t.verdicts[benefit])
                    .max(Verdict::compareTo)
                    .orElse(null);
            if (best != null)
                changes.add(change(
                        benefit,
                        slot,
                        best,
                        better.stream().filter(t -> t.verdicts[benefit] == best).toList()));
        }
        changes.sort(java.util.Comparator.comparing(Change::verdict).reversed());
        return List.copyOf(changes);
    }

    private Change change(int benefit, int slot, Verdict verdict, List<Trial> trials) {
        Fact fact = vocabulary.knownFact(slot);
        return switch (fact.type()) {
            case INTEGER, FEN, PERCENT -> number(benefit, slot, verdict, trials);
            case BOOLEAN ->
                other(fact, slot, verdict, trials.get(0).value == 1, WrittenValues.flag(trials.get(0).value == 1));
            case LIST -> list(fact, slot, verdict, trials);
            default -> {
                Bits bits = codes(trials);
                yield other(fact, slot, verdict, codes(fact, bits), wording.anyOf(slot, bits));
            }
        };
    }

    private Change other(Fact fact, int slot, Verdict verdict, Object to, Text shown) {
        boolean known = now.isKnown(slot);
        Text text = Text.of(
                known ? "assessment.would.changedTo" : "assessment.would.foundToBe",
                fact.label(),
                shown,
                WrittenValues.verdict(verdict.name()));
        return new Change(
                fact.name(), fact.label(), known ? facts.get(fact.name()) : null, to, null, verdict, null, null, text);
    }

    /** One more in the list, or one fewer. */
    private Change list(Fact fact, int slot, Verdict verdict, List<Trial> trials) {
        Bits held = held(slot);
        List<Trial> adds = trials.stream()
                .filter(t -> t.value != AS_IT_IS && !held.has((int) t.value))
                .toList();
        Bits bits = codes(adds.isEmpty() ? trials : adds);
        Text text = Text.of(
                bits.isEmpty()
                        ? "assessment.would.foundToBe"
                        : adds.isEmpty() ? "assessment.would.without" : "assessment.would.withAlso",
                fact.label(),
                bits.isEmpty() ? WrittenValues.NOTHING : wording.anyOf(slot, bits),
                WrittenValues.verdict(verdict.name()));
        return new Change(
                fact.name(),
                fact.label(),
                now.isKnown(slot) ? facts.get(fact.name()) : null,
                codes(fact, bits),
                null,
                verdict,
                null,
                null,
                text);
    }

    private Change number(int benefit, int slot, Verdict verdict, List<Trial> trials) {
        Fact fact = vocabulary.knownFact(slot);
        long held = now.value[slot];
        boolean known = now.isKnown(slot);
        long to = trials.stream()
                .mapToLong(Trial::value)
                .boxed()
                .min(java.util.Comparator.<Long>comparingLong(v -> Math.abs(v - held))
                        .thenComparing(v -> v))
                .orElseThrow();
        Text value = WrittenValues.number(to, wording.unit(slot));
        if (!known) return other(fact, slot, verdict, raw(fact, to), value);
        LocalDate ready = fact.changes() == Changes.monthly && to > held && to - held <= YEARS * 12L
                ? YearMonth.from(day).plusMonths(to - held).atDay(1)
                : null;
        Verdict then = ready == null ? null : evaluate(on(ready, true)).outcomes[benefit].verdict;
        Text text = Text.of(
                to > held ? "assessment.would.more" : "assessment.would.less",
                fact.label(),
                WrittenValues.number(Math.abs(to - held), wording.unit(slot)),
                value);
        if (ready != null) text = Text.of("assessment.would.earliest", text, WrittenValues.day(ready));
        text = Text.of("assessment.would.result", text, WrittenValues.verdict(verdict.name()));
        if (then != null && then != verdict)
            text = Text.of("assessment.would.butThen", text, WrittenValues.verdict(then.name()));
        return new Change(
                fact.name(),
                fact.label(),
                facts.getOrDefault(fact.name(), raw(fact, held)),
                raw(fact, to),
                fact.type() == Scheme.Type.PERCENT ? null : to - held,
                verdict,
                ready,
                then,
                Text.of("assessment.stop", text));
    }

    /** A number as JSON has it. */
    private static Object raw(Fact fact, long number) {
        return fact.type() == Scheme.Type.PERCENT ? Percent.value(number) : (Object) number;
    }

    private static Bits codes(List<Trial> trials) {
        return trials.stream().map(t -> Bits.of((int) t.value)).reduce(Bits.NONE, Bits::or);
    }

    private static Object codes(Fact fact, Bits bits) {
        List<Object> codes = new ArrayList<>();
        for (int i = 0; i < fact.values().size(); i++)
            if (bits.has(i))
                codes.add(
                        fact.numbers()
                                ? (Object) Long.valueOf(fact.values().get(i).code())
                                : fact.values().get(i).code());
        return codes;
    }

    /** The same person on a later day; facts that grow by the month have grown where {@code continued}. */
    private Slots on(LocalDate later, boolean continued) {
        Slots slots = waitsForADay ? vocabulary.slots(later, facts) : now.copy();
        slots.set(vocabulary.applicationDate, later.toEpochDay());
        if (!continued) return slots;
        long months = ChronoUnit.MONTHS.between(YearMonth.from(day), YearMonth.from(later));
        for (int slot = 0; slot < vocabulary.scheme.facts().size(); slot++) {
            Fact fact = vocabulary.knownFact(slot);
            if (fact.changes() == Changes.monthly && slots.isKnown(slot))
                slots.set(
                        slot,
                        fact.max() == null
                                ? slots.value[slot] + months
                                : Math.min(fact.max(), slots.value[slot] + months));
        }
        return slots;
    }

    /** By benefit: null where none would be granted within {@link #YEARS} years, or it is granted now. */
    @Nullable
    FirstDay[] firstDays(BenefitOutcome[] now) {
        @Nullable LocalDate[] unchanged = firstDays(now, false), continued = firstDays(now, true);
        @Nullable FirstDay[] days = new @Nullable FirstDay[now.length];
        for (int b = 0; b < days.length; b++) days[b] = firstDay(unchanged[b], continued[b]);
        return days;
    }

    private static @Nullable FirstDay firstDay(@Nullable LocalDate unchanged, @Nullable LocalDate continued) {
        if (continued != null && (unchanged == null || continued.isBefore(unchanged)))
            return new FirstDay(unchanged, continued, firstDay("continued", continued));
        return unchanged == null ? null : new FirstDay(unchanged, continued, firstDay("unchanged", unchanged));
    }

    private static Text firstDay(String how, LocalDate day) {
        return Text.of("assessment.firstDay." + how, WrittenValues.day(day));
    }

    private static boolean isOpen(BenefitOutcome now) {
        return now.verdict != Verdict.APPROVE && !now.notAsked;
    }

    private @Nullable LocalDate[] firstDays(BenefitOutcome[] now, boolean continued) {
        @Nullable LocalDate[] found = new @Nullable LocalDate[now.length];
        int open = 0;
        for (BenefitOutcome o : now) if (isOpen(o)) open++;
        if (continued && vocabulary.scheme.facts().stream().noneMatch(f -> f.changes() == Changes.monthly))
            return found;
        for (LocalDate later = day.plusDays(1);
                open > 0 && later.isBefore(day.plusYears(YEARS));
                later = later.plusDays(1)) {
            Evaluation e = evaluate(on(later, continued));
            for (int b = 0; b < found.length; b++)
                if (found[b] == null && isOpen(now[b]) && e.outcomes[b].verdict == Verdict.APPROVE) {
                    found[b] = later;
                    open--;
                }
        }
        return found;
    }
}
