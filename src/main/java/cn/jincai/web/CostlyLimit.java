package cn.jincai.web;

import cn.jincai.kernel.CityClock;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Counts the {@link Costly} calls of each address, pages and API together. Who is signed in counts all the same: the cost is the same. The address is that of
 * the connection, or what a proxy forwards where {@code server.forward-headers-strategy} says that one stands before.
 */
@Component
public class CostlyLimit implements HandlerInterceptor, WebMvcConfigurer {
    private static final int NETWORK = 8;

    private final Buckets buckets;
    private final int atOnce;
    private final Duration refill;

    /** @param atOnce calls that one address may make at once, and again after {@code refill} */
    CostlyLimit(CityClock clock, @Value("${jincai.costly-calls.at-once}") int atOnce, @Value("${jincai.costly-calls.refill}") Duration refill) {
        this.buckets = new Buckets(clock);
        this.atOnce = atOnce;
        this.refill = refill;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.hasMethodAnnotation(Costly.class)) take(request.getRemoteAddr());
        return true;
    }

    /** @throws TooManyCalls where the address has to wait */
    void take(String address) {
        var probe = buckets.of(who(address), atOnce, refill).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) throw new TooManyCalls(Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
    }

    /** Takes a call where one is left: for a page that can do without. */
    public boolean allows(String address) {
        return buckets.of(who(address), atOnce, refill).tryConsume(1);
    }

    /** Of IPv6 the network: one line has as many addresses as it likes. */
    static String who(String address) {
        if (!address.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?")) return address;
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK)) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    int known() {
        return buckets.size();
    }
}
