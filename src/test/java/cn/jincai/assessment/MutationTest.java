package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.verification.Comparison;
import cn.jincai.assessment.verification.Differences.Answer;
import cn.jincai.assessment.verification.Differences.Difference;
import cn.jincai.assessment.verification.Differences.Kind;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Two hundred single faults in the tables and parameters of the schemes, planted at random: each is refused, caught by the verifier or a worked case, or
 * shown by the comparison with the version before in a case that both versions then decide differently; the rest is proved to change no verdict and no
 * sum, and two thousand people find nothing against the proof.
 */
class MutationTest {
    private static final long SEED = 20_261_125;
    private static final int FAULTS = LongRun.of(200), FIRST = 1_500, MOST = 6_000, LOST_ROWS = 10;
    private static final int PEOPLE = 2_000;
    private static final String FOLDER = "rulesets/2026-01/";
    private static final List<String> SCHEMES = List.of("talent-recognition", "recruitment-subsidy", "skills-award");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final Assessments ASSESSMENTS = Assessments.with(CityCalendar.calendar());
    /** What a cell, a code, a sum or a row may be turned into by one slip. */
    private static final Map<String, Pattern> SLIPS = new LinkedHashMap<>(Map.of(
            "comparison", Pattern.compile("(?<=<text>)(&lt;=|&gt;=|&lt;|&gt;)(?= )"),
            "code", Pattern.compile("(?<=<inputEntry id=.{0,60}>.{0,200})\"[A-Z_]+\"(?=[^<]*</text></inputEntry>)"),
            "value", Pattern.compile("(?<=\\{is: )\\d+(?=,)"),
            "lost row", Pattern.compile("(?s)      <rule id=.*?</rule>\\n"),
            "lost cell", Pattern.compile("(?<=<text>)[^<]+(?=</text></inputEntry>)"),
            "negation", Pattern.compile("(?<=<text>)not\\((\"[^<]*\")\\)(?=</text></inputEntry>)"),
            "and/or", Pattern.compile(" (or|and) (?=list contains|listedIndustry)"),
            "truth", Pattern.compile("(?<=<text>)(true|false)(?=[^<]*</text></inputEntry>)"),
            "number", Pattern.compile("(?<=<text>)\\d(?=</text></(inputEntry|outputEntry)>)")));

    private record Fault(String scheme, String file, String kind, int at, String was, String is) {}

    private record Caught(
            Fault fault, String by, LocalDate applicationDate, Map<String, Object> facts, String before, String after) {
        /** Seen by a check, which tells where. */
        static Caught by(Fault fault, String check, List<Problem.Mistake> findings) {
            return new Caught(
                    fault,
                    check,
                    null,
                    Map.of(),
                    findings.get(0).field() + ": " + findings.get(0).message().en(),
                    null);
        }
    }

    @Test
    void everyFaultIsCaughtOrMakesNoDifference() throws Exception {
        Random random = new Random(SEED);
        List<Caught> all = new ArrayList<>();
        List<Fault> possible = new ArrayList<>();
        for (String scheme : SCHEMES) possible.addAll(faults(scheme, random));
        java.util.Collections.shuffle(possible, random);
        // most lost rows are seen when the articles are read that name them
        List<Fault> lost =
                possible.stream().filter(f -> f.kind.equals("lost row")).toList();
        possible.removeAll(lost.subList(LOST_ROWS, lost.size()));
        for (Fault fault : possible.subList(0, FAULTS)) all.add(caught(fault));
        write(all);
        assertThat(all).hasSize(FAULTS);
        assertThat(all).noneMatch(c -> c.by.equals("undecided"));
    }

    private static List<Fault> faults(String scheme, Random random) {
        List<Fault> faults = new ArrayList<>();
        for (String file : List.of("conditions.dmn", "benefits.dmn", "parameters.yaml")) {
            String text = new String(CityPackages.of(scheme).files().get(FOLDER + file), StandardCharsets.UTF_8);
            new TreeMap<>(SLIPS).forEach((kind, pattern) -> {
                Matcher m = pattern.matcher(text);
                while (m.find())
                    faults.add(
                            new Fault(scheme, file, kind, m.start(), m.group(), slip(kind, m.group(), text, random)));
            });
        }
        faults.removeIf(f -> f.was.equals(f.is));
        return faults;
    }

    private static String slip(String kind, String was, String text, Random random) {
        return switch (kind) {
            case "comparison" ->
                switch (was) {
                    case "&lt;" -> random.nextBoolean() ? "&lt;=" : "&gt;=";
                    case "&lt;=" -> random.nextBoolean() ? "&lt;" : "&gt;";
                    case "&gt;" -> random.nextBoolean() ? "&gt;=" : "&lt;=";
                    default -> random.nextBoolean() ? "&gt;" : "&lt;";
                };
            case "code" -> {
                List<String> codes = Pattern.compile("(?<=[(, >])\"[A-Z_]{3,}\"(?=[),<])")
                        .matcher(text)
                        .results()
                        .map(java.util.regex.MatchResult::group)
                        .distinct()
                        .toList();
                yield codes.isEmpty() ? was : codes.get(random.nextInt(codes.size()));
            }
            case "value" ->
                switch (random.nextInt(3)) {
                    case 0 -> String.valueOf(Long.parseLong(was) + 1);
                    case 1 -> String.valueOf(Math.max(0, Long.parseLong(was) - 1));
                    default -> was + "00";
                };
            case "lost row", "lost cell" -> "";
            case "negation" -> was.substring(4, was.length() - 1);
            case "and/or" -> was.contains("or") && !was.contains("and") ? " and " : " or ";
            case "truth" -> was.equals("true") ? "false" : "true";
            default -> String.valueOf((Integer.parseInt(was) + 1) % 10);
        };
    }

    private static Caught caught(Fault fault) {
        PolicyPackage before = CityPackages.of(fault.scheme), after;
        Findings findings = new Findings();
        try {
            after = CityPackages.with(
                    fault.scheme,
                    FOLDER + fault.file,
                    t -> t.substring(0, fault.at) + fault.is + t.substring(fault.at + fault.was.length()));
            new RulesCheck().check(after, findings);
        } catch (Problem refused) {
            return Caught.by(fault, "refused when read", refused.mistakes());
        }
        if (!findings.isEmpty()) return Caught.by(fault, "refused when compiled", findings.all());
        Comparison comparison = new Comparison(before, after, CityCalendar.calendar(), TODAY);
        Caught caught = compared(fault, before, after, comparison, FIRST);
        if (caught != null) return caught;
        new ExamplesCheck(ASSESSMENTS).check(after, findings);
        if (!findings.isEmpty()) return Caught.by(fault, "worked case", findings.all());
        Findings was = new Findings(), is = new Findings();
        Verifier verifier = new Verifier(CityCalendar::calendar, () -> TODAY);
        verifier.check(before, was);
        verifier.check(after, is);
        List<Problem.Mistake> seen = java.util.stream.Stream.concat(is.all().stream(), is.warnings().stream())
                .filter(m -> !was.warnings().contains(m))
                .toList();
        if (!seen.isEmpty()) return Caught.by(fault, "verifier", seen);
        caught = compared(fault, before, after, comparison, MOST);
        return caught != null ? caught : new Caught(fault, "undecided", null, Map.of(), null, null);
    }

    /** @return null where the search gave up */
    private static Caught compared(
            Fault fault, PolicyPackage before, PolicyPackage after, Comparison comparison, int most) {
        boolean undecided = false;
        for (var benefit : before.catalogue().benefits())
            for (Kind kind : List.of(Kind.VERDICT, Kind.SUM)) {
                Difference d = comparison.difference(benefit.code(), kind, most);
                if (d.answer() == Answer.FOUND) return confirmed(fault, before, after, d);
                undecided |= d.answer() == Answer.UNDECIDED;
            }
        if (undecided) return null;
        nobodyDiffers(fault, before, after);
        return new Caught(fault, "proved equal in verdict and sum", null, Map.of(), null, null);
    }

    /** What was proved, once more in the way in which everybody is answered. */
    private static void nobodyDiffers(Fault fault, PolicyPackage before, PolicyPackage after) {
        BoundaryCase cases = new BoundaryCase(before);
        Random random = new Random(SEED);
        for (int n = 0; n < PEOPLE; n++) {
            BoundaryCase.Person near = cases.nearAWorkedCase(random);
            LocalDate applied = n % 2 == 0 ? near.applied() : cases.applied(random);
            Map<String, Object> facts = n % 2 == 0 ? near.facts() : cases.facts(applied, random, n % 4 == 1 ? 0 : 0.2);
            for (var benefit : before.catalogue().benefits()) {
                Benefit was = ASSESSMENTS
                        .assess(before, applied, facts, Adjustments.NONE)
                        .benefit(benefit.code())
                        .orElseThrow();
                Benefit is = ASSESSMENTS
                        .assess(after, applied, facts, Adjustments.NONE)
                        .benefit(benefit.code())
                        .orElseThrow();
                if (differs(was, is))
                    throw new AssertionError(
                            "proved equal, but " + fault + " decides otherwise: " + applied + " " + facts);
            }
        }
    }

    /** The case that was found is decided once more by both versions, in the way in which everybody is answered. */
    private static Caught confirmed(Fault fault, PolicyPackage before, PolicyPackage after, Difference d) {
        Benefit was = ASSESSMENTS
                .assess(before, d.applicationDate(), d.facts(), Adjustments.NONE)
                .benefit(d.benefit())
                .orElseThrow();
        Benefit is = ASSESSMENTS
                .assess(after, d.applicationDate(), d.facts(), Adjustments.NONE)
                .benefit(d.benefit())
                .orElseThrow();
        assertThat(differs(was, is)).as(fault + " " + d.facts()).isTrue();
        return new Caught(
                fault,
                "comparison",
                d.applicationDate(),
                d.facts(),
                d.benefit() + " " + was.verdict() + " " + was.amountFen(),
                is.verdict() + " " + is.amountFen());
    }

    private static boolean differs(Benefit was, Benefit is) {
        return was.verdict() != is.verdict()
                || was.amountFen() != is.amountFen()
                || !java.util.Objects.equals(was.level(), is.level())
                || !was.instalments().equals(is.instalments())
                || !java.util.Objects.equals(was.months(), is.months());
    }

    private static void write(List<Caught> all) throws Exception {
        Map<String, Integer> by = new TreeMap<>();
        all.forEach(c -> by.merge(c.by, 1, Integer::sum));
        StringBuilder report = new StringBuilder(
                "# Planted faults\n\nSeed " + SEED + ". " + by
                        + "\n\n| scheme | file | kind | was | is | caught by | before | after | case |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Caught c : all)
            report.append("| ")
                    .append(String.join(
                            " | ",
                            c.fault.scheme,
                            c.fault.file,
                            c.fault.kind,
                            brief(c.fault.was),
                            brief(c.fault.is),
                            c.by,
                            String.valueOf(c.before),
                            String.valueOf(c.after),
                            c.applicationDate == null ? "" : c.applicationDate + " " + c.facts))
                    .append(" |\n");
        Files.writeString(Path.of("target/mutation-report.md"), report);
        new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        Path.of("target/mutation-report.json").toFile(), Map.of("seed", SEED, "by", by, "faults", all));
        System.out.println("MutationTest " + by);
    }

    private static String brief(String text) {
        String one = text.replaceAll("\\s+", " ").replace("|", "/");
        return "`" + (one.length() > 60 ? one.substring(0, 60) + "…" : one) + "`";
    }
}
