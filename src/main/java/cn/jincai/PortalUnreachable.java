package cn.jincai;

import cn.jincai.kernel.PortalAddress;
import cn.jincai.kernel.Text;
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
            if (!PortalAddress.isReached(portal)) throw new PortalUnreachable(portal);
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
