package cn.jincai.web.inquiry;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.inquiry.Pairs;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who always approves for whom, with the cases behind each figure. */
@Controller
@RequestMapping("/inquiry/pairs")
@PreAuthorize(RecordPages.INQUIRERS)
class PairsPages {
    private final Pairs pairs;
    private final CaseFile cases;

    PairsPages(Pairs pairs, CaseFile cases) {
        this.pairs = pairs;
        this.cases = cases;
    }

    @GetMapping
    String form(Model model) {
        return page("", "", List.of(), model);
    }

    @PostMapping
    String find(
            Actor who,
            @RequestParam(defaultValue = "") String least,
            @RequestParam(defaultValue = "") String purpose,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("carries", "inquiry");
        try {
            Pairs.Shown shown = pairs.find(who, least(least), purpose);
            model.addAttribute("shown", shown);
            return page(String.valueOf(shown.least()), purpose, List.of(), model);
        } catch (Problem problem) {
            return page(least, purpose, Refusal.inForm(problem, response), model);
        }
    }

    private static @Nullable Integer least(String typed) {
        if (typed.isBlank()) return null;
        if (!typed.strip().matches("\\d{1,6}")) throw Problem.invalid("least", "inquiry.least.NONE");
        return Integer.valueOf(typed.strip());
    }

    /** Whoever reloads the page of cases. */
    @GetMapping("/cases")
    String back() {
        return "redirect:/inquiry/pairs";
    }

    /** @param number of a case of the pair @param to the next reviewer's account, empty for applicants and employers */
    @PostMapping("/cases")
    String behind(
            Actor who,
            @RequestParam String kind,
            @RequestParam String account,
            @RequestParam(name = "case") CaseNumber number,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String least,
            Model model) {
        Pairs.With with = Pairs.With.of(kind);
        List<Pairs.Behind> found = pairs.behind(who, with, account, number, to.isEmpty() ? null : to, purpose);
        model.addAttribute("carries", "inquiry")
                .addAttribute("found", found)
                .addAttribute("with", with)
                .addAttribute("account", account)
                .addAttribute("to", to)
                .addAttribute("number", number)
                .addAttribute("purpose", purpose)
                .addAttribute("least", least)
                .addAttribute(
                        "openable",
                        cases
                                .open(
                                        who,
                                        found.stream()
                                                .map(Pairs.Behind::number)
                                                .distinct()
                                                .toList())
                                .stream()
                                .map(CaseNumber::value)
                                .toList());
        return "inquiry/pair-cases";
    }

    private static String page(String least, String purpose, List<Mistake> mistakes, Model model) {
        Map<String, String> typed = new HashMap<>();
        typed.put("least", least);
        typed.put("purpose", purpose);
        model.addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes)
                .addAttribute("purposes", Purpose.values());
        return "inquiry/pairs";
    }
}
