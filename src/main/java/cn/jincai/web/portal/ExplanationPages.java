package cn.jincai.web.portal;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.filing.Rosters;
import cn.jincai.filing.archive.Archive;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.planning.Screening;
import cn.jincai.planning.Told;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.web.office.OfficerPages;
import cn.jincai.web.security.SealedAnswers;
import cn.jincai.web.server.RateLimited;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Why exactly: for one who asks the screener, for the applicant of a case in plain words, for its officers with rules and articles. */
@Controller
class ExplanationPages {
    private final Packages packages;
    private final Explanations explanations;
    private final Archive archive;
    private final Rosters rosters;
    private final Screening screening;
    private final SealedAnswers screened;
    private final CityClock clock;

    ExplanationPages(
            Packages packages,
            Explanations explanations,
            Archive archive,
            Rosters rosters,
            Screening screening,
            SealedAnswers screened,
            CityClock clock) {
        this.packages = packages;
        this.explanations = explanations;
        this.archive = archive;
        this.rosters = rosters;
        this.screening = screening;
        this.screened = screened;
        this.clock = clock;
    }

    /** Of what was told to the screener; what is not yet right counts as not told. */
    @GetMapping("/screener/{scheme}/explanation")
    @RateLimited
    @PreAuthorize("permitAll()")
    String screened(@PathVariable String scheme, HttpServletRequest request, Model model) {
        PolicyPackage pack = packages.offered(scheme);
        Told told = screened.in(request);
        if (told.isEmpty()) return "redirect:/screener/" + scheme;
        Map<String, Object> facts = screening.facts(pack, told, clock.today());
        Explained why = explanations.explain(pack, clock.today(), facts, Adjustments.NONE);
        model.addAttribute("why", why)
                .addAttribute("told", eachOnce(why.benefits()))
                .addAttribute("official", false)
                .addAttribute("back", "/screener/result?scheme=" + pack.scheme())
                .addAttribute("openWord", "verdict.open");
        return "public/explained";
    }

    @GetMapping("/cases/{number}/explanation")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    String own(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(required = false) @Nullable Integer n,
            Model model) {
        return kept(who, number, n, false, "/cases/" + number, model);
    }

    @GetMapping("/officers/cases/{number}/explanation")
    @PreAuthorize(OfficerPages.OFFICERS)
    String official(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(required = false) @Nullable Integer n,
            Model model) {
        return kept(who, number, n, true, "/officers/cases/" + number, model);
    }

    private String kept(Actor who, CaseNumber number, @Nullable Integer n, boolean official, String back, Model model) {
        List<Archive.Kept> kept = archive.of(who, number);
        if (kept.isEmpty()) throw Problem.notFound();
        int shown = n == null ? kept.size() : n;
        if (!official && kept.get(Math.min(shown, kept.size()) - 1).step().equals("submission"))
            model.addAttribute("openWord", "verdict.unchecked").addAttribute("beforeSources", true); // none was asked
        Explained why = archive.explain(who, number, shown);
        model.addAttribute("why", why)
                .addAttribute("told", official ? why.benefits() : eachOnce(why.benefits()))
                .addAttribute("official", official)
                .addAttribute("back", back)
                .addAttribute("number", number)
                .addAttribute("lines", rosters.count(number))
                .addAttribute("kept", kept)
                .addAttribute("n", shown);
        return "public/explained";
    }

    /** What several benefits ask alike is told with the first of them, and so is what would change it. */
    static List<Explained.Benefit> eachOnce(List<Explained.Benefit> benefits) {
        Set<String> asked = new HashSet<>();
        Set<Text> changes = new HashSet<>();
        return benefits.stream()
                .map(b -> new Explained.Benefit(
                        b.code(),
                        b.name(),
                        b.verdict(),
                        b.amountFen(),
                        b.conditions().stream()
                                .filter(c -> c.entitlement() || asked.add(c.rule()))
                                .toList(),
                        b.sum(),
                        b.changes().stream().filter(c -> changes.add(c.text())).toList(),
                        b.firstDay()))
                .toList();
    }
}
