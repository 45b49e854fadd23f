package cn.jincai.web.security;

import cn.jincai.applicant.RolesChanged;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.vault.Vault;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.security.core.session.SessionIdChangedEvent;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Where an account is signed in, for its holder to see and to end. Whoever is given or loses a role signs in again: a session, and Tasklist within it, remembers what
 * one was at sign-in. Each node knows its own sessions.
 */
@Component
public class Sessions {
    private final SessionRegistry registry;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();

    Sessions(SessionRegistry registry, Vault vault, CityClock clock, ApplicationEventPublisher events) {
        this.registry = registry;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    private record Begun(Instant at, String browser) {}

    /**
     * @param mark    by which it is ended; tells nothing of the session's own name, which is a secret
     * @param begun   by the city's clock, or null where it was signed in before this was kept
     * @param browser as it tells of itself, such as {@code Firefox · Windows}
     * @param minutes since something was last asked for
     * @param own     the one that asks
     */
    public record Open(String mark, @Nullable Instant begun, String browser, long minutes, boolean own) {}

    /** The latest first. */
    public List<Open> of(String account, HttpServletRequest asking) {
        String own = asking.getSession().getId();
        return registry.getAllSessions(account, false).stream()
                .sorted(Comparator.comparing(SessionInformation::getLastRequest).reversed())
                .map(session -> open(session, own))
                .toList();
    }

    private Open open(SessionInformation session, @Nullable String own) {
        String id = session.getSessionId();
        Begun known = begun.get(id);
        return new Open(
                mark(id),
                known == null ? null : known.at,
                known == null ? "" : known.browser,
                Duration.between(session.getLastRequest().toInstant(), Instant.now())
                        .toMinutes(),
                id.equals(own));
    }

    /** Ends one, or all but the one that asks where {@code mark} is empty. */
    public void end(String account, String mark, Actor by, HttpServletRequest asking) {
        String own = asking.getSession().getId();
        List<SessionInformation> ended = registry.getAllSessions(account, false).stream()
                .filter(s -> mark.isEmpty()
                        ? !s.getSessionId().equals(own)
                        : mark(s.getSessionId()).equals(mark))
                .toList();
        ended.forEach(SessionInformation::expireNow);
        if (!ended.isEmpty())
            events.publishEvent(CaseEvent.forAuditors(
                    "web.event.sessions-ended",
                    by,
                    by.roles().stream().findFirst().orElse(null),
                    Map.of("account", account, "sessions", String.valueOf(ended.size()))));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void end(RolesChanged changed) {
        registry.getAllSessions(changed.account(), false).forEach(SessionInformation::expireNow);
    }

    /** Somebody has just signed in. */
    void begin(HttpServletRequest request) {
        begun.put(
                request.getSession().getId(),
                new Begun(clock.instant(), browser(String.valueOf(request.getHeader("User-Agent")))));
    }

    @EventListener
    void renamed(SessionIdChangedEvent event) {
        Begun known = begun.remove(event.getOldSessionId());
        if (known != null) begun.put(event.getNewSessionId(), known);
    }

    @EventListener
    void over(SessionDestroyedEvent event) {
        begun.remove(event.getId());
    }

    private String mark(String id) {
        return vault.fingerprint("session", id).substring(0, 32);
    }

    /** Names that browsers give themselves, the particular before those that they pretend to be. */
    private static String browser(String agent) {
        return String.join(
                " · ",
                Stream.of(
                                first(agent, "MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"),
                                first(agent, "Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"))
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static String first(String agent, String... names) {
        return Stream.of(names).filter(agent::contains).findFirst().orElse("");
    }
}
