package cn.jincai.web.inquiry;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.inquiry.LooksAtFiles;
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
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Who looked at whom and why, by officer and by the person looked at. */
@Controller
@RequestMapping("/inquiry/looks")
@PreAuthorize(RecordPages.INQUIRERS)
class LooksAtFilesPages {
    private final LooksAtFiles looks;
    private final CaseFile cases;

    LooksAtFilesPages(LooksAtFiles looks, CaseFile cases) {
        this.looks = looks;
        this.cases = cases;
    }

    @GetMapping
    String form(Model model) {
        return page(new QuestionForm(null, null, null, null, null, null, null, null, null, null), List.of(), model);
    }

    @PostMapping
    String find(Actor who, @ModelAttribute QuestionForm form, Model model, HttpServletResponse response) {
        model.addAttribute("carries", "inquiry");
        try {
            LooksAtFiles.Shown shown = looks.find(who, form.question(), form.purpose(), form.shown());
            model.addAttribute("shown", shown)
                    .addAttribute(
                            "openable",
                            cases
                                    .open(
                                            who,
                                            shown.days().stream()
                                                    .map(LooksAtFiles.Day::number)
                                                    .distinct()
                                                    .toList())
                                    .stream()
                                    .map(CaseNumber::value)
                                    .toList());
        } catch (Problem problem) {
            return page(form, Refusal.inForm(problem, response), model);
        }
        return page(form, List.of(), model);
    }

    private static String page(QuestionForm form, List<Mistake> mistakes, Model model) {
        model.addAttribute("typed", form.typed())
                .addAttribute("mistakes", mistakes)
                .addAttribute("purposes", Purpose.values());
        return "inquiry/looks";
    }
}
