package cn.jincai.web.admin;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Status;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.editing.PackageEdits;
import cn.jincai.policy.editing.SchemeCopies;
import cn.jincai.policy.editing.SchemeCopy;
import cn.jincai.policy.editing.ValueEdit;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A scheme copied as a new one, step by step: names and benefits, first day and values, facts. Between the steps nothing is kept but what the form itself carries. */
@Controller
@RequestMapping("/admin/packages/{scheme}/{hash}/copy")
@PreAuthorize("hasAuthority('policy-admin')")
class CopyPages {
    private static final int NAMES = 1, VALUES = 2, FACTS = 3, MISSING = 4;
    private static final String KEEP = "keep", STAY = "stay", BENEFIT = "benefit-", IS = "is-";

    private final EditPage page;
    private final SchemeCopies copies;

    CopyPages(EditPage page, SchemeCopies copies) {
        this.page = page;
        this.copies = copies;
    }

    /** A value with the day from which it holds. @param key as {@link SchemeCopy#value} writes it */
    record Row(String key, Parameter parameter, Parameter.Dated dated, Ruleset ruleset, ValueEdit typed) {
        public boolean isAlways() {
            return dated.from().equals(LocalDate.MIN);
        }
    }

    /** What was typed on another step. */
    record Carried(String name, String value) {}

    @GetMapping
    String begin(@PathVariable String scheme, @PathVariable String hash, Model model) {
        PolicyPackage pack = page.open(scheme, hash, model);
        MultiValueMap<String, String> all = new LinkedMultiValueMap<>();
        pack.catalogue().benefits().forEach(b -> all.add(KEEP, b.code()));
        pack.catalogue().facts().forEach(f -> all.add(STAY, f.name()));
        return step(NAMES, pack, all, Mistakes.NONE, model);
    }

    @PostMapping
    String next(
            Actor actor,
            @PathVariable String scheme,
            @PathVariable String hash,
            @RequestParam int step,
            @RequestParam(name = "go", defaultValue = "next") String go,
            @RequestParam MultiValueMap<String, String> all,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        PolicyPackage pack = page.open(scheme, hash, model);
        if (step < NAMES || step > MISSING) throw Problem.notFound();
        if (go.equals("back")) return step(Math.max(NAMES, step - 1), pack, all, Mistakes.NONE, model);
        SchemeCopy copy = copy(pack, all);
        try {
            if (step == NAMES) copies.checkNames(hash, copy);
            if (step == VALUES) copies.checkValues(hash, copy);
            if (step < FACTS) return step(step + 1, pack, all, Mistakes.NONE, model);
            Upload upload = copies.copy(hash, copy, actor);
            if (upload.isKept()) return EditPage.answer(upload, "packages.copied", model, response, after);
            response.setStatus(422);
            model.addAttribute(
                    "findings", upload.findings().stream().map(Finding::of).toList());
            return step(MISSING, pack, all, Mistakes.NONE, model);
        } catch (Problem problem) {
            return step(Math.min(step, FACTS), pack, all, Mistakes.inFormOrTooLate(problem, response), model);
        }
    }

    private static SchemeCopy copy(PolicyPackage pack, MultiValueMap<String, String> all) {
        Map<String, String> benefits = new LinkedHashMap<>();
        for (Scheme.Benefit benefit : pack.catalogue().benefits())
            if (all.getOrDefault(KEEP, List.of()).contains(benefit.code()))
                benefits.put(benefit.code(), one(all, BENEFIT + benefit.code()));
        Map<String, ValueEdit> values = new LinkedHashMap<>();
        rows(pack, all).forEach(row -> values.put(row.key(), row.typed()));
        Set<String> without = pack.catalogue().facts().stream()
                .map(Scheme.Fact::name)
                .filter(name -> !all.getOrDefault(STAY, List.of()).contains(name))
                .collect(Collectors.toUnmodifiableSet());
        return new SchemeCopy(
                one(all, "code"),
                one(all, "nameZh"),
                one(all, "nameEn"),
                benefits,
                one(all, "firstDay"),
                values,
                without);
    }

    private static String one(MultiValueMap<String, String> all, String field) {
        return Objects.requireNonNullElse(all.getFirst(field), "").strip();
    }

    private static List<Row> rows(PolicyPackage pack, MultiValueMap<String, String> all) {
        List<Row> rows = new ArrayList<>();
        for (Ruleset ruleset : pack.rulesets())
            for (Parameter parameter : ruleset.parameters().values())
                for (Parameter.Dated dated : parameter.isScale() ? List.<Parameter.Dated>of() : parameter.values()) {
                    boolean always = dated.from().equals(LocalDate.MIN);
                    String key = SchemeCopy.value(
                            ruleset.name(),
                            parameter.name(),
                            always ? PackageEdits.ALWAYS : dated.from().toString());
                    rows.add(new Row(key, parameter, dated, ruleset, typed(ValueEdit.of(parameter, dated), key, all)));
                }
        return rows;
    }

    /** What was said of the old value is not said of another. */
    private static ValueEdit typed(ValueEdit old, String key, MultiValueMap<String, String> all) {
        if (!all.containsKey(IS + key)) return old;
        String is = one(all, IS + key), status = one(all, "status-" + key), source = one(all, "source-" + key);
        return is.equals(old.is()) && status.equals(old.status()) && source.equals(old.source())
                ? old
                : new ValueEdit(old.from(), is, status, source, "", "", "");
    }

    private String step(
            int step, PolicyPackage pack, MultiValueMap<String, String> all, Mistakes mistakes, Model model) {
        SchemeCopy typed = copy(pack, all);
        if (step > NAMES) {
            SchemeCopies.Choices choices = copies.choices(pack.hash(), typed);
            model.addAttribute("choices", choices)
                    .addAttribute(
                            "rows",
                            rows(pack, all).stream()
                                    .filter(row -> Objects.requireNonNull(choices.parameters()
                                                    .get(row.ruleset().name()))
                                            .contains(row.parameter().name()))
                                    .toList());
        }
        model.addAttribute("step", step)
                .addAttribute("catalogue", pack.catalogue())
                .addAttribute(
                        "first", pack.rulesets().get(pack.rulesets().size() - 1).inForceFrom())
                .addAttribute("keep", all.getOrDefault(KEEP, List.of()))
                .addAttribute("stay", all.getOrDefault(STAY, List.of()))
                .addAttribute("codes", codes(pack, all))
                .addAttribute("statuses", Status.values())
                .addAttribute("typed", typed)
                .addAttribute("carried", carried(step, all))
                .addAttribute("mistakes", mistakes);
        return "admin/package-copy";
    }

    private static Map<String, String> codes(PolicyPackage pack, MultiValueMap<String, String> all) {
        Map<String, String> codes = new LinkedHashMap<>();
        pack.catalogue().benefits().forEach(b -> codes.put(b.code(), one(all, BENEFIT + b.code())));
        return codes;
    }

    private static List<Carried> carried(int step, MultiValueMap<String, String> all) {
        List<Carried> carried = new ArrayList<>();
        all.forEach((name, values) -> {
            if (stepOf(name) != 0 && stepOf(name) != step) values.forEach(v -> carried.add(new Carried(name, v)));
        });
        return carried;
    }

    /** 0 for what belongs to none. */
    private static int stepOf(String field) {
        if (Set.of("code", "nameZh", "nameEn", KEEP).contains(field) || field.startsWith(BENEFIT)) return NAMES;
        if (field.equals("firstDay") || field.matches("(is|status|source)-.+")) return VALUES;
        return field.equals(STAY) ? FACTS : 0;
    }
}
