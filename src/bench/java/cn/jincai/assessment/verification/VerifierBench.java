package cn.jincai.assessment.verification;

import cn.jincai.Benchmark;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long the checks of the three schemes' rules take before publishing, thread CPU time, median; beside one second. Told, not asserted: it is no ratio of two things measured here. */
class VerifierBench {
    private static final int ROUNDS = 7;
    private static final double AT_MOST_MILLISECONDS = 1_000;

    @Test
    void theRulesOfThreeSchemesAreVerifiedInASecond() throws Exception {
        List<PolicyPackage> packages = Stream.of("talent-recognition", "recruitment-subsidy", "skills-award")
                .map(CityPackages::of)
                .toList();
        Verifier verifier = new Verifier(CityCalendar::calendar, () -> LocalDate.of(2026, 11, 25));
        double[] spent = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (PolicyPackage policy : packages) verifier.check(policy, new Findings());
            double milliseconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
            if (round >= 0) spent[round] = milliseconds;
        }
        Arrays.sort(spent);
        new Benchmark(
                        "verifier",
                        spent[ROUNDS / 2] / AT_MOST_MILLISECONDS,
                        "one second",
                        null,
                        1.0,
                        Map.of("medianMilliseconds", spent[ROUNDS / 2], "packages", packages.size()))
                .keep();
    }
}
