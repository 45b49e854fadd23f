package cn.jincai.assessment.verification;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.RandomCase;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Truth;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is foretold of a box holds for each case in it, and of a box of one case exactly that is foretold. */
class AbstractStateTest {
    private static final int CASES = LongRun.of(3_000);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", "made-up"})
    void nothingHappensThatWasNotForetold(String scheme) {
        PolicyPackage policy = policy(scheme);
        SchemeRules rules = new SchemeRules(policy);
        Columns columns = new Columns(TODAY, policy);
        Random random = new Random(7);
        int wide = 0, settled = 0;
        for (Box span : Spans.of(columns, columns.all(true), TODAY, List.of(policy))) {
            Box any = columns.example(span);
            SearchModel first =
                    new SearchModel(rules.on(slots(rules, columns, any), Set.of()), columns, CityCalendar.calendar());
            BoxState state = new BoxState(first);
            for (int i = 0; i < CASES; i++) {
                Box one = random(columns, policy.catalogue(), span, random);
                if (one == null) continue;
                Box box = around(columns, span, one, random);
                check(first, state, box, one, false);
                narrow(first, box, one, random);
                check(first, state, box, one, false);
                assertThat(state.impossible).as(said(first, one)).isEqualTo(cn.jincai.assessment.rules.Bits.NONE);
                check(first, state, one, one, true);
                wide++;
                for (int row = 0; row < first.rules.rules.length; row++)
                    if (TruthSet.isSettled(state.truth(row))) settled++;
            }
        }
        assertThat(wide).isGreaterThan(CASES * 2 / 3);
        assertThat(settled).isPositive();
    }

    private static Slots slots(SchemeRules rules, Columns columns, Box one) {
        return rules.vocabulary.slots(columns.applied(one), columns.facts(one, false));
    }

    private static void check(SearchModel model, BoxState state, Box box, Box one, boolean exact) {
        Evaluation e = model.evaluate(one);
        state.of(box);
        for (int row = 0; row < model.rules.rules.length; row++) {
            int truth = e.isFired(row) ? TruthSet.TRUE : e.isUndecided(row) ? TruthSet.UNKNOWN : TruthSet.FALSE;
            assertThat(state.truth(row) & truth)
                    .as("%s %s", model.rules.rules[row].id(), said(model, one))
                    .isEqualTo(truth);
            if (exact)
                assertThat(state.truth(row))
                        .as("exactly %s %s", model.rules.rules[row].id(), said(model, one))
                        .isEqualTo(truth);
        }
        for (int slot = 0; slot < model.column.length; slot++) {
            int status =
                    e.slots.isKnown(slot) ? SlotRanges.KNOWN : e.slots.isNone(slot) ? SlotRanges.NONE : SlotRanges.OPEN;
            String name = model.rules.vocabulary.at(slot).name();
            assertThat(state.slots.status(slot) & status)
                    .as("%s %s", name, said(model, one))
                    .isEqualTo(status);
            if (exact)
                assertThat(state.slots.isOne(slot))
                        .as("one %s %s", name, said(model, one))
                        .isTrue();
        }
        for (int b = 0; b < e.outcomes.length; b++) {
            assertThat(state.benefits.verdicts(b) & BenefitRanges.bit(e.outcomes[b].verdict))
                    .as("verdict %s", said(model, one))
                    .isNotZero();
            assertThat(e.outcomes[b].amountFen)
                    .as("sum %s", said(model, one))
                    .isBetween(state.benefits.leastPaid(b), state.benefits.mostPaid(b));
        }
    }

    private static String said(SearchModel model, Box one) {
        return model.columns.applied(one) + " " + model.columns.facts(one, false);
    }

    private static Box random(Columns columns, Scheme scheme, Box span, Random random) {
        LocalDate applied = TODAY.minusDays(random.nextInt(4) == 0 ? random.nextInt(4_000) : random.nextInt(500) - 200);
        if (applied.toEpochDay() < span.lo[0] || applied.toEpochDay() > span.hi[0])
            applied =
                    LocalDate.ofEpochDay(span.lo[0] + random.nextInt((int) Math.min(400, span.hi[0] - span.lo[0] + 1)));
        Map<String, Object> facts = RandomCase.facts(scheme, applied, random, random.nextInt(3) * 0.1);
        Box one = columns.all(true);
        one.lo[0] = one.hi[0] = applied.toEpochDay();
        for (int c = 1; c < columns.size(); c++) {
            Columns.Column column = columns.at(c);
            if (!columns.isTold(c)) continue;
            Object value = facts.get(column.name());
            one.status[c] = value == null ? Box.ABSENT : Box.KNOWN;
            if (value == null) continue;
            if (value instanceof LocalDate day) one.lo[c] = one.hi[c] = day.toEpochDay();
            else if (value instanceof Long number) one.lo[c] = one.hi[c] = number;
            else if (value instanceof List<?> list)
                one.lo[c] = one.hi[c] = list.stream()
                        .mapToLong(i -> 1L << column.codes().indexOf(String.valueOf(i)))
                        .reduce(0, (a, b) -> a | b);
            else one.lo[c] = column.codes().isEmpty() ? 1 : 1L << column.codes().indexOf(String.valueOf(value));
        }
        for (int c = 0; c < columns.size(); c++)
            if (columns.isTold(c) && (one.status[c] & span.status[c]) == 0
                    || columns.isTold(c)
                            && one.status[c] == Box.KNOWN
                            && columns.at(c).isNumber()
                            && (one.lo[c] < span.lo[c] || one.lo[c] > span.hi[c])) return null;
        return columns.isPossible(one) ? one : null;
    }

    private static Box around(Columns columns, Box span, Box one, Random random) {
        Box box = one.copy();
        for (int c = 0; c < columns.size(); c++) {
            if (random.nextInt(3) == 0 || !columns.isTold(c)) continue;
            Columns.Column column = columns.at(c);
            if (one.status[c] == Box.ABSENT && (span.status[c] & Box.KNOWN) == 0) continue;
            boolean whole = random.nextBoolean();
            if (one.status[c] == Box.ABSENT) {
                box.status[c] = random.nextBoolean() ? span.status[c] : Box.ABSENT;
                box.lo[c] = span.lo[c];
                box.hi[c] = span.hi[c];
            } else if (column.isNumber()) {
                long width = whole ? Integer.MAX_VALUE : 1 + random.nextInt(400);
                box.lo[c] = Math.max(span.lo[c], one.lo[c] - width);
                box.hi[c] = Math.min(span.hi[c], one.lo[c] + width);
                if (random.nextBoolean()) box.status[c] = span.status[c];
            } else if (column.isList()) {
                box.lo[c] = one.lo[c] & random.nextLong();
                box.hi[c] = (one.lo[c] | random.nextLong()) & column.all();
            } else {
                box.lo[c] = (one.lo[c] | random.nextLong()) & column.all();
            }
        }
        return box;
    }

    /** Cut where the search cuts first: at truths of comparisons and at years counted, so that the case is still in it. */
    private static void narrow(SearchModel model, Box box, Box one, Random random) {
        Evaluation e = model.evaluate(one);
        model.comparisons.forEach((comparison, column) -> {
            int truth = comparison.truth(e.slots);
            box.lo[column] = random.nextBoolean() ? truth : Truth.FALSE;
            box.hi[column] = random.nextBoolean() ? truth : Truth.TRUE;
        });
        for (int slot = 0; slot < model.following.length; slot++) {
            if (model.following[slot] < 0 || !e.slots.isKnown(slot)) continue;
            box.lo[model.following[slot]] = e.slots.value[slot] - random.nextInt(3);
            box.hi[model.following[slot]] = e.slots.value[slot] + random.nextInt(3);
        }
    }

    /** Those of the city, and one that nobody ever wrote rules for. */
    private static PolicyPackage policy(String scheme) {
        return scheme.equals("made-up") ? MadeUpPackage.read() : CityPackages.of(scheme);
    }
}
