package cn.jincai.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A sentence of a document: in both languages, or as its writer left it in one; an empty one is none. */
record DocumentText(String zh, String en) {
    @JsonCreator
    static @Nullable DocumentText of(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isTextual() && node.asText().isBlank()) return null;
        if (node.isObject() && node.path("zh").asText("").isBlank()) return null;
        if (node.isObject())
            return new DocumentText(node.path("zh").asText(""), node.path("en").asText(""));
        return new DocumentText(node.asText(), "");
    }
}
