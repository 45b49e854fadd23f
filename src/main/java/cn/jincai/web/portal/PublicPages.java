package cn.jincai.web.portal;

import cn.jincai.assessment.explanation.AmountSheets;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What anybody may read: the schemes, what each gives, on what conditions, and worked examples. All of it comes from the packages in force. */
@Controller
class PublicPages {
    /** A parameter with the value that holds today. */
    record Value(Parameter parameter, Parameter.Dated now) {}

    private final Packages packages;
    private final AmountSheets amounts;
    private final CityClock clock;

    PublicPages(Packages packages, AmountSheets amounts, CityClock clock) {
        this.packages = packages;
        this.amounts = amounts;
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

    /** @param q words that a scheme has to say */
    @GetMapping("/schemes")
    @PreAuthorize("permitAll()")
    String schemes(@RequestParam(defaultValue = "") String q, Model model) {
        SchemeSearch search = new SchemeSearch(q);
        List<Scheme> found = packages.offered().stream()
                .map(PolicyPackage::catalogue)
                .filter(search::finds)
                .toList();
        model.addAttribute("aboutKey", "home.lead");
        model.addAttribute("q", q).addAttribute("searched", !search.isEmpty()).addAttribute("schemes", found);
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
        model.addAttribute("amounts", amounts.read(pack, rules, clock.today()));
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
