package cn.jincai.simulation;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Series;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Percent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Made-up people of a scheme. A person is a number: whoever asks again with the same seed gets the same person, so none is ever stored. Each fact has
 * random numbers of its own, which depend on its name alone, so that a package with one more fact meets the same people.
 */
final class Population {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    final Vocabulary vocabulary;
    final Text about;
    /** Slots of the facts by which results are broken down. */
    final int[] breakdown;

    private final FactDistribution[] margins;
    private final long[] salts;
    private final long[] absent;
    private final boolean[] none, hasAbsent, ahead;
    private final long daySalt = salt(cn.jincai.policy.Scheme.APPLICATION_DATE);

    /** @param margins one for each fact, those that others depend on first */
    Population(Vocabulary vocabulary, Text about, int[] breakdown, List<FactDistribution> margins) {
        this.vocabulary = vocabulary;
        this.about = about;
        this.breakdown = breakdown;
        this.margins = margins.toArray(FactDistribution[]::new);
        salts = new long[this.margins.length];
        absent = new long[vocabulary.size()];
        none = new boolean[vocabulary.size()];
        hasAbsent = new boolean[vocabulary.size()];
        ahead = new boolean[vocabulary.size()];
        for (int i = 0; i < salts.length; i++) {
            int slot = this.margins[i].slot();
            salts[i] = salt(vocabulary.at(slot).name());
            var rule = vocabulary.knownFact(slot).absent();
            none[slot] = rule.none();
            ahead[slot] = vocabulary.knownFact(slot).mayLieAhead();
            if (rule.value() != null) {
                hasAbsent[slot] = true;
                absent[slot] = rule.value();
            }
        }
    }

    /** How each fact is spread, for those who want to know what the figures rest on. */
    List<WhatIfResult.MadeUp> told() {
        List<WhatIfResult.MadeUp> told = new ArrayList<>();
        for (FactDistribution m : margins)
            told.add(new WhatIfResult.MadeUp(
                    vocabulary.at(m.slot()).name(),
                    vocabulary.knownFact(m.slot()).label(),
                    m.status(),
                    m.source()));
        return told;
    }

    /** The same people without the facts that another vocabulary has too. */
    Population without(Vocabulary other) {
        return new Population(
                vocabulary,
                about,
                breakdown,
                java.util.Arrays.stream(margins)
                        .filter(m -> other.get(vocabulary.at(m.slot()).name()) == null)
                        .toList());
    }

    boolean isEmpty() {
        return margins.length == 0;
    }

    private static long salt(String name) {
        long salt = 0;
        for (int i = 0; i < name.length(); i++) salt = (salt ^ name.charAt(i)) * 0x100000001b3L + GOLDEN;
        return mix(salt);
    }

    /** The finishing step of SplitMix64: any two numbers that differ give unrelated ones. */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** All random numbers of a person begin with this one. */
    static long person(long seed, long number) {
        return mix(mix(seed + GOLDEN) + number * GOLDEN);
    }

    /** @return epoch day on which this person applies, from the first day on, one of so many */
    long applicationDay(long person, long first, int days) {
        return first + ((mix(person + daySalt) >>> 32) * days >>> 32);
    }

    /** Lays a person into the slots; whatever stood there is gone. */
    void lay(long person, long applicationDay, Slots s) {
        s.clear();
        s.set(vocabulary.applicationDate, applicationDay);
        add(person, s);
    }

    /** The facts of this population beside what already stands there. */
    void add(long person, Slots s) {
        long today = s.value[vocabulary.applicationDate];
        for (int i = 0; i < margins.length; i++) {
            FactDistribution m = margins[i];
            AliasSampler draw = m.draw(s);
            long random = mix(person + salts[i]);
            int portion = draw.portion(random), slot = m.slot();
            if (!draw.isTold(portion)) {
                leave(slot, s);
                continue;
            }
            long value = draw.value(portion, random);
            if (m.from() >= 0) {
                if (!s.isKnown(m.from())) continue;
                value = s.value[m.from()] + m.sign() * value;
                if (value > today && !ahead[slot]) continue; // not known (rulebook 2.10)
            }
            if (m.months() != null) s.set(slot, series(m.months(), value, random, today));
            else if (vocabulary.at(slot).kind() == Symbol.Kind.PERIOD) s.set(slot, period(slot, today) - value);
            else if (m.sets() == null) s.set(slot, value);
            else s.set(vocabulary.at(slot), m.sets().get((int) value));
        }
    }

    private long period(int slot, long day) {
        return Period.on(vocabulary.knownFact(slot).periodKind(), LocalDate.ofEpochDay(day))
                .number();
    }

    private static Series series(FactDistribution.Months months, long value, long random, long day) {
        int last = Period.on(Period.Kind.MONTH, LocalDate.ofEpochDay(day)).number();
        NavigableMap<Integer, Long> told = new TreeMap<>();
        for (int month = last - months.last() + 1; month <= last; month++) {
            boolean gap = ((mix(random + month) >>> 32) * 1000 >>> 32) < months.gaps();
            told.put(month, gap ? 0 : value);
        }
        return new Series(told);
    }

    private void leave(int slot, Slots s) {
        if (none[slot]) s.setNone(slot);
        else if (hasAbsent[slot]) s.set(slot, absent[slot]);
    }

    /** The facts that stand in the slots, typed as an assessment takes them. */
    Map<String, Object> facts(Slots s) {
        Map<String, Object> facts = new HashMap<>();
        for (int slot = 0; vocabulary.fact(slot) != null; slot++) {
            if (!s.isKnown(slot)) continue;
            Symbol symbol = vocabulary.at(slot);
            long value = s.value[slot];
            facts.put(
                    symbol.name(),
                    switch (symbol.kind()) {
                        case DATE -> LocalDate.ofEpochDay(value);
                        case FLAG -> (Object) (value != 0);
                        case NUMBER -> value;
                        case PERCENT -> Percent.value(value);
                        case SERIES -> Objects.requireNonNull(s.series(slot)).written(vocabulary.knownFact(slot));
                        case PERIOD -> new Period(vocabulary.knownFact(slot).periodKind(), (int) value).written();
                        case TEXT ->
                            symbol.codes().isEmpty() ? "-" : symbol.codes().get((int) value);
                        case LIST -> {
                            List<Object> items = new ArrayList<>();
                            Bits codes = s.list(symbol);
                            for (int i = codes.first(); i >= 0; i = codes.next(i + 1)) {
                                String code = symbol.codes().get(i);
                                items.add(vocabulary.knownFact(slot).numbers() ? (Object) Long.valueOf(code) : code);
                            }
                            yield items;
                        }
                    });
        }
        return facts;
    }
}
