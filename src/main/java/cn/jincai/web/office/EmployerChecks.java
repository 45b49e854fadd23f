package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.process.TaskLists;
import cn.jincai.process.Tasks;
import cn.jincai.web.portal.CaseForms;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 用人单位核实: one check that waits for an employer's clerk, and his answer. He sees who it is and the employment, nothing else. */
@Controller
@PreAuthorize("hasAuthority('employer')")
class EmployerChecks {
    static final String STEP = Steps.shared().first(Kind.ASKS_EMPLOYER).key();

    private final Tasks tasks;
    private final TaskLists lists;
    private final CaseFile cases;
    private final CaseForms forms;

    EmployerChecks(Tasks tasks, TaskLists lists, CaseFile cases, CaseForms forms) {
        this.tasks = tasks;
        this.lists = lists;
        this.cases = cases;
        this.forms = forms;
    }

    @GetMapping("/employer/{number}")
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = cases.show(who, number);
        if (cases.isOwn(who, number)) return "redirect:/cases/" + number; // what the employer itself applies for
        forms.show(model, file)
                .addAttribute("page", forms.page(file))
                .addAttribute(
                        "fields",
                        forms.form(file).fields().stream()
                                .filter(f -> file.answers().has(f.key()))
                                .toList())
                .addAttribute("task", lists.of(who, number, STEP).orElse(null));
        return "employer/check";
    }

    @PostMapping("/employer/{number}")
    String answer(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String opinion,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        TaskLists.Waiting task = lists.of(who, number, STEP).orElse(null);
        if (task == null) {
            cases.show(who, number);
            flash.addFlashAttribute("told", "employer.already");
            return "redirect:/employer";
        }
        try {
            tasks.claim(who, task.id());
            tasks.complete(
                    who,
                    task.id(),
                    opinion.isBlank() ? Map.of("outcome", outcome) : Map.of("outcome", outcome, "opinion", opinion));
            flash.addFlashAttribute("told", "employer.thanks");
            return "redirect:/employer";
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            if (problem.kind() == Problem.Kind.INVALID && task.assignee() == null)
                tasks.release(who, task.id(), null); // a colleague may answer too
            response.setStatus(Refusal.of(problem).status().value());
            model.addAttribute("mistakes", problem.mistakes());
            if (problem.mistakes().isEmpty()) model.addAttribute("refused", problem.text());
            model.addAttribute("typed", Map.of("outcome", outcome, "opinion", opinion));
            return show(who, number, model);
        }
    }
}
