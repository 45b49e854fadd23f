package cn.jincai;

import cn.jincai.kernel.Text;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Stops a start with a server of mail whose mails would send people to their own machine (decision 152). */
class PortalUnreachable extends RuntimeException {
    private final String portal;

    private PortalUnreachable(String portal) {
        super(portal);
        this.portal = portal;
    }

    static class Check implements ApplicationListener<ApplicationContextInitializedEvent> {
        @Override
        public void onApplicationEvent(ApplicationContextInitializedEvent event) {
            Environment environment = event.getApplicationContext().getEnvironment();
            if (environment.getProperty("spring.mail.host", "").isBlank()) return;
            String portal = environment.getProperty("jincai.mail.portal", "");
            if (!reaches(portal)) throw new PortalUnreachable(portal);
        }

        /** No name is looked up but that of this machine, which needs no network. */
        static boolean reaches(String portal) {
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

    static class Told extends AbstractFailureAnalyzer<PortalUnreachable> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, PortalUnreachable cause) {
            return new FailureAnalysis(
                    Text.of("kernel.start.portal", cause.portal).both(),
                    Text.of("kernel.start.portal.wayOut").both(),
                    cause);
        }
    }
}
