package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.deadlines.CaseDeadline;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.review.deadlines.Extensions;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
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

/** The leader gives a case more time, with a reason for the applicant. It shows days alone, nothing of the person. */
@Controller
@RequestMapping("/officers/cases/{number}/extension")
@PreAuthorize("hasAuthority('leader')")
class ExtensionPages {
    private static final String BACK = "/officers/board/cases?which=reminded";

    private final Extensions extensions;
    private final CaseFile cases;
    private final SchemeNames names;

    ExtensionPages(Extensions extensions, CaseFile cases, SchemeNames names) {
        this.extensions = extensions;
        this.cases = cases;
        this.names = names;
    }

    @GetMapping
    String ask(Actor who, @PathVariable CaseNumber number, Model model, RedirectAttributes after) {
        try {
            return form(extensions.extendable(who, number), "", List.of(), model);
        } catch (Problem problem) {
            return refused(problem, after);
        }
    }

    @PostMapping
    String extend(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            extensions.extend(who, number, reason);
            after.addFlashAttribute("told", "extension.given");
            return "redirect:" + BACK;
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) return refused(problem, after);
            return form(extensions.extendable(who, number), reason, Refusal.inForm(problem, response), model);
        }
    }

    private static String refused(Problem problem, RedirectAttributes after) {
        if (problem.kind() != Problem.Kind.CONFLICT) throw problem;
        after.addFlashAttribute("refused", problem.text());
        return "redirect:" + BACK;
    }

    private String form(CaseDeadline deadline, String typed, List<Mistake> mistakes, Model model) {
        model.addAttribute("deadline", deadline)
                .addAttribute("step", cases.get(deadline.number()).stage().step())
                .addAttribute("schemes", names.schemes())
                .addAttribute("days", extensions.workingDays())
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes)
                .addAttribute("longest", Extensions.LONGEST);
        return "officers/extension";
    }
}
