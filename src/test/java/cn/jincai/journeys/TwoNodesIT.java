package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.Running;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.payment.Budget;
import cn.jincai.policy.ChangedZip;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.process.EngineClock;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

/** A second node on the same PostgreSQL, in a process of its own: whatever one of them does holds on the other within seconds. */
@CaseTest
@Tag("issue-13.25")
@EnabledIfSystemProperty(named = "db", matches = "postgresql", disabledReason = "a database in memory has one node")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
    private static final String SCHEME = "skills-award";
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));
    private static final Duration SECONDS = Duration.ofMinutes(1); // on a machine that is busy; else two or three

    @Autowired
    City city;

    @Autowired
    Environment environment;

    @Autowired
    ObjectMapper json;

    @Autowired
    CityClock clock;

    @Autowired
    EngineClock engineClock;

    @Autowired
    Budget budget;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    private Running other;
    private City there;

    @BeforeAll
    void aSecondNodeStarts() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "node")
                .toAbsolutePath();
        List<String> java = new ArrayList<>(Running.classes());
        java.addAll(List.of(
                "--jincai.packages=" + Path.of("").toAbsolutePath(),
                "--jincai.samples=false",
                "--camunda.bpm.job-execution.enabled=false",
                "--jincai.data="
                        + Path.of(environment.getRequiredProperty("jincai.data"))
                                .toAbsolutePath(),
                "--spring.datasource.url=" + environment.getRequiredProperty("spring.datasource.url"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password="));
        other = Running.start(folder, Map.of(), java);
        other.untilAnswers("/actuator/health/readiness", 200);
        there = new City(
                new MockEnvironment().withProperty("local.server.port", String.valueOf(other.port())),
                json,
                clock,
                engineClock);
    }

    @AfterAll
    void itStops() {
        other.close();
    }

    /** What the other node's clock shows. */
    private Instant otherNow() {
        return OffsetDateTime.parse(there.call(
                                "admin",
                                org.springframework.http.HttpMethod.POST,
                                "/api/demo/clock",
                                Map.of("advance", "PT0S"))
                        .is(200)
                        .body()
                        .get("now")
                        .asText())
                .toInstant();
    }

    private static boolean withinSeconds(BooleanSupplier holds) {
        Instant end = Instant.now().plus(SECONDS);
        while (Instant.now().isBefore(end)) {
            if (holds.getAsBoolean()) return true;
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        return holds.getAsBoolean();
    }

    private boolean sameTime() {
        return Duration.between(clock.instant(), otherNow()).abs().compareTo(Duration.ofHours(1)) < 0;
    }

    @Test
    void theClockThatOneNodeMovesIsTheOthersToo() {
        city.at("2026-03-02T09:00");
        assertThat(withinSeconds(this::sameTime)).isTrue();
        city.passes("P20D");
        assertThat(withinSeconds(this::sameTime))
                .as("here it shows " + clock.instant() + ", there " + otherNow())
                .isTrue();
        city.at("2026-03-02T09:00");
        assertThat(withinSeconds(this::sameTime)).as("and back").isTrue();
    }

    @Test
    void theLastRoomOfALineIsGivenOnceThoughTheYearHasTurnedOnOneNode() throws Exception {
        city.at("2026-11-30T09:00");
        ApplicantsCase one = made(), another = made();
        city.passes("P40D");
        withinSeconds(this::sameTime);
        Budget.Line line = budget.lines().stream()
                .filter(l -> l.fund().equals("UNEMPLOYMENT_INSURANCE_FUND")
                        && l.year() == clock.today().getYear())
                .findFirst()
                .orElseThrow();
        budget.enter(Actor.SYSTEM, line.fund(), line.year(), line.used().fen() + amount(one));
        try {
            var start = new CyclicBarrier(2);
            var here = CompletableFuture.supplyAsync(() -> approved(start, city, one.number()));
            var beyond = CompletableFuture.supplyAsync(() -> approved(start, there, another.number()));
            assertThat(List.of(here.get(), beyond.get())).containsExactlyInAnyOrder("sent", "parked");
        } finally {
            budget.enter(Actor.SYSTEM, line.fund(), line.year(), line.sum().fen());
        }
    }

    private ApplicantsCase made() {
        return city.checked(SCHEME, "partial")
                .reviewedByBoth()
                .noticedAndSigned()
                .done("finance", "payment-make", "submit")
                .waitsAt("payment-approve");
    }

    private long amount(ApplicantsCase file) {
        return payment(city, file.number()).get("amountFen").asLong();
    }

    private static com.fasterxml.jackson.databind.JsonNode payment(City node, String number) {
        return node.call("finance", org.springframework.http.HttpMethod.GET, "/api/payments?case=" + number, null)
                .is(200)
                .body()
                .get("items")
                .get(0);
    }

    private static String approved(CyclicBarrier start, City node, String number) {
        try {
            start.await();
            new ApplicantsCase(node, number, SCHEME).done("finance-approver", "payment-approve", "approve");
            return payment(node, number).get("status").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPackagePublishedOnOneNodeIsInForceOnTheOtherWithinSeconds() {
        city.at("2026-03-02T09:00");
        city.passes("P3D");
        String before = packages.inForce(SCHEME).hash(), name = "Award of two nodes";
        var upload = publication.upload(
                ChangedZip.of(
                        publication.zip(SCHEME, before),
                        "scheme.yaml",
                        yaml -> yaml.replace("Skills certification reward", name)),
                ADMIN);
        publication.publish(
                publication
                        .propose(SCHEME, upload.hash(), clock.today(), "名称", ADMIN)
                        .id(),
                APPROVER);
        try {
            assertThat(withinSeconds(() ->
                            new Visitor(other.port()).get("/api/schemes").body().contains(name)))
                    .isTrue();
        } finally {
            publication.publish(
                    publication
                            .propose(SCHEME, before, clock.today(), "恢复", ADMIN)
                            .id(),
                    APPROVER);
        }
        assertThat(withinSeconds(() ->
                        !new Visitor(other.port()).get("/api/schemes").body().contains(name)))
                .as("and the one put back")
                .isTrue();
    }
}
