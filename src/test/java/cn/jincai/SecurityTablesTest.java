package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md says of each requirement is said of all of them, and by tests that there are. */
class SecurityTablesTest {
    private static final Pattern REQUIREMENT = Pattern.compile("V\\d+\\.\\d+\\.\\d+"),
            TESTS = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/security.md"));
    }

    @Test
    void everyRequirementOfTheStandardHasItsRow() throws IOException {
        Stream<String> told = page().lines()
                .filter(line -> line.startsWith("| V"))
                .flatMap(line ->
                        REQUIREMENT.matcher(line.split("\\|")[1]).results().map(MatchResult::group));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(REQUIREMENT
                        .matcher(Files.readString(Path.of("src/test/resources/asvs-5.0.0.txt")))
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }

    @Test
    void whatIsKeptPartlyOrNotSaysWhyAndEveryTestThatIsNamedExists() throws IOException {
        assertThat(page().lines().filter(line -> line.matches("\\| (V|8\\.).*")))
                .allSatisfy(row -> {
                    String[] cells = row.split(" ?\\| ?", -1);
                    int state = row.startsWith("| V") ? 2 : 3;
                    assertThat(cells[state]).isIn("kept", "partly", "open", "operator", "none here");
                    if (!cells[state].equals("operator"))
                        assertThat(cells[state + 1]).isNotBlank();
                });
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(TESTS.matcher(page()).results().map(name -> name.group(1))).isSubsetOf(tests);
    }
}
