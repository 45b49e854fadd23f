package cn.jincai.web.portal;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.planning.AllSchemes;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormInput;
import cn.jincai.web.server.RateLimited;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All schemes at once without signing in: each question asked once, and which applications bring the most. Nothing is stored beyond the visit. */
@Controller
class AllSchemesPage {
    private static final int YEARS_AHEAD = 3;

    private final Packages packages;
    private final Screener screener;
    private final AllSchemes all;
    private final FormCheck check;
    private final CityClock clock;

    AllSchemesPage(Packages packages, Screener screener, AllSchemes all, FormCheck check, CityClock clock) {
        this.packages = packages;
        this.screener = screener;
        this.all = all;
        this.check = check;
        this.clock = clock;
    }

    /**
     * A scheme in the list, whole or in part.
     *
     * @param planned the best plan has it on this day; else it is looked at by itself, today
     */
    record Listed(AllSchemes.Step step, boolean planned) {}

    /** The questions, with what was told in this visit, and then the answer to it. */
    @GetMapping("/screener")
    @PreAuthorize("permitAll()")
    String ask(Model model, HttpServletRequest request) {
        List<PolicyPackage> schemes = packages.offered();
        Form form = form(schemes);
        Map<String, Object> told = ScreenerAnswers.in(request.getSession()).of(form.fields()),
                answers = Screener.withUsual(form, told);
        List<Mistake> mistakes = told.isEmpty() ? List.of() : check.checkDraft(form, answers);
        if (screener.mayAnswer(told, mistakes, model, request)) answer(model, schemes, form.clean(answers));
        model.addAttribute(
                        "page",
                        new FormPage(form, form.parts(), answers, mistakes, List.of(), Map.of(), clock.today(), false))
                .addAttribute("mistakes", mistakes)
                .addAttribute("openWord", "verdict.open")
                .addAttribute("carries", "screener")
                .addAttribute(
                        "asked",
                        form.shown(answers).stream().map(Form.Field::key).toList());
        return "public/all-schemes";
    }

    @PostMapping("/screener")
    @RateLimited
    @PreAuthorize("permitAll()")
    String keep(@RequestParam MultiValueMap<String, String> typed, HttpSession session) {
        ScreenerAnswers.in(session).keep(FormInput.read(form(packages.offered()).fields(), typed));
        return "redirect:/screener";
    }

    @PostMapping("/screener/clear")
    @PreAuthorize("permitAll()")
    String clear(HttpSession session) {
        ScreenerAnswers.in(session).clear();
        return "redirect:/screener";
    }

    private void answer(Model model, List<PolicyPackage> schemes, Map<String, Object> answers) {
        Map<String, Map<String, Object>> told = new HashMap<>();
        Map<String, Text> names = new HashMap<>();
        for (PolicyPackage p : schemes) {
            told.put(p.scheme(), Screener.facts(p.catalogue(), answers));
            p.catalogue().benefits().forEach(b -> names.put(b.code(), b.name()));
        }
        AllSchemes.Answer answer =
                all.of(new AllSchemes.Person(clock.today(), clock.today().plusYears(YEARS_AHEAD), schemes, told));
        List<Listed> listed = schemes.stream()
                .flatMap(p -> listed(answer, p.scheme()).stream())
                .toList();
        model.addAttribute("answer", answer)
                .addAttribute("benefits", names)
                .addAttribute("listed", listed)
                .addAttribute(
                        "open",
                        listed.stream()
                                .flatMap(l -> l.step.assessment().benefits().stream())
                                .anyMatch(b -> b.verdict() == Verdict.SUPPLEMENT || b.verdict() == Verdict.MANUAL));
    }

    /** The applications of a scheme that are open; the first where none is, since of parts that follow one another a later one waits for the one before. */
    private static List<Listed> listed(AllSchemes.Answer answer, String scheme) {
        List<Listed> all = answer.alone().stream()
                .filter(s -> s.scheme().equals(scheme))
                .map(alone -> answer.best().steps().stream()
                        .filter(s -> s.scheme().equals(scheme) && Objects.equals(s.part(), alone.part()))
                        .findFirst()
                        .map(s -> new Listed(s, true))
                        .orElse(new Listed(alone, false)))
                .toList();
        List<Listed> open = all.stream()
                .filter(l -> l.step.assessment().verdict() != Verdict.REJECT)
                .toList();
        return open.isEmpty() ? all.subList(0, 1) : open;
    }

    /** The screeners of all schemes, one group each; what an earlier one asks is not asked again, nor what is asked of the city's own records. */
    private Form form(List<PolicyPackage> schemes) {
        Set<String> asked = new HashSet<>();
        List<Form.Part> groups = new ArrayList<>();
        for (PolicyPackage p : schemes) {
            Set<String> own = new HashSet<>();
            Form rest = screener.form(p)
                    .only(f -> !asked.contains(f.key())
                            && p.catalogue()
                                    .fact(f.key())
                                    .filter(Scheme.Fact::isOwnRecords)
                                    .isEmpty()
                            && !isPart(p, f.key())
                            && own.add(f.key()));
            asked.addAll(own);
            if (!rest.fields().isEmpty())
                groups.add(new Form.Group(
                        p.scheme(),
                        p.catalogue().name(),
                        null,
                        Optional.empty(),
                        rest.parts().stream()
                                .map(part -> renamed(part, p.scheme()))
                                .toList(),
                        Map.of()));
        }
        return new Form("all-schemes", "all-schemes", groups, List.of());
    }

    /** Which part is applied for is what the answer says. */
    private static boolean isPart(PolicyPackage p, String fact) {
        return p.catalogue().rules().benefits().stream()
                .anyMatch(b -> fact.equals(b.instalments().appliedFor()));
    }

    /** Two forms may use the same id. */
    private static Form.Part renamed(Form.Part part, String scheme) {
        String id = scheme + "-" + part.id();
        if (part instanceof Form.Group g)
            return new Form.Group(
                    id,
                    g.label(),
                    g.description(),
                    g.hide(),
                    g.parts().stream().map(inner -> renamed(inner, scheme)).toList(),
                    g.properties());
        if (part instanceof Form.Words w) return new Form.Words(id, w.text(), w.hide());
        Form.Field f = (Form.Field) part;
        return new Form.Field(
                id,
                f.key(),
                f.type(),
                f.label(),
                f.description(),
                f.required(),
                f.disabled(),
                f.values(),
                f.valuesKey(),
                f.limits(),
                f.defaultValue(),
                f.hide(),
                f.properties());
    }
}
