package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.process.bulk.BulkApproval;
import cn.jincai.process.bulk.BulkApprovals;
import cn.jincai.process.bulk.BulkApprovals.Chosen;
import cn.jincai.process.bulk.LikeTasks;
import cn.jincai.process.bulk.LikeTasks.Candidate;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
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

/** Many like tasks approved together: what there is, which of them, what became of them, and the way back while they wait. */
@Controller
@RequestMapping("/officers/bulk")
@PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'finance', 'finance-approver')")
class BulkPages {
    private final LikeTasks like;
    private final BulkApprovals bulks;
    private final CaseFile cases;
    private final SchemeNames names;

    BulkPages(LikeTasks like, BulkApprovals bulks, CaseFile cases, SchemeNames names) {
        this.like = like;
        this.bulks = bulks;
        this.cases = cases;
        this.names = names;
    }

    @ModelAttribute
    void names(Model model) {
        model.addAttribute("schemes", names.schemes())
                .addAttribute("benefits", names.benefits())
                .addAttribute("minutes", bulks.waits().toMinutes())
                .addAttribute("most", LikeTasks.MOST);
    }

    @GetMapping
    String overview(Actor who, Model model) {
        List<BulkApproval> mine = bulks.of(who);
        model.addAttribute("alike", like.of(who)).addAttribute("mine", mine).addAttribute("steps", steps(mine));
        return "officers/bulk";
    }

    /** Tasklist asks whether to show the way here. */
    @GetMapping("/link")
    ResponseEntity<Void> link() {
        return ResponseEntity.noContent().build();
    }

    /** Their steps as people call them, by the number of the bulk approval. */
    private Map<Long, Text> steps(List<BulkApproval> mine) {
        return mine.stream()
                .collect(Collectors.toMap(BulkApproval::id, b -> bulks.step(b).name()));
    }

    @GetMapping("/choice")
    String choice(
            Actor who,
            @RequestParam String scheme,
            @RequestParam String step,
            @RequestParam(required = false) @Nullable Long batch,
            Model model) {
        return choice(who, BulkForm.first(scheme, step, batch), "", List.of(), model);
    }

    /** Another page of the same list, or the sum once more: what was unticked and typed stays. */
    @PostMapping("/choice")
    String choice(
            Actor who, @ModelAttribute BulkForm form, @RequestParam(defaultValue = "") String opinion, Model model) {
        return choice(who, form, opinion, List.of(), model);
    }

    private String choice(Actor who, BulkForm form, String opinion, List<Mistake> mistakes, Model model) {
        List<Candidate> all = like.candidates(who, form.scheme(), form.step(), form.batch());
        Map<String, Long> seen = form.seen();
        List<Candidate> plain = all.stream()
                .filter(c -> c.plain().leftOut() == null
                        && (seen.isEmpty() || seen.containsKey(c.task().id())))
                .toList();
        List<Candidate> leftOut =
                all.stream().filter(c -> c.plain().leftOut() != null).toList();
        Set<String> unticked = form.unticked();
        Page<Candidate> page = BulkForm.page(plain, form.at());
        Set<String> here = page.items().stream().map(c -> c.task().id()).collect(Collectors.toSet());
        List<Candidate> chosen =
                plain.stream().filter(c -> !unticked.contains(c.task().id())).toList();
        model.addAttribute("form", form)
                .addAttribute("opinion", opinion)
                .addAttribute("step", all.isEmpty() ? null : all.get(0).task().step())
                .addAttribute("found", page)
                .addAttribute("leftOut", leftOut)
                .addAttribute("unticked", unticked)
                .addAttribute("shown", BulkForm.shown(plain))
                .addAttribute("here", String.join(",", here))
                .addAttribute(
                        "out",
                        unticked.stream().filter(task -> !here.contains(task)).collect(Collectors.joining(",")))
                .addAttribute("count", chosen.size())
                .addAttribute(
                        "sum",
                        chosen.stream().mapToLong(c -> c.plain().amountFen()).sum())
                .addAttribute("mistakes", mistakes)
                .addAttribute(
                        "open",
                        open(
                                who,
                                Stream.concat(page.items().stream(), leftOut.stream())
                                        .map(c -> c.task().number())));
        return "officers/bulk-choice";
    }

    private Set<CaseNumber> open(Actor who, Stream<@Nullable CaseNumber> numbers) {
        return cases.open(who, numbers.filter(Objects::nonNull).distinct().toList());
    }

    @PostMapping
    String choose(
            Actor who,
            @ModelAttribute BulkForm form,
            @RequestParam(defaultValue = "") String opinion,
            Model model,
            HttpServletResponse response) {
        try {
            return "redirect:/officers/bulk/"
                    + bulks.choose(
                            who,
                            new Chosen(
                                    Objects.toString(form.key(), ""),
                                    form.scheme(),
                                    form.step(),
                                    form.chosen(),
                                    opinion));
        } catch (Problem problem) {
            return choice(who, form, opinion, Refusal.inForm(problem, response), model);
        }
    }

    @GetMapping("/{id}")
    String one(Actor who, @PathVariable long id, @RequestParam(defaultValue = "0") int page, Model model) {
        BulkApproval bulk = bulks.find(who, id);
        Page<BulkApproval.Item> found = BulkForm.page(bulk.items(), Math.max(0, page));
        model.addAttribute("bulk", bulk)
                .addAttribute("opinion", bulks.opinion(bulk))
                .addAttribute(
                        "step", bulk.items().isEmpty() ? null : bulks.step(bulk).name())
                .addAttribute("found", found)
                .addAttribute("open", open(who, found.items().stream().map(BulkApproval.Item::number)));
        return "officers/bulk-approval";
    }

    /** @param item one of it; without, all that waits */
    @PostMapping("/{id}/taken-back")
    String takeBack(
            Actor who,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long item,
            RedirectAttributes after) {
        try {
            bulks.takeBack(who, id, item);
            after.addFlashAttribute("told", "bulk.taken-back");
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT) throw problem;
            after.addFlashAttribute("refused", problem.text());
        }
        return "redirect:/officers/bulk/" + id;
    }
}
