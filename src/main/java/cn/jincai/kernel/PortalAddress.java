package cn.jincai.kernel;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/** Whether what is sent or printed leads people to the portal, or to their own machine. */
public final class PortalAddress {
    private PortalAddress() {}

    /** No name is looked up but that of this machine, which needs no network. */
    public static boolean isReached(String portal) {
        try {
            URI address = URI.create(portal);
            String host = address.getHost();
            if (host == null || !String.valueOf(address.getScheme()).matches("https?")) return false;
            if (host.equalsIgnoreCase("localhost")
                    || host.toLowerCase(Locale.ROOT).endsWith(".localhost")) return false;
            if (!host.matches("[\\d.]+|\\[.*]")) return true;
            InetAddress number = InetAddress.getByName(host);
            return !number.isLoopbackAddress() && !number.isAnyLocalAddress();
        } catch (IllegalArgumentException | UnknownHostException none) {
            return false;
        }
    }
}
