package cn.jincai.web.office;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.process.people.Transfers;
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

/** A task handed to a colleague by name, with a word: one's own, as a leader anybody's, as a deputy that of whom one stands in for. */
@Controller
@RequestMapping("/officers/tasks/{id}/hand-over")
@PreAuthorize(
        "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver')")
class TransferPages {
    private final Transfers transfers;
    private final SchemeNames names;

    TransferPages(Transfers transfers, SchemeNames names) {
        this.transfers = transfers;
        this.names = names;
    }

    @GetMapping
    String ask(Actor who, @PathVariable String id, Model model) {
        return page(who, id, "", "", List.of(), model);
    }

    @PostMapping
    String transfer(
            Actor who,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String holder,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            transfers.transfer(who, id, holder, to, words);
            after.addFlashAttribute("told", "transfer.done");
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT)
                return page(who, id, to, words, Refusal.inForm(problem, response), model);
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/tasks/held";
    }

    private String page(Actor who, String id, String to, String words, List<Mistake> mistakes, Model model) {
        model.addAttribute("shown", transfers.show(who, id))
                .addAttribute("to", to)
                .addAttribute("words", words)
                .addAttribute("mistakes", mistakes)
                .addAttribute("schemes", names.schemes());
        return "officers/hand-over";
    }
}
