package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A ratio of two things measured in one run, kept as {@code target/benchmarks/<name>.json}.
 *
 * @param ratio    of a speed: ours / baseline's, more is better; of a time: ours / baseline's, less is better. Which one, the limit tells
 * @param baseline what it is compared with
 * @param atLeast  below this the build fails; null where there is an upper limit
 * @param atMost   above this the build fails; null where there is a lower limit
 * @param details  what was measured, with units in the names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Benchmark(
        String name, double ratio, String baseline, Double atLeast, Double atMost, Map<String, Object> details) {
    public Benchmark {
        details = new LinkedHashMap<>(details);
    }

    public Benchmark(String name, double ratio, String baseline, double atLeast, Map<String, Object> details) {
        this(name, ratio, baseline, atLeast, null, details);
    }

    public Benchmark keep() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/benchmarks"));
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(name + ".json").toFile(), this);
        return this;
    }

    public void holds() {
        if (atLeast != null) assertThat(ratio).as(name + " " + details).isGreaterThanOrEqualTo(atLeast);
        if (atMost != null) assertThat(ratio).as(name + " " + details).isLessThanOrEqualTo(atMost);
    }

    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
