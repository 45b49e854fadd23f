package cn.jincai.web.office;

import cn.jincai.applicant.Person;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.likeness.Likeness;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Documents that may be one person's 可能为同一人: what nobody has judged, what was judged, and the judgement with its reason (rulebook 7.10). */
@Controller
@RequestMapping("/officers/persons")
class SamePersonPages {
    private final Likenesses likenesses;
    private final Relatives relatives;
    private final CaseFile cases;

    SamePersonPages(Likenesses likenesses, Relatives relatives, CaseFile cases) {
        this.likenesses = likenesses;
        this.relatives = relatives;
        this.cases = cases;
    }

    @GetMapping
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'supervisor', 'auditor')")
    String show(Actor who, Model model) {
        List<Likeness> waiting = notHisOwn(who, likenesses.waiting()), judged = notHisOwn(who, likenesses.judged());
        Map<String, List<CaseNumber>> files = new HashMap<>();
        Stream.concat(waiting.stream(), judged.stream())
                .flatMap(l -> Stream.of(l.one(), l.other()))
                .map(Person::key)
                .forEach(key -> files.computeIfAbsent(key, k -> cases.ofPerson(who, k)));
        model.addAttribute("waiting", waiting).addAttribute("judged", judged).addAttribute("files", files);
        return "officers/persons";
    }

    /** He neither reads nor judges where it is about himself or somebody close to him. */
    private List<Likeness> notHisOwn(Actor who, List<Likeness> pairs) {
        Set<String> kept = relatives.keptFrom(who.account());
        return pairs.stream()
                .filter(l -> !kept.contains(l.one().key())
                        && !kept.contains(l.other().key()))
                .toList();
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'supervisor', 'auditor')")
    String showAgain() {
        return "redirect:/officers/persons";
    }

    /** @param number the case from whose file it was judged, to which the page then goes back */
    @PostMapping("/{id}")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'supervisor')")
    String judge(
            Actor who,
            @PathVariable long id,
            @RequestParam boolean same,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(name = "case", required = false) CaseNumber number,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            likenesses.judge(who, id, same, reason);
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            if (problem.mistakes().isEmpty()) {
                response.setStatus(Refusal.of(problem).status().value());
                model.addAttribute("refused", problem.text());
            } else model.addAttribute("mistakes", Refusal.inForm(problem, response));
            model.addAttribute("judging", id).addAttribute("typed", reason);
            return show(who, model);
        }
        after.addFlashAttribute("told", same ? "alike.joined" : "alike.parted");
        return "redirect:" + (number == null ? "/officers/persons" : "/officers/cases/" + number);
    }
}
