package cn.jincai.web.portal.front;

import cn.jincai.kernel.Text;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.web.portal.StepBar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way that a case of a scheme goes, from sending it to its end, read off the diagram that is deployed. */
record SchemeWay(List<Mark> marks) {
    /** @param code of one of the few steps that an applicant follows */
    record Mark(String code, List<Part> parts) {}

    /**
     * @param days    working days within which it is to be done; null where the diagram names no number
     * @param counted whether its days count towards those that are promised
     */
    record Part(Text name, @Nullable Integer days, boolean counted) {}

    /** @param diagram steps that the way can come to, in their order; @param within days by the key of a step */
    static SchemeWay of(PolicyPackage pack, Set<String> diagram, Map<String, Integer> within) {
        return new SchemeWay(StepBar.ahead(pack.steps(), diagram).steps().stream()
                .map(mark -> new Mark(
                        mark.code(),
                        steps(pack, mark, diagram)
                                .map(s -> new Part(s.name(), within.get(s.key()), !s.stopsTheClock()))
                                .toList()))
                .toList());
    }

    private static Stream<Step> steps(PolicyPackage pack, StepBar.Marked mark, Set<String> diagram) {
        return mark.code().equals("payment")
                ? diagram.stream()
                        .flatMap(key -> pack.steps().find(key).stream())
                        .filter(s -> s.is(Step.Kind.MAKES_PAYMENT, Step.Kind.CHECKS_PAYMENT))
                : mark.parts().stream().map(StepBar.Part::step);
    }
}
