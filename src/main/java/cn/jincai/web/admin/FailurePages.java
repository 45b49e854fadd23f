package cn.jincai.web.admin;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.process.failures.CasesStandingStill;
import cn.jincai.process.failures.FailedJob;
import cn.jincai.process.failures.FailedJobs;
import cn.jincai.web.portal.SchemeNames;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What stands still and why, with another try, where the engine's own tool would have been, which is closed to all. */
@Controller
@PreAuthorize("hasAuthority('admin')")
class FailurePages {
    private static final int ROWS = 50;

    private final FailedJobs jobs;
    private final CasesStandingStill still;
    private final SchemeNames names;

    FailurePages(FailedJobs jobs, CasesStandingStill still, SchemeNames names) {
        this.jobs = jobs;
        this.still = still;
        this.names = names;
    }

    /** @param cases which page of the cases that nothing carries on */
    @GetMapping("/admin/failures")
    String list(
            Actor who,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "0") int cases,
            Model model) {
        Page<FailedJob> failed = jobs.list(who, Math.min(page, 1_000_000), ROWS);
        model.addAttribute("failed", failed)
                .addAttribute("pages", pages(failed))
                .addAttribute("counts", jobs.counts())
                .addAttribute("most", FailedJobs.AT_ONCE)
                .addAttribute("schemes", names.schemes());
        Page<CasesStandingStill.Lost> lost = still.lost(who, Math.min(cases, 1_000_000), ROWS);
        model.addAttribute("lost", lost).addAttribute("lostPages", pages(lost)).addAttribute("whole", still.whole());
        return "admin/failures";
    }

    private static int pages(Page<?> page) {
        return (int) ((page.total() + page.size() - 1) / page.size());
    }

    /** @param one the job whose own button was pressed; where none was, those that are ticked, or all where {@code all} was pressed */
    @PostMapping("/admin/failures")
    String retry(
            Actor who,
            @RequestParam(defaultValue = "") String one,
            @RequestParam(defaultValue = "") List<String> job,
            @RequestParam(defaultValue = "false") boolean all,
            RedirectAttributes after) {
        if (one.isEmpty() && job.isEmpty() && !all) {
            after.addFlashAttribute("nothing", true);
            return "redirect:/admin/failures";
        }
        try {
            int tried = 1;
            if (one.isEmpty()) tried = jobs.retryAll(who, all ? List.of() : job);
            else jobs.retry(who, one);
            after.addFlashAttribute("tried", tried);
        } catch (Problem over) {
            if (over.kind() != Problem.Kind.CONFLICT) throw over;
            after.addFlashAttribute("over", over.text());
        }
        return "redirect:/admin/failures";
    }
}
