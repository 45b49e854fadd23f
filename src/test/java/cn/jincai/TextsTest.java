package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Text;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The product's sentences: each in both languages, each used, none missing, and none left in Java. */
class TextsTest {
    private static final Path TEXTS = Path.of("src/main/resources/texts");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}"),
            WORDS = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\""),
            SEALED = Pattern.compile("SealedColumn\\.of\\(\\s*\"[^\"]*\""); // what a sealed column is called is no key

    @Test
    void eachStandsInBothLanguagesWithTheSamePlaces() throws IOException {
        for (String bundle : bundles()) {
            Map<String, String> zh = read(bundle + ".properties"), en = read(bundle + "_en.properties");
            assertThat(en.keySet()).as(bundle).isEqualTo(zh.keySet());
            for (String key : zh.keySet()) {
                assertThat(key).startsWith(bundle + ".");
                assertThat(zh.get(key)).as(key).isNotBlank();
                assertThat(en.get(key)).as(key).isNotBlank();
                assertThat(places(en.get(key))).as(key).isEqualTo(places(zh.get(key)));
            }
        }
    }

    /** A sentence with places goes through MessageFormat, which takes a single ' away; one without is told as it stands. */
    @Test
    void anApostropheIsDoubledWherePlacesAreFilledAndOnlyThere() throws IOException {
        for (String bundle : bundles())
            for (String file : Set.of(bundle + ".properties", bundle + "_en.properties"))
                read(file).forEach((key, said) -> {
                    if (places(said).isEmpty()) assertThat(said).as(key).doesNotContain("''");
                    else assertThat(said.replace("''", "")).as(key).doesNotContain("'");
                });
    }

    @Test
    void eachKeyThatJavaNamesIsThereAndEachThatIsThereIsNamed() throws IOException {
        Set<String> bundles = bundles(), keys = new TreeSet<>(), whole = new TreeSet<>(), begun = new TreeSet<>();
        for (String bundle : bundles) keys.addAll(read(bundle + ".properties").keySet());
        for (String literal : literals()) {
            int dot = literal.indexOf('.');
            if (dot < 0 || !bundles.contains(literal.substring(0, dot)) || !literal.matches("[\\w.-]+(?<!\\.bpmn)"))
                continue;
            (literal.endsWith(".") || literal.endsWith("-") ? begun : whole).add(literal);
        }
        Set<String> known = new TreeSet<>(keys);
        for (String pages :
                List.of("messages.properties", "messages/admin.properties")) // some begin with a room's name too
        known.addAll(read("../" + pages).keySet());
        assertThat(known).containsAll(whole);
        assertThat(begun).allMatch(b -> known.stream().anyMatch(k -> k.startsWith(b)));
        keys.removeIf(k -> whole.contains(k) || begun.stream().anyMatch(k::startsWith));
        assertThat(keys).isEmpty();
    }

    @Test
    void aTextAndADayAreToldInTheLanguageOfTheSentence() {
        assertThat(Text.of("kernel.role.leader").in(Locale.ENGLISH)).isEqualTo("Leader");
        assertThat(Text.of("kernel.role.leader").in(Locale.CHINA)).isEqualTo("分管领导");
    }

    private static Set<String> bundles() throws IOException {
        try (Stream<Path> files = Files.list(TEXTS)) {
            Set<String> bundles = files.map(f -> f.getFileName().toString().replaceAll("(_en)?\\.properties", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(bundles).isNotEmpty();
            return bundles;
        }
    }

    private static Map<String, String> read(String file) throws IOException {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(TEXTS.resolve(file))) {
            read.load(in);
        }
        return read.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().toString(), e -> e.getValue().toString(), (a, b) -> a, TreeMap::new));
    }

    private static Set<String> places(String said) {
        return PLACE.matcher(said).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> literals() throws IOException {
        Set<String> literals = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList())
                WORDS.matcher(SEALED.matcher(Files.readString(file)).replaceAll(""))
                        .results()
                        .forEach(r -> literals.add(r.group(1)));
        }
        return literals;
    }
}
