package cn.jincai.web.office;

import cn.jincai.kernel.Actor;
import cn.jincai.process.people.NextTask;
import cn.jincai.process.people.NextTask.Next;
import cn.jincai.process.people.TasksForNobody;
import cn.jincai.process.people.WorkByPerson;
import cn.jincai.review.RolesWithoutPeople;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.tasklist.TasklistAccess;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who works on what: the leader's page by person, the alarm of what nobody may do, and everybody's next task. */
@Controller
class PeoplePages {
    private final WorkByPerson work;
    private final NextTask next;
    private final TasksForNobody stuck;
    private final RolesWithoutPeople roles;
    private final SchemeNames names;

    PeoplePages(WorkByPerson work, NextTask next, TasksForNobody stuck, RolesWithoutPeople roles, SchemeNames names) {
        this.work = work;
        this.next = next;
        this.stuck = stuck;
        this.roles = roles;
        this.names = names;
    }

    @GetMapping("/officers/colleagues")
    @PreAuthorize("hasAuthority('leader')")
    String colleagues(Actor who, Model model) {
        model.addAttribute("work", work.today(who)).addAttribute("schemes", names.schemes());
        return "officers/colleagues";
    }

    /** Which tasks nobody may do, and which steps have nobody at all; administrators give roles, leaders end absences. */
    @GetMapping("/officers/alarms")
    @PreAuthorize("hasAnyAuthority('leader', 'admin')")
    String alarms(Actor who, Model model) {
        TasksForNobody.Alarm alarm = stuck.seen();
        model.addAttribute("stuck", alarm.tasks())
                .addAttribute("shut", stuck.shut(who, alarm))
                .addAttribute("unmanned", roles.unmanned())
                .addAttribute("schemes", names.schemes());
        return "officers/alarms";
    }

    @PostMapping("/officers/tasks/next")
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver')")
    String next(Actor who, RedirectAttributes after) {
        Optional<Next> found = next.of(who);
        if (found.isPresent())
            return "redirect:" + TasklistAccess.HOME + "#/?task=" + found.get().task();
        after.addFlashAttribute("told", "next.nothing");
        return "redirect:/officers/tasks";
    }
}
