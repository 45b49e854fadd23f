package cn.jincai.web.office;

import cn.jincai.filing.CaseSearch;
import cn.jincai.filing.searches.Criteria;
import cn.jincai.filing.searches.SavedSearches;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Steps;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 查找办件: officers look for cases among those that they may open. What is looked for travels in the body: a name or a number must not stand in an address. */
@Controller
@RequestMapping("/officers/cases")
@PreAuthorize(OfficerPages.OFFICERS)
class SearchPages {
    private static final String PAGE = "officers/cases";

    private final CaseSearch search;
    private final SavedSearches saved;
    private final SchemeNames names;

    SearchPages(CaseSearch search, SavedSearches saved, SchemeNames names) {
        this.search = search;
        this.saved = saved;
        this.names = names;
    }

    /** Without words, the cases in one's charge. */
    @GetMapping
    String list(Actor who, @RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("found", search.find(who, Criteria.NONE, null, page));
        return page(who, SearchForm.of(Criteria.NONE), List.of(), model);
    }

    /** Whoever reloads the answer to one of the forms below, or follows it from elsewhere. */
    @GetMapping({"/saved", "/saved/{id}", "/saved/{id}/removal"})
    String back() {
        return "redirect:/officers/cases";
    }

    @PostMapping
    String search(Actor who, @ModelAttribute SearchForm form, Model model, HttpServletResponse response) {
        return found(who, form, model, response);
    }

    private String found(Actor who, SearchForm form, Model model, HttpServletResponse response) {
        try {
            Criteria criteria = form.criteria();
            if (criteria.isEmpty()) return "redirect:/officers/cases";
            model.addAttribute(
                    "found", search.find(who, criteria, form.purpose(), form.page() == null ? 0 : form.page()));
            model.addAttribute("searched", true);
        } catch (Problem problem) {
            return shown(who, form, Refusal.inForm(problem, response), model);
        }
        return shown(who, form, List.of(), model);
    }

    @PostMapping("/saved")
    String save(
            Actor who,
            @ModelAttribute SearchForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            saved.save(who, form.name() == null ? "" : form.name(), form.criteria());
        } catch (Problem problem) {
            return shown(who, form, Refusal.inForm(problem, response), model);
        }
        after.addFlashAttribute("told", "search.saved");
        return "redirect:/officers/cases";
    }

    /** In the other language, with what is typed; that saves nothing. */
    @PostMapping(value = "/saved", params = "lang")
    String typed(Actor who, @ModelAttribute SearchForm form, Model model) {
        return shown(who, form, List.of(), model);
    }

    /** Looks for it again at once, or asks first what for where a person is looked for. */
    @PostMapping("/saved/{id}")
    String again(Actor who, @PathVariable long id, Model model, HttpServletResponse response) {
        Criteria criteria = saved.find(who, id).criteria();
        SearchForm form = SearchForm.of(criteria);
        if (!CaseSearch.isOfPerson(criteria)) return found(who, form, model, response);
        model.addAttribute("asksPurpose", true);
        return shown(who, form, List.of(), model);
    }

    @PostMapping("/saved/{id}/removal")
    String remove(Actor who, @PathVariable long id, RedirectAttributes after) {
        saved.remove(who, id);
        after.addFlashAttribute("told", "search.removed");
        return "redirect:/officers/cases";
    }

    /** As the answer to a form: the language changes by sending it again. */
    private String shown(Actor who, SearchForm form, List<Mistake> mistakes, Model model) {
        model.addAttribute("carries", "search");
        return page(who, form, mistakes, model);
    }

    private String page(Actor who, SearchForm form, List<Mistake> mistakes, Model model) {
        model.addAttribute("typed", form.typed())
                .addAttribute("mistakes", mistakes)
                .addAttribute("schemes", names.schemes())
                .addAttribute(
                        "stages",
                        Steps.shared().all().stream()
                                .filter(step -> step.kind().isStage())
                                .filter(step -> step.kind() != cn.jincai.policy.Step.Kind.DRAFT)
                                .toList())
                .addAttribute("purposes", Purpose.values())
                .addAttribute("byDocument", CaseSearch.isByDocument(who))
                .addAttribute("kept", saved.of(who));
        return PAGE;
    }
}
