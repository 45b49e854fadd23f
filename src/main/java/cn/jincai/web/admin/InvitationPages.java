package cn.jincai.web.admin;

import cn.jincai.applicant.ClerkInvitations;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The administrator of an employer invites its clerks, and whoever was invited accepts with the code that he was told. */
@Controller
class InvitationPages {
    private final ClerkInvitations invitations;

    InvitationPages(ClerkInvitations invitations) {
        this.invitations = invitations;
    }

    @PostMapping("/admin/employers/invitations")
    @PreAuthorize("hasAuthority('employer')")
    String invite(Actor actor, RedirectAttributes after) {
        ClerkInvitations.Made made = invitations.invite(actor);
        after.addFlashAttribute("made", made)
                .addFlashAttribute(
                        "link",
                        ServletUriComponentsBuilder.fromCurrentContextPath()
                                .path("/employer-invitations/" + made.key())
                                .toUriString());
        return "redirect:/admin/employers";
    }

    @PostMapping("/admin/employers/invitations/{id}/revoke")
    @PreAuthorize("hasAuthority('employer')")
    String revoke(Actor actor, @PathVariable long id, RedirectAttributes after) {
        invitations.revoke(actor, id);
        after.addFlashAttribute("done", "invitations.revoked");
        return "redirect:/admin/employers";
    }

    @GetMapping("/employer-invitations/{key}")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    String show(@PathVariable String key, Model model) {
        return page(key, Mistakes.NONE, model);
    }

    @PostMapping("/employer-invitations/{key}")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    String accept(
            Actor actor,
            @PathVariable String key,
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Authentication session) {
        if (!invitations.accept(actor, key, code)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            Mistakes wrong = Mistakes.of(response, () -> {
                throw Problem.invalid("code", "applicant.invitation.WRONG");
            });
            return page(key, wrong, model);
        }
        new SecurityContextLogoutHandler().logout(request, response, session); // the new role begins with a new session
        return "redirect:/sign-in?clerk";
    }

    private String page(String key, Mistakes mistakes, Model model) {
        model.addAttribute("employer", invitations.employer(key))
                .addAttribute("key", key)
                .addAttribute("mistakes", mistakes);
        return "admin/invitation";
    }
}
