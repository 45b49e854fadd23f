package cn.jincai;

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
 * @param ratio    baseline's cost / ours: more is better
 * @param baseline what it is compared with
 * @param atLeast  below this the build fails
 * @param details  what was measured, with units in the names
 */
public record Benchmark(String name, double ratio, String baseline, double atLeast, Map<String, Object> details) {
    public Benchmark {
        details = new LinkedHashMap<>(details);
    }

    public Benchmark keep() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/benchmarks"));
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(folder.resolve(name + ".json").toFile(), this);
        return this;
    }

    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
