package cn.jincai.web.office;

import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Spelling;
import cn.jincai.web.portal.SchemeNames;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The case file 案卷 for officers as a page of its own, and the search for it. Each access is recorded by {@code filing}. */
@Controller
public class OfficerPages {
    public static final String OFFICERS =
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'auditor')";
    private final CaseFile cases;
    private final SchemeNames names;
    private final Persons persons;
    private final FilePage file;

    OfficerPages(CaseFile cases, SchemeNames names, Persons persons, FilePage file) {
        this.cases = cases;
        this.names = names;
        this.persons = persons;
        this.file = file;
    }

    /** By number or exact name; the words travel in the body, since a name must not stand in an address. Without words, the cases in one's charge. */
    @GetMapping("/officers/cases")
    @PreAuthorize(OFFICERS)
    String list(
            Actor who,
            @RequestParam(required = false) String stage,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        model.addAttribute("cases", cases.list(who, stage, null, null, page, 20));
        return results(model);
    }

    @PostMapping("/officers/cases")
    @PreAuthorize(OFFICERS)
    String search(Actor who, @RequestParam(defaultValue = "") String q, Model model) {
        if (q.isBlank()) return "redirect:/officers/cases";
        String name = q.strip(), number = Spelling.ofCode(q);
        model.addAttribute(
                "found",
                number.matches("JC\\d{10}")
                        ? cases.search(who, number, List.of())
                        : cases.search(
                                who,
                                name,
                                persons.named(name).stream().map(Person::key).toList()));
        model.addAttribute("q", name);
        return results(model);
    }

    private String results(Model model) {
        model.addAttribute("schemes", names.schemes());
        return "officers/cases";
    }

    @GetMapping("/officers/cases/{number}")
    @PreAuthorize(OFFICERS)
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        return file.show(who, number, model, List.of());
    }
}
