package cn.jincai.filing.remembered;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer that need not be asked. @param key of the form's field */
public record Known(String key, JsonNode value, Origin origin) {
    public static Map<String, Origin> origins(List<Known> known) {
        return known.stream().collect(Collectors.toMap(Known::key, Known::origin));
    }

    @Override
    public String toString() {
        return "Known[" + key + "]"; // the value is a person's
    }
}
