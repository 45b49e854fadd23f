package cn.jincai.web.portal;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Form;
import cn.jincai.policy.FormCheck;
import cn.jincai.policy.FormInput;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.web.Costly;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * ({@code screener.form}, with what is usual filled in). Nothing is stored, and answers travel in the body, never in an address.
 */
@Controller
class Screener {
    static final String APPLICATION = "forms/application.form";
    private static final String RECORDS = "forms/screener.form";

    private final Packages packages;
    private final Assessments assessments;
    private final NextQuestion next;
    private final FormCheck check;
    private final CityClock clock;
    private final ObjectMapper json;

    Screener(Packages packages, Assessments assessments, NextQuestion next, FormCheck check, CityClock clock, ObjectMapper json) {
        this.packages = packages;
        this.assessments = assessments;
        this.next = next;
        this.check = check;
        this.clock = clock;
        this.json = json;
    }

    @GetMapping("/screener/{scheme}")
    @PreAuthorize("permitAll()")
    String ask(@PathVariable String scheme, Model model) {
        PolicyPackage pack = packages.inForce(scheme);
        Form form = form(pack);
        Map<String, Object> usual = new HashMap<>();
        form.fields().stream().filter(f -> f.defaultValue() != null).forEach(f -> usual.put(f.key(), f.defaultValue()));
        show(model, pack, form, usual, List.of());
        return "public/screener";
    }

    @PostMapping("/screener/{scheme}")
    @Costly
    @PreAuthorize("permitAll()")
    String answer(@PathVariable String scheme, @RequestParam MultiValueMap<String, String> typed, Model model) {
        PolicyPackage pack = packages.inForce(scheme);
        Form form = form(pack);
        Map<String, Object> answers = FormInput.read(form.fields(), typed);
        List<Mistake> mistakes = check.checkDraft(form, answers);
        show(model, pack, form, answers, mistakes);
        if (mistakes.isEmpty()) assess(model, pack, form, answers, mistakes);
        return "public/screener";
    }

    /** The answer so far, as one types; what is not yet right counts as not told. */
    @PostMapping("/screener/{scheme}/answer")
    @Costly
    @PreAuthorize("permitAll()")
    String soFar(@PathVariable String scheme, @RequestParam MultiValueMap<String, String> typed, Model model, HttpServletResponse response) throws JsonProcessingException {
        PolicyPackage pack = packages.inForce(scheme);
        Form form = form(pack);
        Map<String, Object> answers = FormInput.read(form.fields(), typed);
        List<Mistake> mistakes = check.checkDraft(form, answers);
        FormPage page = show(model, pack, form, answers, mistakes);
        assess(model, pack, form, answers, mistakes);
        response.setHeader("HX-Trigger", json.writeValueAsString(Map.of("fields", Map.of("hidden", page.hidden()))));
        return "public/answer :: answer";
    }

    private FormPage show(Model model, PolicyPackage pack, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        FormPage page = new FormPage(form, form.parts(), answers, mistakes, Map.of(), clock.today(), false);
        model.addAttribute("scheme", pack.catalogue());
        model.addAttribute("page", page);
        model.addAttribute("mistakes", mistakes);
        return page;
    }

    /** Of both forms what can matter: facts that the rules read, and those that decide which of them are asked. */
    Form form(PolicyPackage pack) {
        Form told = pack.forms().get(APPLICATION), records = pack.forms().get(RECORDS);
        List<Form.Part> all = new ArrayList<>(told.parts());
        if (records != null) all.addAll(records.parts());
        Form whole = new Form("screener", told.id(), all, List.of());
        Set<String> read = assessments.factsRead(pack);
        return whole.only(f -> pack.catalogue().fact(f.key()).isPresent() && (read.contains(f.key()) || whole.decides(f.key())));
    }

    /** The answer, and what is worth answering next: of the questions on the page those that can still change it. */
    private void assess(Model model, PolicyPackage pack, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        Map<String, Object> facts = facts(pack, form, answers, mistakes);
        model.addAttribute("assessment", assessments.assess(pack, clock.today(), facts, Adjustments.NONE))
            .addAttribute("next", next.after(pack, clock.today(), facts).questions().stream().flatMap(q -> form.fields().stream().filter(f -> f.key().equals(q.fact()))).toList());
    }

    /** What the answers tell, as facts; what is wrong counts as not told. */
    Map<String, Object> facts(PolicyPackage pack, MultiValueMap<String, String> typed) {
        Form form = form(pack);
        Map<String, Object> answers = FormInput.read(form.fields(), typed);
        return facts(pack, form, answers, check.checkDraft(form, answers));
    }

    private static Map<String, Object> facts(PolicyPackage pack, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        Map<String, Object> right = new LinkedHashMap<>(answers);
        mistakes.forEach(m -> right.remove(m.field()));
        Map<String, Object> facts = new HashMap<>();
        form.clean(right).forEach((name, value) -> pack.catalogue().fact(name).ifPresent(f -> facts.put(name, f.type() == Scheme.Type.DATE ? LocalDate.parse((String) value) : value)));
        return facts;
    }
}
