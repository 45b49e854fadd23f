package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.CityPackages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes a scheme on a laptop and asks what the office would say, before anybody is bothered. */
@Tag("issue-16.16")
class CheckRunTest {
    private static final String SCHEME = "skills-award", EXAMPLES = "rulesets/2026-01/examples.yaml";

    @TempDir
    Path folder;

    private record Said(int code, List<String> lines) {}

    private static Said check(Object... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] all = Stream.concat(
                        Stream.of(CheckRun.COMMAND), Arrays.stream(arguments).map(String::valueOf))
                .toArray(String[]::new);
        int code = CheckRun.run(all, new PrintStream(said, true, StandardCharsets.UTF_8));
        return new Said(code, said.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** The city's tree, with one file of it written otherwise. */
    private Path tree(String file, String from, String to) throws IOException {
        for (String top : List.of("bpmn", "forms"))
            try (Stream<Path> all = Files.walk(Path.of(top))) {
                for (Path path : all.toList())
                    if (Files.isDirectory(path)) Files.createDirectories(folder.resolve(path.toString()));
                    else Files.copy(path, folder.resolve(path.toString()));
            }
        Path changed = folder.resolve(file);
        String before = Files.readString(changed);
        assertThat(before).contains(from);
        Files.writeString(changed, before.replace(from, to));
        return folder;
    }

    @Test
    void theWholeTreeOfTheCityPassesInBothLanguages() {
        Said english = check("--english", "."), chinese = check("--chinese", ".");
        assertThat(english.code).isZero();
        assertThat(english.lines)
                .hasSize(4)
                .last()
                .asString()
                .startsWith(CityPackages.FOLDERS.all().size() + " packages: 0 errors, 3 to be signed");
        assertThat(english.lines)
                .first()
                .asString()
                .startsWith(
                        "bpmn/recruitment-subsidy/rulesets/2026-01/benefits.dmn:27: to be signed NEVER_HOLDS (table totals, row 3 (B1-03))");
        assertThat(chinese.code).isZero();
        assertThat(chinese.lines).first().asString().contains("须签字说明 NEVER_HOLDS", "这一行永远不会成立");
    }

    /** In the file that is meant, at the line that an editor shows. */
    @Test
    void eachFaultIsToldWithItsLineAndOneSchemeOfTheTreeMayBeAskedFor() throws IOException {
        Path tree = tree("bpmn/common/acceptance.bpmn", "candidateGroups=\"intake\"", "candidateGroups=\"intakes\"");
        Said said = check("--english", tree.resolve("bpmn").resolve(SCHEME));
        assertThat(said.code).isEqualTo(1);
        assertThat(said.lines).last().asString().startsWith("1 packages: 2 errors");
        String place = said.lines.get(0).substring(0, said.lines.get(0).indexOf(": "));
        Path file = Path.of(place.substring(0, place.lastIndexOf(':')));
        assertThat(file).isEqualTo(tree.resolve("bpmn/common/acceptance.bpmn"));
        assertThat(Files.readAllLines(file).get(Integer.parseInt(place.substring(place.lastIndexOf(':') + 1)) - 1))
                .contains("id=\"acceptance\"");
        assertThat(said.lines.get(0)).contains("error ", "(acceptance)", "intakes");
    }

    @Test
    void aSchemeThatTakesTheCodeOfAnotherIsToldWhose() throws IOException {
        Path tree = tree("bpmn/skills-award/scheme.yaml", "UPGRADE_SUBSIDY", "RECRUITMENT_SUBSIDY");
        assertThat(check("--english", tree.resolve("bpmn")).lines)
                .anySatisfy(line -> assertThat(line).contains("CODE_TAKEN", "'recruitment-subsidy'"));
    }

    /** As it is uploaded, and as whoever unpacked it has it. */
    @Test
    void aZipAndAnUnpackedPackageAreReadToo() throws IOException {
        SortedMap<String, byte[]> files = CityPackages.FOLDERS.files(SCHEME);
        Path zip = folder.resolve("changed.zip"), unpacked = folder.resolve("changed");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                packed.putNextEntry(new ZipEntry(file.getKey()));
                packed.write(file.getValue());
            }
        }
        files.forEach((path, content) -> {
            try {
                Files.createDirectories(unpacked.resolve(path).getParent());
                Files.write(unpacked.resolve(path), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(check(zip).lines).hasSize(1);
        assertThat(check(unpacked, zip).code).isZero();
        Path examples = unpacked.resolve(EXAMPLES);
        Files.writeString(examples, Files.readString(examples).replace("amountFen: 800000", "amountFen: 8000"));
        Said said = check("--english", unpacked);
        assertThat(said.code).isEqualTo(1);
        assertThat(said.lines.get(0)).startsWith(examples + ":").contains("error EXAMPLE");
    }

    @Test
    void whoAsksForNothingIsToldHowToAsk() throws IOException {
        assertThat(check("--english").code).isEqualTo(2);
        assertThat(check("--english").lines).singleElement().asString().startsWith("Usage: check");
        assertThat(check("--english", "--fast", ".").code).isEqualTo(2);
        assertThat(check("--english", folder).lines)
                .singleElement()
                .asString()
                .contains("no package", folder.toString());
        assertThat(check("--english", folder.resolve("gone")).code).isEqualTo(2);
        Path noZip = Files.writeString(folder.resolve("no.zip"), "not a zip");
        Said said = check("--english", noZip);
        assertThat(said.code).isEqualTo(1);
        assertThat(said.lines.get(0)).startsWith(noZip + ":1: error NO_ZIP");
    }
}
