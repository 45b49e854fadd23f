package cn.jincai.policy;

import cn.jincai.kernel.IsoDay;
import cn.jincai.kernel.Text;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One place in a YAML file of a package, with its line and the way to it, so that each finding says where. Whatever is missing or of another
 * kind becomes a finding and an empty value, so that reading goes on and the next mistake is found too.
 */
public final class YamlEntry {
    private static final int DEEPEST = 30;

    private final String file;
    private final String path;
    private final @Nullable Node node;
    private final Findings findings;

    private YamlEntry(String file, String path, @Nullable Node node, Findings findings) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.findings = findings;
    }

    /** The top of a file; empty where it is not there, and with a finding where it is no YAML. */
    public static YamlEntry read(String file, byte @Nullable [] bytes, Findings findings) {
        if (bytes == null) return none(file, findings);
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        Node node = null;
        try {
            node = new Yaml(options)
                    .compose(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
            if (node == null) findings.add(file, "", "policy.yaml.EMPTY");
        } catch (MarkedYAMLException e) {
            String line = e.getProblemMark() == null
                    ? ""
                    : "line " + (e.getProblemMark().getLine() + 1);
            findings.add(file, line, "policy.yaml.because.NOT_YAML", e.getProblem());
        } catch (YAMLException e) {
            int line = lineOfAlias(bytes, options.getMaxAliasesForCollections() + 1);
            if (String.valueOf(e.getMessage()).contains("aliases") && line > 0)
                findings.add(
                        file, "line " + line, "policy.yaml.TOO_MANY_ALIASES", options.getMaxAliasesForCollections());
            else findings.add(file, "", "policy.yaml.NOT_YAML");
        }
        return new YamlEntry(file, "", node, findings);
    }

    /** The line of the n-th reference to a list or to several keys, which is what is counted; 0 where there are fewer. */
    private static int lineOfAlias(byte[] bytes, int n) {
        Set<String> several = new HashSet<>();
        int found = 0;
        for (Event event :
                new Yaml().parse(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
            if (event instanceof CollectionStartEvent start && start.getAnchor() != null)
                several.add(start.getAnchor());
            if (event instanceof AliasEvent alias && several.contains(alias.getAnchor()) && ++found == n)
                return event.getStartMark().getLine() + 1;
        }
        return 0;
    }

    /** The top of a file that a package may lack: nothing is there. */
    static YamlEntry none(String file, Findings findings) {
        return new YamlEntry(file, "", null, findings);
    }

    /** Path inside the package of the file that this stands in. */
    public String file() {
        return file;
    }

    public boolean isMissing() {
        return node == null || node instanceof ScalarNode s && s.getTag().equals(Tag.NULL);
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** From 1; 0 for what is not there. */
    public int line() {
        return node == null ? 0 : node.getStartMark().getLine() + 1;
    }

    public String place() {
        String line = node == null ? "" : "line " + line();
        return path.isEmpty() ? line : line.isEmpty() ? path : line + ", " + path;
    }

    public void wrong(String key, Object... values) {
        findings.add(file, place(), key, values);
    }

    /** Not wrong, but to be signed by whoever proposes the package. */
    public void odd(String key, Object... values) {
        findings.warn(file, place(), key, values);
    }

    /** Every key that is not among these is a finding that lists the known ones. */
    public YamlEntry knows(String... keys) {
        for (Map.Entry<String, YamlEntry> e : map().entrySet()) {
            if (Arrays.asList(keys).contains(e.getKey())) continue;
            e.getValue().wrong("policy.yaml.UNKNOWN_KEY", e.getKey(), String.join(", ", keys));
        }
        return this;
    }

    /** The value under a key, or a missing one. */
    public YamlEntry get(String key) {
        YamlEntry found = map().get(key);
        return found != null ? found : new YamlEntry(file, path.isEmpty() ? key : path + "." + key, null, findings);
    }

    public boolean has(String key) {
        return !get(key).isMissing();
    }

    /** What is read of the value under a key; null where there is none. */
    public <T> @Nullable T optional(String key, Function<YamlEntry, @Nullable T> read) {
        YamlEntry value = get(key);
        return value.isMissing() ? null : read.apply(value);
    }

    /** Keys and values in their order, merge keys ({@code <<}) resolved; empty with a finding where this is no map. A key twice is a finding. */
    public Map<String, YamlEntry> map() {
        Map<String, YamlEntry> map = new LinkedHashMap<>();
        if (isMissing()) return map;
        if (!(node instanceof MappingNode mapping)) {
            wrong("policy.yaml.NOT_A_MAP");
            return map;
        }
        collect(mapping, map, 0);
        return map;
    }

    private void collect(MappingNode mapping, Map<String, YamlEntry> map, int depth) {
        Map<String, YamlEntry> own = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                wrong("policy.yaml.KEY");
            } else if (key.getTag().equals(Tag.MERGE)
                    && tuple.getValueNode() instanceof MappingNode merged
                    && depth < DEEPEST) {
                collect(merged, map, depth + 1);
            } else {
                YamlEntry value = new YamlEntry(
                        file,
                        path.isEmpty() ? key.getValue() : path + "." + key.getValue(),
                        tuple.getValueNode(),
                        findings);
                if (own.put(key.getValue(), value) != null) value.wrong("policy.yaml.TWICE", key.getValue());
            }
        }
        map.putAll(own);
    }

    /** The items in their order; none where nothing is there. */
    public List<YamlEntry> list() {
        List<YamlEntry> list = new ArrayList<>();
        if (isMissing()) return list;
        if (!(node instanceof SequenceNode sequence)) {
            wrong("policy.yaml.NOT_A_LIST");
            return list;
        }
        for (Node item : sequence.getValue())
            list.add(new YamlEntry(file, path + "[" + list.size() + "]", item, findings));
        return list;
    }

    public <T> List<T> list(Function<YamlEntry, T> each) {
        return list().stream().map(each).toList();
    }

    public List<String> texts() {
        return list(YamlEntry::text);
    }

    public <T> Map<String, T> mapOf(BiFunction<String, YamlEntry, T> each) {
        Map<String, T> made = new LinkedHashMap<>();
        map().forEach((key, value) -> made.put(key, each.apply(key, value)));
        return made;
    }

    /** The words as they stand there. */
    public String text() {
        if (!isMissing() && node instanceof ScalarNode s && !s.getValue().isBlank()) return s.getValue();
        wrong("policy.yaml.MISSING");
        return "";
    }

    public String text(String otherwise) {
        return isMissing() ? otherwise : text();
    }

    /** One of a few words. */
    public String oneOf(String... words) {
        String text = text();
        if (Arrays.asList(words).contains(text)) return text;
        if (text.isEmpty()) return words[0]; // told as missing
        wrong("policy.yaml.UNKNOWN_WORD", text, String.join(", ", words));
        return words[0];
    }

    /** {@code {zh: ..., en: ...}}, both needed. */
    public Text bilingual() {
        if (isMissing()) {
            wrong("policy.yaml.bilingual.MISSING");
            return new Text("", "");
        }
        knows("zh", "en");
        return new Text(get("zh").text(), get("en").text());
    }

    public boolean flag() {
        return Boolean.parseBoolean(oneOf("true", "false"));
    }

    public boolean flag(boolean otherwise) {
        return isMissing() ? otherwise : flag();
    }

    /** A whole number without sign, exponent or separator beyond a minus. */
    public long number() {
        String text = text();
        try {
            if (text.matches("-?\\d{1,18}")) return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(e); // eighteen digits fit
        }
        if (!text.isEmpty()) wrong("policy.yaml.NUMBER", text);
        return 0;
    }

    /** A percentage with at most four decimals, in the parts of {@link Percent}. */
    public long percent() {
        String text = text();
        Optional<Long> parts =
                text.matches("\\d{1,7}(\\.\\d{1,9})?") ? Percent.of(new BigDecimal(text)) : Optional.empty();
        if (parts.isEmpty() && !text.isEmpty()) wrong("policy.yaml.PERCENT", text);
        return parts.orElse(0L);
    }

    /** A day written YYYY-MM-DD that exists. */
    public LocalDate date() {
        String text = text();
        LocalDate date = IsoDay.read(text);
        if (date == null && !text.isEmpty()) wrong("policy.yaml.DATE", text);
        return date == null ? LocalDate.EPOCH : date;
    }

    /** Numbers, true/false and lists as JSON would give them, everything else as text; null where nothing is there. For values whose type stands elsewhere. */
    public @Nullable Object value() {
        if (isMissing()) return null;
        if (path.chars().filter(c -> c == '.' || c == '[').count() > DEEPEST) {
            wrong("policy.yaml.TOO_DEEP"); // also where an alias holds itself
            return null;
        }
        if (isList()) return list(YamlEntry::value);
        if (isMap()) return mapOf((key, entry) -> entry.value());
        if (!(node instanceof ScalarNode scalar)) return null;
        if (scalar.getTag().equals(Tag.INT) && scalar.getValue().matches("-?\\d{1,18}"))
            return Long.parseLong(scalar.getValue());
        if (scalar.getTag().equals(Tag.BOOL) && scalar.getValue().matches("true|false"))
            return Boolean.valueOf(scalar.getValue());
        return scalar.getValue();
    }

    /** Which of these this value is; a finding that lists them where it is none. @param what key of what they are called */
    public String known(Collection<String> known, String what) {
        String text = text();
        if (!text.isEmpty() && !known.contains(text))
            wrong("policy.yaml.UNKNOWN_NAME", text, Text.of(what), String.join(", ", known));
        return text;
    }
}
