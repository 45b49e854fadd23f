package cn.jincai.sampling;

import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Draw;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import cn.jincai.review.DecisionsOfMonth;
import cn.jincai.review.RiskPattern;
import cn.jincai.sampling.SampledCase.Finding;
import cn.jincai.sampling.SampledCase.Measure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 稽核: of what was decided in a month a part is drawn by lot, and a part of every risky pattern beside it (rulebook 7, 人机双控). The pool is what stood decided when the month was
 * over; the seed is the hash of the record's last entry of that month. So nobody chooses, and whoever has the record can draw again.
 */
@Service
@Transactional
public class MonthlySamples {
    private static final int LONGEST = 4000;
    /** After a month is over: by then whatever began in it has ended, and clocks of nodes that differ have all left it. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final SampleRows rows;
    private final DecisionsOfMonth decisions;
    private final AuditLog record;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final int percent;

    /** @param percent how much of each list is drawn, 1 to 100; rounded up, so that a list with a case in it gives one */
    MonthlySamples(
            SampleRows rows,
            DecisionsOfMonth decisions,
            AuditLog record,
            CityClock clock,
            ApplicationEventPublisher events,
            @Value("${jincai.samples.percent}") int percent) {
        this.rows = rows;
        this.decisions = decisions;
        this.record = record;
        this.clock = clock;
        this.events = events;
        if (percent < 1 || percent > 100)
            throw new IllegalArgumentException(
                    "jincai.samples.percent is " + percent + ", and has to be from 1 to 100.");
        this.percent = percent;
    }

    /** Months that are over, in which something was decided, and that were not drawn yet; the oldest first. */
    public List<YearMonth> missing() {
        YearMonth now = YearMonth.from(clock.instant().minus(SETTLED).atZone(CityClock.ZONE));
        Set<YearMonth> drawn = rows.samples().stream().map(MonthlySample::month).collect(Collectors.toSet());
        return decisions.months().stream()
                .filter(month -> month.isBefore(now) && !drawn.contains(month))
                .toList();
    }

    /** Draws what is missing; whoever asks, and whenever, the same comes out. */
    public List<YearMonth> draw() {
        rows.lock();
        return missing().stream().filter(this::draw).toList();
    }

    private boolean draw(YearMonth month) {
        SortedMap<String, List<String>> population = new TreeMap<>();
        decisions
                .of(month)
                .forEach((number, patterns) -> population.put(
                        number.value(),
                        patterns.stream().map(RiskPattern::code).sorted().toList()));
        AuditEntry seed = seed(month).orElse(null);
        if (seed == null) return false;
        String hash = hash(population);
        rows.begin(month, seed.hash(), seed.seq(), hash, percent);
        SortedMap<String, List<String>> drawn = drawn(seed.hash(), population, percent);
        rows.keep(month, population, drawn);
        events.publishEvent(CaseEvent.forAuditors(
                "sampling.event.sample-drawn",
                Actor.SYSTEM,
                null,
                Map.of(
                        "month", month.toString(),
                        "percent", String.valueOf(percent),
                        "seed", seed.hash(),
                        "population", hash,
                        "drawn", String.join(" ", drawn.keySet())),
                month.toString()));
        return true;
    }

    private Optional<AuditEntry> seed(YearMonth month) {
        return record.lastBefore(
                month.plusMonths(1).atDay(1).atStartOfDay(CityClock.ZONE).toInstant());
    }

    /** By the number of the case: from which lists it is drawn. */
    private static SortedMap<String, List<String>> drawn(
            String seed, SortedMap<String, List<String>> population, int percent) {
        SortedMap<String, List<String>> drawn = new TreeMap<>();
        draw(seed, SampledCase.ALL, population.keySet(), percent, drawn);
        for (RiskPattern pattern : RiskPattern.values())
            draw(
                    seed,
                    pattern.code(),
                    population.entrySet().stream()
                            .filter(e -> e.getValue().contains(pattern.code()))
                            .map(Map.Entry::getKey)
                            .toList(),
                    percent,
                    drawn);
        return drawn;
    }

    private static void draw(
            String seed, String list, Collection<String> pool, int percent, Map<String, List<String>> into) {
        int wanted = (int) (((long) pool.size() * percent + 99) / 100);
        for (String number : new Draw(seed + " " + list).of(pool, wanted))
            into.computeIfAbsent(number, n -> new ArrayList<>()).add(list);
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<MonthlySample> list() {
        return rows.samples();
    }

    /** @throws Problem NOT_FOUND */
    @Transactional(readOnly = true)
    public MonthlySample get(YearMonth month) {
        return rows.sample(month).orElseThrow(Problem::notFound);
    }

    /** By their number. */
    @Transactional(readOnly = true)
    public List<SampledCase> cases(YearMonth month) {
        return rows.cases(month);
    }

    /** All that was decided, a line each: number, a blank, its patterns divided by commas. */
    @Transactional(readOnly = true)
    public String population(YearMonth month) {
        get(month);
        return file(rows.population(month));
    }

    private static String file(SortedMap<String, List<String>> population) {
        return population.entrySet().stream()
                .map(e -> (e.getKey() + " " + String.join(",", e.getValue())).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String hash(SortedMap<String, List<String>> population) {
        return Sha256.of(file(population).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What comes out when it is drawn again from what is kept.
     *
     * @param seed       the record still ends that month with the entry that gave the seed
     * @param population the list is the one that was drawn from
     * @param drawn      the same cases come out, from the same lists
     */
    public record Again(boolean seed, boolean population, boolean drawn) {
        public boolean isSame() {
            return seed && population && drawn;
        }
    }

    @Transactional(readOnly = true)
    public Again again(YearMonth month) {
        MonthlySample sample = get(month);
        SortedMap<String, List<String>> population = rows.population(month);
        return new Again(
                seed(month).filter(e -> e.hash().equals(sample.seed())).isPresent(),
                hash(population).equals(sample.populationHash()),
                drawn(sample.seed(), population, sample.percent()).equals(rows.drawn(month)));
    }

    /** @throws Problem FORBIDDEN for whoever had a part in the case, CONFLICT where another has taken it */
    public void take(Actor who, YearMonth month, CaseNumber number) {
        who.mustBe(Role.SUPERVISOR);
        SampledCase one = locked(month, number);
        decisions.mustHaveNoPartIn(who, number);
        if (who.account().equals(one.inspector())) return;
        if (one.inspector() != null) throw Problem.conflict("sampling.TAKEN");
        rows.take(one, who.account());
        decisions.letIn(who, Role.SUPERVISOR, number);
        tell("sample-taken", who, Role.SUPERVISOR, one, Map.of());
    }

    /**
     * @param finding code, {@code in-order} or {@code deficient}
     * @param measure code of what is to become of it, for a deficient one
     * @param words   up to 4 000 signs; required for a deficient one
     * @throws Problem INVALID at the field; CONFLICT where it is judged already or another looks at it
     */
    public void judge(
            Actor who,
            YearMonth month,
            CaseNumber number,
            @Nullable String finding,
            @Nullable String measure,
            String words) {
        who.mustBe(Role.SUPERVISOR);
        SampledCase one = locked(month, number);
        if (!one.isOpen()) throw Problem.conflict("sampling.JUDGED");
        if (!who.account().equals(one.inspector())) throw Problem.conflict("sampling.NOT_YOURS");
        decisions.mustHaveNoPartIn(who, number);
        Finding found = Finding.of(finding);
        if (found == null) throw Problem.invalid("finding", "sampling.finding.REQUIRED");
        if (words.length() > LONGEST) throw Problem.invalid("words", "sampling.words.TOO_LONG", LONGEST);
        if (found == Finding.IN_ORDER) rows.inOrder(one, words.strip());
        else {
            Measure becomes = Measure.of(measure);
            if (becomes == null) throw Problem.invalid("measure", "sampling.measure.REQUIRED");
            if (words.isBlank()) throw Problem.invalid("words", "sampling.words.REQUIRED");
            rows.judge(one, found, becomes, words.strip());
            decisions.letInLeaders(number);
        }
        tell("sample-judged", who, Role.SUPERVISOR, one, Map.of("finding", found.code()));
    }

    /** @throws Problem INVALID without words, CONFLICT where there is nothing to carry out */
    public void carriedOut(Actor who, YearMonth month, CaseNumber number, String words) {
        who.mustBe(Role.LEADER);
        SampledCase one = locked(month, number);
        decisions.mustNotBeConcerned(who, number);
        if (!one.isDue()) throw Problem.conflict("sampling.NOTHING_DUE");
        if (words.isBlank()) throw Problem.invalid("words", "sampling.done.REQUIRED");
        if (words.length() > LONGEST) throw Problem.invalid("words", "sampling.words.TOO_LONG", LONGEST);
        rows.carriedOut(one, who.account(), words.strip());
        tell("sample-measure-carried-out", who, Role.LEADER, one, Map.of());
    }

    private SampledCase locked(YearMonth month, CaseNumber number) {
        return rows.locked(month, number).orElseThrow(Problem::notFound);
    }

    private void tell(String kind, Actor who, Role as, SampledCase one, Map<String, String> more) {
        Map<String, String> details = new TreeMap<>(more);
        details.put("month", one.month().toString());
        events.publishEvent(new CaseEvent(
                one.number(),
                kind,
                null,
                Text.of("sampling.event." + kind, one.month().toString()),
                who,
                as,
                Audience.AUDITORS,
                details));
    }
}
