package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.forms.FieldCheck;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormReader;
import cn.jincai.policy.gate.FormKeys;
import cn.jincai.policy.gate.FormsAgainstFacts;
import cn.jincai.policy.gate.StructureCheck;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.reading.StepsReader;
import cn.jincai.process.KnownToDiagrams;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What would go wrong with a case, a payment or a form much later is refused at the gate, with file, place and the way out in both languages. */
@Tag("issue-13.14")
class GateTest {
    private static final String SKILLS = "skills-award",
            TALENT = "talent-recognition",
            RECRUITMENT = "recruitment-subsidy";
    private static final DiagramVocabulary WORDS = KnownToDiagrams.words();
    private static final FormCheck FORM_CHECK = new FormCheck(
            new CityClock(),
            new StaticListableBeanFactory(Map.of(
                            "id",
                            named("resident-id", Set.of("birthDate")),
                            "code",
                            named("credit-code", Set.of()),
                            "occupation",
                            named("occupation-code", Set.of())))
                    .getBeanProvider(FieldCheck.class));

    static final Map<String, PolicyPackage> CITY = Stream.of(SKILLS, TALENT, RECRUITMENT)
            .map(CityPackages::of)
            .collect(Collectors.toMap(PolicyPackage::scheme, pack -> pack));
    /** The benefits of the three schemes, as they are when all are published. */
    private static final Map<String, String> SCHEME_OF = CITY.values().stream()
            .flatMap(pack -> pack.catalogue().benefits().stream().map(b -> Map.entry(b.code(), pack.scheme())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Map<String, String> others(String scheme) {
        Map<String, String> others = new TreeMap<>(SCHEME_OF);
        others.values().removeIf(scheme::equals);
        return others;
    }

    static final PackageCheck STRUCTURE = new StructureCheck(WORDS),
            FORMS = new FormsAgainstFacts(FORM_CHECK),
            KEYS = new FormKeys(FORM_CHECK, WORDS),
            SCHEME = new SchemeCheck(GateTest::others, () -> List.copyOf(CITY.values()), CITY.keySet());

    private static Findings gate(String scheme, SortedMap<String, byte[]> files) {
        return gate(scheme, files, List.of(STRUCTURE, FORMS, KEYS, SCHEME));
    }

    /** Only what differs from the folders is read again: tables take longest, and most faults are in diagrams and forms. */
    static Optional<PolicyPackage> read(String scheme, SortedMap<String, byte[]> files, Findings findings) {
        PolicyPackage city = CITY.get(scheme);
        if (city == null
                || !city.files().keySet().equals(files.keySet())
                || !differences(city, files).allMatch(f -> f.matches(".*\\.(bpmn|form)")))
            return PackageReader.read(scheme, files, findings);
        Map<String, Form> forms = city.forms();
        if (differences(city, files).anyMatch(f -> f.endsWith(".form")))
            try {
                forms = FormReader.readAll(files);
            } catch (Problem problem) {
                findings.addAll(problem.mistakes());
                forms = Map.of();
            }
        return Optional.of(
                new PolicyPackage(scheme, city.hash(), city.catalogue(), city.steps(), city.rulesets(), forms, files));
    }

    private static Stream<String> differences(PolicyPackage pack, SortedMap<String, byte[]> files) {
        return files.keySet().stream().filter(f -> !Arrays.equals(pack.files().get(f), files.get(f)));
    }

    static Findings gate(String scheme, SortedMap<String, byte[]> files, List<PackageCheck> checks) {
        Findings findings = new Findings();
        Optional<PolicyPackage> read = read(scheme, files, findings);
        boolean whole = findings.isEmpty();
        checks.forEach(check -> {
            if (whole) check.check(read.orElseThrow(), findings);
            else check.checkBroken(read.orElseThrow(), findings);
        });
        return findings;
    }

    @ParameterizedTest
    @ValueSource(strings = {SKILLS, TALENT, RECRUITMENT})
    void theSchemesOfTheCityPass(String scheme) {
        Findings findings = gate(scheme, CityPackages.FOLDERS.files(scheme));
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    /** It counts what was paid before the system without saying so, as packages did: whoever proposes it signs for that. */
    @Test
    void aSchemeThatNobodyKnowsPasses() {
        Findings findings = gate(MadeUpPackage.CODE, MadeUpPackage.files());
        assertThat(findings.all()).isEmpty();
        assertThat(findings.warnings()).extracting(Mistake::code).containsExactly("NO_BENEFIT");
    }

    /** With a steps.yaml, a form and a diagram of its own, and no Java. */
    @ParameterizedTest
    @ValueSource(strings = {MadeUpPackage.CODE, SKILLS})
    void aSchemeMayAddAStepThatNobodyKnows(String scheme) {
        boolean madeUp = scheme.equals(MadeUpPackage.CODE);
        SortedMap<String, byte[]> files =
                SecondOpinion.addedTo(madeUp ? MadeUpPackage.files() : CityPackages.FOLDERS.files(scheme));
        assertThat(gate(scheme, files).all()).isEmpty();
        files.remove(StepsReader.OWN);
        assertThat(gate(scheme, files).all()).extracting(Mistake::code).containsExactly("STEP_UNKNOWN");
    }

    @Test
    void aPackageFromBeforeStepsWereDeclaredHasThoseOfTheProduct() {
        PolicyPackage before = CityPackages.read(RECRUITMENT, CityPackages.BEFORE_SHARING.files(RECRUITMENT));
        assertThat(before.files()).doesNotContainKey(StepsReader.COMMON);
        assertThat(before.steps().all())
                .containsExactlyElementsOf(Steps.shared().all());
        assertThat(CityPackages.of(SKILLS).steps().all())
                .containsExactlyElementsOf(Steps.shared().all());
    }

    /** Whole, as whatever a scheme writes itself; and what is added stands behind the last of its kind. */
    @Test
    void aSchemesOwnStepStandsInsteadOfTheSharedOne() {
        SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.files(SKILLS));
        files.put(StepsReader.OWN, """
            data-checks: {kind: checks-data, role: reviewer, name: {zh: 核对, en: Comparison}, outcomes: {continue: {zh: 好, en: fine}}}
            third-review: {kind: reviews, role: supervisor, decides: true, name: {zh: 三审, en: Third review}, outcomes: {approve: {zh: 是, en: 'yes'}, reject: {zh: 否, en: 'no', refuses: true}}}
            """.getBytes(StandardCharsets.UTF_8));
        PolicyPackage read = CityPackages.read(SKILLS, files);
        assertThat(read.steps().get("data-checks").name().en()).isEqualTo("Comparison");
        assertThat(read.steps().get("data-checks").status().en()).isEqualTo("Comparison");
        assertThat(read.steps().keys(Step.Kind.REVIEWS))
                .containsExactly("first-review", "second-review", "leader-review", "third-review");
        assertThat(read.hash()).isNotEqualTo(CityPackages.of(SKILLS).hash());
    }

    /** Without the names of their parameters the gate could not tell which argument says whose case it is. */
    @Test
    void everyBeanButTheOneForDaysNamesTheCaseRunOrPaymentThatItActsOn() {
        WORDS.beans()
                .forEach((bean, methods) -> methods.forEach((method, parameters) -> {
                    if (!bean.equals("limits"))
                        assertThat(WORDS.own()).as(bean + "." + method).containsKey(parameters.get(0));
                }));
    }

    /** Whoever draws a diagram reads there what he may call; what is called otherwise in Java, or not there, would be a line that misleads him. */
    @Test
    void theDocsListEveryMethodAndMessageThatADiagramMayName() throws IOException {
        String docs = Files.readString(Path.of("docs/policy-packages.md"));
        String part = docs.substring(
                docs.indexOf("## What diagrams may ask and do"), docs.indexOf("Diagrams may be drawn of"));
        int messages = part.indexOf("| message |");
        Set<String> callable = new TreeSet<>();
        WORDS.beans()
                .forEach((bean, methods) -> methods.forEach(
                        (method, given) -> callable.add(bean + "." + method + "(" + String.join(", ", given) + ")")));
        assertThat(named(part.substring(0, messages), "`(\\w+\\.\\w+\\([\\w, ]*\\))`"))
                .isEqualTo(callable);
        assertThat(named(part.substring(messages), "(?m)`([a-z]+-[a-z]+|withdrawn)`(?=[^\\n]*\\|)"))
                .isEqualTo(new TreeSet<>(WORDS.messages().keySet()));
    }

    private static Set<String> named(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(r -> r.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Arguments fault(
            String what, String scheme, String code, String place, Consumer<SortedMap<String, byte[]>> plant) {
        return Arguments.of(what, scheme, code, place, plant);
    }

    private static Arguments fault(String what, String scheme, String code, String file, String from, String to) {
        return fault(what, scheme, code, file, files -> replace(files, file, from, to));
    }

    private static byte[] own(String steps) {
        return steps.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> faults() {
        String process = "common/case.bpmn",
                yaml = "scheme.yaml",
                acceptance = "common/acceptance.bpmn",
                review = "common/review.bpmn",
                payment = "common/payment.bpmn",
                form = "forms/application.form",
                common = "common/common.yaml",
                person = "forms/common/parts/person.form",
                employment = "forms/common/parts/employment.form",
                contract = "forms/common/parts/contract-employment.form",
                notice = "common/public-notice.bpmn",
                steps = "common/steps.yaml";
        return Stream.of(
                fault("a kind that Java does not know", SKILLS, "UNKNOWN_NAME", steps, "kind: panel", "kind: jury"),
                fault("a role that does no steps", SKILLS, "UNKNOWN_NAME", steps, "role: intake", "role: auditor"),
                fault("a step of another kind", SKILLS, "KIND_KEPT", steps, "kind: panel", "kind: reviews"),
                fault(
                        "an outcome without words",
                        SKILLS,
                        "MISSING",
                        steps,
                        "{zh: 不属实, en: not confirmed, refuses: true}",
                        "{zh: 不属实, refuses: true}"),
                fault("an outcome of another kind", SKILLS, "OUTCOME_OF_KIND", steps, "uphold: {", "agree: {"),
                fault(
                        "a task that nobody can complete",
                        SKILLS,
                        "NO_OUTCOME",
                        steps,
                        "  outcomes:\n    continue: {zh: 继续, en: goes on}\n",
                        ""),
                fault(
                        "a review that does not decide",
                        SKILLS,
                        "MUST_DECIDE",
                        steps,
                        "role: reviewer\n  decides: true",
                        "role: reviewer"),
                fault(
                        "a decision without refusal",
                        SKILLS,
                        "NO_REFUSAL",
                        steps,
                        "{zh: 退回经办, en: returned, refuses: true}",
                        "{zh: 退回经办, en: returned}"),
                fault("a step that is there twice", SKILLS, "TWICE", steps, "\nclosed:\n", "\ndraft:\n"),
                fault(
                        "a signature that is not the leader's",
                        SKILLS,
                        "ROLE_OF_KIND",
                        steps,
                        "kind: signs\n  role: leader",
                        "kind: signs\n  role: finance"),
                fault(
                        "an officer's step for the employer",
                        SKILLS,
                        "NO_OFFICER",
                        steps,
                        "kind: checks-data\n  role: intake",
                        "kind: checks-data\n  role: employer"),
                fault(
                        "outcomes where nobody has a task",
                        SKILLS,
                        "NO_TASK",
                        steps,
                        "  kind: hearing\n",
                        "  kind: hearing\n  outcomes: {heard: {zh: 已听取, en: heard}}\n"),
                fault(
                        "a second beginning, under a key that is none",
                        SKILLS,
                        "ONE_OF_A_KIND",
                        "steps.yaml",
                        files -> files.put(
                                "steps.yaml", own("Second-Draft: {kind: draft, name: {zh: 又一稿, en: Again}}"))),
                fault(
                        "an outcome whose code no variable should hold",
                        SKILLS,
                        "OUTCOME_CODE",
                        "steps.yaml",
                        files -> files.put(
                                "steps.yaml",
                                own(
                                        "talk: {kind: gives-opinion, role: leader, name: {zh: 谈, en: Talk}, outcomes: {'In Favour': {zh: 赞成, en: yes}}}"))),
                fault(
                        "a task whose key no step knows",
                        SKILLS,
                        "STEP_UNKNOWN",
                        acceptance,
                        files -> rename(files, acceptance, "acceptance", "reception")),
                fault(
                        "an outcome that the step does not take",
                        SKILLS,
                        "OUTCOME_UNKNOWN",
                        acceptance,
                        files -> replace(
                                files,
                                "forms/common/acceptance.form",
                                "\"value\": \"not-accepted\"",
                                "\"value\": \"refuse\"")),
                fault(
                        "an assignee who may be nobody, and no group",
                        SKILLS,
                        "NOT_SEEN",
                        review,
                        " camunda:candidateGroups=\"reviewer\"",
                        ""),
                fault(
                        "a group that is an expression",
                        SKILLS,
                        "NOT_SEEN",
                        acceptance,
                        "camunda:candidateGroups=\"intake\"",
                        "camunda:candidateGroups=\"${outcome}\""),
                fault(
                        "an expert whom no list names",
                        TALENT,
                        "NOT_SEEN",
                        "common/expert-panel.bpmn",
                        "camunda:elementVariable=\"expert\"",
                        "camunda:elementVariable=\"step\""),
                fault(
                        "a group that may not do the step",
                        SKILLS,
                        "GROUP_MAY_NOT",
                        acceptance,
                        "camunda:candidateGroups=\"intake\"",
                        "camunda:candidateGroups=\"reviewer\""),
                fault("a step from which nothing leads on", SKILLS, "DEAD_END", acceptance, files -> {
                    remove(files, acceptance, "<bpmn:sequenceFlow id=\"acceptance-to-decided\"[^>]*/>");
                    remove(files, acceptance, "<bpmn:outgoing>acceptance-to-decided</bpmn:outgoing>");
                    remove(files, acceptance, "<bpmn:incoming>acceptance-to-decided</bpmn:incoming>");
                    remove(
                            files,
                            acceptance,
                            "<bpmndi:BPMNEdge [^>]*bpmnElement=\"acceptance-to-decided\"[^>]*>(?s:.*?)</bpmndi:BPMNEdge>");
                }),
                fault(
                        "a task that every outcome leads back to",
                        TALENT,
                        "STUCK",
                        "run.bpmn",
                        "${outcome == 'approve'}",
                        "${outcome == 'approved'}"),
                fault(
                        "no decision",
                        SKILLS,
                        "NO_DECISION",
                        process,
                        "calledElement=\"common-decision\"",
                        "calledElement=\"common-hearing\""),
                fault(
                        "no withdrawal",
                        SKILLS,
                        "NO_WITHDRAWAL",
                        process,
                        "<bpmn:message id=\"message-withdrawn\" name=\"withdrawn\"/>",
                        "<bpmn:message id=\"message-withdrawn\" name=\"take-back\"/>"),
                fault(
                        "a withdrawal beside which the case goes on",
                        SKILLS,
                        "NO_WITHDRAWAL",
                        process,
                        "<bpmn:startEvent id=\"withdrawn\"",
                        "<bpmn:startEvent isInterrupting=\"false\" id=\"withdrawn\""),
                fault(
                        "a run without its diagram",
                        TALENT,
                        "MISSING_FILE",
                        "run.bpmn",
                        files -> files.remove("run.bpmn")),
                fault(
                        "paid by runs that nobody describes",
                        TALENT,
                        "NO_RUN",
                        yaml,
                        files -> remove(files, yaml, "(?m)^run:.*\n(?:  .*\n)+")),
                fault("a thirteenth month", TALENT, "MONTH", yaml, "months: [3, 9]", "months: [3, 13]"),
                fault("a month nought", TALENT, "MONTH", yaml, "months: [3, 9]", "months: [0, 9]"),
                fault(
                        "a panel that is not in the diagram",
                        TALENT,
                        "STEP_MISSING",
                        yaml,
                        files -> replace(
                                files,
                                review,
                                "calledElement=\"common-expert-panel\"",
                                "calledElement=\"common-hearing\"")),
                fault(
                        "an employer's check that is not in the diagram",
                        TALENT,
                        "STEP_MISSING",
                        yaml,
                        files -> replace(
                                files,
                                process,
                                "calledElement=\"common-employer-check\"",
                                "calledElement=\"common-hearing\"")),
                fault(
                        "an empty key for a benefit in two parts",
                        RECRUITMENT,
                        "PAYMENT_KEY",
                        yaml,
                        "paymentKey: [instalment]",
                        "paymentKey: []"),
                fault(
                        "an empty key for a benefit that is paid for each occupation",
                        SKILLS,
                        "PAYMENT_KEY",
                        yaml,
                        "paymentKey: [occupationCode, certificateLevel]",
                        "paymentKey: []"),
                fault(
                        "a benefit code of another scheme",
                        SKILLS,
                        "CODE_TAKEN",
                        yaml,
                        files -> replaceAll(files, "CITY_AWARD", "RECRUITMENT_SUBSIDY")),
                fault(
                        "a counted benefit that does not exist",
                        SKILLS,
                        "NO_BENEFIT",
                        yaml,
                        "benefits: [UPGRADE_SUBSIDY], within: calendarYear",
                        "benefits: [UPGRADE_SUBSIDIES], within: calendarYear"),
                fault(
                        "a benefit exceeded by a run that does not exist",
                        TALENT,
                        "NO_BENEFIT",
                        yaml,
                        "exceeds: [RECRUITMENT_SUBSIDY]",
                        "exceeds: [RECRUITMENT_SUBSIDIES]"),
                fault(
                        "silence of a source outside taken as none",
                        SKILLS,
                        "WHEN_ABSENT",
                        common,
                        "{name: inPost, type: boolean, source: insurance,",
                        "{name: inPost, type: boolean, whenAbsent: none, source: insurance,"),
                fault(
                        "silence of a source outside taken as a number",
                        SKILLS,
                        "WHEN_ABSENT",
                        yaml,
                        "{name: unemploymentInsuredMonths, type: integer, source: insurance,",
                        "{name: unemploymentInsuredMonths, type: integer, whenAbsent: 0, source: insurance,"),
                fault(
                        "a notice of three days",
                        SKILLS,
                        "NOTICE_TOO_SHORT",
                        notice,
                        "notices.publish(caseNumber, 5)",
                        "notices.publish(caseNumber, 3)"),
                fault(
                        "a notice whose days can't be read",
                        SKILLS,
                        "NOTICE_TOO_SHORT",
                        notice,
                        "notices.publish(caseNumber, 5)",
                        "notices.publish(caseNumber, days)"),
                fault(
                        "a notice that is taken down after four days",
                        SKILLS,
                        "NOTICE_TOO_SHORT",
                        notice,
                        "${limits.lapse(5)}",
                        "${limits.lapse(4)}"),
                fault("a notice that ends by the hour", SKILLS, "NOTICE_TOO_SHORT", notice, files -> {
                    replace(
                            files,
                            notice,
                            "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${limits.lapse(5)}</bpmn:timeDate>",
                            "<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1H</bpmn:timeDuration>");
                }),
                fault(
                        "a bean for another case",
                        SKILLS,
                        "NOT_ITS_OWN",
                        "common/closing.bpmn",
                        "cases.close(caseNumber, outcome)",
                        "cases.close('JC2026000001', outcome)"),
                fault(
                        "a bean for a case put together",
                        SKILLS,
                        "NOT_ITS_OWN",
                        "common/closing.bpmn",
                        "cases.close(caseNumber, outcome)",
                        "cases.close(outcome == 'x' ? caseNumber : step, outcome)"),
                fault(
                        "a bean for another payment",
                        SKILLS,
                        "NOT_ITS_OWN",
                        payment,
                        "payments.giveUp(paymentId)",
                        "payments.giveUp(7)"),
                fault(
                        "a bean for the payments of another run",
                        TALENT,
                        "NOT_ITS_OWN",
                        "run.bpmn",
                        "runs.payments(run)",
                        "runs.payments('2026-03')"),
                fault(
                        "another case handed to a part",
                        SKILLS,
                        "NOT_ITS_OWN",
                        process,
                        "<camunda:in source=\"caseNumber\" target=\"caseNumber\"/>",
                        "<camunda:in sourceExpression=\"JC2026000001\" target=\"caseNumber\"/>"),
                fault(
                        "the case's number written over",
                        SKILLS,
                        "NOT_ITS_OWN",
                        acceptance,
                        "<camunda:outputParameter name=\"outcome\">accept<",
                        "<camunda:outputParameter name=\"caseNumber\">JC2026000001<"),
                fault(
                        "a result for the case's number",
                        SKILLS,
                        "NOT_ITS_OWN",
                        "common/data-checks.bpmn",
                        "camunda:resultVariable=\"asked\"",
                        "camunda:resultVariable=\"caseNumber\""),
                fault(
                        "payments from another list",
                        SKILLS,
                        "NOT_ITS_OWN",
                        process,
                        "camunda:collection=\"${orders}\"",
                        "camunda:collection=\"${experts}\""),
                fault(
                        "the number under which messages come",
                        SKILLS,
                        "NOT_ITS_OWN",
                        process,
                        "<camunda:in businessKey=\"#{execution.processBusinessKey}\"/>",
                        "<camunda:in businessKey=\"JC2026000001\"/>"),
                fault(
                        "a misspelt property",
                        SKILLS,
                        "UNKNOWN_KEY",
                        person,
                        "\"check\": \"resident-id\"",
                        "\"chek\": \"resident-id\""),
                fault("a misspelt limit", SKILLS, "UNKNOWN_KEY", form, "\"validate\": {", "\"validdate\": {"),
                fault(
                        "a setting of the editor that nobody reads",
                        SKILLS,
                        "UNKNOWN_KEY",
                        person,
                        "\"key\": \"name\",",
                        "\"key\": \"name\", \"serializeToString\": true,"),
                fault(
                        "a field for reading that anybody fills in",
                        SKILLS,
                        "READONLY",
                        person,
                        "\"key\": \"name\",",
                        "\"key\": \"name\", \"readonly\": true,"),
                fault(
                        "a label that is an expression",
                        SKILLS,
                        "NO_EXPRESSION",
                        person,
                        "\"label\": \"姓名\"",
                        "\"label\": \"=if true then 1 else 2\""),
                fault(
                        "a need that is an expression",
                        SKILLS,
                        "NO_FLAG",
                        person,
                        "\"required\": true",
                        "\"required\": \"=true\""),
                fault(
                        "digits that would be dropped",
                        SKILLS,
                        "DECIMALS",
                        contract,
                        "\"key\": \"contractMonths\",",
                        "\"key\": \"contractMonths\", \"decimalDigits\": 1,"),
                fault(
                        "hidden by a field that is not there",
                        SKILLS,
                        "NO_FIELD",
                        contract,
                        "=employerType = \\\"SELF_EMPLOYED\\\"",
                        "=noSuchField = \\\"SELF_EMPLOYED\\\""),
                fault(
                        "hidden for everybody",
                        SKILLS,
                        "CONSTANT",
                        contract,
                        "=employerType = \\\"SELF_EMPLOYED\\\"",
                        "=true"),
                fault(
                        "a choice that is there twice",
                        SKILLS,
                        "TWICE",
                        person,
                        files -> replace(files, person, "\"value\": \"TW_PERMIT\"", "\"value\": \"PASSPORT\"")),
                fault(
                        "a default that is no choice",
                        RECRUITMENT,
                        "NOT_OFFERED",
                        "forms/screener.form",
                        files -> replaceFirst(
                                files,
                                "forms/screener.form",
                                "\"defaultValue\": (true|\"\\w+\"|\\d)",
                                "\"defaultValue\": \"ELSEWHERE\"")),
                fault(
                        "a file in GB18030",
                        SKILLS,
                        "NOT_UTF8",
                        yaml,
                        files -> files.put(
                                yaml,
                                new String(files.get(yaml), StandardCharsets.UTF_8)
                                        .getBytes(Charset.forName("GB18030")))),
                fault("a character that was lost", SKILLS, "CHARACTER_LOST", yaml, "zh: 技能人才奖励,", "zh: 技能人\uFFFD奖励,"),
                fault(
                        "a row with a cell too few",
                        SKILLS,
                        "CELLS",
                        "rulesets/2026-01/conditions.dmn",
                        files -> removeFirst(
                                files,
                                "rulesets/2026-01/conditions.dmn",
                                "(?s)<inputEntry [^>]*>\\s*<text>\\s*</text>\\s*</inputEntry>|<inputEntry[^>]*/>")),
                fault(
                        "cells in another language",
                        SKILLS,
                        "LANGUAGE",
                        "rulesets/2026-01/conditions.dmn",
                        files -> replaceFirst(
                                files,
                                "rulesets/2026-01/conditions.dmn",
                                "<inputEntry id",
                                "<inputEntry expressionLanguage=\"juel\" id")),
                fault("a fact that no scheme shares", SKILLS, "UNKNOWN_NAME", yaml, "  - birthDate", "  - birthDay"),
                fault(
                        "a shared fact without its kind",
                        SKILLS,
                        "MISSING",
                        common,
                        "birthDate, type: date,",
                        "birthDate,"),
                fault(
                        "a shared reason without a way out",
                        SKILLS,
                        "MISSING",
                        common,
                        "    mend: {zh: '限制期",
                        "    #{zh: '限制期"),
                fault(
                        "a word that the shared part does not know",
                        SKILLS,
                        "UNKNOWN_KEY",
                        common,
                        "promises:",
                        "promise:"),
                fault(
                        "a shared fact that is there twice",
                        SKILLS,
                        "TWICE",
                        common,
                        "{name: banned,",
                        "{name: birthDate,"),
                fault(
                        "a part that nobody wrote",
                        SKILLS,
                        "UNKNOWN_PART",
                        form,
                        "\"include\": \"account\"",
                        "\"include\": \"bank-account\""),
                fault(
                        "parts that hold each other",
                        SKILLS,
                        "INCLUDE_CIRCLE",
                        employment,
                        "\"include\": \"yes-no\"",
                        "\"include\": \"contract-employment\""),
                fault(
                        "a part of two components",
                        SKILLS,
                        "ONE_COMPONENT",
                        contract,
                        "\"components\": [",
                        "\"components\": [{ \"type\": \"separator\", \"id\": \"line\" },"),
                fault("a part that is no JSON", SKILLS, "NO_JSON", person, "\"components\": [", "\"components\" ["),
                fault(
                        "a part's component of another kind",
                        SKILLS,
                        "TYPE_NOT_ALLOWED",
                        person,
                        "\"textfield\"",
                        "\"filepicker\""),
                fault(
                        "a part without English",
                        SKILLS,
                        "NOT_TRANSLATED",
                        person,
                        files -> replace(files, "forms/common/parts/en.yaml", "\nphone:", "\ntelephone:")),
                fault(
                        "a part that asks what the scheme does not know",
                        RECRUITMENT,
                        "NO_FACT",
                        contract,
                        files -> replace(
                                files, form, "\"include\": \"employment\"", "\"include\": \"contract-employment\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsRefusedWithItsPlace(
            String what, String scheme, String code, String file, Consumer<SortedMap<String, byte[]>> plant) {
        SortedMap<String, byte[]> files = new TreeMap<>(CITY.get(scheme).files());
        plant.accept(files);
        PackageCheck check = code.equals("NO_FACT")
                ? FORMS
                : file.endsWith(".form") && !code.equals("NOT_TRANSLATED")
                        ? KEYS
                        : file.matches("scheme.yaml|common/common.yaml") && !code.matches("NOT_UTF8|CHARACTER_LOST")
                                        || code.equals("MISSING_FILE")
                                ? SCHEME
                                : STRUCTURE;
        assertThat(gate(scheme, files, List.of(check)).all())
                .filteredOn(m -> m.code().equals(code))
                .as(what)
                .isNotEmpty()
                .allSatisfy(m -> {
                    assertThat(m.field()).startsWith(file);
                    assertThat(m.message().zh()).matches("(?s).*\\p{IsHan}.*");
                    assertThat(m.message().en()).doesNotContainPattern("\\p{IsHan}");
                });
    }

    /** A case keeps to the package of its submission: what a later check would refuse is still read. */
    @Test
    void aPackageThatWasFrozenBeforeACheckIsStillRead() {
        SortedMap<String, byte[]> files = CityPackages.FOLDERS.files(TALENT);
        replace(files, "scheme.yaml", "months: [3, 9]", "months: [3, 13]");
        replace(files, "forms/common/parts/person.form", "\"check\": \"resident-id\"", "\"chek\": \"resident-id\"");
        assertThat(PackageReader.read(TALENT, files).catalogue().run().months()).containsExactly(3, 13);
    }

    private static String text(SortedMap<String, byte[]> files, String file) {
        return new String(files.get(file), StandardCharsets.UTF_8);
    }

    private static void put(SortedMap<String, byte[]> files, String file, String changed) {
        assertThat(changed).as("nothing was changed in " + file).isNotEqualTo(text(files, file));
        files.put(file, changed.getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(SortedMap<String, byte[]> files, String file, String from, String to) {
        int at = text(files, file).indexOf(from);
        assertThat(at).as(file + " has " + from).isNotNegative();
        put(
                files,
                file,
                new StringBuilder(text(files, file))
                        .replace(at, at + from.length(), to)
                        .toString());
    }

    private static void replaceAll(SortedMap<String, byte[]> files, String from, String to) {
        files.replaceAll((file, content) ->
                new String(content, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private static void replaceFirst(SortedMap<String, byte[]> files, String file, String pattern, String to) {
        put(files, file, text(files, file).replaceFirst(pattern, to));
    }

    private static void remove(SortedMap<String, byte[]> files, String file, String pattern) {
        put(files, file, text(files, file).replaceAll(pattern, ""));
    }

    private static void removeFirst(SortedMap<String, byte[]> files, String file, String pattern) {
        replaceFirst(files, file, pattern, "");
    }

    /** A step by another key, wherever the diagram names it. */
    private static void rename(SortedMap<String, byte[]> files, String file, String from, String to) {
        put(
                files,
                file,
                text(files, file)
                        .replaceAll(
                                "(id|sourceRef|targetRef|attachedToRef|bpmnElement)=\"" + from + "\"",
                                "$1=\"" + to + "\""));
    }

    private static FieldCheck named(String name, Set<String> properties) {
        return new FieldCheck(name, properties, null, true, UnaryOperator.identity(), answer -> Optional.empty());
    }
}
