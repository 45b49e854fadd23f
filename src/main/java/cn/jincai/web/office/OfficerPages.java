package cn.jincai.web.office;

import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Tasks;
import cn.jincai.review.Objections;
import cn.jincai.web.tasklist.TasklistAccess;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The case file 案卷 for officers, as a page of its own and inside a task of Tasklist. Each access is recorded by {@code filing}. */
@Controller
public class OfficerPages {
    public static final String OFFICERS =
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'auditor')";
    private final Objections objections;
    private final HearingsAndRatings hearings;
    private final Payments payments;
    private final Tasks tasks;
    private final FilePage file;

    OfficerPages(Objections objections, HearingsAndRatings hearings, Payments payments, Tasks tasks, FilePage file) {
        this.objections = objections;
        this.hearings = hearings;
        this.payments = payments;
        this.tasks = tasks;
        this.file = file;
    }

    /** Where officers work. */
    @GetMapping("/officers")
    @PreAuthorize(OFFICERS)
    String desk() {
        return "redirect:" + TasklistAccess.HOME;
    }

    @GetMapping("/officers/cases/{number}")
    @PreAuthorize(OFFICERS)
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        return file.show(who, number, model, List.of());
    }

    /** What Tasklist shows beside the task's form. A run's task has a page of its own in finance. */
    @GetMapping("/cases/by-task/{taskId}/file")
    @PreAuthorize("isAuthenticated()")
    String byTask(Actor who, @PathVariable String taskId, Model model) {
        TaskRef task = tasks.show(who, taskId);
        if (task.number() == null && task.subject() == null) return "redirect:/finance/runs/" + task.run();
        model.addAttribute("framed", true);
        if (task.number() == null) return ofRun(who, Long.parseLong(task.subject()), model);
        model.addAttribute("task", taskId);
        own(who, task, model);
        return file.show(who, task.number(), model, List.of());
    }

    /** One payment of a run, whose people need not have a part in the case. */
    private String ofRun(Actor who, long id, Model model) {
        var sheet = payments.look(who, id);
        CaseNumber number = sheet.payment().number();
        model.addAttribute("sheet", sheet);
        model.addAttribute("scheme", file.scheme(number));
        model.addAttribute(
                "heard",
                hearings.heard(who, number).stream()
                        .filter(HearingsAndRatings.Heard::ofPayment)
                        .toList());
        return "officers/payment";
    }

    /** What the task is about, where the case has several: its objection, its payment. */
    private void own(Actor who, TaskRef task, Model model) {
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
}
