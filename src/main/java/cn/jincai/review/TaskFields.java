package cn.jincai.review;

import cn.jincai.kernel.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a task's form beside its outcome. Lists are comma separated, in Chinese or Latin commas. */
record TaskFields(Map<String, Object> values) {
    private static final int LONGEST_OPINION = 10_000;

    String opinion() {
        Object value = values.get("opinion");
        if (value == null || value.toString().isBlank()) return null;
        if (value.toString().length() > LONGEST_OPINION) {
            throw Problem.invalid("opinion", "TOO_LONG", "意见请在10000字以内。", "An opinion has at most 10,000 characters.");
        }
        return value.toString().strip();
    }

    /** @throws Problem INVALID where it is missing */
    String opinionRequired() {
        String words = opinion();
        if (words == null) throw Problem.invalid("opinion", "REQUIRED", "请填写意见。", "An opinion is required.");
        return words;
    }

    /**
     * What the person is told of each benefit, apart from the internal opinion.
     *
     * @param benefits as they are about to be signed
     * @return words by benefit, of those that have some
     * @throws Problem INVALID where the grounds of what people refused or waived are missing, or a benefit is none of the case's
     */
    Map<String, String> grounds(List<DecidedBenefit> benefits) {
        Map<String, String> words = new LinkedHashMap<>();
        if (values.get("grounds") instanceof Map<?, ?> given)
            given.forEach((code, w) -> {
                if (w != null && !w.toString().isBlank())
                    words.put(code.toString(), w.toString().strip());
            });
        List<String> unknown = new ArrayList<>(words.keySet());
        unknown.removeAll(benefits.stream().map(DecidedBenefit::code).toList());
        if (!unknown.isEmpty())
            throw Problem.invalid(
                    "grounds",
                    "UNKNOWN_BENEFIT",
                    "本案没有这些待遇：" + String.join("、", unknown) + "。",
                    "The case has no such benefit: " + String.join(", ", unknown) + ".");
        List<String> missing = benefits.stream()
                .filter(DecidedBenefit::byPeople)
                .map(DecidedBenefit::code)
                .filter(code -> !words.containsKey(code))
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.invalid(
                    "grounds",
                    "REQUIRED",
                    "以下待遇由审核人员决定不予支持或豁免，请写明告知申请人的理由：" + String.join("、", missing) + "。",
                    "People refused these benefits or waived a condition; say on what grounds, for the person to read: "
                            + String.join(", ", missing) + ".");
        }
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
