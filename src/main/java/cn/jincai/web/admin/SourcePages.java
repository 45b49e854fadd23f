package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.Rulebook;
import cn.jincai.assessment.explanation.Rulebooks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.editing.SourceEdit;
import cn.jincai.policy.editing.SourceEdits;
import cn.jincai.web.portal.Formats;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Documents and articles of a version, each with what rests on it, changed in the browser. */
@Controller
@RequestMapping("/admin/packages/{scheme}/{hash}/sources")
@PreAuthorize("hasAuthority('policy-admin')")
class SourcePages {
    private final EditPage page;
    private final SourceEdits edits;
    private final Rulebooks rulebooks;
    private final CityClock clock;
    private final Formats formats;

    SourcePages(EditPage page, SourceEdits edits, Rulebooks rulebooks, CityClock clock, Formats formats) {
        this.page = page;
        this.edits = edits;
        this.rulebooks = rulebooks;
        this.clock = clock;
        this.formats = formats;
    }

    /**
     * A ruleset with its documents.
     *
     * @param sentences by the id of the rule
     * @param values    labels of the parameters that are taken from a document, by its code
     */
    record Shown(Ruleset ruleset, Map<String, Text> sentences, Map<String, List<Text>> values) {}

    @GetMapping
    String list(@PathVariable String scheme, @PathVariable String hash, Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        model.addAttribute(
                "books", pack.rulesets().stream().map(r -> shown(pack, r)).toList());
        return "admin/package-sources";
    }

    private Shown shown(PolicyPackage pack, Ruleset ruleset) {
        Map<String, List<Text>> values = new LinkedHashMap<>();
        for (LegalSource document : ruleset.sources())
            values.put(
                    document.code(),
                    SourceEdits.valuesOf(ruleset, document.code()).stream()
                            .map(Parameter::label)
                            .toList());
        return new Shown(ruleset, sentences(pack, ruleset), values);
    }

    private Map<String, Text> sentences(PolicyPackage pack, Ruleset ruleset) {
        Map<String, Text> sentences = new LinkedHashMap<>();
        for (Rulebook.Sheet sheet : rulebooks.read(pack, ruleset, clock.today()).sheets())
            for (Rulebook.Line line : sheet.lines()) sentences.putIfAbsent(line.rule(), line.sentence());
        return sentences;
    }

    @GetMapping("/{ruleset}/new")
    String blank(@PathVariable String scheme, @PathVariable String hash, @PathVariable String ruleset, Model model) {
        SourceEdit typed = new SourceEdit("", "", "", "", "", "");
        return document(scheme, hash, ruleset, null, typed, Mistakes.NONE, model);
    }

    @GetMapping("/{ruleset}/{code}")
    String document(
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String code,
            Model model) {
        LegalSource shown = document(EditPage.ruleset(page.open(scheme, hash, model), ruleset), code);
        return document(scheme, hash, ruleset, code, typed(shown), Mistakes.NONE, model);
    }

    private SourceEdit typed(LegalSource shown) {
        return new SourceEdit(
                shown.code(),
                shown.title().zh(),
                shown.title().en(),
                shown.number() == null ? "" : shown.number(),
                day(shown.inForceFrom()),
                day(shown.inForceUntil()));
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private String document(
            String scheme,
            String hash,
            String ruleset,
            @Nullable String code,
            SourceEdit typed,
            Mistakes mistakes,
            Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        Ruleset rules = EditPage.ruleset(pack, ruleset);
        model.addAttribute("book", shown(pack, rules))
                .addAttribute("document", code == null ? null : document(rules, code))
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "admin/package-source";
    }

    private static LegalSource document(Ruleset rules, String code) {
        return rules.sources().stream()
                .filter(d -> d.code().equals(code))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    @PostMapping("/{ruleset}/new")
    String added(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            SourceEdit typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        page.open(scheme, hash, model);
        SourceEdit document = typed.whole();
        return EditPage.saved(
                () -> edits.put(hash, ruleset, null, document, actor),
                mistakes -> document(scheme, hash, ruleset, null, document, mistakes, model),
                model,
                response,
                after);
    }

    @PostMapping("/{ruleset}/{code}")
    String changed(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String code,
            SourceEdit typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        page.open(scheme, hash, model);
        SourceEdit document = typed.whole();
        return EditPage.saved(
                () -> edits.put(hash, ruleset, code, document, actor),
                mistakes -> document(scheme, hash, ruleset, code, document, mistakes, model),
                model,
                response,
                after);
    }

    @PostMapping("/{ruleset}/{code}/removal")
    String removed(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String code,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        LegalSource shown = document(EditPage.ruleset(page.open(scheme, hash, model), ruleset), code);
        return EditPage.saved(
                () -> edits.remove(hash, ruleset, code, actor),
                mistakes -> document(scheme, hash, ruleset, code, typed(shown), mistakes, model),
                model,
                response,
                after);
    }

    @GetMapping("/{ruleset}/{code}/articles/{at}")
    String article(
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String code,
            @PathVariable String at,
            Model model) {
        LegalSource shown = document(EditPage.ruleset(page.open(scheme, hash, model), ruleset), code);
        return article(scheme, hash, ruleset, code, at, typed(shown, place(at)), Mistakes.NONE, model);
    }

    private static SourceEdit.Article typed(LegalSource document, int at) {
        if (at < 0) return new SourceEdit.Article("", "", "", "", List.of());
        if (at >= document.articles().size()) throw Problem.notFound();
        LegalSource.Article article = document.articles().get(at);
        return new SourceEdit.Article(
                article.name().zh(),
                article.name().en(),
                article.text().zh(),
                article.text().en(),
                article.rules());
    }

    /** -1 for a new one. */
    private static int place(String at) {
        if (at.equals("new")) return -1;
        if (!at.matches("\\d{1,4}")) throw Problem.notFound();
        return Integer.parseInt(at);
    }

    /** @param at as the address has it: a place, or {@code new} */
    private String article(
            String scheme,
            String hash,
            String ruleset,
            String code,
            String at,
            SourceEdit.Article typed,
            Mistakes mistakes,
            Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        Ruleset rules = EditPage.ruleset(pack, ruleset);
        Map<String, String> elsewhere = new LinkedHashMap<>();
        LegalSource here = document(rules, code);
        for (LegalSource document : rules.sources())
            for (LegalSource.Article article : document.articles())
                if (document != here || document.articles().indexOf(article) != place(at))
                    for (String rule : article.rules())
                        elsewhere.putIfAbsent(
                                rule, formats.text(document.title()) + " " + formats.text(article.name()));
        model.addAttribute("book", shown(pack, rules))
                .addAttribute("document", here)
                .addAttribute("at", at)
                .addAttribute("elsewhere", elsewhere)
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "admin/package-article";
    }

    @PostMapping("/{ruleset}/{code}/articles/{at}")
    String articleChanged(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String code,
            @PathVariable String at,
            @RequestParam String nameZh,
            @RequestParam String nameEn,
            @RequestParam String textZh,
            @RequestParam String textEn,
            @RequestParam(required = false) @Nullable List<String> rules,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        page.open(scheme, hash, model);
        SourceEdit.Article typed =
                new SourceEdit.Article(nameZh, nameEn, textZh, textEn, rules == null ? List.of() : rules);
        return EditPage.saved(
                () -> edits.putArticle(hash, ruleset, code, place(at), typed, actor),
                mistakes -> article(scheme, hash, ruleset, code, at, typed, mistakes, model),
                model,
                response,
                after);
    }

    @PostMapping("/{ruleset}/{code}/articles/{at}/removal")
    String articleRemoved(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @PathVariable String ruleset,
            @PathVariable String code,
            @PathVariable String at,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        LegalSource shown = document(EditPage.ruleset(page.open(scheme, hash, model), ruleset), code);
        return EditPage.saved(
                () -> edits.removeArticle(hash, ruleset, code, place(at), actor),
                mistakes -> article(scheme, hash, ruleset, code, at, typed(shown, place(at)), mistakes, model),
                model,
                response,
                after);
    }
}
