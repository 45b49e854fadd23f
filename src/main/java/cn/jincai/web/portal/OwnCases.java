package cn.jincai.web.portal;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.Looks;
import cn.jincai.filing.Submission;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.forms.Form;
import cn.jincai.process.AccountLimit;
import cn.jincai.revision.Revisions;
import cn.jincai.web.portal.filling.SignedPromise;
import cn.jincai.web.problem.Refusal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An applicant's cases after they were sent: where each stands, what is asked, what was decided and paid, and what one can still say. */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class OwnCases {
    private static final Set<String> ACCOUNT = Set.of("accountHolder", "bankName", "bankAccount");
    private static final Duration MAY_BE_RATED = Duration.ofDays(30);

    private final CaseFile cases;
    private final Looks looks;
    private final CaseForms forms;
    private final Filing filing;
    private final Submission submission;
    private final HearingsAndRatings hearings;
    private final Revisions revisions;
    private final WholeCase whole;
    private final AccountLimit accountLimit;
    private final SchemeNames names;
    private final WhereItStands standing;
    private final SavedAsTyped saved;
    private final CityClock clock;

    OwnCases(
            CaseFile cases,
            Looks looks,
            CaseForms forms,
            Filing filing,
            Submission submission,
            HearingsAndRatings hearings,
            Revisions revisions,
            WholeCase whole,
            AccountLimit accountLimit,
            SchemeNames names,
            WhereItStands standing,
            SavedAsTyped saved,
            CityClock clock) {
        this.cases = cases;
        this.looks = looks;
        this.forms = forms;
        this.filing = filing;
        this.submission = submission;
        this.hearings = hearings;
        this.revisions = revisions;
        this.whole = whole;
        this.accountLimit = accountLimit;
        this.names = names;
        this.standing = standing;
        this.saved = saved;
        this.clock = clock;
    }

    @GetMapping("/cases")
    String list(Actor who, @RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("cases", cases.list(who, null, null, null, page, 20));
        model.addAttribute("schemes", names.schemes());
        return "cases/list";
    }

    @GetMapping("/cases/{number}")
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        if (file.step().is(Kind.DRAFT)) return "redirect:/cases/" + number + "/apply";
        return page(model, file, List.of());
    }

    /** Who has looked at the file (个人信息保护法 44). */
    @GetMapping("/cases/{number}/looks")
    String looks(Actor who, @PathVariable CaseNumber number, @RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("looks", looks.of(who, number, page, 20)).addAttribute("number", number);
        return "cases/looks";
    }

    private String page(Model model, CaseView file, List<Mistake> mistakes) {
        var kept = cases.get(file.number());
        whole.show(model, file);
        standing.show(model, file, kept);
        model.addAttribute("pending", pending(file))
                .addAttribute("openWord", file.unchecked() ? "verdict.unchecked" : null)
                .addAttribute("heardOn", revisions.heard(file.number()).orElse(null))
                .addAttribute("heard", hearings.heard(file.number()))
                .addAttribute("withdrawable", kept.mayBeWithdrawn())
                .addAttribute(
                        "rateable",
                        kept.isClosed()
                                && file.rating() == null
                                && kept.closedAt() != null
                                && clock.instant().isBefore(kept.closedAt().plus(MAY_BE_RATED)))
                .addAttribute("mistakes", mistakes);
        return "cases/case";
    }

    /** Facts that the sources will give; until they were asked nobody has to supplement anything for them. */
    private Set<String> pending(CaseView file) {
        if (!file.unchecked()) return Set.of();
        return forms.pack(file).catalogue().facts().stream()
                .filter(f -> !f.source().equals(CaseFacts.APPLICANT))
                .map(Scheme.Fact::name)
                .collect(Collectors.toSet());
    }

    @GetMapping("/cases/{number}/supplement")
    String supplement(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        if (!file.step().is(Kind.ASKS_APPLICANT)) return "redirect:/cases/" + number;
        return supplement(model, file, forms.answers(file), List.of(), "", List.of());
    }

    /** A reason, and the items in a row that it is about. */
    record Told(Text reason, List<String> items) {}

    /** In the order of the notice, without the same words again and again. */
    private static List<Told> told(CaseView file) {
        List<Told> told = new ArrayList<>();
        for (Case.Asked asked : file.asked()) {
            if (told.isEmpty() || !told.get(told.size() - 1).reason.equals(asked.reason()))
                told.add(new Told(asked.reason(), new ArrayList<>()));
            told.get(told.size() - 1).items.add(asked.item());
        }
        return told;
    }

    private String supplement(
            Model model,
            CaseView file,
            Map<String, Object> answers,
            List<String> promises,
            String promiseName,
            List<Mistake> mistakes) {
        forms.show(model, file)
                .addAttribute("page", forms.page(forms.form(file), asked(file).parts(), answers, mistakes, file))
                .addAttribute("shown", forms.shown(file, asked(file).fields()))
                .addAttribute(
                        "papers",
                        forms.papers(file).stream()
                                .filter(p -> p.asked() != null)
                                .toList())
                .addAttribute("promises", promises)
                .addAttribute(SignedPromise.NAME, promiseName)
                .addAttribute("told", told(file))
                .addAttribute("mistakes", mistakes);
        return "cases/supplement";
    }

    private Form asked(CaseView file) {
        Set<String> items =
                file.asked().stream().map(a -> a.item()).collect(Collectors.toCollection(LinkedHashSet::new));
        items.addAll(forms.goesWith(file));
        return forms.form(file).only(f -> items.contains(f.key()));
    }

    @PostMapping("/cases/{number}/supplement/draft")
    Object saveDraft(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam MultiValueMap<String, String> texts,
            Model model,
            HttpServletResponse response)
            throws JsonProcessingException {
        CaseView file = forms.own(who, number);
        if (!file.step().is(Kind.ASKS_APPLICANT))
            return ResponseEntity.noContent()
                    .header("HX-Redirect", "/cases/" + number)
                    .build();
        return saved.save(who, file, asked(file).parts(), false, texts, model, response);
    }

    @PostMapping("/cases/{number}/supplement")
    String handIn(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") List<String> promises,
            @RequestParam(defaultValue = "") String promiseName,
            @RequestParam MultiValueMap<String, String> texts,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseView file = forms.own(who, number);
        if (!file.step().is(Kind.ASKS_APPLICANT)) return "redirect:/cases/" + number;
        List<Form.Field> fields = asked(file).fields();
        CaseForms.Typed typed = forms.typed(file, fields, texts);
        List<Mistake> wrong = forms.missingOrWrong(forms.form(file), fields, typed);
        ObjectNode patch = forms.patch(file, fields, typed.answers(), wrong);
        if (wrong.isEmpty()) wrong = SignedPromise.mistakes(typed.answers(), promises, promiseName);
        boolean right = wrong.isEmpty();
        Optional<List<Mistake>> refused = refused(model, () -> {
            if (!patch.isEmpty()) filing.answer(who, number, patch, file.version());
            if (right) submission.submit(who, number, promises);
        });
        if (right && refused.isEmpty()) {
            flash.addFlashAttribute("told", "told.supplemented");
            return "redirect:/cases/" + number;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        return supplement(model, forms.own(who, number), typed.answers(), promises, promiseName, refused.orElse(wrong));
    }

    /** What the rooms refuse, for beside the fields; empty where they refuse nothing. A case that was changed elsewhere is told as such, and nothing typed is lost. */
    private static Optional<List<Mistake>> refused(Model model, Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.STALE) model.addAttribute("stale", true);
            else if (problem.mistakes().isEmpty()) throw problem;
            return Optional.of(problem.mistakes());
        }
    }

    @GetMapping("/cases/{number}/account")
    String account(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        if (!file.accountAsked()) return "redirect:/cases/" + number;
        return account(model, file, forms.answers(file), List.of());
    }

    private String account(Model model, CaseView file, Map<String, Object> answers, List<Mistake> mistakes) {
        Form form = accountForm(file);
        forms.show(model, file)
                .addAttribute("ends", accountLimit.end(file.number()).orElse(null))
                .addAttribute("page", forms.page(forms.form(file), form.parts(), answers, mistakes, file))
                .addAttribute("shown", forms.shown(file, form.fields()))
                .addAttribute("mistakes", mistakes);
        return "cases/account";
    }

    private Form accountForm(CaseView file) {
        return forms.form(file).only(f -> ACCOUNT.contains(f.key()));
    }

    @PostMapping("/cases/{number}/account")
    String giveAccount(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam MultiValueMap<String, String> texts,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseView file = forms.own(who, number);
        if (!file.accountAsked()) return "redirect:/cases/" + number;
        List<Form.Field> fields = accountForm(file).fields();
        CaseForms.Typed typed = forms.typed(file, fields, texts);
        List<Mistake> wrong = forms.missingOrWrong(forms.form(file), fields, typed);
        ObjectNode patch = forms.patch(file, fields, typed.answers(), wrong);
        // the account number always goes along: what was corrected may be the holder or the bank alone
        if (!patch.has("bankAccount"))
            patch.put("bankAccount", String.valueOf(typed.answers().get("bankAccount")));
        Optional<List<Mistake>> refused = wrong.isEmpty()
                ? refused(model, () -> filing.answer(who, number, patch, file.version()))
                : Optional.of(wrong);
        if (refused.isEmpty()) {
            flash.addFlashAttribute("told", "told.account");
            return "redirect:/cases/" + number;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        return account(model, forms.own(who, number), typed.answers(), refused.get());
    }

    @GetMapping("/cases/{number}/withdrawal")
    String withdrawing(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        return cases.get(number).mayBeWithdrawn()
                ? withdrawal(model, file, "", List.of())
                : "redirect:/cases/" + number;
    }

    private String withdrawal(Model model, CaseView file, String reason, List<Mistake> mistakes) {
        forms.show(model, file).addAttribute("reason", reason).addAttribute("mistakes", mistakes);
        return "cases/withdrawal";
    }

    @PostMapping("/cases/{number}/withdrawal")
    String withdraw(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        return say(
                number,
                "told.withdrawn",
                response,
                flash,
                () -> filing.withdraw(who, number, reason),
                mistakes -> withdrawal(model, forms.own(who, number), reason, mistakes));
    }

    /** Where the other language is chosen, or the address typed, after a rating was refused. */
    @GetMapping("/cases/{number}/rating")
    String showAgain(@PathVariable CaseNumber number) {
        return "redirect:/cases/" + number;
    }

    @PostMapping("/cases/{number}/rating")
    String rate(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "0") int stars,
            @RequestParam(defaultValue = "") String text,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        model.addAttribute("typed", Map.of("stars", stars, "text", text));
        return say(
                number,
                "told.rated",
                response,
                flash,
                () -> hearings.rate(who, number, stars, text),
                mistakes -> page(model, forms.own(who, number), mistakes));
    }

    /** Sent twice, or too late: the case's page tells how it stands, instead of an error. */
    static String say(
            CaseNumber number,
            String done,
            HttpServletResponse response,
            RedirectAttributes flash,
            Runnable step,
            Function<List<Mistake>, String> again) {
        try {
            step.run();
            flash.addFlashAttribute("told", done);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT) return again.apply(Refusal.inForm(problem, response));
            flash.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/cases/" + number;
    }
}
