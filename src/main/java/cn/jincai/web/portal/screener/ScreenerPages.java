package cn.jincai.web.portal.screener;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.planning.AllSchemes;
import cn.jincai.planning.SchemeQuestions;
import cn.jincai.planning.Screening;
import cn.jincai.planning.Told;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormInput;
import cn.jincai.web.portal.FormPage;
import cn.jincai.web.security.SealedAnswers;
import cn.jincai.web.server.RateLimited;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The questions of the screener, one a page. An address names a question and, where somebody came from a scheme, that scheme; answers travel in the body and stay
 * in his browser ({@link SealedAnswers}).
 */
@Controller
@PreAuthorize("permitAll()")
class ScreenerPages {
    private final Packages packages;
    private final Screening screening;
    private final SealedAnswers sealed;
    private final FormCheck check;
    private final CityClock clock;

    ScreenerPages(Packages packages, Screening screening, SealedAnswers sealed, FormCheck check, CityClock clock) {
        this.packages = packages;
        this.screening = screening;
        this.sealed = sealed;
        this.check = check;
        this.clock = clock;
    }

    @GetMapping("/screener")
    String begin(HttpServletRequest request, Model model) {
        model.addAttribute("begun", !sealed.in(request).isEmpty())
                .addAttribute("unreadable", sealed.isUnreadable(request))
                .addAttribute("scheme", from(request).catalogue().orElse(null))
                .addAttribute(
                        "schemes",
                        packages.offered().stream()
                                .map(PolicyPackage::catalogue)
                                .toList())
                .addAttribute("query", query(request))
                .addAttribute("about", null)
                .addAttribute("aboutKey", "screener.lead");
        return "screener/begin";
    }

    /** Where each scheme had a page with all its questions. */
    @GetMapping("/screener/{scheme}")
    String ofScheme(@PathVariable String scheme) {
        return "redirect:/screener?scheme=" + packages.offered(scheme).scheme();
    }

    /** To the question that is to be answered now, or to the result. */
    @GetMapping("/screener/next")
    @RateLimited
    String next(HttpServletRequest request) {
        return "redirect:" + next(request, sealed.in(request));
    }

    private String next(HttpServletRequest request, Told told) {
        List<String> left = left(request, told);
        return (left.isEmpty() ? "/screener/result" : "/screener/question/" + left.get(0)) + query(request);
    }

    private List<String> left(HttpServletRequest request, Told told) {
        return screening.left(from(request).asked(packages.offered()), told, clock.today());
    }

    private CameFrom from(HttpServletRequest request) {
        return CameFrom.of(request, packages);
    }

    private String query(HttpServletRequest request) {
        return from(request).query();
    }

    private List<SchemeQuestions> questions(HttpServletRequest request) {
        return from(request).first(packages.offered()).stream()
                .map(screening::of)
                .toList();
    }

    @GetMapping("/screener/question/{key}")
    @RateLimited
    String question(@PathVariable String key, HttpServletRequest request, Model model, RedirectAttributes flash) {
        Optional<AskedQuestion> asked = AskedQuestion.of(questions(request), key);
        if (asked.isEmpty()) return gone(request, flash);
        Told told = sealed.in(request);
        Object answer = sealed.typed(key, request).orElseGet(() -> told.answer(key));
        if (answer == null && !told.has(key)) answer = asked.get().field().defaultValue();
        return show(asked.get(), answer, List.of(), request, model);
    }

    /** An old page, or an address that somebody made up. */
    private String gone(HttpServletRequest request, RedirectAttributes flash) {
        flash.addFlashAttribute("gone", true);
        return "redirect:/screener" + query(request);
    }

    /** @param unknown the button that says so, whatever stands in the field */
    @PostMapping("/screener/question/{key}")
    @RateLimited
    String answer(
            @PathVariable String key,
            @RequestParam(defaultValue = "false") boolean unknown,
            @RequestParam MultiValueMap<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes flash) {
        Optional<AskedQuestion> asked = AskedQuestion.of(questions(request), key);
        if (asked.isEmpty()) return gone(request, flash);
        Object answer = FormInput.read(List.of(asked.get().field()), typed).get(key);
        if (typed.containsKey("lang") || typed.containsKey("look")) { // of the head of the page: nothing was answered
            sealed.keepTyped(key, answer, request, response);
            return "redirect:/screener/question/" + key + query(request);
        }
        Told told = sealed.in(request);
        List<Mistake> mistakes = unknown ? List.of() : wrong(asked.get(), told, answer);
        Told then = told.with(key, unknown ? null : answer);
        if (mistakes.isEmpty() && !sealed.keep(then, request, response))
            mistakes = List.of(
                    Mistake.of(key, "web.screener.TOO_MUCH", asked.get().field().label()));
        if (mistakes.isEmpty()) return "redirect:" + next(request, then);
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        return show(asked.get(), answer, mistakes, request, model);
    }

    private List<Mistake> wrong(AskedQuestion asked, Told told, @Nullable Object answer) {
        String key = asked.field().key();
        if (answer == null || answer.equals(""))
            return List.of(Mistake.of(key, "web.screener.EMPTY", asked.field().label()));
        Map<String, Object> answers = told.known();
        answers.put(key, answer);
        return check.checkDraft(asked.alone(), answers);
    }

    private String show(
            AskedQuestion asked,
            @Nullable Object answer,
            List<Mistake> mistakes,
            HttpServletRequest request,
            Model model) {
        Told told = sealed.in(request);
        Map<String, Object> answers = told.known();
        String key = asked.field().key();
        if (answer == null) answers.remove(key);
        else answers.put(key, answer);
        FormPage page = new FormPage(
                asked.alone(), List.of(asked.field()), answers, mistakes, List.of(), Map.of(), clock.today(), false);
        String before = told.before(key), query = query(request);
        model.addAttribute("page", page)
                .addAttribute("field", asked.field())
                .addAttribute("section", asked.section().orElse(null))
                .addAttribute("mistakes", mistakes)
                .addAttribute("alone", true)
                .addAttribute("none", asked.isList())
                .addAttribute("unknown", told.isUnknown(key))
                .addAttribute(
                        "scheme", from(request).catalogue().map(Scheme::code).orElse(null))
                .addAttribute("back", (before == null ? "/screener" : "/screener/question/" + before) + query)
                .addAttribute("query", query)
                .addAttribute("carries", "question");
        soFar(model, request, told);
        return "screener/question";
    }

    /** @param certain nothing is open of it */
    record SoFar(long fen, boolean certain, int left) {}

    private void soFar(Model model, HttpServletRequest request, Told told) {
        AllSchemes.Plan best =
                screening.answer(packages.offered(), told, clock.today()).best();
        model.addAttribute(
                "soFar",
                new SoFar(best.totalFen(), best.certain(), left(request, told).size()));
    }

    /** What was answered, each with the way to change it. */
    @GetMapping("/screener/answers")
    @RateLimited
    String answers(HttpServletRequest request, Model model) {
        Told told = sealed.in(request);
        if (told.isEmpty()) return "redirect:/screener" + query(request);
        model.addAttribute("given", GivenAnswer.of(questions(request), told, clock.today()))
                .addAttribute("query", query(request))
                .addAttribute(
                        "scheme", from(request).catalogue().map(Scheme::code).orElse(null));
        soFar(model, request, told);
        return "screener/answers";
    }

    @PostMapping("/screener/clear")
    String clear(HttpServletRequest request, HttpServletResponse response) {
        sealed.clear(request, response);
        return "redirect:/screener" + query(request);
    }
}
