package cn.jincai.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What Chromium hands to a screen reader, in the order in which it is read. */
record AccessibilityTree(List<Node> nodes) {
    /**
     * @param description the hint and what is wrong
     * @param states      {@code required}, {@code invalid}, {@code live}, {@code checked} ...
     */
    record Node(String id, String parent, String role, String name, String description, Map<String, String> states) {}

    static AccessibilityTree of(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        try {
            JsonObject tree = session.send("Accessibility.getFullAXTree");
            return new AccessibilityTree(StreamSupport.stream(
                            tree.getAsJsonArray("nodes").spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .map(node -> new Node(
                            node.get("nodeId").getAsString(),
                            node.has("parentId") ? node.get("parentId").getAsString() : "",
                            value(node, "role"),
                            value(node, "name"),
                            value(node, "description"),
                            states(node)))
                    .toList());
        } finally {
            session.detach();
        }
    }

    /** The one of this role and name. */
    Node one(String role, String name) {
        return nodes.stream()
                .filter(node -> node.role.equals(role) && node.name.startsWith(name))
                .reduce((one, other) -> {
                    throw new AssertionError("two of " + role + " " + name);
                })
                .orElseThrow(() -> new AssertionError("no " + role + " “" + name + "” in " + nodes));
    }

    /** What is read out when this changes. */
    String words(Node node) {
        return nodes.stream()
                .filter(n -> n.parent.equals(node.id))
                .map(n -> n.role.equals("StaticText") ? n.name : words(n))
                .collect(Collectors.joining());
    }

    /** What announces its own changes. */
    List<Node> live() {
        return nodes.stream().filter(node -> node.states.containsKey("live")).toList();
    }

    private static Map<String, String> states(JsonObject node) {
        return node.has("properties")
                ? StreamSupport.stream(node.getAsJsonArray("properties").spliterator(), false)
                        .map(JsonElement::getAsJsonObject)
                        .filter(property -> property.getAsJsonObject("value").has("value"))
                        .collect(Collectors.toMap(
                                property -> property.get("name").getAsString(), property -> value(property, "value")))
                : Map.of();
    }

    private static String value(JsonObject of, String name) {
        return Optional.ofNullable(of.getAsJsonObject(name))
                .map(is -> is.get("value"))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElse("");
    }
}
