package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.gate.ChangedSums;
import cn.jincai.policy.gate.ValidityGaps;
import cn.jincai.policy.registers.RegisterCheck;
import cn.jincai.policy.registers.Registers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Faults as people make them, planted one by one in the packages of the city: each is a finding, or it is proved that nothing comes of it. The report lies in
 * {@code target/planted-faults.txt}.
 */
@Tag("issue-16")
class PlantedFaultsTest {
    private static final PackageCheck EXAMPLES = new ExamplesCheck(Assessments.with(CityCalendar.calendar()));

    @Test
    void everyPlantedFaultIsAFindingOrHarmless() throws IOException {
        List<Map<String, Object>> faults = faults();
        List<String> report = new ArrayList<>(), silent = new ArrayList<>();
        long inDiagrams =
                faults.stream().filter(f -> text(f, "in").endsWith(".bpmn")).count();
        for (Map<String, Object> fault : faults) {
            String caught = caught(fault);
            report.add(text(fault, "what") + " | " + scheme(fault) + " " + text(fault, "in") + " | " + caught);
            if (caught.startsWith("NOT ")) silent.add(report.get(report.size() - 1));
        }
        report.add(0, faults.size() + " faults, " + inDiagrams + " of them in diagrams");
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/planted-faults.txt"), report);
        assertThat(silent).isEmpty();
        assertThat(faults.size()).isGreaterThanOrEqualTo(100);
        assertThat(inDiagrams).isGreaterThanOrEqualTo(40);
    }

    private static PolicyPackage original(String scheme) {
        if (scheme.equals(MadeUpPackage.BY_MONTH)) return MadeUpPackage.of(scheme, MadeUpPackage.files(scheme));
        PolicyPackage offered = GateTest.CITY.get(scheme);
        return offered != null ? offered : CityPackages.of(scheme);
    }

    private static List<Map<String, Object>> faults() throws IOException {
        try (InputStream file = PlantedFaultsTest.class.getResourceAsStream("/planted/faults.yaml")) {
            return new Yaml().load(file);
        }
    }

    private static String scheme(Map<String, Object> fault) {
        return (String) fault.getOrDefault("scheme", "skills-award");
    }

    private static String text(Map<String, Object> fault, String key) {
        return Objects.toString(fault.get(key), "");
    }

    private static String caught(Map<String, Object> fault) {
        String scheme = scheme(fault);
        SortedMap<String, byte[]> files = new TreeMap<>(original(scheme).files());
        plant(files, fault);
        Findings findings = new Findings();
        Optional<PolicyPackage> read = GateTest.read(scheme, files, findings);
        List<Mistake> told = findings.isEmpty() ? gate(read.orElseThrow(), fault) : findings.all();
        if (fault.containsKey("harmless")) {
            if (!told.isEmpty()) return "NOT harmless: " + words(told.get(0));
            return alike(read.orElseThrow(), text(fault, "alike"))
                    ? "harmless: " + text(fault, "harmless")
                    : "NOT proved harmless: " + text(fault, "harmless");
        }
        return told.stream()
                .filter(m -> ((List<?>) fault.get("codes")).contains(m.code()))
                .findFirst()
                .map(PlantedFaultsTest::words)
                .orElse("NOT caught" + (told.isEmpty() ? "" : " but by " + words(told.get(0))));
    }

    private static String words(Mistake mistake) {
        return mistake.code() + " at " + mistake.field() + ": "
                + mistake.message().en();
    }

    /** The diagrams of the city are walked in any case; rules and examples only where they were touched. */
    private static List<Mistake> gate(PolicyPackage candidate, Map<String, Object> fault) {
        Findings findings = new Findings();
        List<PackageCheck> checks = new ArrayList<>(List.of(GateTest.STRUCTURE, GateTest.FORMS, GateTest.KEYS));
        if (!text(fault, "in").endsWith(".bpmn")) checks.add(new ValidityGaps());
        checks.add(GateTest.SCHEME);
        checks.add(new RegisterCheck(() -> Registers.NONE, new CityClock()));
        if (text(fault, "in").matches("rulesets/.*|scheme.yaml|common/common.yaml"))
            checks.addAll(List.of(new RulesCheck(), EXAMPLES));
        for (PackageCheck check : checks) {
            check.check(candidate, findings);
            if (!findings.isEmpty()) return findings.all();
        }
        return ChangedSums.between(original(candidate.scheme()), candidate);
    }

    private static void plant(SortedMap<String, byte[]> files, Map<String, Object> fault) {
        String file = text(fault, "in"), before = new String(files.get(file), StandardCharsets.UTF_8);
        String after = fault.containsKey("pattern")
                ? before.replaceFirst(text(fault, "pattern"), text(fault, "to"))
                : Stream.of(before.indexOf(text(fault, "from")))
                        .map(at -> before.substring(0, at)
                                + text(fault, "to")
                                + before.substring(at + text(fault, "from").length()))
                        .findFirst()
                        .orElseThrow();
        assertThat(after).as("nothing was changed: " + fault).isNotEqualTo(before);
        files.put(file, after.getBytes(StandardCharsets.UTF_8));
        if (fault.get("more") instanceof List<?> others) for (Object other : others) plant(files, cast(other));
    }

    @SuppressWarnings("unchecked") // as the file is written
    private static Map<String, Object> cast(Object other) {
        return (Map<String, Object>) other;
    }

    private static boolean alike(PolicyPackage changed, String by) {
        PolicyPackage city = original(changed.scheme());
        return switch (by) {
            case "package" ->
                changed.catalogue().equals(city.catalogue())
                        && changed.rulesets().toString().equals(city.rulesets().toString())
                        && changed.steps()
                                .all()
                                .toString()
                                .equals(city.steps().all().toString());
            case "diagram" -> read(changed).equals(read(city));
            case "examples" -> {
                Findings findings = new Findings();
                EXAMPLES.check(changed, findings);
                yield findings.isEmpty() && Map.copyOf(facts(changed)).equals(facts(city));
            }
            default -> false;
        };
    }

    private static Map<String, Scheme.Fact> facts(PolicyPackage pack) {
        Map<String, Scheme.Fact> facts = new TreeMap<>();
        pack.catalogue().facts().forEach(fact -> facts.put(fact.name(), fact));
        return facts;
    }

    /** Without what the engine does not read: where things are drawn, explanations, and the ends of flows that stand twice. */
    private static Map<String, String> read(PolicyPackage pack) {
        Map<String, String> diagrams = new TreeMap<>();
        pack.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn"))
                diagrams.put(
                        path,
                        new String(content, StandardCharsets.UTF_8)
                                .replaceAll("(?s)<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "")
                                .replaceAll("(?s)<bpmn:documentation>.*?</bpmn:documentation>", "")
                                .replaceAll("<bpmn:(incoming|outgoing)>[^<]*</bpmn:(incoming|outgoing)>", "")
                                .replaceAll("\\s+", " "));
        });
        return diagrams;
    }
}
