package cn.jincai.web.portal;

import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The worked cases of packages, each computed once: what comes out is the promise with which the package was published, in words without gaps. */
@Component
public class WorkedCases {
    private final ExamplesCheck examples;
    private final Map<String, List<WorkedCase>> read = new ConcurrentHashMap<>();

    WorkedCases(ExamplesCheck examples) {
        this.examples = examples;
    }

    public List<WorkedCase> of(PolicyPackage pack, Ruleset rules) {
        return read.computeIfAbsent(
                pack.hash() + " " + rules.name(),
                key -> cn.jincai.assessment.WorkedCase.of(pack, rules, new Findings()).stream()
                        .map(worked -> WorkedCase.of(pack.catalogue(), worked, examples.outcome(pack, worked)))
                        .toList());
    }
}
