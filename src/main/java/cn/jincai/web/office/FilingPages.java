package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.mandates.CounterFiling;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Packages;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 代办: the counter files for somebody; what it has begun and not sent, and a new one. */
@Controller
@RequestMapping("/officers/filing")
@PreAuthorize("hasAuthority('intake')")
class FilingPages {
    private final CounterFiling filing;
    private final Mandates mandates;
    private final CaseFile cases;
    private final Packages packages;

    FilingPages(CounterFiling filing, Mandates mandates, CaseFile cases, Packages packages) {
        this.filing = filing;
        this.mandates = mandates;
        this.cases = cases;
        this.packages = packages;
    }

    /** A draft that the officer has begun for somebody. */
    record Begun(Mandates.Mandate mandate, String scheme) {}

    @GetMapping
    String show(Actor who, Model model) {
        return page(who, Map.of(), List.of(), model);
    }

    @PostMapping
    String begin(
            Actor who,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String scheme,
            @RequestParam(defaultValue = "") String kind,
            Model model,
            HttpServletResponse response) {
        try {
            CaseNumber number = filing.begin(who, person, scheme, kind);
            return "redirect:/cases/" + number + "/apply";
        } catch (Problem problem) {
            return page(
                    who,
                    Map.of("person", person, "scheme", scheme, "kind", kind),
                    Refusal.inForm(problem, response),
                    model);
        }
    }

    private String page(Actor who, Map<String, String> typed, List<Mistake> mistakes, Model model) {
        model.addAttribute(
                        "begun",
                        mandates.open(who.account()).stream()
                                .map(m -> new Begun(m, cases.get(m.number()).scheme()))
                                .toList())
                .addAttribute(
                        "offered",
                        packages.inForce().stream()
                                .map(p -> p.catalogue())
                                .filter(c -> c.offered() && !c.applying().employer())
                                .toList())
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "officers/filing";
    }
}
