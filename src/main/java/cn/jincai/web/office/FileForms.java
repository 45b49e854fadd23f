package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Looks;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.payment.EndsTakenBack;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.process.Tasks;
import cn.jincai.review.ReviewTasks;
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
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The forms on a case file: a fact that is recorded, what is masked opened for once, the own tie declared, the service on paper. */
@Controller
class FileForms {
    private final CaseFile cases;
    private final Looks looks;
    private final Ties ties;
    private final ReviewTasks reviewTasks;
    private final Tasks tasks;
    private final RefusedAttempts attempts;
    private final EndsTakenBack ends;
    private final FilePage file;
    private final TaskFilePages inTask;

    FileForms(
            CaseFile cases,
            Looks looks,
            Ties ties,
            ReviewTasks reviewTasks,
            Tasks tasks,
            RefusedAttempts attempts,
            EndsTakenBack ends,
            FilePage file,
            TaskFilePages inTask) {
        this.cases = cases;
        this.looks = looks;
        this.ties = ties;
        this.reviewTasks = reviewTasks;
        this.tasks = tasks;
        this.attempts = attempts;
        this.ends = ends;
        this.file = file;
        this.inTask = inTask;
    }

    /** @param task in which the page stands, null where it is one of its own */
    record Sent(
            Actor who,
            CaseNumber number,
            @Nullable String task,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        private void typed(Map<String, String> fields) {
            model.addAttribute("typed", fields);
        }
    }

    @ModelAttribute
    Sent sent(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(required = false) @Nullable String task,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        return new Sent(who, number, task, model, request, response, flash);
    }

    /** What the value of this fact is chosen from, or how it is written. */
    @GetMapping("/officers/cases/{number}/facts/value")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader')")
    String value(
            Actor who, @PathVariable CaseNumber number, @RequestParam(defaultValue = "") String name, Model model) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        model.addAttribute("fact", file.scheme(number).fact(name).orElse(null));
        return "officers/fact-value";
    }

    @GetMapping({
        "/officers/cases/{number}/facts",
        "/officers/cases/{number}/service",
        "/officers/cases/{number}/openings",
        "/officers/cases/{number}/end",
        "/officers/cases/{number}/end/decision",
        "/officers/cases/{number}/recusal"
    })
    @PreAuthorize(OfficerPages.OFFICERS)
    String showAgain(@PathVariable CaseNumber number) {
        return "redirect:/officers/cases/" + number;
    }

    /** A recorded fact (rulebook 7.4): typed as people write it, kept as the fact's type. */
    @PostMapping("/officers/cases/{number}/facts")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader')")
    String record(
            @ModelAttribute(binding = false) Sent sent,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> value,
            @RequestParam(required = false) Long evidence,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String line) {
        sent.typed(Map.of("name", name, "value", String.join(",", value), "note", note, "line", line));
        return done(sent, "fact.recorded", () -> {
            JsonNode typed = file.scheme(sent.number)
                    .fact(name)
                    .map(f -> typed(f, String.join(",", value).strip()))
                    .orElse(null);
            reviewTasks.record(
                    sent.who,
                    sent.number,
                    line.isBlank() ? null : line.strip().matches("\\d{1,4}") ? Integer.valueOf(line.strip()) : -1,
                    name,
                    typed,
                    evidence,
                    note);
        });
    }

    /** Shows once what is masked for the reader; with which purpose is recorded. */
    @PostMapping("/officers/cases/{number}/openings")
    @PreAuthorize(OfficerPages.OFFICERS)
    String open(
            @ModelAttribute(binding = false) Sent sent,
            @RequestParam(defaultValue = "") String fields,
            @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String words) {
        sent.typed(Map.of("fields", fields, "purpose", purpose, "words", words));
        String page = done(sent, "open.done", () -> {
            looks.open(sent.who, sent.number, fields, purpose, words);
            FieldClass.find(fields)
                    .ifPresent(c -> sent.flash.addFlashAttribute("opened", Map.of(sent.number.value(), c)));
        });
        return page.startsWith("redirect:") ? page + "#answers" : page;
    }

    /** 回避: from now on the case does not exist for this officer; what he holds of it goes back to its group. Experts do it at their vote. */
    @PostMapping("/officers/cases/{number}/recusal")
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'supervisor', 'finance', 'finance-approver', 'auditor')")
    String recuse(@ModelAttribute(binding = false) Sent sent, @RequestParam(defaultValue = "") String reason) {
        sent.typed(Map.of("reason", reason));
        String page = done(sent, "recusal.done", () -> {
            if (!cases.admitsAsOfficer(sent.who, sent.number)) throw Problem.notFound();
            ties.recuse(sent.who, sent.who.roles().iterator().next(), sent.number, reason);
            tasks.releaseAll(sent.who, sent.number);
        });
        return page.startsWith("redirect:") ? "redirect:/officers/cases" : page;
    }

    /** The service of a decision on paper (rulebook 7.9). */
    @PostMapping("/officers/cases/{number}/service")
    @PreAuthorize("hasAuthority('intake')")
    String serve(
            @ModelAttribute(binding = false) Sent sent,
            @RequestParam(defaultValue = "") String servedOn,
            @RequestParam(defaultValue = "") String how) {
        sent.typed(Map.of("servedOn", servedOn, "how", how));
        return done(
                sent,
                "service.recorded",
                () -> reviewTasks.served(sent.who, sent.number, TypedDay.of("servedOn", servedOn), how));
    }

    /** Taking back an end of a grant: asked for by one officer, decided by the leader. */
    @PostMapping("/officers/cases/{number}/end")
    @PreAuthorize("hasAnyAuthority('reviewer', 'senior-reviewer')")
    String askBack(
            @ModelAttribute(binding = false) Sent sent,
            @RequestParam(defaultValue = "") String benefit,
            @RequestParam(defaultValue = "") String why) {
        sent.typed(Map.of("benefit", benefit, "why", why));
        return done(sent, "end.asked", () -> ends.propose(sent.who, sent.number, benefit, why));
    }

    @PostMapping("/officers/cases/{number}/end/decision")
    @PreAuthorize("hasAuthority('leader')")
    String takeBack(
            @ModelAttribute(binding = false) Sent sent,
            @RequestParam(defaultValue = "") String benefit,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String why) {
        sent.typed(Map.of("benefit", benefit, "why", why));
        return done(sent, "end.decided", () -> {
            if (outcome.equals("approve")) ends.approve(sent.who, sent.number, benefit);
            else ends.decline(sent.who, sent.number, benefit, why);
        });
    }

    /** Back to the page from which it was sent; where it was refused, the page with the reason and what was typed. */
    private String done(Sent sent, String told, Runnable step) {
        try {
            step.run();
            sent.flash.addFlashAttribute("told", told);
            return "redirect:"
                    + (sent.task == null || !sent.task.matches("[A-Za-z0-9-]{1,64}")
                            ? "/officers/cases/" + sent.number
                            : "/cases/by-task/" + sent.task + "/file");
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            attempts.record(sent.request, problem);
            sent.response.setStatus(Refusal.of(problem).status().value());
            if (problem.mistakes().isEmpty()) sent.model.addAttribute("refused", problem.text());
            if (sent.task != null) inTask.again(sent.who, sent.task, sent.model);
            return file.show(sent.who, sent.number, sent.model, problem.mistakes());
        }
    }

    /** {@code 2026-01=1200, 2026-02=1200}; what is written otherwise stays text. */
    private static JsonNode months(Scheme.Fact fact, String value) {
        var months = JsonNodeFactory.instance.objectNode();
        for (String part : value.split("[,，、;；\\n]+")) {
            String[] told = part.strip().split("\\s*[=:：]\\s*");
            if (told.length != 2 || months.has(told[0])) return JsonNodeFactory.instance.textNode(value);
            months.set(told[0], typed(fact.ofOneMonth(), told[1]));
        }
        return months;
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
            case SERIES -> months(fact, value);
            default -> json.textNode(value);
        };
    }
}
