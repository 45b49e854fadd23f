package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.filing.messages.Enquiry;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What applicants ask about their cases: those that wait for an answer, and each case's own, which whoever has a part in it answers. To read them is a look at the file. */
@Controller
@PreAuthorize(EnquiryAnswers.OFFICE)
class EnquiryAnswers {
    static final String OFFICE =
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'finance', 'finance-approver')";

    private final Enquiries enquiries;
    private final CaseFile cases;
    private final SchemeNames names;

    EnquiryAnswers(Enquiries enquiries, CaseFile cases, SchemeNames names) {
        this.enquiries = enquiries;
        this.cases = cases;
        this.names = names;
    }

    @GetMapping("/officers/enquiries")
    String waiting(Actor who, Model model) {
        model.addAttribute("waiting", enquiries.waiting(who)).addAttribute("schemes", names.schemes());
        return "officers/enquiries";
    }

    @GetMapping("/officers/cases/{number}/enquiries")
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'supervisor', 'finance', 'finance-approver', 'auditor')")
    String ofCase(Actor who, @PathVariable CaseNumber number, Model model) {
        return page(who, number, null, "", List.of(), model);
    }

    /** @param wrong with whose answer something was wrong */
    private String page(
            Actor who, CaseNumber number, @Nullable Long wrong, String typed, List<Mistake> mistakes, Model model) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        List<Enquiry> asked = enquiries.of(who, number);
        if (!asked.isEmpty()) cases.look(who, cases.get(number));
        model.addAttribute("number", number)
                .addAttribute("enquiries", asked)
                .addAttribute("answers", enquiries.mayAnswer(who, number))
                .addAttribute("wrong", wrong)
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "officers/enquiries-of-case";
    }

    @PostMapping("/officers/cases/{number}/enquiries/{id}")
    String answer(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            enquiries.answer(who, number, id, words);
            after.addFlashAttribute("told", "enquiries.answered");
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT)
                return page(who, number, id, words, Refusal.inForm(problem, response), model);
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/cases/" + number + "/enquiries";
    }
}
