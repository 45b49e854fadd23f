package cn.jincai.payment;

import static cn.jincai.payment.MonthOutcome.COUNTED;
import static cn.jincai.payment.MonthOutcome.GAP;
import static cn.jincai.payment.MonthOutcome.LIFETIME;
import static cn.jincai.payment.MonthOutcome.NOT_IN_FORCE;
import static cn.jincai.payment.MonthOutcome.NO_POST;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.payment.MonthCount.Counted;
import cn.jincai.payment.MonthCount.Entitlement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonthCountTest {
    private static final Text NOTHING = Text.same("");
    private static final RunPeriod MARCH = RunPeriod.at("talent", 6, YearMonth.of(2027, 3));
    private static final long LEVEL_5 = 100_000, LEVEL_4 = 200_000;

    private static Entitlement decided(String day, long rate, int limit) {
        return new Entitlement("JC" + day.substring(0, 4) + "000001", LocalDate.parse(day), new Money(rate), limit, 5);
    }

    private static Set<YearMonth> months(String... months) {
        return Stream.of(months).map(YearMonth::parse).collect(Collectors.toSet());
    }

    private static List<Counted> count(
            List<Entitlement> decisions,
            Set<YearMonth> counted,
            Set<YearMonth> outOfPost,
            Set<YearMonth> uninsured,
            long setOff) {
        return MonthCount.of(MARCH.months(), decisions, counted, outOfPost, uninsured, 1, new Money(setOff));
    }

    private static long due(List<Counted> months) {
        return months.stream().mapToLong(m -> m.due().fen()).sum();
    }

    @Test
    void theMarchRunPaysSeptemberToFebruaryAndTheSeptemberRunMarchToAugust() {
        assertThat(MARCH.months())
                .containsExactly(
                        YearMonth.of(2026, 9),
                        YearMonth.of(2026, 10),
                        YearMonth.of(2026, 11),
                        YearMonth.of(2026, 12),
                        YearMonth.of(2027, 1),
                        YearMonth.of(2027, 2));
        RunPeriod next = RunPeriod.after("talent", List.of(3, 9), 6, MARCH.day());
        assertThat(next.day()).isEqualTo("2027-09-01");
        assertThat(next.months())
                .startsWith(YearMonth.of(2027, 3))
                .endsWith(YearMonth.of(2027, 8))
                .hasSize(6);
        assertThat(RunPeriod.after("talent", List.of(3, 9), 6, LocalDate.parse("2026-11-24"))
                        .number())
                .isEqualTo("RUN-talent-2027-03");
    }

    @Test
    void monthsCountFromTheMonthAfterTheDecision() {
        List<Counted> months = count(List.of(decided("2026-11-02", LEVEL_5, 36)), Set.of(), Set.of(), Set.of(), 0);
        assertThat(months)
                .extracting(Counted::month)
                .containsExactly(YearMonth.of(2026, 12), YearMonth.of(2027, 1), YearMonth.of(2027, 2));
        assertThat(due(months)).isEqualTo(3 * LEVEL_5);
    }

    @Test
    void oneGapInTheHalfYearIsPaidTheSecondIsNot() {
        List<Counted> months =
                count(List.of(decided("2026-08-31", LEVEL_5, 36)), Set.of(), Set.of(), months("2026-10", "2026-12"), 0);
        assertThat(months)
                .extracting(Counted::outcome)
                .containsExactly(COUNTED, COUNTED, COUNTED, GAP, COUNTED, COUNTED);
        assertThat(due(months)).isEqualTo(5 * LEVEL_5);
    }

    /** March and April 2026 are paid only now, for their end was taken back: their gaps are those of the run of September. */
    @Test
    void gapsOfAnEarlierRunUseUpNothingOfThisRun() {
        List<YearMonth> months = Stream.concat(
                        Stream.of(YearMonth.of(2026, 3), YearMonth.of(2026, 4)), MARCH.months().stream())
                .toList();
        var allowed = new MonthCount.Gaps(
                1,
                month -> RunPeriod.after("talent", List.of(3, 9), 6, month.atDay(1))
                        .opens());
        List<Counted> lines = MonthCount.of(
                months,
                List.of(decided("2025-12-31", LEVEL_5, 36)),
                months("2026-05", "2026-06", "2026-07", "2026-08"),
                Set.of(),
                months("2026-03", "2026-10"),
                allowed,
                Money.NONE,
                MonthCount.Life.PLAIN);
        assertThat(lines).extracting(Counted::outcome).containsOnly(COUNTED);
        lines = MonthCount.of(
                months,
                List.of(decided("2025-12-31", LEVEL_5, 36)),
                months("2026-05"),
                Set.of(),
                months("2026-03", "2026-05"),
                allowed,
                Money.NONE,
                MonthCount.Life.PLAIN);
        assertThat(lines.get(0).outcome()).as("May took what its run allows").isEqualTo(GAP);
    }

    @Test
    void aMonthWithoutPostIsNeitherPaidNorCountedNorAGap() {
        List<Counted> months = count(
                List.of(decided("2026-08-31", LEVEL_5, 36)),
                Set.of(),
                months("2026-09", "2026-10"),
                months("2026-09", "2026-10", "2026-11"),
                0);
        assertThat(months)
                .extracting(Counted::outcome)
                .containsExactly(NO_POST, NO_POST, COUNTED, COUNTED, COUNTED, COUNTED);
    }

    @Test
    void anUpgradePaysTheNewRateForTheMonthsLeft() {
        Set<YearMonth> paid = IntStream.range(0, 30)
                .mapToObj(i -> YearMonth.of(2024, 3).plusMonths(i))
                .collect(Collectors.toSet());
        List<Counted> months = count(
                List.of(decided("2024-02-10", LEVEL_5, 36), decided("2026-11-10", LEVEL_4, 36)),
                paid,
                Set.of(),
                Set.of(),
                0);
        assertThat(due(months)).isEqualTo(3 * LEVEL_5 + 3 * LEVEL_4);
        Set<YearMonth> more = IntStream.range(0, 34)
                .mapToObj(i -> YearMonth.of(2023, 11).plusMonths(i))
                .collect(Collectors.toSet());
        List<Counted> last = count(
                List.of(decided("2023-10-10", LEVEL_5, 36), decided("2026-11-10", LEVEL_4, 36)),
                more,
                Set.of(),
                Set.of(),
                0);
        assertThat(last)
                .extracting(Counted::outcome)
                .containsExactly(COUNTED, COUNTED, LIFETIME, LIFETIME, LIFETIME, LIFETIME);
    }

    @Test
    void nothingIsPaidOnceTheRecognitionIsNoLongerInForce() {
        List<Counted> months = count(List.of(decided("2021-12-15", LEVEL_5, 36)), Set.of(), Set.of(), Set.of(), 0);
        assertThat(months)
                .extracting(Counted::outcome)
                .containsExactly(COUNTED, COUNTED, COUNTED, COUNTED, NOT_IN_FORCE, NOT_IN_FORCE);
    }

    @Test
    void onlyWhatExceedsTheSubsidyReceivedIsPaidAndTheMonthsCountAllTheSame() {
        List<Counted> months =
                count(List.of(decided("2026-08-31", LEVEL_5, 36)), Set.of(), Set.of(), Set.of(), 250_000);
        assertThat(months).extracting(m -> m.due().fen()).containsExactly(0L, 0L, 50_000L, LEVEL_5, LEVEL_5, LEVEL_5);
        assertThat(months).extracting(Counted::outcome).containsOnly(COUNTED);
    }

    @Test
    void aMonthThatCountsAlreadyIsNotLookedAtAgain() {
        List<Counted> months =
                count(List.of(decided("2026-08-31", LEVEL_5, 36)), months("2026-09", "2027-02"), Set.of(), Set.of(), 0);
        assertThat(months).hasSize(4);
    }

    private static List<Counted> count(GrantLife.Found found, Entitlement... decisions) {
        return MonthCount.of(
                MARCH.months(),
                List.of(decisions),
                Set.of(),
                Set.of(),
                Set.of(),
                MonthCount.Gaps.ofOneRun(1),
                Money.NONE,
                new MonthCount.Life(found, (by, month) -> by.monthly()));
    }

    private static GrantLife.Found ending(String from) {
        var grounds = new Grants.Grounds("GONE", NOTHING, NOTHING, NOTHING, LocalDate.parse("2027-03-01"), Map.of());
        return new GrantLife.Found(null, new GrantLife.Ending(YearMonth.parse(from), grounds), null, List.of());
    }

    @Test
    void aGrantThatEndsInTheMiddlePaysTheMonthsBefore() {
        List<Counted> months = count(ending("2027-01"), decided("2026-08-20", LEVEL_5, 36));
        assertThat(months)
                .extracting(Counted::outcome)
                .containsExactly(
                        MonthOutcome.COUNTED,
                        MonthOutcome.COUNTED,
                        MonthOutcome.COUNTED,
                        MonthOutcome.COUNTED,
                        MonthOutcome.ENDED,
                        MonthOutcome.ENDED);
        assertThat(due(months)).isEqualTo(4 * LEVEL_5);
    }

    /** Whoever is granted it anew after an end is paid by the new decision alone. */
    @Test
    void whatHasEndedIsLookedAtByNoLaterRun() {
        Entitlement before = decided("2026-08-20", LEVEL_5, 36);
        Entitlement ended = new Entitlement(
                before.caseNumber(),
                before.decidedOn(),
                before.monthly(),
                before.monthsLimit(),
                before.validYears(),
                before.paysAfter(),
                YearMonth.parse("2026-10"));
        assertThat(count(GrantLife.Found.NOTHING, ended))
                .extracting(Counted::month)
                .containsExactly(YearMonth.of(2026, 9));
        assertThat(count(GrantLife.Found.NOTHING, ended, decided("2026-12-03", LEVEL_4, 36)))
                .extracting(Counted::month)
                .containsExactly(YearMonth.of(2026, 9), YearMonth.of(2027, 1), YearMonth.of(2027, 2));
    }

    @Test
    void aSuspendedMonthIsNeitherPaidNorCounted() {
        var since = new GrantLife.Found(
                null, null, new GrantLife.Suspension(YearMonth.parse("2026-12"), NOTHING), List.of());
        List<Counted> months = count(since, decided("2026-08-20", LEVEL_5, 4));
        assertThat(months.stream().filter(m -> m.outcome() == MonthOutcome.COUNTED))
                .hasSize(3);
        assertThat(months.stream().filter(m -> m.outcome() == MonthOutcome.SUSPENDED))
                .hasSize(3);
    }
}
