package cn.jincai.web.admin;

import cn.jincai.applicant.EmployerChanges;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.IsoDay;
import cn.jincai.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Employers whose code changed or that merged 单位变更: the old code, the new one, and from which day. */
@Controller
@RequestMapping("/admin/employer-changes")
class EmployerChangePages {
    private final EmployerChanges changes;

    EmployerChangePages(EmployerChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @PreAuthorize("hasAnyAuthority('admin', 'intake', 'auditor')")
    String show(Model model) {
        return page(model, Map.of("oldCode", "", "newCode", "", "from", "", "reason", ""), Mistakes.NONE);
    }

    @PostMapping
    @PreAuthorize("hasAuthority('admin')")
    String enter(
            Actor who,
            @RequestParam(defaultValue = "") String oldCode,
            @RequestParam(defaultValue = "") String newCode,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            changes.enter(who, oldCode, newCode, day(from), reason);
        } catch (Problem problem) {
            return page(
                    model,
                    Map.of("oldCode", oldCode, "newCode", newCode, "from", from, "reason", reason),
                    Mistakes.inForm(problem, response));
        }
        after.addFlashAttribute("done", "employer-changes.entered");
        return "redirect:/admin/employer-changes";
    }

    @PostMapping("/{id}/take-back")
    @PreAuthorize("hasAuthority('admin')")
    String takeBack(Actor who, @PathVariable long id, RedirectAttributes after) {
        changes.takeBack(who, id);
        after.addFlashAttribute("done", "employer-changes.taken-back");
        return "redirect:/admin/employer-changes";
    }

    /** Null where it is none, which the room tells as missing. */
    private static @Nullable LocalDate day(String text) {
        return IsoDay.read(text.strip());
    }

    private String page(Model model, Map<String, String> typed, Mistakes mistakes) {
        model.addAttribute("changes", changes.all())
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "admin/employer-changes";
    }
}
