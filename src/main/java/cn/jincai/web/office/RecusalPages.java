package cn.jincai.web.office;

import cn.jincai.filing.Recusals;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 回避: one's own declared ties, with the way to take one back, and for supervisors those that wait for them. They are declared on the case file. */
@Controller
@RequestMapping("/officers/recusals")
class RecusalPages {
    private static final String TIED =
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'auditor')";

    private final Recusals recusals;

    RecusalPages(Recusals recusals) {
        this.recusals = recusals;
    }

    @GetMapping
    @PreAuthorize(TIED)
    String list(Actor who, Model model) {
        return page(who, null, "", List.of(), model);
    }

    @PostMapping
    @PreAuthorize(TIED)
    String ask(
            Actor who,
            @RequestParam CaseNumber number,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            recusals.ask(who, number, reason);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT)
                return page(who, number, reason, Refusal.inForm(problem, response), model);
            after.addFlashAttribute("refused", problem.text());
            return "redirect:/officers/recusals";
        }
        return done(after, "recusals.asked");
    }

    @PostMapping("/answer")
    @PreAuthorize("hasAuthority('supervisor')")
    String answer(
            Actor who,
            @RequestParam CaseNumber number,
            @RequestParam String account,
            @RequestParam boolean granted,
            RedirectAttributes after) {
        recusals.answer(who, number, account, granted);
        return done(after, granted ? "recusals.granted" : "recusals.declined");
    }

    private static String done(RedirectAttributes after, String told) {
        after.addFlashAttribute("told", told);
        return "redirect:/officers/recusals";
    }

    /** @param number of whose form something was wrong */
    private String page(Actor who, @Nullable CaseNumber number, String typed, List<Mistake> mistakes, Model model) {
        model.addAttribute("own", recusals.of(who))
                .addAttribute("asked", recusals.asked(who))
                .addAttribute("wrong", number)
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "officers/recusals";
    }
}
