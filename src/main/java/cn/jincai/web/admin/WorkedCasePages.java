package cn.jincai.web.admin;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.WorkedCase;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.editing.CaseEdit;
import cn.jincai.policy.editing.CaseEdits;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Worked cases of a version as a table, and each as a form. What the rules say is taken over only where somebody has seen the difference and says so. */
@Controller
@RequestMapping("/admin/packages/{scheme}/{hash}/cases")
@PreAuthorize("hasAuthority('policy-admin')")
class WorkedCasePages {
    private final EditPage page;
    private final CaseEdits edits;
    private final Assessments assessments;
    private final CityClock clock;

    WorkedCasePages(EditPage page, CaseEdits edits, Assessments assessments, CityClock clock) {
        this.page = page;
        this.edits = edits;
        this.assessments = assessments;
        this.clock = clock;
    }

    record Row(int at, CaseEdit edit, List<RulesToday.Difference> differences) {}

    record Shown(Ruleset ruleset, List<Row> rows) {
        public long differing() {
            return rows.stream().filter(r -> !r.differences().isEmpty()).count();
        }
    }

    @GetMapping
    String list(@PathVariable String scheme, @PathVariable String hash, Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        model.addAttribute(
                        "books",
                        pack.rulesets().stream()
                                .map(r -> new Shown(r, rows(pack, r)))
                                .toList())
                .addAttribute("catalogue", pack.catalogue())
                .addAttribute("reasons", reasons(pack.catalogue()));
        return "admin/package-cases";
    }

    /** In words, by code. */
    private static Map<String, Text> reasons(Scheme scheme) {
        Map<String, Text> reasons = new LinkedHashMap<>();
        scheme.reasons()
                .forEach((code, reason) -> reasons.put(code, cn.jincai.web.portal.WorkedCase.plain(reason.message())));
        return reasons;
    }

    private List<Row> rows(PolicyPackage pack, Ruleset ruleset) {
        List<CaseEdit> all = edits.all(pack.hash(), ruleset.name());
        List<WorkedCase> worked = WorkedCase.of(pack, ruleset, new Findings());
        return IntStream.range(0, all.size())
                .mapToObj(i -> new Row(
                        i,
                        all.get(i),
                        RulesToday.of(all.get(i), found(pack, worked.get(i))).differences()))
                .toList();
    }

    private Assessment found(PolicyPackage pack, WorkedCase worked) {
        WorkingCalendar calendar = assessments.calendar();
        Integer until = worked.noticesUntil();
        return assessments.assess(
                pack,
                worked.applicationDate(),
                worked.facts(),
                worked.lines(),
                Adjustments.NONE,
                until == null ? calendar : calendar.until(until));
    }

    /** Of those that were ticked, what the rules say in place of what they expected. */
    @PostMapping("/{ruleset}/outcomes")
    String taken(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @RequestParam(required = false) @Nullable Set<Integer> at,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage pack = page.open(scheme, hash, model);
        Ruleset rules = EditPage.ruleset(pack, ruleset);
        if (at == null || at.isEmpty()) return "redirect:/admin/packages/" + scheme + "/" + hash + "/cases";
        List<CaseEdit> all = edits.all(hash, ruleset);
        List<WorkedCase> worked = WorkedCase.of(pack, rules, new Findings());
        Map<Integer, CaseEdit> taken = new LinkedHashMap<>();
        for (int i : at) {
            if (i < 0 || i >= all.size()) throw Problem.notFound();
            taken.put(i, RulesToday.of(all.get(i), found(pack, worked.get(i))).taken());
        }
        return EditPage.answer(edits.put(hash, ruleset, taken, actor), EditPage.EDITED, model, response, after);
    }

    /** @param like the case from which a new one is copied, or null */
    @GetMapping("/{ruleset}/new")
    String blank(
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @RequestParam(required = false) @Nullable Integer like,
            Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        EditPage.ruleset(pack, ruleset);
        CaseEdit typed = like == null ? empty(pack.catalogue()) : one(hash, ruleset, like);
        return form(pack, ruleset, "new", typed, Mistakes.NONE, null, model);
    }

    private CaseEdit empty(Scheme scheme) {
        Map<String, Map<String, String>> expect = new LinkedHashMap<>();
        scheme.benefits().forEach(b -> expect.put(b.code(), Map.of()));
        return new CaseEdit("", "", clock.today().toString(), "", Map.of(), List.of(), "", expect, List.of());
    }

    private CaseEdit one(String hash, String ruleset, int at) {
        List<CaseEdit> all = edits.all(hash, ruleset);
        if (at < 0 || at >= all.size()) throw Problem.notFound();
        return all.get(at);
    }

    @GetMapping("/{ruleset}/{at:[0-9]+}")
    String one(
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable int at,
            Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        CaseEdit typed = one(hash, ruleset, at);
        return form(pack, ruleset, "" + at, typed, Mistakes.NONE, today(hash, ruleset, at, typed), model);
    }

    private RulesToday today(String hash, String ruleset, int at, CaseEdit typed) {
        PolicyPackage tried = edits.tried(hash, ruleset, at, withSomething(typed));
        List<WorkedCase> worked = WorkedCase.of(tried, EditPage.ruleset(tried, ruleset), new Findings());
        return RulesToday.of(typed, found(tried, worked.get(at < 0 ? worked.size() - 1 : at)));
    }

    /** What expects nothing yet is asked about all the same. */
    private static CaseEdit withSomething(CaseEdit typed) {
        return new CaseEdit(
                typed.nameZh().isBlank() ? "-" : typed.nameZh(),
                typed.nameEn().isBlank() ? "-" : typed.nameEn(),
                typed.applicationDate(),
                typed.noticesUntil(),
                typed.facts(),
                typed.lines(),
                typed.verdict().isEmpty() ? Verdict.APPROVE.name() : typed.verdict(),
                typed.expect(),
                typed.expectOfLines());
    }

    private static String form(
            PolicyPackage pack,
            String ruleset,
            String at,
            CaseEdit typed,
            Mistakes mistakes,
            @Nullable RulesToday today,
            Model model) {
        Scheme scheme = pack.catalogue();
        Scheme.Roster roster = scheme.applying().roster();
        List<String> ofLines = roster == null ? List.of() : roster.facts();
        boolean lines = typed.lines().stream().flatMap(l -> l.values().stream()).anyMatch(v -> !v.isBlank());
        model.addAttribute("ruleset", EditPage.ruleset(pack, ruleset))
                .addAttribute("at", at)
                .addAttribute("catalogue", scheme)
                .addAttribute("reasons", reasons(scheme))
                .addAttribute(
                        "facts",
                        scheme.facts().stream()
                                .filter(f -> !lines || !ofLines.contains(f.name()))
                                .toList())
                .addAttribute(
                        "factsOfLines",
                        scheme.facts().stream()
                                .filter(f -> ofLines.contains(f.name()))
                                .toList())
                .addAttribute("most", TypedCase.MOST_LINES)
                .addAttribute("verdicts", Verdict.values())
                .addAttribute("typed", typed)
                .addAttribute("today", today)
                .addAttribute("mistakes", mistakes);
        return "admin/package-case";
    }

    /** Saves what was typed; or, where that was asked for, only says what the rules say of it, or fills that in. */
    @PostMapping("/{ruleset}/{at:new|[0-9]+}")
    String put(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String at,
            @RequestParam MultiValueMap<String, String> all,
            @RequestParam(name = "do", defaultValue = "save") String step,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage pack = page.open(scheme, hash, model);
        EditPage.ruleset(pack, ruleset);
        int place = at.equals("new") ? -1 : Integer.parseInt(at);
        CaseEdit typed = new TypedCase(pack.catalogue(), all).read();
        if (step.equals("save"))
            return EditPage.saved(
                    () -> edits.put(hash, ruleset, place, typed, actor),
                    mistakes -> form(pack, ruleset, at, typed, mistakes, null, model),
                    model,
                    response,
                    after);
        try {
            RulesToday today = today(hash, ruleset, place, typed);
            if (!step.equals("take")) return form(pack, ruleset, at, typed, Mistakes.NONE, today, model);
            model.addAttribute("taken", true);
            return form(pack, ruleset, at, today.taken(), Mistakes.NONE, null, model);
        } catch (Problem problem) {
            return form(pack, ruleset, at, typed, Mistakes.inFormOrTooLate(problem, response), null, model);
        }
    }

    /** What goes is shown before it goes. */
    @GetMapping("/{ruleset}/{at:[0-9]+}/removal")
    String removal(
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable int at,
            Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        return removal(pack, ruleset, at, Mistakes.NONE, model);
    }

    private String removal(PolicyPackage pack, String ruleset, int at, Mistakes mistakes, Model model) {
        model.addAttribute("ruleset", EditPage.ruleset(pack, ruleset))
                .addAttribute("at", at)
                .addAttribute("typed", one(pack.hash(), ruleset, at))
                .addAttribute("mistakes", mistakes);
        return "admin/package-case-removal";
    }

    @PostMapping("/{ruleset}/{at:[0-9]+}/removal")
    String removed(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable int at,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage pack = page.open(scheme, hash, model);
        EditPage.ruleset(pack, ruleset);
        return EditPage.saved(
                () -> edits.remove(hash, ruleset, at, actor),
                mistakes -> removal(pack, ruleset, at, mistakes, model),
                model,
                response,
                after);
    }
}
