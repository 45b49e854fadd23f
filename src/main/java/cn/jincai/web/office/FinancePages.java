package cn.jincai.web.office;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.payment.BankAnswers;
import cn.jincai.payment.Batches;
import cn.jincai.payment.Budget;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.payment.Runs;
import cn.jincai.policy.Packages;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import cn.jincai.web.api.PaymentApi;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Finance's pages 财务: what stands where, budget lines, batches and what the bank said, runs, the history of a payment. */
@Controller
@RequestMapping("/finance")
class FinancePages {
    private static final String READERS = "hasAnyAuthority('finance', 'finance-approver', 'auditor')";

    private final Payments payments;
    private final Budget budget;
    private final Batches batches;
    private final BankAnswers answers;
    private final Runs runs;
    private final Packages packages;
    private final SchemeNames names;
    private final CityClock clock;
    private final Gists gists;

    FinancePages(
            Payments payments,
            Budget budget,
            Batches batches,
            BankAnswers answers,
            Runs runs,
            Packages packages,
            SchemeNames names,
            CityClock clock,
            Gists gists) {
        this.clock = clock;
        this.gists = gists;
        this.payments = payments;
        this.budget = budget;
        this.batches = batches;
        this.answers = answers;
        this.runs = runs;
        this.packages = packages;
        this.names = names;
    }

    /** Schemes and benefits as people call them, by code. */
    @ModelAttribute("names")
    Map<String, Text> names() {
        Map<String, Text> all = names.schemes();
        all.putAll(names.benefits());
        return all;
    }

    @GetMapping
    @PreAuthorize(READERS)
    String overview(
            Actor who,
            @RequestParam(name = "case", defaultValue = "") String number,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        Map<PaymentStatus, Long> counts = new LinkedHashMap<>();
        Arrays.stream(PaymentStatus.values()).forEach(s -> counts.put(s, payments.count(s)));
        model.addAttribute("counts", counts)
                .addAttribute("altered", payments.altered())
                .addAttribute("parked", payments.standing(PaymentStatus.PARKED))
                .addAttribute("refused", payments.standing(PaymentStatus.REFUSED))
                .addAttribute("number", number)
                .addAttribute("page", found(who, number, page, model));
        return "finance/overview";
    }

    /** Of the case that is asked for, else everybody's; a number that is none finds nothing and says so. */
    private Page<PaymentView> found(Actor who, String number, int page, Model model) {
        if (number.isBlank()) return payments.list(who, null, page, 20);
        try {
            return payments.list(who, new CaseNumber(Spelling.ofCode(number)), page, 20);
        } catch (Problem none) {
            if (none.kind() != Problem.Kind.NOT_FOUND) throw none;
            model.addAttribute("mistakes", List.of(Mistake.of("case", "web.finance.NO_SUCH_CASE")));
            return new Page<>(List.of(), 0, 20, 0);
        }
    }

    @GetMapping("/payments/{id}")
    @PreAuthorize(READERS)
    String payment(@PathVariable long id, Model model) {
        model.addAttribute("payment", payments.find(id));
        model.addAttribute("steps", payments.history(id));
        return "finance/payment";
    }

    @GetMapping("/budget")
    @PreAuthorize(READERS)
    String budget(Model model) {
        model.addAttribute("lines", budget.lines());
        model.addAttribute("funds", funds());
        return "finance/budget";
    }

    /** Those of the register that hold today. */
    private List<String> funds() {
        return packages.registersIfWhole().inForce(clock.today(), Registers.FUNDS).stream()
                .map(Entry::code)
                .sorted()
                .toList();
    }

    /** The sum is written in yuan, with at most two decimals. */
    @PostMapping("/budget")
    @PreAuthorize("hasAuthority('finance')")
    String enter(
            Actor who,
            @RequestParam String fund,
            @RequestParam String year,
            @RequestParam String sum,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            if (!funds().contains(fund)) throw Problem.invalid("fund", "web.finance.NOT_A_FUND");
            if (!year.strip().matches("\\d{4}")) throw Problem.invalid("year", "web.finance.NOT_A_YEAR");
            budget.enter(who, fund, Integer.parseInt(year.strip()), fen(sum));
        } catch (Problem p) {
            model.addAttribute("mistakes", Refusal.inForm(p, response))
                    .addAttribute("fund", fund)
                    .addAttribute("year", year)
                    .addAttribute("sum", sum);
            return budget(model);
        }
        after.addFlashAttribute("done", "finance.budget.done");
        return "redirect:/finance/budget";
    }

    private static long fen(String yuan) {
        String digits = yuan.strip().replace(",", "").replace("，", "");
        if (!digits.matches("\\d{1,13}(\\.\\d{1,2})?")) throw Problem.invalid("sum", "web.finance.NOT_A_SUM");
        return new BigDecimal(digits).movePointRight(2).longValueExact();
    }

    @GetMapping("/batches")
    @PreAuthorize(READERS)
    String batches(@RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("page", batches.list(page, 20));
        return "finance/batches";
    }

    @GetMapping("/batches/{id}")
    @PreAuthorize(READERS)
    String batch(@PathVariable long id, Model model) {
        model.addAttribute("batch", batches.find(id))
                .addAttribute("payments", payments.ofBatch(id))
                .addAttribute("altered", batches.altered(id))
                .addAttribute("files", answers.of(id));
        return "finance/batch";
    }

    @GetMapping("/batches/{id}/file")
    @PreAuthorize("hasAuthority('finance')")
    ResponseEntity<byte[]> file(Actor who, @PathVariable long id) {
        return PaymentApi.csv(batches.file(who, id), id);
    }

    @PostMapping("/batches/{id}/answers")
    @PreAuthorize("hasAuthority('finance')")
    String load(
            Actor who,
            @PathVariable long id,
            @RequestParam MultipartFile file,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after)
            throws IOException {
        try {
            answers.load(who, id, file.getBytes());
        } catch (Problem p) {
            model.addAttribute("mistakes", Refusal.inForm(p, response));
            return batch(id, model);
        }
        after.addFlashAttribute("done", "finance.answers.done");
        return "redirect:/finance/batches/" + id;
    }

    @GetMapping("/runs")
    @PreAuthorize(READERS)
    String runs(Model model) {
        model.addAttribute("runs", runs.list());
        return "finance/runs";
    }

    @GetMapping("/runs/{number}")
    @PreAuthorize(READERS)
    String run(
            Actor who,
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String task,
            Model model) {
        var run = runs.find(number);
        model.addAttribute("run", run);
        if (task != null)
            model.addAttribute("framed", true)
                    .addAttribute("gist", gists.ofRun(who, run, names().get(run.scheme()), task));
        model.addAttribute("payees", payments.payeesOf(number));
        return "finance/run";
    }
}
