package cn.jincai.simulation;

import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The made-up population speaks of facts and codes that the scheme has. Looked at only where the tables themselves are sound. */
@Component
@Order(3)
public class PopulationCheck implements PackageCheck {
    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        if (!candidate.files().containsKey(PopulationReader.FILE)) return;
        Findings tables = new Findings();
        new RulesCheck().check(candidate, tables);
        if (tables.isEmpty())
            PopulationReader.of(candidate, new SchemeRules(candidate), findings); // else RulesCheck tells them
    }
}
