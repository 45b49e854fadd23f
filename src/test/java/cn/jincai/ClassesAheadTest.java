package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassesAheadTest {
    /** Nothing breaks when it grows old, but then it is of no use any more. */
    @Test
    void theListIsThatOfTheseLibraries() throws IOException {
        List<String> names;
        try (InputStream list = getClass().getResourceAsStream("/META-INF/classes-ahead.txt")) {
            names = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(names).hasSizeGreaterThan(5_000).doesNotHaveDuplicates();
        long found = names.stream()
                .filter(name -> getClass().getResource("/" + name.replace('.', '/') + ".class") != null)
                .count();
        assertThat((double) found / names.size())
                .as("after a change of libraries: mvn package, then src/bench/classes-ahead.sh")
                .isGreaterThan(0.95);
    }
}
