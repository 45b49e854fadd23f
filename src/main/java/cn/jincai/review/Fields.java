package cn.jincai.review;

import cn.jincai.kernel.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The fields of a task's form beside its outcome. Lists are comma separated, in Chinese or Latin commas. */
record Fields(Map<String, Object> values) {
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

    List<String> list(String name) {
        Object value = values.get(name);
        if (value instanceof List<?> many) return many.stream().map(String::valueOf).map(String::strip).filter(s -> !s.isEmpty()).distinct().toList();
        if (value == null) return List.of();
        return Arrays.stream(value.toString().split("[,，、\\s]+")).map(String::strip).filter(s -> !s.isEmpty()).distinct().toList();
    }
}
