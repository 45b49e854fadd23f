package cn.jincai.demo;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Form;
import cn.jincai.policy.FormCheck;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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
            findings.add(
                    SampleDefinitions.FILE,
                    "",
                    "SAMPLES",
                    "样例文件读不懂：" + e.getMessage(),
                    "The samples can't be read: " + e.getMessage());
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
                String why = e instanceof Problem p ? p.text().en() : e.getMessage();
                findings.add(
                        SampleDefinitions.FILE,
                        "kinds." + name,
                        "SAMPLE",
                        "这个样例不成立：" + why,
                        "This sample does not hold: " + why);
            }
        }
    }

    private void check(PolicyPackage candidate, String name, SampleDefinitions.Kind kind, Findings findings) {
        if (kind.verdict() == null
                || Arrays.stream(Verdict.values()).noneMatch(v -> v.name().equals(kind.verdict())))
            findings.add(
                    SampleDefinitions.FILE,
                    "kinds." + name + ".verdict",
                    "SAMPLE_VERDICT",
                    "结论应为 " + Arrays.toString(Verdict.values()),
                    "The verdict is one of " + Arrays.toString(Verdict.values()));
        if (kind.born() == null || kind.answers() == null || kind.facts() == null) {
            findings.add(
                    SampleDefinitions.FILE,
                    "kinds." + name,
                    "SAMPLE_GAP",
                    "缺少 born、answers 或 facts。",
                    "born, answers or facts is missing.");
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
        words.putAll(Map.of("employerCode", "91350100M000100Y43", "employerName", "样例"));
        Map<String, Object> answers = SampleDefinitions.filledIn(kind.answers(), words, today);
        answers.keySet().stream()
                .filter(key -> form.field(key).isEmpty())
                .forEach(key -> findings.add(
                        SampleDefinitions.FILE,
                        "kinds." + name + ".answers." + key,
                        "SAMPLE_ANSWER",
                        "申请表没有这一项。",
                        "The application form has no such field."));
        forms.check(form, answers)
                .forEach(m -> findings.add(
                        SampleDefinitions.FILE,
                        "kinds." + name + ".answers." + m.field(),
                        m.code(),
                        m.message().zh(),
                        m.message().en()));
    }

    private static void checkFacts(
            Scheme scheme, String place, String source, Map<String, Object> facts, Findings findings) {
        for (String fact : facts.keySet()) {
            if (scheme.fact(fact).filter(f -> f.source().equals(source)).isPresent()
                    || isOfRun(scheme.run(), source, fact)) continue;
            findings.add(
                    SampleDefinitions.FILE,
                    place + "." + fact,
                    "SAMPLE_FACT",
                    "本事项没有来源为“" + source + "”的事实“" + fact + "”。",
                    "The scheme has no fact '" + fact + "' of the source '" + source + "'.");
        }
    }

    /** The months that a run asks about are no facts of the rules. */
    private static boolean isOfRun(Scheme.Run run, String source, String fact) {
        return run != null
                && source.equals(run.source())
                && (fact.equals(run.outOfPost()) || fact.equals(run.uninsured()));
    }
}
