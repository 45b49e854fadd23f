package cn.jincai.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the check of a scheme says where these others are in force. */
public final class PoolsInForce {
    private PoolsInForce() {}

    public static Findings findings(PolicyPackage candidate, List<PolicyPackage> others) {
        Map<String, String> benefits = others.stream()
                .flatMap(p -> p.catalogue().benefits().stream().map(b -> Map.entry(b.code(), p.scheme())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Findings findings = new Findings();
        new SchemeCheck(scheme -> benefits, () -> others, Set.of()).check(candidate, findings);
        return findings;
    }
}
