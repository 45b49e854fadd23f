package cn.jincai.web.admin;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Employers;
import cn.jincai.applicant.IssuerAccounts;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.Staff;
import cn.jincai.applicant.Standings;
import cn.jincai.applicant.contacts.Contacts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.rights.Closings;
import cn.jincai.web.security.Sessions;
import cn.jincai.web.security.issuer.IssuerSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: who one is here, the password, and for officers whose cases they keep out of. */
@Controller
@PreAuthorize("isAuthenticated()")
class AccountPages {
    private final Accounts accounts;
    private final Standings standings;
    private final Staff staff;
    private final Contacts contacts;
    private final Closings closings;
    private final Relatives relatives;
    private final Employers employers;
    private final Sessions sessions;
    private final IssuerSettings issuers;
    private final IssuerAccounts tied;
    private final CityClock clock;

    AccountPages(
            Accounts accounts,
            Standings standings,
            Staff staff,
            Contacts contacts,
            Closings closings,
            Relatives relatives,
            Employers employers,
            Sessions sessions,
            IssuerSettings issuers,
            IssuerAccounts tied,
            CityClock clock) {
        this.accounts = accounts;
        this.standings = standings;
        this.staff = staff;
        this.contacts = contacts;
        this.closings = closings;
        this.relatives = relatives;
        this.employers = employers;
        this.sessions = sessions;
        this.issuers = issuers;
        this.tied = tied;
        this.clock = clock;
    }

    @GetMapping("/account")
    String show(Actor actor, HttpServletRequest request, Model model) {
        return page(actor, request, model, Mistakes.NONE);
    }

    /** @param mark which one; empty for all but this one */
    @PostMapping("/account/sessions")
    String end(
            Actor actor,
            @RequestParam(defaultValue = "") String mark,
            HttpServletRequest request,
            RedirectAttributes after) {
        sessions.end(actor.account(), mark, actor, request);
        after.addFlashAttribute("done", "session.ended");
        return "redirect:/account";
    }

    @PostMapping("/account/password")
    String password(
            Actor actor,
            @RequestParam String old,
            @RequestParam String password,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Authentication session) {
        Mistakes mistakes = Mistakes.of(response, () -> staff.changeOwnPassword(old, password, actor));
        if (!mistakes.isEmpty()) return page(actor, request, model, mistakes);
        new SecurityContextLogoutHandler()
                .logout(request, response, session); // every session begins anew; here one is told why
        return "redirect:/sign-in?changed";
    }

    @PostMapping("/account/employer")
    String clerk(
            Actor actor,
            @RequestParam String employerCode,
            @RequestParam boolean accepted,
            HttpServletRequest request,
            HttpServletResponse response,
            Authentication session,
            RedirectAttributes after) {
        employers.answer(actor, employerCode, accepted);
        if (!accepted) {
            after.addFlashAttribute("done", "clerk.declined");
            return "redirect:/account";
        }
        new SecurityContextLogoutHandler().logout(request, response, session); // the new role begins with a new session
        return "redirect:/sign-in?clerk";
    }

    @PostMapping("/account/relatives")
    String relative(
            Actor actor,
            @RequestParam String documentType,
            @RequestParam String documentNumber,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            if (!Registration.DOCUMENT_TYPES.contains(documentType) || documentNumber.isBlank())
                throw Problem.invalid("documentNumber", "web.documentNumber.REQUIRED");
            var mistake = Registration.documentMistake(documentType, documentNumber, clock.today());
            if (mistake.isPresent()) throw Problem.invalid(List.of(mistake.get()));
            relatives.declare(actor, documentType, documentNumber);
        } catch (Problem problem) {
            model.addAttribute("documentType", documentType).addAttribute("documentNumber", documentNumber);
            return page(actor, request, model, Mistakes.inForm(problem, response));
        }
        after.addFlashAttribute("done", "relative.told");
        return "redirect:/account";
    }

    private String page(Actor actor, HttpServletRequest request, Model model, Mistakes mistakes) {
        var standing = standings.of(actor.account());
        model.addAttribute("account", accounts.find(actor.account()))
                .addAttribute("reached", contacts.of(actor.account()))
                .addAttribute("closes", closings.due(actor.account()).orElse(null))
                .addAttribute("mistakes", mistakes)
                .addAttribute("types", Registration.DOCUMENT_TYPES)
                .addAttribute(
                        "officer", actor.roles().stream().map(Role::rights).anyMatch(Staff.ROLES::contains))
                .addAttribute("applicant", actor.is(Role.APPLICANT))
                .addAttribute("relatives", relatives.count(actor.account()))
                .addAttribute("sessions", sessions.of(actor.account(), request))
                .addAttribute("given", standing.passwordGiven())
                .addAttribute("factor", standing.secondFactor())
                .addAttribute("proposals", employers.proposalsTo(actor.account()))
                .addAttribute("issuers", issuers(actor));
        return "admin/account";
    }

    /** @param since when one's account was tied to who one is there, or null */
    record Tie(String issuer, Text name, @Nullable Instant since) {}

    private List<Tie> issuers(Actor actor) {
        return issuers.issuers().entrySet().stream()
                .map(issuer -> new Tie(
                        issuer.getKey(),
                        issuers.nameOf(issuer.getKey()),
                        tied.tiedSince(actor.account(), issuer.getValue().url().toString())
                                .orElse(null)))
                .sorted(Comparator.comparing(Tie::issuer))
                .toList();
    }
}
