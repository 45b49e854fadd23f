package cn.jincai.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;

/** What the demo is made of, in {@code resources/demo}. */
final class DemoFile {
    private DemoFile() {}

    static <T> T read(String name, TypeReference<T> shape) {
        try (InputStream in = new ClassPathResource("demo/" + name).getInputStream()) {
            return new YAMLMapper().readValue(in, shape);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's " + name + " can't be read", e);
        }
    }
}
