package cn.jincai.policy;

import cn.jincai.policy.reading.PackageReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A copy of a package in which every fact, derived value, parameter, benefit, reason and table has a name that says nothing, so that whatever Java
 * knew by name would show. Codes of values, ids of rules and texts stay.
 *
 * @param names  facts, derived values and parameters, old to new; {@code benefits}, {@code reasons} and {@code tables} likewise
 */
public record RenamedPackage(
        PolicyPackage original,
        PolicyPackage copy,
        Map<String, String> names,
        Map<String, String> benefits,
        Map<String, String> reasons,
        Map<String, String> tables) {
    private static final String CODE = "never-seen";
    private static final Set<String> KEEP =
            Set.of("DATA_UNAVAILABLE", "REVIEW_REFUSED", "NOT_PROVEN"); // words of the product, not of a scheme
    private static final Set<String>
            NAMES =
                    Set.of(
                            "name",
                            "fact",
                            "facts",
                            "derived",
                            "from",
                            "on",
                            "to",
                            "of",
                            "months",
                            "column",
                            "atMost",
                            "appliedFor",
                            "governingDate",
                            "sameFacts",
                            "mine",
                            "mendBy",
                            "proves",
                            "paymentKey",
                            "sameThing",
                            "askedBeforePaying",
                            "chosenBy"),
            FEEL = Set.of("is", "employerCheckWhen", "requiredWhen");

    public static RenamedPackage of(String scheme) {
        PolicyPackage original = CityPackages.of(scheme);
        Map<String, String> names = new HashMap<>(),
                benefits = new HashMap<>(),
                reasons = new HashMap<>(),
                tables = new HashMap<>();
        original.catalogue().facts().forEach(f -> names.put(f.name(), "fact" + names.size()));
        original.catalogue().rules().derived().forEach(d -> names.put(d.name(), "made" + names.size()));
        original.catalogue().benefits().forEach(b -> benefits.put(b.code(), "BENEFIT_" + benefits.size()));
        original.catalogue().reasons().keySet().forEach(r -> {
            if (!KEEP.contains(r)) reasons.put(r, "REASON_" + reasons.size());
        });
        for (Ruleset ruleset : original.rulesets()) {
            ruleset.parameters().keySet().forEach(p -> names.putIfAbsent(p, "value" + names.size()));
            ruleset.conditions().forEach(t -> tables.putIfAbsent(t.id(), "table" + tables.size()));
            ruleset.entitlements().forEach(t -> tables.putIfAbsent(t.id(), "table" + tables.size()));
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        RenamedPackage words = new RenamedPackage(original, null, names, benefits, reasons, tables);
        original.files().forEach((path, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            String renamed = path.equals("scheme.yaml")
                            || path.equals("common/common.yaml")
                            || path.startsWith("rulesets/") && path.endsWith(".yaml")
                    ? words.inYaml(text)
                    : path.endsWith(".dmn") ? words.inTables(text) : path.startsWith("common/registers/") ? text : null;
            if (renamed != null)
                files.put(
                        path,
                        renamed.getBytes(StandardCharsets.UTF_8)); // forms and diagrams ask and lead, they don't assess
        });
        return new RenamedPackage(original, PackageReader.read(CODE, files), names, benefits, reasons, tables);
    }

    private String inYaml(String text) {
        TreeMap<Integer, String[]> places = new TreeMap<>();
        walk(new Yaml().compose(new StringReader(text)), "", places);
        StringBuilder renamed = new StringBuilder(text);
        places.descendingMap()
                .forEach((at, word) -> renamed.replace(
                        renamed.offsetByCodePoints(0, at),
                        renamed.offsetByCodePoints(0, Integer.parseInt(word[1])),
                        word[0]));
        return renamed.toString();
    }

    private void walk(Node node, String key, TreeMap<Integer, String[]> places) {
        if (node instanceof SequenceNode list) for (Node item : list.getValue()) walk(item, key, places);
        if (node instanceof ScalarNode scalar) put(scalar, renamed(key, scalar.getValue()), places);
        if (!(node instanceof MappingNode map)) return;
        for (NodeTuple entry : map.getValue()) {
            ScalarNode word = (ScalarNode) entry.getKeyNode();
            put(
                    word,
                    switch (key) {
                        case "parameters", "facts" -> names.getOrDefault(word.getValue(), word.getValue());
                        case "benefits", "expect", "prefix" -> benefits.getOrDefault(word.getValue(), word.getValue());
                        case "reasons" -> reasons.getOrDefault(word.getValue(), word.getValue());
                        case "untested" -> names.getOrDefault(word.getValue(), word.getValue());
                        default -> word.getValue();
                    },
                    places);
            // an example's facts hold values, the scheme's hold facts
            boolean values = key.equals("facts") && names.containsKey(word.getValue());
            walk(
                    entry.getValueNode(),
                    values
                            ? ""
                            : key.equals("untested")
                                    ? "waivable"
                                    : key.equals("benefits") && benefits.containsKey(word.getValue())
                                            ? "benefit"
                                            : word.getValue(),
                    places);
        }
    }

    private static void put(ScalarNode node, String word, TreeMap<Integer, String[]> places) {
        if (!word.equals(node.getValue()))
            places.put(
                    node.getStartMark().getIndex(),
                    new String[] {word, String.valueOf(node.getEndMark().getIndex())});
    }

    private String renamed(String key, String value) {
        if (key.equals("code") && value.equals(original.scheme())) return CODE;
        if (key.equals("code")
                || key.equals("benefit")
                || key.equals("benefits")
                || key.equals("follows")
                || key.equals("exceeds")) return benefits.getOrDefault(value, value);
        if (key.equals("table") || key.equals("tables")) return tables.getOrDefault(value, value);
        if (key.equals("waivable") || key.equals("reasons")) return reasons.getOrDefault(value, value);
        if (NAMES.contains(key)) return names.getOrDefault(value, value);
        return FEEL.contains(key) ? "'" + sentence(value) + "'" : value;
    }

    /** Names outside quotes, reasons and facts where a quoted text is just that. */
    private String sentence(String feel) {
        return Pattern.compile("\"[^\"]*\"|[A-Za-z]\\w*")
                .matcher(feel)
                .replaceAll(found -> Matcher.quoteReplacement(word(found)));
    }

    private String word(MatchResult found) {
        String word = found.group();
        if (!word.startsWith("\"")) return names.getOrDefault(word, word);
        String inside = word.substring(1, word.length() - 1);
        return "\"" + reasons.getOrDefault(inside, names.getOrDefault(inside, inside)) + "\"";
    }

    private String inTables(String dmn) {
        String texts = Pattern.compile("(?<=<text>)[^<]*(?=</text>)")
                .matcher(dmn)
                .replaceAll(cell -> Matcher.quoteReplacement(sentence(cell.group())));
        return Pattern.compile("(?<=<decision id=\")\\w+(?=\")")
                .matcher(texts)
                .replaceAll(id -> tables.getOrDefault(id.group(), id.group()));
    }
}
