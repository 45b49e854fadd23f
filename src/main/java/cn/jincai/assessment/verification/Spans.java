package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parts of a box in each of which the same rulesets and parameter values hold, for each of some versions. */
public final class Spans {
    private Spans() {}

    /** All cases of one part, and the rules that hold for them. */
    record Span(Box all, SearchModel model) {}

    /** The parts of all cases of a scheme, the one that holds today first. */
    static List<Span> compiled(PolicyPackage policy, Columns columns, WorkingCalendar calendar, LocalDate today) {
        SchemeRules rules = new SchemeRules(policy);
        List<Span> spans = new ArrayList<>();
        for (Box part : of(columns, columns.all(true), today, List.of(policy))) {
            Box one = columns.example(part);
            CompiledRules here =
                    rules.on(rules.vocabulary.slots(columns.applied(one), columns.facts(one, false)), Set.of());
            spans.add(new Span(part, new SearchModel(here, columns, calendar)));
        }
        return spans;
    }

    /** The part that holds today first, because people picture it best. */
    public static List<Box> of(Columns columns, Box all, LocalDate today, List<PolicyPackage> versions) {
        Map<Integer, TreeSet<Long>> days = new TreeMap<>();
        for (PolicyPackage version : versions) {
            Scheme scheme = version.catalogue();
            for (Ruleset ruleset : version.rulesets()) {
                if (version.rulesets().size() > 1)
                    for (String picks : new String[] {scheme.governingDate(), Scheme.APPLICATION_DATE})
                        note(days, columns, picks, ruleset.inForceFrom());
                for (Parameter parameter : ruleset.parameters().values()) {
                    if (parameter.isByMonth()) continue;
                    String picks = parameter.chosenBy().equals(Parameter.BY_GOVERNING_DATE)
                            ? scheme.governingDate()
                            : parameter.chosenBy();
                    for (Parameter.Dated dated : parameter.values()) note(days, columns, picks, dated.from());
                }
            }
        }
        List<Box> parts = List.of(all);
        for (var picked : days.entrySet()) {
            List<Box> finer = new ArrayList<>();
            for (Box part : parts) cut(part, picked.getKey(), picked.getValue(), finer);
            parts = finer;
        }
        long now = today.toEpochDay();
        return parts.stream()
                .filter(columns::isPossible)
                .sorted(Comparator.comparingLong((Box part) -> distance(part, days.keySet(), now)))
                .toList();
    }

    private static void note(Map<Integer, TreeSet<Long>> days, Columns columns, String picks, LocalDate from) {
        TreeSet<Long> own = days.computeIfAbsent(columns.of(picks), c -> new TreeSet<>());
        if (!from.equals(LocalDate.MIN)) own.add(from.toEpochDay());
    }

    private static void cut(Box part, int column, TreeSet<Long> days, List<Box> finer) {
        if ((part.status[column] & Box.ABSENT) != 0)
            finer.add(part.with(column, Box.ABSENT, part.lo[column], part.hi[column]));
        if ((part.status[column] & Box.KNOWN) == 0) return;
        long from = part.lo[column];
        for (long day : days) {
            if (day <= from || day > part.hi[column]) continue;
            finer.add(part.with(column, Box.KNOWN, from, day - 1));
            from = day;
        }
        finer.add(part.with(column, Box.KNOWN, from, part.hi[column]));
    }

    private static long distance(Box part, Iterable<Integer> picked, long now) {
        long distance = 0;
        for (int c : picked)
            distance += part.status[c] == Box.ABSENT
                    ? 1_000_000
                    : Math.max(0, Math.max(part.lo[c] - now, now - part.hi[c]));
        return distance;
    }
}
