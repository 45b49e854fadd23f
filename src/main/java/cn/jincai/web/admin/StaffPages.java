package cn.jincai.web.admin;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.RoleProposals;
import cn.jincai.applicant.Staff;
import cn.jincai.applicant.Standings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.web.security.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Staff and their roles. */
@Controller
@PreAuthorize("hasAuthority('admin')")
class StaffPages {
    private final Staff staff;
    private final RoleProposals proposals;
    private final Standings standings;
    private final Packages packages;
    private final Sessions sessions;

    StaffPages(Staff staff, RoleProposals proposals, Standings standings, Packages packages, Sessions sessions) {
        this.staff = staff;
        this.proposals = proposals;
        this.standings = standings;
        this.packages = packages;
        this.sessions = sessions;
    }

    @GetMapping("/admin/accounts")
    String list(Model model) {
        model.addAttribute("accounts", staff.all())
                .addAttribute("awaited", proposals.open().size());
        return "admin/accounts";
    }

    @GetMapping("/admin/accounts/new")
    String empty(Model model) {
        return form(model, new Staff.Filled("", "", Set.of(), "", "", "", ""), true, false, Mistakes.NONE);
    }

    @PostMapping("/admin/accounts/new")
    String make(
            Actor actor,
            @RequestParam String name,
            @RequestParam String displayName,
            @RequestParam(defaultValue = "") List<String> role,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String fields,
            @RequestParam(defaultValue = "") String documentType,
            @RequestParam(defaultValue = "") String documentNumber,
            @RequestParam(defaultValue = "false") boolean program,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var filled = new Staff.Filled(
                name, displayName, roles(role, Set.of()), email, fields, documentType, documentNumber, program);
        try {
            after.addFlashAttribute("secret", staff.make(filled, actor))
                    .addFlashAttribute("done", done("staff.made", name));
            return "redirect:/admin/accounts";
        } catch (Problem problem) {
            return form(model, filled, true, false, Mistakes.inFormOrTooLate(problem, response));
        }
    }

    @GetMapping("/admin/accounts/{name}")
    String show(@PathVariable String name, HttpServletRequest request, Model model) {
        Account account = staff.find(name);
        model.addAttribute("sessions", sessions.of(name, request).size()).addAttribute("standing", standings.of(name));
        return form(
                model,
                new Staff.Filled(
                        account.name(),
                        account.displayName(),
                        held(account),
                        Objects.requireNonNullElse(account.email(), ""),
                        String.join("、", account.fields()),
                        "",
                        ""),
                false,
                account.locked(),
                Mistakes.NONE);
    }

    @PostMapping("/admin/accounts/{name}")
    String change(
            Actor actor,
            @PathVariable String name,
            @RequestParam String displayName,
            @RequestParam(defaultValue = "") List<String> role,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String fields,
            @RequestParam(defaultValue = "false") boolean locked,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Set<Role> held = held(staff.find(name));
        var filled = new Staff.Filled(name, displayName, roles(role, held), email, fields, "", "");
        try {
            staff.change(filled, locked, actor);
        } catch (Problem problem) {
            return form(model, filled, false, locked, Mistakes.inFormOrTooLate(problem, response));
        }
        after.addFlashAttribute("done", done("staff.changed", name));
        return "redirect:/admin/accounts/" + name;
    }

    @PostMapping("/admin/accounts/{name}/password")
    String reset(Actor actor, @PathVariable String name, RedirectAttributes after) {
        String shown = staff.find(name).name(); // of staff alone; passwords of others are reset at the counter's page
        after.addFlashAttribute("secret", staff.resetPassword(shown, actor))
                .addFlashAttribute("done", "staff.reset.done");
        return "redirect:/admin/accounts/" + shown;
    }

    @PostMapping("/admin/accounts/{name}/second-factor")
    String takeSecondFactor(Actor actor, @PathVariable String name, RedirectAttributes after) {
        staff.takeSecondFactor(name, actor);
        after.addFlashAttribute("done", "staff.factor.taken");
        return "redirect:/admin/accounts/" + name;
    }

    @PostMapping("/admin/accounts/{name}/sessions")
    String end(Actor actor, @PathVariable String name, HttpServletRequest request, RedirectAttributes after) {
        sessions.end(staff.find(name).name(), "", actor, request);
        after.addFlashAttribute("done", "session.ended");
        return "redirect:/admin/accounts/" + name;
    }

    /** With those that wait to be confirmed: to leave one out is to take it back. */
    private Set<Role> held(Account account) {
        Set<Role> roles = proposals.of(account.name());
        roles.addAll(account.roles());
        return roles;
    }

    private String done(String key, String name) {
        return proposals.of(name).isEmpty() ? key : key + ".proposed";
    }

    /** Of what was ticked that which there is; what somebody holds he keeps, though nobody else is given it any more. */
    private Set<Role> roles(List<String> codes, Set<Role> held) {
        Set<Role> roles = new TreeSet<>(List.of(Role.values()));
        roles.addAll(packages.furtherRoles());
        roles.addAll(held);
        roles.removeIf(role -> !codes.contains(role.code()));
        return roles;
    }

    /** What staff may be today, and what this account is. */
    private Set<Role> offered(Set<Role> held) {
        Set<Role> roles = new TreeSet<>(Staff.ROLES);
        roles.addAll(packages.furtherRoles());
        roles.addAll(held);
        return roles;
    }

    private String form(Model model, Staff.Filled filled, boolean isNew, boolean locked, Mistakes mistakes) {
        model.addAttribute("filled", filled)
                .addAttribute("isNew", isNew)
                .addAttribute("locked", locked)
                .addAttribute("mistakes", mistakes)
                .addAttribute("roles", offered(filled.roles()))
                .addAttribute("awaited", isNew ? Set.of() : proposals.of(filled.name()))
                .addAttribute("types", Registration.DOCUMENT_TYPES);
        return "admin/staff";
    }
}
