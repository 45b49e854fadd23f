package cn.jincai.web.admin;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.process.RunningCases;
import cn.jincai.process.versions.MoveTrial;
import cn.jincai.process.versions.MovedCase;
import cn.jincai.process.versions.VersionMove;
import cn.jincai.process.versions.VersionMove.Rule;
import cn.jincai.process.versions.VersionMoves;
import cn.jincai.web.portal.SchemeNames;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Running cases and new versions 在办件转版: tried with the steps drawn in both versions, proposed, decided by a second person, watched, undone as a whole. */
@Controller
class MovePages {
    private static final String READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')";
    private static final String ADMIN = "hasAuthority('policy-admin')";
    private static final String DECIDERS = "hasAnyAuthority('policy-admin', 'policy-approver')";
    private static final String APPROVER = "hasAuthority('policy-approver')";
    private static final int ROWS = 50;

    private final VersionMoves moves;
    private final MoveTrial trial;
    private final Publication publication;
    private final Packages packages;
    private final RunningCases running;
    private final SchemeNames names;

    MovePages(
            VersionMoves moves,
            MoveTrial trial,
            Publication publication,
            Packages packages,
            RunningCases running,
            SchemeNames names) {
        this.moves = moves;
        this.trial = trial;
        this.publication = publication;
        this.packages = packages;
        this.running = running;
        this.names = names;
    }

    /** A version that is no longer in force and by which cases still go, with the one that is. */
    record Behind(String scheme, String from, String to, long running) {}

    @GetMapping("/admin/moves")
    @PreAuthorize(READERS)
    String list(@RequestParam(defaultValue = "0") int page, Model model) {
        Page<VersionMove> found = moves.list(Math.min(page, 1_000_000), ROWS);
        model.addAttribute("moves", found)
                .addAttribute("pages", pages(found))
                .addAttribute("behind", behind())
                .addAttribute("schemes", names.schemes());
        return "admin/moves";
    }

    private List<Behind> behind() {
        List<Behind> behind = new ArrayList<>();
        packages.inForce()
                .forEach(now -> publication.versions(now.scheme()).stream()
                        .filter(version -> !version.inForce())
                        .forEach(version -> {
                            long cases = running.of(version.hash());
                            if (cases > 0) behind.add(new Behind(now.scheme(), version.hash(), now.hash(), cases));
                        }));
        return behind;
    }

    private static int pages(Page<?> page) {
        return (int) ((page.total() + page.size() - 1) / page.size());
    }

    /** What would come of it, with the form by which it is proposed. @param to the version in force where none is named */
    @GetMapping("/admin/moves/new")
    @PreAuthorize(READERS)
    String tryOut(
            @RequestParam String scheme,
            @RequestParam String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "move") String rule,
            Model model) {
        return tried(scheme, from, to, Rule.of(rule), "", Mistakes.NONE, model);
    }

    private String tried(
            String scheme, String from, String to, Rule rule, String reason, Mistakes mistakes, Model model) {
        String old = publication.version(scheme, from).hash();
        Optional<String> now = publication.versions(scheme).stream()
                .filter(Publication.Version::inForce)
                .map(Publication.Version::hash)
                .findFirst();
        String target = publication
                .version(scheme, to.isEmpty() ? now.orElse(from) : to)
                .hash();
        mapping(model, scheme, old, target);
        model.addAttribute("trial", trial.of(old, target, rule))
                .addAttribute("rule", rule)
                .addAttribute("rules", Rule.values())
                .addAttribute("reason", reason)
                .addAttribute("mistakes", mistakes);
        return "admin/move-trial";
    }

    private void mapping(Model model, String scheme, String from, String to) {
        model.addAttribute("scheme", scheme)
                .addAttribute("name", packages.byHash(to).catalogue().name())
                .addAttribute("from", from)
                .addAttribute("to", to);
    }

    /** How many stand at each element of a diagram. @param mapped only those that go on in the new version */
    @GetMapping("/admin/moves/counts")
    @PreAuthorize(READERS)
    @ResponseBody
    Map<String, Integer> counts(
            @RequestParam String scheme,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam String path,
            @RequestParam(defaultValue = "false") boolean mapped) {
        return trial.counts(
                publication.version(scheme, from).hash(),
                publication.version(scheme, to).hash(),
                path,
                mapped);
    }

    @PostMapping("/admin/moves")
    @PreAuthorize(ADMIN)
    String propose(
            Actor who,
            @RequestParam String scheme,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam String rule,
            @RequestParam String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            VersionMove move = moves.propose(scheme, from, to, Rule.of(rule), reason, who);
            after.addFlashAttribute("done", "moves.proposed.done");
            return "redirect:/admin/moves/" + move.id();
        } catch (Problem problem) {
            Mistakes mistakes = Mistakes.inFormOrTooLate(problem, response);
            return tried(scheme, from, to, known(rule), reason, mistakes, model);
        }
    }

    private static Rule known(String rule) {
        for (Rule one : Rule.values()) if (one.code().equals(rule)) return one;
        return Rule.MOVE;
    }

    @GetMapping("/admin/moves/{id}")
    @PreAuthorize(READERS)
    String show(Actor who, @PathVariable long id, @RequestParam(defaultValue = "0") int page, Model model) {
        return show(who, id, page, "", Mistakes.NONE, model);
    }

    private String show(Actor who, long id, int page, String reason, Mistakes mistakes, Model model) {
        VersionMove move = moves.find(id);
        Page<MovedCase> cases = moves.cases(move, who, Math.min(page, 1_000_000), ROWS);
        mapping(model, move.scheme(), move.from(), move.to());
        model.addAttribute("move", move)
                .addAttribute("progress", moves.progress(id))
                .addAttribute("cases", cases)
                .addAttribute("pages", pages(cases))
                .addAttribute("gone", moves.goneOn(move, who))
                .addAttribute("mayBeCalledOff", moves.mayBeCalledOff(move))
                .addAttribute("reason", reason)
                .addAttribute("mistakes", mistakes);
        if (move.isOpen()) model.addAttribute("trial", trial.of(move.from(), move.to(), move.rule()));
        return "admin/move";
    }

    @PostMapping("/admin/moves/{id}/approve")
    @PreAuthorize(APPROVER)
    String approve(Actor who, @PathVariable long id, RedirectAttributes after) {
        moves.approve(id, who);
        return done(id, "moves.approved", after);
    }

    @PostMapping("/admin/moves/{id}/decline")
    @PreAuthorize(APPROVER)
    String decline(
            Actor who,
            @PathVariable long id,
            @RequestParam String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            moves.decline(id, reason, who);
        } catch (Problem problem) {
            return show(who, id, 0, reason, Mistakes.inFormOrTooLate(problem, response), model);
        }
        return done(id, "moves.declined", after);
    }

    @PostMapping("/admin/moves/{id}/withdraw")
    @PreAuthorize(ADMIN)
    String withdraw(Actor who, @PathVariable long id, RedirectAttributes after) {
        moves.withdraw(id, who);
        return done(id, "moves.withdrawn", after);
    }

    @PostMapping("/admin/moves/{id}/call-off")
    @PreAuthorize(DECIDERS)
    String callOff(
            Actor who,
            @PathVariable long id,
            @RequestParam String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            moves.callOff(id, reason, who);
        } catch (Problem problem) {
            return show(who, id, 0, reason, Mistakes.inFormOrTooLate(problem, response), model);
        }
        return done(id, "moves.called-off", after);
    }

    @PostMapping("/admin/moves/{id}/undo")
    @PreAuthorize(APPROVER)
    String undo(Actor who, @PathVariable long id, RedirectAttributes after) {
        moves.undo(id, who);
        return done(id, "moves.undoing", after);
    }

    private static String done(long id, String done, RedirectAttributes after) {
        after.addFlashAttribute("done", done);
        return "redirect:/admin/moves/" + id;
    }
}
