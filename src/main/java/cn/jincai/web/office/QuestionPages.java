package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.staffing.ColleagueQuestion;
import cn.jincai.staffing.ColleagueQuestions;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Questions to a colleague about a case: asked from its file, answered on a page of one's own. */
@Controller
@PreAuthorize(
        "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver')")
class QuestionPages {
    private final ColleagueQuestions questions;
    private final CaseFile cases;

    QuestionPages(ColleagueQuestions questions, CaseFile cases) {
        this.questions = questions;
        this.cases = cases;
    }

    @GetMapping("/officers/questions")
    String list(Actor who, Model model) {
        return list(who, null, "", List.of(), model);
    }

    @PostMapping("/officers/questions/{id}")
    String answer(
            Actor who,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            questions.answer(who, id, words);
            after.addFlashAttribute("told", "questions.answered");
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT)
                return list(who, id, words, Refusal.inForm(problem, response), model);
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/questions";
    }

    @GetMapping("/officers/cases/{number}/questions")
    String ask(Actor who, @PathVariable CaseNumber number, Model model) {
        return ask(who, number, "", "", List.of(), model);
    }

    @PostMapping("/officers/cases/{number}/questions")
    String ask(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String colleague,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            questions.ask(who, number, colleague, words);
        } catch (Problem problem) {
            return ask(who, number, colleague, words, Refusal.inForm(problem, response), model);
        }
        after.addFlashAttribute("told", "questions.asked");
        return "redirect:/officers/cases/" + number;
    }

    private String ask(
            Actor who, CaseNumber number, String colleague, String words, List<Mistake> mistakes, Model model) {
        model.addAttribute("number", number)
                .addAttribute("colleagues", questions.askable(who, number))
                .addAttribute("colleague", colleague)
                .addAttribute("words", words)
                .addAttribute("mistakes", mistakes);
        return "officers/question";
    }

    /** @param wrong of whose form something was wrong */
    private String list(Actor who, @Nullable Long wrong, String typed, List<Mistake> mistakes, Model model) {
        List<ColleagueQuestion> open = questions.toAnswer(who), asked = questions.asked(who);
        model.addAttribute("open", open)
                .addAttribute("asked", asked)
                .addAttribute(
                        "readable",
                        cases.open(
                                who,
                                Stream.concat(open.stream(), asked.stream())
                                        .map(ColleagueQuestion::number)
                                        .distinct()
                                        .toList()))
                .addAttribute("wrong", wrong)
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "officers/questions";
    }
}
