package cn.jincai.assessment;

import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.FactEffects;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** The rules of all schemes: what they say of a case. Screener, pre-fill of a case, what-if and other systems ask here. */
@Service
public class Assessments {
    private final Supplier<WorkingCalendar> calendar;
    /** By package hash; a package never changes, and there are few. */
    private final Map<String, SchemeRules> compiled = new ConcurrentHashMap<>();

    @Autowired
    Assessments(Calendars calendars) {
        this(calendars::current);
    }

    Assessments(Supplier<WorkingCalendar> calendar) {
        this.calendar = calendar;
    }

    /** Without a database, for those who bring their own calendar. */
    public static Assessments with(WorkingCalendar calendar) {
        return new Assessments(() -> calendar);
    }

    /**
     * Decides nothing, stores nothing: what the rules of this package say on these facts.
     *
     * @param applicationDate day of the first submission, or today for one who only asks
     * @param facts           by name: LocalDate, Boolean, String, List of String, Long or, for a percentage, BigDecimal; absent is unknown
     */
    public Assessment assess(
            PolicyPackage policy, LocalDate applicationDate, Map<String, Object> facts, Adjustments adjustments) {
        return assess(policy, applicationDate, facts, adjustments, calendar());
    }

    /** The same with the notices that were loaded then. */
    public Assessment assess(
            PolicyPackage policy,
            LocalDate applicationDate,
            Map<String, Object> facts,
            Adjustments adjustments,
            WorkingCalendar calendar) {
        SchemeRules rules = rules(policy);
        Slots slots = rules.vocabulary.slots(applicationDate, facts);
        Adjustments real = adjustments.equals(Adjustments.NONE) ? Adjustments.NONE : adjustments;
        Evaluation evaluation = Evaluation.of(rules.on(slots, real.waived()), slots, calendar, real);
        return new Explanation(evaluation, facts, rules, calendar, applicationDate, real).assessment(applicationDate);
    }

    /**
     * A claim with its roster: the same rules are asked for each line with what is told of both, and what is decided for each line comes to one sum (decision 165).
     *
     * @param facts of the whole claim
     * @param lines each with facts of its own, which stand before the claim's
     */
    public Assessment assess(
            PolicyPackage policy,
            LocalDate applicationDate,
            Map<String, Object> facts,
            List<AssessedLine.Told> lines,
            Adjustments adjustments,
            WorkingCalendar calendar) {
        if (lines.isEmpty()) return assess(policy, applicationDate, facts, adjustments, calendar);
        SchemeRules rules = rules(policy);
        Adjustments real = adjustments.equals(Adjustments.NONE) ? Adjustments.NONE : adjustments;
        Set<String> perLine = perLine(policy.catalogue());
        List<Evaluation> each = new ArrayList<>(lines.size());
        for (AssessedLine.Told line : lines) {
            Map<String, Object> all = new HashMap<>(facts);
            all.putAll(line.facts());
            Slots slots = rules.vocabulary.slots(applicationDate, all);
            each.add(Evaluation.ofLine(
                    rules.on(slots, real.waived()), slots, calendar, real.ofLine(line.id(), perLine)));
        }
        Slots slots = rules.vocabulary.slots(applicationDate, facts);
        Evaluation claim = Evaluation.ofRoster(rules.on(slots, real.waived()), slots, calendar, real, each);
        return new Explanation(claim, facts, rules, calendar, applicationDate, real).assessment(applicationDate, lines);
    }

    private static Set<String> perLine(Scheme scheme) {
        return scheme.rules().benefits().stream()
                .filter(Scheme.BenefitRules::perLine)
                .map(Scheme.BenefitRules::benefit)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a fact does to the benefits of its scheme, by the rules of a day. */
    public List<FactEffect> effects(PolicyPackage policy, Scheme.Fact fact, LocalDate day) {
        return new FactEffects(rules(policy), day).of(fact);
    }

    public SchemeRules rules(PolicyPackage policy) {
        return compiled.computeIfAbsent(policy.hash(), hash -> new SchemeRules(policy));
    }

    public WorkingCalendar calendar() {
        return calendar.get();
    }

    /** Names of the facts that some row, sum or derived value of this package reads: whoever only asks need not tell the others. */
    public Set<String> factsRead(PolicyPackage policy) {
        return rules(policy).factsRead();
    }
}
