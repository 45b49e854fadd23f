package cn.jincai.demo;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A package's samples can be read, name facts under their own sources, and fill the application form so that it could be sent. */
@Component
class SamplesCheck implements PackageCheck {
    private final FormCheck forms;
    private final CityClock clock;

    SamplesCheck(FormCheck forms, CityClock clock) {
        this.forms = forms;
        this.clock = clock;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        try {
            SampleDefinitions.of(candidate).ifPresent(book -> check(candidate, book, findings));
        } catch (IllegalArgumentException e) {
            findings.add(SampleDefinitions.FILE, "", "demo.SAMPLES", String.valueOf(e.getMessage()));
        }
    }

    private void check(PolicyPackage candidate, SampleDefinitions book, Findings findings) {
        book.unknown()
                .forEach((source, facts) ->
                        checkFacts(candidate.catalogue(), "unknown." + source, source, facts, findings));
        book.contradicts()
                .forEach((source, facts) ->
                        checkFacts(candidate.catalogue(), "contradicts." + source, source, facts, findings));
        for (String name : book.kinds().keySet()) {
            try {
                check(candidate, name, book.kind(name), findings);
            } catch (Problem | DateTimeException e) {
                Object why = e instanceof Problem p ? p.text() : String.valueOf(e.getMessage());
                findings.add(SampleDefinitions.FILE, "kinds." + name, "demo.SAMPLE", why);
            }
        }
    }

    private void check(PolicyPackage candidate, String name, SampleDefinitions.Kind kind, Findings findings) {
        if (kind.verdict() == null
                || Arrays.stream(Verdict.values()).noneMatch(v -> v.name().equals(kind.verdict())))
            findings.add(
                    SampleDefinitions.FILE,
                    "kinds." + name + ".verdict",
                    "demo.SAMPLE_VERDICT",
                    Arrays.toString(Verdict.values()));
        if (kind.born() == null || kind.answers() == null || kind.facts() == null) {
            findings.add(SampleDefinitions.FILE, "kinds." + name, "demo.SAMPLE_GAP");
            return;
        }
        kind.facts()
                .forEach((source, facts) -> checkFacts(
                        candidate.catalogue(), "kinds." + name + ".facts." + source, source, facts, findings));
        Form form = candidate.forms().get("forms/application.form");
        if (form == null) return;
        LocalDate today = clock.today();
        var person = FictitiousPerson.born(
                RelativeDays.day(kind.born().from(), today),
                RelativeDays.day(kind.born().to(), today),
                FictitiousPerson.Stock.load(),
                new Random(1));
        var words = new TreeMap<>(person.placeholders());
        words.putAll(Map.of("employerCode", "91350100M000100Y43", "employerName", "Sample"));
        Map<String, Object> answers = SampleDefinitions.filledIn(kind.answers(), words, today);
        answers.keySet().stream()
                .filter(key -> form.field(key).isEmpty())
                .forEach(key -> findings.add(
                        SampleDefinitions.FILE, "kinds." + name + ".answers." + key, "demo.SAMPLE_ANSWER"));
        findings.addAll(forms.check(form, answers).stream()
                .map(m -> new Mistake(
                        SampleDefinitions.FILE + ", kinds." + name + ".answers." + m.field(), m.code(), m.message()))
                .toList());
    }

    private static void checkFacts(
            Scheme scheme, String place, String source, Map<String, Object> facts, Findings findings) {
        for (String fact : facts.keySet()) {
            if (scheme.fact(fact).filter(f -> f.source().equals(source)).isPresent()
                    || isOfRun(scheme.run(), source, fact)) continue;
            findings.add(SampleDefinitions.FILE, place + "." + fact, "demo.SAMPLE_FACT", source, fact);
        }
    }

    /** The months that a run asks about are no facts of the rules. */
    private static boolean isOfRun(Scheme.@Nullable Run run, String source, String fact) {
        return run != null
                && source.equals(run.source())
                && (fact.equals(run.outOfPost()) || fact.equals(run.uninsured()));
    }
}
