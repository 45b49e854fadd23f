package cn.jincai.web.admin;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageFolders;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.web.api.FileAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Policies as a list 政策清单: every scheme that the office has or has written, what it gives, on what it rests, and how sure its values are. */
@Controller
class PolicyPages {
    private static final String READERS =
            "hasAnyAuthority('policy-admin', 'policy-approver', 'leader', 'supervisor', 'senior-reviewer', 'finance-approver', 'auditor')";

    private final Packages packages;
    private final Publication publication;
    private final PackageFolders folders;
    private final CityClock clock;

    PolicyPages(Packages packages, Publication publication, PackageFolders folders, CityClock clock) {
        this.packages = packages;
        this.publication = publication;
        this.folders = folders;
        this.clock = clock;
    }

    @GetMapping("/admin/policies")
    @PreAuthorize(READERS)
    String list(Model model) {
        List<PolicyShown> shown = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        Set<String> kept = new TreeSet<>(publication.schemes());
        for (String scheme : kept) ofDatabase(scheme).ifPresentOrElse(shown::add, () -> unreadable.add(scheme));
        for (String scheme : folders.notOffered())
            if (!kept.contains(scheme))
                folders.read(scheme, new Findings())
                        .map(pack -> PolicyShown.of(pack, null, clock.today()))
                        .ifPresentOrElse(shown::add, () -> unreadable.add(scheme));
        model.addAttribute("policies", shown).addAttribute("unreadable", unreadable);
        return "admin/policies";
    }

    private Optional<PolicyShown> ofDatabase(String scheme) {
        List<Publication.Version> versions = publication.versions(scheme);
        Publication.Version version = versions.stream()
                .filter(Publication.Version::inForce)
                .findFirst()
                .orElse(versions.get(0));
        return packages.ifWhole(version.hash()).map(pack -> PolicyShown.of(pack, version, clock.today()));
    }

    /** A package that nobody can apply for yet, to be changed and handed in. */
    @GetMapping("/admin/policies/{scheme}/zip")
    @PreAuthorize("hasAuthority('policy-admin')")
    ResponseEntity<byte[]> zip(@PathVariable String scheme) {
        if (!folders.notOffered().contains(scheme)) throw Problem.notFound();
        return FileAnswer.attachment(scheme + ".zip", "application/zip", folders.zip(scheme));
    }
}
