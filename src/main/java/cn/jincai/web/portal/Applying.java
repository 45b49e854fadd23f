package cn.jincai.web.portal;

import cn.jincai.demo.Samples;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseSummary;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.filing.Rosters;
import cn.jincai.filing.Submission;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.filing.remembered.Lookups;
import cn.jincai.filing.remembered.Remembered;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import cn.jincai.web.portal.filling.SignedPromise;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** From "apply" to "sent": a draft with its sections, saved as one goes, checked and sent. */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class Applying {
    /** From which page a section was opened, and leads back to once it is saved. */
    private static final String FROM = "from", CHECK = "check";

    private final Filing filing;
    private final Remembered remembered;
    private final Lookups lookups;
    private final Submission submission;
    private final Rosters rosters;
    private final Mandates mandates;
    private final CaseFile cases;
    private final CaseForms forms;
    private final Packages packages;
    private final ObjectProvider<Samples> samples;
    private final SavedAsTyped saved;
    private final ObjectMapper json;

    Applying(
            Filing filing,
            Remembered remembered,
            Lookups lookups,
            Submission submission,
            Rosters rosters,
            Mandates mandates,
            CaseFile cases,
            CaseForms forms,
            Packages packages,
            ObjectProvider<Samples> samples,
            SavedAsTyped saved,
            ObjectMapper json) {
        this.filing = filing;
        this.remembered = remembered;
        this.lookups = lookups;
        this.submission = submission;
        this.rosters = rosters;
        this.mandates = mandates;
        this.cases = cases;
        this.forms = forms;
        this.packages = packages;
        this.samples = samples;
        this.saved = saved;
        this.json = json;
    }

    /** A mistake with the page on which it is corrected. */
    record Place(String href, Mistake mistake) {}

    @GetMapping("/apply/{scheme}")
    String start(Actor who, @PathVariable String scheme, HttpServletRequest visit, Model model) {
        PolicyPackage pack = packages.offered(scheme);
        model.addAttribute("told", !forms.told(scheme, visit).isEmpty())
                .addAttribute("known", known(who, pack))
                .addAttribute("scheme", pack.catalogue())
                .addAttribute("sections", CaseForms.application(pack).sections())
                .addAttribute(
                        "drafts",
                        cases.list(who, "draft", scheme, null, 0, 5).items().stream()
                                .map(CaseSummary::number)
                                .toList())
                .addAttribute(
                        "kinds",
                        samples.stream().flatMap(s -> s.kinds(scheme).stream()).toList())
                .addAttribute("request", UUID.randomUUID().toString());
        return "cases/start";
    }

    /** What need not be asked, with each answer as the form would show it. */
    private KnownAnswers known(Actor who, PolicyPackage pack) {
        if (pack.catalogue().applying().employer() && !who.is(Role.EMPLOYER)) return KnownAnswers.NONE;
        return forms.known(CaseForms.application(pack), remembered.of(who, pack), remembered.isOnesOwn(who, pack));
    }

    @PostMapping("/apply/{scheme}")
    String open(
            Actor who,
            @PathVariable String scheme,
            @RequestParam(required = false) @Nullable String request,
            @RequestParam(defaultValue = "false") boolean told,
            @RequestParam(defaultValue = "false") boolean remembered,
            HttpServletRequest visit) {
        ObjectNode answers = told ? json.valueToTree(forms.told(scheme, visit)) : json.createObjectNode();
        CaseView draft = remembered
                ? filing.openRemembering(who, scheme, answers, request)
                : filing.open(who, scheme, answers, request);
        return "redirect:/cases/" + draft.number() + "/apply";
    }

    /** The demo only: a made-up person whom the simulated sources know. */
    @PostMapping("/apply/{scheme}/sample")
    String sample(Actor who, @PathVariable String scheme, @RequestParam(defaultValue = "granted") String kind) {
        Samples book = Optional.ofNullable(samples.getIfAvailable()).orElseThrow(Problem::notFound);
        ObjectNode answers = json.valueToTree(book.application(scheme, kind).answers());
        return "redirect:/cases/" + filing.open(who, scheme, answers, null).number() + "/apply";
    }

    @GetMapping("/cases/{number}/apply")
    @PreAuthorize(MandatePages.FILLS)
    String overview(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.current(who, number);
        forms.show(model, file)
                .addAttribute("sections", forms.sections(file))
                .addAttribute("papers", forms.papers(file))
                .addAttribute("lines", rosters.count(number))
                .addAttribute(
                        "mandate", mandates.of(number).filter(m -> m.open()).orElse(null));
        return "cases/overview";
    }

    /** The form has a new version: what it asks now, what it asks no more, and that every answer is kept. */
    @GetMapping("/cases/{number}/new-form")
    @PreAuthorize(MandatePages.FILLS)
    String newForm(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.draft(who, number);
        Optional<FormChange> change = forms.change(file);
        if (change.isEmpty()) return "redirect:/cases/" + number + "/apply";
        forms.show(model, file).addAttribute("change", change.get()).addAttribute("page", forms.page(file));
        return "cases/new-form";
    }

    @PostMapping("/cases/{number}/new-form")
    @PreAuthorize(MandatePages.FILLS)
    String goOn(Actor who, @PathVariable CaseNumber number) {
        forms.draft(who, number);
        filing.renew(who, number);
        return "redirect:/cases/" + number + "/apply";
    }

    @GetMapping("/cases/{number}/apply/{section}")
    @PreAuthorize(MandatePages.FILLS)
    String section(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @RequestParam(defaultValue = "") String from,
            Model model) {
        model.addAttribute(FROM, from);
        CaseView file = forms.current(who, number);
        Map<String, Object> answers = forms.answers(file);
        List<Form.Field> fields = Form.fields(forms.section(file, section).parts());
        return section(model, file, section, answers, forms.leftWrong(forms.form(file), fields, answers));
    }

    private String section(Model model, CaseView file, String id, Map<String, Object> answers, List<Mistake> mistakes) {
        Form.Group group = forms.section(file, id);
        forms.show(model, file)
                .addAttribute("section", group)
                .addAttribute("fetched", lookups.fetched(forms.pack(file), group))
                .addAttribute(
                        "searched",
                        Form.fields(group.parts()).stream()
                                .filter(Lookups::isSearched)
                                .map(Form.Field::key)
                                .toList())
                .addAttribute("page", forms.page(forms.form(file), group.parts(), answers, mistakes, file))
                .addAttribute("shown", forms.shown(file, Form.fields(group.parts())))
                .addAttribute("estimate", forms.estimate(file))
                .addAttribute("mistakes", mistakes);
        return "cases/section";
    }

    @PostMapping("/cases/{number}/apply/{section}")
    @PreAuthorize(MandatePages.FILLS)
    String save(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @RequestParam(defaultValue = "") String then,
            @RequestParam(defaultValue = "") String from,
            @RequestParam MultiValueMap<String, String> texts,
            Model model,
            HttpServletResponse response) {
        CaseView file = forms.draft(who, number);
        model.addAttribute(FROM, from);
        Form form = forms.form(file);
        List<Form.Field> fields = Form.fields(forms.section(file, section).parts());
        CaseForms.Typed typed = forms.typed(file, fields, texts);
        List<Mistake> wrong = forms.wrong(form, fields, typed);
        List<Mistake> unkept = CaseForms.unkept(wrong, typed.answers());
        ObjectNode patch = forms.patch(file, fields, typed.answers(), unkept);
        try {
            if (!patch.isEmpty()) file = filing.answer(who, number, patch, file.version());
        } catch (Problem stale) {
            if (stale.kind() != Problem.Kind.STALE) throw stale;
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("stale", true);
            return section(model, file, section, typed.answers(), wrong);
        }
        String lookup = lookup(then);
        boolean later = then.equals("overview") || lookup != null;
        if (!(later ? unkept : wrong).isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return section(model, file, section, typed.answers(), wrong);
        }
        if (lookup != null) return "redirect:/cases/" + number + "/apply/" + section + lookup;
        if (from.equals(CHECK)) return "redirect:/cases/" + number + "/check";
        return "redirect:/cases/" + number + "/apply" + (later ? "" : next(form, section));
    }

    /** The page on which something is looked up for this one, whose answers are saved first; null for another button. */
    private static @Nullable String lookup(String then) {
        if (then.equals("fetch")) return "/fetch";
        return then.matches("find-\\w+") ? "/find/" + then.substring("find-".length()) : null;
    }

    private static String next(Form form, String section) {
        List<String> ids = form.sections().stream().map(Form.Group::id).toList();
        int at = ids.indexOf(section) + 1;
        return at < ids.size() ? "/" + ids.get(at) : "";
    }

    @PostMapping("/cases/{number}/apply/{section}/draft")
    @PreAuthorize(MandatePages.FILLS)
    String saveDraft(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String section,
            @RequestParam MultiValueMap<String, String> texts,
            Model model,
            HttpServletResponse response)
            throws JsonProcessingException {
        CaseView file = forms.draft(who, number);
        return saved.save(who, file, forms.section(file, section).parts(), true, texts, model, response);
    }

    @GetMapping("/cases/{number}/check")
    @PreAuthorize(MandatePages.FILLS)
    String check(Actor who, @PathVariable CaseNumber number, Model model) {
        return check(model, forms.current(who, number), List.of(), List.of(), "");
    }

    private String check(
            Model model, CaseView file, List<Mistake> mistakes, List<String> promises, String promiseName) {
        Form form = forms.form(file);
        Map<String, Object> answers = forms.answers(file);
        forms.show(model, file)
                .addAttribute("page", forms.page(form, form.parts(), answers, mistakes, file))
                .addAttribute("sections", forms.sections(file))
                .addAttribute(
                        "shown",
                        form.shown(answers).stream().map(Form.Field::key).toList())
                .addAttribute("papers", forms.papers(file))
                .addAttribute("estimate", forms.estimate(file))
                .addAttribute(
                        "places",
                        mistakes.stream().map(m -> new Place(place(file, m), m)).toList())
                .addAttribute("promises", promises)
                .addAttribute("mistakes", mistakes)
                .addAttribute(SignedPromise.NAME, promiseName);
        return "cases/check";
    }

    /** Where it is corrected: the section with the field, or the documents. */
    private String place(CaseView file, Mistake mistake) {
        String home = "/cases/" + file.number();
        for (Form.Group group : forms.form(file).sections())
            if (Form.fields(group.parts()).stream().anyMatch(f -> f.key().equals(mistake.field())))
                return home + "/apply/" + group.id() + "?from=" + CHECK + "#f-" + mistake.field();
        if (mistake.field().equals(SignedPromise.NAME)) return "#f-" + SignedPromise.NAME;
        if (mistake.field().equals("lines")) return home + "/roster";
        return home + "/papers#need-" + mistake.field();
    }

    @PostMapping("/cases/{number}/submission")
    @PreAuthorize(MandatePages.FILLS)
    String send(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") List<String> promises,
            @RequestParam(defaultValue = "") String promiseName,
            Model model,
            HttpServletResponse response) {
        CaseView file = forms.current(who, number);
        List<Mistake> unsigned = SignedPromise.mistakes(forms.answers(file), promises, promiseName);
        try {
            if (!unsigned.isEmpty()) throw Problem.invalid(unsigned);
            submission.submit(who, number, promises);
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.INVALID && !problem.mistakes().isEmpty()) {
                response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
                return check(model, forms.own(who, number), problem.mistakes(), promises, promiseName);
            }
            if (!problem.code().equals("OPEN_CASE")) throw problem;
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("refused", problem.text());
            return check(model, file, List.of(), promises, promiseName);
        }
        return "redirect:" + (who.is(Role.INTAKE) ? "/officers/filing?sent=" + number : "/cases/" + number + "/sent");
    }

    /** Where the other language is chosen, or the address typed, after sending was refused. */
    @GetMapping("/cases/{number}/submission")
    @PreAuthorize(MandatePages.FILLS)
    String checkAgain(@PathVariable CaseNumber number) {
        return "redirect:/cases/" + number + "/check";
    }

    @GetMapping("/cases/{number}/discard")
    String discarding(Actor who, @PathVariable CaseNumber number, Model model) {
        forms.show(model, forms.draft(who, number));
        return "cases/discard";
    }

    @PostMapping("/cases/{number}/discard")
    String discard(Actor who, @PathVariable CaseNumber number, RedirectAttributes flash) {
        filing.discard(who, number);
        flash.addFlashAttribute("told", "told.discarded");
        return "redirect:/cases";
    }

    @ExceptionHandler
    String formChanged(CaseForms.FormChanged changed) {
        return "redirect:/cases/" + changed.number + "/new-form";
    }

    /** The back button, a second tab or a second click: the case is sent already, so show it. */
    @ExceptionHandler
    Object alreadySent(CaseForms.AlreadySent sent, HttpServletRequest request, RedirectAttributes flash) {
        // what is saved as one types must lead the whole page there, not a piece of it
        if (request.getHeader("HX-Request") != null)
            return ResponseEntity.noContent()
                    .header("HX-Redirect", "/cases/" + sent.number)
                    .build();
        flash.addFlashAttribute("told", "told.already-sent");
        return "redirect:/cases/" + sent.number;
    }
}
