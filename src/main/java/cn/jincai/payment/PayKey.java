package cn.jincai.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The key that is paid once (rulebook 7.10): person, benefit, and what the package names, written so that no two lists look alike. */
final class PayKey {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PayKey() {}

    /** @param values as they were decided; null where a fact is not known */
    static String of(String personKey, String benefit, List<?> values) {
        List<Object> key = new ArrayList<>(List.of(personKey, benefit));
        values.forEach(v -> key.add(v == null ? null : v.toString()));
        try {
            return JSON.writeValueAsString(key);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts always write", e);
        }
    }
}
