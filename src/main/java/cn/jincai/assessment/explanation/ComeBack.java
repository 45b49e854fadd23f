package cn.jincai.assessment.explanation;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The day on which to come back: where a condition fails on a date that lies ahead (a lease from next month, a post from the 1st), the first day on which the whole
 * benefit would be granted to the same person. Each day is tried by a whole evaluation; nothing is guessed from the rules' form.
 */
final class ComeBack {
    /** How long somebody is told to wait; who has to wait longer is told why, without a day. */
    private static final int YEARS = 3;

    private final SchemeRules rules;
    private final WorkingCalendar calendar;
    private final LocalDate applied;
    private final Map<String, Object> facts;
    private final Adjustments adjustments;
    /** Slots of days that lie ahead. */
    private final List<Integer> ahead;

    private final Map<Integer, @Nullable LocalDate> days = new HashMap<>();

    ComeBack(
            SchemeRules rules,
            WorkingCalendar calendar,
            LocalDate applied,
            Map<String, Object> facts,
            Adjustments adjustments) {
        this.rules = rules;
        this.calendar = calendar;
        this.applied = applied;
        this.facts = facts;
        this.adjustments = adjustments;
        ahead = rules.vocabulary.scheme.facts().stream()
                .filter(f -> f.mayLieAhead() && facts.get(f.name()) instanceof LocalDate day && day.isAfter(applied))
                .map(f -> rules.vocabulary.slot(f.name()))
                .toList();
    }

    /** @return null where no such day stands in this rule's way, or none clears the benefit */
    @Nullable
    LocalDate day(Evaluation now, int benefit, Rule rule) {
        if (ahead.stream().noneMatch(slot -> now.rules.isReadBy(rule, slot))) return null;
        if (!days.containsKey(benefit)) days.put(benefit, day(benefit));
        return days.get(benefit);
    }

    private @Nullable LocalDate day(int benefit) {
        for (LocalDate later = applied.plusDays(1);
                later.isBefore(applied.plusYears(YEARS));
                later = later.plusDays(1)) {
            Slots slots = rules.vocabulary.slots(later, facts);
            if (Evaluation.of(rules.on(slots, adjustments.waived()), slots, calendar, adjustments)
                            .outcomes[benefit]
                            .verdict
                    == Verdict.APPROVE) return later;
        }
        return null;
    }
}
