package cn.jincai.web.office;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.revision.Revisions;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.RefusedAttempts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What comes after a decision is begun from the case file. */
@Controller
class RevisionForms {
    private final Revisions revisions;
    private final FilePage file;
    private final RefusedAttempts attempts;

    RevisionForms(Revisions revisions, FilePage file, RefusedAttempts attempts) {
        this.revisions = revisions;
        this.file = file;
        this.attempts = attempts;
    }

    @PostMapping("/officers/cases/{number}/revisions")
    @PreAuthorize("hasAnyAuthority('reviewer', 'senior-reviewer', 'supervisor')")
    String begin(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String words,
            @RequestParam(defaultValue = "") String wrong,
            @RequestParam(defaultValue = "") String right,
            @RequestParam(defaultValue = "") String result,
            @RequestParam(defaultValue = "") List<String> benefits,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            revisions.begin(who, number, new Revisions.Asked(kind, reason, words, wrong, right, benefits, result));
            flash.addFlashAttribute("told", "revision.begun");
            return "redirect:/officers/cases/" + number + "#revisions";
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            attempts.record(request, problem);
            response.setStatus(Refusal.of(problem).status().value());
            if (problem.mistakes().isEmpty()) model.addAttribute("refused", problem.text());
            Map<String, Object> typed = Map.of(
                    "revision",
                    kind,
                    "reason",
                    reason,
                    "words",
                    words,
                    "wrong",
                    wrong,
                    "right",
                    right,
                    "result",
                    result,
                    "benefits",
                    benefits);
            model.addAttribute("typed", typed);
            return file.show(who, number, model, problem.mistakes());
        }
    }
}
