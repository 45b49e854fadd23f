package cn.jincai.review;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.OfficeCheck;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /** A step of a scheme that nobody can do. */
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

    /** Of all versions by which cases are under way, each step of a scheme once; what is damaged is told elsewhere. */
    public List<Unmanned> unmanned() {
        Map<Role, Boolean> held = new HashMap<>();
        Map<String, Unmanned> all = new LinkedHashMap<>();
        for (String hash : versionsOfCases())
            packages.ifWhole(hash)
                    .ifPresent(pack -> unmanned(pack, held)
                            .forEach(step -> all.putIfAbsent(
                                    pack.scheme() + " " + step.key(), new Unmanned(pack.scheme(), step))));
        return List.copyOf(all.values());
    }

    private List<String> versionsOfCases() {
        return db.sql(
                        "select distinct scheme, package_hash from cases where stage not in ('draft', 'closed') order by scheme, package_hash")
                .query((row, n) -> row.getString("package_hash"))
                .list();
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
