package cn.jincai.web.admin;

import cn.jincai.applicant.RoleProposals;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Roles that wait for a second administrator, and which exclude each other. */
@Controller
class RoleProposalPages {
    private final RoleProposals proposals;

    RoleProposalPages(RoleProposals proposals) {
        this.proposals = proposals;
    }

    @GetMapping("/admin/role-proposals")
    @PreAuthorize("hasAnyAuthority('admin', 'auditor')")
    String list(Actor actor, Model model) {
        model.addAttribute("proposals", proposals.open())
                .addAttribute("together", proposals.heldTogether())
                .addAttribute("exclusions", proposals.exclusions())
                .addAttribute("actor", actor)
                .addAttribute("answers", actor.is(Role.ADMIN));
        return "admin/role-proposals";
    }

    @PostMapping("/admin/role-proposals")
    @PreAuthorize("hasAuthority('admin')")
    String answer(
            Actor actor,
            @RequestParam String account,
            @RequestParam("role") String code,
            @RequestParam boolean confirmed,
            RedirectAttributes after) {
        Role role = Role.named(code);
        String done = "role-proposals.declined";
        if (confirmed)
            done = proposals.confirm(account, role, actor) ? "role-proposals.confirmed" : "role-proposals.proposed";
        else proposals.decline(account, role, actor);
        after.addFlashAttribute("done", done);
        return "redirect:/admin/role-proposals";
    }
}
