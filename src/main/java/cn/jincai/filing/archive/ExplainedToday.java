package cn.jincai.filing.archive;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.calendar.Calendars;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the rules say of a case as it stands now, condition by condition, for whoever decides on it. What steps rested on before is {@link Archive}'s. */
@Service
public class ExplainedToday {
    private final CaseFile cases;
    private final CaseFacts facts;
    private final Packages packages;
    private final Explanations explanations;
    private final Calendars calendars;
    private final CityClock clock;

    ExplainedToday(
            CaseFile cases,
            CaseFacts facts,
            Packages packages,
            Explanations explanations,
            Calendars calendars,
            CityClock clock) {
        this.cases = cases;
        this.facts = facts;
        this.packages = packages;
        this.explanations = explanations;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** By benefit, for a reader whom the case concerns. Benefits that are decided line by line are not in it: one explanation can't explain them. */
    @Transactional(readOnly = true)
    public Map<String, Explained.Benefit> of(CaseNumber number) {
        Case file = cases.get(number);
        PolicyPackage pack = packages.byHash(file.packageHash());
        Scheme scheme = pack.catalogue();
        Set<String> perLine = scheme.applying().roster() == null
                ? Set.of()
                : scheme.rules().benefits().stream()
                        .filter(Scheme.BenefitRules::perLine)
                        .map(Scheme.BenefitRules::benefit)
                        .collect(Collectors.toUnmodifiableSet());
        return explanations
                .explain(
                        pack,
                        file.assessedOn(clock.today()),
                        facts.effective(file),
                        Adjustments.NONE,
                        calendars.current())
                .benefits()
                .stream()
                .filter(benefit -> !perLine.contains(benefit.code()))
                .collect(Collectors.toMap(Explained.Benefit::code, Function.identity()));
    }
}
