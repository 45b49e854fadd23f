package cn.jincai.simulation;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Facts;
import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.archive.ArchivedFacts;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two packages of one scheme on the same people. It never changes; each thread has a {@link Worker} of its own. */
final class WhatIfComparison {
    final SchemeRules before, after;
    final List<String> benefits;
    final List<String> funds;
    final int[] breakdown;
    final int firstYear, years, groups;
    private final WorkingCalendar calendar;
    private final FactCarryOver crossing;
    private final int[] sizes;
    private final long[] yearStarts;
    private final Side had, has;

    /** @param breakdown slots, in the vocabulary of {@code after}, of facts with codes */
    WhatIfComparison(
            SchemeRules before,
            SchemeRules after,
            int[] breakdown,
            WorkingCalendar calendar,
            LocalDate from,
            LocalDate to) {
        this.before = before;
        this.after = after;
        this.calendar = calendar;
        this.breakdown = breakdown;
        crossing = new FactCarryOver(after.vocabulary, before.vocabulary);
        Scheme old = before.vocabulary.scheme, now = after.vocabulary.scheme;
        benefits = List.copyOf(both(
                now.benefits().stream().map(Scheme.Benefit::code),
                old.benefits().stream().map(Scheme.Benefit::code)));
        funds = List.copyOf(both(
                now.benefits().stream().filter(Scheme.Benefit::isMoney).map(Scheme.Benefit::fund),
                old.benefits().stream().filter(Scheme.Benefit::isMoney).map(Scheme.Benefit::fund)));
        firstYear = from.getYear();
        years = to.getYear() - firstYear + 1;
        yearStarts = new long[years];
        for (int y = 0; y < years; y++)
            yearStarts[y] = LocalDate.of(firstYear + y, 1, 1).toEpochDay();
        sizes = new int[breakdown.length];
        int groups = 1;
        for (int i = 0; i < breakdown.length; i++)
            groups *= sizes[i] = after.vocabulary.at(breakdown[i]).codes().size() + 1;
        this.groups = groups;
        had = new Side(old);
        has = new Side(now);
    }

    private static Set<String> both(Stream<String> first, Stream<String> second) {
        Set<String> both = new LinkedHashSet<>();
        Stream.concat(first, second).forEach(both::add);
        return both;
    }

    /** One package: where its benefits stand among those of both, and when it pays. */
    private final class Side {
        final int[] index = new int[benefits.size()];
        final int[] fund = new int[benefits.size()];
        final PayYears pays;

        Side(Scheme scheme) {
            pays = new PayYears(scheme);
            List<String> own =
                    scheme.benefits().stream().map(Scheme.Benefit::code).toList();
            for (int b = 0; b < index.length; b++) {
                index[b] = own.indexOf(benefits.get(b));
                fund[b] = index[b] < 0 || !scheme.benefits().get(index[b]).isMoney()
                        ? -1
                        : funds.indexOf(scheme.benefits().get(index[b]).fund());
            }
        }
    }

    Worker worker() {
        return new Worker();
    }

    /** The facts of an archived case that a scheme still knows, typed; what no longer suits its fact is not known. */
    static Map<String, Object> facts(ArchivedFacts.Archived file, Scheme scheme) {
        Map<String, Object> facts = new HashMap<>();
        file.facts()
                .properties()
                .forEach(e -> Facts.readOne(scheme, e.getKey(), e.getValue())
                        .ifPresent(value -> facts.put(e.getKey(), value)));
        return facts;
    }

    private static void lay(ArchivedFacts.Archived file, Vocabulary vocabulary, Slots into) {
        into.become(vocabulary.slots(file.applicationDate(), facts(file, vocabulary.scheme)));
    }

    /** Group of a breakdown: its code for each fact, 0 where it is not known; the same numbers that {@link #code} takes apart. */
    private int group(Slots s) {
        int group = 0;
        for (int i = 0; i < breakdown.length; i++)
            group = group * sizes[i] + (s.isKnown(breakdown[i]) ? (int) s.value[breakdown[i]] + 1 : 0);
        return group;
    }

    /** The code of one fact of the breakdown in a group, -1 where it is not known. */
    int code(int group, int fact) {
        for (int i = breakdown.length - 1; i > fact; i--) group /= sizes[i];
        return group % sizes[fact] - 1;
    }

    final class Worker {
        private final Slots now = after.vocabulary.noSlots();
        private final Slots then = before.vocabulary.noSlots();
        final WhatIfTally tally = new WhatIfTally(benefits.size(), years, groups, funds.size());

        /** A made-up person. @param alone the facts that only the package before knows, or null */
        void compare(Population people, @Nullable Population alone, long seed, long number, long first, int days) {
            long person = Population.person(seed, number);
            people.lay(person, people.applicationDay(person, first, days), now);
            crossing.carry(now, then);
            if (alone != null) alone.add(person, then);
            compare(number);
        }

        /** A case of the archive: each package reads the facts that it knows. */
        void compare(ArchivedFacts.Archived file) {
            lay(file, before.vocabulary, then);
            lay(file, after.vocabulary, now);
            compare(file.id());
        }

        /** Assesses both and counts the difference. One whom a package fails is counted as that and nowhere else. */
        private void compare(long person) {
            Evaluation old, young;
            try {
                old = Evaluation.of(before.on(then, Set.of()), then, calendar, Adjustments.NONE);
                young = Evaluation.of(after.on(now, Set.of()), now, calendar, Adjustments.NONE);
            } catch (RuntimeException e) {
                tally.fail(person, e);
                return;
            }
            count(person, old, young);
        }

        private void count(long person, Evaluation old, Evaluation young) {
            tally.people++;
            long day = now.value[after.vocabulary.applicationDate];
            int year = 0, group = group(now);
            while (year + 1 < years && day >= yearStarts[year + 1]) year++;
            long hadFen = 0, hasFen = 0;
            boolean hadAny = false, hasAny = false, turns = false, better = false, worse = false;
            for (int b = 0; b < had.index.length; b++) {
                BenefitOutcome o = had.index[b] < 0 ? null : old.outcomes[had.index[b]],
                        n = has.index[b] < 0 ? null : young.outcomes[has.index[b]];
                BenefitChange change = BenefitChange.of(o, n);
                BenefitOutcome granted = o != null && o.verdict == Verdict.APPROVE ? o : null,
                        grants = n != null && n.verdict == Verdict.APPROVE ? n : null;
                boolean hadIt = granted != null, hasIt = grants != null;
                long oFen = granted == null ? 0 : granted.amountFen, nFen = grants == null ? 0 : grants.amountFen;
                tally.count(tally.cell(b, year, group, change), oFen, nFen);
                if (hadIt || hasIt) spend(b, year, day, granted, grants);
                if (change.isChange())
                    tally.patterns.add(b * WhatIfTally.CHANGES + change.ordinal(), key(b, change, old, young), person);
                hadFen += oFen;
                hasFen += nFen;
                hadAny |= hadIt;
                hasAny |= hasIt;
                turns |= change == BenefitChange.TURNS;
                better |= change == BenefitChange.MORE || change == BenefitChange.GAINS;
                worse |= change == BenefitChange.LESS || change == BenefitChange.LOSES;
            }
            BenefitChange whole = hadAny && hasAny
                    ? BenefitChange.of(hadFen, hasFen, better == worse ? 0 : better ? 1 : -1)
                    : hadAny
                            ? BenefitChange.LOSES
                            : hasAny ? BenefitChange.GAINS : turns ? BenefitChange.TURNS : BenefitChange.NEVER;
            tally.count(tally.cell(had.index.length, year, group, whole), hadFen, hasFen);
        }

        private void spend(int benefit, int year, long day, @Nullable BenefitOutcome o, @Nullable BenefitOutcome n) {
            int oFund = had.fund[benefit], nFund = has.fund[benefit];
            if (o != null && oFund >= 0) {
                tally.budget[tally.budget(oFund, year)]++;
                had.pays.add(had.index[benefit], o, day, tally.budget, tally.budget(oFund, year) + 1, 3);
            }
            if (n != null && nFund >= 0) {
                if (o == null || oFund != nFund) tally.budget[tally.budget(nFund, year)]++;
                has.pays.add(has.index[benefit], n, day, tally.budget, tally.budget(nFund, year) + 2, 3);
            }
        }

        /** The same for people whose benefit changes for the same reasons. */
        private long key(int benefit, BenefitChange change, Evaluation old, Evaluation young) {
            return reasons(
                    young, has.index[benefit], reasons(old, had.index[benefit], benefit * 31L + change.ordinal() + 1));
        }

        private static long reasons(Evaluation e, int benefit, long key) {
            for (int b = benefit; b >= 0; b = e.rules.plans[b].follows())
                for (int w = 0; w < e.rules.words; w++) {
                    long rows =
                            e.rules.plans[b].conditions()[w] | e.rules.plans[b].entitlement()[w];
                    key = (key ^ e.fired[w] & rows) * 0x9e3779b97f4a7c15L;
                    key = (key ^ key >>> 29 ^ e.possible[w] & ~e.fired[w] & rows) * 0xbf58476d1ce4e5b9L;
                }
            return key ^ key >>> 32;
        }
    }
}
