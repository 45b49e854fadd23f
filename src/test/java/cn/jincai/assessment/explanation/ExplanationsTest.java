package cn.jincai.assessment.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.RandomCase;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.WorkedCase;
import cn.jincai.assessment.explanation.Explained.Change;
import cn.jincai.assessment.explanation.Explained.Condition;
import cn.jincai.assessment.explanation.Explained.State;
import cn.jincai.assessment.explanation.Explained.Threshold;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationsTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private static final LocalDate APPLIED = LocalDate.of(2026, 3, 2);

    private final Assessments assessments = Assessments.with(CityCalendar.calendar());
    private final Explanations explanations = new Explanations(assessments);

    private static PolicyPackage policy(String scheme) {
        return scheme.equals(MadeUpPackage.CODE) ? MadeUpPackage.read() : CityPackages.of(scheme);
    }

    private static Map<String, Object> worker() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("identityVerified", true),
                Map.entry("banned", false),
                Map.entry("inPost", true),
                Map.entry("employerType", "PRIVATE_ENTERPRISE"),
                Map.entry("employerRegion", "JINJIANG"),
                Map.entry("contractMonths", 36L),
                Map.entry("insuredMonthsConsecutive", 4L),
                Map.entry("certificateLevel", "THREE"),
                Map.entry("certificateVerified", true),
                Map.entry("certificateIssuedOn", LocalDate.of(2025, 9, 1)),
                Map.entry("unemploymentInsuredMonths", 40L),
                Map.entry("levelsPaidForOccupation", List.of()),
                Map.entry("claimsThisYear", 0L),
                Map.entry("allowanceForSameCertificate", false),
                Map.entry("awardPaidThisYear", 0L)));
    }

    private Explained.Benefit explained(Map<String, Object> facts, String benefit) {
        return explanations.explain(policy("skills-award"), APPLIED, facts, Adjustments.NONE).benefits().stream()
                .filter(b -> b.code().equals(benefit))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twoMonthsMoreAndFromWhichDay() {
        Explained.Benefit award = explained(worker(), "CITY_AWARD");
        assertThat(award.verdict()).isEqualTo(Verdict.REJECT);
        Change months = award.changes().get(0);
        assertThat(months)
                .extracting(
                        Change::fact, Change::now, Change::to, Change::by, Change::verdict, Change::day, Change::then)
                .containsExactly(
                        "insuredMonthsConsecutive",
                        4L,
                        6L,
                        2L,
                        Verdict.APPROVE,
                        LocalDate.of(2026, 5, 1),
                        Verdict.APPROVE);
        assertThat(months.text())
                .isEqualTo(
                        new Text(
                                "“在晋江最近连续参保月数”再增加2个月（达到6个月），最早自2026年5月1日起：可以支持。",
                                "Latest unbroken months of insurance in Jinjiang: 2 months more (6 months), at the earliest from 2026-05-01: granted."));
        assertThat(award.firstDay().unchanged()).isNull();
        assertThat(award.firstDay().continued()).isEqualTo(LocalDate.of(2026, 5, 1));
    }

    @Test
    void whatComesTooLateIsSaid() {
        Map<String, Object> facts = worker();
        facts.put("certificateIssuedOn", LocalDate.of(2025, 3, 10));
        Explained.Benefit award = explained(facts, "CITY_AWARD");
        assertThat(award.changes().get(0))
                .extracting(Change::to, Change::verdict, Change::day, Change::then)
                .containsExactly(6L, Verdict.APPROVE, LocalDate.of(2026, 5, 1), Verdict.REJECT);
        assertThat(award.changes().get(0).text().zh()).endsWith("；但到那一天，因其他条件随时间变化，结论为不予支持。");
        assertThat(award.firstDay()).isNull();
    }

    @Test
    void whyThisThresholdAndNoOther() {
        Map<String, Object> facts = worker();
        facts.put("unemploymentInsuredMonths", 11L);
        Condition condition = explained(facts, "UPGRADE_SUBSIDY").conditions().stream()
                .filter(c -> c.rule().equals("C1-07"))
                .findFirst()
                .orElseThrow();
        assertThat(condition.state()).isEqualTo(State.failed);
        Threshold threshold = condition.thresholds().get(0);
        assertThat(threshold)
                .extracting(
                        Threshold::value, Threshold::from, Threshold::until, Threshold::chosenBy, Threshold::chosenOn)
                .containsExactly(12L, LocalDate.of(2019, 1, 1), LocalDate.of(2026, 12, 31), "applicationDate", APPLIED);
        assertThat(threshold.earlier()).extracting(Explained.Other::value).containsExactly(null, 36L);
        assertThat(threshold.later()).extracting(Explained.Other::from).containsExactly(LocalDate.of(2027, 1, 1));
        assertThat(threshold.why())
                .isEqualTo(
                        new Text(
                                "“失业保险累计缴费至少”为12个月，按申请日2026年3月2日适用：自2019年1月1日起；此前为36个月；自2027年1月1日起为36个月。",
                                "Months of unemployment insurance at least: 12 months, picked by day of application 2026-03-02: in force from 2019-01-01; before that 36 months; from 2027-01-01 36 months."));
        assertThat(condition.basis().article().zh()).isEqualTo("申领条件");
        assertThat(condition.plain().zh()).isEqualTo("不符合：失业保险累计缴费月数不少于12个月。您的情况：失业保险累计缴费月数：11个月。");
        assertThat(condition.official().zh()).contains("规则C1-07", "自2019年1月1日起", "依据：", "结论：不符合。");
    }

    @Test
    void whatALeaderLetPassIsSaidToBeWaived() {
        Adjustments waived = new Adjustments(Set.of("INSURANCE_TOO_SHORT"), Set.of(), Set.of());
        Explained.Benefit award = explanations
                .explain(policy("skills-award"), APPLIED, worker(), waived)
                .benefits()
                .get(1);
        assertThat(award.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(award.conditions())
                .filteredOn(c -> c.state() == State.waived)
                .extracting(Condition::rule)
                .contains("C2-09");
        assertThat(award.changes()).isEmpty();
    }

    @Test
    void aSumThatIsCutIsReckonedLineByLine() {
        Map<String, Object> facts = worker();
        facts.put("insuredMonthsConsecutive", 8L);
        facts.put("awardPaidThisYear", 1_750_000L);
        Explained.Benefit award = explained(facts, "CITY_AWARD");
        assertThat(award.sum())
                .extracting(l -> l.arithmetic().zh())
                .containsExactly(
                        "晋江技能人才奖励：三级（高级工）1,000元",
                        "每人每年补贴和奖励合计最多20,000元 − 本年度已享受补贴和奖励合计17,500元 − 本次技能提升补贴2,000元",
                        "1,000元与500元中较小的",
                        "一次支付");
        assertThat(award.sum().get(award.sum().size() - 1).value())
                .isEqualTo(50_000)
                .isEqualTo(award.amountFen());
    }

    /** Over the worked cases and random ones: it says the same as the assessment, its sums add up, and nothing of the tables' language is left. */
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", MadeUpPackage.CODE})
    void itSaysWhatTheAssessmentSays(String scheme) throws Exception {
        PolicyPackage policy = policy(scheme);
        Random random = new Random(5);
        Set<State> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            LocalDate applied = APPLIED.plusDays(random.nextInt(300));
            Map<String, Object> facts = RandomCase.facts(policy.catalogue(), applied, random, i % 3 == 0 ? 0.1 : 0);
            Assessment assessment = assessments.assess(policy, applied, facts, Adjustments.NONE);
            Explained explained = explanations.explain(policy, applied, facts, Adjustments.NONE);
            assertThat(explained.verdict()).isEqualTo(assessment.verdict());
            for (int b = 0; b < assessment.benefits().size(); b++) {
                Benefit benefit = assessment.benefits().get(b);
                Explained.Benefit why = explained.benefits().get(b);
                assertThat(why.verdict()).isEqualTo(benefit.verdict());
                if (!why.sum().isEmpty())
                    assertThat(why.sum().get(why.sum().size() - 1).value()).isEqualTo(benefit.amountFen());
                List<String> failed = why.conditions().stream()
                        .filter(c -> !c.entitlement() && c.state() == State.failed)
                        .map(Condition::rule)
                        .toList();
                benefit.reasons().stream()
                        .filter(r -> !r.code().equals(Reason.DATA_UNAVAILABLE))
                        .forEach(r -> assertThat(failed).contains(r.rule()));
                if (benefit.verdict() == Verdict.APPROVE) assertThat(failed).isEmpty();
                why.conditions().forEach(c -> seen.add(c.state()));
                why.conditions().stream()
                        .filter(c -> c.state() == State.failed && !c.entitlement())
                        .forEach(c -> assertThat(c.applies()).isTrue());
            }
            for (Text text : texts(explained)) {
                assertThat(text.zh()).isNotBlank().doesNotContainPattern("[a-z][A-Z]|null|\\{|[A-Z]{3}");
                assertThat(text.en()).isNotBlank().doesNotContainPattern("[a-z][A-Z]|null|\\{|[A-Z]{3}");
            }
            assertThat(JSON.writeValueAsString(explained)).contains("\"benefits\"");
        }
        assertThat(seen).contains(State.met, State.failed, State.unknown);
    }

    private static List<Text> texts(Explained explained) {
        List<Text> texts = new ArrayList<>();
        for (Explained.Benefit b : explained.benefits()) {
            b.conditions().forEach(c -> {
                texts.addAll(List.of(c.demand(), c.plain(), c.official()));
                c.thresholds().forEach(t -> texts.add(t.why()));
            });
            b.sum().forEach(l -> texts.addAll(List.of(l.what(), l.arithmetic())));
            b.changes().forEach(c -> texts.add(c.text()));
            if (b.firstDay() != null) texts.add(b.firstDay().text());
        }
        return texts;
    }

    /** Each change does what it promises, nothing smaller in that fact does, and no fact is left out for which something would. */
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", MadeUpPackage.CODE})
    void theSmallestChangeIsTheSmallest(String scheme) {
        PolicyPackage policy = policy(scheme);
        Random random = new Random(6);
        int advised = 0;
        Set<Scheme.Type> types = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            LocalDate applied = APPLIED.plusDays(random.nextInt(300));
            Map<String, Object> facts = nearlyRight(policy, applied, random);
            Explained explained = explanations.explain(policy, applied, facts, Adjustments.NONE);
            for (int b = 0; b < explained.benefits().size(); b++) {
                Explained.Benefit benefit = explained.benefits().get(b);
                Map<String, Change> changes = new HashMap<>();
                benefit.changes().forEach(c -> changes.put(c.fact(), c));
                advised += changes.size();
                for (Scheme.Fact fact : policy.catalogue().facts()) {
                    if (fact.changes() == Scheme.Changes.never
                            || fact.type() == Scheme.Type.TEXT && fact.values().isEmpty()) {
                        assertThat(changes).doesNotContainKey(fact.name());
                        continue;
                    }
                    if (changes.containsKey(fact.name())) types.add(fact.type());
                    smallest(policy, applied, facts, fact, b, benefit.verdict(), changes.get(fact.name()));
                }
            }
        }
        assertThat(advised).isGreaterThan(5);
        assertThat(types).contains(Scheme.Type.TEXT, Scheme.Type.INTEGER);
    }

    /** A case of the examples with one or two facts drawn anew: near enough that something may turn it. */
    private Map<String, Object> nearlyRight(PolicyPackage policy, LocalDate applied, Random random) {
        List<WorkedCase> examples = WorkedCase.of(policy, policy.rulesets().get(0), new cn.jincai.policy.Findings());
        Map<String, Object> facts =
                new HashMap<>(examples.get(random.nextInt(examples.size())).facts());
        Map<String, Object> others = RandomCase.facts(policy.catalogue(), applied, random, 0.2);
        List<Scheme.Fact> all = policy.catalogue().facts();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String name = all.get(random.nextInt(all.size())).name();
            if (others.containsKey(name)) facts.put(name, others.get(name));
            else facts.remove(name);
        }
        return facts;
    }

    private void smallest(
            PolicyPackage policy,
            LocalDate applied,
            Map<String, Object> facts,
            Scheme.Fact fact,
            int benefit,
            Verdict now,
            Change change) {
        Object held = facts.containsKey(fact.name())
                ? facts.get(fact.name())
                : fact.absent().value();
        Verdict best = change == null ? now : change.verdict();
        List<Object> equals = change == null
                ? List.of()
                : change.to() instanceof List<?> list && fact.type() != Scheme.Type.LIST
                        ? new ArrayList<>(list)
                        : List.of(change.to());
        for (Object value : tried(fact, held, change)) {
            Verdict verdict = verdict(policy, applied, facts, fact.name(), value, benefit);
            String what = applied + " " + facts + " " + fact.name() + "=" + value + " " + change;
            assertThat(verdict).as(what).isLessThanOrEqualTo(best);
            if (fact.type() != Scheme.Type.INTEGER && fact.type() != Scheme.Type.FEN) {
                if (fact.type() != Scheme.Type.LIST)
                    assertThat(verdict == best && verdict.compareTo(now) > 0)
                            .as(what)
                            .isEqualTo(equals.contains(value));
            } else if (change != null && verdict == best) {
                long from = held == null ? 0 : ((Number) held).longValue();
                assertThat(Math.abs(((Number) value).longValue() - from))
                        .as(what)
                        .isGreaterThanOrEqualTo(Math.abs(((Number) change.to()).longValue() - from));
            }
        }
        if (change == null) return;
        assertThat(change.verdict()).isGreaterThan(now);
        if (fact.type() != Scheme.Type.LIST)
            for (Object value : equals)
                assertThat(verdict(policy, applied, facts, fact.name(), value, benefit))
                        .isEqualTo(change.verdict());
        else listed(policy, applied, facts, fact, benefit, change);
        if (change.day() != null) {
            Map<String, Object> then = grown(policy.catalogue(), applied, change.day(), facts);
            assertThat(((Number) then.get(fact.name())).longValue()).isEqualTo(change.to());
            assertThat(assessments
                            .assess(policy, change.day(), then, Adjustments.NONE)
                            .benefits()
                            .get(benefit)
                            .verdict())
                    .isEqualTo(change.then());
        }
    }

    /** Each of the codes alone, put in or taken out. */
    private void listed(
            PolicyPackage policy,
            LocalDate applied,
            Map<String, Object> facts,
            Scheme.Fact fact,
            int benefit,
            Change change) {
        List<?> held = (List<?>) facts.getOrDefault(fact.name(), List.of());
        if (((List<?>) change.to()).isEmpty())
            assertThat(verdict(policy, applied, facts, fact.name(), List.of(), benefit))
                    .isEqualTo(change.verdict());
        for (Object code : (List<?>) change.to()) {
            List<Object> other = new ArrayList<>(held);
            if (!other.remove(code)) other.add(code);
            assertThat(verdict(policy, applied, facts, fact.name(), other, benefit))
                    .as(facts + " " + change)
                    .isEqualTo(change.verdict());
        }
    }

    private static List<Object> tried(Scheme.Fact fact, Object held, Change change) {
        List<Object> values = new ArrayList<>();
        switch (fact.type()) {
            case BOOLEAN -> values.addAll(List.of(true, false));
            case TEXT -> fact.values().forEach(v -> values.add(v.code()));
            case LIST ->
                fact.values().forEach(v -> {
                    List<Object> other = new ArrayList<>(held == null ? List.of() : (List<?>) held);
                    Object code = fact.numbers() ? (Object) Long.valueOf(v.code()) : v.code();
                    if (!other.remove(code)) other.add(code);
                    values.add(other);
                });
            case INTEGER, FEN -> {
                Set<Long> numbers = new TreeSet<>();
                long from = held == null ? 0 : ((Number) held).longValue();
                for (long n = 0; n <= 600; n++) {
                    numbers.add(n);
                    numbers.add(from + n);
                    numbers.add(from - n);
                }
                if (change != null)
                    for (long n = -600; n <= 600; n++) numbers.add(((Number) change.to()).longValue() + n);
                for (long n = 1; n < 200_000_000_000L; n = n * 7 / 5 + 1) numbers.add(n);
                numbers.removeIf(n -> n < fact.min() || fact.max() != null && n > fact.max());
                values.addAll(numbers);
            }
            case DATE, PERCENT -> {}
        }
        values.removeIf(v -> Objects.equals(v, held));
        return values;
    }

    private Verdict verdict(
            PolicyPackage policy,
            LocalDate applied,
            Map<String, Object> facts,
            String fact,
            Object value,
            int benefit) {
        Map<String, Object> other = new HashMap<>(facts);
        other.put(fact, value);
        return assessments
                .assess(policy, applied, other, Adjustments.NONE)
                .benefits()
                .get(benefit)
                .verdict();
    }

    private static Map<String, Object> grown(
            Scheme scheme, LocalDate applied, LocalDate day, Map<String, Object> facts) {
        Map<String, Object> then = new HashMap<>(facts);
        long months = ChronoUnit.MONTHS.between(YearMonth.from(applied), YearMonth.from(day));
        for (Scheme.Fact fact : scheme.facts())
            if (fact.changes() == Scheme.Changes.monthly)
                then.computeIfPresent(fact.name(), (n, v) -> ((Number) v).longValue() + months);
        return then;
    }

    /** The first day is the first: the day before and all days before are none, by whole assessments. */
    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award", MadeUpPackage.CODE})
    void theFirstDayIsTheFirst(String scheme) {
        PolicyPackage policy = policy(scheme);
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 20; i++) {
            LocalDate applied = APPLIED.minusDays(random.nextInt(700));
            Map<String, Object> facts = nearlyRight(policy, applied, random);
            Explained explained = explanations.explain(policy, applied, facts, Adjustments.NONE);
            for (int b = 0; b < explained.benefits().size(); b++) {
                Explained.FirstDay day = explained.benefits().get(b).firstDay();
                if (explained.benefits().get(b).verdict() == Verdict.APPROVE) {
                    assertThat(day).isNull();
                    continue;
                }
                if (day != null) found++;
                LocalDate unchanged = null, continued = null;
                boolean grows =
                        policy.catalogue().facts().stream().anyMatch(f -> f.changes() == Scheme.Changes.monthly);
                for (LocalDate d = applied.plusDays(1); d.isBefore(applied.plusYears(10)); d = d.plusDays(1)) {
                    if (unchanged == null && granted(policy, d, facts, b)) unchanged = d;
                    if (grows
                            && continued == null
                            && granted(policy, d, grown(policy.catalogue(), applied, d, facts), b)) continued = d;
                }
                assertThat(day == null ? null : day.unchanged())
                        .as(applied + " " + facts)
                        .isEqualTo(unchanged);
                assertThat(day == null ? null : day.continued())
                        .as(applied + " " + facts)
                        .isEqualTo(continued);
            }
        }
        assertThat(found).isPositive();
    }

    private boolean granted(PolicyPackage policy, LocalDate day, Map<String, Object> facts, int benefit) {
        return assessments
                        .assess(policy, day, facts, Adjustments.NONE)
                        .benefits()
                        .get(benefit)
                        .verdict()
                == Verdict.APPROVE;
    }
}
