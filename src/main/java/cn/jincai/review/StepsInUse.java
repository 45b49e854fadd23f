package cn.jincai.review;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.OfficeCheck;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Steps that a new version has no more while cases stand at them: they go on by the version with which they began, and end there. */
@Component
class StepsInUse implements OfficeCheck {
    private final DiagramSteps diagrams;
    private final Packages packages;
    private final JdbcClient db;

    StepsInUse(DiagramSteps diagrams, Packages packages, JdbcClient db) {
        this.diagrams = diagrams;
        this.packages = packages;
        this.db = db;
    }

    private record Standing(String stage, String hash, long cases) {}

    @Override
    public List<Mistake> look(PolicyPackage candidate) {
        return db
                .sql(
                        "select stage, package_hash as hash, count(*) as cases from cases where scheme = ? and stage not in ('draft', 'closed') group by stage, package_hash order by stage, package_hash")
                .param(candidate.scheme())
                .query(Standing.class)
                .list()
                .stream()
                .filter(at -> !diagrams.of(candidate).contains(at.stage))
                .map(at -> Mistake.of(
                        "steps.yaml, " + at.stage,
                        "policy.office.STEP_IN_USE",
                        name(at),
                        at.cases,
                        at.hash.substring(0, 12)))
                .toList();
    }

    private Text name(Standing at) {
        return packages.steps(at.hash).find(at.stage).map(Step::name).orElse(Text.same(at.stage));
    }
}
