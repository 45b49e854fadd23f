package cn.jincai.web.office;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormReader;
import cn.jincai.review.discretion.Discretion;
import cn.jincai.review.discretion.LikeCases;
import cn.jincai.review.discretion.Overrides;
import cn.jincai.review.discretion.Overrides.Kept;
import cn.jincai.web.portal.SchemeNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Discretion 裁量监督, for supervisors and auditors and not for colleagues: what reviewers decide beside the assessment, and how they agree with those who come after them. */
@Controller
@RequestMapping("/officers/discretion")
@PreAuthorize("hasAnyAuthority('supervisor', 'auditor')")
class DiscretionPages {
    private final Discretion discretion;
    private final CaseFile cases;
    private final Packages packages;
    private final SchemeNames names;
    /** By the hash of the package, whose forms never change. */
    private final Map<String, Map<String, Text>> reasons = new ConcurrentHashMap<>();

    DiscretionPages(Discretion discretion, CaseFile cases, Packages packages, SchemeNames names) {
        this.discretion = discretion;
        this.cases = cases;
        this.packages = packages;
        this.names = names;
    }

    @GetMapping
    String counts(Actor who, Model model) {
        model.addAttribute("counts", discretion.counts(who))
                .addAttribute("agreement", discretion.agreement(who))
                .addAttribute("reasons", reasons())
                .addAttribute("months", Discretion.MONTHS)
                .addAttribute("last", Discretion.LAST);
        return "officers/discretion";
    }

    /** @param reason empty for those from before there was a list */
    @GetMapping("/cases")
    String behind(
            Actor who,
            @RequestParam String account,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String reason,
            Model model) {
        List<Kept> found = discretion.behind(who, account, kind, reason);
        model.addAttribute("found", found)
                .addAttribute("account", account)
                .addAttribute("reasons", reasons())
                .addAttribute("schemes", names.schemes())
                .addAttribute("aboutNames", about(found))
                .addAttribute(
                        "open", cases.open(who, found.stream().map(Kept::number).toList()));
        return "officers/discretion-cases";
    }

    /** What a waived reason or a refused benefit is called by the scheme in force, by scheme and code with a space between. */
    private Map<String, Text> about(List<Kept> found) {
        Map<String, Text> named = new HashMap<>();
        for (PolicyPackage pack : packages.inForce())
            for (Kept one : found) {
                if (!one.scheme().equals(pack.scheme())) continue;
                String key = one.scheme() + " " + one.about();
                Scheme scheme = pack.catalogue();
                Scheme.ReasonText words = scheme.reasons().get(one.about());
                if (words != null) named.put(key, LikeCases.withoutValues(words.message()));
                scheme.benefits().stream()
                        .filter(b -> b.code().equals(one.about()))
                        .forEach(b -> named.put(key, b.name()));
            }
        return named;
    }

    /** What the lists of the forms in force call each kind of reason. */
    private Map<String, Text> reasons() {
        Map<String, Text> named = new HashMap<>();
        for (PolicyPackage pack : packages.inForce())
            reasons.computeIfAbsent(pack.hash(), hash -> read(pack)).forEach(named::putIfAbsent);
        return named;
    }

    private static Map<String, Text> read(PolicyPackage pack) {
        Map<String, Text> named = new HashMap<>();
        for (Form form : FormReader.readAll(pack.files()).values())
            form.field(Overrides.REASON)
                    .ifPresent(field ->
                            field.values().forEach(v -> named.putIfAbsent(String.valueOf(v.value()), v.label())));
        return named;
    }
}
