package cn.jincai.web.portal;

import cn.jincai.filing.mandates.CounterFiling;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Somebody for whom the counter files stops it; the draft is his and stays. */
@Controller
class MandatePages {
    /** Who fills in a draft: whoever applies, and the counter where it files for somebody. */
    static final String FILLS = "hasAnyAuthority('applicant', 'employer', 'intake')";

    private final CounterFiling filing;

    MandatePages(CounterFiling filing) {
        this.filing = filing;
    }

    @PostMapping("/cases/{number}/mandate/stop")
    @PreAuthorize("hasAuthority('applicant')")
    String stop(Actor who, @PathVariable CaseNumber number, RedirectAttributes flash) {
        filing.stop(who, number);
        flash.addFlashAttribute("told", "mandate.stopped");
        return "redirect:/cases/" + number + "/apply";
    }
}
