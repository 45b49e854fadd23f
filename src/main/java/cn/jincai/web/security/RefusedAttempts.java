package cn.jincai.web.security;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.RateLimits;
import cn.jincai.kernel.Text;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What somebody who is signed in was refused, for the record: a door, a step or a person's own limits (403), and another's case (404). Only the
 * pattern of the path is kept, neither what was typed nor what was asked for. By then the refused step has been rolled back; the entry is a
 * transaction of its own, and where it can't be written the answer stays the same.
 */
@Component
public class RefusedAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedAttempts.class);
    private static final String KIND = "refused-attempt";
    private static final String RECORDED = RefusedAttempts.class.getName();
    private static final Pattern NUMBER = Pattern.compile("(?<![^/])JC\\d{10}(?![^/])");
    /** Of each account and code: a minute's worth at once, then one a second. A flood is told by these and can't fill the table. */
    private static final long A_MINUTE = 60;

    private final CaseFile cases;
    private final ApplicationEventPublisher events;
    private final RateLimits seen;

    RefusedAttempts(CaseFile cases, ApplicationEventPublisher events, CityClock clock) {
        this.cases = cases;
        this.events = events;
        this.seen = new RateLimits(clock);
    }

    /** For pages that show the reason themselves. */
    public void record(HttpServletRequest request, Problem problem) {
        record(request, Refusal.of(problem));
    }

    public void record(HttpServletRequest request, Refusal refusal) {
        record(request, refusal.status(), refusal.code());
    }

    public void record(HttpServletRequest request, HttpStatusCode status, String code) {
        boolean forbidden = status.isSameCodeAs(HttpStatus.FORBIDDEN);
        if (!forbidden && !status.isSameCodeAs(HttpStatus.NOT_FOUND) || request.getAttribute(RECORDED) != null) return;
        try {
            ActorArgument.signedIn().ifPresent(who -> {
                Optional<CaseNumber> number = existing(request);
                if (forbidden || number.filter(n -> isAnothers(who, n)).isPresent())
                    write(who, number.orElse(null), request, code);
            });
        } catch (RuntimeException unwritten) {
            LOG.error(
                    "A refused attempt ({}) could not be put on record: {}",
                    code,
                    unwritten.getClass().getName());
        }
    }

    /** A room has put this refusal on record itself, and knows more about it. */
    @EventListener(condition = "#event.kind() == 'refused-attempt'")
    void told(CaseEvent event) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) request.setAttribute(RECORDED, true, RequestAttributes.SCOPE_REQUEST);
    }

    private void write(Actor who, @Nullable CaseNumber number, HttpServletRequest request, String code) {
        if (!seen.of(who.account() + " " + code, A_MINUTE, Duration.ofMinutes(1))
                .tryConsume(1)) return;
        events.publishEvent(new CaseEvent(
                number,
                KIND,
                null,
                Text.of("web.event.refused-attempt"),
                who,
                who.roles().stream().min(Comparator.naturalOrder()).orElse(null),
                CaseEvent.Audience.AUDITORS,
                Map.of("method", request.getMethod(), "path", pattern(request), "code", code)));
    }

    private Optional<CaseNumber> existing(HttpServletRequest request) {
        var found = NUMBER.matcher(request.getRequestURI());
        return found.find()
                ? Optional.of(new CaseNumber(found.group()))
                        .filter(n -> cases.find(n).isPresent())
                : Optional.empty();
    }

    private boolean isAnothers(Actor who, CaseNumber number) {
        try {
            cases.admit(who, number);
            return false;
        } catch (Problem none) {
            return none.kind() == Problem.Kind.NOT_FOUND;
        }
    }

    /** Refused before a controller was found: the first part alone. */
    private static String pattern(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern)
            return pattern;
        return request.getRequestURI().startsWith("/camunda/") ? "/camunda/**" : "/**";
    }
}
