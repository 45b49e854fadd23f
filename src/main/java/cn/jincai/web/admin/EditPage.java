package cn.jincai.web.admin;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Publication.Version;
import cn.jincai.policy.Ruleset;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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

    /** The newest that somebody made of this version or after it; null where there is none. */
    static @Nullable Version newer(List<Version> versions, Version version) {
        return versions.stream()
                .filter(v -> !v.isTakenBack()
                        && (v.origin().equals("edited") || v.origin().equals("upload")))
                .filter(v ->
                        version.hash().equals(v.editedFrom()) || v.frozenAt().isAfter(version.frozenAt()))
                .findFirst()
                .orElse(null);
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

    /** Does what a form asks for. @param again shows the form once more with what is wrong in it */
    static String saved(
            Supplier<Upload> step,
            Function<Mistakes, String> again,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            return answer(step.get(), EDITED, model, response, after);
        } catch (Problem problem) {
            return again.apply(Mistakes.inFormOrTooLate(problem, response));
        }
    }
}
