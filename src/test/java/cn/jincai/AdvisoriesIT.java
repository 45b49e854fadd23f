package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No library of the jar has a version that an advisory of docs/advisories.csv names, unless it says why that does not touch us. The build has made the bill of materials before. */
@Tag("issue-15")
class AdvisoriesIT {
    private static final Path BILL = Path.of("target/classes/META-INF/sbom/application.cdx.json"),
            LIST = Path.of("docs/advisories.csv");

    private static List<CSVRecord> advisories() throws IOException {
        try (var lines = Files.newBufferedReader(LIST)) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(lines)
                    .getRecords();
        }
    }

    private static Map<String, String> libraries() throws IOException {
        assertThat(BILL).as("made by mvn package").exists();
        Map<String, String> versions = new HashMap<>();
        for (var library : new ObjectMapper().readTree(BILL.toFile()).path("components"))
            versions.put(
                    library.path("group").asText() + ":" + library.path("name").asText(),
                    library.path("version").asText());
        return versions;
    }

    private static boolean isAffected(String version, CSVRecord advisory) {
        Version own = Version.parse(version);
        return own.compareTo(Version.parse(advisory.get("from"))) >= 0
                && own.compareTo(Version.parse(advisory.get("through"))) <= 0;
    }

    @Test
    void noLibraryIsOneThatAnAdvisoryNames() throws IOException {
        Map<String, String> libraries = libraries();
        assertThat(libraries).hasSizeGreaterThan(50).containsKey("org.apache.tomcat.embed:tomcat-embed-core");
        assertThat(advisories())
                .filteredOn(advisory -> libraries.containsKey(advisory.get("library")))
                .filteredOn(advisory -> isAffected(libraries.get(advisory.get("library")), advisory))
                .filteredOn(advisory -> advisory.get(6).isBlank())
                .extracting(advisory -> advisory.get(0) + " " + advisory.get("library"))
                .isEmpty();
    }

    /** Else what is written there would excuse what no longer needs it, or hide what is not read. */
    @Test
    void theListIsDatedAndWhatItExcusesIsThere() throws IOException {
        Map<String, String> libraries = libraries();
        assertThat(advisories()).isNotEmpty().allSatisfy(advisory -> {
            assertThat(advisory.get("advisory")).matches("(CVE|GHSA)-[0-9a-z-]+");
            assertThat(LocalDate.parse(advisory.get("published"))).isAfter("2017-12-31");
            assertThat(advisory.get("source")).startsWith("https://");
            assertThat(Version.parse(advisory.get("from")).compareTo(Version.parse(advisory.get("through"))))
                    .isNotPositive();
            if (!advisory.get(6).isBlank())
                assertThat(isAffected(libraries.getOrDefault(advisory.get("library"), "0"), advisory))
                        .as(advisory.get(0) + " needs no excuse any more")
                        .isTrue();
        });
    }
}
