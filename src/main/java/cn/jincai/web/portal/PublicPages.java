package cn.jincai.web.portal;

import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What anybody may read: the schemes, what each gives, on what conditions, and worked examples. All of it comes from the packages in force. */
@Controller
class PublicPages {
    /** A parameter with the value that holds today. */
    record Value(Parameter parameter, Parameter.Dated now) {}

    private final Packages packages;
    private final CityClock clock;

    PublicPages(Packages packages, CityClock clock) {
        this.packages = packages;
        this.clock = clock;
    }

    @GetMapping("/")
    @PreAuthorize("permitAll()")
    String home(Model model) {
        model.addAttribute("aboutKey", "home.lead");
        model.addAttribute(
                "schemes",
                packages.offered().stream().map(PolicyPackage::catalogue).toList());
        return "public/home";
    }

    @GetMapping("/schemes")
    @PreAuthorize("permitAll()")
    String schemes(Model model) {
        model.addAttribute("aboutKey", "home.lead");
        model.addAttribute(
                "schemes",
                packages.offered().stream().map(PolicyPackage::catalogue).toList());
        return "public/schemes";
    }

    @GetMapping("/schemes/{code}")
    @PreAuthorize("permitAll()")
    String scheme(@PathVariable String code, Model model) {
        PolicyPackage pack = packages.offered(code);
        Ruleset rules = rulesToday(pack);
        model.addAttribute("scheme", pack.catalogue());
        model.addAttribute("about", pack.catalogue().about());
        model.addAttribute("sources", rules.sources());
        model.addAttribute("values", values(rules));
        model.addAttribute("examples", WorkedCase.read(pack, rules));
        return "public/scheme";
    }

    private Ruleset rulesToday(PolicyPackage pack) {
        LocalDate today = clock.today();
        return pack.rulesets().stream()
                .filter(r -> !r.inForceFrom().isAfter(today))
                .reduce((earlier, later) -> later)
                .orElse(pack.rulesets().get(0));
    }

    private List<Value> values(Ruleset rules) {
        return rules.parameters().values().stream()
                .map(p -> now(p).map(v -> new Value(p, v)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Parameter.Dated> now(Parameter parameter) {
        return parameter.values().stream()
                .filter(v -> !v.from().isAfter(clock.today()))
                .reduce((earlier, later) -> later);
    }
}
