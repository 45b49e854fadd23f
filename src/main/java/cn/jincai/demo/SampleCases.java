package cn.jincai.demo;

import cn.jincai.applicant.Accounts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.filing.Submission;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.process.EngineClock;
import cn.jincai.process.TaskLists;
import cn.jincai.process.Tasks;
import cn.jincai.process.Timetable;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The demo's sample cases, made at the first start through the same services that people use, each by the people of its step. The clock stands
 * some weeks back while they are made, so that notices end and payments arrive; the application takes no traffic before it shows today again.
 */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "jincai.samples", matchIfMissing = true)
class SampleCases {
    private static final Logger LOG = LoggerFactory.getLogger(SampleCases.class);
    private static final Map<String, Object> WORDS =
            Map.of("opinion", Text.of("demo.opinion").zh());
    private static final int WEEKS_BACK = 6;

    private final Filing filing;
    private final Submission submission;
    private final CaseFile cases;
    private final Tasks tasks;
    private final TaskLists lists;
    private final Accounts accounts;
    private final Samples samples;
    private final Packages packages;
    private final BankSimulator bank;
    private final EngineClock engineClock;
    private final CityClock clock;
    private final Timetable timetable;
    private final ObjectMapper json;

    SampleCases(
            Filing filing,
            Submission submission,
            CaseFile cases,
            Tasks tasks,
            TaskLists lists,
            Accounts accounts,
            Samples samples,
            Packages packages,
            BankSimulator bank,
            EngineClock engineClock,
            CityClock clock,
            Timetable timetable,
            ObjectMapper json) {
        this.filing = filing;
        this.submission = submission;
        this.cases = cases;
        this.tasks = tasks;
        this.lists = lists;
        this.accounts = accounts;
        this.samples = samples;
        this.packages = packages;
        this.bank = bank;
        this.engineClock = engineClock;
        this.clock = clock;
        this.timetable = timetable;
        this.json = json;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void make() {
        if (!cases.isEmpty()) return;
        try {
            engineClock.moveTo(Duration.ofDays(-7L * WEEKS_BACK));
            for (Sample sample : DemoFile.read("cases.yaml", new TypeReference<List<Sample>>() {})) make(sample);
        } finally {
            timetable.advanceTo(clock.instant().minus(clock.offset()));
            engineClock.moveTo(Duration.ZERO);
        }
    }

    /** A sample waits for its day, then goes as far as {@code until}; a scheme or kind that no package has is passed over. */
    private record Sample(int daysBack, String applicant, String scheme, String kind, String until) {}

    private void make(Sample sample) {
        try {
            var day = clock.instant().minus(clock.offset()).minus(Duration.ofDays(sample.daysBack));
            if (day.isAfter(clock.instant())) timetable.advanceTo(day);
            CaseNumber number = begin(sample);
            go(number, sample.until);
        } catch (RuntimeException failed) {
            LOG.warn(
                    "a sample case of {} ({}) was not made as far as {}",
                    sample.scheme,
                    sample.kind,
                    sample.until,
                    failed);
        }
    }

    private CaseNumber begin(Sample sample) {
        Actor applicant = accounts.actor(sample.applicant);
        var application = samples.application(sample.scheme, sample.kind);
        ObjectNode answers = json.valueToTree(application.answers());
        CaseNumber number = filing.openSample(applicant, sample.scheme, answers).number();
        if (cases.get(number).stage().code().equals(sample.until)) return number;
        for (Scheme.Document need : packages.inForce(sample.scheme).catalogue().documents()) {
            filing.attach(
                    applicant,
                    number,
                    need.code(),
                    Text.of("demo.sample").zh() + ".pdf",
                    new ByteArrayInputStream(PAPER));
        }
        submission.submit(applicant, number, List.of());
        return number;
    }

    /** On the shortest way, each step by its own people, until the case stands where it is wanted. */
    private void go(CaseNumber number, String until) {
        for (int tries = 0; tries < 30; tries++) {
            CaseView file = cases.show(Actor.SYSTEM, number);
            String stage = file.stage();
            if (stage.equals(until) || stage.equals("closed")) return;
            if (until.equals("withdrawn")) {
                filing.withdraw(accounts.actor(cases.get(number).applicant()), number, null);
                return;
            }
            String way = until.equals("not-accepted")
                    ? "not-accepted"
                    : Objects.requireNonNull(file.assessment()).verdict().name();
            boolean refuses = way.equals("REJECT");
            Step step = file.step();
            switch (step.kind()) {
                case ASKS_EMPLOYER -> complete(step, number, "confirm");
                case ACCEPTS -> complete(step, number, way.equals("not-accepted") ? way : "accept");
                case REVIEWS -> complete(step, number, refuses ? "reject" : "approve");
                case PANEL ->
                    List.of("expert1", "expert2", "expert3", "expert4", "expert5")
                            .forEach(e -> complete(e, number, stage, "approve"));
                case NOTICE ->
                    timetable.advanceTo(Objects.requireNonNull(file.stageEnds()).plusSeconds(60));
                case SIGNS -> complete(step, number, "sign");
                case MAKES_PAYMENT -> complete(step, number, "submit");
                case CHECKS_PAYMENT -> complete(step, number, "approve");
                case WAITS_FOR_BANK -> bank.answer(accounts.actor("admin"), "accept");
                case CHECKS_DATA -> {}
                default -> {
                    return; // it waits for its applicant
                }
            }
            timetable.advanceTo(clock.instant().plusSeconds(61));
        }
    }

    /** By the demo's person of the role, whose account has its name. */
    private void complete(Step step, CaseNumber number, String outcome) {
        complete(step.doneBy().code(), number, step.key(), outcome);
    }

    private void complete(String who, CaseNumber number, String stage, String outcome) {
        Actor actor = accounts.actor(who);
        for (TaskLists.Waiting task : lists.list(actor, null, stage, 0, 100).items()) {
            if (!number.equals(task.number())) continue;
            if (task.assignee() == null) tasks.claim(actor, task.id());
            Map<String, Object> fields = new HashMap<>(WORDS);
            fields.put("outcome", outcome);
            tasks.complete(actor, task.id(), fields);
        }
    }

    private static final byte[] PAPER = paper();

    private static byte[] paper() {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            pdf.addPage(new PDPage());
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
