package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City.Answer;
import cn.jincai.kernel.Lock;
import cn.jincai.payment.HousingScheme;
import cn.jincai.payment.Runs;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.policy.registers.Registers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A made-up scheme that grants two cases a year, in order of arrival. Each story has a scheme of its own, so that nobody else's cases stand before its. */
@CaseTest
@Tag("issue-16")
class QuotaIT {
    private static final String WAITS = "waits-in-line";

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Runs runs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    private String scheme;
    private int year;

    @BeforeEach
    void theSchemeIsInForce(TestInfo story) {
        year = runs.list().stream()
                .findFirst()
                .map(r -> r.opensOn().getYear() + 1)
                .orElse(2026);
        city.at(year + "-11-02T09:00");
        scheme = "housing-" + Integer.toHexString(story.getDisplayName().hashCode() & 0xffffff);
        new PolicyOffice(context).publishes(scheme, files("always: {is: 2, status: ILLUSTRATIVE, source: order}"));
    }

    @AfterEach
    void theSchemeIsNoMore() {
        new PolicyOffice(context).forgets(scheme);
    }

    /** @param places of a year, by date */
    private SortedMap<String, byte[]> files(String places) {
        return HousingScheme.withPlaces(scheme, places);
    }

    private ApplicantsCase arrives() {
        ApplicantsCase file = city.submitted(scheme, "granted");
        city.passes("PT1M");
        return file.waitsAt("first-review");
    }

    private ApplicantsCase approved() {
        return arrives().done("reviewer", "first-review", "approve");
    }

    private static void waitsAtPlace(ApplicantsCase file, long place) {
        file.waitsAt(WAITS);
        assertThat(file.show().get("placeInLine").asLong()).isEqualTo(place);
    }

    @Test
    void whoArrivesAfterTheLastPlaceWaitsAndMovesOnByHimself() {
        ApplicantsCase first = approved().waitsAt("decision"),
                second = approved().waitsAt("decision"),
                third = approved(),
                fourth = approved();
        waitsAtPlace(third, 1);
        waitsAtPlace(fourth, 2);
        assertThat(first.show().get("placeInLine").isNull()).isTrue();
        assertThat(fourth.show().get("timeline").toString()).contains("您排第2位", "at place 2");
        assertThat(fourth.show().get("promise").get("state").asText())
                .as("the days of waiting don't count")
                .isEqualTo("stands");
        assertThat(third.hasTask("leader", "decision")).isFalse();

        second.withdrawal().is(200);
        city.passes("PT1M");
        third.waitsAt("decision");
        waitsAtPlace(fourth, 1);
        third.done("leader", "decision", "sign").isClosed("granted");
        first.done("leader", "decision", "sign").isClosed("granted");
        city.passes("PT1M");
        waitsAtPlace(fourth, 1);

        city.at(year + "-12-31T23:00");
        city.passes("PT1M");
        waitsAtPlace(fourth, 1);
        city.passes("PT2H");
        fourth.waitsAt("decision").done("leader", "decision", "sign").isClosed("granted");
    }

    /** Nobody is granted by what a source said so long ago that its word is no longer good. */
    @Test
    void whoGetsAPlaceAfterMonthsIsJudgedByWhatSourcesSayThen() {
        PolicyOffice office = new PolicyOffice(context);
        SortedMap<String, byte[]> registers = CityPackages.FOLDERS.registers(), shortLived = new TreeMap<>(registers);
        PolicyOffice.change(
                shortLived, "sources.yaml", "en: Identity register}}", "en: Identity register}, goodForDays: 30}");
        office.publishes(Registers.CODE, shortLived);
        try {
            approved().waitsAt("decision");
            ApplicantsCase second = approved().waitsAt("decision"), third = approved();
            city.passes("P20D");
            second.withdrawal().is(200);
            ApplicantsCase fourth = approved();
            city.source("identity", "contradicts");
            city.passes("PT1M");
            third.waitsAt("decision");
            assertThat(third.show().at("/assessment/verdict").asText())
                    .as("still good")
                    .isEqualTo("APPROVE");
            waitsAtPlace(fourth, 1);
            city.passes("P31D");
            third.withdrawal().is(200);
            city.passes("PT1M");
            fourth.waitsAt("decision");
            assertThat(fourth.show().at("/assessment/verdict").asText()).isEqualTo("REJECT");
        } finally {
            city.source("identity", "ok");
            office.publishes(Registers.CODE, registers);
        }
    }

    /** The city finds money for two more places: those who wait longest get them, in the order in which they came. */
    @Test
    void morePlacesMoveTheEldestForward() {
        approved().waitsAt("decision");
        approved().waitsAt("decision");
        ApplicantsCase third = approved(), fourth = approved(), fifth = approved();
        waitsAtPlace(third, 1);
        waitsAtPlace(fourth, 2);
        waitsAtPlace(fifth, 3);
        new PolicyOffice(context).publishes(scheme, files("always: {is: 4, status: ILLUSTRATIVE, source: order}"));
        city.passes("PT1M");
        third.waitsAt("decision");
        fourth.waitsAt("decision");
        waitsAtPlace(fifth, 1);
        assertThat(fifth.show().get("timeline").toString())
                .as("his place is counted when it is asked, and told once")
                .contains("您排第3位");
    }

    /** Nobody comes sooner because another's review took longer. */
    @Test
    void whoArrivedBeforeKeepsHisPlaceUntilHeIsDecided() {
        ApplicantsCase slow = arrives();
        approved().waitsAt("decision");
        ApplicantsCase third = approved();
        waitsAtPlace(third, 1);
        Map<String, Object> why = Map.of("opinion", "租赁合同不属实。");
        slow.done("reviewer", "first-review", "reject", why)
                .done("senior-reviewer", "second-review", "reject", why)
                .done("leader", "leader-review", "reject", why)
                .waitsAt("decision");
        city.passes("PT1M");
        waitsAtPlace(third, 1);
        slow.signedWithGrounds().isClosed("refused");
        city.passes("PT1M");
        third.waitsAt("decision");
    }

    @Test
    void whoWaitsMayWithdrawAndWhoIsRefusedWaitsForNothing() {
        approved().waitsAt("decision");
        approved().waitsAt("decision");
        ApplicantsCase third = approved(), fourth = approved();
        waitsAtPlace(third, 1);
        third.withdrawal().is(200);
        third.isClosed("withdrawn");
        city.passes("PT1M");
        waitsAtPlace(fourth, 1);
        Map<String, Object> why = Map.of("opinion", "租赁合同不属实。");
        arrives()
                .done("reviewer", "first-review", "reject", why)
                .done("senior-reviewer", "second-review", "reject", why)
                .done("leader", "leader-review", "reject", why)
                .waitsAt("decision");
    }

    /** The city has halved its places while two lay before the leaders: who signs both at once signs one, the first that arrived. */
    @Test
    void twoSignedAtOnceNeverTakeOnePlace() throws Exception {
        List<ApplicantsCase> both =
                List.of(approved().waitsAt("decision"), approved().waitsAt("decision"));
        new PolicyOffice(context).publishes(scheme, files("always: {is: 1, status: ILLUSTRATIVE, source: order}"));
        List<Answer> said = together(both.stream().map(this::claimed).toList());
        assertThat(said).extracting(Answer::status).containsExactly(204, 409);
        assertThat(said.get(1).code()).isEqualTo("NO_PLACE");
        both.get(0).isClosed("granted");
        both.get(1).waitsAt("second-review").done("senior-reviewer", "second-review", "approve");
        waitsAtPlace(both.get(1), 1);
    }

    /** The counts of one signature are of what the other has written: it waits for it. */
    @Test
    void aSignatureWaitsForAnotherThatIsInHand() throws Exception {
        String task = claimed(approved().waitsAt("decision"));
        CountDownLatch held = new CountDownLatch(1), over = new CountDownLatch(1);
        ExecutorService leaders = Executors.newFixedThreadPool(2);
        try {
            Future<?> inHand = leaders.submit(() -> transactions.executeWithoutResult(status -> {
                Lock.PLACES.hold(jdbc);
                held.countDown();
                await(over);
            }));
            assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
            Future<Answer> signing = leaders.submit(() -> signed(task));
            assertThatThrownBy(() -> signing.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            over.countDown();
            inHand.get(10, TimeUnit.SECONDS);
            signing.get(10, TimeUnit.SECONDS).is(204);
        } finally {
            over.countDown();
            leaders.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String claimed(ApplicantsCase file) {
        file.claim("leader", "decision").is(204);
        return file.task("leader", "decision").get("id").asText();
    }

    private Answer signed(String task) {
        return city.call("leader", HttpMethod.POST, "/api/tasks/" + task + "/completion", Map.of("outcome", "sign"));
    }

    private List<Answer> together(List<String> tasks) throws Exception {
        var start = new CyclicBarrier(tasks.size());
        var leaders = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Answer>> signing = new ArrayList<>();
            for (String task : tasks)
                signing.add(leaders.submit(() -> {
                    start.await();
                    return signed(task);
                }));
            List<Answer> answers = new ArrayList<>();
            for (var each : signing) answers.add(each.get());
            return answers;
        } finally {
            leaders.shutdown();
        }
    }
}
