package cn.jincai.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The address that passkeys are for, by the setting {@code jincai.passkeys.address}: browsers make and use them there alone, and only over TLS with a name that is no
 * number, or on this machine under {@code localhost}.
 */
@Component
public class PasskeyPlace {
    private static final String SETTING = "jincai.passkeys.address";

    private final Environment settings;

    PasskeyPlace(Environment settings) {
        this.settings = settings;
    }

    /**
     * What a page says of passkeys.
     *
     * @param offered whether this installation has an address for them at all
     * @param here    whether the page was asked for under that address
     */
    record Offer(boolean offered, boolean here, String address) {}

    public Offer offer(HttpServletRequest request) {
        String here = request.getScheme() + "://" + request.getServerName()
                + (isUsual(request) ? "" : ":" + request.getServerPort());
        return new Offer(isOffered(), address().equals(here), address());
    }

    private static boolean isUsual(HttpServletRequest request) {
        return request.getServerPort() == (request.isSecure() ? 443 : 80);
    }

    public boolean isOffered() {
        URI address = URI.create(address());
        String host = String.valueOf(address.getHost());
        return host.equals("localhost")
                || "https".equals(address.getScheme()) && host.matches("[A-Za-z0-9.-]*\\.[A-Za-z][A-Za-z0-9-]*");
    }

    /** Scheme, host, and the port where it is not the usual one. It is known when the server runs, not before. */
    public String address() {
        return settings.getProperty(SETTING, "").strip().replaceFirst("/+$", "");
    }

    /** The relying party's id. */
    public String host() {
        return URI.create(address()).getHost();
    }
}
