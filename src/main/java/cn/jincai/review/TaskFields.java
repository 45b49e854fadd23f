package cn.jincai.review;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a task's form beside its outcome. Lists are comma separated, in Chinese or Latin commas. */
record TaskFields(Map<String, Object> values) {
    private static final int LONGEST_OPINION = 10_000;

    @Nullable
    String opinion() {
        Object value = values.get("opinion");
        if (value == null || value.toString().isBlank()) return null;
        if (value.toString().length() > LONGEST_OPINION) throw Problem.invalid("opinion", "review.opinion.TOO_LONG");
        return value.toString().strip();
    }

    /** Words of another field; null where there are none. */
    @Nullable
    String text(String name) {
        Object value = values.get(name);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    /** @throws Problem INVALID where it is missing */
    String opinionRequired() {
        String words = opinion();
        if (words == null) throw Problem.invalid("opinion", "review.opinion.REQUIRED");
        return words;
    }

    /**
     * What the person is told of each benefit, apart from the internal opinion.
     *
     * @param benefits as they are about to be signed
     * @param lines    of a roster that people refused
     * @return words by benefit and line, of those that have some
     * @throws Problem INVALID where the grounds of what people refused or waived are missing, or a benefit is none of the case's
     */
    Map<String, String> grounds(List<DecidedBenefit> benefits, Set<String> lines) {
        Map<String, String> words = new LinkedHashMap<>();
        if (values.get("grounds") instanceof Map<?, ?> given)
            given.forEach((code, w) -> {
                if (w != null && !w.toString().isBlank())
                    words.put(code.toString(), w.toString().strip());
            });
        List<String> unknown = new ArrayList<>(words.keySet());
        unknown.removeAll(benefits.stream().map(DecidedBenefit::code).toList());
        unknown.removeAll(lines);
        if (!unknown.isEmpty()) throw Problem.invalid("grounds", "review.grounds.UNKNOWN_BENEFIT", Text.list(unknown));
        List<String> missing = Stream.concat(
                        benefits.stream().filter(DecidedBenefit::byPeople).map(DecidedBenefit::code), lines.stream())
                .filter(code -> !words.containsKey(code))
                .toList();
        if (!missing.isEmpty()) throw Problem.invalid("grounds", "review.grounds.REQUIRED", Text.list(missing));
        return words;
    }

    List<String> list(String name) {
        Object value = values.get(name);
        if (value instanceof List<?> many)
            return many.stream()
                    .map(String::valueOf)
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .distinct()
                    .toList();
        if (value == null) return List.of();
        return Arrays.stream(value.toString().split("[,，、\\s]+"))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .distinct()
                .toList();
    }
}
