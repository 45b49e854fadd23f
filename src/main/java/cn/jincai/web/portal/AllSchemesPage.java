package cn.jincai.web.portal;

import cn.jincai.assessment.PublicCall;
import cn.jincai.filing.AllSchemes;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Form;
import cn.jincai.policy.FormCheck;
import cn.jincai.policy.FormInput;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.web.Costly;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All schemes at once without signing in: each question asked once, and which applications bring the most. Nothing is stored. */
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

    @GetMapping("/screener")
    @PreAuthorize("permitAll()")
    String ask(Model model) {
        Form form = form(packages.inForce());
        Map<String, Object> usual = new HashMap<>();
        form.fields().stream().filter(f -> f.defaultValue() != null).forEach(f -> usual.put(f.key(), f.defaultValue()));
        return show(model, form, usual, List.of());
    }

    @PostMapping("/screener")
    @Costly
    @PreAuthorize("permitAll()")
    String answer(@RequestParam MultiValueMap<String, String> typed, Model model) {
        List<PolicyPackage> schemes = packages.inForce();
        Form form = form(schemes);
        Map<String, Object> answers = FormInput.read(form.fields(), typed);
        List<Mistake> mistakes = check.checkDraft(form, answers);
        if (mistakes.isEmpty()) {
            Map<String, Map<String, Object>> told = new HashMap<>();
            Map<String, Object> clean = form.clean(answers);
            for (PolicyPackage p : schemes) told.put(p.scheme(), facts(p.catalogue(), clean));
            Map<String, Text> names = new HashMap<>();
            schemes.forEach(p -> p.catalogue().benefits().forEach(b -> names.put(b.code(), b.name())));
            model.addAttribute("answer", all.of(new PublicCall.Person(clock.today(), clock.today().plusYears(YEARS_AHEAD), schemes, told))).addAttribute("benefits", names);
        }
        return show(model, form, answers, mistakes);
    }

    private static Map<String, Object> facts(Scheme scheme, Map<String, Object> answers) {
        Map<String, Object> facts = new HashMap<>();
        answers.forEach((name, value) -> scheme.fact(name).ifPresent(f -> facts.put(name, f.type() == Scheme.Type.DATE ? LocalDate.parse((String) value) : value)));
        return facts;
    }

    private String show(Model model, Form form, Map<String, Object> answers, List<Mistake> mistakes) {
        model.addAttribute("page", new FormPage(form, form.parts(), answers, mistakes, Map.of(), clock.today(), false)).addAttribute("mistakes", mistakes);
        return "public/all-schemes";
    }

    /** The screeners of all schemes, one group each; what an earlier one asks is not asked again, nor what is asked of the city's own records. */
    private Form form(List<PolicyPackage> schemes) {
        Set<String> asked = new HashSet<>();
        List<Form.Part> groups = new ArrayList<>();
        for (PolicyPackage p : schemes) {
            Set<String> own = new HashSet<>();
            Form rest = screener.form(p).only(f -> !asked.contains(f.key()) && p.catalogue().fact(f.key()).filter(Scheme.Fact::isOwnRecords).isEmpty() && !isPart(p, f.key()) && own.add(f.key()));
            asked.addAll(own);
            if (!rest.fields().isEmpty()) groups.add(new Form.Group(p.scheme(), p.catalogue().name(), null, Optional.empty(), rest.parts().stream().map(part -> renamed(part, p.scheme())).toList(), Map.of()));
        }
        return new Form("all-schemes", "all-schemes", groups, List.of());
    }

    /** Which part is applied for is what the answer says. */
    private static boolean isPart(PolicyPackage p, String fact) {
        return p.catalogue().rules().benefits().stream().anyMatch(b -> fact.equals(b.instalments().appliedFor()));
    }

    /** Two forms may use the same id. */
    private static Form.Part renamed(Form.Part part, String scheme) {
        String id = scheme + "-" + part.id();
        if (part instanceof Form.Group g) return new Form.Group(id, g.label(), g.description(), g.hide(), g.parts().stream().map(inner -> renamed(inner, scheme)).toList(), g.properties());
        if (part instanceof Form.Words w) return new Form.Words(id, w.text(), w.hide());
        Form.Field f = (Form.Field) part;
        return new Form.Field(id, f.key(), f.type(), f.label(), f.description(), f.required(), f.disabled(), f.values(), f.valuesKey(), f.limits(), f.defaultValue(), f.hide(), f.properties());
    }
}
