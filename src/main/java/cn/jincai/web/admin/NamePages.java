package cn.jincai.web.admin;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.NameCorrections;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 更正姓名: the counter enters a person's name as the document shown has it, and somebody else confirms it. Numbers and names travel in no address. */
@Controller
@RequestMapping("/admin/names")
class NamePages {
    private final NameCorrections corrections;
    private final Accounts accounts;
    private final Staff staff;

    NamePages(NameCorrections corrections, Accounts accounts, Staff staff) {
        this.corrections = corrections;
        this.accounts = accounts;
        this.staff = staff;
    }

    @GetMapping
    @PreAuthorize("hasAnyAuthority('intake', 'supervisor')")
    String list(Actor who, Model model) {
        return page(who, model, Mistakes.NONE);
    }

    /** Who it would be, masked, so that the document can be compared before anything is entered. */
    @PostMapping
    @PreAuthorize("hasAuthority('intake')")
    String look(Actor who, @RequestParam String number, Model model, HttpServletResponse response) {
        Mistakes mistakes = Mistakes.of(response, () -> holder(model, find(number)));
        model.addAttribute("number", mistakes.isEmpty() ? "" : number);
        return page(who, model, mistakes);
    }

    @PostMapping("/entry")
    @PreAuthorize("hasAuthority('intake')")
    String enter(
            Actor who,
            @RequestParam String account,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean looked,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Account holder = find(account);
        Mistakes mistakes = Mistakes.of(response, () -> {
            mustHaveLooked(looked);
            corrections.enter(who, holder.name(), name, reason);
        });
        if (mistakes.isEmpty()) return done(after, "names.entered");
        holder(model, holder);
        model.addAttribute("name", name).addAttribute("reason", reason);
        return page(who, model, mistakes);
    }

    @PostMapping("/answer")
    @PreAuthorize("hasAnyAuthority('intake', 'supervisor')")
    String answer(
            Actor who,
            @RequestParam String account,
            @RequestParam boolean confirmed,
            @RequestParam(defaultValue = "false") boolean looked,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Mistakes mistakes = Mistakes.of(response, () -> {
            if (confirmed) mustHaveLooked(looked);
            if (confirmed) corrections.confirm(who, account);
            else corrections.decline(who, account);
        });
        return mistakes.isEmpty()
                ? done(after, confirmed ? "names.confirmed" : "names.declined")
                : page(who, model, mistakes.allAt("looked-" + account));
    }

    private static void mustHaveLooked(boolean looked) {
        if (!looked) throw Problem.invalid("looked", "web.names.DOCUMENT_NOT_SEEN");
    }

    private Account find(String number) {
        if (number.isBlank()) throw Problem.invalid("number", "web.passwords.REQUIRED");
        Account holder =
                accounts.holder(number).orElseThrow(() -> Problem.invalid("number", "web.passwords.UNKNOWN_ACCOUNT"));
        if (staff.isStaff(holder.name())) throw Problem.invalid("number", "web.names.STAFF");
        if (holder.personKey() == null) throw Problem.invalid("number", "web.names.NO_DOCUMENT");
        return holder;
    }

    private static void holder(Model model, Account holder) {
        model.addAttribute("holder", holder.name()).addAttribute("masked", Persons.mask(holder.displayName()));
    }

    private String page(Actor who, Model model, Mistakes mistakes) {
        model.addAttribute("waiting", corrections.waiting())
                .addAttribute("reasons", NameCorrections.Reason.values())
                .addAttribute("enters", who.is(Role.INTAKE))
                .addAttribute("actor", who)
                .addAttribute("mistakes", mistakes);
        return "admin/names";
    }

    private static String done(RedirectAttributes after, String done) {
        after.addFlashAttribute("done", done);
        return "redirect:/admin/names";
    }
}
