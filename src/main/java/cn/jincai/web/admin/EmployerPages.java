package cn.jincai.web.admin;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.ClerkInvitations;
import cn.jincai.applicant.Employer;
import cn.jincai.applicant.Employers;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who acts for an employer: the counter sees all of them, a clerk his own employer. */
@Controller
@PreAuthorize("hasAnyAuthority('intake', 'employer')")
class EmployerPages {
    private final Employers employers;
    private final ClerkInvitations invitations;
    private final Accounts accounts;

    EmployerPages(Employers employers, ClerkInvitations invitations, Accounts accounts) {
        this.employers = employers;
        this.invitations = invitations;
        this.accounts = accounts;
    }

    @GetMapping("/admin/employers")
    String show(Actor actor, Model model) {
        return page(actor, model, "", "", "", Mistakes.NONE);
    }

    @PostMapping("/admin/employers")
    String tie(
            Actor actor,
            @RequestParam(defaultValue = "") String employerCode,
            @RequestParam(defaultValue = "") String employerName,
            @RequestParam String account,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Mistakes mistakes =
                Mistakes.of(response, () -> employers.propose(actor, employerCode, employerName, account.strip()));
        if (!mistakes.isEmpty()) return page(actor, model, employerCode, employerName, account, mistakes);
        after.addFlashAttribute("done", "employers.proposed");
        return "redirect:/admin/employers";
    }

    @PostMapping("/admin/employers/untie")
    String untie(Actor actor, @RequestParam String account, RedirectAttributes after) {
        employers.untie(actor, account);
        after.addFlashAttribute("done", "employers.untied");
        return "redirect:/admin/employers";
    }

    @PostMapping("/admin/employers/administrator")
    String handOver(Actor actor, @RequestParam String account, RedirectAttributes after) {
        employers.handOver(actor, account);
        after.addFlashAttribute("done", "employers.handed-over");
        return "redirect:/admin/employers";
    }

    @PostMapping("/admin/employers/take-back")
    String takeBack(
            Actor actor, @RequestParam String employerCode, @RequestParam String account, RedirectAttributes after) {
        employers.takeBack(actor, employerCode, account);
        after.addFlashAttribute("done", "employers.taken-back");
        return "redirect:/admin/employers";
    }

    private String page(Actor actor, Model model, String code, String name, String account, Mistakes mistakes) {
        boolean intake = actor.is(Role.INTAKE);
        String own = Objects.requireNonNullElse(accounts.find(actor.account()).employerCode(), "");
        List<Employer> shown =
                intake ? employers.all() : employers.look(own).stream().toList();
        Map<String, List<String>> clerks =
                shown.stream().collect(Collectors.toMap(Employer::code, e -> employers.clerks(e.code())));
        model.addAttribute("proposals", intake ? employers.proposals() : employers.proposalsOf(own))
                .addAttribute("intake", intake)
                .addAttribute("ties", intake || employers.isFirstClerk(actor.account(), own))
                .addAttribute("employers", shown)
                .addAttribute("clerks", clerks)
                .addAttribute("administrators", administrators(shown))
                .addAttribute("invitations", invitations.of(actor))
                .addAttribute("code", intake ? code : own)
                .addAttribute("name", name)
                .addAttribute("account", account)
                .addAttribute("mistakes", mistakes);
        return "admin/employers";
    }

    private Map<String, String> administrators(List<Employer> shown) {
        Map<String, String> first = new HashMap<>();
        shown.forEach(e -> employers.firstClerk(e.code()).ifPresent(clerk -> first.put(e.code(), clerk)));
        return first;
    }
}
