package cn.jincai.web.admin;

import cn.jincai.assessment.explanation.Rulebook;
import cn.jincai.assessment.explanation.Rulebooks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.Expiries;
import cn.jincai.policy.PackageStart;
import cn.jincai.policy.PackageWarnings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.policy.editing.PackageEdits;
import cn.jincai.policy.registers.Registers;
import cn.jincai.process.BrokenRuns;
import cn.jincai.process.RunningCases;
import cn.jincai.process.versions.VersionMove;
import cn.jincai.process.versions.WishedMoves;
import cn.jincai.simulation.WhatIfs;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.office.TypedDay;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Policy packages: what is in force, every version with its diagrams, upload, proposal, publication. Auditors may read. */
@Controller
class PackagePages {
    private static final String READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')";
    private static final String ADMIN = "hasAuthority('policy-admin')";

    private static final String REGISTERS = "redirect:/admin/registers/";

    private final Publication publication;
    private final PackageWarnings warnings;
    private final Packages packages;
    private final PackageStart start;
    private final RunningCases running;
    private final WishedMoves wishes;
    private final BrokenRuns still;
    private final Expiries expiries;
    private final Rulebooks rulebooks;
    private final WhatIfs whatIfs;
    private final CityClock clock;

    PackagePages(
            Publication publication,
            PackageWarnings warnings,
            Packages packages,
            PackageStart start,
            RunningCases running,
            WishedMoves wishes,
            BrokenRuns still,
            Expiries expiries,
            Rulebooks rulebooks,
            WhatIfs whatIfs,
            CityClock clock) {
        this.publication = publication;
        this.warnings = warnings;
        this.packages = packages;
        this.start = start;
        this.running = running;
        this.wishes = wishes;
        this.still = still;
        this.expiries = expiries;
        this.rulebooks = rulebooks;
        this.whatIfs = whatIfs;
        this.clock = clock;
    }

    /** One scheme with its versions, how many cases run on each, and what waits for a decision. */
    record Shown(
            String scheme,
            Text name,
            List<Publication.Version> versions,
            Map<String, Long> running,
            List<Proposal> open) {}

    @GetMapping("/admin/packages")
    @PreAuthorize(READERS)
    String list(Model model) {
        List<Shown> schemes = publication.schemes().stream().map(this::shown).toList();
        model.addAttribute("schemes", schemes)
                .addAttribute("standing", still.list())
                .addAttribute("names", schemes.stream().collect(Collectors.toMap(Shown::scheme, Shown::name)))
                .addAttribute("broken", start.broken())
                .addAttribute("expiring", expiries.soon())
                .addAttribute("mistakes", Mistakes.NONE);
        return "admin/packages";
    }

    private Shown shown(String scheme) {
        List<Publication.Version> versions = publication.versions(scheme);
        Map<String, Long> counts = new LinkedHashMap<>();
        versions.forEach(v -> counts.put(v.hash(), running.of(v.hash())));
        return new Shown(
                scheme,
                packages.byHash(versions.stream()
                                .filter(Publication.Version::inForce)
                                .findFirst()
                                .orElse(versions.get(0))
                                .hash())
                        .catalogue()
                        .name(),
                versions,
                counts,
                publication.proposals(scheme).stream().filter(Proposal::isOpen).toList());
    }

    @PostMapping("/admin/packages/upload")
    @PreAuthorize(ADMIN)
    String upload(
            Actor actor,
            @RequestParam MultipartFile file,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after)
            throws IOException {
        Publication.Upload upload = publication.upload(file.getBytes(), actor);
        if (upload.isKept()) {
            after.addFlashAttribute("done", "packages.uploaded");
            return "redirect:/admin/packages/" + upload.scheme() + "/" + upload.hash();
        }
        response.setStatus(422);
        List<Finding> findings = upload.findings().stream().map(Finding::of).toList();
        Map<String, String> diagrams = new LinkedHashMap<>();
        upload.files().forEach((name, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            boolean readable = !text.contains("<!DOCTYPE"); // the browser is not given what the server would not read
            if (readable
                    && name.endsWith(".bpmn")
                    && findings.stream().anyMatch(f -> f.file().equals(name))) diagrams.put(name, text);
        });
        model.addAttribute("findings", findings)
                .addAttribute("diagrams", diagrams)
                .addAttribute("marks", marks(findings));
        return "admin/upload";
    }

    private static Map<String, String> marks(List<Finding> findings) {
        Map<String, String> marks = new LinkedHashMap<>();
        findings.stream()
                .filter(f -> f.file().endsWith(".bpmn") && !f.place().isEmpty())
                .forEach(f -> marks.merge(f.file(), f.place(), (a, b) -> a + " " + b));
        return marks;
    }

    @GetMapping("/admin/packages/{scheme}/{hash}")
    @PreAuthorize(READERS)
    String version(
            Actor who,
            @PathVariable String scheme,
            @PathVariable String hash,
            @RequestParam(required = false) String diagram,
            Model model) {
        if (scheme.equals(Registers.CODE)) return REGISTERS + hash;
        return version(
                who, scheme, hash, diagram, model, Mistakes.NONE, clock.today().toString(), "", List.of());
    }

    private String version(
            Actor who,
            String scheme,
            String hash,
            @Nullable String chosen,
            Model model,
            Mistakes mistakes,
            String from,
            String note,
            List<String> reasons) {
        Publication.Version version = publication.version(scheme, hash);
        PolicyPackage pack = packages.byHash(hash);
        Set<String> files = publication.files(scheme, hash).keySet();
        if (!model.containsAttribute("rule")) model.addAttribute("rule", "");
        diagram(model, hash, files, chosen != null ? chosen : pack.caseDiagram());
        List<Proposal> proposals = publication.proposals(scheme).stream()
                .filter(p -> p.hash().equals(hash))
                .toList();
        model.addAttribute("version", version)
                .addAttribute("name", pack.catalogue().name())
                .addAttribute("files", files)
                .addAttribute(
                        "editable",
                        files.stream().filter(PackageEdits::isEditable).toList())
                .addAttribute("running", running.of(hash))
                .addAttribute("proposals", proposals)
                .addAttribute("reasons", reasons)
                .addAttribute("rules", VersionMove.Rule.values())
                .addAttribute(
                        "tried",
                        whatIfs.latestOf(hash, who).map(WhatIfShown::of).orElse(null))
                .addAttribute("mistakes", mistakes)
                .addAttribute("from", from)
                .addAttribute("note", note);
        others(model, version, proposals);
        checked(model, version, pack);
        return "admin/version";
    }

    /** How it stands to the other versions of the scheme. */
    private void others(Model model, Publication.Version version, List<Proposal> proposals) {
        List<Publication.Version> all = publication.versions(version.scheme());
        String before = version.editedFrom();
        model.addAttribute("newer", EditPage.newer(all, version))
                .addAttribute(
                        "before",
                        before == null
                                ? version.scheme()
                                : packages.byHash(before).scheme())
                .addAttribute("mayTakeBack", EditPage.mayTakeBack(version, proposals))
                .addAttribute("differences", publication.differences(version.scheme(), version.hash()))
                .addAttribute("comparable", !version.inForce() && all.stream().anyMatch(Publication.Version::inForce));
    }

    /** What the checks say of it. */
    private void checked(Model model, Publication.Version version, PolicyPackage pack) {
        String scheme = version.scheme(), hash = version.hash();
        List<Finding> unfit = version.days().isEmpty()
                ? publication.unfit(scheme, hash).stream().map(Finding::of).toList()
                : List.of();
        model.addAttribute("unfit", unfit)
                .addAttribute("warnings", publication.warnings(scheme, hash))
                .addAttribute("known", warnings.all(scheme, hash).size())
                .addAttribute(
                        "unproven", rulebooks.unproven(pack, clock.today()).size());
    }

    /** One diagram with how many cases stand at each of its steps, and the others with how many they hold. */
    private void diagram(Model model, String hash, Set<String> files, String shown) {
        Map<String, Integer> diagrams = new LinkedHashMap<>();
        files.stream()
                .filter(f -> f.endsWith(".bpmn"))
                .forEach(f -> diagrams.put(
                        f,
                        running.at(hash, f).values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()));
        if (!diagrams.containsKey(shown)) throw Problem.notFound();
        model.addAttribute("diagrams", diagrams)
                .addAttribute("diagram", shown)
                .addAttribute("steps", running.at(hash, shown))
                .addAttribute("names", DiagramSteps.names(packages.byHash(hash), shown));
    }

    @GetMapping("/admin/packages/{scheme}/{hash}/file")
    @PreAuthorize(READERS)
    ResponseEntity<byte[]> file(@PathVariable String scheme, @PathVariable String hash, @RequestParam String path) {
        byte[] content = publication.files(scheme, hash).get(path);
        if (content == null) throw Problem.notFound();
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .body(content);
    }

    @GetMapping("/admin/packages/{scheme}/{hash}/steps")
    @PreAuthorize(READERS)
    @ResponseBody
    Map<String, Integer> steps(@PathVariable String scheme, @PathVariable String hash, @RequestParam String path) {
        return running.at(publication.version(scheme, hash).hash(), path);
    }

    @GetMapping("/admin/packages/{scheme}/{hash}/zip")
    @PreAuthorize(READERS)
    ResponseEntity<byte[]> zip(@PathVariable String scheme, @PathVariable String hash) {
        byte[] zip = publication.zip(scheme, hash); // or not found, whatever the hash looks like
        return FileAnswer.attachment(scheme + "-" + hash.substring(0, 12) + ".zip", "application/zip", zip);
    }

    @GetMapping("/admin/packages/values")
    @PreAuthorize(READERS)
    String values(Model model) {
        Map<String, List<Rulebook.Unproven>> all = new LinkedHashMap<>();
        Map<String, Text> names = new LinkedHashMap<>();
        packages.inForce().forEach(p -> {
            all.put(p.scheme(), rulebooks.unproven(p, clock.today()));
            names.put(p.scheme(), p.catalogue().name());
        });
        model.addAttribute("all", all).addAttribute("names", names);
        return "admin/values";
    }

    @PostMapping("/admin/packages/{scheme}/{hash}/proposal")
    @PreAuthorize(ADMIN)
    String propose(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @RequestParam String from,
            @RequestParam String note,
            @RequestParam(defaultValue = "") String rule,
            @RequestParam Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        List<String> reasons = WarningReasons.of(publication.warnings(scheme, hash), typed);
        try {
            wishes.propose(scheme, hash, TypedDay.of("from", from), note, reasons, rule, actor);
        } catch (Problem problem) {
            Mistakes mistakes = Mistakes.inFormOrTooLate(problem, response);
            model.addAttribute("rule", rule);
            return version(actor, scheme, hash, null, model, mistakes, from, note, reasons);
        }
        after.addFlashAttribute("done", "packages.proposed");
        return "redirect:/admin/packages/" + scheme + "/" + hash;
    }

    /** From what was changed on a page to the version before it. */
    @PostMapping("/admin/packages/{scheme}/{hash}/taken-back")
    @PreAuthorize(ADMIN)
    String takeBack(Actor actor, @PathVariable String scheme, @PathVariable String hash, RedirectAttributes after) {
        String before = publication.takeBack(scheme, hash, actor);
        after.addFlashAttribute("done", "packages.taken-back.done");
        return scheme.equals(Registers.CODE)
                ? REGISTERS + before
                : "redirect:/admin/packages/" + packages.byHash(before).scheme() + "/" + before;
    }
}
