package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.assessment.hand.Answer;
import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.assessment.rules.CompiledRules;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.RulesCompiler;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Table;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One person assessed under all three schemes. Interleaved rounds in one JVM, thread CPU time, medians. Four things beside each other: the tables with
 * the list of rows that hold, as the stock DMN engine does them (both get the derived values); the whole assessment with derived days, levels, sums,
 * instalments and reasons, against the schemes written by hand (both get typed facts); and the same from the facts of a JSON request to the answer.
 */
class AssessmentBench {
    private static final int PERSONS = 256, ROUNDS = 15;
    private static final String[] SCHEMES = {"talent-recognition", "recruitment-subsidy", "skills-award"};
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final WorkingCalendar calendar = CityCalendar.calendar();
    private final Facts intake = new Facts(null); // only facts of other schemes would be looked for elsewhere
    private long seen;

    /** @param derived the slots once everything is derived, which is what the stock engine gets too */
    private record Person(
            SchemeRules scheme,
            CompiledRules rules,
            Slots slots,
            Slots derived,
            StockTables stock,
            Map<String, Object> variables,
            LocalDate applied,
            Map<String, Object> facts,
            cn.jincai.assessment.hand.Scheme hand,
            Object handFacts,
            byte[] json) {}

    private interface Work {
        long on(Person person, Slots slots) throws IOException;
    }

    /** Nanoseconds by round and bytes, a person. */
    private static final class Measured {
        final double[] nanos = new double[ROUNDS];
        long bytes;

        double median() {
            return Benchmark.median(nanos);
        }
    }

    @Test
    void theRulesAreAThousandTimesFasterThanTheStockEngine() throws Exception {
        List<Person> people = people(PERSONS, 0.01);
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("tables", (p, s) -> rowsThatHold(p).size());
        works.put("whole", (p, s) -> {
            long sum = 0;
            for (BenefitOutcome o : Evaluation.of(p.scheme.on(s, Set.of()), s, calendar, Adjustments.NONE).outcomes)
                sum += o.verdict.ordinal() + o.count() + o.amountFen;
            return sum;
        });
        works.put("hand", (p, s) -> {
            long sum = 0;
            for (Answer.Benefit b : p.hand.assess(p.applied, p.handFacts).benefits())
                sum += b.verdict().ordinal() + b.reasons().size() + b.amountFen();
            return sum;
        });
        works.put(
                "jsonTokens",
                (p, s) -> tokens(p.json)); // what Jackson needs to walk through the request and do nothing with it
        works.put("fromJson", (p, s) -> answer(p).benefits().size());
        works.put("fromJsonWithTexts", (p, s) -> {
            long sum = 0;
            for (Benefit b : answer(p).benefits()) sum += b.reasons().size();
            return sum;
        });
        works.put("stock", (p, s) -> p.stock.fired(p.variables).size());
        Map<String, Measured> measured = new LinkedHashMap<>();
        works.keySet().forEach(name -> measured.put(name, new Measured()));
        for (int round = -6; round < ROUNDS; round++)
            for (var work : works.entrySet())
                measure(
                        people,
                        work.getKey().equals("stock") ? 1 : 100,
                        work.getValue(),
                        measured.get(work.getKey()),
                        round);
        double stock = measured.get("stock").median(),
                hand = measured.get("hand").median();
        Map<String, Object> details = new LinkedHashMap<>();
        measured.forEach((name, m) -> {
            details.put(name + "Nanoseconds", m.median());
            details.put(name + "Bytes", m.bytes);
        });
        details.put("persons", PERSONS);
        details.put("rounds", ROUNDS);
        details.put("compile1000RowsMilliseconds", compileMillis());
        details.put("wholeByStockTables", stock / measured.get("whole").median());
        details.put("checksum", seen);
        keep(
                "assessment",
                stock / measured.get("tables").median(),
                "stock DMN engine 7.24.0 with feel-engine 1.19.5, tables with the list of rows that hold",
                3000,
                details);
        keep(
                "assessment-whole",
                hand / measured.get("whole").median(),
                "the three schemes by hand, from typed facts",
                1.0,
                details);
        keep(
                "assessment-from-json",
                stock / measured.get("fromJson").median(),
                "stock tables, which get typed facts; wanted are 1000",
                50,
                details);
    }

    /** A made-up scheme of 200 facts and lists of 500 codes, told beside the city's: what a question costs where one word is not enough. */
    @Test
    void aSchemeOf200FactsAnd500CodesIsToldToo() throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        double[] nanos = new double[2];
        int[][] sizes = {{20, 50, 60}, {200, 500, 400}};
        for (int size = 0; size < sizes.length; size++) {
            SchemeRules rules = new SchemeRules(new WideScheme(sizes[size][0], sizes[size][1], sizes[size][2]).make());
            Random random = new Random(20261130);
            List<Slots> people = new ArrayList<>();
            for (int n = 0; n < PERSONS; n++) {
                LocalDate applied = LocalDate.of(2026, 1, 5).plusDays(random.nextInt(300));
                people.add(rules.vocabulary.slots(
                        applied, RandomCase.facts(rules.vocabulary.scheme, applied, random, 0.01)));
            }
            double[] rounds = new double[ROUNDS];
            for (int round = -6; round < ROUNDS; round++) {
                long spent = 0;
                for (int t = 0; t < 20; t++) {
                    Slots[] slots = people.stream().map(Slots::copy).toArray(Slots[]::new);
                    long before = threads.getCurrentThreadCpuTime();
                    for (Slots s : slots)
                        seen += Evaluation.of(rules.on(s, Set.of()), s, calendar, Adjustments.NONE)
                                .outcomes[0]
                                .amountFen;
                    spent += threads.getCurrentThreadCpuTime() - before;
                }
                if (round >= 0) rounds[round] = (double) spent / 20 / PERSONS;
            }
            nanos[size] = Benchmark.median(rounds);
            details.put(
                    "nanosecondsOf" + sizes[size][0] + "Facts" + sizes[size][1] + "Codes" + sizes[size][2] + "Rows",
                    nanos[size]);
        }
        new Benchmark(
                        "assessment-of-a-wide-scheme",
                        nanos[1] / nanos[0],
                        "the same with 20 facts, 50 codes and 60 rows",
                        null,
                        100.0,
                        details)
                .keep()
                .holds();
    }

    private static void keep(String name, double ratio, String baseline, double atLeast, Map<String, Object> details)
            throws IOException {
        assertThat(new Benchmark(name, ratio, baseline, atLeast, details).keep().ratio())
                .as(name)
                .isGreaterThanOrEqualTo(atLeast);
    }

    /** Slots are laid out before each pass, as the other sides' facts are. */
    private void measure(List<Person> people, int times, Work work, Measured into, int round) throws IOException {
        long spent = 0, bytes = 0, thread = Thread.currentThread().getId();
        for (int t = 0; t < times; t++) {
            Slots[] slots = people.stream().map(p -> p.slots.copy()).toArray(Slots[]::new);
            long allocated = threads.getThreadAllocatedBytes(thread), before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < slots.length; i++) seen += work.on(people.get(i), slots[i]);
            spent += threads.getCurrentThreadCpuTime() - before;
            bytes += threads.getThreadAllocatedBytes(thread) - allocated;
        }
        if (round < 0) return;
        into.nanos[round] = (double) spent / times / PERSONS;
        into.bytes = bytes / times / PERSONS;
    }

    private static List<Rule> rowsThatHold(Person p) {
        long[] fired = p.rules.all.clone(), possible = fired.clone();
        for (CompiledRules.Step step : p.rules.steps)
            if (step.rows() != null) step.rows().apply(p.derived, fired, possible);
        List<Rule> holding = new ArrayList<>();
        for (int w = 0; w < fired.length; w++)
            for (long bits = fired[w]; bits != 0; bits &= bits - 1)
                holding.add(p.rules.rules[(w << 6) + Long.numberOfTrailingZeros(bits)]);
        return holding;
    }

    private static long tokens(byte[] json) throws IOException {
        long tokens = 0;
        try (JsonParser parser = JSON.getFactory().createParser(json)) {
            while (parser.nextToken() != null) tokens++;
        }
        return tokens;
    }

    private Assessment answer(Person p) throws IOException {
        Map<String, Object> facts = intake.read(p.scheme.vocabulary.scheme, JSON.readTree(p.json));
        Slots slots = p.scheme.vocabulary.slots(p.applied, facts);
        return new Explanation(Evaluation.of(p.scheme.on(slots, Set.of()), slots, calendar, Adjustments.NONE), facts)
                .assessment(p.applied);
    }

    /** Before anything is measured: whoever is faster says the same. */
    @Test
    void theSchemesByHandSayTheSame() throws IOException {
        for (Person p : people(3_000, 0.05)) {
            Assessment rules = answer(p);
            Answer hand = p.hand.assess(p.applied, p.handFacts);
            assertThat(told(hand)).as(p.applied + " " + p.facts).isEqualTo(told(rules));
        }
    }

    private static List<Object> told(Answer a) {
        return Arrays.asList(
                a.governingDate(),
                a.verdict(),
                a.benefits().stream()
                        .map(b -> Arrays.asList(
                                b.code(),
                                b.verdict(),
                                b.fund(),
                                b.amountFen(),
                                b.level(),
                                b.monthlyFen(),
                                b.months(),
                                b.instalments().stream()
                                        .map(i -> Arrays.asList(
                                                i.number(), i.amountFen(), i.from(), i.to(), i.provisional()))
                                        .toList(),
                                b.reasons().stream()
                                        .map(r -> r.code() + " " + r.effect() + " " + r.fact())
                                        .sorted()
                                        .toList()))
                        .toList());
    }

    private static List<Object> told(Assessment a) {
        return Arrays.asList(
                a.governingDate(),
                a.verdict(),
                a.benefits().stream()
                        .map(b -> Arrays.asList(
                                b.code(),
                                b.verdict(),
                                b.fund(),
                                b.amountFen(),
                                b.level(),
                                b.monthlyFen(),
                                b.months(),
                                b.instalments().stream()
                                        .map(i -> Arrays.asList(
                                                i.number(), i.amountFen(), i.from(), i.to(), i.provisional()))
                                        .toList(),
                                b.reasons().stream()
                                        .map(r -> r.code() + " " + r.effect() + " " + r.fact())
                                        .sorted()
                                        .toList()))
                        .toList());
    }

    /** Persons' three schemes one after the other. */
    private List<Person> people(int persons, double unknown) throws IOException {
        Random random = new Random(20261124);
        SchemeRules[] rules = new SchemeRules[SCHEMES.length];
        StockTables[] stock = new StockTables[SCHEMES.length];
        for (int i = 0; i < SCHEMES.length; i++) {
            rules[i] = new SchemeRules(CityPackages.of(SCHEMES[i]));
            stock[i] = new StockTables(CityPackages.of(SCHEMES[i]));
        }
        List<Person> people = new ArrayList<>();
        for (int n = 0; n < persons; n++)
            for (int i = 0; i < SCHEMES.length; i++) {
                LocalDate applied = LocalDate.of(2026, 1, 5).plusDays(random.nextInt(300));
                Map<String, Object> facts = RandomCase.facts(rules[i].vocabulary.scheme, applied, random, unknown);
                Slots slots = rules[i].vocabulary.slots(applied, facts);
                CompiledRules on = rules[i].on(slots, Set.of());
                Evaluation done = Evaluation.of(on, slots.copy(), calendar, Adjustments.NONE);
                cn.jincai.assessment.hand.Scheme hand = cn.jincai.assessment.hand.Scheme.of(SCHEMES[i], calendar);
                people.add(new Person(
                        rules[i],
                        on,
                        slots,
                        done.slots,
                        stock[i],
                        StockTables.variables(done, facts),
                        applied,
                        facts,
                        hand,
                        hand.facts(facts),
                        JSON.writeValueAsBytes(facts)));
            }
        return people;
    }

    /** From the text of the cells to rows that can be asked: a table of 1 000 rows in place of one of a scheme's. */
    private double compileMillis() {
        var policy = CityPackages.of("skills-award");
        Vocabulary vocabulary = new Vocabulary(policy.catalogue());
        Ruleset own = policy.rulesets().get(0);
        Table table = own.table("upgrade").orElseThrow();
        Table.Row pattern = table.rows().get(0);
        List<Table.Column> columns = List.of(
                new Table.Column("a", "claimsThisYear"),
                new Table.Column("b", "certificateLevel"),
                new Table.Column("c", "certificateIssuedOn"));
        List<Table.Row> rows = IntStream.range(0, 1000)
                .mapToObj(i -> new Table.Row(
                        i + 1,
                        pattern.rule(),
                        List.of(
                                ">= " + i,
                                i % 2 == 0 ? "\"ONE\", \"TWO\"" : "not(\"FIVE\")",
                                "< date(\"20" + (10 + i % 80) + "-03-0" + (1 + i % 9) + "\")"),
                        pattern.outputs()))
                .toList();
        Table large = new Table(table.file(), table.id(), table.name(), columns, rows);
        Ruleset ruleset = new Ruleset(
                own.name(),
                own.inForceFrom(),
                own.parameters(),
                own.conditions().stream().map(t -> t == table ? large : t).toList(),
                own.entitlements(),
                own.sources());
        Map<String, Object> values = new HashMap<>();
        for (Parameter p : own.parameters().values())
            RulesCompiler.hold(values, p, p.values().get(p.values().size() - 1));
        double[] millis = new double[9];
        for (int i = -3; i < millis.length; i++) {
            Findings findings = new Findings();
            long before = threads.getCurrentThreadCpuTime();
            CompiledRules compiled = new RulesCompiler(vocabulary, ruleset, values, Set.of(), findings).compile();
            if (i >= 0) millis[i] = (threads.getCurrentThreadCpuTime() - before) / 1e6;
            assertThat(findings.all()).isEmpty();
            seen += compiled.rules.length;
        }
        return Benchmark.median(millis);
    }
}
