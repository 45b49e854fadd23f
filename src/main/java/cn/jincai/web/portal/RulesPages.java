package cn.jincai.web.portal;

import cn.jincai.assessment.explanation.Rulebook;
import cn.jincai.assessment.explanation.Rulebooks;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Version;
import cn.jincai.policy.Ruleset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Rules as people read them, of each version that was ever in force, and what two versions say differently. Open to anybody. */
@Controller
class RulesPages {
    private final Packages packages;
    private final Publication publication;
    private final Rulebooks rulebooks;
    private final CityClock clock;

    RulesPages(Packages packages, Publication publication, Rulebooks rulebooks, CityClock clock) {
        this.packages = packages;
        this.publication = publication;
        this.rulebooks = rulebooks;
        this.clock = clock;
    }

    @GetMapping("/schemes/{code}/rules")
    @PreAuthorize("permitAll()")
    String rules(
            @PathVariable String code,
            @RequestParam(required = false) String version,
            @RequestParam(required = false) String ruleset,
            Model model) {
        PolicyPackage pack = version == null ? packages.inForce(code) : published(code, version);
        Ruleset rules = ruleset == null
                ? pack.rulesetOn(clock.today())
                : pack.rulesets().stream()
                        .filter(r -> r.name().equals(ruleset))
                        .findFirst()
                        .orElseThrow(Problem::notFound);
        Rulebook book = rulebooks.read(pack, rules, clock.today());
        Map<String, Chart> charts = new LinkedHashMap<>();
        book.values().forEach(h -> Chart.of(h, clock.today()).ifPresent(chart -> charts.put(h.name(), chart)));
        model.addAttribute("scheme", pack.catalogue())
                .addAttribute("hash", pack.hash())
                .addAttribute("book", book)
                .addAttribute("charts", charts)
                .addAttribute("rulesets", pack.rulesets())
                .addAttribute("versions", published(code))
                .addAttribute("unproven", rulebooks.unproven(pack, clock.today()));
        return "public/rules";
    }

    /** Without versions, the one before against the one in force. */
    @GetMapping("/schemes/{code}/rules/differences")
    @PreAuthorize("permitAll()")
    String differences(
            @PathVariable String code,
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            Model model) {
        PolicyPackage after = to == null ? packages.inForce(code) : published(code, to);
        List<Version> versions = published(code);
        int at = versions.stream().map(Version::hash).toList().indexOf(after.hash());
        PolicyPackage before = from != null
                ? published(code, from)
                : at >= 0 && at + 1 < versions.size()
                        ? packages.byHash(versions.get(at + 1).hash())
                        : after;
        model.addAttribute("scheme", after.catalogue())
                .addAttribute("from", before.hash())
                .addAttribute("to", after.hash())
                .addAttribute("versions", versions)
                .addAttribute("changes", rulebooks.differences(before, after, clock.today()));
        return "public/rules-differences";
    }

    /** What was only uploaded or proposed is nobody's rule yet. */
    private List<Version> published(String code) {
        packages.inForce(code);
        return publication.versions(code).stream()
                .filter(v -> v.days().stream().anyMatch(day -> !day.isAfter(clock.today())))
                .toList();
    }

    private PolicyPackage published(String code, String hash) {
        return published(code).stream()
                .filter(v -> v.hash().equals(hash))
                .findFirst()
                .map(v -> packages.byHash(v.hash()))
                .orElseThrow(Problem::notFound);
    }
}
