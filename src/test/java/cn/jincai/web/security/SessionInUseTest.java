package cn.jincai.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** A desk that everybody has left: its page goes on asking, its session ends. */
@Tag("issue-15.13")
class SessionInUseTest {
    private static final String LIST = "/camunda/api/engine/engine/default/filter/1/list";

    private final MockHttpSession session = new MockHttpSession();
    private Instant now = Instant.ofEpochMilli(session.getCreationTime());
    private final SessionInUse filter = new SessionInUse(() -> now);

    @BeforeEach
    void halfAnHour() {
        session.setMaxInactiveInterval(1800);
    }

    private void asks(String path, String header, String value) {
        var request = new MockHttpServletRequest("GET", path);
        request.setSession(session);
        if (!header.isEmpty()) request.addHeader(header, value);
        try {
            filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void minutes(long minutes) {
        now = now.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void whatTasklistAsksByItselfKeepsNoSessionAlive() {
        for (int i = 0; i < 6; i++) {
            asks(LIST, "", "");
            minutes(5);
        }
        assertThat(session.isInvalid()).isFalse();
        minutes(1);
        asks(LIST, "", "");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whoeverDoesSomethingAtTheDeskGoesOn() {
        for (int i = 0; i < 6; i++) {
            asks(LIST, SessionInUse.BY_A_PERSON, "true");
            minutes(25);
            asks("/session", "", "");
            minutes(25);
        }
        assertThat(session.isInvalid()).isFalse();
    }

    @Test
    void aRunThatAPageFollowsIsNobodysUse() {
        minutes(20);
        asks("/admin/what-if/1/events", "Accept", "text/event-stream");
        minutes(11);
        asks("/admin/what-if/1", "Accept", "text/html");
        assertThat(session.isInvalid()).isTrue();
    }
}
