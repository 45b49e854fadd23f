package cn.jincai.assessment.verification;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.WorkedCase;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Every worked case still comes out as it was promised; one that does not names what {@link Verifier} found to be why. Made only where the tables themselves are sound. */
@Component
@Order(3)
public class ExamplesCheck implements PackageCheck {
    private final Assessments assessments;
    private final Function<PolicyPackage, WorkingCalendar> calendar;

    /** What was known when a package was frozen stays so for its examples: no later notice takes it back. Of one that is new all notices are known. */
    @Autowired
    public ExamplesCheck(Assessments assessments, Packages packages, Calendars calendars) {
        this(
                assessments,
                candidate -> packages.calendar(candidate.hash())
                        .map(calendars::byVersion)
                        .orElseGet(calendars::current));
    }

    public ExamplesCheck(Assessments assessments) {
        this(assessments, candidate -> assessments.calendar());
    }

    public ExamplesCheck(Assessments assessments, Function<PolicyPackage, WorkingCalendar> calendar) {
        this.assessments = assessments;
        this.calendar = calendar;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Findings tables = new Findings();
        new RulesCheck().check(candidate, tables);
        if (!tables.isEmpty()) return; // RulesCheck tells them
        WorkingCalendar known = calendar.apply(candidate);
        for (Ruleset ruleset : candidate.rulesets())
            for (WorkedCase worked : WorkedCase.of(candidate, ruleset, findings))
                check(candidate, ruleset, worked, known, findings);
    }

    private void check(
            PolicyPackage candidate, Ruleset ruleset, WorkedCase worked, WorkingCalendar known, Findings findings) {
        String file = ruleset.folder() + "examples.yaml";
        Integer until = worked.noticesUntil();
        if (until != null && !known.isLoaded(until)) {
            findings.add(file, worked.place(), "assessment.check.NOTICE_UNKNOWN", worked.name(), until);
            return;
        }
        Assessment found = found(candidate, worked, until == null ? known : known.until(until));
        Map<String, String> differences = differences(worked, found);
        if (differences.isEmpty()) return;
        Optional<Mistake> cause = Cause.of(ruleset, worked, found, findings);
        cause.ifPresent(findings::explains);
        Optional<Integer> year = until != null
                ? Optional.empty()
                : known.notices().keySet().stream()
                        .filter(y -> differences(worked, found(candidate, worked, known.until(y)))
                                .isEmpty())
                        .max(Comparator.naturalOrder());
        String key = year.isEmpty() ? "assessment.check.EXAMPLE" : "assessment.check.noticesUntil.EXAMPLE";
        differences.forEach((what, words) -> findings.add(
                file,
                worked.place(),
                key,
                Stream.concat(Stream.of(worked.name(), what, because(words, cause)), year.stream())
                        .toArray()));
    }

    private static Object because(String words, Optional<Mistake> cause) {
        return cause.<Object>map(m -> Text.of("assessment.check.because", words, m.field(), m.code()))
                .orElse(words);
    }

    /** What comes of it, by what was known of holidays when its package was frozen. */
    public Assessment outcome(PolicyPackage policy, WorkedCase worked) {
        WorkingCalendar known = calendar.apply(policy);
        Integer until = worked.noticesUntil();
        return found(policy, worked, until == null ? known : known.until(until));
    }

    private Assessment found(PolicyPackage candidate, WorkedCase worked, WorkingCalendar calendar) {
        return assessments.assess(
                candidate, worked.applicationDate(), worked.facts(), worked.lines(), Adjustments.NONE, calendar);
    }

    private static Map<String, String> differences(WorkedCase worked, Assessment found) {
        Map<String, String> differences = new TreeMap<>();
        if (worked.verdict() != null)
            compare("case", worked.verdict(), found.verdict().name(), differences);
        worked.expect()
                .forEach((code, expect) -> expect.forEach((word, wanted) -> compare(
                        code + " " + word, wanted, said(found.benefit(code).orElse(null), word), differences)));
        for (AssessedLine line : found.lines())
            worked.expectOfLines()
                    .getOrDefault(line.id(), Map.of())
                    .forEach((word, wanted) ->
                            compare("lines." + line.id() + " " + word, wanted, said(line, word), differences));
        return differences;
    }

    private static void compare(String what, Object wanted, @Nullable Object found, Map<String, String> differences) {
        Object sorted = wanted instanceof List<?> list && what.endsWith("reasons")
                ? list.stream().map(String::valueOf).sorted().toList()
                : wanted;
        if (!String.valueOf(sorted).equals(String.valueOf(found))) differences.put(what, sorted + " ≠ " + found);
    }

    /** Of all that is decided for this line: its sum, and the reasons of each. */
    private static Object said(AssessedLine line, String word) {
        return switch (word) {
            case "verdict" -> line.verdict();
            case "amountFen" ->
                line.benefits().stream().mapToLong(Benefit::amountFen).sum();
            case "reasons" ->
                line.benefits().stream()
                        .flatMap(benefit -> benefit.reasons().stream())
                        .map(Reason::code)
                        .sorted()
                        .toList();
            default -> throw new IllegalArgumentException(word);
        };
    }

    /** @param benefit null where it was not asked for */
    private static @Nullable Object said(@Nullable Benefit benefit, String word) {
        if (word.equals("asked")) return benefit != null;
        if (benefit == null) return null;
        return switch (word) {
            case "verdict" -> benefit.verdict();
            case "amountFen" -> benefit.amountFen();
            case "level" -> benefit.level();
            case "monthlyFen" -> benefit.monthlyFen();
            case "months" -> benefit.months();
            case "reasons" ->
                benefit.reasons().stream().map(Reason::code).sorted().toList();
            case "instalments" ->
                benefit.instalments().stream().map(Instalment::amountFen).toList();
            default -> throw new IllegalArgumentException(word);
        };
    }
}
