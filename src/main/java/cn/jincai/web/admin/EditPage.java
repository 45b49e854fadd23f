package cn.jincai.web.admin;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Publication.Version;
import cn.jincai.policy.Ruleset;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What all pages share on which a version is changed: which one it is, whether somebody has gone on meanwhile, and what came of it. */
@Component
class EditPage {
    static final String EDITED = "packages.edited";

    private final Publication publication;
    private final Packages packages;

    EditPage(Publication publication, Packages packages) {
        this.publication = publication;
        this.packages = packages;
    }

    /** @throws Problem NOT_FOUND */
    PolicyPackage open(String scheme, String hash, Model model) {
        List<Version> versions = publication.versions(scheme);
        Version version =
                versions.stream().filter(v -> v.hash().equals(hash)).findFirst().orElseThrow(Problem::notFound);
        PolicyPackage pack = packages.byHash(hash);
        model.addAttribute("scheme", scheme)
                .addAttribute("hash", hash)
                .addAttribute("name", pack.catalogue().name())
                .addAttribute("newer", newer(versions, version));
        return pack;
    }

    /**
     * The newest version with changes that are not in this one: whoever goes on from here, or proposes it, loses them, and whoever saved last is the one to be told. Null
     * where this one has all that came since the version from which its own changes began.
     *
     * @param versions of the scheme, newest first
     */
    static @Nullable Version newer(List<Version> versions, Version version) {
        Set<String> chain = new HashSet<>();
        Instant start = version.frozenAt();
        for (Version at = version; at != null && chain.add(at.hash()); at = before(versions, at)) start = at.frozenAt();
        for (Version other : versions) {
            boolean typed = other.origin().equals("edited") || other.origin().equals("upload");
            boolean since =
                    other.frozenAt().isAfter(start) || other.editedFrom() != null && chain.contains(other.editedFrom());
            if (typed && since && !other.isTakenBack() && !chain.contains(other.hash())) return other;
        }
        return null;
    }

    /** Null also where it was copied from another scheme. */
    private static @Nullable Version before(List<Version> versions, Version version) {
        return versions.stream()
                .filter(v -> v.hash().equals(version.editedFrom()))
                .findFirst()
                .orElse(null);
    }

    /** @param proposals of this version */
    static boolean mayTakeBack(Version version, List<Proposal> proposals) {
        return version.editedFrom() != null
                && version.days().isEmpty()
                && !version.isTakenBack()
                && proposals.stream().noneMatch(Proposal::isOpen);
    }

    static Ruleset ruleset(PolicyPackage pack, String name) {
        return pack.rulesets().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    static String answer(
            Upload upload, String done, Model model, HttpServletResponse response, RedirectAttributes after) {
        if (upload.isKept()) {
            after.addFlashAttribute("done", done);
            return "redirect:/admin/packages/" + upload.scheme() + "/" + upload.hash();
        }
        response.setStatus(422);
        model.addAttribute(
                "findings", upload.findings().stream().map(Finding::of).toList());
        return "admin/package-findings";
    }

    /** Does what a form asks for. @param again shows the form once more with what is wrong in it, also with what the checks say */
    static String saved(
            Supplier<Upload> step,
            Function<Mistakes, String> again,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            Upload upload = step.get();
            if (upload.isKept()) return answer(upload, EDITED, model, response, after);
            response.setStatus(422);
            return again.apply(refused(upload));
        } catch (Problem problem) {
            return again.apply(Mistakes.inFormOrTooLate(problem, response));
        }
    }

    /** What stopped it, with the place in its file: it may be at no field of the form. */
    private static Mistakes refused(Upload upload) {
        return new Mistakes(upload.findings().stream()
                .filter(Findings.Found::stops)
                .map(Finding::of)
                .map(f -> new Mistake("", f.code(), f.atItsPlace()))
                .toList());
    }
}
