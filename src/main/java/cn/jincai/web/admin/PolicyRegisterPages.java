package cn.jincai.web.admin;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.editing.RegisterEdits;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import cn.jincai.web.office.TypedDay;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Registers 登记簿: a version with its entries, those that hold today and the others; each change makes a version, which is proposed and published as a package is. */
@Controller
@RequestMapping("/admin/registers")
class PolicyRegisterPages {
    private static final String READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')";
    private static final String ADMIN = "hasAuthority('policy-admin')";
    private static final String APPROVER = "hasAuthority('policy-approver')";

    private final Publication publication;
    private final Packages packages;
    private final RegisterEdits edits;
    private final CityClock clock;

    PolicyRegisterPages(Publication publication, Packages packages, RegisterEdits edits, CityClock clock) {
        this.publication = publication;
        this.packages = packages;
        this.edits = edits;
        this.clock = clock;
    }

    /** @param others that are over or still to come */
    record Shown(String name, List<Entry> today, List<Entry> others) {}

    /** What the forms of a version's page held. */
    record Typed(String from, String note, String reason, List<String> reasons) {
        static final Typed NOTHING = new Typed("", "", "", List.of());
    }

    @GetMapping
    @PreAuthorize(READERS)
    String inForce() {
        return publication.versions(Registers.CODE).stream()
                .filter(Publication.Version::inForce)
                .findFirst()
                .map(now -> "redirect:/admin/registers/" + now.hash())
                .orElseThrow(Problem::notFound);
    }

    @GetMapping("/{hash}")
    @PreAuthorize(READERS)
    String version(@PathVariable String hash, Model model) {
        return version(hash, Typed.NOTHING, Mistakes.NONE, model);
    }

    private String version(String hash, Typed typed, Mistakes mistakes, Model model) {
        Publication.Version version = publication.version(Registers.CODE, hash);
        List<Publication.Version> versions = publication.versions(Registers.CODE);
        List<Proposal> proposals = publication.proposals(Registers.CODE),
                ofThis = proposals.stream().filter(p -> p.hash().equals(hash)).toList();
        Registers registers = edits.read(hash);
        model.addAttribute("version", version)
                .addAttribute("versions", versions)
                .addAttribute("newer", EditPage.newer(versions, version))
                .addAttribute("mayTakeBack", EditPage.mayTakeBack(version, ofThis))
                .addAttribute(
                        "registers",
                        registers.names().stream()
                                .map(name -> shown(registers, name))
                                .toList())
                .addAttribute("asked", askedOfSources(packages))
                .addAttribute("behind", version.inForce() ? behind() : List.of())
                .addAttribute("differences", publication.differences(Registers.CODE, hash))
                .addAttribute("changes", version.inForce() ? List.of() : registers.changesSince(packages.registers()))
                .addAttribute(
                        "unfit",
                        version.inForce()
                                ? List.of()
                                : publication.unfit(Registers.CODE, hash).stream()
                                        .map(Finding::of)
                                        .toList())
                .addAttribute("warnings", publication.warnings(Registers.CODE, hash))
                .addAttribute("proposals", ofThis)
                .addAttribute(
                        "open", proposals.stream().filter(Proposal::isOpen).toList())
                .addAttribute("typed", typed)
                .addAttribute("from", typed.from().isEmpty() ? clock.today().toString() : typed.from())
                .addAttribute("mistakes", mistakes);
        return "admin/registers";
    }

    private Shown shown(Registers registers, String name) {
        List<Entry> today = registers.inForce(clock.today(), name);
        return new Shown(
                name,
                today,
                registers.of(name).stream().filter(e -> !today.contains(e)).toList());
    }

    /** By source: the facts that packages in force take from it. */
    static Map<String, Set<String>> askedOfSources(Packages packages) {
        Map<String, Set<String>> asked = new TreeMap<>();
        for (PolicyPackage pack : packages.inForce())
            for (Scheme.Fact fact : pack.catalogue().facts())
                asked.computeIfAbsent(fact.source(), source -> new TreeSet<>()).add(fact.name());
        return asked;
    }

    private List<PolicyPackage> behind() {
        return packages.inForce().stream()
                .filter(publication::isBehindRegisters)
                .toList();
    }

    /** Makes a version of a scheme's package in force with the registers of today, for it to be proposed. */
    @PostMapping("/packages/{scheme}/version")
    @PreAuthorize(ADMIN)
    String bring(
            Actor actor,
            @PathVariable String scheme,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage now = packages.inForce(scheme);
        Upload upload = publication.edit(now.files(), now.hash(), actor);
        if (upload.isKept()) {
            after.addFlashAttribute("done", "packages.edited");
            return "redirect:/admin/packages/" + scheme + "/" + upload.hash();
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        model.addAttribute(
                        "findings", upload.findings().stream().map(Finding::of).toList())
                .addAttribute("diagrams", Map.of())
                .addAttribute("marks", Map.of());
        return "admin/upload";
    }

    @PostMapping("/{hash}/proposals/new")
    @PreAuthorize(ADMIN)
    String propose(
            Actor actor,
            @PathVariable String hash,
            @RequestParam String from,
            @RequestParam String note,
            @RequestParam Map<String, String> all,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        List<String> reasons = WarningReasons.of(publication.warnings(Registers.CODE, hash), all);
        try {
            publication.propose(Registers.CODE, hash, TypedDay.of("from", from), note, reasons, actor);
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            Typed typed = new Typed(from, note, "", reasons);
            return version(hash, typed, Mistakes.inFormOrTooLate(problem, response), model);
        }
        after.addFlashAttribute("done", "packages.proposed");
        return "redirect:/admin/registers/" + hash;
    }

    @PostMapping("/proposals/{id}/publish")
    @PreAuthorize(APPROVER)
    String publish(Actor actor, @PathVariable long id, RedirectAttributes after) {
        String hash = proposal(id).hash();
        publication.publish(id, actor);
        after.addFlashAttribute("done", "packages.published");
        return "redirect:/admin/registers/" + hash;
    }

    @PostMapping("/proposals/{id}/decline")
    @PreAuthorize(APPROVER)
    String decline(
            Actor actor,
            @PathVariable long id,
            @RequestParam String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        String hash = proposal(id).hash();
        try {
            publication.decline(id, reason, actor);
        } catch (Problem problem) {
            Typed typed = new Typed("", "", reason, List.of());
            return version(hash, typed, Mistakes.inForm(problem, response), model);
        }
        after.addFlashAttribute("done", "packages.declined");
        return "redirect:/admin/registers/" + hash;
    }

    @PostMapping("/proposals/{id}/withdraw")
    @PreAuthorize(ADMIN)
    String withdraw(Actor actor, @PathVariable long id, RedirectAttributes after) {
        String hash = proposal(id).hash();
        publication.withdraw(id, actor);
        after.addFlashAttribute("done", "packages.withdrawn");
        return "redirect:/admin/registers/" + hash;
    }

    private Proposal proposal(long id) {
        Proposal proposal = publication.find(id);
        if (!proposal.scheme().equals(Registers.CODE)) throw Problem.notFound();
        return proposal;
    }
}
