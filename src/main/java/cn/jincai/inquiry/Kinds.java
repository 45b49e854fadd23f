package cn.jincai.inquiry;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/**
 * What the kinds of entries are called, and in which groups they are offered. A kind's own word comes first, then the name of a step, then the sentence with which
 * its entries are made, values left out: so a kind that somebody adds has words at once.
 */
@Component
@EnableConfigurationProperties(InquirySettings.class)
public class Kinds {
    private static final String GROUP = "group:";
    private static final String STEPS = "step", OTHER = "other", WORD = "inquiry.kind.";
    private static final Pattern SENTENCE = Pattern.compile("([a-z]+)\\.event\\.([a-z-]+)"),
            PLACE = Pattern.compile("\\{\\d+}");

    private final Map<String, Text> words = new TreeMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final Set<String> grouped = new HashSet<>();

    Kinds(InquirySettings settings) {
        texts().forEach((key, isWord) -> {
            Matcher sentence = SENTENCE.matcher(key);
            if (isWord) words.put(key.substring(WORD.length()), Text.of(key));
            else if (sentence.matches()) words.putIfAbsent(sentence.group(2), withoutValues(Text.of(key)));
        });
        Map<String, Text> steps = new LinkedHashMap<>();
        for (Step step : Steps.shared().all()) steps.put(step.key(), step.name());
        for (InquirySettings.Group group : settings.groups()) {
            grouped.addAll(group.kinds());
            add(group.code(), group.name(), group.kinds());
        }
        steps.keySet().removeAll(grouped);
        steps.forEach(words::putIfAbsent);
        grouped.addAll(steps.keySet());
        add(STEPS, Text.of("inquiry.group.step"), List.copyOf(steps.keySet()));
        add(
                OTHER,
                Text.of("inquiry.group.other"),
                words.keySet().stream().filter(k -> !grouped.contains(k)).toList());
    }

    /** @param value as it travels: a kind's code, or a group's behind {@code group:} */
    public record Kind(String value, Text name) {}

    /** @param value of the whole group */
    public record Group(String value, Text name, List<Kind> kinds) {}

    private void add(String code, Text name, List<String> kinds) {
        groups.add(new Group(
                GROUP + code,
                name,
                kinds.stream()
                        .map(kind -> new Kind(kind, of(kind)))
                        .sorted(Comparator.comparing(kind -> kind.name.zh()))
                        .toList()));
    }

    public List<Group> groups() {
        return groups;
    }

    /** Never its code. */
    public Text of(String kind) {
        return Optional.ofNullable(words.get(kind))
                .or(() -> Steps.shared().find(kind).map(Step::name))
                .orElseGet(() -> Text.of("inquiry.kind-of-other"));
    }

    /**
     * Which entries are meant.
     *
     * @param without true: those of all kinds but these
     */
    record Wanted(Set<String> kinds, boolean without) {}

    /** Empty where it is neither a kind nor a group. */
    Optional<Wanted> wanted(String value) {
        if (value.equals(GROUP + OTHER)) return Optional.of(new Wanted(grouped, true));
        for (Group group : groups)
            if (group.value.equals(value))
                return Optional.of(new Wanted(
                        new HashSet<>(group.kinds.stream().map(Kind::value).toList()), false));
        return words.containsKey(value) ? Optional.of(new Wanted(Set.of(value), false)) : Optional.empty();
    }

    private static Text withoutValues(Text sentence) {
        return new Text(withoutValues(sentence.zh()), withoutValues(sentence.en()));
    }

    private static String withoutValues(String sentence) {
        return PLACE.matcher(sentence)
                .replaceAll("…")
                .replaceAll("[。.：:]$", "")
                .replaceAll("[：:] ?…$", "")
                .strip();
    }

    /** The keys that tell of kinds, and whether each is a kind's own word; words come first. */
    private static Map<String, Boolean> texts() {
        Map<String, Boolean> keys = new LinkedHashMap<>();
        try {
            Set<String> all = new HashSet<>();
            for (Resource bundle :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:texts/*.properties")) {
                Properties texts = PropertiesLoaderUtils.loadProperties(bundle);
                all.addAll(texts.stringPropertyNames());
            }
            all.stream().filter(key -> key.startsWith(WORD)).sorted().forEach(key -> keys.put(key, true));
            all.stream().filter(key -> SENTENCE.matcher(key).matches()).sorted().forEach(key -> keys.put(key, false));
            return keys;
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }
}
