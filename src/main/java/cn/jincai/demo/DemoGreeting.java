package cn.jincai.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
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
    void ready(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getState() != ReadinessState.ACCEPTING_TRAFFIC) return;
        LOG.info("""

            晋才 jincai is ready:  http://127.0.0.1:{}
              portal 申请     applicant, applicant2, employer
              Tasklist 办理   intake, reviewer, reviewer2, senior-reviewer, senior-reviewer2, leader, supervisor, expert1 .. expert5, finance, finance-approver
              the house 管理  policy-admin, policy-approver, auditor, admin
              The password is the user name. Deleting the folder data/ begins the demo anew.
            """, environment.getProperty("local.server.port"));
    }
}
