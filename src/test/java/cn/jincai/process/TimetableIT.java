package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.jincai.CaseTest;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Time passes in order: what falls due on the way sees the clock as it would have stood. */
@CaseTest
class TimetableIT {
    private static final String TWO_TIMERS = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
          <process id="two-timers" isExecutable="true" camunda:historyTimeToLive="P1D">
            <startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="three"/>
            <intermediateCatchEvent id="three"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>
            <sequenceFlow id="b" sourceRef="three" targetRef="two"/>
            <intermediateCatchEvent id="two"><timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition></intermediateCatchEvent>
            <sequenceFlow id="c" sourceRef="two" targetRef="end"/><endEvent id="end"/>
          </process>
        </definitions>""";
    private static final String BROKEN = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
          <process id="broken" isExecutable="true" camunda:historyTimeToLive="P1D">
            <startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="fails"/>
            <serviceTask id="fails" camunda:asyncBefore="true" camunda:expression="${outcome.nothing}"/>
            <sequenceFlow id="c" sourceRef="fails" targetRef="end"/><endEvent id="end"/>
          </process>
        </definitions>""";

    @Autowired
    CityClock clock;

    @Autowired
    EngineClock engineClock;

    @Autowired
    BrokenRuns still;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService instances;

    @Autowired
    HistoryService history;

    @Autowired
    List<DueWork> rooms;

    @Autowired
    JdbcClient jdbc;

    private final List<String> deployed = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        deployed.forEach(id -> repository.deleteDeployment(id, true));
    }

    private String start(String process, String xml) {
        deployed.add(repository
                .createDeployment()
                .addString(process + ".bpmn", xml)
                .deploy()
                .getId());
        return instances.startProcessInstanceByKey(process).getId();
    }

    private Timetable with(DueWork... extra) {
        var all = new ArrayList<>(rooms);
        all.addAll(List.of(extra));
        return new Timetable(clock, engineClock, management, Optional.empty(), all);
    }

    /** Once, at this time; remembers what the clock showed. */
    private class Once implements DueWork {
        private final Instant at;
        Instant ran;

        Once(Instant at) {
            this.at = at;
        }

        @Override
        public Optional<Instant> next() {
            return ran == null ? Optional.of(at) : Optional.empty();
        }

        @Override
        public void run() {
            ran = clock.instant();
        }
    }

    @Test
    void timersAndTheRoomsWorkRunInTheOrderOfTheirTime() {
        var from = clock.instant();
        String instance = start("two-timers", TWO_TIMERS);
        var fourth = new Once(from.plus(Duration.ofDays(4)));
        var now = with(fourth).advanceTo(from.plus(Duration.ofDays(8)));
        assertThat(now).isCloseTo(from.plus(Duration.ofDays(8)), within(1, ChronoUnit.MINUTES));
        assertThat(fourth.ran).isCloseTo(from.plus(Duration.ofDays(4)), within(1, ChronoUnit.MINUTES));
        assertThat(ended(instance, "three")).isCloseTo(from.plus(Duration.ofDays(3)), within(1, ChronoUnit.MINUTES));
        assertThat(ended(instance, "two")).isCloseTo(from.plus(Duration.ofDays(5)), within(1, ChronoUnit.MINUTES));
    }

    private Instant ended(String instance, String step) {
        return history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityId(step)
                .singleResult()
                .getEndTime()
                .toInstant();
    }

    @Test
    void bothClocksShowTheSameAndTheOffsetIsKept() {
        with().advanceTo(clock.instant().plus(Duration.ofDays(1)));
        assertThat(ClockUtil.getCurrentTime().toInstant()).isCloseTo(clock.instant(), within(1, ChronoUnit.SECONDS));
        assertThat(jdbc.sql("select offset_millis from demo_clock")
                        .query(Long.class)
                        .single())
                .isEqualTo(clock.offset().toMillis());
        new EngineClock(clock, jdbc);
        assertThat(ClockUtil.getCurrentTime().toInstant())
                .as("after a restart")
                .isCloseTo(clock.instant(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void whatFailsIsTriedAsOftenAsItsRetriesAndStopsNobodyElse() {
        String broken = start("broken", BROKEN);
        var later = new Once(clock.instant().plus(Duration.ofDays(1)));
        with(later).advanceTo(clock.instant().plus(Duration.ofDays(2)));
        assertThat(later.ran).isNotNull();
        var job = management.createJobQuery().processInstanceId(broken).singleResult();
        assertThat(job.getRetries()).isZero();
        assertThat(instances.createIncidentQuery().processInstanceId(broken).count())
                .isEqualTo(1);
        assertThat(still.list()).as("told by the scheme, of no number").anySatisfy(one -> {
            assertThat(one.run()).isNull();
            assertThat(one.why().en()).contains("'" + job(broken) + "'", "stand there");
        });
    }

    private String job(String broken) {
        return instances
                .createIncidentQuery()
                .processInstanceId(broken)
                .singleResult()
                .getActivityId();
    }

    @Test
    @Tag("issue-13.15")
    void aRoomThatDoesNotKnowWhenItIsDueStopsNobodyElse() {
        var later = new Once(clock.instant().plus(Duration.ofDays(1)));
        var lost = new DueWork() {
            @Override
            public Optional<Instant> next() {
                throw new IllegalStateException("a broken package");
            }

            @Override
            public void run() {}
        };
        with(lost, later).advanceTo(clock.instant().plus(Duration.ofDays(2)));
        assertThat(later.ran).isNotNull();
    }

    @Test
    void workThatNeverEndsDoesNotHoldTheClock() {
        var tries = new int[1];
        var stubborn = new DueWork() {
            private final Instant at = clock.instant().plus(Duration.ofHours(1));

            @Override
            public Optional<Instant> next() {
                return Optional.of(at);
            }

            @Override
            public void run() {
                tries[0]++;
            }
        };
        var target = clock.instant().plus(Duration.ofHours(2));
        assertThat(with(stubborn).advanceTo(target)).isAfterOrEqualTo(target.truncatedTo(ChronoUnit.MILLIS));
        assertThat(tries[0]).isBetween(1, 10);
    }
}
