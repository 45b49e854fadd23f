package cn.jincai.assessment;

import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The craftspeople's package with some of it written differently, and a luthier who asks for the first share of the house money. */
final class CraftHouse {
    static final LocalDate DAY = LocalDate.of(2025, 9, 15);
    static final String SCHEME = "scheme.yaml",
            PARAMETERS = "rulesets/2025-03/parameters.yaml",
            BENEFITS = "rulesets/2025-03/benefits.dmn",
            CONDITIONS = "rulesets/2025-03/conditions.dmn",
            FORM = "forms/application.form";

    private final SortedMap<String, byte[]> files = MadeUpPackage.files();

    /** @param was stands there, at least once */
    CraftHouse with(String file, String was, String is) {
        String before = new String(files.get(file), StandardCharsets.UTF_8);
        if (!before.contains(was)) throw new IllegalArgumentException(file + " does not hold " + was);
        files.put(file, before.replace(was, is).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    CraftHouse withParameter(String line) {
        String before = new String(files.get(PARAMETERS), StandardCharsets.UTF_8);
        files.put(PARAMETERS, (before + "  " + line + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    CraftHouse withFact(String line) {
        return with(SCHEME, "reasons:\n", "  - " + line + "\nreasons:\n");
    }

    CraftHouse withDerived(String line) {
        return with(SCHEME, "  benefits:\n    MASTER_NAME", "    - " + line + "\n  benefits:\n    MASTER_NAME");
    }

    PolicyPackage read() {
        try {
            return MadeUpPackage.of(files);
        } catch (Problem p) {
            throw new AssertionError(p.mistakes().toString(), p);
        }
    }

    /** All that is wrong with it. */
    List<Mistake> findings() {
        Findings findings = new Findings();
        try {
            new RulesCheck().check(MadeUpPackage.of(files), findings);
        } catch (Problem unread) {
            findings.addAll(unread.mistakes());
        }
        return findings.all();
    }

    static Map<String, Object> luthier() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("bornOn", LocalDate.of(1990, 5, 5)),
                Map.entry("papersGenuine", true),
                Map.entry("barred", false),
                Map.entry("craft", "LUTHIER"),
                Map.entry("seals", List.of("PROVINCE_SEAL")),
                Map.entry("movedInOn", LocalDate.of(2025, 6, 1)),
                Map.entry("roof", "RENTED"),
                Map.entry("rentAYear", 1_200_000L),
                Map.entry("nightsAway", 20L),
                Map.entry("sharesPaid", List.of()),
                Map.entry("share", 1L),
                Map.entry("advance", 0L)));
    }
}
