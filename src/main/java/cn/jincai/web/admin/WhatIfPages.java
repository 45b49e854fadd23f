package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.BenefitChange;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Scheme;
import cn.jincai.simulation.WhatIf;
import cn.jincai.simulation.WhatIfResult;
import cn.jincai.simulation.WhatIfs;
import cn.jincai.web.api.WhatIfOutcome;
import cn.jincai.web.office.TypedDay;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What if another package held: asked in a form, followed as it runs, read as tables and bars. */
@Controller
class WhatIfPages {

    private final WhatIfs whatIfs;
    private final WhatIfOutcome outcome;
    private final Publication publication;
    private final Packages packages;

    WhatIfPages(WhatIfs whatIfs, WhatIfOutcome outcome, Publication publication, Packages packages) {
        this.whatIfs = whatIfs;
        this.outcome = outcome;
        this.publication = publication;
        this.packages = packages;
    }

    /** A version that can be tried. @param proposal its open proposal, or null */
    record Choice(Publication.Version version, @Nullable Proposal proposal) {}

    record Choices(Text scheme, List<Choice> all) {}

    /** A bar of the chart. @param value null where hidden; {@code share} of the longest, 0 to 1000 */
    record Bar(Text label, @Nullable Long value, long share, String kind) {}

    /** Two bars of a fund's year. */
    record Pair(String fund, int year, Bar before, Bar after) {}

    @GetMapping("/admin/what-if")
    @PreAuthorize(WhatIfOutcome.READERS)
    String list(Actor who, Model model, @RequestParam(defaultValue = "") String hash) {
        return page(who, model, Mistakes.NONE, Map.of("hash", hash));
    }

    private String page(Actor who, Model model, Mistakes mistakes, Map<String, String> filled) {
        List<WhatIf> runs = whatIfs.latest(who);
        Map<String, Text> names = new HashMap<>();
        runs.forEach(run -> names.computeIfAbsent(run.scheme(), s -> name(run.after())));
        model.addAttribute("runs", runs)
                .addAttribute("names", names)
                .addAttribute(
                        "choices",
                        publication.schemes().stream().map(this::choices).toList())
                .addAttribute("mistakes", mistakes)
                .addAttribute("filled", filled)
                .addAttribute("most", WhatIfs.MOST_PEOPLE);
        return "admin/what-if";
    }

    private Text name(String hash) {
        return packages.byHash(hash).catalogue().name();
    }

    private Choices choices(String scheme) {
        List<Publication.Version> versions = publication.versions(scheme);
        List<Proposal> open =
                publication.proposals(scheme).stream().filter(Proposal::isOpen).toList();
        return new Choices(
                name(versions.get(0).hash()),
                versions.stream()
                        .map(v -> new Choice(
                                v,
                                open.stream()
                                        .filter(p -> p.hash().equals(v.hash()))
                                        .findFirst()
                                        .orElse(null)))
                        .toList());
    }

    @PostMapping("/admin/what-if")
    @PreAuthorize(WhatIfOutcome.ASKERS)
    String ask(
            Actor who,
            @RequestParam(defaultValue = "") String hash,
            @RequestParam(required = false) MultipartFile file,
            @RequestParam(defaultValue = "synthetic") String population,
            @RequestParam(defaultValue = "") String people,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Model model,
            HttpServletResponse response)
            throws IOException {
        try {
            LocalDate first = TypedDay.of("from", from), last = TypedDay.of("to", to);
            Long many = people.isBlank() ? null : number(people);
            String tried = file == null || file.isEmpty() ? hash : uploaded(file, who);
            WhatIf.Over over = Arrays.stream(WhatIf.Over.values())
                    .filter(o -> o.code().equals(population))
                    .findFirst()
                    .orElseThrow(Problem::notFound);
            return "redirect:/admin/what-if/"
                    + whatIfs.ask(new WhatIfs.Asked(null, tried, null, null, over, many, null, first, last), who)
                            .id();
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.FORBIDDEN || problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            response.setStatus(problem.kind() == Problem.Kind.TOO_MANY ? 429 : 422);
            return page(
                    who,
                    model,
                    Mistakes.of(problem),
                    Map.of("hash", hash, "population", population, "people", people, "from", from, "to", to));
        }
    }

    private String uploaded(MultipartFile file, Actor who) throws IOException {
        Publication.Upload upload = publication.tryOut(file.getBytes(), who);
        if (!upload.isKept())
            throw Problem.invalid(upload.mistakes().stream()
                    .map(m -> new Problem.Mistake("file", m.code(), Text.of("web.at", m.field(), m.message())))
                    .toList());
        return upload.hash();
    }

    private static long number(String text) {
        String plain = text.replaceAll("[ ,，]", "");
        if (plain.matches("\\d{1,9}")) return Long.parseLong(plain);
        throw Problem.invalid("people", "web.whatIf.people.NUMBER");
    }

    @GetMapping("/admin/what-if/{id}")
    @PreAuthorize(WhatIfOutcome.READERS)
    String show(Actor who, @PathVariable String id, Model model) {
        WhatIfs.View view = whatIfs.view(id, who);
        model.addAttribute("result", view.result())
                .addAttribute("changes", BenefitChange.values())
                .addAttribute(
                        "mayCancel",
                        !view.run().hasEnded()
                                && (view.run().askedBy().equals(who.account())
                                        || who.isAny(Role.POLICY_ADMIN, Role.LEADER)));
        show(model, view);
        if (view.result() == null) return "admin/what-if-run";
        List<WhatIfOutcome.FundYear> funds = outcome.funds(view.result());
        model.addAttribute("people", people(view.result()))
                .addAttribute("money", money(funds))
                .addAttribute("funds", funds)
                .addAttribute("cases", whatIfs.cases(view));
        return "admin/what-if-run";
    }

    /** Why both packages say what they say of a typical case, made now: the run keeps figures only. */
    @GetMapping("/admin/what-if/{id}/cases/{n}")
    @PreAuthorize(WhatIfOutcome.READERS)
    String explained(Actor who, @PathVariable String id, @PathVariable int n, Model model) {
        WhatIfs.View view = whatIfs.view(id, who);
        show(model, view);
        model.addAttribute("why", whatIfs.explain(view, n)).addAttribute("official", true);
        return "admin/what-if-case";
    }

    private void show(Model model, WhatIfs.View view) {
        Scheme now = packages.byHash(view.run().after()).catalogue(),
                old = packages.byHash(view.run().before()).catalogue();
        Map<String, Text> benefits = new HashMap<>(), facts = new HashMap<>();
        Stream.of(old, now).forEach(s -> {
            s.benefits().forEach(b -> benefits.put(b.code(), b.name()));
            s.facts().forEach(f -> facts.put(f.name(), f.label()));
        });
        model.addAttribute("run", view.run())
                .addAttribute("hidden", view.hidden())
                .addAttribute("name", now.name())
                .addAttribute("benefits", benefits)
                .addAttribute("facts", facts);
    }

    /** How many people each change concerns, those without any left out. */
    private static List<Bar> people(WhatIfResult result) {
        Map<BenefitChange, WhatIfResult.Cell> total = result.whole().total();
        List<Map.Entry<BenefitChange, WhatIfResult.Cell>> shown = total.entrySet().stream()
                .filter(c -> c.getKey().isChange())
                .sorted(Map.Entry.comparingByKey())
                .toList();
        long most = most(shown.stream().map(c -> c.getValue().people()));
        return shown.stream()
                .map(c -> new Bar(
                        c.getKey().text(),
                        c.getValue().people(),
                        share(c.getValue().people(), most),
                        c.getKey().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** What each fund pays in each year, before and after. */
    private static List<Pair> money(List<WhatIfOutcome.FundYear> funds) {
        long most = most(funds.stream().flatMap(f -> Stream.of(f.beforeFen(), f.afterFen())));
        return funds.stream()
                .map(f -> new Pair(
                        f.fund(),
                        f.year(),
                        new Bar(Text.of("web.whatIf.before"), f.beforeFen(), share(f.beforeFen(), most), "before"),
                        new Bar(Text.of("web.whatIf.after"), f.afterFen(), share(f.afterFen(), most), "after")))
                .toList();
    }

    /** Of those that are not hidden. */
    private static long most(Stream<@Nullable Long> values) {
        return values.filter(Objects::nonNull).mapToLong(Long::longValue).max().orElse(0);
    }

    private static long share(@Nullable Long value, long most) {
        return value == null || most == 0 ? 0 : Math.round(1000.0 * value / most);
    }

    @GetMapping(path = "/admin/what-if/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @PreAuthorize(WhatIfOutcome.READERS)
    SseEmitter events(Actor who, @PathVariable String id) {
        return outcome.events(id, who);
    }

    @GetMapping("/admin/what-if/{id}/result.csv")
    @PreAuthorize(WhatIfOutcome.READERS)
    ResponseEntity<byte[]> csv(Actor who, @PathVariable String id) {
        return outcome.csv(whatIfs.view(id, who)).orElseThrow(Problem::notFound);
    }

    @PostMapping("/admin/what-if/{id}/cancel")
    @PreAuthorize(WhatIfOutcome.ASKERS)
    String cancel(Actor who, @PathVariable String id, RedirectAttributes after) {
        try {
            whatIfs.cancel(id, who);
            after.addFlashAttribute("done", "what-if.cancelling");
        } catch (Problem problem) {
            if (!problem.code().equals(WhatIfs.OVER_ALREADY))
                throw problem; // it was just finished: its figures are what there is to show
        }
        return "redirect:/admin/what-if/" + id;
    }
}
