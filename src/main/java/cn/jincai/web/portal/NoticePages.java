package cn.jincai.web.portal;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.review.notice.Notices;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.server.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Public notices while they run, and objections by name, for anybody. */
@Controller
class NoticePages {
    private final Notices notices;
    private final Objections objections;

    NoticePages(Notices notices, Objections objections) {
        this.notices = notices;
        this.objections = objections;
    }

    @GetMapping("/notices")
    @PreAuthorize("permitAll()")
    String list(@RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("notices", notices.running(page, 20));
        return "public/notices";
    }

    @GetMapping("/notices/{id}")
    @PreAuthorize("permitAll()")
    String show(@PathVariable long id, Model model) {
        model.addAttribute("notice", notices.get(id));
        return "public/notice";
    }

    @PostMapping("/notices/{id}")
    @PreAuthorize("permitAll()")
    String object(
            Optional<Actor> who,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String text,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            String from = Network.of(request.getRemoteAddr());
            flash.addFlashAttribute("raised", objections.raise(who.orElse(null), from, id, name, contact, text));
            return "redirect:/notices/" + id;
        } catch (Problem problem) {
            model.addAttribute("mistakes", mistakes(problem, response));
            model.addAttribute("typed", Map.of("name", name, "contact", contact, "text", text));
            return show(id, model);
        }
    }

    /** Who has to wait keeps what he wrote as well. */
    private static List<Problem.Mistake> mistakes(Problem problem, HttpServletResponse response) {
        if (problem.kind() != Problem.Kind.TOO_MANY) return Refusal.inForm(problem, response);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        return List.of(new Problem.Mistake("text", problem.code(), problem.text()));
    }
}
