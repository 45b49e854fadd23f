package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageVariablesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    static Stream<Path> chinese() throws IOException {
        return Stream.concat(
                Stream.of(RESOURCES.resolve("messages.properties")),
                Files.list(RESOURCES.resolve("messages"))
                        .filter(p -> !p.toString().endsWith("_en.properties"))
                        .sorted());
    }

    @ParameterizedTest
    @MethodSource("chinese")
    void bothLanguagesSayTheSameThings(Path file) throws IOException {
        Properties zh = read(file), en = read(Path.of(file.toString().replace(".properties", "_en.properties")));
        assertThat(new TreeSet<>(en.stringPropertyNames())).isEqualTo(new TreeSet<>(zh.stringPropertyNames()));
        for (String key : zh.stringPropertyNames()) {
            assertThat(en.getProperty(key)).as(key).isNotBlank().doesNotContainPattern("\\p{IsHan}");
            assertThat(places(en.getProperty(key))).as(key).isEqualTo(places(zh.getProperty(key)));
        }
    }

    /** A reader of such files drops it. */
    @Test
    void noWordBeginsWithABlankThatIsLost() throws IOException {
        for (Path file : chinese()
                .flatMap(p -> Stream.of(p, Path.of(p.toString().replace(".properties", "_en.properties"))))
                .toList())
            assertThat(Files.readAllLines(file)).as(file.toString()).noneMatch(l -> l.matches("[\\w.-]+=\\s.*"));
    }

    @Test
    void noWordIsWrittenTwice() throws IOException {
        for (Path file : chinese()
                .flatMap(p -> Stream.of(p, Path.of(p.toString().replace(".properties", "_en.properties"))))
                .toList()) {
            var keys = Files.readAllLines(file).stream()
                    .filter(l -> l.matches("[a-zA-Z].*=.*"))
                    .map(l -> l.substring(0, l.indexOf('=')))
                    .toList();
            assertThat(keys).as(file.toString()).doesNotHaveDuplicates();
        }
    }

    /** Of two the first would be shown everywhere. */
    @Test
    void noWordStandsInTwoFiles() throws IOException {
        var all = new ArrayList<String>();
        for (Path file : chinese().toList()) all.addAll(read(file).stringPropertyNames());
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void everyWordThatAPageAsksForExists() throws IOException {
        var known = new TreeSet<String>();
        for (Path file : chinese().toList()) known.addAll(read(file).stringPropertyNames());
        try (Stream<Path> pages = Files.walk(RESOURCES.resolve("templates"))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".html")).toList())
                Pattern.compile("#\\{([a-zA-Z][\\w.-]*)[}(]")
                        .matcher(Files.readString(page))
                        .results()
                        .forEach(asked -> assertThat(known).as(page.toString()).contains(asked.group(1)));
        }
    }

    private static TreeSet<String> places(String text) {
        return new TreeSet<>(PLACE.matcher(text).results().map(r -> r.group()).toList());
    }

    private static Properties read(Path file) throws IOException {
        Properties words = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            words.load(new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8));
        }
        return words;
    }
}
