package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.filing.Stage;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SecondOpinion;
import cn.jincai.policy.Steps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps that an applicant sees, by the diagram of his own case. */
@Tag("issue-13.9")
class StepBarTest {
    private static final Set<String> ACCEPTED = Set.of("draft", "acceptance", "data-checks", "first-review");

    private static List<String> bar(String stage, Set<String> been, Set<String> diagram, boolean signed) {
        return StepBar.of(new Stage(stage, "", hash -> Steps.shared()), been, diagram, signed).steps().stream()
                .map(s -> s.code() + " " + s.state())
                .toList();
    }

    /** The scheme's diagram with one call of a common diagram less. */
    private static Set<String> without(String scheme, String call) {
        PolicyPackage whole = CityPackages.of(scheme);
        var files = new TreeMap<>(whole.files());
        String way = new String(files.get(whole.caseDiagram()), StandardCharsets.UTF_8);
        files.put(
                whole.caseDiagram(),
                way.replaceAll(
                                "(?s)<bpmn:callActivity id=\"[\\w-]+\"[^>]*calledElement=\"" + call
                                        + "\".*?</bpmn:callActivity>",
                                "")
                        .getBytes(StandardCharsets.UTF_8));
        return new DiagramSteps()
                .of(new PolicyPackage(
                        scheme, call, whole.catalogue(), whole.steps(), whole.rulesets(), whole.forms(), files));
    }

    @Test
    void aSchemeWithoutPaymentOrNoticeShowsNone() {
        Set<String> whole = new DiagramSteps().of(CityPackages.of("skills-award"));
        assertThat(whole)
                .contains("acceptance", "first-review", "expert-panel", "payment-make")
                .doesNotContain("employer-check");
        assertThat(bar("first-review", ACCEPTED, whole, false)).contains("notice later", "payment later");
        assertThat(bar("first-review", ACCEPTED, without("skills-award", "common-payment"), false))
                .containsExactly(
                        "sent done",
                        "acceptance done",
                        "checks done",
                        "review now",
                        "notice later",
                        "decision later",
                        "closed later");
        assertThat(bar("first-review", ACCEPTED, without("skills-award", "common-public-notice"), false))
                .as("a hearing is heard before payments too")
                .doesNotContain("notice later")
                .contains("payment later");
    }

    /** The bar goes by the kinds of the package's own steps. */
    @Test
    void aStepOfTheSchemesOwnIsAtItsPlace() {
        PolicyPackage opinions =
                CityPackages.read("skills-award", SecondOpinion.addedTo(CityPackages.FOLDERS.files("skills-award")));
        StepBar bar = StepBar.of(
                new Stage("second-opinion", opinions.hash(), hash -> opinions.steps()),
                Set.of("draft", "acceptance", "data-checks"),
                new DiagramSteps().of(opinions),
                false);
        assertThat(bar.steps())
                .extracting(s -> s.code() + " " + s.state())
                .startsWith("sent done", "acceptance done", "checks done", "review now", "notice later");
    }

    /** Marks stand in the order in which the diagram comes to them, and in each its own steps. */
    @Test
    void theOrderIsThatOfTheDiagramAndEachMarkNamesTheStepsThatWereCome() {
        PolicyPackage base = CityPackages.of("training-base");
        Set<String> way = new DiagramSteps().of(base);
        assertThat(way.stream().filter(key -> base.steps().find(key).isPresent()))
                .as("what a scheme adds stands where its diagram has it")
                .containsSubsequence("acceptance", "evaluation", "decision");
        StepBar bar = StepBar.of(
                new Stage("evaluation", base.hash(), hash -> base.steps()),
                Set.of("draft", "acceptance", "data-checks", "first-review", "supplement"),
                way,
                false);
        assertThat(bar.steps().stream()
                        .filter(s -> s.code().equals("acceptance"))
                        .flatMap(s -> s.parts().stream())
                        .map(p -> p.step().key() + " " + p.state()))
                .as("a supplement stands there only where one was asked for")
                .contains("acceptance done", "supplement done");
        assertThat(bar.steps().stream()
                        .filter(s -> s.state().equals("now"))
                        .flatMap(s -> s.parts().stream())
                        .map(p -> p.step().key() + " " + p.state()))
                .contains("evaluation now");
    }

    @Test
    void howLongANoticeIsUpIsReadFromTheDiagram() {
        assertThat(new DiagramSteps().noticeDays(CityPackages.of("skills-award")))
                .hasValue(5);
    }

    @Test
    void whatAReturnedCaseHasStillBeforeItIsToComeAgain() {
        Set<String> been = Set.of(
                "draft", "acceptance", "data-checks", "first-review", "second-review", "public-notice", "decision");
        assertThat(bar("second-review", been, new DiagramSteps().of(CityPackages.of("skills-award")), false))
                .endsWith("review now", "notice later", "decision later", "payment later", "closed later");
    }

    @Test
    void whatIsHeardAfterTheSignatureIsAboutThePayment() {
        Set<String> been = Set.of(
                "draft", "acceptance", "data-checks", "first-review", "public-notice", "decision", "payment-make");
        assertThat(bar("hearing", been, new DiagramSteps().of(CityPackages.of("skills-award")), true))
                .contains("notice done", "decision done", "payment now");
        assertThat(bar(
                        "hearing",
                        Set.of("draft", "first-review", "public-notice"),
                        new DiagramSteps().of(CityPackages.of("skills-award")),
                        false))
                .contains("notice now", "decision later");
    }
}
