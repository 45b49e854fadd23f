package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.assessment.oracle.HandAnswer;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.CityPackages;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * All tables of the three schemes with the list of reasons: the room's evaluator against the stock DMN engine with feel-engine 1.19.5. Interleaved
 * rounds in one JVM, thread CPU time, medians. Both get the facts typed; the stock engine gets the derived values as well, the evaluator makes them,
 * and divides sums and picks levels beside it.
 */
class AssessmentBench {
    private static final int PERSONS = 256, ROUNDS = 15;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final WorkingCalendar calendar = CityCalendar.calendar();
    private long seen;

    private record Person(String scheme, CompiledRules rules, Slots slots, StockTables stock, Map<String, Object> variables, LocalDate applied, Map<String, Object> facts) {}

    @Test void theRulesAreAThousandTimesFasterThanTheStockEngine() throws Exception {
        List<Person[]> people = people();
        double[] ours = new double[ROUNDS], stock = new double[ROUNDS], hand = new double[ROUNDS];
        for (int warm = 0; warm < 6; warm++) {
            evaluate(people, 400);
            stock(people, 1);
            byHand(people, 50);
        }
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = evaluate(people, 400);
            stock[round] = stock(people, 1);
            hand[round] = byHand(people, 50);
        }
        double median = Benchmark.median(ours), stockMedian = Benchmark.median(stock), handMedian = Benchmark.median(hand);
        Benchmark kept = new Benchmark("assessment", stockMedian / median, "stock DMN engine 7.24.0, feel-engine 1.19.5", 1000,
            Map.of("assessment", "all tables of the three schemes, with reasons, levels and sums", "nanoseconds", median, "baselineNanoseconds", stockMedian,
                "handWrittenFromMapNanoseconds", handMedian, "persons", PERSONS, "rounds", ROUNDS, "checksum", seen)).keep();
        assertThat(kept.ratio()).isGreaterThanOrEqualTo(kept.atLeast());
    }

    /** The slots are laid out before each pass, as the stock engine's variables are: neither side's intake is measured. */
    private double evaluate(List<Person[]> people, int times) {
        long spent = 0;
        Slots[][] slots = new Slots[people.size()][];
        for (int t = 0; t < times; t++) {
            for (int i = 0; i < slots.length; i++) slots[i] = java.util.Arrays.stream(people.get(i)).map(p -> p.slots.copy()).toArray(Slots[]::new);
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < slots.length; i++) seen += pass(people.get(i), slots[i]);
            spent += threads.getCurrentThreadCpuTime() - before;
        }
        return (double) spent / times / people.size();
    }

    private long pass(Person[] schemes, Slots[] slots) {
        long seen = 0;
        for (int i = 0; i < schemes.length; i++)
            for (Outcome o : Evaluation.of(schemes[i].rules, slots[i], calendar, Adjustments.NONE).outcomes) seen += o.verdict.ordinal() + o.count() + o.amountFen;
        return seen;
    }

    private double stock(List<Person[]> people, int times) {
        long before = threads.getCurrentThreadCpuTime();
        for (int t = 0; t < times; t++)
            for (Person[] schemes : people) for (Person p : schemes) seen += p.stock.fired(p.variables).size();
        return (double) (threads.getCurrentThreadCpuTime() - before) / times / people.size();
    }

    private double byHand(List<Person[]> people, int times) {
        long before = threads.getCurrentThreadCpuTime();
        for (int t = 0; t < times; t++)
            for (Person[] schemes : people) for (Person p : schemes) seen += HandAnswer.assess(p.scheme, p.applied, p.facts).benefits().size();
        return (double) (threads.getCurrentThreadCpuTime() - before) / times / people.size();
    }

    private List<Person[]> people() {
        Random random = new Random(20261124);
        List<Person[]> people = new ArrayList<>();
        String[] codes = {"talent-recognition", "recruitment-subsidy", "skills-award"};
        SchemeRules[] rules = new SchemeRules[codes.length];
        StockTables[] stock = new StockTables[codes.length];
        for (int i = 0; i < codes.length; i++) {
            rules[i] = new SchemeRules(CityPackages.of(codes[i]));
            stock[i] = new StockTables(CityPackages.of(codes[i]));
        }
        for (int n = 0; n < PERSONS; n++) {
            Person[] person = new Person[codes.length];
            for (int i = 0; i < codes.length; i++) {
                LocalDate applied = LocalDate.of(2026, 1, 5).plusDays(random.nextInt(300));
                Map<String, Object> facts = RandomCase.facts(rules[i].vocabulary.scheme, applied, random, 0.01);
                Slots slots = rules[i].vocabulary.slots(applied, facts);
                CompiledRules on = rules[i].on(slots, java.util.Set.of());
                Evaluation done = Evaluation.of(on, slots.copy(), calendar, Adjustments.NONE);
                person[i] = new Person(codes[i], on, slots, stock[i], StockTables.variables(done, facts), applied, facts);
            }
            people.add(person);
        }
        return people;
    }
}
