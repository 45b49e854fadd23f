package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Benchmark;
import cn.jincai.CaseTest;
import cn.jincai.TestDatabase;
import cn.jincai.applicant.Accounts;
import cn.jincai.demo.BankSimulator;
import cn.jincai.demo.Samples;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.filing.Submission;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whole cases a second through the real services on PostgreSQL, from the opening with its papers to the money paid, against the same diagrams with
 * empty steps on the engine as delivered, in the same PostgreSQL. In turns, one thread each. Documents are printed when they are first opened, so
 * not here.
 */
@CaseTest
class CasesBench {
    private static final String SCHEME = "skills-award";
    private static final int CASES = 15, WARM = 2, ROUNDS = 7;

    @Autowired
    Filing filing;

    @Autowired
    Submission submission;

    @Autowired
    CaseFile cases;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskLists lists;

    @Autowired
    Accounts accounts;

    @Autowired
    Samples samples;

    @Autowired
    Packages packages;

    @Autowired
    Payments payments;

    @Autowired
    BankSimulator bank;

    @Autowired
    CityClock clock;

    @Autowired
    Timetable timetable;

    @Autowired
    ObjectMapper json;

    @Autowired
    City city;

    @Test
    void aWholeCaseCostsAtMostThreeTimesWhatTheEngineAloneDoes() throws Exception {
        assertThat(TestDatabase.isPostgres()).isTrue();
        city.at("2026-03-02T09:00:00");
        int paymentsEach = payments.of(run(bodies(1)).get(0)).size();
        try (Connection any =
                DriverManager.getConnection(TestDatabase.postgres().getJdbcUrl("postgres", "postgres"))) {
            any.createStatement().execute("create database bare");
        }
        double[] ours = new double[ROUNDS], alone = new double[ROUNDS];
        try (BareCases bare =
                new BareCases(SCHEME, TestDatabase.postgres().getJdbcUrl("postgres", "bare"), paymentsEach)) {
            for (int round = -WARM; round < ROUNDS; round++) {
                List<ObjectNode> bodies = bodies(CASES);
                long begin = System.nanoTime();
                List<CaseNumber> done = run(bodies);
                long between = System.nanoTime();
                bare.run(CASES);
                long end = System.nanoTime();
                for (CaseNumber number : done) {
                    CaseView file = cases.show(Actor.SYSTEM, number);
                    assertThat(List.of(file.stage(), file.outcome())).containsExactly("closed", "granted");
                }
                if (round < 0) continue;
                ours[round] = CASES * 1e9 / (between - begin);
                alone[round] = CASES * 1e9 / (end - between);
            }
        }
        double speed = Benchmark.median(ours), aloneSpeed = Benchmark.median(alone);
        new Benchmark(
                        "cases",
                        speed / aloneSpeed,
                        "the same diagrams with empty steps on the engine alone, PostgreSQL, full history",
                        0.33,
                        Map.of(
                                "casesASecond",
                                speed,
                                "baselineCasesASecond",
                                aloneSpeed,
                                "scheme",
                                SCHEME,
                                "paymentsOfACase",
                                paymentsEach,
                                "casesOfARound",
                                CASES,
                                "rounds",
                                ROUNDS))
                .keep()
                .holds();
    }

    /** What people would type, about fresh people whom the sources know: made before the clock runs. */
    private List<ObjectNode> bodies(int many) {
        return Stream.generate(() -> json.<ObjectNode>valueToTree(
                        samples.application(SCHEME, "granted").answers()))
                .limit(many)
                .toList();
    }

    /** A case for each, all the way; the days between go by for all of them at once. */
    private List<CaseNumber> run(List<ObjectNode> bodies) {
        List<CaseNumber> numbers = bodies.stream().map(this::submitted).toList();
        Set<CaseNumber> these = new HashSet<>(numbers);
        each("intake", "acceptance", "accept", these);
        passes(Duration.ofMinutes(1));
        each("reviewer", "first-review", "approve", these);
        each("senior-reviewer", "second-review", "approve", these);
        passes(Duration.ofDays(15));
        each("leader", "decision", "sign", these);
        passes(Duration.ofMinutes(1));
        each("finance", "payment-make", "submit", these);
        each("finance-approver", "payment-approve", "approve", these);
        passes(Duration.ofMinutes(1));
        bank.answer(accounts.actor("admin"), "accept");
        return numbers;
    }

    private CaseNumber submitted(ObjectNode answers) {
        Actor applicant = accounts.actor("applicant");
        CaseNumber number = filing.open(
                        applicant, SCHEME, answers, UUID.randomUUID().toString())
                .number();
        for (Scheme.Document need : packages.inForce(SCHEME).catalogue().documents())
            filing.attach(applicant, number, need.code(), "paper.pdf", new ByteArrayInputStream(PAPER));
        submission.submit(applicant, number, List.of());
        return number;
    }

    private void each(String who, String stage, String outcome, Set<CaseNumber> these) {
        Actor actor = accounts.actor(who);
        for (TaskLists.Waiting task : lists.list(actor, null, stage, 0, 100).items()) {
            if (!these.contains(task.number())) continue;
            tasks.claim(actor, task.id());
            tasks.complete(actor, task.id(), Map.of("outcome", outcome));
        }
    }

    private void passes(Duration time) {
        timetable.advanceTo(clock.instant().plus(time));
    }

    private static final byte[] PAPER = paper();

    private static byte[] paper() {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            pdf.addPage(new PDPage());
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
