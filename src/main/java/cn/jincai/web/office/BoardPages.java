package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.process.board.BehindFigures;
import cn.jincai.process.board.BehindFigures.Running;
import cn.jincai.process.board.Board;
import cn.jincai.process.worklists.Card;
import cn.jincai.process.worklists.DoneTasks.Done;
import cn.jincai.process.worklists.OpenTaskFigures.By;
import cn.jincai.process.worklists.OpenTaskFigures.Part;
import cn.jincai.web.portal.SchemeNames;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The office's board 办理看板: what is late where, in whose hands, since when, and how long it takes; each figure leads to its cases. For leaders, supervisors and auditors. */
@Controller
@RequestMapping("/officers/board")
@PreAuthorize("hasAnyAuthority('leader', 'supervisor', 'auditor')")
class BoardPages {
    private static final int PEOPLE = 20, ROWS = 20;

    private final Board board;
    private final BehindFigures behind;
    private final CaseFile cases;
    private final Packages packages;
    private final SchemeNames names;

    BoardPages(Board board, BehindFigures behind, CaseFile cases, Packages packages, SchemeNames names) {
        this.board = board;
        this.behind = behind;
        this.cases = cases;
        this.packages = packages;
        this.names = names;
    }

    /** @param after the account after which the people of this page begin */
    @GetMapping
    String board(
            Actor who,
            @RequestParam(defaultValue = "") String scheme,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        String only = only(scheme);
        Board.People people = board.people(who, only, after, PEOPLE);
        model.addAttribute("schemeLines", board.schemes(who))
                .addAttribute("steps", board.steps(who, only))
                .addAttribute("people", people.lines())
                .addAttribute("next", people.next())
                .addAttribute("after", after)
                .addAttribute("last", Board.LAST);
        chosen(model, only);
        return "officers/board";
    }

    @GetMapping("/diagram")
    String diagram(Actor who, @RequestParam String scheme, @RequestParam(defaultValue = "") String path, Model model) {
        PolicyPackage pack = pack(scheme);
        List<String> diagrams = diagrams(pack);
        String shown = path.isEmpty() ? pack.caseDiagram() : path;
        if (!diagrams.contains(shown)) throw Problem.notFound();
        Map<String, String> named = new LinkedHashMap<>();
        for (String diagram : diagrams) named.put(diagram, DiagramSteps.name(pack, diagram));
        model.addAttribute("diagrams", named)
                .addAttribute("diagram", shown)
                .addAttribute("marks", board.marks(who, pack))
                .addAttribute("way", pack.steps());
        chosen(model, scheme);
        return "officers/board-diagram";
    }

    @GetMapping("/diagram/file")
    ResponseEntity<byte[]> file(@RequestParam String scheme, @RequestParam String path) {
        PolicyPackage pack = pack(scheme);
        if (!diagrams(pack).contains(path)) throw Problem.notFound();
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .body(pack.files().get(path));
    }

    @GetMapping("/diagram/marks")
    @ResponseBody
    Map<String, Board.Mark> marks(Actor who, @RequestParam String scheme) {
        return board.marks(who, pack(scheme));
    }

    private static List<String> diagrams(PolicyPackage pack) {
        return pack.files().keySet().stream()
                .filter(path -> path.endsWith(".bpmn"))
                .sorted()
                .toList();
    }

    /** @param by {@code step} or {@code person} @param which {@code open}, {@code today} or {@code late} */
    @GetMapping("/tasks")
    String tasks(
            Actor who,
            @RequestParam String by,
            @RequestParam String of,
            @RequestParam String which,
            @RequestParam(defaultValue = "") String scheme,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        Page<Card> found = behind.tasks(who, part(by, of, scheme), which, page(page), ROWS);
        model.addAttribute("tasks", found).addAttribute("which", which);
        openable(who, found.items().stream().map(Card::number), model);
        return behind(by, of, scheme, model, "officers/board-tasks");
    }

    /** The last ones that were done there, or by him. */
    @GetMapping("/done")
    String done(
            Actor who,
            @RequestParam String by,
            @RequestParam String of,
            @RequestParam(defaultValue = "") String scheme,
            Model model) {
        var found = behind.done(who, part(by, of, scheme));
        model.addAttribute("done", found)
                .addAttribute(
                        "stepNames",
                        found.stream()
                                .map(Done::step)
                                .distinct()
                                .collect(Collectors.toMap(key -> key, board::stepName)));
        openable(who, found.stream().map(d -> d.number()), model);
        return behind(by, of, scheme, model, "officers/board-done");
    }

    private String behind(String by, String of, String scheme, Model model, String page) {
        model.addAttribute("by", by)
                .addAttribute("of", of)
                .addAttribute("ofName", by.equals("step") ? board.stepName(of) : Text.same(of));
        chosen(model, only(scheme));
        return page;
    }

    /** @param which {@code running}, {@code promise}, {@code reminded}, {@code reached} or {@code law} */
    @GetMapping("/cases")
    String cases(
            Actor who,
            @RequestParam String which,
            @RequestParam(defaultValue = "") String scheme,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        Page<Running> found = behind.cases(who, only(scheme), which, page(page), ROWS);
        model.addAttribute("running", found).addAttribute("which", which);
        openable(who, found.items().stream().map(Running::number), model);
        chosen(model, only(scheme));
        return "officers/board-cases";
    }

    /** The last ones that were signed. */
    @GetMapping("/signed")
    String signed(Actor who, @RequestParam(defaultValue = "") String scheme, Model model) {
        var found = behind.signed(who, only(scheme));
        model.addAttribute("signed", found);
        openable(who, found.stream().map(s -> s.number()), model);
        chosen(model, only(scheme));
        return "officers/board-signed";
    }

    private void openable(Actor who, Stream<@Nullable CaseNumber> numbers, Model model) {
        Collection<CaseNumber> all = numbers.filter(Objects::nonNull).toList();
        model.addAttribute("open", cases.open(who, List.copyOf(all)));
    }

    private void chosen(Model model, @Nullable String scheme) {
        model.addAttribute("schemes", names.schemes()).addAttribute("scheme", scheme == null ? "" : scheme);
    }

    private static Part part(String by, String of, String scheme) {
        return new Part(
                switch (by) {
                    case "step" -> By.STEP;
                    case "person" -> By.HOLDER;
                    default -> throw Problem.notFound();
                },
                of,
                only(scheme));
    }

    private static @Nullable String only(String scheme) {
        return scheme.isEmpty() ? null : scheme;
    }

    private static int page(int page) {
        return Math.min(Math.max(0, page), 1_000_000);
    }

    private PolicyPackage pack(String scheme) {
        return packages.inForce().stream()
                .filter(pack -> pack.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }
}
