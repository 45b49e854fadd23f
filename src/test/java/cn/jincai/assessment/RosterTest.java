package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.WeavingRooms;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A claim with a roster: rules for each line, one sum, lines refused one by one. */
@Tag("issue-16.5")
class RosterTest {
    private static final PolicyPackage ROOM = WeavingRooms.read(WeavingRooms.APPRENTICES);
    private static final Assessments ASSESSMENTS = Assessments.with(CityCalendar.calendar());
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final String LOOMS = "ROSTER_LOOM_MONEY", APPRENTICES = "APPRENTICE_MONEY";
    private static final Map<String, Object> CLAIM = Map.of("quarter", "SPRING", "looms", 100L);

    private static Assessment assess(Map<String, Object> claim, List<AssessedLine.Told> lines, Adjustments people) {
        return ASSESSMENTS.assess(ROOM, DAY, claim, lines, people, ASSESSMENTS.calendar());
    }

    private static AssessedLine.Told line(String id, String boundOn, String teacher, long had) {
        return new AssessedLine.Told(
                id,
                Map.of(
                        "apprenticeNumber",
                        "N" + id,
                        "boundOn",
                        LocalDate.parse(boundOn),
                        "teacherRank",
                        teacher,
                        "apprenticeHad",
                        had));
    }

    @Test
    void aLineThatFailsIsRefusedByItselfAndTheOthersArePaid() {
        Assessment all = assess(
                CLAIM,
                List.of(
                        line("a", "2025-04-01", "MASTER", 0),
                        line("b", "2025-02-28", "MASTER", 0),
                        line("c", "2025-04-01", "JOURNEYMAN", 0),
                        line("d", "2025-04-01", "MASTER", 300000)),
                Adjustments.NONE);
        assertThat(all.lines())
                .extracting(AssessedLine::id, AssessedLine::verdict)
                .containsExactly(
                        tuple("a", Verdict.APPROVE),
                        tuple("b", Verdict.REJECT),
                        tuple("c", Verdict.APPROVE),
                        tuple("d", Verdict.REJECT));
        assertThat(all.lines()
                        .get(1)
                        .benefits()
                        .get(0)
                        .reasons()
                        .get(0)
                        .message()
                        .en())
                .contains("2025-02-28", "2025-03-01");
        assertThat(all.lines().get(3).benefits().get(0).reasons())
                .extracting(Reason::code)
                .containsExactly("HAD_ALREADY");
        Benefit sum = all.benefit(APPRENTICES).orElseThrow();
        assertThat(sum.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(sum.amountFen()).isEqualTo(420000);
        assertThat(sum.reasons()).isEmpty();
        assertThat(sum.matchedRules()).containsExactly("M-02", "M-03");
        assertThat(sum.instalments()).extracting(Instalment::amountFen).containsExactly(420000L);
        assertThat(all.benefit(LOOMS).orElseThrow().amountFen()).isEqualTo(10000000);
    }

    @Test
    void aLineOfWhichSomethingIsNotKnownWaitsByItself() {
        AssessedLine.Told unknown = new AssessedLine.Told(
                "u",
                Map.of(
                        "apprenticeNumber",
                        "N",
                        "boundOn",
                        LocalDate.parse("2025-04-01"),
                        "apprenticeHad",
                        0L,
                        "apprenticeInsured",
                        true));
        Assessment beside = assess(CLAIM, List.of(unknown, line("a", "2025-04-01", "MASTER", 0)), Adjustments.NONE);
        assertThat(beside.lines()).extracting(AssessedLine::verdict).containsExactly(Verdict.MANUAL, Verdict.APPROVE);
        assertThat(beside.benefit(APPRENTICES).orElseThrow().verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(beside.benefit(APPRENTICES).orElseThrow().amountFen()).isEqualTo(300000);

        Benefit alone = assess(CLAIM, List.of(unknown, line("b", "2025-01-01", "MASTER", 0)), Adjustments.NONE)
                .benefit(APPRENTICES)
                .orElseThrow();
        assertThat(alone.verdict()).isEqualTo(Verdict.MANUAL);
        assertThat(alone.reasons()).extracting(Reason::code).containsExactly("DATA_UNAVAILABLE");
    }

    @Test
    void whereEveryLineIsRefusedSoIsTheBenefitWithEachReasonOnce() {
        Benefit none = assess(
                        CLAIM,
                        List.of(
                                line("a", "2025-01-01", "MASTER", 0),
                                line("b", "2025-01-02", "MASTER", 0),
                                line("c", "2025-04-01", "MASTER", 5)),
                        Adjustments.NONE)
                .benefit(APPRENTICES)
                .orElseThrow();
        assertThat(none.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(none.amountFen()).isZero();
        assertThat(none.instalments()).isEmpty();
        assertThat(none.reasons()).extracting(Reason::code).containsExactly("BOUND_TOO_SOON", "HAD_ALREADY");
    }

    @Test
    void theSumIsCutNotTheLines() {
        Assessment cut = assess(
                Map.of("quarter", "SPRING", "looms", 3L),
                List.of(
                        line("a", "2025-04-01", "MASTER", 0),
                        line("b", "2025-04-01", "MASTER", 0),
                        line("c", "2025-04-01", "MASTER", 0)),
                Adjustments.NONE);
        assertThat(cut.lines())
                .allSatisfy(l -> assertThat(l.benefits().get(0).amountFen()).isEqualTo(300000));
        assertThat(cut.benefit(APPRENTICES).orElseThrow().amountFen()).isEqualTo(600000);
    }

    /** Whatever people are in a roster: the sum of the granted lines is the benefit's before its limit, and each line comes to what its person would come to alone. */
    @Test
    void theSumOfTheLinesIsTheBenefitsAndEachLineIsAsIfItWereAlone() {
        Random random = new Random(20260302);
        String[] teachers = {"MASTER", "JOURNEYMAN", "NOBODY", null},
                days = {"2025-02-28", "2025-03-01", "2025-06-01", null};
        for (int round = 0; round < 200; round++) {
            Map<String, Object> claim = new HashMap<>(CLAIM);
            claim.put("looms", (long) random.nextInt(40));
            List<AssessedLine.Told> lines = new ArrayList<>();
            for (int i = 0, n = 1 + random.nextInt(30); i < n; i++) {
                Map<String, Object> facts = new HashMap<>();
                facts.put("apprenticeNumber", "N" + i);
                String day = days[random.nextInt(4)], teacher = teachers[random.nextInt(4)];
                if (day != null) facts.put("boundOn", LocalDate.parse(day));
                if (teacher != null) facts.put("teacherRank", teacher);
                if (random.nextInt(5) > 0) facts.put("apprenticeHad", (long) random.nextInt(2));
                lines.add(new AssessedLine.Told(String.valueOf(i), facts));
            }
            Assessment all = assess(claim, lines, Adjustments.NONE);
            long granted = 0;
            for (int i = 0; i < lines.size(); i++) {
                Map<String, Object> alone = new HashMap<>(claim);
                alone.putAll(lines.get(i).facts());
                alone.put("looms", 1_000_000L); // alone the limit of the sum would cut the line
                Benefit single = ASSESSMENTS
                        .assess(ROOM, DAY, alone, Adjustments.NONE)
                        .benefit(APPRENTICES)
                        .orElseThrow();
                assertThat(all.lines().get(i).benefits()).containsExactly(single);
                if (single.verdict() == Verdict.APPROVE) granted += single.amountFen();
            }
            Benefit sum = all.benefit(APPRENTICES).orElseThrow();
            if (sum.verdict() == Verdict.APPROVE)
                assertThat(sum.amountFen()).isEqualTo(Math.min(granted, (long) claim.get("looms") * 200000));
            assertThat(sum.verdict())
                    .isEqualTo(Verdict.ofCase(
                            all.lines().stream().map(AssessedLine::verdict).toList()));
        }
    }

    @Test
    void whatPeopleRefuseIsRefusedForEveryLine() {
        Assessment refused = assess(
                CLAIM,
                List.of(line("a", "2025-04-01", "MASTER", 0)),
                new Adjustments(Set.of(), Set.of(APPRENTICES), Set.of()));
        assertThat(refused.benefit(APPRENTICES).orElseThrow().reasons())
                .extracting(Reason::code)
                .containsExactly(Reason.REVIEW_REFUSED);
        assertThat(refused.benefit(LOOMS).orElseThrow().verdict()).isEqualTo(Verdict.APPROVE);
    }

    /** Whoever reviews refuses one line and clears another; what is not known of a third nobody can clear. */
    @Test
    void whatPeopleSayOfSingleLinesChangesThoseAlone() {
        AssessedLine.Told unknown = new AssessedLine.Told(
                "d",
                Map.of(
                        "apprenticeNumber",
                        "Nd",
                        "boundOn",
                        LocalDate.parse("2025-04-01"),
                        "apprenticeHad",
                        0L,
                        "apprenticeInsured",
                        true));
        List<AssessedLine.Told> lines = List.of(
                line("a", "2025-04-01", "MASTER", 0),
                line("b", "2025-04-01", "GUEST", 0),
                line("c", "2025-04-01", "JOURNEYMAN", 0),
                unknown);
        assertThat(assess(CLAIM, lines, Adjustments.NONE)
                        .benefit(APPRENTICES)
                        .orElseThrow()
                        .amountFen())
                .isEqualTo(420000);
        Assessment said =
                assess(CLAIM, lines, new Adjustments(Set.of(), Set.of(), Set.of(), Set.of("c"), Set.of("b", "d")));
        assertThat(said.lines())
                .extracting(AssessedLine::id, AssessedLine::verdict)
                .containsExactly(
                        tuple("a", Verdict.APPROVE),
                        tuple("b", Verdict.APPROVE),
                        tuple("c", Verdict.REJECT),
                        tuple("d", Verdict.MANUAL));
        assertThat(said.lines().get(2).benefits().get(0).reasons())
                .extracting(Reason::code)
                .containsExactly(Reason.REVIEW_REFUSED);
        assertThat(said.benefit(APPRENTICES).orElseThrow().amountFen()).isEqualTo(600000);
        assertThat(said.benefit(LOOMS).orElseThrow().verdict()).isEqualTo(Verdict.APPROVE);
    }

    @Test
    void everyMistakeIsToldWithItsLine() throws Exception {
        List<Mistake> mistakes = mistakes("""
                [{"id": "a", "apprenticeNumber": "350582200001010011"},
                 {"id": "a", "boundOn": "2025-02-30"},
                 {"wages": 1},
                 {"apprenticeNumber": " 350582200001010011 "},
                 "b",
                 {"id": {}, "teacherRank": "KING"}]""");
        assertThat(mistakes)
                .extracting(m -> m.field() + " " + m.code())
                .containsExactly(
                        "lines[1].id TWICE",
                        "lines[1].boundOn DATE",
                        "lines[2].wages UNKNOWN_FACT",
                        "lines[3].apprenticeNumber PERSON_TWICE",
                        "lines[4] WRONG_TYPE",
                        "lines[5].id WRONG_TYPE",
                        "lines[5].teacherRank UNKNOWN_VALUE");
        assertThat(mistakes.toString()).as("nobody's number is told back").doesNotContain("350582200001010011");
        assertThat(mistakes("[]")).extracting(Mistake::code).containsExactly("EMPTY");
        assertThat(mistakes("{}")).extracting(Mistake::code).containsExactly("WRONG_TYPE");
        ArrayNode many = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i <= 1000; i++) many.add(new ObjectNode(JsonNodeFactory.instance));
        assertThat(mistakes(many.toString())).extracting(Mistake::code).containsExactly("TOO_MANY");
    }

    private static List<Mistake> mistakes(String json) throws Exception {
        List<Mistake> mistakes = new ArrayList<>();
        RosterLines.read(ROOM.catalogue(), new ObjectMapper().readTree(json), mistakes);
        return mistakes;
    }
}
