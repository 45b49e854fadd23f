package cn.jincai.web.office;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.KnownFact;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of a case by where they come from, each with the papers that prove it: first those of which two sides say different things.
 *
 * @param source   as {@link KnownFact} has it; {@code ""} for what nobody has told
 */
record FactSheet(String source, List<Row> rows) {
    /** @param notAsked no source has been asked yet, which is something else than that nothing is known */
    record Row(KnownFact fact, Scheme.Fact declared, boolean notAsked, List<CaseView.Document> papers) {}

    static List<FactSheet> of(CaseView file, Scheme scheme) {
        Map<String, List<Row>> bySource = new LinkedHashMap<>();
        file.facts().stream()
                .sorted(Comparator.comparing((KnownFact f) -> !f.isDisputed()))
                .forEach(f -> scheme.fact(f.name())
                        .ifPresent(declared -> bySource.computeIfAbsent(
                                        f.source() == null ? "" : f.source(), s -> new ArrayList<>())
                                .add(new Row(
                                        f,
                                        declared,
                                        file.unchecked() && f.value() == null && declared.isOutside(),
                                        papers(file, scheme, f.name())))));
        return bySource.entrySet().stream()
                .map(e -> new FactSheet(e.getKey(), e.getValue()))
                .toList();
    }

    private static List<CaseView.Document> papers(CaseView file, Scheme scheme, String fact) {
        List<String> needs = scheme.documents().stream()
                .filter(d -> d.proves().contains(fact))
                .map(Scheme.Document::code)
                .toList();
        return file.documents().stream()
                .filter(d -> d.need() != null && needs.contains(d.need()))
                .toList();
    }
}
