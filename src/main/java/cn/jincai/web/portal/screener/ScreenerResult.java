package cn.jincai.web.portal.screener;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.planning.AllSchemes;
import cn.jincai.planning.SchemeQuestions;
import cn.jincai.planning.Screening;
import cn.jincai.planning.Told;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.web.security.SealedAnswers;
import cn.jincai.web.server.RateLimited;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The end of the screener: of every scheme what is open to whoever asked, and what the answers so far say together. */
@Controller
@PreAuthorize("permitAll()")
class ScreenerResult {
    private final Packages packages;
    private final Screening screening;
    private final Explanations explanations;
    private final SealedAnswers sealed;
    private final SharedText shared;
    private final CityClock clock;

    ScreenerResult(
            Packages packages,
            Screening screening,
            Explanations explanations,
            SealedAnswers sealed,
            SharedText shared,
            CityClock clock) {
        this.packages = packages;
        this.screening = screening;
        this.explanations = explanations;
        this.sealed = sealed;
        this.shared = shared;
        this.clock = clock;
    }

    @GetMapping("/screener/result")
    @RateLimited
    String result(HttpServletRequest request, Model model) {
        Told told = sealed.in(request);
        CameFrom from = CameFrom.of(request, packages);
        if (told.isEmpty()) return "redirect:/screener" + from.query();
        LocalDate today = clock.today();
        List<PolicyPackage> schemes = packages.offered();
        List<SchemeQuestions> questions = schemes.stream().map(screening::of).toList();
        AllSchemes.Answer answer = screening.answer(schemes, told, today);
        List<Outcome> outcomes = outcomes(questions, answer, told, today);
        Map<String, Text> names = new HashMap<>();
        schemes.forEach(p -> p.catalogue().benefits().forEach(b -> names.put(b.code(), b.name())));
        model.addAttribute("answer", answer)
                .addAttribute("benefits", names)
                .addAttribute("outcomes", outcomes)
                .addAttribute("open", outcomes.stream().anyMatch(o -> o.state() == Outcome.State.open))
                .addAttribute("given", GivenAnswer.of(questions, told, today))
                .addAttribute("assumed", GivenAnswer.assumed(questions, told, today))
                .addAttribute("left", screening.left(schemes, told, today).size())
                .addAttribute("scheme", from.catalogue().map(Scheme::code).orElse(null))
                .addAttribute("query", from.query())
                .addAttribute("goOn", goOn(from, told, today))
                .addAttribute("today", today)
                .addAttribute("shared", shared.of(answer.best(), outcomes, today));
        return "screener/result";
    }

    /** Once the scheme from which somebody came has no question left, those of all others follow. */
    private String goOn(CameFrom from, Told told, LocalDate today) {
        return from.scheme()
                .filter(p -> !screening.left(List.of(p), told, today).isEmpty())
                .map(p -> from.query())
                .orElse("");
    }

    private List<Outcome> outcomes(
            List<SchemeQuestions> questions, AllSchemes.Answer answer, Told told, LocalDate today) {
        List<Outcome> outcomes = new ArrayList<>();
        for (SchemeQuestions one : questions) {
            Assessment said = answer.schemes().stream()
                    .filter(a -> a.scheme().equals(one.policy().scheme()))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> facts = screening.facts(one.policy(), told, today);
            outcomes.add(Outcome.of(
                    one, said, explanations.explain(one.policy(), today, facts, Adjustments.NONE), told::isUnknown));
        }
        outcomes.sort(Comparator.comparing(Outcome::state));
        return outcomes;
    }
}
