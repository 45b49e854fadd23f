package cn.jincai.web.portal;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What schemes and benefits in force are called, by code, for pages that list cases of several. */
@Component
public class SchemeNames {
    private final Packages packages;

    SchemeNames(Packages packages) {
        this.packages = packages;
    }

    public Map<String, Text> schemes() {
        return packages.inForce().stream()
                .collect(Collectors.toMap(
                        PolicyPackage::scheme, p -> p.catalogue().name()));
    }

    public Map<String, Text> benefits() {
        return packages.inForce().stream()
                .flatMap(p -> p.catalogue().benefits().stream())
                .collect(Collectors.toMap(Scheme.Benefit::code, Scheme.Benefit::name, (one, other) -> one));
    }
}
