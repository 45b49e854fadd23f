package cn.jincai.web.portal;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormInput;
import cn.jincai.web.server.RateLimited;
import cn.jincai.web.server.RateLimitedCalls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * 资格测算 without signing in: the questions of the application form that the rules read, and what the records would say
 * ({@code screener.form}, with what is usual filled in). Nothing is stored beyond the visit ({@link ScreenerAnswers}), and answers travel in the body, never in an address.
 */
@Controller
class Screener {
    static final String APPLICATION = "forms/application.form";
    private static final String RECORDS = "forms/screener.form";

    /** @throws Problem NOT_FOUND for a scheme that is not applied for here */
    static Form application(PolicyPackage pack) {
        return Optional.ofNullable(pack.forms().get(APPLICATION)).orElseThrow(Problem::notFound);
    }

    private final Packages packages;
    private final Assessments assessments;
    private final NextQuestion next;
    private final FormCheck check;
    private final RateLimitedCalls limit;
    private final CityClock clock;
    private final ObjectMapper json;

    Screener(
            Packages packages,
            Assessments assessments,
            NextQuestion next,
            FormCheck check,
            RateLimitedCalls limit,
            CityClock clock,
            ObjectMapper json) {
        this.packages = packages;
        this.assessments = assessments;
        this.next = next;
        this.check = check;
        this.limit = limit;
        this.clock = clock;
        this.json = json;
    }

    /** The questions, with what was told in this visit, and then the answer to it. */
    @GetMapping("/screener/{scheme}")
    @PreAuthorize("permitAll()")
    String ask(@PathVariable String scheme, Model model, HttpServletRequest request) {
        PolicyPackage pack = packages.offered(scheme);
        Form form = form(pack);
        Map<String, Object> told = ScreenerAnswers.in(request.getSession()).of(form.fields()),
                answers = withUsual(form, told);
        List<Mistake> mistakes = told.isEmpty() ? List.of() : check.checkDraft(form, answers);
        show(model, pack, form, answers, mistakes);
        if (mayAnswer(told, mistakes, model, request)) assess(model, pack, form, answers, mistakes);
        return "public/screener";
    }

    /** What is looked at again costs as much as what is asked anew; whoever has asked too much sees his answers all the same. */
    boolean mayAnswer(Map<String, Object> told, List<Mistake> mistakes, Model model, HttpServletRequest request) {
        if (told.isEmpty() || !mistakes.isEmpty()) return false;
        boolean may = limit.allows(request.getRemoteAddr());
        model.addAttribute("busy", !may);
        return may;
    }

    /** What was told, and of what was not yet asked what is usual. */
    static Map<String, Object> withUsual(Form form, Map<String, Object> told) {
        Map<String, Object> answers = new HashMap<>();
        form.fields().stream()
                .filter(f -> f.defaultValue() != null)
                .forEach(f -> answers.put(f.key(), f.defaultValue()));
        answers.putAll(told);
        return answers;
    }

    @PostMapping("/screener/{scheme}")
    @RateLimited
    @PreAuthorize("permitAll()")
    String answer(@PathVariable String scheme, @RequestParam MultiValueMap<String, String> typed, HttpSession session) {
        keep(scheme, typed, session);
        return "redirect:/screener/" + scheme;
    }

    /** Goes on to the application, with what was told here. */
    @PostMapping("/screener/{scheme}/application")
    @PreAuthorize("permitAll()")
    String apply(@PathVariable String scheme, @RequestParam MultiValueMap<String, String> typed, HttpSession session) {
        keep(scheme, typed, session);
        return "redirect:/apply/" + scheme;
    }

    @PostMapping("/screener/{scheme}/clear")
    @PreAuthorize("permitAll()")
    String clear(@PathVariable String scheme, HttpSession session) {
        ScreenerAnswers.in(session).clear();
        return "redirect:/screener/" + packages.offered(scheme).scheme();
    }

    void keep(String scheme, MultiValueMap<String, String> typed, HttpSession session) {
        ScreenerAnswers.in(session)
                .keep(FormInput.read(form(packages.offered(scheme)).fields(), typed));
    }

    /** The answer so far, as one types; what is not yet right counts as not told. */
    @PostMapping("/screener/{scheme}/answer")
    @RateLimited
    @PreAuthorize("permitAll()")
    String soFar(
            @PathVariable String scheme,
            @RequestParam MultiValueMap<String, String> typed,
            Model model,
            HttpSession session,
            HttpServletResponse response)
            throws JsonProcessingException {
        PolicyPackage pack = packages.offered(scheme);
        Form form = form(pack);
        Map<String, Object> answers = FormInput.read(form.fields(), typed);
        ScreenerAnswers.in(session).keep(answers);
        List<Mistake> mistakes = check.checkDraft(form, answers);
        FormPage page = show(model, pack, form, answers, mistakes);
        assess(model, pack, form, answers, mistakes);
        response.setHeader("HX-Trigger", json.writeValueAsString(Map.of("fields", Map.of("hidden", page.hidden()))));
        return "public/answer :: answer";
    }

    private FormPage show(
            Model model, PolicyPackage pack, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        FormPage page = new FormPage(form, form.parts(), answers, mistakes, List.of(), Map.of(), clock.today(), false);
        model.addAttribute("scheme", pack.catalogue());
        model.addAttribute("page", page);
        model.addAttribute("mistakes", mistakes)
                .addAttribute("openWord", "verdict.open")
                .addAttribute("carries", "screener");
        return page;
    }

    /** Of both forms what can matter: facts that the rules read, and those that decide which of them are asked. */
    Form form(PolicyPackage pack) {
        Form told = application(pack), records = pack.forms().get(RECORDS);
        List<Form.Part> all = new ArrayList<>(told.parts());
        if (records != null) all.addAll(records.parts());
        Form whole = new Form("screener", told.id(), all, List.of());
        Set<String> read = assessments.factsRead(pack);
        return whole.only(
                f -> pack.catalogue().fact(f.key()).isPresent() && (read.contains(f.key()) || whole.decides(f.key())));
    }

    /** The answer, and what is worth answering next: what can still change it, on this page or not. */
    private void assess(
            Model model, PolicyPackage pack, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        Map<String, Object> facts = facts(pack, form, answers, mistakes);
        model.addAttribute("assessment", assessments.assess(pack, clock.today(), facts, Adjustments.NONE))
                .addAttribute("next", next.after(pack, clock.today(), facts).questions())
                .addAttribute(
                        "asked",
                        form.shown(answers).stream().map(Form.Field::key).toList());
    }

    /** What was told in this visit, as facts; what is wrong counts as not told. Empty where nothing was told. */
    Map<String, Object> facts(PolicyPackage pack, HttpSession session) {
        Form form = form(pack);
        Map<String, Object> told = ScreenerAnswers.in(session).of(form.fields()), answers = withUsual(form, told);
        return told.isEmpty() ? Map.of() : facts(pack, form, answers, check.checkDraft(form, answers));
    }

    /** In the spelling in which an application would keep them, so that both are the same to the rules. */
    private Map<String, Object> facts(
            PolicyPackage pack, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        Map<String, Object> right = new LinkedHashMap<>(answers);
        mistakes.forEach(m -> right.remove(m.field()));
        for (Form.Field field : form.fields())
            right.computeIfPresent(
                    field.key(), (key, value) -> value instanceof String text ? check.spelt(field, text) : value);
        return facts(pack.catalogue(), form.clean(right));
    }

    /** Of right answers those that are facts of the scheme, with dates as dates. */
    static Map<String, Object> facts(Scheme scheme, Map<String, Object> answers) {
        Map<String, Object> facts = new HashMap<>();
        answers.forEach((name, value) -> scheme.fact(name)
                .ifPresent(f -> facts.put(
                        name,
                        switch (f.type()) {
                            case DATE -> LocalDate.parse((String) value);
                            case PERCENT ->
                                Percent.value(Percent.of((Number) value).orElseThrow());
                            default -> value;
                        })));
        return facts;
    }
}
