package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
