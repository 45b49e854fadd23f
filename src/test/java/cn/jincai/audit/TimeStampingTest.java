package cn.jincai.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.jincai.audit.TimeStamping.Refused;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service's stamp is taken where it answers our question, on our text, by whom we trust for stamps; whatever else comes is refused by name. */
@Tag("issue-15.5")
class TimeStampingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] TEXT = "head\t1\tabc".getBytes();

    private StampingService service;

    @BeforeEach
    void aService() throws Exception {
        service = new StampingService();
    }

    @AfterEach
    void over() {
        service.close();
    }

    @Test
    void aStampThatStandsEveryTestIsTaken() throws Exception {
        var stamp = service.askedFor(SOON).stamp(TEXT);
        assertThat(stamp.at())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(stamp.token()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ANOTHER_NONCE, WRONG_NONCE",
        "ANOTHER_IMPRINT, WRONG_IMPRINT",
        "ANOTHER_PURPOSE, WRONG_PURPOSE",
        "SIGNED_BY_ANOTHER, WRONG_SIGNATURE",
        "REFUSES, REFUSED",
        "GARBAGE, GARBAGE",
        "ERROR, AWAY"
    })
    void whateverElseComesIsRefusedByName(StampingService.Fault fault, Refused.Why why) {
        service.fault = fault;
        assertThat(refused(service.askedFor(SOON)).why).isEqualTo(why);
    }

    @Test
    void aServiceThatIsSlowOrGoneIsNotWaitedFor() {
        service.fault = StampingService.Fault.SILENT;
        assertThat(refused(service.askedFor(Duration.ofMillis(500))).why).isEqualTo(Refused.Why.SLOW);
        service.close();
        assertThat(refused(service.askedFor(SOON)).why).isEqualTo(Refused.Why.AWAY);
    }

    @Test
    void whoseCertificateGoesBackToAnotherRootIsNotTrusted() throws Exception {
        try (var other = new StampingService()) {
            var trusting = new TimeStamping(service.address(), Set.of(new TrustAnchor(other.root, null)), SOON);
            assertThat(refused(trusting).why).isEqualTo(Refused.Why.UNTRUSTED);
        }
    }

    private static Refused refused(TimeStamping asked) {
        return catchThrowableOfType(Refused.class, () -> asked.stamp(TEXT));
    }
}
