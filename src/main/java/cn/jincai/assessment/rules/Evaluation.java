package cn.jincai.assessment.rules;

import cn.jincai.assessment.Adjustments;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Instalments;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One case against the rules: which rows hold for certain, which are not false, and what follows for each benefit. */
public final class Evaluation {
    public final CompiledRules rules;
    public final Slots slots;
    final WorkingCalendar calendar;
    final Adjustments adjustments;
    public final BenefitOutcome[] outcomes;
    /** Rows that hold for certain, and rows that are not false; valid for those already looked at. */
    public final long[] fired;

    public final long[] possible;

    /** What each line of a roster came to by itself; null where there is none, and for a line. */
    public final @Nullable List<Evaluation> lines;
    /** One line of a roster: limits and pools are for the sum of all. */
    private final boolean isLine;

    private Evaluation(
            CompiledRules rules,
            Slots slots,
            WorkingCalendar calendar,
            Adjustments adjustments,
            @Nullable List<Evaluation> lines,
            boolean isLine) {
        this.lines = lines;
        this.isLine = isLine;
        this.rules = rules;
        this.slots = slots;
        this.calendar = calendar;
        this.adjustments = adjustments;
        outcomes = new BenefitOutcome[rules.plans.length];
        fired = copy(rules.all);
        if (adjustments != Adjustments.NONE) switchOff();
        possible = copy(fired);
    }

    /** An array of one, which is what it nearly always is, is made without a call. */
    private static long[] copy(long[] words) {
        return words.length == 1 ? new long[] {words[0]} : words.clone();
    }

    /** @param slots the facts; derived values are put beside them */
    public static Evaluation of(CompiledRules rules, Slots slots, WorkingCalendar calendar, Adjustments adjustments) {
        return run(new Evaluation(rules, slots, calendar, adjustments, null, false));
    }

    /** One line of a roster. @param slots what is told of the whole claim and of the line */
    public static Evaluation ofLine(
            CompiledRules rules, Slots slots, WorkingCalendar calendar, Adjustments adjustments) {
        return run(new Evaluation(rules, slots, calendar, adjustments, null, true));
    }

    /** A claim with its roster. @param slots what is told of the whole claim */
    public static Evaluation ofRoster(
            CompiledRules rules,
            Slots slots,
            WorkingCalendar calendar,
            Adjustments adjustments,
            List<Evaluation> lines) {
        return run(new Evaluation(rules, slots, calendar, adjustments, lines, false));
    }

    private static Evaluation run(Evaluation e) {
        e.rules.program.run(e);
        return e;
    }

    /** Conditions that were waived are not tested, levels that a panel refused are not given. */
    private void switchOff() {
        for (Rule rule : rules.rules) if (!isTested(rule)) fired[rule.number() >>> 6] &= ~(1L << rule.number());
    }

    /** Neither waived nor refused. */
    public boolean isTested(Rule rule) {
        return adjustments == Adjustments.NONE
                || !(rule.isCondition() && adjustments.waived().contains(rule.reason()))
                        && !adjustments.refusedLevels().contains(rule.level());
    }

    public boolean isFired(int row) {
        return (fired[row >>> 6] >>> row & 1) != 0;
    }

    public boolean isUndecided(int row) {
        return ((possible[row >>> 6] & ~fired[row >>> 6]) >>> row & 1) != 0;
    }

    public boolean isGoverned() {
        return slots.isKnown(rules.vocabulary.governingDate);
    }

    BenefitOutcome decide(BenefitPlan plan, int index) {
        if (lines != null && plan.perLine()) return ofLines(plan, index, lines);
        BenefitOutcome outcome = decide(plan);
        if (isLine && plan.perLine() && !adjustments.clearedLines().isEmpty()) outcome.clear();
        return outcome;
    }

    /** What the lines come to together (decision 165). */
    private BenefitOutcome ofLines(BenefitPlan plan, int index, List<Evaluation> lines) {
        BenefitOutcome outcome = new BenefitOutcome(this, plan, null);
        long sum = outcome.take(lines.stream().map(line -> line.outcomes[index]).toList());
        if (outcome.notAsked) return outcome;
        for (int pool : plan.pools()) if (slots.isUnknown(pool)) noteUnknown(pool, outcome);
        if (outcome.verdict == Verdict.REJECT || !isGoverned()) return outcome;
        if (plan.atMost() >= 0) sum = Math.min(sum, Math.max(0, slots.value[plan.atMost()]));
        divide(plan, sum, outcome);
        if (plan.pools().length > 0) cut(plan, left(plan), outcome);
        return outcome;
    }

    private BenefitOutcome decide(BenefitPlan plan) {
        BenefitOutcome followed = plan.follows() < 0 ? null : outcomes[plan.follows()];
        BenefitOutcome outcome = new BenefitOutcome(this, plan, followed);
        int asked = followed != null && followed.notAsked
                ? Truth.FALSE
                : plan.asked() == null ? Truth.TRUE : plan.asked().truth(slots);
        if (asked == Truth.FALSE) {
            outcome.leaveOut();
            return outcome;
        }
        if (asked == Truth.UNKNOWN) outcome.ask(plan.askedReads().first());
        boolean fails = false, sure = asked == Truth.TRUE && (followed == null || followed.told.isEmpty());
        for (int w = 0; w < rules.words; w++) {
            long holds = fired[w] & plan.conditions()[w];
            fails |= holds != 0;
            if (sure)
                sure = (possible[w] & ~fired[w] & (plan.conditions()[w] | plan.entitlement()[w])) == 0
                        && (holds & rules.saysUnavailable[w]) == 0
                        && ((holds & rules.nullChecks[w]) == 0 || slots.areSettled(rules.vocabulary.factSlots));
        }
        int certain = certainRow(plan);
        if (!sure) noteWithUnknown(plan, certain, outcome);
        if (fails) outcome.worsen(worst(plan.conditions()));
        for (int pool : plan.pools()) if (slots.isUnknown(pool)) noteUnknown(pool, outcome);
        if (adjustments != Adjustments.NONE
                && adjustments.refusedBenefits().contains(plan.benefit().code())) {
            outcome.noted(); // the rules' own reasons first
            outcome.add(FiredReason.REFUSED_BY_PEOPLE);
            outcome.worsen(Verdict.REJECT);
        }
        if (outcome.verdict == Verdict.REJECT || !isGoverned())
            outcome.level = 0; // a REJECT leaves nothing but its reasons (rulebook 2.11)
        else if (certain >= 0) pay(plan, rules.rules[certain], outcome);
        return outcome;
    }

    private Verdict worst(long[] conditions) {
        boolean supplement = false;
        for (int w = 0; w < rules.words; w++) {
            long holds = fired[w] & conditions[w];
            if ((holds & rules.effects[Verdict.REJECT.ordinal()][w]) != 0) return Verdict.REJECT;
            supplement |= (holds & rules.effects[Verdict.SUPPLEMENT.ordinal()][w]) != 0;
        }
        return supplement ? Verdict.SUPPLEMENT : Verdict.MANUAL;
    }

    /** The entitlement that holds for certain and comes first by its order or level, or gives most, or else the first of them; -1 where none holds. */
    public int certainRow(BenefitPlan plan) {
        if (plan.highest()) return highestRow(plan);
        int best = -1, level = 0;
        for (int w = 0; w < rules.words; w++)
            for (long bits = fired[w] & plan.entitlement()[w]; bits != 0; bits &= bits - 1) {
                int row = (w << 6) + Long.numberOfTrailingZeros(bits);
                int gives = rules.rules[row].rank();
                if (best >= 0 && (gives == 0 || level != 0 && gives >= level)) continue;
                best = row;
                level = gives;
            }
        return best;
    }

    private int highestRow(BenefitPlan plan) {
        int best = -1;
        long most = 0;
        for (int w = 0; w < rules.words; w++)
            for (long bits = fired[w] & plan.entitlement()[w]; bits != 0; bits &= bits - 1) {
                int row = (w << 6) + Long.numberOfTrailingZeros(bits);
                long gives = sum(rules.rules[row]);
                if (best >= 0 && gives <= most) continue;
                best = row;
                most = gives;
            }
        return best;
    }

    /** What an entitlement gives in all, before any limit; what is not known in it counts as 0. */
    public long sum(Rule rule) {
        if (rule.amount() != null) return rule.amount().at(slots);
        return rule.monthly() == null || rule.months() == null
                ? 0
                : rule.monthly().at(slots) * rule.months().at(slots);
    }

    /** An entitlement that is not decided could give something better than the one that holds for certain. @param certain -1 where none does */
    private boolean mayBeBetter(BenefitPlan plan, Rule rule, int certain) {
        if (certain < 0) return true;
        Rule best = rules.rules[certain];
        if (plan.highest()) return !slots.unknown(rule.sumReads()).isEmpty() || sum(rule) > sum(best);
        return rule.rank() > 0 && (best.rank() == 0 || rule.rank() < best.rank());
    }

    /** How many conditions of a benefit fail. */
    int failing(BenefitPlan plan) {
        int failing = 0;
        for (int w = 0; w < rules.words; w++) failing += Long.bitCount(fired[w] & plan.conditions()[w]);
        return failing;
    }

    /** The failing conditions of a benefit about which nothing is in doubt, in order. */
    void noteFailing(BenefitPlan plan, BenefitOutcome outcome) {
        for (int w = 0; w < rules.words; w++)
            for (long bits = fired[w] & plan.conditions()[w]; bits != 0; bits &= bits - 1)
                outcome.add(rules.given[(w << 6) + Long.numberOfTrailingZeros(bits)]);
    }

    /** @param certain the entitlement that holds for certain, -1 where none does */
    private void noteWithUnknown(BenefitPlan plan, int certain, BenefitOutcome outcome) {
        outcome.inDoubt();
        for (int w = 0; w < rules.words; w++)
            for (long bits = fired[w] & plan.conditions()[w] & rules.nullChecks[w]; bits != 0; bits &= bits - 1) {
                Rule rule = rules.rules[(w << 6) + Long.numberOfTrailingZeros(bits)];
                if (rule.speaksForUnknown(slots)) outcome.told = outcome.told.with(rule.fact());
            }
        for (int w = 0; w < rules.words; w++) {
            long rows = fired[w] & plan.conditions()[w]
                    | possible[w] & ~fired[w] & (plan.conditions()[w] | plan.entitlement()[w]);
            for (; rows != 0; rows &= rows - 1)
                give(plan, rules.rules[(w << 6) + Long.numberOfTrailingZeros(rows)], certain, outcome);
        }
    }

    /** A condition that fails, or facts for want of which a condition, or a better entitlement than the certain one, can't be decided (rulebook 2.10 and 4). */
    private void give(BenefitPlan plan, Rule rule, int certain, BenefitOutcome outcome) {
        if (isFired(rule.number())) {
            boolean unavailable =
                    rule.fact() >= 0 && (rules.saysUnavailable[rule.number() >>> 6] >>> rule.number() & 1) != 0;
            if (unavailable && outcome.told.has(rule.fact()) && !rule.speaksForUnknown(slots)) return;
            if (unavailable) outcome.told = outcome.told.with(rule.fact());
            outcome.add(rules.given[rule.number()]);
            return;
        }
        if (!rule.isCondition() && !mayBeBetter(plan, rule, certain)) return;
        Bits facts = rules.missing(rule.undecided(slots), this).without(outcome.told);
        if (facts.isEmpty()) return;
        outcome.told = outcome.told.or(facts);
        outcome.worsen(Verdict.MANUAL);
        for (int fact = facts.first(); fact >= 0; fact = facts.next(fact + 1)) outcome.add(new FiredReason(rule, fact));
    }

    /** Nobody knows what is left of a pool, so nobody is simply paid out of it (rulebook 2.10). */
    private void noteUnknown(int pool, BenefitOutcome outcome) {
        Bits facts = rules.missing(Bits.of(pool), this).without(outcome.told);
        if (outcome.verdict == Verdict.REJECT) return;
        outcome.noted(); // the rules' own reasons first
        outcome.told = outcome.told.or(facts);
        outcome.worsen(Verdict.MANUAL);
        for (int fact = facts.first(); fact >= 0; fact = facts.next(fact + 1)) outcome.add(new FiredReason(null, fact));
    }

    /** What is left of the pools from which a benefit takes; the largest number where it takes from none, or nothing is asked. */
    public long left(BenefitPlan plan) {
        long left = Long.MAX_VALUE;
        for (int pool : plan.pools()) if (!slots.isNone(pool)) left = Math.min(left, Math.max(0, slots.value[pool]));
        return left;
    }

    private void pay(BenefitPlan plan, Rule best, BenefitOutcome outcome) {
        if (best.level() > 0) outcome.level = best.level();
        if (!plan.benefit().isMoney()) return;
        if (best.monthly() != null && best.months() != null) {
            outcome.monthly = true;
            outcome.monthlyFen = best.monthly().at(slots);
            outcome.months = best.months().at(slots);
            if (!(isLine && plan.perLine())
                    && plan.pools().length > 0
                    && outcome.monthlyFen > 0) // a run pays whole months
            outcome.months = Math.min(outcome.months, left(plan) / outcome.monthlyFen);
        }
        long sum = best.amount() != null ? best.amount().at(slots) : outcome.monthlyFen * outcome.months;
        boolean ofAll = isLine && plan.perLine();
        if (plan.atMost() >= 0 && !ofAll) sum = Math.min(sum, Math.max(0, slots.value[plan.atMost()]));
        divide(plan, sum, outcome);
        if (plan.pools().length > 0 && !ofAll) cut(plan, left(plan), outcome);
    }

    /** To what a pool leaves: off the part that is applied for, otherwise off the last parts. */
    private void cut(BenefitPlan plan, long left, BenefitOutcome outcome) {
        long over = outcome.amountFen - left;
        if (over <= 0) return;
        outcome.amountFen = left;
        int last = plan.appliedFor() >= 0 ? (int) slots.value[plan.appliedFor()] - 1 : outcome.parts.length - 1;
        for (int i = last; i >= 0 && over > 0; i--) {
            long off = Math.min(over, outcome.parts[i]);
            outcome.parts[i] -= off;
            over -= off;
        }
    }

    /** Parts add up to the sum, less what is deducted; the last takes the remainder (rulebook 2.8). */
    private void divide(BenefitPlan plan, long sum, BenefitOutcome outcome) {
        Instalments how = plan.instalments();
        if (how.monthsEach() > 0 && outcome.monthly) {
            int count = (int) ((outcome.months + how.monthsEach() - 1) / how.monthsEach());
            outcome.parts = new long[count];
            for (int i = 0; i < count; i++)
                outcome.parts[i] =
                        Math.min(how.monthsEach(), outcome.months - (long) i * how.monthsEach()) * outcome.monthlyFen;
            outcome.amountFen = sum;
            return;
        }
        if (sum == 0 && how.equalParts() == 1) return;
        long[] parts = new long[how.equalParts()];
        long equal = parts.length == 1 ? sum : sum / parts.length;
        Arrays.fill(parts, equal);
        parts[parts.length - 1] = sum - equal * (parts.length - 1);
        if (plan.deduct() >= 0)
            parts[how.deductFrom() - 1] = Math.max(0, parts[how.deductFrom() - 1] - slots.value[plan.deduct()]);
        outcome.parts = parts;
        if (plan.appliedFor() >= 0) {
            long number = slots.value[plan.appliedFor()];
            outcome.amountFen = number >= 1 && number <= parts.length ? parts[(int) number - 1] : 0;
        } else {
            for (long part : parts) outcome.amountFen += part;
        }
    }

    /** The year without whose notice nobody can say when a period ends that begins with this fact. */
    public int noticeMissing(int fact) {
        for (int slot = 0; slot < slots.value.length; slot++) {
            if (!slots.isProvisional(slot) || !rules.factsBehind(Bits.of(slot)).has(fact)) continue;
            int year = LocalDate.ofEpochDay(slots.value[slot]).getYear();
            return calendar.isLoaded(year) ? year + 1 : year; // rest days may go on over New Year
        }
        throw new IllegalStateException("nothing waits for a notice");
    }
}
