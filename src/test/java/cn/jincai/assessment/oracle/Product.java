package cn.jincai.assessment.oracle;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the product answers: its evaluator over the packages in the folders, with the notices that it ships. */
final class Product {
    private static final Map<String, PolicyPackage> PACKAGES =
            WorkedCases.SCHEMES.stream().collect(Collectors.toMap(Function.identity(), CityPackages::of));
    private static final Assessments ASSESSMENTS = Assessments.with(CityCalendar.calendar());

    private Product() {}

    static Assessment assess(String scheme, LocalDate applied, Map<String, Object> facts, Adjustments adjustments) {
        return assess(PACKAGES.get(scheme), applied, facts, adjustments);
    }

    static Assessment assess(
            PolicyPackage policy, LocalDate applied, Map<String, Object> facts, Adjustments adjustments) {
        return ASSESSMENTS.assess(policy, applied, facts, adjustments);
    }
}
