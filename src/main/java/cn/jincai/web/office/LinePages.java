package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Rosters;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All lines of a roster for officers, some at a time: the case file shows the first of them. */
@Controller
class LinePages {
    private final CaseFile cases;
    private final Rosters rosters;
    private final FilePage file;

    LinePages(CaseFile cases, Rosters rosters, FilePage file) {
        this.cases = cases;
        this.rosters = rosters;
        this.file = file;
    }

    @GetMapping("/officers/cases/{number}/lines")
    @PreAuthorize(OfficerPages.OFFICERS)
    String show(Actor who, @PathVariable CaseNumber number, @RequestParam(defaultValue = "0") int page, Model model) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        model.addAttribute("lines", rosters.page(who, number, page, 50))
                .addAttribute("number", number)
                .addAttribute("scheme", file.scheme(number));
        return "officers/lines";
    }
}
