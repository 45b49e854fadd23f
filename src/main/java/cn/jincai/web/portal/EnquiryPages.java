package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Step.Kind;
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

/** 咨询: what an applicant asks the office about his case, and its answers. */
@Controller
@RequestMapping("/cases/{number}/enquiries")
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class EnquiryPages {
    private final CaseForms forms;
    private final Enquiries enquiries;

    EnquiryPages(CaseForms forms, Enquiries enquiries) {
        this.forms = forms;
        this.enquiries = enquiries;
    }

    @GetMapping
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        return file.step().is(Kind.DRAFT) ? "redirect:/cases/" + number : page(file, "", List.of(), model);
    }

    private String page(CaseView file, String words, List<Mistake> mistakes, Model model) {
        forms.show(model, file)
                .addAttribute("enquiries", enquiries.of(file.number()))
                .addAttribute("open", enquiries.isOpen(file.number()))
                .addAttribute("askable", enquiries.isOpen(file.number()) && enquiries.isAnswered(file.number()))
                .addAttribute("longest", Enquiries.LONGEST)
                .addAttribute("words", words)
                .addAttribute("mistakes", mistakes);
        return "cases/enquiries";
    }

    /** What is refused without a field at fault is told above the words, which are not lost. */
    @PostMapping
    String ask(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            enquiries.ask(who, number, words);
            flash.addFlashAttribute("told", "enquiries.asked");
            return "redirect:/cases/" + number + "/enquiries";
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.CONFLICT) {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
                model.addAttribute("refused", problem.text());
                return page(forms.own(who, number), words, List.of(), model);
            }
            List<Mistake> mistakes = Refusal.inForm(problem, response);
            return page(forms.own(who, number), words, mistakes, model);
        }
    }
}
