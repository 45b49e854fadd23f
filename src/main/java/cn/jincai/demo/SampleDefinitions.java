package cn.jincai.demo;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code samples.yaml}: made-up cases of every kind, for the demo and for checks (docs/sources.md has the form). Values may hold
 * days as {@code today - 3 months} and placeholders of a fresh person such as {@code {name}}.
 *
 * @param unknown     by source: what it says of somebody whom it does not know
 * @param contradicts by source: what it says, against the applicant's word, while its switch stands at "contradicts"
 */
record SampleDefinitions(
        Map<String, Map<String, Object>> unknown,
        Map<String, Map<String, Object>> contradicts,
        Map<String, Kind> kinds) {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    SampleDefinitions {
        unknown = unknown == null ? Map.of() : unknown;
        contradicts = contradicts == null ? Map.of() : contradicts;
        kinds = kinds == null ? Map.of() : kinds;
    }

    /**
     * One kind of case.
     * @param like       another kind of this file, itself like none, from which all is taken that is not given here; a null takes a key away
     * @param verdict    what today's rules answer
     * @param born       between which days the person was born
     * @param answers    by form key
     * @param facts      by source
     * @param ownRecords what the city granted the person before
     */
    record Kind(
            @Nullable String like,
            @Nullable String verdict,
            @Nullable Born born,
            Map<String, Object> answers,
            Map<String, Map<String, Object>> facts,
            @Nullable List<Map<String, Object>> ownRecords) {
        Kind over(Kind base) {
            return new Kind(
                    null,
                    verdict == null ? base.verdict : verdict,
                    born == null ? base.born : born,
                    merged(base.answers, answers),
                    mergedBySource(base.facts, facts),
                    ownRecords == null ? base.ownRecords : ownRecords);
        }
    }

    record Born(String from, String to) {}

    static final String FILE = "samples.yaml";

    /** Empty for a package without samples. */
    static Optional<SampleDefinitions> of(PolicyPackage p) {
        return Optional.ofNullable(p.files().get(FILE)).map(SampleDefinitions::read);
    }

    /** @throws IllegalArgumentException naming the line and what is wrong with it */
    static SampleDefinitions read(byte[] yaml) {
        try {
            return YAML.readValue(yaml, SampleDefinitions.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": "
                            + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it can't be read", e);
        }
    }

    /** With everything that it takes from others. @throws Problem INVALID on field {@code kind}, naming those there are */
    Kind kind(String name) {
        Kind kind = kinds.get(name);
        if (kind != null
                && kind.like() != null
                && kinds.get(kind.like()) != null
                && kinds.get(kind.like()).like() != null)
            throw Problem.invalid("kind", "demo.LIKE_OF_LIKE", kind.like());
        if (kind == null) throw Problem.invalid("kind", "demo.UNKNOWN_KIND", Text.list(kinds.keySet()));
        return kind.like() == null ? kind : kind.over(kind(kind.like()));
    }

    /** Days and placeholders in a value become what they stand for; {@code words} by placeholder. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> filledIn(Map<String, Object> values, Map<String, String> words, LocalDate today) {
        var filled = new TreeMap<String, Object>();
        values.forEach((key, value) -> filled.put(
                key,
                value instanceof Map<?, ?> inner
                        ? filledIn((Map<String, Object>) inner, words, today)
                        : filledIn(value, words, today)));
        return filled;
    }

    private static Object filledIn(Object value, Map<String, String> words, LocalDate today) {
        if (value instanceof List<?> list)
            return list.stream().map(item -> filledIn(item, words, today)).toList();
        if (!(value instanceof String text)) return value;
        if (RelativeDays.isTime(text)) return RelativeDays.written(text, today);
        for (var word : words.entrySet()) text = text.replace("{" + word.getKey() + "}", word.getValue());
        return text;
    }

    static Map<String, Object> merged(@Nullable Map<String, Object> base, @Nullable Map<String, Object> over) {
        var all = new LinkedHashMap<String, Object>(base == null ? Map.of() : base);
        if (over != null) all.putAll(over);
        all.values().removeIf(Objects::isNull);
        return all;
    }

    static Map<String, Map<String, Object>> mergedBySource(
            Map<String, Map<String, Object>> base, Map<String, Map<String, Object>> over) {
        var all = new TreeMap<String, Map<String, Object>>(base == null ? Map.of() : base);
        if (over != null) over.forEach((source, facts) -> all.put(source, merged(all.get(source), facts)));
        return all;
    }
}
