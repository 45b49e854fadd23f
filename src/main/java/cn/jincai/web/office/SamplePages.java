package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.review.RiskPattern;
import cn.jincai.sampling.MonthlySamples;
import cn.jincai.sampling.SampledCase;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Monthly samples 稽核: drawn by lot, looked at by supervisors, put right by the leader; auditors read all of it and draw again. */
@Controller
@RequestMapping("/officers/samples")
class SamplePages {
    private static final String READERS = "hasAnyAuthority('supervisor', 'leader', 'auditor')";
    private static final String SUPERVISOR = "hasAuthority('supervisor')";

    private final MonthlySamples samples;
    private final CaseFile cases;

    SamplePages(MonthlySamples samples, CaseFile cases) {
        this.samples = samples;
        this.cases = cases;
    }

    @GetMapping
    @PreAuthorize(READERS)
    String list(Model model) {
        model.addAttribute("samples", samples.list()).addAttribute("missing", samples.missing());
        return "officers/samples";
    }

    @PostMapping
    @PreAuthorize(SUPERVISOR)
    String draw(RedirectAttributes after) {
        after.addFlashAttribute("told", samples.draw().isEmpty() ? "samples.nothing" : "samples.drawn");
        return "redirect:/officers/samples";
    }

    @GetMapping("/{month}")
    @PreAuthorize(READERS)
    String sample(Actor who, @PathVariable String month, Model model) {
        YearMonth of = month(month);
        List<SampledCase> drawn = samples.cases(of);
        model.addAttribute("sample", samples.get(of))
                .addAttribute("cases", drawn)
                .addAttribute("again", samples.again(of))
                .addAttribute("patterns", RiskPattern.values())
                .addAttribute(
                        "open",
                        cases.open(who, drawn.stream().map(SampledCase::number).toList()));
        return "officers/sample";
    }

    @GetMapping("/{month}/population")
    @PreAuthorize(READERS)
    ResponseEntity<byte[]> population(@PathVariable String month) {
        return FileAnswer.attachment(
                "jincai-decided-" + month(month) + ".txt",
                MediaType.TEXT_PLAIN_VALUE,
                samples.population(month(month)).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/{month}/{number}")
    @PreAuthorize(READERS)
    String one(Actor who, @PathVariable String month, @PathVariable CaseNumber number, Model model) {
        return one(who, month(month), number, new Typed("", "", ""), List.of(), model);
    }

    /** What stands in the form. */
    record Typed(String finding, String measure, String words) {}

    private String one(
            Actor who, YearMonth month, CaseNumber number, Typed typed, List<Mistake> mistakes, Model model) {
        model.addAttribute("sample", samples.get(month))
                .addAttribute(
                        "one",
                        samples.cases(month).stream()
                                .filter(c -> c.number().equals(number))
                                .findFirst()
                                .orElseThrow(Problem::notFound))
                .addAttribute("me", who.account())
                .addAttribute("patterns", RiskPattern.values())
                .addAttribute("findings", SampledCase.Finding.values())
                .addAttribute("measures", SampledCase.Measure.values())
                .addAttribute("open", cases.open(who, List.of(number)))
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "officers/sampled";
    }

    @PostMapping("/{month}/{number}/take")
    @PreAuthorize(SUPERVISOR)
    String take(Actor who, @PathVariable String month, @PathVariable CaseNumber number, RedirectAttributes after) {
        try {
            samples.take(who, month(month), number);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT && problem.kind() != Problem.Kind.FORBIDDEN) throw problem;
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/samples/" + month(month) + "/" + number;
    }

    @PostMapping("/{month}/{number}/finding")
    @PreAuthorize(SUPERVISOR)
    String judge(
            Actor who,
            @PathVariable String month,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String finding,
            @RequestParam(defaultValue = "") String measure,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return done(
                who,
                month(month),
                number,
                new Typed(finding, measure, words),
                () -> samples.judge(who, month(month), number, finding, measure, words),
                "samples.judged",
                model,
                response,
                after);
    }

    @PostMapping("/{month}/{number}/carried-out")
    @PreAuthorize("hasAuthority('leader')")
    String carriedOut(
            Actor who,
            @PathVariable String month,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String words,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return done(
                who,
                month(month),
                number,
                new Typed("", "", words),
                () -> samples.carriedOut(who, month(month), number, words),
                "samples.carried-out",
                model,
                response,
                after);
    }

    private String done(
            Actor who,
            YearMonth month,
            CaseNumber number,
            Typed typed,
            Runnable step,
            String told,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            step.run();
            after.addFlashAttribute("told", told);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT)
                return one(who, month, number, typed, Refusal.inForm(problem, response), model);
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/samples/" + month + "/" + number;
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException noMonth) {
            throw Problem.notFound();
        }
    }
}
