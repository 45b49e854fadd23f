package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseSummary;
import cn.jincai.filing.CaseView;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step.Kind;
import cn.jincai.web.portal.WholeCase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What an employer has to do next in what it applies for itself: drafts that are not sent, what the office asks, and parts of a grant that are applied for later. What becomes of
 * its employees' own applications is not its to know (Personal Information Protection Law, article 6).
 */
@Component
class EmployerDuties {
    private static final int LISTED = 50;

    private final CaseFile cases;
    private final WholeCase whole;
    private final Packages packages;

    EmployerDuties(CaseFile cases, WholeCase whole, Packages packages) {
        this.cases = cases;
        this.whole = whole;
        this.packages = packages;
    }

    /** @param what {@code draft}, {@code asked} or {@code later} @param from first day of a later part @param until last day, null where there is none */
    record Duty(
            CaseNumber number,
            Text scheme,
            String what,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {}

    List<Duty> of(Actor clerk) {
        List<Duty> duties = new ArrayList<>();
        for (PolicyPackage pack : packages.inForce())
            if (pack.catalogue().applying().employer())
                for (CaseSummary each :
                        cases.list(clerk, null, pack.scheme(), null, 0, LISTED).items())
                    of(clerk, pack.catalogue().name(), each, duties);
        return duties;
    }

    private void of(Actor clerk, Text scheme, CaseSummary each, List<Duty> duties) {
        if (each.step().is(Kind.DRAFT)) duties.add(new Duty(each.number(), scheme, "draft", null, null));
        else if (each.asked()) duties.add(new Duty(each.number(), scheme, "asked", null, null));
        else if ("granted".equals(each.outcome())) {
            CaseView file = cases.show(clerk, each.number());
            whole.later(file).stream()
                    .filter(part -> !part.over())
                    .forEach(part -> duties.add(new Duty(
                            each.number(),
                            scheme,
                            "later",
                            part.part().from(),
                            part.part().to())));
        }
    }
}
