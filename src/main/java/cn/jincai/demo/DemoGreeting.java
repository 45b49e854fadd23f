package cn.jincai.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The demo's console ends with where to go and who to be. */
@Component
@Profile("demo")
class DemoGreeting {
    private static final Logger LOG = LoggerFactory.getLogger("jincai");

    private final Environment environment;

    DemoGreeting(Environment environment) {
        this.environment = environment;
    }

    @EventListener
    void ready(AvailabilityChangeEvent<ReadinessState> event) throws IOException {
        if (event.getState() != ReadinessState.ACCEPTING_TRAFFIC) return;
        LOG.info(
                new ClassPathResource("demo/greeting.txt").getContentAsString(StandardCharsets.UTF_8),
                environment.getProperty("local.server.port"));
    }
}
