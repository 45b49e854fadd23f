package cn.jincai.web.server;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Counts the {@link RateLimited} calls of each address, pages and API together. Who is signed in counts all the same: the cost is the same. The address is that of
 * the connection, or what one of the proxies that are set forwards (decision 137).
 */
@Component
public class RateLimitedCalls implements HandlerInterceptor, WebMvcConfigurer {
    private final RateLimits buckets;
    private final int atOnce;
    private final Duration refill;

    /** @param atOnce calls that one address may make at once, and again after {@code refill} */
    RateLimitedCalls(
            CityClock clock,
            @Value("${jincai.costly-calls.at-once}") int atOnce,
            @Value("${jincai.costly-calls.refill}") Duration refill) {
        this.buckets = new RateLimits(clock);
        this.atOnce = atOnce;
        this.refill = refill;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.hasMethodAnnotation(RateLimited.class))
            take(request.getRemoteAddr());
        return true;
    }

    /** @throws TooManyCalls where the address has to wait */
    void take(String address) {
        var probe = buckets.of(Network.of(address), atOnce, refill).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed())
            throw new TooManyCalls(
                    Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
    }

    /** Takes a call where one is left: for a page that can do without. */
    public boolean allows(String address) {
        return buckets.of(Network.of(address), atOnce, refill).tryConsume(1);
    }

    int known() {
        return buckets.size();
    }
}
