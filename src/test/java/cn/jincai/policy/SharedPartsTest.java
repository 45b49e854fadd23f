package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormParts;
import cn.jincai.policy.forms.FormReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What schemes share is written once; what a scheme says itself goes first; and whoever asks for a package's diagram, texts or forms gets them whole. */
class SharedPartsTest {
    private static final String SCHEME = "skills-award", APPLICATION = "forms/application.form";

    private static SortedMap<String, byte[]> city(String... changes) {
        SortedMap<String, byte[]> files = CityPackages.FOLDERS.files(SCHEME);
        for (int i = 0; i < changes.length; i += 3) {
            String before = new String(files.get(changes[i]), StandardCharsets.UTF_8);
            assertThat(before).contains(changes[i + 1]);
            files.put(changes[i], before.replace(changes[i + 1], changes[i + 2]).getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static Form.Field field(SortedMap<String, byte[]> files, String key) {
        return FormReader.readAll(files).get(APPLICATION).field(key).orElseThrow();
    }

    @Test
    void aFormIsWholeWithThePartsThatItIncludes() throws IOException {
        JsonNode form = FormParts.whole(city(), APPLICATION);
        assertThat(form.toString()).doesNotContain("include");
        assertThat(FormReader.readAll(city()).get(APPLICATION).sections())
                .extracting(
                        group -> group.id() + " " + Form.fields(group.parts()).size())
                .containsExactly("person 6", "employer 8", "certificate 3", "account 3");
        Form.Field inPost = field(city(), "inPost"); // a part in a part in a part
        assertThat(inPost.label().en()).isEqualTo("Do you work there now, insured by it?");
        assertThat(inPost.values())
                .extracting(o -> o.label().zh() + o.label().en())
                .containsExactly("是Yes", "否No");
        assertThat(inPost.required()).isTrue();
    }

    @Test
    void whatAFormSaysItselfGoesBeforeThePart() {
        SortedMap<String, byte[]> files = city(
                APPLICATION,
                "\"properties\": { \"include\": \"account\" }",
                "\"label\": \"发放账户\", \"properties\": { \"include\": \"account\" }",
                "forms/en.yaml",
                "certificate: ",
                "account: \"Where it is paid\"\nbankName: \"Your bank\"\ncertificate: ");
        Form.Group account =
                FormReader.readAll(files).get(APPLICATION).sections().get(3);
        assertThat(account.label().zh() + account.label().en()).isEqualTo("发放账户Where it is paid");
        assertThat(account.description().zh()).isEqualTo("待遇只发给申请人本人的账户。");
        assertThat(field(files, "bankName").label().en()).isEqualTo("Your bank");
        assertThat(field(city(), "bankName").label().en()).isEqualTo("Bank");
    }

    @Test
    void limitsOfAPartAndOfTheFormHoldTogether() {
        SortedMap<String, byte[]> files = city(
                "forms/common/parts/contract-employment.form",
                "\"components\": [\n        {",
                "\"components\": [\n        { \"type\": \"textfield\", \"id\": \"f_field\", \"key\": \"field\", \"validate\": { \"required\": false }, \"properties\": { \"include\": \"field-of-work\" } },\n        {");
        files.put(
                "forms/common/parts/field-of-work.form",
                "{\"components\": [{\"type\": \"textfield\", \"id\": \"w\", \"key\": \"work\", \"label\": \"领域\", \"validate\": {\"required\": true, \"maxLength\": 9}}]}"
                        .getBytes(StandardCharsets.UTF_8));
        Form.Field field = field(files, "field");
        assertThat(field.required()).isFalse();
        assertThat(field.limits().maxLength()).isEqualTo(9);
        assertThat(field.label().zh()).isEqualTo("领域");
    }

    @Test
    void aSchemesOwnFactReasonAndRemedyStandInsteadOfTheSharedOnes() {
        Scheme shared = CityPackages.read(SCHEME, city()).catalogue();
        assertThat(shared.fact("birthDate").orElseThrow().label().en()).isEqualTo("Date of birth");
        assertThat(shared.reasons().get("LATE").appeal())
                .isEqualTo(shared.reasons().get("NOT_COVERED").appeal());
        Scheme own = CityPackages.read(
                        SCHEME,
                        city(
                                "scheme.yaml",
                                "  - birthDate\n",
                                "  - {name: birthDate, type: date, source: applicant, label: {zh: 生日, en: Birthday}}\n",
                                "scheme.yaml",
                                "\nreasons:",
                                "\nappeal: {zh: 另行申请复议, en: Ask elsewhere}\nreasons:\n  LATE:\n    message: {zh: 晚了, en: Too late}\n    mend: {zh: 无, en: None}\n  #"))
                .catalogue();
        assertThat(own.fact("birthDate").orElseThrow().source()).isEqualTo("applicant");
        assertThat(own.reasons().get("LATE").message().zh()).isEqualTo("晚了");
        assertThat(own.reasons().get("BANNED").message())
                .isEqualTo(shared.reasons().get("BANNED").message());
        assertThat(own.reasons().get("BANNED").appeal().zh()).isEqualTo("另行申请复议");
    }

    @Test
    void aSharedValueReadsTheGoverningDateOfEachScheme() {
        for (String scheme : List.of(SCHEME, "recruitment-subsidy")) {
            Scheme catalogue = CityPackages.of(scheme).catalogue();
            assertThat(catalogue.rules().derived())
                    .filteredOn(d -> d.name().equals("lastDayToApply"))
                    .singleElement()
                    .satisfies(d -> assertThat(d.from()).isEqualTo(catalogue.governingDate()));
        }
    }

    @Test
    void aDiagramOfItsOwnGoesBeforeTheSharedOneAndIsFrozenWithoutIt() {
        assertThat(CityPackages.of(SCHEME).caseDiagram()).isEqualTo("common/case.bpmn");
        PolicyPackage before =
                CityPackages.read("recruitment-subsidy", CityPackages.BEFORE_SHARING.files("recruitment-subsidy"));
        assertThat(before.caseDiagram()).isEqualTo("process.bpmn");
        assertThat(new PackageFolders(Path.of("src/test/resources/packages")).files(MadeUpPackage.CODE))
                .containsKey("process.bpmn")
                .doesNotContainKey("common/case.bpmn");
    }

    @Test
    void aChangeOfACommonPartIsAChangeOfEachSchemeThatUsesIt(@TempDir Path copy) throws IOException {
        for (String folder : List.of("bpmn", "forms"))
            FileSystemUtils.copyRecursively(Path.of(folder), copy.resolve(folder));
        Files.copy(
                Path.of("src/test/resources/packages-before-sharing/bpmn/skills-award/process.bpmn"),
                copy.resolve("bpmn/skills-award/process.bpmn"));
        PackageFolders folders = new PackageFolders(copy);
        assertThat(changed(folders, copy.resolve("bpmn/common/common.yaml"))).hasSize(3);
        assertThat(changed(folders, copy.resolve("forms/common/parts/person.form")))
                .hasSize(3);
        assertThat(changed(folders, copy.resolve("bpmn/common/case.bpmn")))
                .containsExactly("recruitment-subsidy", "talent-recognition");
        assertThat(changed(folders, copy.resolve("bpmn/talent-recognition/scheme.yaml")))
                .containsExactly("talent-recognition");
    }

    private static List<String> changed(PackageFolders folders, Path file) throws IOException {
        Map<String, String> before = new TreeMap<>();
        folders.schemes().forEach(scheme -> before.put(scheme, PolicyPackage.hash(folders.files(scheme))));
        Files.writeString(file, "\n", StandardOpenOption.APPEND);
        return folders.schemes().stream()
                .filter(scheme -> !before.get(scheme).equals(PolicyPackage.hash(folders.files(scheme))))
                .toList();
    }

    /** Whoever reads a table reads Chinese: its columns, those of what it gives among them. */
    @Test
    void everyColumnOfATableIsLabelledInChinese() {
        Map<String, byte[]> tables = new TreeMap<>();
        for (String scheme : CityPackages.FOLDERS.all())
            CityPackages.FOLDERS.files(scheme).forEach((path, content) -> {
                if (path.endsWith(".dmn")) tables.put(scheme + "/" + path, content);
            });
        assertThat(tables).hasSize(2 * CityPackages.FOLDERS.all().size());
        tables.forEach((path, content) -> assertThat(
                        SafeXml.all(SafeXml.root(path, content, new Findings()).orElseThrow()))
                .filteredOn(e -> List.of("input", "output").contains(e.getLocalName()))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.getAttribute("label"))
                        .as(path + " " + e.getAttribute("id"))
                        .containsPattern("\\p{IsHan}")));
    }
}
