package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.process.ReassignmentReason;
import cn.jincai.process.Tasks;
import cn.jincai.process.people.TasksInHand;
import cn.jincai.process.people.TasksInHand.InHand;
import cn.jincai.process.people.TasksInHand.Which;
import cn.jincai.review.notice.Objections;
import cn.jincai.staffing.ColleagueQuestions;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is late and who holds what, and the way back to the group for a task of somebody who is away. Tasks are done in Tasklist. */
@Controller
@RequestMapping("/officers/tasks")
@PreAuthorize(
        "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver')")
class TaskPages {
    private final TasksInHand inHand;
    private final Tasks tasks;
    private final CaseFile cases;
    private final SchemeNames names;
    private final Objections objections;
    private final ColleagueQuestions questions;
    private final Enquiries enquiries;

    TaskPages(
            TasksInHand inHand,
            Tasks tasks,
            CaseFile cases,
            SchemeNames names,
            Objections objections,
            ColleagueQuestions questions,
            Enquiries enquiries) {
        this.inHand = inHand;
        this.tasks = tasks;
        this.cases = cases;
        this.names = names;
        this.objections = objections;
        this.questions = questions;
        this.enquiries = enquiries;
    }

    @GetMapping
    String late(Actor who, @RequestParam(defaultValue = "0") int page, Model model) {
        return list(who, Which.LATE, page, model);
    }

    @GetMapping("/held")
    String held(Actor who, @RequestParam(defaultValue = "0") int page, Model model) {
        return list(who, Which.HELD, page, model);
    }

    @GetMapping("/reminded")
    String reminded(Actor who, @RequestParam(defaultValue = "0") int page, Model model) {
        return list(who, Which.REMINDED, page, model);
    }

    private String list(Actor who, Which which, int page, Model model) {
        List<Objections.Waiting> all = objections.waiting(who);
        Set<CaseNumber> shut =
                cases.shut(who, all.stream().map(Objections.Waiting::number).collect(Collectors.toSet()));
        List<Objections.Waiting> waiting =
                all.stream().filter(w -> !shut.contains(w.number())).toList();
        Page<InHand> found = inHand.list(who, which, Math.min(Math.max(0, page), 1_000_000), 20);
        model.addAttribute("which", which.name().toLowerCase(Locale.ROOT));
        model.addAttribute(
                "here", which == Which.LATE ? "/officers/tasks" : "/officers/tasks/" + model.getAttribute("which"));
        model.addAttribute("tasks", found);
        model.addAttribute("objections", waiting)
                .addAttribute("questions", questions.countToAnswer(who))
                .addAttribute("enquiriesWaiting", enquiries.countWaiting(who));
        model.addAttribute(
                "open",
                cases.open(
                        who,
                        Stream.concat(
                                        found.items().stream().map(t -> t.task().number()),
                                        waiting.stream().map(Objections.Waiting::number))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()));
        schemes(model);
        return "officers/tasks";
    }

    private void schemes(Model model) {
        model.addAttribute("schemes", names.schemes()).addAttribute("benefits", names.benefits());
    }

    @GetMapping("/{id}/release")
    String ask(Actor who, @PathVariable String id, Model model) {
        return ask(who, inHand.returnable(who, id), List.of(), model);
    }

    private String ask(Actor who, InHand task, List<Mistake> mistakes, Model model) {
        model.addAttribute("task", task)
                .addAttribute("own", who.account().equals(task.task().assignee()))
                .addAttribute("reasons", ReassignmentReason.values())
                .addAttribute("mistakes", mistakes);
        schemes(model);
        return "officers/release";
    }

    /** @param holder whom the page showed: whoever has taken the task since keeps it */
    @PostMapping("/{id}/release")
    String release(
            Actor who,
            @PathVariable String id,
            @RequestParam String holder,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        InHand task = inHand.returnable(who, id);
        try {
            if (!holder.equals(task.task().assignee())) throw Problem.conflict("web.TAKEN");
            tasks.release(who, id, holder.equals(who.account()) ? null : ReassignmentReason.of(reason));
            after.addFlashAttribute("told", "tasks.returned");
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT)
                return ask(who, task, Refusal.inForm(problem, response), model);
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/tasks/held";
    }
}
