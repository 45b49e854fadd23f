package cn.jincai.assessment.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The worked cases that lie beside the rules, with their facts typed as an assessment takes them. */
record WorkedCases(String scheme, List<WorkedCase> cases) {
    static final List<String> SCHEMES = List.of("talent-recognition", "recruitment-subsidy", "skills-award");
    private static final Set<String> DATES = Set.of("birthDate", "firstInsuredOn", "certificateIssuedOn");

    record WorkedCase(String zh, String en, LocalDate applied, Map<String, Object> facts, Map<String, Object> expect) {
        @Override
        public String toString() {
            return en;
        }
    }

    static WorkedCases of(String scheme) {
        List<WorkedCase> cases = new ArrayList<>();
        for (Map<String, Object> entry : read(Path.of("bpmn", scheme, "rulesets", "2026-01", "examples.yaml"))) {
            Map<String, Object> name = map(entry.get("case"));
            Map<String, Object> facts = new HashMap<>();
            map(entry.get("facts")).forEach((fact, value) -> {
                if (value != null) facts.put(fact, typed(fact, value));
            });
            cases.add(new WorkedCase(
                    (String) name.get("zh"),
                    (String) name.get("en"),
                    LocalDate.parse((String) entry.get("applicationDate")),
                    facts,
                    map(entry.get("expect"))));
        }
        return new WorkedCases(scheme, cases);
    }

    private static List<Map<String, Object>> read(Path file) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        DumperOptions unused = new DumperOptions();
        try {
            return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits, new DatesAreText())
                    .load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** YAML would make a moment in UTC of a day. */
    private static final class DatesAreText extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.BOOL, java.util.regex.Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, java.util.regex.Pattern.compile("-?[0-9]+"), "-0123456789");
            addImplicitResolver(Tag.NULL, java.util.regex.Pattern.compile("null"), "n");
        }
    }

    private static Object typed(String fact, Object value) {
        if (DATES.contains(fact)) return LocalDate.parse((String) value);
        if (value instanceof Integer number) return number.longValue();
        if (value instanceof List<?> list)
            return list.stream()
                    .map(entry -> entry instanceof Integer number ? (Object) number.longValue() : entry)
                    .toList();
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
