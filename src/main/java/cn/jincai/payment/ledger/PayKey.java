package cn.jincai.payment.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The key that is paid once (rulebook 7.10): person, benefit, and what the package names, written so that no two lists look alike. */
public final class PayKey {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PayKey() {}

    /** The same thing for the same person, under each of his documents. */
    static Set<String> underEach(Set<String> documents, String key) {
        return documents.stream().map(document -> under(document, key)).collect(Collectors.toSet());
    }

    private static String under(String document, String key) {
        try {
            return ((ArrayNode) JSON.readTree(key)).set(0, document).toString();
        } catch (JsonProcessingException | ClassCastException none) {
            throw new IllegalArgumentException("not a key of a payment", none);
        }
    }

    /** @param values as they were decided; null where a fact is not known */
    public static String of(String personKey, String benefit, List<?> values) {
        ArrayNode key = JsonNodeFactory.instance.arrayNode().add(personKey).add(benefit);
        values.forEach(v -> key.add(v == null ? null : v.toString()));
        return key.toString();
    }
}
