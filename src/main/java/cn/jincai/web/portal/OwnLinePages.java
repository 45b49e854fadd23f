package cn.jincai.web.portal;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.review.OwnLineFile;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.server.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an employer has handed in about somebody, for him alone: his line, what became of it, and his objection. */
@Controller
@PreAuthorize("hasAuthority('applicant')")
class OwnLinePages {
    private final OwnLineFile file;
    private final Objections objections;

    OwnLinePages(OwnLineFile file, Objections objections) {
        this.file = file;
        this.objections = objections;
    }

    @GetMapping("/lines/{number}")
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        OwnLineFile.Shown own = file.of(who, number);
        model.addAttribute("own", own).addAttribute("scheme", file.scheme(number));
        return "cases/own-line";
    }

    @PostMapping("/lines/{number}")
    String object(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String text,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            flash.addFlashAttribute("raised", objections.raise(who, Network.of(request.getRemoteAddr()), number, text));
            return "redirect:/lines/" + number;
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            model.addAttribute("mistakes", mistakes(problem, response)).addAttribute("text", text);
            return show(who, number, model);
        }
    }

    /** Who has to wait, or is late, keeps what he wrote as well. */
    private static List<Problem.Mistake> mistakes(Problem problem, HttpServletResponse response) {
        if (problem.kind() == Problem.Kind.INVALID) return Refusal.inForm(problem, response);
        response.setStatus(
                (problem.kind() == Problem.Kind.TOO_MANY ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.CONFLICT).value());
        return List.of(new Problem.Mistake("text", problem.code(), problem.text()));
    }
}
