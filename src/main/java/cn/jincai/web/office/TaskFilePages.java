package cn.jincai.web.office;

import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Tasks;
import cn.jincai.review.notice.Objections;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What Tasklist shows beside the form of a task: the case's file, first of all what this task is about. */
@Controller
class TaskFilePages {
    private final Tasks tasks;
    private final Objections objections;
    private final HearingsAndRatings hearings;
    private final Payments payments;
    private final Gists gists;
    private final FilePage file;

    TaskFilePages(
            Tasks tasks,
            Objections objections,
            HearingsAndRatings hearings,
            Payments payments,
            Gists gists,
            FilePage file) {
        this.tasks = tasks;
        this.objections = objections;
        this.hearings = hearings;
        this.payments = payments;
        this.gists = gists;
        this.file = file;
    }

    /** A run's task has a page of its own in finance, which is told for which task it is shown. */
    @GetMapping("/cases/by-task/{taskId}/file")
    @PreAuthorize("isAuthenticated()")
    String show(Actor who, @PathVariable String taskId, Model model) {
        TaskRef task = tasks.show(who, taskId);
        if (task.number() == null && task.subject() == null)
            return "redirect:/finance/runs/" + task.run() + "?task=" + task.id();
        model.addAttribute("framed", true);
        if (task.number() == null) return ofRun(who, task, Long.parseLong(task.subject()), model);
        about(who, task, model);
        return file.show(who, task.number(), model, List.of());
    }

    /** For the page once more, where something on it was refused. The task may be done meanwhile: then it is the case's file in its frame. */
    void again(Actor who, String task, Model model) {
        model.addAttribute("framed", true).addAttribute("task", task);
        try {
            about(who, tasks.show(who, task), model);
        } catch (Problem gone) {
            if (gone.kind() != Problem.Kind.NOT_FOUND) throw gone;
        }
    }

    /** What the task is about, where the case has several: its objection, its payment. */
    private void about(Actor who, TaskRef task, Model model) {
        model.addAttribute("framed", true).addAttribute("task", task.id()).addAttribute("ref", task);
        if (task.subject() == null) return;
        long subject = Long.parseLong(task.subject());
        if (task.step().is(Kind.OBJECTION))
            model.addAttribute(
                    "ownObjection",
                    objections.of(who, task.ofCase()).stream()
                            .filter(o -> o.id() == subject)
                            .findFirst()
                            .orElse(null));
        else model.addAttribute("sheet", payments.sheet(subject));
    }

    /** One payment of a run, whose people need not have a part in the case. */
    private String ofRun(Actor who, TaskRef task, long id, Model model) {
        var sheet = payments.look(who, id);
        CaseNumber number = sheet.payment().number();
        model.addAttribute("sheet", sheet)
                .addAttribute("scheme", file.scheme(number))
                .addAttribute("gist", gists.of(who, sheet, file.scheme(number), task, sheet.payee(), null))
                .addAttribute(
                        "heard",
                        hearings.heard(who, number).stream()
                                .filter(HearingsAndRatings.Heard::ofPayment)
                                .toList());
        return "officers/payment";
    }
}
