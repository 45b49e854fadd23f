package cn.jincai.review;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.OfficeCheck;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Steps whose role nobody holds who may sign in: a case that comes there waits for ever. Employers' clerks are each employer's own and are left out. */
@Component
public class RolesWithoutPeople implements OfficeCheck {
    private final Accounts accounts;
    private final DiagramSteps diagrams;
    private final Packages packages;
    private final JdbcClient db;

    RolesWithoutPeople(Accounts accounts, DiagramSteps diagrams, Packages packages, JdbcClient db) {
        this.accounts = accounts;
        this.diagrams = diagrams;
        this.packages = packages;
        this.db = db;
    }

    /** A step of a scheme in force that nobody can do. */
    public record Unmanned(String scheme, Step step) {}

    @Override
    public List<Mistake> look(PolicyPackage candidate) {
        return unmanned(candidate, new HashMap<>()).stream()
                .map(step -> Mistake.of(
                        "steps.yaml, " + step.key(),
                        "policy.office.ROLE_WITHOUT_PEOPLE",
                        step.name(),
                        step.doneBy().text()))
                .toList();
    }

    /** Of the schemes in force that have cases under way. */
    public List<Unmanned> now() {
        Map<Role, Boolean> held = new HashMap<>();
        List<Unmanned> all = new ArrayList<>();
        for (PolicyPackage pack : packages.inForce())
            if (hasCases(pack.scheme()))
                unmanned(pack, held).forEach(step -> all.add(new Unmanned(pack.scheme(), step)));
        return all;
    }

    private boolean hasCases(String scheme) {
        return db.sql("select count(*) > 0 from cases where scheme = ? and stage not in ('draft', 'closed')")
                .param(scheme)
                .query(Boolean.class)
                .single();
    }

    private List<Step> unmanned(PolicyPackage pack, Map<Role, Boolean> held) {
        return pack.steps().all().stream()
                .filter(step -> step.kind().isTask()
                        && step.role() != null
                        && step.role() != Role.EMPLOYER
                        && diagrams.of(pack).contains(step.key()))
                .filter(step -> !held.computeIfAbsent(
                        step.doneBy(), role -> !accounts.withRole(role).isEmpty()))
                .toList();
    }
}
