package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Reads every deployed diagram and form and every frozen decision table, as the checks of a publication do, and proves that they find what they
 * are for: an undeclared variable, an unknown bean or form, a missing translation, a task without group, due rule or form, a script, an article
 * that nobody cites or a rule that rests on none.
 */
@CaseTest
class EveryDeployedFileIT {
    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    PackageStore store;

    @Autowired
    RepositoryService engine;

    @Test
    void allThatIsDeployedIsInOrder() {
        Set<String> kinds = new TreeSet<>();
        for (PolicyPackage inForce : packages.inForce()) {
            SortedMap<String, byte[]> frozen = store.files(inForce.hash());
            publication.read(inForce.scheme(), frozen);
            String deployment = engine.createDeploymentQuery()
                    .deploymentName(inForce.hash())
                    .singleResult()
                    .getId();
            Set<String> deployed = engine.getDeploymentResources(deployment).stream()
                    .map(Resource::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(frozen.keySet()).as("what runs is what was read").containsAll(deployed);
            assertThat(deployed)
                    .as("every diagram and form of the package runs")
                    .containsAll(frozen.keySet().stream()
                            .filter(f -> f.matches(".*\\.(bpmn|form)"))
                            .toList());
            frozen.keySet().forEach(file -> kinds.add(file.replaceFirst(".*\\.", "")));
        }
        assertThat(kinds).contains("bpmn", "form", "dmn", "yaml");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an undeclared variable in a condition | VARIABLE_NOT_DECLARED | common/case.bpmn | ${outcome | ${income",
                "an undeclared variable that is passed on | VARIABLE_NOT_DECLARED | common/payment.bpmn | source=\"run\" | source=\"course\"",
                "an unknown bean | BEAN_NOT_ALLOWED | common/payment.bpmn | ${payments.giveUp | ${treasury.giveUp",
                "an unknown method of a bean | METHOD_NOT_ALLOWED | common/payment.bpmn | ${payments.giveUp | ${payments.giveBack",
                "an unknown form | FORM_UNKNOWN | common/payment.bpmn | camunda:formRef=\"payment-make\" | camunda:formRef=\"payment-done\"",
                "a task without a form | NO_FORM | common/payment.bpmn | camunda:formRef=\"payment-make\" | ",
                "a task without a group | NO_GROUP | common/payment.bpmn | camunda:candidateGroups=\"finance\" | ",
                "a group that no role is | GROUP_UNKNOWN | common/payment.bpmn | camunda:candidateGroups=\"finance\" | camunda:candidateGroups=\"bookkeepers\"",
                "a task without a due rule | NO_DUE | common/payment.bpmn | camunda:dueDate=\"${limits.workingDays(5)}\" | ",
                "a task without a name | NO_NAME | common/payment.bpmn | name=\"付款经办\" | ",
                "a gateway without a name | NO_NAME | common/payment.bpmn | name=\"经办意见？\" | ",
                "a script | CODE_NOT_ALLOWED | common/payment.bpmn | <bpmn:incoming>given-up-to-give-up< | <bpmn:extensionElements><camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"juel\">1</camunda:script></camunda:executionListener></bpmn:extensionElements><bpmn:incoming>given-up-to-give-up<",
                "a class | CODE_NOT_ALLOWED | common/payment.bpmn | camunda:expression=\"${payments.giveUp(paymentId)}\" | camunda:class=\"java.lang.Runtime\"",
                "a form field without English | NOT_TRANSLATED | forms/common/parts/en.yaml | contractMonths: | contractMonth:",
                "a form with a component that Tasklist can't show | TYPE_NOT_ALLOWED | forms/common/payment-make.form | \"type\": \"textarea\" | \"type\": \"filepicker\"",
                "a form that asks what is no fact | NO_FACT | forms/common/parts/contract-employment.form | \"key\": \"contractMonths\" | \"key\": \"contractWeeks\"",
                "a scheme's text without English | MISSING | scheme.yaml | en: Skills | xx: Skills",
                "a rule that rests on no article | NO_ARTICLE | rulesets/2026-01/sources.yaml | C1-08 | C1-07",
                "an article that cites a rule that is gone | UNKNOWN_RULE | rulesets/2026-01/sources.yaml | C1-08 | C9-99",
                "a cell outside the subset | | rulesets/2026-01/conditions.dmn | <text>true</text> | <text>now()</text>"
            })
    void isFoundAndToldByItsFile(String what, String code, String file, String before, String after) {
        List<Problem.Mistake> mistakes = mistakes(file, before, after == null ? "" : after);
        String told = mistakes.stream().map(m -> m.code() + " at " + m.field()).collect(Collectors.joining("\n"));
        assertThat(mistakes)
                .as(told)
                .anyMatch(m ->
                        (code == null || m.code().equals(code)) && m.field().matches("(?s).*(" + folder(file) + ").*"));
        assertThat(mistakes).allSatisfy(m -> {
            assertThat(m.message().zh()).isNotBlank();
            assertThat(m.message().en()).isNotBlank();
        });
    }

    @Test
    void aPackageThatCantBeReadWholeStillLearnsWhatIsWrongWithItsDiagrams() {
        SortedMap<String, byte[]> files = files();
        change(files, "scheme.yaml", "type: integer", "type: number");
        change(files, "common/payment.bpmn", "camunda:candidateGroups=\"finance\"", "");
        change(files, "forms/common/parts/en.yaml", "contractMonths:", "contractMonth:");
        assertThat(read(files))
                .extracting(Problem.Mistake::code)
                .contains("UNKNOWN_WORD", "NO_GROUP", "NOT_TRANSLATED");
    }

    @Test
    void aGatewayWithoutAWayForEveryAnswerIsFound() {
        SortedMap<String, byte[]> files = files();
        change(files, "common/payment.bpmn", " default=\"made-to-payment-approve\"", "");
        change(
                files,
                "common/payment.bpmn",
                "sourceRef=\"made\" targetRef=\"payment-approve\"/>",
                "sourceRef=\"made\" targetRef=\"payment-approve\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${outcome == 'submit'}</bpmn:conditionExpression></bpmn:sequenceFlow>");
        assertThat(read(files))
                .extracting(m -> m.code() + " " + m.field())
                .containsExactly("NO_DEFAULT common/payment.bpmn, made");
    }

    /** What is written in one file of a folder may be missed in another of it: the English of a form, the article of a rule. */
    private static String folder(String file) {
        boolean linked = file.endsWith("en.yaml") || file.endsWith("sources.yaml");
        return java.util.regex.Pattern.quote(linked ? file.substring(0, file.lastIndexOf('/') + 1) : file);
    }

    private List<Problem.Mistake> mistakes(String file, String before, String after) {
        SortedMap<String, byte[]> files = files();
        change(files, file, before, after);
        return read(files);
    }

    private List<Problem.Mistake> read(SortedMap<String, byte[]> files) {
        Problem problem = catchThrowableOfType(Problem.class, () -> publication.read("skills-award", files));
        return problem == null ? List.of() : new ArrayList<>(problem.mistakes());
    }

    private SortedMap<String, byte[]> files() {
        return CityPackages.FOLDERS.files("skills-award");
    }

    private static void change(SortedMap<String, byte[]> files, String file, String before, String after) {
        String text = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(text).as(file).contains(before);
        files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
    }
}
