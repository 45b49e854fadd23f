package cn.jincai.policy.gate;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** That a year's places can be counted: a whole number of at least one, by date or for good, of benefits of this scheme. */
public final class QuotaCheck {
    private static final String COUNT = "count";

    private QuotaCheck() {}

    /** @param top of {@code scheme.yaml} */
    public static void check(PolicyPackage candidate, YamlEntry top) {
        Scheme.Quota quota = candidate.catalogue().way().quota();
        if (quota == null) return;
        YamlEntry told = top.get("quota"), places = told.get("perYear");
        if (quota.parameter() == null) atLeastOne(quota.number(), places);
        else for (Ruleset ruleset : candidate.rulesets()) places(ruleset, quota.parameter(), places);
        benefits(candidate.catalogue(), told.get("benefits"));
    }

    private static void places(Ruleset ruleset, String name, YamlEntry at) {
        Parameter parameter = ruleset.parameters().get(name);
        if (parameter == null) at.wrong("policy.quota.NO_PARAMETER", name, ruleset.name());
        else if (!parameter.unit().equals(COUNT)) at.wrong("policy.quota.UNIT", name, parameter.unit());
        else
            for (Parameter.Dated dated : parameter.values())
                if (dated.is() instanceof Long number) atLeastOne(number, at);
    }

    private static void atLeastOne(long places, YamlEntry at) {
        if (places < 1) at.wrong("policy.quota.PLACES", places);
    }

    private static void benefits(Scheme scheme, YamlEntry told) {
        List<YamlEntry> benefits = told.list();
        if (benefits.isEmpty()) told.wrong("policy.quota.NO_BENEFITS");
        String own = scheme.benefits().stream().map(Scheme.Benefit::code).collect(Collectors.joining(", "));
        Set<String> seen = new HashSet<>();
        for (YamlEntry benefit : benefits) {
            if (scheme.benefits().stream().noneMatch(b -> b.code().equals(benefit.text())))
                benefit.wrong("policy.quota.NOT_OWN", benefit.text(), own);
            if (!seen.add(benefit.text())) benefit.wrong("policy.yaml.TWICE", benefit.text());
        }
    }
}
