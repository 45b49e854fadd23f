package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.Rulebooks;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.forms.Form;
import cn.jincai.web.portal.FormPage;
import cn.jincai.web.portal.WorkedCases;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A version as people will meet it, before it is in force: its rules in sentences, its worked cases, its forms. Whoever approves a new scheme has nothing else to compare it with. */
@Controller
class WholePackagePages {
    private final Publication publication;
    private final Packages packages;
    private final Rulebooks rulebooks;
    private final WorkedCases worked;
    private final CityClock clock;

    WholePackagePages(
            Publication publication, Packages packages, Rulebooks rulebooks, WorkedCases worked, CityClock clock) {
        this.publication = publication;
        this.packages = packages;
        this.rulebooks = rulebooks;
        this.worked = worked;
        this.clock = clock;
    }

    @GetMapping("/admin/packages/{scheme}/{hash}/whole")
    @PreAuthorize("hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')")
    String whole(
            @PathVariable String scheme,
            @PathVariable String hash,
            @RequestParam(defaultValue = "application") String form,
            Model model) {
        PolicyPackage pack = packages.byHash(publication.version(scheme, hash).hash());
        model.addAttribute("scheme", pack.catalogue())
                .addAttribute("hash", hash)
                .addAttribute(
                        "books",
                        pack.rulesets().stream()
                                .map(ruleset -> rulebooks.read(pack, ruleset, clock.today()))
                                .toList())
                .addAttribute("examples", worked.of(pack, pack.rulesetOn(clock.today())))
                .addAttribute(
                        "forms", pack.forms().values().stream().map(Form::name).toList())
                .addAttribute(
                        "page",
                        pack.forms().values().stream()
                                .filter(f -> f.name().equals(form))
                                .findFirst()
                                .map(this::empty)
                                .orElseThrow(Problem::notFound));
        return "admin/package-whole";
    }

    /** As somebody sees it who has not answered anything. */
    private FormPage empty(Form form) {
        return new FormPage(form, form.parts(), Map.of(), List.of(), List.of(), Map.of(), clock.today(), true);
    }
}
