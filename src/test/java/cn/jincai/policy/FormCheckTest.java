package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.FieldCheck;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormInput;
import cn.jincai.policy.forms.FormReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class FormCheckTest {
    private final Form form = read("""
        {"id": "a", "type": "default", "components": [
          {"type": "group", "id": "person", "label": "本人", "components": [
            {"type": "textfield", "key": "name", "label": "姓名", "validate": {"required": true, "maxLength": 3}},
            {"type": "select", "key": "paper", "label": "证件", "values": [{"label": "身份证", "value": "ID"}, {"label": "护照", "value": "PASSPORT"}], "validate": {"required": true}},
            {"type": "textfield", "key": "number", "label": "号码", "validate": {"required": true, "pattern": "^[0-9A-Z]+$"},
             "properties": {"check": "ends-in-seven", "checkWhen": "=paper = \\"ID\\""}},
            {"type": "datetime", "subtype": "date", "key": "born", "dateLabel": "生日", "properties": {"past": "true"}}]},
          {"type": "checklist", "key": "proof", "label": "证明", "values": [{"label": "甲", "value": "A"}, {"label": "乙", "value": "B"}]},
          {"type": "number", "key": "pay", "label": "年薪", "properties": {"unit": "fen"}, "validate": {"max": 100000}, "conditional": {"hide": "=proof = null or not(list contains(proof, \\"A\\"))"}},
          {"type": "number", "key": "share", "label": "占比", "conditional": {"hide": "=pay = null"}},
          {"type": "radio", "key": "yes", "label": "在岗", "values": [{"label": "是", "value": true}, {"label": "否", "value": false}]}]}
        """);
    private final FormCheck check = new FormCheck(
            new CityClock(),
            new StaticListableBeanFactory(Map.of("seven", endsInSeven())).getBeanProvider(FieldCheck.class));

    @Test
    void whatIsMissingIsToldAllAtOnceAndADraftMayHaveGaps() {
        assertThat(codes(Map.of())).containsExactly("name REQUIRED", "paper REQUIRED", "number REQUIRED");
        assertThat(check.checkDraft(form, Map.of())).isEmpty();
    }

    @Test
    void lengthsAreCountedInCharactersSoThatARareNameIsNotCutShort() {
        assertThat(codes(person(Map.of("name", "张𠮷芳")))).isEmpty();
        assertThat(codes(person(Map.of("name", "欧阳𠮷芳")))).containsExactly("name TOO_LONG");
    }

    @Test
    void whatAWrongEncodingLeavesBehindAndControlsAreRefused() {
        for (String damaged : List.of("张\uFFFD", "张\uD842", "张\u0007", "张\u0085"))
            assertThat(codes(person(Map.of("name", damaged)))).containsExactly("name BAD_CHARACTER");
    }

    @Test
    void aNamedCheckIsMadeOnlyWhereItsConditionHolds() {
        assertThat(codes(person(Map.of("number", "128")))).containsExactly("number SEVEN");
        assertThat(codes(person(Map.of("paper", "PASSPORT", "number", "128")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30,NOT_A_DATE", "26-2-3,NOT_A_DATE", "9999-01-01,IN_FUTURE", "1899-12-31,NOT_A_DATE"})
    void datesAreRealAndTellWhatHasHappened(String born, String code) {
        assertThat(codes(person(Map.of("born", born)))).containsExactly("born " + code);
    }

    @Test
    void foreignValuesWrongTypesAndDoubleChoicesAreRefused() {
        assertThat(codes(person(Map.of("paper", "VISA", "proof", List.of("A", "A"), "pay", "many", "yes", "true"))))
                .containsExactly("paper NOT_OFFERED", "proof TWICE", "pay TYPE", "yes NOT_OFFERED");
        assertThat(codes(person(Map.of("proof", List.of("C"), "yes", false)))).containsExactly("proof NOT_OFFERED");
        assertThat(codes(person(Map.of("proof", "A")))).containsExactly("proof TYPE");
    }

    @Test
    void sumsAreLimitedInFenAndToldInYuan() {
        var mistakes = check.check(form, person(Map.of("proof", List.of("A"), "pay", 100_001L)));
        assertThat(mistakes).extracting(m -> m.message().zh()).containsExactly("“年薪”不得大于 1000");
        assertThat(codes(person(Map.of("proof", List.of("A"), "pay", -1L)))).containsExactly("pay TOO_SMALL");
    }

    @Test
    void whatIsHiddenIsNeitherCheckedNorKeptAlsoWhenHiddenByWhatIsHidden() {
        Map<String, Object> answers = person(Map.of("pay", "nonsense", "share", 5L, "somethingElse", 1));
        assertThat(codes(answers)).isEmpty();
        assertThat(form.clean(answers)).containsOnlyKeys("name", "paper", "number");
    }

    @Test
    void aMistakeShowsTooLittleToKnowThePerson() {
        var mistakes = check.check(form, person(Map.of("number", "35058219900307-017")));
        assertThat(mistakes.get(0).message().zh())
                .contains("（350*************17）")
                .doesNotContain("19900307");
    }

    @Test
    void textsOfAPageBecomeTypedAnswersAndBack() {
        Map<String, Object> read = FormInput.read(
                form.fields(),
                Map.of(
                        "name",
                        List.of(" 张𠮷芳 "),
                        "born",
                        List.of("1990年3月7日"),
                        "pay",
                        List.of("１2,000.5"),
                        "yes",
                        List.of("false"),
                        "proof",
                        List.of("A", "B"),
                        "share",
                        List.of("1.5")));
        assertThat(read)
                .containsEntry("name", "张𠮷芳")
                .containsEntry("born", "1990-03-07")
                .containsEntry("pay", 1_200_050L)
                .containsEntry("yes", false)
                .containsEntry("proof", List.of("A", "B"))
                .containsEntry("share", "1.5")
                .containsEntry("paper", null);
        assertThat(FormInput.typed(form.field("pay").orElseThrow(), 1_200_050L)).containsExactly("12000.50");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.5万元|1500000", "8,500元|850000", "￥12,000.50|1200050", "1,5|1,5", "1,50|1,50", "1.5.0|1.5.0"})
    void aCommaThatPartsNoThousandsIsAskedAboutAndNotReadAway(String typed, String kept) {
        Map<String, Object> read =
                FormInput.read(List.of(form.field("pay").orElseThrow()), Map.of("pay", List.of(typed)));
        assertThat(read.get("pay")).hasToString(kept);
        if (typed.equals(kept))
            assertThat(codes(person(Map.of("proof", List.of("A"), "pay", kept))))
                    .containsExactly("pay TYPE");
    }

    @Test
    void aFormWithWhatNobodyCanShowIsRefusedNamingFileAndElement() {
        Problem problem = catchThrowableOfType(Problem.class, () -> read("""
            {"id": "a", "components": [{"type": "filepicker", "id": "f1", "key": "file", "label": "文件"}, {"type": "textfield", "key": "Bad key", "id": "t1", "label": "x"},
              {"type": "textfield", "key": "a", "id": "t2", "label": "x", "conditional": {"hide": "=a >"}}, {"type": "select", "key": "s", "id": "t3", "label": "x"}]}
            """));
        assertThat(problem.mistakes())
                .extracting(m -> m.field() + " " + m.code())
                .containsExactly(
                        "forms/application.form#f1 TYPE_NOT_ALLOWED",
                        "forms/application.form#t1 BAD_KEY",
                        "forms/application.form#t2 BAD_CONDITION",
                        "forms/application.form#t3 NO_VALUES");
    }

    @Test
    void englishComesFromTheMapBesideItAndWhatItLacksIsListed() {
        TreeMap<String, byte[]> files = new TreeMap<>(Map.of(
                "forms/a.form",
                bytes(
                        "{\"id\": \"a\", \"components\": [{\"type\": \"textfield\", \"key\": \"name\", \"label\": \"姓名\"}, {\"type\": \"textfield\", \"key\": \"city\", \"label\": \"城市\"}]}"),
                "forms/en.yaml",
                bytes("name: Name\na/city: Town\ncity: City")));
        Form a = FormReader.readAll(files).get("forms/a.form");
        assertThat(a.label("name")).isEqualTo(new Text("姓名", "Name"));
        assertThat(a.label("city").en()).isEqualTo("Town");
        assertThat(form.untranslated()).contains("name", "paper.ID", "person");
    }

    private List<String> codes(Map<String, Object> answers) {
        return check.check(form, answers).stream()
                .map(m -> m.field() + " " + m.code())
                .toList();
    }

    private static Map<String, Object> person(Map<String, Object> more) {
        Map<String, Object> answers = new HashMap<>(Map.of("name", "王芳", "paper", "ID", "number", "127"));
        answers.putAll(more);
        return answers;
    }

    private static Form read(String json) {
        return FormReader.readAll(new TreeMap<>(Map.of("forms/application.form", bytes(json))))
                .get("forms/application.form");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FieldCheck endsInSeven() {
        return new FieldCheck("ends-in-seven", Set.of(), null, true, UnaryOperator.identity(), answer -> {
            String shown = FormCheck.mask(answer.value());
            return answer.value().matches("\\d*7")
                    ? Optional.empty()
                    : Optional.of(new Problem.Mistake(
                            answer.field().key(), "SEVEN", new Text("（" + shown + "）", "(" + shown + ")")));
        });
    }
}
