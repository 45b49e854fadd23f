package cn.jincai.web.admin;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.LostPasswords;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.web.server.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A lost password: what one does about it, and the counter that resets it after it has checked the identity document. Numbers travel in no address. */
@Controller
class PasswordPages {
    private final Accounts accounts;
    private final Staff staff;
    private final LostPasswords lost;

    PasswordPages(Accounts accounts, Staff staff, LostPasswords lost) {
        this.accounts = accounts;
        this.staff = staff;
        this.lost = lost;
    }

    @GetMapping("/lost-password")
    @PreAuthorize("permitAll()")
    String lost(Model model) {
        return lost(model, Mistakes.NONE);
    }

    /** The same answer whoever is asked for. */
    @PostMapping("/lost-password")
    @PreAuthorize("permitAll()")
    String sendLink(
            @RequestParam String account,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes after) {
        try {
            lost.ask(account, Network.of(request.getRemoteAddr()));
            after.addFlashAttribute("sent", true);
            return "redirect:/lost-password";
        } catch (Problem problem) {
            return lost(model, Mistakes.inForm(problem, response));
        }
    }

    private String lost(Model model, Mistakes mistakes) {
        model.addAttribute("mistakes", mistakes)
                .addAttribute("offered", lost.isOffered())
                .addAttribute("minutes", LostPasswords.LINK_LIVES.toMinutes());
        return "admin/lost-password";
    }

    /** Where the link leads. Programs that look at mail open it too, so opening it does nothing. */
    @GetMapping("/lost-password/{token}")
    @PreAuthorize("permitAll()")
    String choose(@PathVariable String token, Model model) {
        return choose(token, model, Mistakes.NONE);
    }

    @PostMapping("/lost-password/new")
    @PreAuthorize("permitAll()")
    String change(
            @RequestParam String token,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            lost.change(token, password, Network.of(request.getRemoteAddr()));
            return "redirect:/sign-in?changed";
        } catch (Problem problem) {
            return choose(token, model, Mistakes.inFormOrTooLate(problem, response));
        }
    }

    private String choose(String token, Model model, Mistakes mistakes) {
        model.addAttribute("mistakes", mistakes)
                .addAttribute("token", token)
                .addAttribute("valid", lost.isValid(token));
        return "admin/new-password";
    }

    @GetMapping("/admin/passwords")
    @PreAuthorize("hasAnyAuthority('intake', 'admin')")
    String ask(Model model) {
        return ask(model, "", Mistakes.NONE);
    }

    /** Who it would be, masked, so that the document can be compared before anything changes. */
    @PostMapping("/admin/passwords")
    @PreAuthorize("hasAnyAuthority('intake', 'admin')")
    String look(@RequestParam String number, Model model, HttpServletResponse response) {
        try {
            return holder(model, find(number), Mistakes.NONE);
        } catch (Problem problem) {
            return ask(model, number, Mistakes.inForm(problem, response));
        }
    }

    @PostMapping("/admin/passwords/reset")
    @PreAuthorize("hasAnyAuthority('intake', 'admin')")
    String reset(
            Actor actor,
            @RequestParam String account,
            @RequestParam(defaultValue = "false") boolean looked,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            if (!looked) throw Problem.invalid("looked", "web.passwords.DOCUMENT_NOT_SEEN");
            Account holder = find(account);
            after.addFlashAttribute("secret", staff.resetPassword(holder.name(), actor))
                    .addFlashAttribute("account", holder.name())
                    .addFlashAttribute("done", "passwords.done");
            return "redirect:/admin/passwords";
        } catch (Problem problem) {
            Mistakes mistakes = Mistakes.inForm(problem, response);
            return accounts.look(account)
                    .filter(a -> !staff.isStaff(a.name()))
                    .map(a -> holder(model, a, mistakes))
                    .orElseGet(() -> ask(model, "", mistakes));
        }
    }

    private Account find(String number) {
        if (number.isBlank()) throw Problem.invalid("number", "web.passwords.REQUIRED");
        Account holder =
                accounts.holder(number).orElseThrow(() -> Problem.invalid("number", "web.passwords.UNKNOWN_ACCOUNT"));
        if (staff.isStaff(holder.name())) throw Problem.invalid("number", "web.passwords.STAFF");
        if (holder.locked()) throw Problem.invalid("number", "web.passwords.LOCKED");
        return holder;
    }

    private static String ask(Model model, String number, Mistakes mistakes) {
        model.addAttribute("number", number).addAttribute("mistakes", mistakes);
        return "admin/passwords";
    }

    private static String holder(Model model, Account holder, Mistakes mistakes) {
        model.addAttribute("holder", holder.name())
                .addAttribute("name", Persons.mask(holder.displayName()))
                .addAttribute("number", "")
                .addAttribute("mistakes", mistakes);
        return "admin/passwords";
    }
}
