package cn.jincai.web.office;

import cn.jincai.applicant.Likeness;
import cn.jincai.applicant.Likenesses;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.Identity;
import cn.jincai.filing.Inbox;
import cn.jincai.filing.Looks;
import cn.jincai.filing.Purpose;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.payment.Payments;
import cn.jincai.policy.FieldClass;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.Tasks;
import cn.jincai.review.Objections;
import cn.jincai.review.ReviewTasks;
import cn.jincai.review.Reviews;
import cn.jincai.review.ServiceMethod;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.portal.WholeCase;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.RefusedAttempts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The case file 案卷 for officers, as a page of its own and inside a task of Tasklist, and the search for it. Each access is recorded by {@code filing}. */
@Controller
public class OfficerPages {
    public static final String OFFICERS =
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'auditor')";
    private final CaseFile cases;
    private final Looks looks;
    private final Ties ties;
    private final Identity identity;
    private final Inbox inbox;
    private final WholeCase whole;
    private final ReviewTasks reviewTasks;
    private final Reviews reviews;
    private final Objections objections;
    private final HearingsAndRatings hearings;
    private final Payments payments;
    private final Packages packages;
    private final SchemeNames names;
    private final Persons persons;
    private final Likenesses likenesses;
    private final Tasks tasks;
    private final RefusedAttempts attempts;

    OfficerPages(
            CaseFile cases,
            Looks looks,
            Ties ties,
            Identity identity,
            Inbox inbox,
            WholeCase whole,
            ReviewTasks reviewTasks,
            Reviews reviews,
            Objections objections,
            HearingsAndRatings hearings,
            Payments payments,
            Packages packages,
            SchemeNames names,
            Persons persons,
            Likenesses likenesses,
            Tasks tasks,
            RefusedAttempts attempts) {
        this.cases = cases;
        this.looks = looks;
        this.ties = ties;
        this.identity = identity;
        this.inbox = inbox;
        this.whole = whole;
        this.reviewTasks = reviewTasks;
        this.reviews = reviews;
        this.objections = objections;
        this.hearings = hearings;
        this.payments = payments;
        this.packages = packages;
        this.names = names;
        this.persons = persons;
        this.likenesses = likenesses;
        this.tasks = tasks;
        this.attempts = attempts;
    }

    /** By number or exact name; the words travel in the body, since a name must not stand in an address. Without words, the cases in one's charge. */
    @GetMapping("/officers/cases")
    @PreAuthorize(OFFICERS)
    String list(
            Actor who,
            @RequestParam(required = false) String stage,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        model.addAttribute("cases", cases.list(who, stage, null, null, page, 20));
        return results(model);
    }

    @PostMapping("/officers/cases")
    @PreAuthorize(OFFICERS)
    String search(Actor who, @RequestParam(defaultValue = "") String q, Model model) {
        if (q.isBlank()) return "redirect:/officers/cases";
        String name = q.strip(), number = Spelling.ofCode(q);
        model.addAttribute(
                "found",
                number.matches("JC\\d{10}")
                        ? cases.search(who, number, List.of())
                        : cases.search(
                                who,
                                name,
                                persons.named(name).stream().map(Person::key).toList()));
        model.addAttribute("q", name);
        return results(model);
    }

    private String results(Model model) {
        model.addAttribute("schemes", names.schemes());
        return "officers/cases";
    }

    @GetMapping("/officers/cases/{number}")
    @PreAuthorize(OFFICERS)
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        return file(who, number, model, List.of());
    }

    /** What Tasklist shows beside the task's form. A run's task has a page of its own in finance. */
    @GetMapping("/cases/by-task/{taskId}/file")
    @PreAuthorize("isAuthenticated()")
    String byTask(Actor who, @PathVariable String taskId, Model model) {
        TaskRef task = tasks.show(who, taskId);
        if (task.number() == null && task.subject() == null) return "redirect:/finance/runs/" + task.run();
        model.addAttribute("framed", true);
        if (task.number() == null) return ofRun(who, Long.parseLong(task.subject()), model);
        model.addAttribute("task", taskId);
        own(who, task, model);
        return file(who, task.number(), model, List.of());
    }

    /** One payment of a run, whose people need not have a part in the case. */
    private String ofRun(Actor who, long id, Model model) {
        var sheet = payments.look(who, id);
        CaseNumber number = sheet.payment().number();
        model.addAttribute("sheet", sheet);
        model.addAttribute("scheme", scheme(number));
        model.addAttribute(
                "heard",
                hearings.heard(who, number).stream()
                        .filter(HearingsAndRatings.Heard::ofPayment)
                        .toList());
        return "officers/payment";
    }

    /** What the task is about, where the case has several: its objection, its payment. */
    private void own(Actor who, TaskRef task, Model model) {
        if (task.subject() == null) return;
        long subject = Long.parseLong(task.subject());
        if (task.step().is(Kind.OBJECTION))
            model.addAttribute(
                    "ownObjection",
                    objections.of(who, task.ofCase()).stream()
                            .filter(o -> o.id() == subject)
                            .findFirst()
                            .orElse(null));
        else model.addAttribute("sheet", payments.sheet(subject));
    }

    private String file(Actor who, CaseNumber number, Model model, List<Mistake> mistakes) {
        if (!cases.admitsAsOfficer(who, number))
            throw Problem.notFound(); // the applicant and the employer have pages of their own
        CaseView file = cases.show(who, number, opened(number, model));
        whole.show(model, file);
        model.addAttribute("opinions", reviews.opinions(who, number))
                .addAttribute("standing", reviews.standing(number))
                .addAttribute("objections", objections.of(who, number))
                .addAttribute("heard", hearings.heard(who, number))
                .addAttribute("said", payments.said(who, number))
                .addAttribute("mailRefused", inbox.isMailRefused(number))
                .addAttribute("mended", identity.waiting(number, compares(who, file)))
                .addAttribute("purposes", Purpose.values())
                .addAttribute("openedTimes", looks.opened(number))
                .addAttribute("alike", alike(who, number));
        if (model.getAttribute("typed") instanceof Map<?, ?> typed && typed.get("name") instanceof String name)
            model.addAttribute("fact", scheme(number).fact(name).orElse(null));
        model.addAttribute(
                "recordable",
                cases.get(number).stage().is(Kind.CHECKS_DATA, Kind.REVIEWS) && reviewTasks.mayRecord(who, number));
        model.addAttribute("means", ServiceMethod.values());
        model.addAttribute("mistakes", mistakes);
        return "officers/file";
    }

    /** What was opened by the click before this page, for this page alone. */
    private static Set<FieldClass> opened(CaseNumber number, Model model) {
        return model.getAttribute("opened") instanceof Map<?, ?> opened
                        && opened.get(number.value()) instanceof FieldClass fields
                ? Set.of(fields)
                : Set.of();
    }

    /** To accept or to approve says that the numbers were compared. */
    private static boolean compares(Actor who, CaseView file) {
        return file.step().is(Kind.ACCEPTS, Kind.REVIEWS) && who.is(file.step().doneBy());
    }

    /** For those who judge, sign or audit; experts see merits, and finance is told by the payment. */
    private List<Likeness> alike(Actor who, CaseNumber number) {
        String person = cases.get(number).personKey();
        return person != null
                        && who.isAny(
                                Role.INTAKE,
                                Role.REVIEWER,
                                Role.SENIOR_REVIEWER,
                                Role.LEADER,
                                Role.SUPERVISOR,
                                Role.AUDITOR)
                ? likenesses.of(person)
                : List.of();
    }

    /** What the value of this fact is chosen from, or how it is written. */
    @GetMapping("/officers/cases/{number}/facts/value")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader')")
    String value(
            Actor who, @PathVariable CaseNumber number, @RequestParam(defaultValue = "") String name, Model model) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        model.addAttribute("fact", scheme(number).fact(name).orElse(null));
        return "officers/fact-value";
    }

    @GetMapping({
        "/officers/cases/{number}/facts",
        "/officers/cases/{number}/service",
        "/officers/cases/{number}/openings",
        "/officers/cases/{number}/recusal"
    })
    @PreAuthorize(OFFICERS)
    String showAgain(@PathVariable CaseNumber number) {
        return "redirect:/officers/cases/" + number;
    }

    /** A recorded fact (rulebook 7.4): typed as people write it, kept as the fact's type. */
    @PostMapping("/officers/cases/{number}/facts")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader')")
    String record(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> value,
            @RequestParam(required = false) Long evidence,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(required = false) String task,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        model.addAttribute("typed", Map.of("name", name, "value", String.join(",", value), "note", note));
        return done(who, number, task, "fact.recorded", model, request, response, flash, () -> {
            JsonNode typed = scheme(number)
                    .fact(name)
                    .map(f -> typed(f, String.join(",", value).strip()))
                    .orElse(null);
            reviewTasks.record(who, number, name, typed, evidence, note);
        });
    }

    /** Shows once what is masked for the reader; with which purpose is recorded. */
    @PostMapping("/officers/cases/{number}/openings")
    @PreAuthorize(OFFICERS)
    String open(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String fields,
            @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String words,
            @RequestParam(required = false) String task,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        model.addAttribute("typed", Map.of("fields", fields, "purpose", purpose, "words", words));
        String page = done(who, number, task, "open.done", model, request, response, flash, () -> {
            looks.open(who, number, fields, purpose, words);
            FieldClass.find(fields).ifPresent(c -> flash.addFlashAttribute("opened", Map.of(number.value(), c)));
        });
        return page.startsWith("redirect:") ? page + "#answers" : page;
    }

    /** 回避: from now on the case does not exist for this officer; what he holds of it goes back to its group. Experts do it at their vote. */
    @PostMapping("/officers/cases/{number}/recusal")
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'supervisor', 'finance', 'finance-approver', 'auditor')")
    String recuse(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) String task,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        model.addAttribute("typed", Map.of("reason", reason));
        String page = done(who, number, task, "recusal.done", model, request, response, flash, () -> {
            if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
            ties.recuse(who, who.roles().iterator().next(), number, reason);
            tasks.releaseAll(who, number);
        });
        return page.startsWith("redirect:") ? "redirect:/officers/cases" : page;
    }

    /** The service of a decision on paper (rulebook 7.9). */
    @PostMapping("/officers/cases/{number}/service")
    @PreAuthorize("hasAuthority('intake')")
    String serve(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String servedOn,
            @RequestParam(defaultValue = "") String how,
            @RequestParam(required = false) String task,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        model.addAttribute("typed", Map.of("servedOn", servedOn, "how", how));
        return done(
                who,
                number,
                task,
                "service.recorded",
                model,
                request,
                response,
                flash,
                () -> reviewTasks.served(who, number, TypedDay.of("servedOn", servedOn), how));
    }

    /** Back to the page from which it was sent; where it was refused, the page with the reason and what was typed. */
    private String done(
            Actor who,
            CaseNumber number,
            String task,
            String told,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash,
            Runnable step) {
        try {
            step.run();
            flash.addFlashAttribute("told", told);
            return "redirect:"
                    + (task == null || !task.matches("[A-Za-z0-9-]{1,64}")
                            ? "/officers/cases/" + number
                            : "/cases/by-task/" + task + "/file");
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            attempts.record(request, problem);
            response.setStatus(Refusal.of(problem).status().value());
            if (problem.mistakes().isEmpty()) model.addAttribute("refused", problem.text());
            if (task != null) {
                model.addAttribute("framed", true);
                model.addAttribute("task", task);
            }
            return file(who, number, model, problem.mistakes());
        }
    }

    private Scheme scheme(CaseNumber number) {
        return packages.byHash(cases.get(number).packageHash()).catalogue();
    }

    /** Whatever does not fit its type stays text, which the room refuses. */
    private static JsonNode typed(Scheme.Fact fact, String value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (fact.type()) {
            case BOOLEAN ->
                value.equals("true") || value.equals("false")
                        ? json.booleanNode(value.equals("true"))
                        : json.textNode(value);
            case INTEGER ->
                value.matches("-?\\d{1,16}") ? json.numberNode(Long.parseLong(value)) : json.textNode(value);
            case FEN ->
                value.replace(",", "").matches("\\d{1,14}(\\.\\d{1,2})?")
                        ? json.numberNode(new BigDecimal(value.replace(",", ""))
                                .movePointRight(2)
                                .longValueExact())
                        : json.textNode(value);
            case PERCENT ->
                value.matches("\\d{1,7}(\\.\\d{1,9})?%?")
                        ? json.numberNode(new BigDecimal(value.replace("%", "")))
                        : json.textNode(value);
            case LIST -> {
                var list = json.arrayNode();
                Arrays.stream(value.split("[,，、\\s]+"))
                        .filter(v -> !v.isEmpty())
                        .forEach(v -> {
                            if (fact.numbers() && v.matches("\\d{1,9}")) list.add(Long.parseLong(v));
                            else list.add(v);
                        });
                yield list;
            }
            default -> json.textNode(value);
        };
    }
}
