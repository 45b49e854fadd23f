package cn.jincai.web.inquiry;

import cn.jincai.audit.AuditEntry;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.inquiry.Kinds;
import cn.jincai.inquiry.RecordSearch;
import cn.jincai.inquiry.Selection;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 审计查询: the record searched by person, case, kind, whoever did it, and day; what is found taken along as a file. */
@Controller
@RequestMapping("/inquiry")
@PreAuthorize(RecordPages.INQUIRERS)
class RecordPages {
    static final String INQUIRERS = "hasAnyAuthority('auditor', 'supervisor')";

    private final RecordSearch search;
    private final Selection selection;
    private final Kinds kinds;
    private final CaseFile cases;

    RecordPages(RecordSearch search, Selection selection, Kinds kinds, CaseFile cases) {
        this.search = search;
        this.selection = selection;
        this.kinds = kinds;
        this.cases = cases;
    }

    /** Nothing is shown before somebody says what he looks for and what for. */
    @GetMapping
    String form(@RequestParam(defaultValue = "") String number, Model model) {
        return page(new QuestionForm(number, null, null, null, null, null, null, null, null, null), List.of(), model);
    }

    @PostMapping
    String search(Actor who, @ModelAttribute QuestionForm form, Model model, HttpServletResponse response) {
        model.addAttribute("carries", "inquiry");
        try {
            RecordSearch.Found found = search.find(who, form.question(), form.purpose(), form.shown());
            model.addAttribute("found", found)
                    .addAttribute(
                            "openable",
                            cases.open(who, numbers(found.entries())).stream()
                                    .map(CaseNumber::value)
                                    .toList());
        } catch (Problem problem) {
            return page(form, Refusal.inForm(problem, response), model);
        }
        return page(form, List.of(), model);
    }

    private static List<CaseNumber> numbers(List<AuditEntry> entries) {
        return entries.stream()
                .map(AuditEntry::caseNumber)
                .filter(Objects::nonNull)
                .distinct()
                .map(CaseNumber::new)
                .toList();
    }

    /** @param format {@code table} or {@code lines}; none where the form comes to be shown in the other language @return a file, or the page with what is wrong */
    @PostMapping("/selection")
    Object selection(
            Actor who,
            @ModelAttribute QuestionForm form,
            @RequestParam(defaultValue = "") String format,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("carries", "inquiry");
        if (format.isEmpty()) return page(form, List.of(), model);
        try {
            return answer(format.equals("table"), search.all(who, form.question(), form.purpose()));
        } catch (Problem problem) {
            return page(form, Refusal.inForm(problem, response), model);
        }
    }

    /** Whoever reloads a page that answered a form. */
    @GetMapping("/selection")
    String back() {
        return "redirect:/inquiry";
    }

    private ResponseEntity<byte[]> answer(boolean table, List<AuditEntry> entries) {
        return table
                ? FileAnswer.attachment("jincai-record.csv", "text/csv;charset=utf-8", selection.table(entries))
                : FileAnswer.attachment(
                        "jincai-record.jsonl", "application/x-ndjson;charset=utf-8", selection.lines(entries));
    }

    private String page(QuestionForm form, List<Mistake> mistakes, Model model) {
        model.addAttribute("typed", form.typed())
                .addAttribute("mistakes", mistakes)
                .addAttribute("groups", kinds.groups())
                .addAttribute("roles", Role.values())
                .addAttribute("purposes", Purpose.values());
        return "inquiry/record";
    }
}
