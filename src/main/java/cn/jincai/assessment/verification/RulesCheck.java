package cn.jincai.assessment.verification;

import cn.jincai.assessment.Reason;
import cn.jincai.assessment.rules.DatedRules;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The tables of a package are within the language of cells, for every value that their parameters ever hold. */
@Component
@Order(1)
public class RulesCheck implements PackageCheck {
    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Vocabulary vocabulary = new Vocabulary(candidate.catalogue());
        for (String code : new String[] {Reason.DATA_UNAVAILABLE, Reason.REVIEW_REFUSED})
            if (!candidate.catalogue().reasons().containsKey(code))
                findings.add("scheme.yaml", "reasons", "assessment.rules.MISSING", code);
        for (Ruleset ruleset : candidate.rulesets()) new DatedRules(vocabulary, ruleset).check(findings);
    }
}
