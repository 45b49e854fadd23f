package cn.jincai.journeys;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** What strangers could overhear while the tests of one run are at it: lines of the log, addresses asked for, where one was sent on to, and every link of a page. */
@TestComponent
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Overheard extends OncePerRequestFilter {
    private static final Pattern LINK = Pattern.compile("(?:href|src|action|formaction|hx-post|hx-get)=\"([^\"]*)\"");
    private static final Pattern NO_PAGE = Pattern.compile(
            "/(api|camunda|assets|v3|actuator|simulator)/.*|.*/(papers|documents)/\\d+|.*/(file|zip|answers)");

    private final Set<String> addresses = ConcurrentHashMap.newKeySet();
    private final Set<String> lines = ConcurrentHashMap.newKeySet();

    Overheard() {
        var ear = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getFormattedMessage());
                if (event.getThrowableProxy() != null)
                    lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        };
        ear.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(ear);
    }

    /** As they stand in the address line, and decoded; and forgotten from now on. */
    public Set<String> takeAddresses() {
        return taken(addresses);
    }

    /** Of the log, so far. */
    public Set<String> lines() {
        return lines;
    }

    Set<String> takeLines() {
        return taken(lines);
    }

    private static Set<String> taken(Set<String> heard) {
        Set<String> taken = new TreeSet<>(heard);
        heard.removeAll(taken);
        return taken;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        note(request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString()));
        boolean page = !NO_PAGE.matcher(request.getRequestURI()).matches();
        HttpServletResponse answer = page ? new ContentCachingResponseWrapper(response) : response;
        try {
            chain.doFilter(request, answer);
        } finally {
            note(answer.getHeader("Location"));
            if (answer instanceof ContentCachingResponseWrapper kept) {
                LINK.matcher(new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8))
                        .results()
                        .forEach(link -> note(link.group(1)));
                kept.copyBodyToResponse();
            }
        }
    }

    private void note(String address) {
        if (address == null) return;
        addresses.add(address);
        try {
            addresses.add(URLDecoder.decode(address, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException crafted) {
            addresses.add("not encoded"); // a test's own malformed address
        }
    }
}
