package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem;
import cn.jincai.policy.reading.PackageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemesOfTheCityTest {
    private final PackageFolders folders = new PackageFolders(Path.of("."));

    @Test
    void everySchemeIsReadWithoutAFinding() {
        assertThat(folders.schemes()).contains("talent-recognition", "recruitment-subsidy", "skills-award");
        for (String scheme : folders.all()) {
            try {
                assertThat(PackageReader.read(scheme, folders.files(scheme)).scheme())
                        .isEqualTo(scheme);
            } catch (Problem p) {
                throw new AssertionError(scheme + ": " + p.mistakes(), p);
            }
        }
    }

    @Test
    void theHashDependsOnEachFileAndItsPlace() {
        var files = folders.files("skills-award");
        String hash = PolicyPackage.hash(files);
        var moved = new java.util.TreeMap<>(files);
        moved.put("elsewhere/scheme.yaml", moved.remove("scheme.yaml"));
        assertThat(PolicyPackage.hash(moved)).isNotEqualTo(hash);
        assertThat(PolicyPackage.hash(folders.files("skills-award"))).isEqualTo(hash);
    }

    /** Each start asks it of every scheme, so only the line is looked at; the reader of packages has the last word. */
    @Tag("issue-16.20")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            offered: false             | false
            offered:  false  # not yet | false
            "offered": false           | false
            'offered' : false          | false
            offered: true              | true
            offered: falsehood         | true
            notOffered: false          | true
            '  offered: false'         | true
            """, quoteCharacter = '~')
    void aFolderSaysByOneLineWhetherPeopleCanApply(String line, boolean offered, @TempDir Path tree)
            throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            Path scheme = Files.createDirectories(tree.resolve("bpmn/one")).resolve("scheme.yaml");
            Files.writeString(
                    scheme, "code: one" + end + line.replaceAll("^'(  .*)'$", "$1") + end + "facts: []" + end);
            PackageFolders folders = new PackageFolders(tree);
            assertThat(folders.all()).containsExactly("one");
            assertThat(folders.schemes().contains("one")).isEqualTo(offered);
            assertThat(folders.notOffered().contains("one")).isEqualTo(!offered);
        }
    }
}
