package cn.jincai.web.office;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.process.people.Transfers;
import cn.jincai.staffing.Absences;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is away, from when to when, and who stands in: one's own days, and everybody's for leaders and administrators. */
@Controller
@RequestMapping("/officers/absences")
@PreAuthorize(
        "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'admin')")
class AbsencePages {
    private final Absences absences;
    private final Staff staff;
    private final Transfers transfers;
    private final SchemeNames names;

    AbsencePages(Absences absences, Staff staff, Transfers transfers, SchemeNames names) {
        this.absences = absences;
        this.staff = staff;
        this.transfers = transfers;
        this.names = names;
    }

    /** What stands in the form. */
    record Typed(String account, String first, String last, String deputy) {}

    @GetMapping
    String list(Actor who, Model model) {
        return page(who, new Typed(who.account(), "", "", ""), List.of(), model);
    }

    @PostMapping
    String enter(
            Actor who,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String last,
            @RequestParam(defaultValue = "") String deputy,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        String whose = account.isBlank() ? who.account() : account.strip();
        try {
            absences.enter(who, whose, TypedDay.of("first", first), TypedDay.of("last", last), deputy);
        } catch (Problem problem) {
            return page(who, new Typed(whose, first, last, deputy), Refusal.inForm(problem, response), model);
        }
        after.addFlashAttribute("told", "absences.entered");
        return "redirect:/officers/absences";
    }

    @PostMapping("/{id}/end")
    String end(Actor who, @PathVariable long id, RedirectAttributes after) {
        absences.end(who, id);
        after.addFlashAttribute("told", "absences.ended");
        return "redirect:/officers/absences";
    }

    /** Whom may be chosen: those who can sign in; for an officer's own days those with a role of his. */
    private String page(Actor who, Typed typed, List<Mistake> mistakes, Model model) {
        List<Account> all = staff.all().stream()
                .filter(a -> !a.locked() && !a.roles().isEmpty())
                .toList();
        boolean others = Absences.entersForOthers(who);
        model.addAttribute("absences", absences.of(who))
                .addAttribute("covered", transfers.covered(who))
                .addAttribute("schemes", names.schemes())
                .addAttribute("forOthers", others)
                .addAttribute("me", who.account())
                .addAttribute("people", all)
                .addAttribute(
                        "deputies",
                        all.stream()
                                .filter(a -> others || !a.name().equals(who.account()) && shares(who, a))
                                .toList())
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "officers/absences";
    }

    private static boolean shares(Actor who, Account other) {
        return !Collections.disjoint(who.roles(), other.roles());
    }
}
