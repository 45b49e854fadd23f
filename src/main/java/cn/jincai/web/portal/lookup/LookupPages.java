package cn.jincai.web.portal.lookup;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.filing.remembered.Lookups;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import cn.jincai.web.portal.CaseForms;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Beside a section of a draft: search and choose, or let a source be asked. What was typed is saved before; what is looked for stands in no address. */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class LookupPages {
    private final Filing filing;
    private final CaseForms forms;
    private final Lookups lookups;

    LookupPages(Filing filing, CaseForms forms, Lookups lookups) {
        this.filing = filing;
        this.forms = forms;
        this.lookups = lookups;
    }

    @GetMapping("/cases/{number}/apply/{section}/find/{field}")
    String search(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @PathVariable String field,
            Model model) {
        return search(forms.draft(who, number), section, field, model);
    }

    private String search(CaseView file, String section, String field, Model model) {
        Form.Group group = forms.section(file, section);
        forms.show(model, file).addAttribute("section", group).addAttribute("field", searched(group, field));
        return "cases/find";
    }

    private static Form.Field searched(Form.Group group, String key) {
        return Form.fields(group.parts()).stream()
                .filter(f -> f.key().equals(key) && Lookups.isSearched(f))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    @PostMapping("/cases/{number}/apply/{section}/find/{field}")
    String found(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @PathVariable String field,
            @RequestParam(defaultValue = "") String part,
            Model model) {
        CaseView file = forms.draft(who, number);
        model.addAttribute("part", part).addAttribute("found", found(file, section, field, part));
        return search(file, section, field, model);
    }

    private Lookups.Entries found(CaseView file, String section, String field, String part) {
        Form.Group group = forms.section(file, section);
        return lookups.search(forms.pack(file), group, searched(group, field), part);
    }

    /** @param choice its place among what is found once more, @param name what was there when it was chosen */
    @PostMapping("/cases/{number}/apply/{section}/find/{field}/choice")
    String choose(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @PathVariable String field,
            @RequestParam(defaultValue = "") String part,
            @RequestParam(defaultValue = "") String choice,
            Model model,
            HttpServletResponse response) {
        CaseView file = forms.draft(who, number);
        Lookups.Entries found = found(file, section, field, part);
        for (int at = 0; at < found.entries().size(); at++) {
            Lookups.Entry entry = found.entries().get(at);
            if (!choice.equals(at + " " + entry.name())) continue;
            filing.answerKnown(who, number, entry.answers(), file.version(), entry.origin());
            return "redirect:/cases/" + number + "/apply/" + section + "#f-" + field;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        model.addAttribute("part", part).addAttribute("found", found).addAttribute("unchosen", true);
        return search(file, section, field, model);
    }

    @GetMapping("/cases/{number}/apply/{section}/find/{field}/choice")
    String searchAgain(@PathVariable CaseNumber number, @PathVariable String section, @PathVariable String field) {
        return "redirect:/cases/" + number + "/apply/" + section + "/find/" + field;
    }

    @GetMapping("/cases/{number}/apply/{section}/fetch")
    String consent(Actor who, @PathVariable CaseNumber number, @PathVariable String section, Model model) {
        return consent(forms.draft(who, number), section, model);
    }

    private String consent(CaseView file, String section, Model model) {
        Form.Group group = forms.section(file, section);
        PolicyPackage pack = forms.pack(file);
        if (pack.catalogue().applying().employer()
                || lookups.fetched(pack, group).isEmpty()) throw Problem.notFound();
        forms.show(model, file).addAttribute("section", group).addAttribute("consent", lookups.consent(pack, group));
        return "cases/fetch";
    }

    @PostMapping("/cases/{number}/apply/{section}/fetch")
    String fetch(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @RequestParam(defaultValue = "false") boolean agreed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        CaseView file = forms.draft(who, number);
        String page = consent(file, section, model);
        if (!agreed) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("unchosen", true);
            return page;
        }
        Lookups.Entries found = lookups.fetch(who, forms.pack(file), forms.section(file, section), file.answers());
        for (Lookups.Entry entry : found.entries())
            filing.answerKnown(who, number, entry.answers(), file.version(), entry.origin());
        after.addFlashAttribute(
                "told", found.silent() ? "fetch.silent" : found.entries().isEmpty() ? "fetch.nothing" : "fetch.done");
        return "redirect:/cases/" + number + "/apply/" + section;
    }
}
