package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.messages.EmployerDenials;
import cn.jincai.filing.sight.EmployersPart;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step.Kind;
import cn.jincai.process.TaskLists;
import cn.jincai.process.TaskLists.Waiting;
import cn.jincai.process.Tasks;
import cn.jincai.web.portal.SchemeNames;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * All that waits for an employer's clerk to confirm, and several of it answered together. The list masks names, so that to read it is no look at anybody's application; whom he
 * has chosen he reads as he does on the page of one, and it is on record.
 */
@Controller
@PreAuthorize("hasAuthority('employer')")
class EmployerList {
    private static final int LISTED = 50, ANSWERED = 20;
    private static final String CONFIRM = "confirm", DENY = "deny";

    private final Tasks tasks;
    private final TaskLists lists;
    private final CaseFile cases;
    private final EmployersPart parts;
    private final EmployerDenials denials;
    private final EmployerDuties duties;
    private final SchemeNames names;

    EmployerList(
            Tasks tasks,
            TaskLists lists,
            CaseFile cases,
            EmployersPart parts,
            EmployerDenials denials,
            EmployerDuties duties,
            SchemeNames names) {
        this.tasks = tasks;
        this.lists = lists;
        this.cases = cases;
        this.parts = parts;
        this.denials = denials;
        this.duties = duties;
        this.names = names;
    }

    /** One that waits. */
    record Row(Waiting task, EmployersPart.Row part) {}

    /** One that was answered. @param answered whether the applicant has said something to a denial */
    record Done(
            CaseNumber number, String maskedName, @Nullable String word, boolean answered) {}

    @GetMapping("/employer")
    String list(
            Actor who,
            @RequestParam(defaultValue = "") String scheme,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        Page<Waiting> waiting =
                lists.list(who, null, EmployerChecks.STEP, scheme.isBlank() ? null : scheme, Math.max(0, page), LISTED);
        model.addAttribute("tasks", waiting)
                .addAttribute("rows", waiting.items().stream().map(this::row).toList())
                .addAttribute("schemes", names.schemes())
                .addAttribute("scheme", scheme)
                .addAttribute("duties", duties.of(who))
                .addAttribute("done", done(who));
        return "employer/list";
    }

    private Row row(Waiting task) {
        return new Row(task, parts.row(cases.get(number(task))));
    }

    private static CaseNumber number(Waiting task) {
        return Optional.ofNullable(task.number()).orElseThrow(Problem::notFound);
    }

    private List<Done> done(Actor who) {
        return cases.list(who, null, null, null, 0, ANSWERED).items().stream()
                .filter(c -> !c.step().is(Kind.ASKS_EMPLOYER) && !cases.isOwn(who, c.number()))
                .map(c -> {
                    var file = cases.get(c.number());
                    return new Done(
                            c.number(),
                            parts.row(file).maskedName(),
                            file.employerWord(),
                            denials.of(c.number())
                                    .filter(d -> d.answeredAt() != null)
                                    .isPresent());
                })
                .toList();
    }

    /** One of those that were chosen, as the clerk reads it. */
    record Chosen(
            CaseNumber number,
            String name,
            Text scheme,
            List<EmployersPart.Said> said,
            String outcome,
            String reason) {}

    /** Those that were ticked, each with its own answer; the one whose button was pressed is chosen for all, until the clerk chooses another. */
    @GetMapping("/employer/several")
    String choose(
            Actor who,
            @RequestParam(defaultValue = "") List<String> number,
            @RequestParam(defaultValue = "") String outcome,
            Model model) {
        if (number.isEmpty()) return "redirect:/employer";
        Map<String, String> chosen = new HashMap<>();
        number.forEach(each -> chosen.put("outcome-" + each, outcome));
        return several(who, number, chosen, List.of(), model);
    }

    private String several(
            Actor who, List<String> numbers, Map<String, String> typed, List<Mistake> mistakes, Model model) {
        Map<String, Text> schemes = names.schemes();
        List<Chosen> chosen = new ArrayList<>();
        for (String each : numbers.stream().distinct().limit(LISTED).toList()) {
            CaseNumber number = new CaseNumber(each);
            if (lists.of(who, number, EmployerChecks.STEP).isEmpty()) continue;
            CaseView file = cases.show(who, number);
            chosen.add(new Chosen(
                    number,
                    file.answers().path("name").asText(),
                    schemes.getOrDefault(file.scheme(), Text.same(file.scheme())),
                    parts.row(cases.get(number)).said(),
                    typed.getOrDefault("outcome-" + each, ""),
                    typed.getOrDefault("reason-" + each, "")));
        }
        model.addAttribute("chosen", chosen).addAttribute("mistakes", mistakes);
        return "employer/several";
    }

    /** Each is answered by itself: what is refused, or was answered meanwhile, stops none of the others. Nothing is answered while a denial has no reason. */
    @PostMapping("/employer/several")
    String answer(
            Actor who,
            @RequestParam(defaultValue = "") List<String> number,
            @RequestParam Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String each : number) {
            String outcome = typed.getOrDefault("outcome-" + each, "");
            if (!outcome.equals(CONFIRM) && !outcome.equals(DENY))
                mistakes.add(Mistake.of("outcome-" + each, "web.employer.OUTCOME", each));
            else if (outcome.equals(DENY)
                    && typed.getOrDefault("reason-" + each, "").isBlank())
                mistakes.add(Mistake.of("reason-" + each, "web.employer.REASON", each));
        }
        if (!mistakes.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return several(who, number, typed, mistakes, model);
        }
        Map<String, Text> refused = new LinkedHashMap<>();
        int answered = 0;
        for (String each : number.stream().distinct().limit(LISTED).toList()) {
            Text why = answered(
                    who, each, typed.getOrDefault("outcome-" + each, ""), typed.getOrDefault("reason-" + each, ""));
            if (why == null) answered++;
            else refused.put(each, why);
        }
        flash.addFlashAttribute("answered", answered).addFlashAttribute("notAnswered", refused);
        return "redirect:/employer";
    }

    private @Nullable Text answered(Actor who, String each, String outcome, String reason) {
        CaseNumber number = new CaseNumber(each);
        Waiting task = lists.of(who, number, EmployerChecks.STEP).orElse(null);
        if (task == null) return Text.of("web.employer.ALREADY");
        try {
            tasks.claim(who, task.id());
            tasks.complete(
                    who,
                    task.id(),
                    reason.isBlank()
                            ? Map.of("outcome", outcome)
                            : Map.of("outcome", outcome, "opinion", reason.strip()));
            return null;
        } catch (Problem problem) {
            if (task.assignee() == null && problem.kind() == Problem.Kind.INVALID) tasks.release(who, task.id(), null);
            return problem.text();
        }
    }
}
