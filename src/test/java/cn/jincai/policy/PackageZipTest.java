package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem.Mistake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageZipTest {
    private final Findings findings = new Findings();

    @Test
    void whatIsDownloadedIsReadTheSame() {
        SortedMap<String, byte[]> files = new TreeMap<>(Map.of(
                "scheme.yaml",
                bytes("code: x"),
                "rulesets/2026-01/conditions.dmn",
                bytes("<x/>"),
                "common/review.bpmn",
                bytes("<y/>")));
        byte[] zip = PackageZip.write(files);
        assertThat(PolicyPackage.hash(PackageZip.read(zip, findings))).isEqualTo(PolicyPackage.hash(files));
        assertThat(findings.all()).isEmpty();
        assertThat(PackageZip.write(files)).isEqualTo(zip);
    }

    @Test
    void aFolderAroundItAndWhatAMacAddsDoNotMatter() throws IOException {
        byte[] zip = zip(Map.of(
                "skills/scheme.yaml",
                bytes("code: x"),
                "skills/process.bpmn",
                bytes("<x/>"),
                "__MACOSX/skills/._scheme.yaml",
                bytes("?"),
                "skills/.DS_Store",
                bytes("?")));
        assertThat(PackageZip.read(zip, findings).keySet()).containsExactly("process.bpmn", "scheme.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "../scheme.yaml,PATH_NOT_ALLOWED",
        "forms/../../x.form,PATH_NOT_ALLOWED",
        "/etc/x.yaml,PATH_NOT_ALLOWED",
        "C:/x.yaml,PATH_NOT_ALLOWED",
        "a\\..\\x.yaml,PATH_NOT_ALLOWED",
        "a//x.yaml,PATH_NOT_ALLOWED",
        "x.jar,KIND_NOT_ALLOWED",
        "x.sh,KIND_NOT_ALLOWED",
        "规则.yaml,NAME_NOT_ALLOWED"
    })
    void aNameThatLeadsElsewhereOrIsNoneOfOursIsRefused(String name, String code) throws IOException {
        assertThat(PackageZip.read(zip(Map.of("scheme.yaml", bytes("code: x"), name, bytes("x"))), findings))
                .isEmpty();
        assertThat(findings.all()).extracting(Mistake::code).containsExactly(code);
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        assertThat(PackageZip.read(zip(Map.of("bomb.yaml", new byte[900 * 1024])), findings))
                .isEmpty();
        assertThat(findings.all()).extracting(Mistake::code).containsExactly("ZIP_BOMB");
        Findings large = new Findings();
        PackageZip.read(zip(Map.of("bomb.yaml", new byte[40 * 1024 * 1024])), large);
        assertThat(large.all()).extracting(Mistake::code).containsExactly("FILE_TOO_LARGE");
    }

    @Test
    void tooManyFilesAndTooLargeAZipAreRefused() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 201; i++) many.put("x" + i + ".yaml", bytes("code: " + i));
        PackageZip.read(zip(many), findings);
        assertThat(findings.all()).extracting(Mistake::code).containsExactly("ZIP_ENTRIES");
        Findings large = new Findings();
        byte[] zip = Arrays.copyOf(zip(Map.of("scheme.yaml", bytes("code: x"))), PackageZip.MOST_BYTES + 1);
        PackageZip.read(zip, large);
        assertThat(large.all()).extracting(Mistake::code).containsExactly("ZIP_TOO_LARGE");
    }

    @Test
    void aLinkIsRefused() throws IOException {
        byte[] zip = zip(Map.of("scheme.yaml", bytes("/etc/passwd")));
        int central = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        zip[central + 5] = 3; // made on Unix
        zip[central + 40] = (byte) 0xff; // mode 0120777: a symbolic link
        zip[central + 41] = (byte) 0xa1;
        assertThat(PackageZip.read(zip, findings)).isEmpty();
        assertThat(findings.all()).extracting(Mistake::code).containsExactly("LINK_NOT_ALLOWED");
    }

    @Test
    void whatIsNoZipOrBrokenIsTold() throws IOException {
        PackageZip.read(bytes("%PDF-1.7"), findings);
        assertThat(findings.all()).extracting(Mistake::code).containsExactly("NO_ZIP");
        byte[] whole = zip(Map.of("scheme.yaml", bytes("code: x")));
        Findings cut = new Findings();
        PackageZip.read(Arrays.copyOf(whole, whole.length / 2), cut);
        assertThat(cut.all()).extracting(Mistake::code).contains("ZIP_BROKEN");
        Findings nothing = new Findings();
        PackageZip.read(zip(Map.of()), nothing);
        assertThat(nothing.isEmpty()).isFalse();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
