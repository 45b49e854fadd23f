package cn.jincai.planning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What somebody who only asks has said so far, in the order in which he said it.
 *
 * @param answers by the key of their question, as its form reads them; an answer that is there is never null
 * @param unknown questions to which he said that he does not know
 */
public record Told(Map<String, Object> answers, Set<String> unknown) {
    public static final Told NOTHING = new Told(Map.of(), Set.of());

    public Told {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        unknown = Collections.unmodifiableSet(new LinkedHashSet<>(unknown));
    }

    public boolean isEmpty() {
        return answers.isEmpty() && unknown.isEmpty();
    }

    /** Whether the question was answered, if only by "I don't know". */
    public boolean has(String key) {
        return answers.containsKey(key) || unknown.contains(key);
    }

    /** With an answer more, or another one in the place of an earlier. */
    public Told with(String key, Object answer) {
        Map<String, Object> more = new LinkedHashMap<>(answers);
        more.put(key, answer);
        Set<String> fewer = new LinkedHashSet<>(unknown);
        fewer.remove(key);
        return new Told(more, fewer);
    }

    public Told withUnknown(String key) {
        Set<String> more = new LinkedHashSet<>(unknown);
        more.add(key);
        return without(key, more);
    }

    /** As if it had not been asked. */
    public Told without(String key) {
        Set<String> fewer = new LinkedHashSet<>(unknown);
        fewer.remove(key);
        return without(key, fewer);
    }

    private Told without(String key, Set<String> unknown) {
        Map<String, Object> fewer = new LinkedHashMap<>(answers);
        fewer.remove(key);
        return new Told(fewer, unknown);
    }
}
