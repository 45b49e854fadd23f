package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.WorkedCase;
import cn.jincai.filing.FieldChecks;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.gate.FormKeys;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.process.KnownToDiagrams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * A stranger works from docs/policy-packages.md alone: each key that the readers take stands there, and what stands there is taken. The readers say themselves which
 * keys they know, when they are given one that they don't.
 */
@Tag("issue-16.21")
class DocumentedKeysTest {
    private static final String STRANGE = "zzz";
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]+`|\n    [^\n]+", Pattern.DOTALL),
            WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*"),
            FIRST_CELL = Pattern.compile("(?m)^\\| ((?:`[a-zA-Z]+`(?:, )?)+) \\|");

    private final String documentation = read();

    private static String read() {
        try {
            return Files.readString(Path.of("docs/policy-packages.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the text sets as code, word by word. */
    private Set<String> documented() {
        return CODE.matcher(documentation)
                .results()
                .flatMap(code -> WORD.matcher(code.group()).results())
                .map(word -> word.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By file: the keys of all its maps. */
    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (String scheme : Stream.concat(
                        CityPackages.FOLDERS.all().stream(), Stream.of(MadeUpPackage.CODE, MadeUpPackage.BY_MONTH))
                .toList()) {
            SortedMap<String, byte[]> files = CityPackages.FOLDERS.all().contains(scheme)
                    ? CityPackages.FOLDERS.files(scheme)
                    : MadeUpPackage.files(scheme);
            files.replaceAll((path, content) -> isOurs(path) ? withStrangeKeys(content) : content);
            Findings findings = new Findings();
            PackageReader.read(scheme, files, findings)
                    .ifPresent(pack -> pack.rulesets().forEach(ruleset -> WorkedCase.of(pack, ruleset, findings)));
            findings.all().stream()
                    .filter(m ->
                            m.code().equals("UNKNOWN_KEY") && m.message().en().contains("'" + STRANGE + "'"))
                    .forEach(m -> known.computeIfAbsent(
                                    Place.of(m).file().replaceAll(".*/", ""), file -> new TreeSet<>())
                            .addAll(List.of(m.message()
                                    .en()
                                    .replaceFirst(".*known are ", "")
                                    .split(", "))));
        }
        return known;
    }

    private static boolean isOurs(String path) {
        return path.endsWith(".yaml")
                && !path.startsWith("forms/")
                && !path.endsWith("samples.yaml")
                && !path.endsWith("population.yaml");
    }

    private static byte[] withStrangeKeys(byte[] content) {
        Object all = new Yaml().load(new String(content, StandardCharsets.UTF_8));
        return new Yaml().dump(strange(all)).getBytes(StandardCharsets.UTF_8);
    }

    private static Object strange(Object value) {
        if (value instanceof List<?> list)
            return list.stream().map(DocumentedKeysTest::strange).toList();
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> more = new LinkedHashMap<>();
            map.forEach((key, inner) -> more.put(String.valueOf(key instanceof Date d ? day(d) : key), strange(inner)));
            more.put(STRANGE, "1");
            return more;
        }
        return value instanceof Date date ? day(date) : value;
    }

    private static String day(Date date) {
        return date.toInstant().toString().substring(0, 10);
    }

    @Test
    void everyKeyThatTheReadersTakeIsDocumented() {
        Map<String, Set<String>> known = known();
        assertThat(known.keySet())
                .contains(
                        "scheme.yaml", "common.yaml", "steps.yaml", "parameters.yaml", "sources.yaml", "examples.yaml");
        assertThat(known.get("scheme.yaml"))
                .contains(
                        "governingDate",
                        "whenAbsent",
                        "sameFacts",
                        "theirs",
                        "equalParts",
                        "maxGapMonths",
                        "untested",
                        "requiredWhen");
        Set<String> documented = documented();
        known.forEach(
                (file, keys) -> assertThat(documented).as("keys of " + file).containsAll(keys));
    }

    @Test
    void everyWordThatAKeyMayHaveIsDocumented() {
        Set<String> documented = documented();
        assertThat(documented).as("kinds of steps").containsAll(Step.Kind.codes());
        for (Step.Kind kind : Step.Kind.values())
            assertThat(documented).as("outcomes of " + kind).containsAll(kind.outcomes());
        assertThat(documented)
                .as("derived values")
                .containsAll(Arrays.stream(Computation.values()).map(Enum::name).toList());
        for (Computation as : Computation.values())
            assertThat(documented).as("keys of " + as).containsAll(as.keys());
    }

    @Test
    void everyPropertyOfAFormIsDocumented() {
        Set<String> documented = documented();
        assertThat(documented).as("kinds of fields").containsAll(FormKeys.OWN.keySet());
        FormKeys.OWN.forEach(
                (type, keys) -> assertThat(documented).as("keys of " + type).containsAll(keys));
        assertThat(documented).as("validate").containsAll(FormKeys.VALIDATE);
        assertThat(documented).as("properties").containsAll(FormKeys.PROPERTIES);
        FieldChecks.all(new CityClock()).forEach(check -> {
            assertThat(documented).as("checks of forms").containsAll(check.properties());
            assertThat(documentation).contains("`" + check.name() + "`");
        });
    }

    @Test
    void everyKeyInATableOfTheDocumentationIsTaken() {
        Set<String> known = new TreeSet<>();
        known().values().forEach(known::addAll);
        known.addAll(FormKeys.PROPERTIES);
        known.addAll(FormKeys.VALIDATE);
        FormKeys.OWN.forEach((type, keys) -> {
            known.add(type);
            known.addAll(keys);
        });
        FieldChecks.all(new CityClock()).forEach(check -> {
            known.add(check.name());
            known.addAll(check.properties());
        });
        known.addAll(Step.Kind.codes());
        known.addAll(KnownToDiagrams.words().messages().keySet());
        Arrays.stream(Computation.values()).forEach(as -> known.add(as.name()));
        Matcher row = FIRST_CELL.matcher(documentation);
        int rows = 0;
        for (; row.find(); rows++)
            for (String key : row.group(1).split(", ")) assertThat(known).contains(key.replace("`", ""));
        assertThat(rows).isGreaterThan(40);
    }
}
