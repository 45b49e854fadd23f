package cn.jincai.web.admin;

import cn.jincai.filing.Looks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For auditors: which looks at files their people are not told of yet, and how often what is masked was opened. */
@Controller
@RequestMapping("/audit/looks")
@PreAuthorize("hasAuthority('auditor')")
class LookPages {
    private static final int DAYS = 30;

    private final Looks looks;

    LookPages(Looks looks) {
        this.looks = looks;
    }

    @GetMapping
    String show(@RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("withheld", looks.withheld(page, 20))
                .addAttribute("counts", looks.counts(DAYS))
                .addAttribute("days", DAYS);
        return "admin/looks";
    }

    @PostMapping
    String release(
            Actor who,
            @RequestParam(name = "case") CaseNumber number,
            @RequestParam String account,
            RedirectAttributes after) {
        looks.release(who, number, account);
        after.addFlashAttribute("told", "looks.released");
        return "redirect:/audit/looks";
    }
}
