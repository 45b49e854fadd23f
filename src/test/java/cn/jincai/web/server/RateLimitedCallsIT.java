package cn.jincai.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.kernel.CityClock;
import cn.jincai.web.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What strangers may ask that costs much: as often as people do, not as often as a machine can. */
@CaseTest
class RateLimitedCallsIT {
    private static final String ANYTHING = "{\"scheme\": \"skills-award\"}", HERE = "127.0.0.1";

    @LocalServerPort
    int port;

    @Autowired
    RateLimitedCalls limit;

    @Autowired
    CityClock clock;

    @Value("${jincai.costly-calls.at-once}")
    int atOnce;

    @Value("${jincai.costly-calls.refill}")
    Duration refill;

    @Value("${server.forward-headers-strategy:none}")
    String forwarded;

    private Duration before;

    /** Others who share this application find their share again. */
    @BeforeEach
    void noteTheTime() {
        before = clock.offset();
        clock.moveTo(before.plus(refill).plus(refill));
    }

    @AfterEach
    void everythingComesBackInTime() {
        clock.moveTo(before.plus(refill.multipliedBy(4)));
    }

    /** All of it; then the clock stands a little earlier, so that nothing comes back while the test looks. */
    private void spend(String address) {
        try {
            for (int n = 0; n <= 2 * atOnce; n++) limit.take(address);
        } catch (TooManyCalls enough) {
            clock.moveTo(clock.offset().minus(refill.dividedBy(2)));
            return;
        }
        throw new AssertionError("no end of it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/assessments/explanation", "/api/assessments/all", "/api/assessments/next-question"})
    void theApiAnswers429AndSaysWhen(String path) {
        String body = path.endsWith("all") ? "{}" : ANYTHING;
        assertThat(new Visitor(port).post(path, body).status()).isEqualTo(200);
        spend(HERE);
        var refused = new Visitor(port).always("Accept-Language", "en").post(path, body);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(refused.json().path("code").asText()).isEqualTo("TOO_MANY_CALLS");
        long seconds =
                Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(refused.json().path("detail").asText()).contains("try again in " + seconds + " second");
        assertThat(new Visitor(port).post(path, body).json().path("detail").asText())
                .contains("秒后再试");
        clock.moveTo(clock.offset().plus(refill.dividedBy(2)).plusSeconds(seconds));
        assertThat(new Visitor(port).post(path, body).status())
                .as("after the time that was told")
                .isEqualTo(200);
    }

    @Test
    void soDoThePages() {
        String question = "/screener/question/employerType";
        var visitor = new Visitor(port);
        var form = visitor.get(question);
        assertThat(visitor.form(question, "employerType=GOVERNMENT", form).status())
                .isEqualTo(302);
        spend(HERE);
        var refused = visitor.form(question, "employerType=PRIVATE_ENTERPRISE", form);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
        assertThat(refused.body()).contains("次数过多", "秒后再试", "<main");
        for (String path : new String[] {
            question, "/screener/next", "/screener/result", "/screener/answers", "/screener/skills-award/explanation"
        }) assertThat(visitor.get(path).status()).as(path).isEqualTo(429);
        assertThat(visitor.get("/screener").status()).as("it costs little").isEqualTo(200);
        visitor.get("/?lang=en");
        assertThat(visitor.form(question, "", form).body()).contains("Too many requests have come from your network");
    }

    @Test
    void thePlainAssessmentIsAnsweredAsBefore() {
        spend(HERE);
        assertThat(new Visitor(port).post("/api/assessments", ANYTHING).status())
                .isEqualTo(200);
        assertThat(new Visitor(port).get("/api/schemes").status()).isEqualTo(200);
    }

    @Test
    void whoSignsInIsNoCheaper() {
        spend(HERE);
        assertThat(new Visitor(port)
                        .withPassword("reviewer", "reviewer")
                        .post("/api/assessments/next-question", ANYTHING)
                        .status())
                .isEqualTo(429);
    }

    /** Where no proxy is configured, its header is a stranger's word. */
    @Test
    void anotherAddressHasItsOwnShare() {
        spend(HERE);
        limit.take("192.0.2.7");
        int status = new Visitor(port)
                .always("X-Forwarded-For", "198.51.100.23")
                .post("/api/assessments/next-question", ANYTHING)
                .status();
        assertThat(status)
                .as("server.forward-headers-strategy: " + forwarded)
                .isEqualTo(forwarded.equals("none") ? 429 : 200);
    }

    @Test
    void anIpv6NetworkIsOne() {
        spend("2001:db8:1:2::1");
        assertThatThrownBy(() -> limit.take("2001:db8:1:2:ffff::9")).isInstanceOf(TooManyCalls.class);
        limit.take("2001:db8:1:3::1");
        limit.take("not an address");
        assertThat(Network.of("0:0:0:0:0:ffff:c000:207"))
                .as("IPv4 in other words")
                .isNotEqualTo(Network.of("0:0:0:0:0:0:0:1"));
    }

    @Test
    void thousandsOfAddressesDoNotFillTheMemory() {
        for (int n = 0; n < 25_000; n++) limit.take("10." + (n >> 16) + "." + (n >> 8 & 255) + "." + (n & 255));
        assertThat(limit.known()).isEqualTo(20_000);
    }

    @Test
    void aClockSetBackBlocksNobody() {
        clock.moveTo(clock.offset().plus(Duration.ofDays(400)));
        spend("192.0.2.8");
        clock.moveTo(clock.offset().minus(Duration.ofDays(400)));
        limit.take("192.0.2.8");
    }
}
