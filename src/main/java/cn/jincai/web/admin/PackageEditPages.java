package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.Rulebook;
import cn.jincai.assessment.explanation.Rulebook.History;
import cn.jincai.assessment.explanation.Rulebook.Period;
import cn.jincai.assessment.explanation.Rulebooks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Status;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Publication.Version;
import cn.jincai.policy.editing.PackageEdits;
import cn.jincai.policy.editing.PackageEdits.FormText;
import cn.jincai.policy.editing.ValueEdit;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A version of a package changed in the browser: its values as tables, its other files as text. What comes of it is a version of its own, still to be proposed. */
@Controller
@RequestMapping("/admin/packages/{scheme}/{hash}")
@PreAuthorize("hasAuthority('policy-admin')")
class PackageEditPages {
    private final Publication publication;
    private final Packages packages;
    private final EditPage page;
    private final PackageEdits edits;
    private final Rulebooks rulebooks;
    private final CityClock clock;

    PackageEditPages(
            Publication publication,
            Packages packages,
            EditPage page,
            PackageEdits edits,
            Rulebooks rulebooks,
            CityClock clock) {
        this.publication = publication;
        this.packages = packages;
        this.page = page;
        this.edits = edits;
        this.rulebooks = rulebooks;
        this.clock = clock;
    }

    @GetMapping("/values")
    String values(@PathVariable String scheme, @PathVariable String hash, Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        model.addAttribute(
                "books",
                pack.rulesets().stream()
                        .map(ruleset -> rulebooks.read(pack, ruleset, clock.today()))
                        .toList());
        return "admin/package-values";
    }

    @GetMapping("/values/{ruleset}/{parameter}")
    String value(
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String parameter,
            @RequestParam(required = false) @Nullable String from,
            Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        Parameter shown = parameter(pack, ruleset, parameter);
        Optional<Parameter.Dated> dated =
                shown.values().stream().filter(d -> day(d.from()).equals(from)).findFirst();
        ValueEdit typed = dated.map(d -> ValueEdit.of(shown, d))
                .orElseGet(() -> new ValueEdit(clock.today().toString(), "", Status.UNVERIFIED.name(), "", "", "", ""));
        return value(pack, ruleset, parameter, typed, Mistakes.NONE, model);
    }

    private String value(
            PolicyPackage pack, String ruleset, String parameter, ValueEdit typed, Mistakes mistakes, Model model) {
        model.addAttribute("ruleset", EditPage.ruleset(pack, ruleset))
                .addAttribute("parameter", parameter(pack, ruleset, parameter))
                .addAttribute("history", history(pack, ruleset, parameter).orElseThrow(Problem::notFound))
                .addAttribute("past", past(pack.scheme(), ruleset, parameter))
                .addAttribute("statuses", Status.values())
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "admin/package-value";
    }

    @PostMapping("/values/{ruleset}/{parameter}")
    String put(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String parameter,
            ValueEdit typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage pack = page.open(scheme, hash, model);
        ValueEdit value = typed.whole();
        return EditPage.saved(
                () -> edits.put(hash, ruleset, parameter, value, actor),
                mistakes -> value(pack, ruleset, parameter, value, mistakes, model),
                model,
                response,
                after);
    }

    @PostMapping("/values/{ruleset}/{parameter}/removal")
    String remove(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String parameter,
            @RequestParam String from,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage pack = page.open(scheme, hash, model);
        Parameter shown = parameter(pack, ruleset, parameter);
        ValueEdit typed = shown.values().stream()
                .filter(d -> day(d.from()).equals(from))
                .findFirst()
                .map(d -> ValueEdit.of(shown, d))
                .orElseThrow(Problem::notFound);
        return EditPage.saved(
                () -> edits.remove(hash, ruleset, parameter, from, actor),
                mistakes -> value(pack, ruleset, parameter, typed, mistakes, model),
                model,
                response,
                after);
    }

    @GetMapping("/labels")
    String labels(@PathVariable String scheme, @PathVariable String hash, Model model) {
        page.open(scheme, hash, model);
        return labels(edits.formTexts(hash), Mistakes.NONE, model);
    }

    private static String labels(List<FormText> typed, Mistakes mistakes, Model model) {
        model.addAttribute("typed", typed).addAttribute("mistakes", mistakes);
        return "admin/package-labels";
    }

    @PostMapping("/labels")
    String relabelled(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @RequestParam Map<String, String> all,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        page.open(scheme, hash, model);
        List<FormText> typed = new ArrayList<>();
        for (FormText text : edits.formTexts(hash)) {
            int i = typed.size();
            typed.add(new FormText(
                    text.key(), all.getOrDefault("zh-" + i, text.zh()), all.getOrDefault("en-" + i, text.en())));
        }
        try {
            return EditPage.answer(edits.putFormTexts(hash, typed, actor), EditPage.EDITED, model, response, after);
        } catch (Problem problem) {
            return labels(typed, Mistakes.inFormOrTooLate(problem, response), model);
        }
    }

    @GetMapping("/text")
    String text(@PathVariable String scheme, @PathVariable String hash, @RequestParam String path, Model model) {
        page.open(scheme, hash, model);
        return text(path, edits.text(hash, path), List.of(), model);
    }

    private static String text(String path, String text, List<Finding> findings, Model model) {
        model.addAttribute("path", path).addAttribute("text", text).addAttribute("findings", findings);
        return "admin/package-text";
    }

    @PostMapping("/text")
    String write(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @RequestParam String path,
            @RequestParam String text,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        page.open(scheme, hash, model);
        Upload upload = edits.write(hash, path, text, actor);
        if (upload.isKept()) return EditPage.answer(upload, EditPage.EDITED, model, response, after);
        response.setStatus(422);
        return text(path, text, upload.findings().stream().map(Finding::of).toList(), model);
    }

    private static Parameter parameter(PolicyPackage pack, String ruleset, String name) {
        return Optional.ofNullable(EditPage.ruleset(pack, ruleset).parameters().get(name))
                .orElseThrow(Problem::notFound);
    }

    /** A version in which this parameter says something else than in the one before. */
    record Past(Version version, List<Period> periods) {}

    /** Newest first. */
    private List<Past> past(String scheme, String ruleset, String parameter) {
        List<Past> all = new ArrayList<>();
        for (Version version : publication.versions(scheme)) {
            List<Period> periods = history(packages.byHash(version.hash()), ruleset, parameter)
                    .map(History::periods)
                    .orElse(List.of());
            if (!all.isEmpty() && all.get(all.size() - 1).periods().equals(periods)) all.remove(all.size() - 1);
            all.add(new Past(version, periods));
        }
        return all.stream().filter(p -> !p.periods().isEmpty()).toList();
    }

    private Optional<History> history(PolicyPackage pack, String ruleset, String parameter) {
        return pack.rulesets().stream()
                .filter(r -> r.name().equals(ruleset))
                .map(r -> rulebooks.read(pack, r, clock.today()))
                .map(Rulebook::values)
                .flatMap(List::stream)
                .filter(h -> h.name().equals(parameter))
                .findFirst();
    }

    private static String day(LocalDate from) {
        return from.equals(LocalDate.MIN) ? PackageEdits.ALWAYS : from.toString();
    }
}
