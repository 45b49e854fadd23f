package cn.jincai.policy.editing;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file of a kept package that is changed in one place, while comments, order and spelling of all else stay as somebody wrote them. What stands under an alias
 * or a merge key can't be changed so: it would change elsewhere too.
 */
final class YamlText {
    private final String text;

    YamlText(byte[] file) {
        text = new String(file, StandardCharsets.UTF_8);
    }

    /**
     * @param way   keys from the top to the map in which the entry is to stand
     * @param value in flow style
     * @return the whole text; empty where the map is not there, or its place is written so that only a text editor can change it
     */
    Optional<String> with(List<String> way, String key, String value) {
        return map(way).flatMap(map -> {
            NodeTuple there = entry(map, key);
            if (there == null)
                return Optional.of(isFlow(map) ? insertedInFlow(map, key, value) : inserted(map, key, value));
            if (isAlias(there)) return Optional.empty();
            return Optional.of(replaced(start(there.getValueNode()), end(there.getValueNode()), value));
        });
    }

    /** The same without an entry. Empty also where nothing would be left of the map. */
    Optional<String> without(List<String> way, String key) {
        return map(way).flatMap(map -> {
            NodeTuple there = entry(map, key);
            if (there == null || map.getValue().size() < 2) return Optional.empty();
            int at = map.getValue().indexOf(there);
            int end = isAlias(there) ? text.indexOf(',', start(there.getKeyNode())) : end(there.getValueNode());
            if (!isFlow(map)) return Optional.of(replaced(lineStart(start(there.getKeyNode())), lineEnd(end), ""));
            return Optional.of(
                    at == 0
                            ? replaced(
                                    start(there.getKeyNode()),
                                    start(map.getValue().get(1).getKeyNode()),
                                    "")
                            : replaced(end(map.getValue().get(at - 1).getValueNode()), end, ""));
        });
    }

    /**
     * With one more item at the end of the list that the file is.
     *
     * @param item in flow style
     */
    Optional<String> withItem(String item) {
        if (!(top() instanceof SequenceNode list)) return Optional.empty();
        boolean flow = list.getFlowStyle() == FlowStyle.FLOW;
        if (list.getValue().isEmpty()) return Optional.of(replaced(start(list), end(list), "- " + item));
        if (flow) return Optional.of(replaced(end(list) - 1, end(list) - 1, ", " + item));
        int at = lineEnd(end(list));
        String line = " ".repeat(list.getStartMark().getColumn()) + "- " + item + "\n";
        return Optional.of(replaced(at, at, text.charAt(at - 1) == '\n' ? line : "\n" + line));
    }

    private @Nullable Node top() {
        return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    }

    private Optional<MappingNode> map(List<String> way) {
        Node node = top();
        for (String key : way) {
            if (node instanceof SequenceNode list && key.matches("\\d{1,6}")) {
                node = list.getValue().get(Integer.parseInt(key));
                continue;
            }
            NodeTuple entry = node instanceof MappingNode map ? entry(map, key) : null;
            if (entry == null || isAlias(entry)) return Optional.empty();
            node = entry.getValueNode();
        }
        return node instanceof MappingNode map && !map.isMerged() ? Optional.of(map) : Optional.empty();
    }

    private static @Nullable NodeTuple entry(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(e -> e.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Its value was written before its key. */
    private boolean isAlias(NodeTuple entry) {
        return start(entry.getValueNode()) < start(entry.getKeyNode());
    }

    private static boolean isFlow(MappingNode map) {
        return map.getFlowStyle() == FlowStyle.FLOW;
    }

    private String insertedInFlow(MappingNode map, String key, String value) {
        int end = end(map) - 1;
        return replaced(end, end, (map.getValue().isEmpty() ? "" : ", ") + plain(key) + ": " + value);
    }

    /** On a line of its own, before the first key that is greater: days stand in their order. */
    private String inserted(MappingNode map, String key, String value) {
        List<NodeTuple> entries = map.getValue();
        String line =
                " ".repeat(entries.get(0).getKeyNode().getStartMark().getColumn()) + plain(key) + ": " + value + "\n";
        for (NodeTuple entry : entries)
            if (entry.getKeyNode() instanceof ScalarNode other
                    && isDay(other.getValue())
                    && other.getValue().compareTo(key) > 0) {
                int at = lineStart(start(entry.getKeyNode()));
                return replaced(at, at, line);
            }
        int at = lineEnd(end(entries.get(entries.size() - 1).getValueNode()));
        return replaced(at, at, at > 0 && text.charAt(at - 1) != '\n' ? "\n" + line : line);
    }

    /** A text of JSON is one of YAML. */
    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static String plain(String key) {
        return key.matches("[\\w.-]+") ? key : quoted(key);
    }

    private static boolean isDay(String key) {
        return !key.isEmpty() && Character.isDigit(key.charAt(0));
    }

    private String replaced(int from, int to, String by) {
        return text.substring(0, from) + by + text.substring(to);
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Behind the line feed. */
    private int lineEnd(int at) {
        int feed = text.indexOf('\n', at);
        return feed < 0 ? text.length() : feed + 1;
    }

    /** Marks count code points. */
    private int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    /** Of what is written in blocks the end of its last word: the mark stands where the next token begins. */
    private int end(Node node) {
        if (node instanceof MappingNode map && !isFlow(map) && !map.getValue().isEmpty())
            return end(map.getValue().get(map.getValue().size() - 1).getValueNode());
        if (node instanceof SequenceNode list
                && list.getFlowStyle() != FlowStyle.FLOW
                && !list.getValue().isEmpty())
            return end(list.getValue().get(list.getValue().size() - 1));
        return text.offsetByCodePoints(0, node.getEndMark().getIndex());
    }
}
