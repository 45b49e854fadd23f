package cn.jincai.planning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who only asks has said so far, in the order in which he said it.
 *
 * @param said by the key of its question, the answer as the form reads it; null where he said that he does not know
 */
public record Told(Map<String, @Nullable Object> said) {
    public static final Told NOTHING = new Told(Map.of());

    public Told {
        said = Collections.unmodifiableMap(new LinkedHashMap<>(said));
    }

    public boolean isEmpty() {
        return said.isEmpty();
    }

    /** Whether the question was answered, if only by "I don't know". */
    public boolean has(String key) {
        return said.containsKey(key);
    }

    public boolean isUnknown(String key) {
        return has(key) && said.get(key) == null;
    }

    public @Nullable Object answer(String key) {
        return said.get(key);
    }

    /** The answers that he knows, for the caller to change. */
    public Map<String, Object> known() {
        Map<String, Object> known = new LinkedHashMap<>();
        said.forEach((key, answer) -> {
            if (answer != null) known.put(key, answer);
        });
        return known;
    }

    /** With one more, or another one in the place of an earlier. @param answer null for "I don't know" */
    public Told with(String key, @Nullable Object answer) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(said);
        more.put(key, answer);
        return new Told(more);
    }

    public Told withUnknown(String key) {
        return with(key, null);
    }

    /** The question that was answered before this one, the last one where this one was not answered; null where there is none. */
    public @Nullable String before(String key) {
        List<String> keys = new ArrayList<>(said.keySet());
        int at = has(key) ? keys.indexOf(key) : keys.size();
        return at == 0 ? null : keys.get(at - 1);
    }
}
