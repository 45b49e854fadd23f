package cn.jincai.policy.registers;

import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry that a package names.
 *
 * @param by the fact, benefit or step that names it
 */
record RegisterUse(String register, String code, String by) {
    static List<RegisterUse> of(PolicyPackage pack) {
        List<RegisterUse> uses = new ArrayList<>();
        for (Scheme.Fact fact : pack.catalogue().facts()) {
            if (isOutside(fact)) uses.add(new RegisterUse(Registers.SOURCES, fact.source(), fact.name()));
            for (Scheme.Value value : fact.values())
                if (!value.entries().isEmpty())
                    uses.add(new RegisterUse(value.entries().get(0).register(), value.code(), fact.name()));
        }
        for (Scheme.Benefit benefit : pack.catalogue().benefits())
            uses.add(new RegisterUse(Registers.FUNDS, benefit.fund(), benefit.code()));
        for (String audience : pack.catalogue().front().audiences())
            uses.add(new RegisterUse(Registers.AUDIENCES, audience, Registers.AUDIENCES));
        Scheme.Run run = pack.catalogue().run();
        if (run != null && run.source() != null) uses.add(new RegisterUse(Registers.SOURCES, run.source(), "run"));
        for (Step step : pack.steps().all())
            if (step.role() != null && !step.role().isOwn())
                uses.add(new RegisterUse(Registers.ROLES, step.role().code(), step.key()));
        return uses;
    }

    static boolean isOutside(Scheme.Fact fact) {
        return !fact.isOwnRecords() && !fact.source().equals("applicant");
    }
}
