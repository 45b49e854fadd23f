package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.messages.EmployerDenials;
import cn.jincai.filing.messages.EmployerDenials.Denial;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
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

/** Why his employer did not confirm, and what the applicant answers to it. */
@Controller
@RequestMapping("/cases/{number}/employer-word")
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class DenialPages {
    private final CaseForms forms;
    private final EmployerDenials denials;

    DenialPages(CaseForms forms, EmployerDenials denials) {
        this.forms = forms;
        this.denials = denials;
    }

    @GetMapping
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        return page(forms.own(who, number), "", List.of(), model);
    }

    private String page(CaseView file, String words, List<Mistake> mistakes, Model model) {
        Denial denial = denials.of(file.number()).orElseThrow(Problem::notFound);
        forms.show(model, file)
                .addAttribute("denial", denial)
                .addAttribute("open", denials.isOpen(file.number()))
                .addAttribute("longest", EmployerDenials.LONGEST)
                .addAttribute("words", words)
                .addAttribute("mistakes", mistakes);
        return "cases/employer-word";
    }

    @PostMapping
    String answer(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            denials.answer(who, number, words);
            flash.addFlashAttribute("told", "denial.sent");
            return "redirect:/cases/" + number + "/employer-word";
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) throw problem;
            List<Mistake> mistakes = Refusal.inForm(problem, response);
            return page(forms.own(who, number), words, mistakes, model);
        }
    }
}
