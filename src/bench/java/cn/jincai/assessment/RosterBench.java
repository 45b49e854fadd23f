package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.WeavingRooms;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A roster of a thousand employees against a thousand single assessments by the same rules, whole answers with all reasons in words. Interleaved rounds in one JVM, thread CPU time, medians. */
class RosterBench {
    private static final int LINES = 1000, ROUNDS = 31;
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PolicyPackage rooms = WeavingRooms.read(WeavingRooms.APPRENTICES);
    private final Assessments assessments = Assessments.with(CityCalendar.calendar());
    private long seen;

    @Test
    void aRosterCostsWhatItsLinesWouldCostOneByOne() throws IOException {
        Map<String, Object> claim = Map.of("quarter", "SPRING", "looms", 5000L);
        List<AssessedLine.Told> lines = lines();
        double[] roster = new double[ROUNDS], single = new double[ROUNDS];
        for (int round = -20; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (AssessedLine.Told line : lines) {
                Map<String, Object> all = new HashMap<>(claim);
                all.putAll(line.facts());
                read(assessments.assess(rooms, DAY, all, Adjustments.NONE).benefits());
            }
            long between = threads.getCurrentThreadCpuTime();
            Assessment answer = assessments.assess(rooms, DAY, claim, lines, Adjustments.NONE, assessments.calendar());
            read(answer.benefits());
            answer.lines().forEach(line -> read(line.benefits()));
            long end = threads.getCurrentThreadCpuTime();
            if (round < 0) continue;
            single[round] = between - start;
            roster[round] = end - between;
        }
        assertThat(seen).isPositive();
        double one = Benchmark.median(single), all = Benchmark.median(roster);
        new Benchmark(
                        "roster",
                        all / one,
                        "1 000 single assessments of the same facts by the same rules",
                        null,
                        3.0,
                        Map.of("rosterMillis", all / 1e6, "singleMillis", one / 1e6, "lines", LINES, "rounds", ROUNDS))
                .keep()
                .holds();
    }

    private void read(List<Benefit> benefits) {
        for (Benefit benefit : benefits) {
            seen += benefit.amountFen();
            for (Reason reason : benefit.reasons())
                seen += reason.message().zh().length();
        }
    }

    private static List<AssessedLine.Told> lines() {
        Random random = new Random(1);
        String[] teachers = {"MASTER", "JOURNEYMAN", "NOBODY"};
        List<AssessedLine.Told> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++)
            lines.add(new AssessedLine.Told(
                    String.valueOf(i),
                    Map.of(
                            "apprenticeNumber",
                            "N" + i,
                            "boundOn",
                            DAY.minusDays(random.nextInt(500)),
                            "teacherRank",
                            teachers[random.nextInt(3)],
                            "apprenticeHad",
                            (long) random.nextInt(2))));
        return lines;
    }
}
