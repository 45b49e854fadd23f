package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;

class FormsCheckTest {
    private final PackageFolders folders = new PackageFolders(Path.of("."));

    @Test
    void theFormsOfTheCityAskForFactsAndForWhatOnlyTheApplicantKnows() {
        for (String scheme : folders.schemes()) assertThat(codes(scheme, folders.files(scheme))).as(scheme).allMatch(code -> code.equals("CHECK_UNKNOWN"));
    }

    @ParameterizedTest
    @CsvSource({"contractMonths,contractWeeks,FACT_UNKNOWN", "contractMonths,contractWeeks,NOT_ASKED", "SELF_EMPLOYED,FREELANCE,VALUE_UNKNOWN", "documentNumber,idNumber,NOT_ASKED"})
    void whatFitsNoFactIsTold(String from, String to, String code) {
        SortedMap<String, byte[]> files = new TreeMap<>(folders.files("skills-award"));
        String form = new String(files.get("forms/application.form"), StandardCharsets.UTF_8);
        files.put("forms/application.form", form.replace("\"" + from + "\"", "\"" + to + "\"").getBytes(StandardCharsets.UTF_8));
        assertThat(codes("skills-award", files)).contains(code);
    }

    private List<String> codes(String scheme, SortedMap<String, byte[]> files) {
        Findings findings = new Findings();
        new FormsCheck(new FormCheck(new CityClock(), new Nothing())).check(PackageReader.read(scheme, files), findings);
        return findings.all().stream().map(Mistake::code).toList();
    }

    /** No checks of other rooms. */
    private static class Nothing implements ObjectProvider<FieldCheck> {
        @Override
        public Stream<FieldCheck> orderedStream() {
            return Stream.empty();
        }
    }
}
