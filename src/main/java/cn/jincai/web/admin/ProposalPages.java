package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.Rulebooks;
import cn.jincai.assessment.verification.Differences;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.PackageDifference;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.policy.registers.Registers;
import cn.jincai.process.RunningCases;
import cn.jincai.process.versions.WishedMoves;
import cn.jincai.simulation.WhatIfs;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A proposed version with all that would change, and what is decided about it: publication by another person, return, withdrawal. */
@Controller
class ProposalPages {
    private static final String READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')";
    private static final String ADMIN = "hasAuthority('policy-admin')";
    private static final String APPROVER = "hasAuthority('policy-approver')";

    private final Publication publication;
    private final Packages packages;
    private final RunningCases running;
    private final WishedMoves wishes;
    private final Differences differences;
    private final Rulebooks rulebooks;
    private final WhatIfs whatIfs;

    ProposalPages(
            Publication publication,
            Packages packages,
            RunningCases running,
            WishedMoves wishes,
            Differences differences,
            Rulebooks rulebooks,
            WhatIfs whatIfs) {
        this.publication = publication;
        this.packages = packages;
        this.running = running;
        this.wishes = wishes;
        this.differences = differences;
        this.rulebooks = rulebooks;
        this.whatIfs = whatIfs;
    }

    /** What would change, before one says yes or no. */
    @GetMapping("/admin/proposals/{id}")
    @PreAuthorize(READERS)
    String proposal(Actor who, @PathVariable long id, Model model) {
        Proposal proposal = publication.find(id);
        if (proposal.scheme().equals(Registers.CODE)) return "redirect:/admin/registers/" + proposal.hash();
        return proposal(who, id, model, "", Mistakes.NONE);
    }

    private String proposal(Actor who, long id, Model model, String reason, Mistakes mistakes) {
        Proposal proposal = publication.find(id);
        PolicyPackage proposed = packages.byHash(proposal.hash());
        String now = publication.versions(proposal.scheme()).stream()
                .filter(Publication.Version::inForce)
                .map(Publication.Version::hash)
                .findFirst()
                .orElse("");
        List<PackageDifference> files = publication.differences(proposal.scheme(), proposal.hash());
        boolean replaces = !now.isEmpty() && !now.equals(proposal.hash());
        model.addAttribute("proposal", proposal)
                .addAttribute("name", proposed.catalogue().name())
                .addAttribute(
                        "newer",
                        EditPage.newer(
                                publication.versions(proposal.scheme()),
                                publication.version(proposal.scheme(), proposal.hash())))
                .addAttribute("differences", files)
                .addAttribute(
                        "drawn",
                        files.stream()
                                .filter(d ->
                                        d.path().endsWith(".bpmn") && !d.how().equals("removed"))
                                .toList())
                .addAttribute(
                        "said",
                        replaces ? rulebooks.differences(packages.byHash(now), proposed, proposal.from()) : List.of())
                .addAttribute("now", now)
                .addAttribute("wished", wishes.of(id).orElse(null))
                .addAttribute("running", now.isEmpty() ? 0 : running.of(now))
                .addAttribute("signed", publication.signed(id))
                .addAttribute("changes", replaces ? differences.between(packages.byHash(now), proposed) : List.of())
                .addAttribute("comparable", replaces)
                .addAttribute(
                        "tried",
                        whatIfs.latestOf(proposal.hash(), who)
                                .map(WhatIfShown::of)
                                .orElse(null))
                .addAttribute("catalogue", proposed.catalogue())
                .addAttribute("reason", reason)
                .addAttribute("mistakes", mistakes);
        return "admin/proposal";
    }

    @PostMapping("/admin/proposals/{id}/publish")
    @PreAuthorize(APPROVER)
    String publish(Actor actor, @PathVariable long id, RedirectAttributes after) {
        publication.publish(id, actor);
        after.addFlashAttribute("done", "packages.published");
        return "redirect:/admin/packages";
    }

    @PostMapping("/admin/proposals/{id}/withdraw")
    @PreAuthorize(ADMIN)
    String withdraw(Actor actor, @PathVariable long id, RedirectAttributes after) {
        publication.withdraw(id, actor);
        after.addFlashAttribute("done", "packages.withdrawn");
        return "redirect:/admin/packages";
    }

    @PostMapping("/admin/proposals/{id}/decline")
    @PreAuthorize(APPROVER)
    String decline(
            Actor actor,
            @PathVariable long id,
            @RequestParam String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            publication.decline(id, reason, actor);
        } catch (Problem problem) {
            return proposal(actor, id, model, reason, Mistakes.inForm(problem, response));
        }
        after.addFlashAttribute("done", "packages.declined");
        return "redirect:/admin/packages";
    }
}
