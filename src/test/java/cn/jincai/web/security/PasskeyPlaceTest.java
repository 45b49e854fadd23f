package cn.jincai.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

/** Browsers know passkeys over TLS under a name, or on the machine itself; elsewhere none are offered. */
@Tag("issue-15.7")
class PasskeyPlaceTest {
    private static PasskeyPlace at(String address) {
        return new PasskeyPlace(new MockEnvironment().withProperty("jincai.passkeys.address", address));
    }

    @ParameterizedTest
    @CsvSource({
        "https://rencai.jinjiang.example, true",
        "https://rencai.jinjiang.example:8443/, true",
        "http://localhost:8080, true",
        "http://rencai.jinjiang.example, false",
        "https://127.0.0.1, false",
        "https://[::1]:8443, false",
        "http://127.0.0.1:8080, false",
        "'', false",
        "rencai, false"
    })
    void anAddressIsFitOrNot(String address, boolean fit) {
        assertThat(at(address).isOffered()).isEqualTo(fit);
    }

    @Test
    void aPageKnowsWhetherItIsShownThere() {
        var there = new MockHttpServletRequest();
        there.setScheme("https");
        there.setSecure(true);
        there.setServerName("rencai.jinjiang.example");
        there.setServerPort(443);
        assertThat(at("https://rencai.jinjiang.example/").offer(there).here()).isTrue();
        there.setServerName("10.0.0.1");
        assertThat(at("https://rencai.jinjiang.example/").offer(there).here()).isFalse();
    }
}
