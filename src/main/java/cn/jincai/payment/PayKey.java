package cn.jincai.payment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** The key that is paid once (rulebook 7.10): person, benefit, and what the package names, written so that no two lists look alike. */
final class PayKey {
    private PayKey() {}

    /** @param values as they were decided; null where a fact is not known */
    static String of(String personKey, String benefit, List<?> values) {
        ArrayNode key = JsonNodeFactory.instance.arrayNode().add(personKey).add(benefit);
        values.forEach(v -> key.add(v == null ? null : v.toString()));
        return key.toString();
    }
}
